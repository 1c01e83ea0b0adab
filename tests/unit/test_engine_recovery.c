/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A key and its certificate, back from the CA (RFC 9810 5.3.7, 5.3.8): the key
 * is in its slot before the certificate is kept, nothing is confirmed, and an
 * identity that was there before stays whatever is wrong.
 */
#include "engine_central.h"

#if LWCMP_WITH_RECOVERY
static void check_done(lwcmp_key slot)
{
    CHECK_INT(device_run(&d), 0);
    CHECK_INT(d.exchanges, 1);
    CHECK_INT(crypto_toy_key_number(slot), NUMBER);
    device_check_identity(&d);
    check_is_wiped();
}

static void test_lcp_3_1_01_by_secret(void **state)
{
    struct lwcmp_message m;

    (void)state;
    check_done(DEVICE_KEY_1);
    m = device_sent(&d, 0);
    assert_int_equal(m.type, LWCMP_BODY_KRR);
    assert_int_equal(m.pvno.p[0], 3);
    assert_false(m.implicit_confirm);
    assert_int_equal(m.extra_certs.n, 0);
}

/* Who signs sends his certificate along, and his key to encrypt for. */
static void test_cmp_5_3_7_01_signed(void **state)
{
    static const uint8_t encr_key[] = {0x2b, 0x06, 0x01, 0x05, 0x05,
                                       0x07, 0x05, 0x01, 0x06};
    struct lwcmp_message m;
    bool found = false;

    (void)state;
    check_done(DEVICE_KEY_1);
    m = device_sent(&d, 0);
    assert_int_not_equal(m.extra_certs.n, 0);
    for (size_t i = 0; i + sizeof encr_key < m.content.n; i++) {
        found =
            found || memcmp(m.content.p + i, encr_key, sizeof encr_key) == 0;
    }
    assert_true(found);
}

/* implicitConfirm is not asked for, and makes no difference. */
static void test_implicit_confirm(void **state)
{
    (void)state;
    d.config.implicit_confirm = true;
    check_done(DEVICE_KEY_1);
    assert_false(device_sent(&d, 0).implicit_confirm);
}

/* The path goes by the caCerts of the answer. */
static void test_cmp_5_3_8_01_ca_certs(void **state)
{
    (void)state;
    d.peer.intermediate = true;
    d.peer.omit_chain = true;
    check_done(DEVICE_KEY_1);
}

static void test_in_the_place_of_another(void **state)
{
    (void)state;
    d.request.operation = LWCMP_IR;
    d.peer.key = NULL;
    assert_int_equal(device_run(&d), 0);
    (void)lwcmp_end(&d.c);
    d.request.operation = LWCMP_KRR;
    d.peer.key = &key;
    d.peer.serial = 99;
    check_done(DEVICE_KEY_2);
    assert_false(device_has_key(DEVICE_KEY_1));
    assert_int_equal(device_record(&d, LWCMP_RECORD_CERT_1).n, 0);
}

static const struct bad {
    const char *name;
    struct peer_key key;
    enum peer_fault fault;
    unsigned more_pairs;
    int error;
    bool stays; /* the attempt can be made again as it is on record */
} bad[] = {
    {"no pair", {0}, PEER_STATUS_WITHOUT_CERT, 0, LWCMP_ERR_STATUS, true},
    {"two pairs", {0}, PEER_HONEST, 1, LWCMP_ERR_STATUS, true},
    {"rejected", {0}, PEER_REJECTS, 0, LWCMP_ERR_REJECTED, false},
    {"an error", {0}, PEER_ERROR, 0, LWCMP_ERR_PEER_ERROR, false},
    {"another body", {0}, PEER_WRONG_BODY, 0, LWCMP_ERR_UNEXPECTED, true},
    {"another key", {.other = 77}, PEER_HONEST, 0, LWCMP_ERR_CERT_KEY, false},
    {"a certificate of another",
     {0},
     PEER_OTHER_KEY,
     0,
     LWCMP_ERR_CERT_KEY,
     false},
    {"no certificate", {0}, PEER_BAD_CERT, 0, LWCMP_ERR_CERT_SYNTAX, false},
    {"two keys", {.two_keys = true}, PEER_HONEST, 0, LWCMP_ERR_CMS, false},
    {"id-data", {.as_data = true}, PEER_HONEST, 0, LWCMP_ERR_CMS, false},
    {"seal", {.bad_seal = true}, PEER_HONEST, 0, LWCMP_ERR_DECRYPT, false},
    {"nothing", {.no_content = true}, PEER_HONEST, 0, LWCMP_ERR_CMS, false},
    {"chain", {0}, PEER_FOREIGN_CHAIN, 0, LWCMP_ERR_CERT_CHAIN, true},
    {"protection", {0}, PEER_FLIPPED_PROTECTION, 0, LWCMP_ERR_PROTECTION, true},
};

/* Nothing more is said, and what was there before is. */
static void check_bad(const struct bad *b)
{
    lwcmp_key to = key.to;
    struct lwcmp_journal j;

    vectors_at("%s", b->name);
    key = b->key;
    key.number = NUMBER;
    key.to = to;
    d.peer.fault = b->fault;
    d.peer.at = d.peer.answers + 1;
    d.peer.more_pairs = b->more_pairs;
    if (b->more_pairs > 0) {
        free(d.config.buffer);
        d.config.buffer_size = 4096;
        d.config.buffer = malloc(d.config.buffer_size);
    }
    CHECK_INT(device_run(&d), b->error);
    CHECK_INT(d.exchanges, 1);
    CHECK_INT(device_record(&d, LWCMP_RECORD_CERT_1).n, 0);
    j = device_journal(&d);
    CHECK_INT(j.active, 0);
    CHECK_INT(j.phase, b->stays ? LWCMP_PHASE_ASKED : LWCMP_PHASE_IDLE);
    CHECK(b->stays || !device_has_key(DEVICE_KEY_1));
    check_is_wiped();
    (void)lwcmp_end(&d.c);
    key = (struct peer_key){.number = NUMBER, .to = to};
    d.peer.fault = PEER_HONEST;
    d.peer.more_pairs = 0;
    d.resume = b->stays;
    check_done(DEVICE_KEY_1);
}

static void test_lcp_4_1_6_04_bad_by_secret(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        check_bad(&bad[i]);
        (void)tear_down_central(state);
        (void)set_up_recovery(state);
    }
}

static void test_lcp_4_1_6_16_bad_signed(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        check_bad(&bad[i]);
        (void)tear_down_central(state);
        (void)set_up_signed_recovery(state);
    }
}

/* Who signs, and not the secret, is asked who has packed the key. */
static void test_lcp_4_1_6_13_by_a_stranger(void **state)
{
    (void)state;
    key.signer = PEER_KEY_BY_STRANGER;
    assert_int_equal(device_run(&d), LWCMP_ERR_UNTRUSTED);
    assert_false(device_has_key(DEVICE_KEY_1));
}

/* No key, or one that was not asked for */
static void test_lcp_4_1_1_17_without_a_key(void **state)
{
    (void)state;
    d.peer.key = NULL;
    d.peer.spki_n = 91;
    crypto_toy_spki(NUMBER, d.peer.spki);
    assert_int_equal(device_run(&d), LWCMP_ERR_STATUS);
    assert_int_equal(device_record(&d, LWCMP_RECORD_CERT_1).n, 0);
}

static void check_config(int error)
{
    (void)lwcmp_end(&d.c);
    assert_int_equal(device_run(&d), error);
}

/* A subject and nothing else */
static void test_config(void **state)
{
    static const uint8_t extension[] = {0x30, 0x07, 0x06, 0x03, 0x55,
                                        0x1d, 0x11, 0x04, 0x00};
    struct lwcmp_request good = d.request;

    (void)state;
    d.request.extensions = (struct lwcmp_bytes){extension, sizeof extension};
    check_config(LWCMP_ERR_CONFIG);
    d.request = good;
    d.request.key_is_there = true;
    check_config(LWCMP_ERR_CONFIG);
    d.request = good;
    d.request.encryption_only = true;
    check_config(LWCMP_ERR_CONFIG);
    d.request = good;
    d.request.archive = true;
    check_config(LWCMP_ERR_CONFIG);
    d.request = good;
    d.config.secret = 0;
    check_config(LWCMP_ERR_CONFIG);
}

/* By krp or by an error: it is the message that is polled for. */
static void test_polling(void **state)
{
    static const uint8_t all[] = {0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0xff};

    (void)state;
    d.peer.polls = 2;
    for (int by_error = 0; by_error < 2; by_error++) {
        d.peer.waits = true;
        d.peer.polls = 2;
        d.peer.waits_by_error = by_error;
        d.off_at = 1;
        (void)device_run(&d);
        crypto_toy_drop_volatile();
        d.off_at = 0;
        d.resume = true;
        CHECK_INT(device_run(&d), 0);
        CHECK_INT(device_sent(&d, 0).type, LWCMP_BODY_POLLREQ);
        assert_int_equal(device_sent(&d, 0).content.n, sizeof all);
        assert_memory_equal(device_sent(&d, 0).content.p, all, sizeof all);
        device_check_identity(&d);
        (void)tear_down_central(state);
        (void)set_up_recovery(state);
    }
}

/* Switched off after each step: then the same again, or the end of it. */
static void test_off_at_every_step(void **state)
{
    unsigned steps = 0;

    (void)state;
    for (unsigned n = 1; n != 0; n++) {
        enum lwcmp_want want = LWCMP_STEP;

        vectors_at("step %u", n);
        assert_int_equal(lwcmp_begin(&d.c, &d.config, &d.request), 0);
        for (unsigned i = 0; i < n && want != LWCMP_DONE; i++) {
            want = lwcmp_step(&d.c);
            if (want == LWCMP_EXCHANGE) {
                device_exchange(&d);
            }
        }
        crypto_toy_drop_volatile();
        (void)lwcmp_end(&d.c);
        check_is_wiped();
        d.resume = true;
        if (device_journal(&d).active == 0) {
            CHECK_INT(device_run(&d), 0);
        }
        device_check_identity(&d);
        CHECK_INT(crypto_toy_key_number(DEVICE_KEY_1), NUMBER);
        steps = n;
        n = want == LWCMP_DONE ? UINT32_MAX : n;
        (void)tear_down_central(state);
        (void)set_up_signed_recovery(state);
    }
    assert_in_range(steps, 10, 50);
}

#define RECOVERED(f) \
    cmocka_unit_test_setup_teardown(f, set_up_recovery, tear_down_central)
#define SIGNED_RECOVERY(f)                                     \
    cmocka_unit_test_setup_teardown(f, set_up_signed_recovery, \
                                    tear_down_central)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RECOVERED(test_lcp_3_1_01_by_secret),
        SIGNED_RECOVERY(test_cmp_5_3_7_01_signed),
        RECOVERED(test_implicit_confirm),
        RECOVERED(test_cmp_5_3_8_01_ca_certs),
        RECOVERED(test_in_the_place_of_another),
        RECOVERED(test_lcp_4_1_6_04_bad_by_secret),
        SIGNED_RECOVERY(test_lcp_4_1_6_16_bad_signed),
        SIGNED_RECOVERY(test_lcp_4_1_6_13_by_a_stranger),
        RECOVERED(test_lcp_4_1_1_17_without_a_key),
        RECOVERED(test_config),
        RECOVERED(test_polling),
        SIGNED_RECOVERY(test_off_at_every_step),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "absent.h"
#endif
