/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A copy of the new key for the CA (RFC 4211 6.4): only of a key that was made
 * for that, and nothing is sent otherwise.
 */
#include "engine_device.h"
#include "vectors.h"

#if LWCMP_WITH_ARCHIVE
static int set_up_archive(void **state)
{
    (void)set_up(state);
    d.request.archive = true;
    d.config.archive_certificate = peer_signer();
    return 0;
}

static int tear_down_archive(void **state)
{
    (void)tear_down(state);
    return (int)crypto_toy_volatile_keys();
}

static bool is_open(lwcmp_key key)
{
    return (crypto_toy_key_type(key) & LWCMP_KEY_OPEN) != 0;
}

/* Whether the request of exchange i has the control. */
static bool has_copy(unsigned i)
{
    static const uint8_t oid[] = {0x2b, 0x06, 0x01, 0x05, 0x05,
                                  0x07, 0x05, 0x01, 0x04};
    struct lwcmp_bytes in = device_sent(&d, i).content;
    size_t at = 0;

    while (at + sizeof oid < in.n && memcmp(in.p + at, oid, sizeof oid) != 0) {
        at++;
    }
    return at + sizeof oid < in.n;
}

/* pvno 3 all through */
static void test_cmp_5_2_8_3_1_01_enrol_and_renew(void **state)
{
    (void)state;
    for (int renewal = 0; renewal < 2; renewal++) {
        CHECK_INT(device_run(&d), 0);
        CHECK(has_copy(0));
        CHECK(is_open(renewal ? DEVICE_KEY_2 : DEVICE_KEY_1));
        for (unsigned i = 0; i < d.exchanges; i++) {
            CHECK_INT(device_sent(&d, i).pvno.p[0], 3);
        }
        device_check_identity(&d);
        (void)lwcmp_end(&d.c);
        d.request =
            (struct lwcmp_request){.operation = LWCMP_KUR, .archive = true};
        d.config.anchors = peer_root();
        d.peer.sign = true;
        d.peer.serial = 99;
    }
}

static void test_without(void **state)
{
    (void)state;
    d.request.archive = false;
    assert_int_equal(device_run(&d), 0);
    assert_false(has_copy(0));
    assert_false(is_open(DEVICE_KEY_1));
    assert_int_equal(device_sent(&d, 0).pvno.p[0], 2);
}

/* A key of an attempt that was cut off serves one of the same kind only. */
static void test_a_key_that_is_left(void **state)
{
    (void)state;
    for (int n = 0; n < 4; n++) {
        bool before = n & 1;
        bool now = (n & 2) != 0;
        uint32_t number;

        vectors_at("%d %d", before, now);
        d.request.archive = before;
        d.gone_at = 1;
        d.gone_why = LWCMP_ERR_NETWORK;
        CHECK_INT(device_run(&d), LWCMP_ERR_NETWORK);
        (void)lwcmp_end(&d.c);
        number = crypto_toy_key_number(DEVICE_KEY_1);
        d.gone_at = 0;
        d.resume = true;
        d.request.archive = now;
        CHECK_INT(device_run(&d), 0);
        CHECK((crypto_toy_key_number(DEVICE_KEY_1) == number) ==
              (before == now));
        CHECK_INT(is_open(DEVICE_KEY_1), now);
        (void)tear_down_archive(state);
        (void)set_up_archive(state);
    }
}

/* Nothing is sent, and the key stays whose it is. */
static void test_a_key_that_may_not_leave(void **state)
{
    (void)state;
    crypto_toy_key_set(DEVICE_KEY_1, 4711);
    d.request.key_is_there = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_KEY);
    assert_int_equal(d.exchanges, 0);
    assert_int_equal(crypto_toy_key_number(DEVICE_KEY_1), 4711);
}

static void test_config(void **state)
{
    static const uint8_t no_certificate[] = {0x30, 0x00};

    (void)state;
    d.config.archive_certificate = (struct lwcmp_bytes){no_certificate, 2};
    assert_int_equal(device_run(&d), LWCMP_ERR_CONFIG);
    d.config.archive_certificate.n = 0;
    assert_int_equal(device_run(&d), LWCMP_ERR_CONFIG);
    d.config.archive_certificate = peer_signer();
    d.request.central_key = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_CONFIG);
}

/* Each call of the provider fails; then it works. */
static void test_all_that_fails(void **state)
{
    unsigned n = 0;
    bool reached;

    (void)state;
    do {
        vectors_at("%u", ++n);
        crypto_toy.calls = 0;
        crypto_toy.fail_at = n;
        crypto_toy.fail_with = LWCMP_ERR_CRYPTO;
        (void)device_run(&d);
        reached = crypto_toy.calls >= n;
        crypto_toy.fail_at = 0;
        (void)lwcmp_end(&d.c);
        crypto_toy_drop_volatile();
        d.resume = n % 2;
        if (device_journal(&d).active == 0) {
            CHECK_INT(device_run(&d), 0);
        }
        device_check_identity(&d);
        (void)tear_down(state);
        (void)set_up_archive(state);
    } while (reached);
    assert_in_range(n, 10, 60);
}

/* Work buffers of all sizes */
static void test_buffer_of_every_size(void **state)
{
    size_t size = 300;
    int err;

    do {
        vectors_at("%zu", size);
        free(d.config.buffer);
        d.config.buffer = malloc(size);
        d.config.buffer_size = size;
        err = device_run(&d);
        CHECK(err == 0 || err == LWCMP_ERR_BUFFER);
        (void)tear_down_archive(state);
        (void)set_up_archive(state);
        size++;
    } while (err != 0);
    assert_in_range(size, 600, 1600);
}

#define ARCHIVE(f) \
    cmocka_unit_test_setup_teardown(f, set_up_archive, tear_down_archive)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARCHIVE(test_cmp_5_2_8_3_1_01_enrol_and_renew),
        ARCHIVE(test_without),
        ARCHIVE(test_a_key_that_is_left),
        ARCHIVE(test_a_key_that_may_not_leave),
        ARCHIVE(test_config),
        ARCHIVE(test_all_that_fails),
        ARCHIVE(test_buffer_of_every_size),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "absent.h"
#endif
