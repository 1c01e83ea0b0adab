/* SPDX-License-Identifier: Apache-2.0 */
/* What a power cut has left in the slot that is free. */
#include "engine_device.h"

/* As power left it: an identity, and another one that is not on record. */
static void put_remains(void)
{
    struct lwcmp_bytes part = device_record(&d, LWCMP_RECORD_CERT_1);

    assert_int_equal(lwcmp_crypto_key_generate(DEVICE_KEY_2, LWCMP_EC_P256), 0);
    assert_int_equal(
        d.store.write(d.store.context, LWCMP_RECORD_CERT_2, &part, 1), 0);
}

static void check_remains(bool there)
{
    assert_true(device_has_key(DEVICE_KEY_2) == there);
    assert_true((device_record(&d, LWCMP_RECORD_CERT_2).n > 0) == there);
}

static void test_new_device(void **state)
{
    (void)state;
    assert_int_equal(
        lwcmp_crypto_key_generate(d.config.key_slot[0], LWCMP_EC_P256), 0);
    assert_int_equal(lwcmp_tidy(&d.config), 0);
    assert_false(device_has_key(d.config.key_slot[0]));
    assert_int_equal(lwcmp_tidy(&d.config), 0);
}

static void test_old_identity(void **state)
{
    (void)state;
    device_enrol(&d);
    put_remains();
    assert_int_equal(lwcmp_tidy(&d.config), 0);
    check_remains(false);
    device_check_identity(&d);
}

/* Either slot may be the free one. */
static void test_first_slot(void **state)
{
    (void)state;
    device_enrol(&d);
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(lwcmp_end(&d.c), 0);
    assert_int_equal(lwcmp_crypto_key_generate(DEVICE_KEY_1, LWCMP_EC_P256), 0);
    assert_int_equal(lwcmp_tidy(&d.config), 0);
    assert_false(device_has_key(DEVICE_KEY_1));
    device_check_identity(&d);
}

/* Whatever is under way stays: asked for, or kept and not confirmed. */
static void check_attempt_stays(unsigned gone_at)
{
    device_enrol(&d);
    d.gone_at = gone_at;
    d.gone_why = LWCMP_ERR_NETWORK;
    assert_int_equal(device_run(&d), LWCMP_ERR_NETWORK);
    assert_int_equal(lwcmp_tidy(&d.config), 0);
    assert_true(device_has_key(DEVICE_KEY_2));
    assert_true((device_record(&d, LWCMP_RECORD_CERT_2).n > 0) ==
                (gone_at == 2));
}

static void test_asked(void **state)
{
    (void)state;
    check_attempt_stays(1);
}

static void test_kept(void **state)
{
    (void)state;
    check_attempt_stays(2);
}

/* What cannot be read might be anything. */
static void test_unreadable_journal(void **state)
{
    (void)state;
    device_enrol(&d);
    put_remains();
    d.ram.fail_at = d.ram.operations + 1;
    d.ram.error = LWCMP_ERR_STORE;
    assert_int_equal(lwcmp_tidy(&d.config), LWCMP_ERR_STORE);
    check_remains(true);
    d.ram.fail_at = 0;
    d.ram.record[LWCMP_RECORD_JOURNAL].p[0] ^= 1;
    assert_int_equal(lwcmp_tidy(&d.config), LWCMP_ERR_JOURNAL);
    check_remains(true);
}

static void test_failures(void **state)
{
    (void)state;
    device_enrol(&d);
    put_remains();
    crypto_toy.fail_at = crypto_toy.calls + 1;
    crypto_toy.fail_with = LWCMP_ERR_KEY;
    assert_int_equal(lwcmp_tidy(&d.config), LWCMP_ERR_KEY);
    crypto_toy.fail_at = 0;
    d.ram.fail_at = d.ram.operations + 2;
    d.ram.error = LWCMP_ERR_STORE;
    assert_int_equal(lwcmp_tidy(&d.config), LWCMP_ERR_STORE);
    d.ram.fail_at = 0;
    assert_int_equal(lwcmp_tidy(&d.config), 0);
    check_remains(false);
    device_check_identity(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_new_device), TEST(test_old_identity),
        TEST(test_first_slot), TEST(test_asked),
        TEST(test_kept),       TEST(test_unreadable_journal),
        TEST(test_failures),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
