/* SPDX-License-Identifier: Apache-2.0 */
/* port/flash/store.c */
#include "log_fixture.h"

#include "flash/store.h"
#include "store_scenes.h"

static int setup(void **state)
{
    (void)state;
    flash_sim_begin(&sim, 8, 1024, 1);
    assert_int_equal(lwcmp_log_open(&log_, &sim.flash), LWCMP_LOG_NEW);
    store = lwcmp_flash_store(&log_);
    return 0;
}

static void reopen(void)
{
    assert_int_equal(power_cycle(), LWCMP_LOG_GOOD);
}

/* A key may have the number of a record. */
static void test_remove_spares_keys(void **state)
{
    (void)state;
    assert_int_equal(write_text(LWCMP_RECORD_CERT_1, "x", ""), 0);
    assert_int_equal(put(ITS, LWCMP_RECORD_CERT_1, 20, 1), 0);
    assert_int_equal(store.remove(store.context, LWCMP_RECORD_CERT_1), 0);
    assert_int_equal(store.remove(store.context, LWCMP_RECORD_CERT_1), 0);
    assert_true(has(ITS, LWCMP_RECORD_CERT_1, 20, 1));
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
    reopen();
    check(LWCMP_RECORD_CERT_1, "x");
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_SCENES, TEST(test_remove_spares_keys), TEST(test_failing)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
