/* SPDX-License-Identifier: Apache-2.0 */
/* A certificate that the CA encrypts for its key (RFC 9810 5.2.8.3.2). */
#include "engine_device.h"
#include "peer_key.h"
#include "vectors.h"

#if LWCMP_WITH_ENCRYPTED_CERT
static struct peer_key key;

static int set_up_encrypted(void **state)
{
    (void)set_up(state);
    key = (struct peer_key){.certificate = true, .to = DEVICE_KEY_1};
    d.peer.key = &key;
    d.request.encryption_only = true;
    return 0;
}

static int tear_down_encrypted(void **state)
{
    (void)tear_down(state);
    return (int)crypto_toy_volatile_keys();
}

/* pvno is 3 as well. */
static void test_cmp_4_3_4_01_cmp_5_2_8_3_2_01(void **state)
{
    (void)state;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.exchanges, 2);
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(device_sent(&d, i).pvno.p[0], 3);
    }
    device_check_identity(&d);
}

/* By a certificate of the maker, and learning anchors on the way. */
static void test_signed(void **state)
{
    (void)state;
    device_set_factory(&d);
    assert_int_equal(device_run(&d), 0);
    device_check_identity(&d);
}

static void test_with_anchors(void **state)
{
    (void)state;
    d.config.anchors.n = 0;
    d.config.accept_ca_pubs = true;
    d.peer.ca_pubs = true;
    assert_int_equal(device_run(&d), 0);
    device_check_identity(&d);
    assert_true(device_record(&d, LWCMP_RECORD_ANCHORS).n > 0);
}

/* A CA that has no need of a proof. */
static void test_in_the_clear(void **state)
{
    (void)state;
    d.peer.key = NULL;
    assert_int_equal(device_run(&d), 0);
    device_check_identity(&d);
}

static void test_after_a_wait(void **state)
{
    (void)state;
    d.peer.waits = true;
    d.peer.polls = 2;
    assert_int_equal(device_run(&d), 0);
    device_check_identity(&d);
}

/* There is nothing to say of it; the next attempt works. */
static void test_cmp_8_2_01_not_for_us(void **state)
{
    (void)state;
    key.bad_seal = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_DECRYPT);
    assert_int_equal(d.exchanges, 1);
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_ASKED);
    assert_int_equal(device_record(&d, LWCMP_RECORD_CERT_1).n, 0);
    (void)lwcmp_end(&d.c);
    key.bad_seal = false;
    assert_int_equal(device_run(&d), 0);
    device_check_identity(&d);
}

/* What is no certificate, or one of another key */
static void test_cmp_8_2_01_bad_content(void **state)
{
    (void)state;
    d.peer.fault = PEER_BAD_CERT;
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_SYNTAX);
    assert_int_equal(device_record(&d, LWCMP_RECORD_CERT_1).n, 0);
    (void)lwcmp_end(&d.c);
    d.peer.answers = 0;
    d.peer.fault = PEER_OTHER_KEY;
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_KEY);
    assert_int_equal(device_record(&d, LWCMP_RECORD_CERT_1).n, 0);
}

static void test_unasked(void **state)
{
    (void)state;
    d.request.encryption_only = false;
    assert_int_equal(device_run(&d), LWCMP_ERR_STATUS);
    assert_int_equal(d.exchanges, 1);
}

/* It goes on for the same request only. */
static void test_resumed(void **state)
{
    uint32_t number;

    (void)state;
    d.gone_at = 1;
    d.gone_why = LWCMP_ERR_NETWORK;
    assert_int_equal(device_run(&d), LWCMP_ERR_NETWORK);
    (void)lwcmp_end(&d.c);
    number = crypto_toy_key_number(DEVICE_KEY_1);
    d.gone_at = 0;
    d.resume = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(crypto_toy_key_number(DEVICE_KEY_1), number);
    device_check_identity(&d);
}

#define ENCRYPTED(f) \
    cmocka_unit_test_setup_teardown(f, set_up_encrypted, tear_down_encrypted)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ENCRYPTED(test_cmp_4_3_4_01_cmp_5_2_8_3_2_01),
        ENCRYPTED(test_signed),
        ENCRYPTED(test_with_anchors),
        ENCRYPTED(test_in_the_clear),
        ENCRYPTED(test_after_a_wait),
        ENCRYPTED(test_cmp_8_2_01_not_for_us),
        ENCRYPTED(test_cmp_8_2_01_bad_content),
        ENCRYPTED(test_unasked),
        ENCRYPTED(test_resumed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "absent.h"
#endif
