/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A key that the CA has made (RFC 9483 4.1.6): it is in its slot before the
 * certificate is confirmed, and nowhere else; and what is turned down.
 */
#include "engine_central.h"
#include "lwcmp/quirks.h"

#if LWCMP_WITH_CENTRAL_KEY
static void check_done(void)
{
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.exchanges, 2);
    assert_int_equal(crypto_toy.calls_of[CRYPTO_TOY_KEY_GENERATE],
                     d.config.certificate.n > 0 ? 5 : 4); /* not the new one */
    assert_int_equal(crypto_toy_key_number(DEVICE_KEY_1), NUMBER);
    device_check_identity(&d);
    check_is_wiped();
}

static void test_lcp_4_1_6_14_lcp_4_1_6_3_01_by_secret(void **state)
{
    (void)state;
    check_done();
}

#if LWCMP_WITH_PSS
/* RSASSA-PSS was asked for, so the key that comes signs by it. */
static void test_alg_02_signs_as_asked_for(void **state)
{
    enum lwcmp_sig sig;

    (void)state;
    d.request.key_type = LWCMP_RSA_PSS_3072;
    check_done();
    assert_int_equal(lwcmp_crypto_key_sig(DEVICE_KEY_1, &sig), 0);
    assert_int_equal(sig, LWCMP_RSA_PSS_SHA256);
}
#endif

static void test_lcp_3_1_01_pvno(void **state)
{
    (void)state;
    check_done();
    for (unsigned i = 0; i < 2; i++) {
        struct lwcmp_message m = device_sent(&d, i);

        assert_int_equal(m.pvno.n, 1);
        assert_int_equal(m.pvno.p[0], 3);
    }
}

/* Nobody asks who has made it: the secret speaks for that. */
static void test_by_secret_and_anybody(void **state)
{
    (void)state;
    key.signer = PEER_KEY_BY_STRANGER;
    key.bad_signature = true;
    check_done();
}

static void test_lcp_4_1_6_13_signed(void **state)
{
    static const enum peer_key_signer good[] = {
        PEER_KEY_BY_KGA, PEER_KEY_BY_ROOT, PEER_KEY_BY_RESPONDER};

    (void)state;
    for (size_t i = 0; i < COUNT(good); i++) {
        vectors_at("signer %zu", i);
        key.signer = good[i];
        check_done();
        (void)tear_down_central(state);
        (void)set_up_signed(state);
    }
}

/* What is wrong, for a request that is signed; and by secret, unless 0. */
static const struct bad {
    const char *name;
    struct peer_key key;
    int error, by_secret;
} bad[] = {
    {"LCP-4.1.6-16 another key",
     {.other = 77},
     LWCMP_ERR_CERT_KEY,
     LWCMP_ERR_CERT_KEY},
    {"LCP-4.1.6-10 two keys", {.two_keys = true}, LWCMP_ERR_CMS, LWCMP_ERR_CMS},
    {"LCP-4.1.6-07 id-data", {.as_data = true}, LWCMP_ERR_CMS, LWCMP_ERR_CMS},
    {"LCP-4.1.6-08 another seal",
     {.bad_seal = true},
     LWCMP_ERR_DECRYPT,
     LWCMP_ERR_DECRYPT},
    {"LCP-4.1.6-09 no SignedData",
     {.no_content = true},
     LWCMP_ERR_CMS,
     LWCMP_ERR_CMS},
    {"LCP-4.1.6-11 digest",
     {.bad_digest = true},
     LWCMP_ERR_PROTECTION,
     LWCMP_ERR_PROTECTION},
    {"LCP-4.1.6-11 signature",
     {.bad_signature = true},
     LWCMP_ERR_PROTECTION,
     0},
    {"LCP-4.1.6-13 a device",
     {.signer = PEER_KEY_BY_DEVICE},
     LWCMP_ERR_NOT_AUTHORIZED,
     0},
    {"LCP-4.1.6-13 no signer",
     {.signer = PEER_KEY_BY_NO_SIGNER},
     LWCMP_ERR_NOT_AUTHORIZED,
     0},
    {"LCP-4.1.6-15 a stranger",
     {.signer = PEER_KEY_BY_STRANGER},
     LWCMP_ERR_UNTRUSTED,
     0},
    {"nobody", {.signer = PEER_KEY_WITHOUT_SIGNER}, LWCMP_ERR_NO_SIGNER, 0},
};

/* Turned down in certConf; then neither key nor certificate is left. */
static void check_bad(const struct bad *b, int error)
{
    lwcmp_key to = key.to;

    vectors_at("%s", b->name);
    key = b->key;
    key.number = NUMBER;
    key.to = to;
    CHECK_INT(device_run(&d), error);
    CHECK_INT(d.exchanges, 2);
    CHECK_INT(device_sent(&d, 1).type, LWCMP_BODY_CERTCONF);
    CHECK(!device_has_key(DEVICE_KEY_1));
    CHECK_INT(device_record(&d, LWCMP_RECORD_CERT_1).n, 0);
    CHECK_INT(device_journal(&d).phase, LWCMP_PHASE_IDLE);
    check_is_wiped();
}

static void test_bad_signed(void **state)
{
    const struct bad *b = *state;

    check_bad(b, b->error);
}

static void test_bad_by_secret(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        if (bad[i].by_secret) {
            check_bad(&bad[i], bad[i].by_secret);
            (void)tear_down_central(state);
            (void)set_up_central(state);
        }
    }
}

/* By the secret, though the request was signed */
static void test_lcp_4_1_6_3_01_other_kind(void **state)
{
    static const struct bad other = {.name = "pwri"};

    (void)state;
    key.to = 0;
    check_bad(&other, LWCMP_ERR_WRONG_KIND);
}

/* The second path is that of who has made the key. */
static void test_lcp_4_1_6_13_expired(void **state)
{
    (void)state;
    crypto_toy.fail_of_kind = true;
    crypto_toy.fail_kind = CRYPTO_TOY_PATH;
    crypto_toy.calls_of[CRYPTO_TOY_PATH] = 0;
    crypto_toy.fail_at = 2;
    crypto_toy.fail_with = LWCMP_ERR_EXPIRED;
    assert_int_equal(device_run(&d), LWCMP_ERR_EXPIRED);
    assert_int_equal(device_sent(&d, 1).type, LWCMP_BODY_CERTCONF);
    assert_int_equal(crypto_toy.calls_of[CRYPTO_TOY_KEY_IMPORT], 0);
    check_is_wiped();
}

static void test_loose(void **state)
{
    (void)state;
    key.as_data = true;
    d.config.allow_loose_cms = true;
    check_done();
    assert_int_equal(lwcmp_quirks_used(&d.c),
                     LWCMP_WITH_QUIRKS ? LWCMP_QUIRK_LOOSE_CMS : 0);
    (void)lwcmp_end(&d.c);
    key.as_data = false;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(lwcmp_quirks_used(&d.c), 0);
}

/* A key that nobody asked for, or none */
static void test_lcp_4_1_1_17_unasked(void **state)
{
    (void)state;
    d.request.central_key = false;
    assert_int_equal(device_run(&d), LWCMP_ERR_STATUS);
    (void)lwcmp_end(&d.c);
    d.request.central_key = true;
    d.peer.key = NULL;
    assert_int_equal(device_run(&d), LWCMP_ERR_STATUS);
    assert_int_equal(d.exchanges, 1);
}

static void test_config(void **state)
{
    (void)state;
    d.request.key_is_there = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_CONFIG);
    d.request.key_is_there = false;
#if LWCMP_WITH_ENCRYPTED_CERT
    d.request.encryption_only = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_CONFIG);
#endif
}

/* The CA has confirmed for us: nothing is said, and nothing is left. */
static void test_implicit(void **state)
{
    (void)state;
    d.config.implicit_confirm = true;
    d.peer.implicit = true;
    key.other = 77;
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_KEY);
    assert_int_equal(d.exchanges, 1);
    assert_false(device_has_key(DEVICE_KEY_1));
    check_is_wiped();
}

/* Polled for after a reset, in the same transaction. */
static void test_polled_after_a_reset(void **state)
{
    (void)state;
    d.peer.waits = true;
    d.peer.polls = 1;
    d.off_at = 1;
    (void)device_run(&d);
    crypto_toy_drop_volatile();
    d.off_at = 0;
    d.resume = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_POLLREQ);
    assert_int_equal(crypto_toy_key_number(DEVICE_KEY_1), NUMBER);
}

/* pkiConf is lost: the key stays, and it is confirmed again. */
static void test_confirmed_after_a_reset(void **state)
{
    (void)state;
    lose_answer(2);
    assert_int_equal(crypto_toy_key_number(DEVICE_KEY_1), NUMBER);
    d.resume = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.exchanges, 1);
    device_check_identity(&d);
}

/* Another request goes not on for this one. */
static void test_request_of_another_kind(void **state)
{
    (void)state;
    lose_answer(1);
    d.resume = true;
    d.request.central_key = false;
    d.peer.key = NULL;
    assert_int_equal(device_run(&d), 0);
    assert_int_not_equal(crypto_toy_key_number(DEVICE_KEY_1), NUMBER);
    device_check_identity(&d);
}

#if LWCMP_WITH_QUIRKS
/* The answer to a request by secret is signed: then that is no longer so. */
static void test_lcp_4_1_6_13_signed_answer(void **state)
{
    (void)state;
    d.config.quirks = LWCMP_QUIRK_SIGNED_ANSWERS;
    d.peer.sign = true;
    check_done();
    (void)tear_down_central(state);
    (void)set_up_central(state);
    d.config.quirks = LWCMP_QUIRK_SIGNED_ANSWERS;
    d.peer.sign = true;
    key.signer = PEER_KEY_BY_STRANGER;
    assert_int_equal(device_run(&d), LWCMP_ERR_UNTRUSTED);
    assert_false(device_has_key(DEVICE_KEY_1));
    check_is_wiped();
}
#endif

int main(void)
{
    const struct CMUnitTest others[] = {
        BY_SECRET(test_lcp_4_1_6_14_lcp_4_1_6_3_01_by_secret),
#if LWCMP_WITH_PSS
        BY_SECRET(test_alg_02_signs_as_asked_for),
#endif
        BY_SECRET(test_lcp_3_1_01_pvno),
        BY_SECRET(test_by_secret_and_anybody),
        SIGNED(test_lcp_4_1_6_13_signed),
        BY_SECRET(test_bad_by_secret),
        SIGNED(test_lcp_4_1_6_3_01_other_kind),
        SIGNED(test_lcp_4_1_6_13_expired),
        SIGNED(test_loose),
        SIGNED(test_lcp_4_1_1_17_unasked),
        BY_SECRET(test_config),
        SIGNED(test_implicit),
        BY_SECRET(test_polled_after_a_reset),
        BY_SECRET(test_confirmed_after_a_reset),
        BY_SECRET(test_request_of_another_kind),
#if LWCMP_WITH_QUIRKS
        BY_SECRET(test_lcp_4_1_6_13_signed_answer),
#endif
    };
    struct CMUnitTest tests[COUNT(bad) + COUNT(others)];

    for (size_t i = 0; i < COUNT(bad); i++) {
        tests[i] =
            (struct CMUnitTest){bad[i].name, test_bad_signed, set_up_signed,
                                tear_down_central, (void *)&bad[i]};
    }
    memcpy(tests + COUNT(bad), others, sizeof others);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "absent.h"
#endif
