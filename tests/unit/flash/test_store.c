/* SPDX-License-Identifier: Apache-2.0 */
/* port/flash/store.c */
#include "log_fixture.h"

#include "flash/store.h"

static struct lwcmp_store store;

static int setup(void **state)
{
    (void)state;
    flash_sim_begin(&sim, 8, 1024, 1);
    assert_int_equal(lwcmp_log_open(&log_, &sim.flash), LWCMP_LOG_NEW);
    store = lwcmp_flash_store(&log_);
    return 0;
}

static int write_text(enum lwcmp_record id, const char *a, const char *b)
{
    const struct lwcmp_bytes parts[] = {{(const uint8_t *)a, strlen(a)},
                                        {NULL, 0},
                                        {(const uint8_t *)b, strlen(b)}};

    return store.write(store.context, id, parts, 3);
}

static void check(enum lwcmp_record id, const char *text)
{
    size_t want = strlen(text), n = 1;
    uint8_t *p = malloc(want);

    assert_int_equal(store.read(store.context, id, p, want, &n), 0);
    assert_int_equal(n, want);
    assert_memory_equal(p, text, n);
    free(p);
}

static void test_records(void **state)
{
    (void)state;
    check(LWCMP_RECORD_JOURNAL, "");
    assert_int_equal(write_text(LWCMP_RECORD_JOURNAL, "jour", "nal"), 0);
    assert_int_equal(write_text(LWCMP_RECORD_CERT_1, "first", ""), 0);
    assert_int_equal(write_text(LWCMP_RECORD_CERT_2, "", "second"), 0);
    assert_int_equal(write_text(LWCMP_RECORD_ANCHORS, "an", "chors"), 0);
    assert_int_equal(write_text(LWCMP_RECORD_CERT_1, "1", ""), 0);
    assert_int_equal(power_cycle(), LWCMP_LOG_GOOD);
    check(LWCMP_RECORD_JOURNAL, "journal");
    check(LWCMP_RECORD_CERT_1, "1");
    check(LWCMP_RECORD_CERT_2, "second");
    check(LWCMP_RECORD_ANCHORS, "anchors");
    assert_int_equal(write_text(LWCMP_RECORD_CERT_1, "", ""), 0);
    check(LWCMP_RECORD_CERT_1, "");
}

static void test_remove(void **state)
{
    (void)state;
    assert_int_equal(write_text(LWCMP_RECORD_CERT_1, "x", ""), 0);
    assert_int_equal(put(ITS, LWCMP_RECORD_CERT_1, 20, 1), 0);
    assert_int_equal(store.remove(store.context, LWCMP_RECORD_CERT_1), 0);
    check(LWCMP_RECORD_CERT_1, "");
    assert_int_equal(store.remove(store.context, LWCMP_RECORD_CERT_1), 0);
    assert_true(has(ITS, LWCMP_RECORD_CERT_1, 20, 1));
}

static void test_too_long(void **state)
{
    uint8_t *p = malloc(4);
    size_t n = 1;

    (void)state;
    assert_int_equal(write_text(LWCMP_RECORD_CERT_1, "12345", ""), 0);
    assert_int_equal(store.read(store.context, LWCMP_RECORD_CERT_1, p, 4, &n),
                     LWCMP_ERR_BUFFER);
    assert_int_equal(n, 0);
    assert_int_equal(store.read(store.context, LWCMP_RECORD_CERT_1, p, 0, &n),
                     LWCMP_ERR_BUFFER);
    free(p);
}

static void test_failing(void **state)
{
    uint8_t p[4];
    size_t n = 1;

    (void)state;
    assert_int_equal(write_text(LWCMP_RECORD_CERT_1, "x", ""), 0);
    sim.off = true;
    assert_int_equal(store.read(store.context, LWCMP_RECORD_CERT_1, p, 4, &n),
                     LWCMP_ERR_STORE);
    assert_int_equal(n, 0);
    assert_int_equal(write_text(LWCMP_RECORD_CERT_1, "y", ""), LWCMP_ERR_STORE);
    assert_int_equal(store.remove(store.context, LWCMP_RECORD_CERT_1),
                     LWCMP_ERR_STORE);
    assert_int_equal(power_cycle(), LWCMP_LOG_GOOD);
    check(LWCMP_RECORD_CERT_1, "x");
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_records), TEST(test_remove),
                                       TEST(test_too_long), TEST(test_failing)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
