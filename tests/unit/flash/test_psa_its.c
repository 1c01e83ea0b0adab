/* SPDX-License-Identifier: Apache-2.0 */
/* port/flash/psa_its.c */
#include "log_fixture.h"

#include "flash/psa_its.h"
#include "its_scenes.h"

static int setup(void **state)
{
    (void)state;
    flash_sim_begin(&sim, 8, 1024, 1);
    assert_int_equal(lwcmp_log_open(&log_, &sim.flash), LWCMP_LOG_NEW);
    lwcmp_flash_its_use(&log_);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    lwcmp_flash_its_use(NULL);
    return 0;
}

static void reopen(void)
{
    assert_int_equal(power_cycle(), LWCMP_LOG_GOOD);
}

static void withdraw(void)
{
    lwcmp_flash_its_use(NULL);
}

/* Nothing is left of a key, nor of the one that it had replaced. */
static void test_wiped(void **state)
{
    uint8_t key[64];

    (void)state;
    for (uint32_t i = 0; i < 2; i++) {
        fill(key, sizeof key, i);
        assert_int_equal(psa_its_set(UID, sizeof key, key, 0), PSA_SUCCESS);
    }
    assert_true(is_left(sizeof key, 0));
    assert_true(is_left(sizeof key, 1));
    assert_int_equal(psa_its_remove(UID), PSA_SUCCESS);
    assert_false(is_left(sizeof key, 0));
    assert_false(is_left(sizeof key, 1));
}

static void test_full(void **state)
{
    static const uint8_t p[1024];

    (void)state;
    assert_int_equal(set(1, "stays"), PSA_SUCCESS);
    assert_int_equal(psa_its_set(UID, sizeof p, p, 0),
                     PSA_ERROR_INSUFFICIENT_STORAGE);
    check(1, "stays");
}

static void test_failing(void **state)
{
    struct psa_storage_info_t info;
    size_t n;
    char p;

    (void)state;
    assert_int_equal(set(UID, "x"), PSA_SUCCESS);
    sim.stuck = true;
    assert_int_equal(set(UID, "y"), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(psa_its_remove(UID), PSA_ERROR_STORAGE_FAILURE);
    check(UID, "x");
    sim.off = true;
    assert_int_equal(psa_its_get(UID, 0, 1, &p, &n), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(n, 0);
    assert_int_equal(psa_its_get_info(UID, &info), PSA_ERROR_STORAGE_FAILURE);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ITS_SCENES,
        TEST(test_wiped),
        TEST(test_full),
        TEST(test_failing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
