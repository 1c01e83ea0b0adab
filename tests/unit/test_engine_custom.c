/* SPDX-License-Identifier: Apache-2.0 */
/* src/engine_custom.c: a life with a signature algorithm of the application. */
#include "custom.h"
#include "engine_custom_device.h"
#include "protect.h"

#if LWCMP_WITH_CUSTOM_SIG
/* Keys of the application's. */
#define SLOT_1 0xa21
#define SLOT_2 0xa22

/* As encoded by pyasn1: certHash, 0, accepted, hashAlg SHA-256 */
static void check_hash_alg(struct lwcmp_message m)
{
    static const uint8_t hash_alg[] = {
        0x02, 0x01, 0x00, 0x30, 0x03, 0x02, 0x01, 0x00, 0xa0, 0x0d, 0x30, 0x0b,
        0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01};

    assert_int_equal(m.type, LWCMP_BODY_CERTCONF);
    assert_int_equal(m.content.n, 4 + 2 + 32 + sizeof hash_alg);
    assert_memory_equal(m.content.p + 4 + 2 + 32, hash_alg, sizeof hash_alg);
}

/* pvno 3 in certConf, and there alone. */
static void test_lcp_3_1_02_lcp_4_1_1_26_hash_alg(void **state)
{
    (void)state;
    issue_by(&sig_toy_table[0]);
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(*device_sent(&d, 0).pvno.p, 2);
    assert_int_equal(*device_sent(&d, 1).pvno.p, 3);
    check_hash_alg(device_sent(&d, 1));
    device_check_identity(&d);
    assert_int_equal(crypto_toy.calls_of[CRYPTO_TOY_PATH], 0);
    assert_int_equal(sig_toy.verifies, 1);
}

/* certHash is that of the certificate, by the hash that is named. */
static void test_pqc_10_cert_hash(void **state)
{
    struct lwcmp_bytes cert;
    uint8_t due[32];
    size_t n;

    (void)state;
    issue_by(&sig_toy_table[0]);
    assert_int_equal(device_run(&d), 0);
    cert = device_record(&d, LWCMP_RECORD_CERT_1);
    assert_int_equal(
        lwcmp_crypto_hash(LWCMP_SHA256, &cert, 1, due, sizeof due, &n), 0);
    assert_memory_equal(device_sent(&d, 1).content.p + 4 + 2, due, n);
}

/* An algorithm that says which hash it has, Ed25519 say, does without. */
static void test_lcp_4_1_1_25_no_hash_alg(void **state)
{
    struct lwcmp_custom_sig plain = sig_toy_table[0];

    (void)state;
    plain.hash = LWCMP_SHA512;
    plain.hash_alg = false;
    own.custom_sigs = &plain;
    own.custom_sigs_n = 1;
    issue_by(&sig_toy_table[0]);
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(*device_sent(&d, 1).pvno.p, 2);
    assert_int_equal(device_sent(&d, 1).content.n, 4 + 2 + 64 + 3 + 5);
}

/* Nor does a certificate that is signed as ever. */
static void test_lcp_4_1_1_27_hash_alg_not_otherwise(void **state)
{
    (void)state;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(*device_sent(&d, 1).pvno.p, 2);
    assert_int_equal(device_sent(&d, 1).content.n, 4 + 2 + 32 + 3 + 5);
    assert_int_equal(sig_toy.verifies, 0);
}

/* A rejection names it as well: the hash does not say which one it is. */
static void test_lcp_4_1_1_26_rejection(void **state)
{
    (void)state;
    issue_by(&sig_toy_table[0]);
    d.config.decide = true;
    d.refuse = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_REFUSED);
    assert_int_equal(*device_sent(&d, 1).pvno.p, 3);
}

/* certConf comes again after a reset, with hashAlg again. */
static void test_lcp_4_1_1_26_resumed(void **state)
{
    (void)state;
    issue_by(&sig_toy_table[0]);
    lose_answer(2);
    d.resume = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.exchanges, 1);
    assert_int_equal(*device_sent(&d, 0).pvno.p, 3);
    check_hash_alg(device_sent(&d, 0));
    device_check_identity(&d);
}

/* Nobody knows the algorithm: there is no hash, so all is rejected by it. */
static void test_lcp_4_1_1_26_unknown_algorithm(void **state)
{
    (void)state;
    issue_by(&sig_toy_table[0]);
    own.custom_sigs_n = 0;
    assert_int_equal(device_run(&d), LWCMP_ERR_ALGORITHM);
    assert_int_equal(*device_sent(&d, 1).pvno.p, 2);
    assert_int_equal(device_sent(&d, 1).content.n, 2);
    assert_int_equal(device_journal(&d).active, 0);
}

static void test_certificate_of_somebody_else(void **state)
{
    (void)state;
    issue_by(&sig_toy_table[0]);
    d.peer.fault = PEER_FOREIGN_CHAIN;
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_CHAIN);
    assert_int_equal(device_journal(&d).active, 0);
}

/* The root's name and key identifier, but another key. */
static void test_forged_certificate(void **state)
{
    (void)state;
    d.peer.issues_by = &sig_toy_table[0]; /* the anchor is the ordinary root */
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_CHAIN);
    assert_int_equal(*device_sent(&d, 1).pvno.p, 3);
    assert_int_equal(device_journal(&d).active, 0);
}

static void test_expired(void **state)
{
    (void)state;
    issue_by(&sig_toy_table[0]);
    d.time = (struct lwcmp_time){LWCMP_TIME_EXACT, 4102444800}; /* 2100 */
    assert_int_equal(device_run(&d), LWCMP_ERR_EXPIRED);
}

/* With a CA below the root the path is longer than what can be validated. */
static void test_longer_path(void **state)
{
    (void)state;
    issue_by(&sig_toy_table[0]);
    d.peer.intermediate = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_ALGORITHM);
    assert_int_equal(device_journal(&d).active, 0);
}

static void check_protected_by(unsigned i, lwcmp_key key)
{
    struct lwcmp_message m = device_sent(&d, i);
    struct lwcmp_prot_alg alg = {.kind = LWCMP_PROT_SIG,
                                 .custom = &sig_toy_table[0]};
    struct lwcmp_bytes der = sig_toy_spki(key, spki);

    assert_int_equal(m.protection_alg.n, sig_toy_table[0].algorithm.n);
    assert_memory_equal(m.protection_alg.p, sig_toy_table[0].algorithm.p,
                        m.protection_alg.n);
    alg.key = (struct lwcmp_bytes){der.p + der.n - 5, 5};
    assert_int_equal(lwcmp_protect_check(&m, &alg, 0), 0);
}

static void test_own_key(void **state)
{
    (void)state;
    set_own();
    assert_int_equal(device_run(&d), 0);
    check_protected_by(0, OWN_KEY);
    check_protected_by(1, OWN_KEY);
    assert_int_equal(*device_sent(&d, 0).pvno.p, 2);
    assert_int_equal(*device_sent(&d, 1).pvno.p, 2);
    device_check_identity(&d);
    assert_int_equal(sig_toy.signs, 2);
}

/* popo of the request: SEQUENCE OF { certReq, [1] { alg, BIT STRING } } */
static void check_popo(unsigned i, lwcmp_key key)
{
    struct lwcmp_bytes in = device_sent(&d, i).content;
    struct lwcmp_bytes request;
    struct lwcmp_bytes alg;
    struct lwcmp_bytes bits;
    struct lwcmp_bytes der = sig_toy_spki(key, spki);

    assert_int_equal(lwcmp_der_take(&in, LWCMP_DER_SEQUENCE, &in), 0);
    assert_int_equal(lwcmp_der_take(&in, LWCMP_DER_SEQUENCE, &in), 0);
    assert_int_equal(lwcmp_der_take_whole(&in, LWCMP_DER_SEQUENCE, &request),
                     0);
    assert_int_equal(lwcmp_der_take(&in, LWCMP_DER_CTX(1), &in), 0);
    assert_int_equal(lwcmp_der_take_whole(&in, LWCMP_DER_SEQUENCE, &alg), 0);
    assert_int_equal(lwcmp_der_take(&in, LWCMP_DER_BIT_STRING, &bits), 0);
    assert_int_equal(lwcmp_der_octets(&bits), 0);
    assert_ptr_equal(lwcmp_custom_find(&d.config, &alg), &sig_toy_table[0]);
    assert_int_equal(
        sig_toy_table[0].verify(sig_toy_table[0].context,
                                (struct lwcmp_bytes){der.p + der.n - 5, 5},
                                &request, 1, bits),
        0);
}

/*
 * The key that is certified is the application's: by secret first, then it
 * signs its own renewal. The provider makes and destroys nothing.
 */
static void test_key_in_the_slot(void **state)
{
    (void)state;
    d.config.key_slot[0] = SLOT_1;
    d.config.key_slot[1] = SLOT_2;
    d.request.key_is_there = true;
    d.peer.really_issues = true;
    assert_int_equal(device_run(&d), 0);
    check_popo(0, SLOT_1);
    assert_int_equal(device_journal(&d).active, 1);
    (void)lwcmp_end(&d.c);

    d.request.operation = LWCMP_KUR;
    d.config.secret = 0;
    d.peer.sign = true;
    issue_by(&sig_toy_table[0]);
    d.peer.signs_by = &sig_toy_table[0];
    assert_int_equal(device_run(&d), 0);
    check_popo(0, SLOT_2);
    check_protected_by(0, SLOT_1);
    check_protected_by(1, SLOT_1);
    check_hash_alg(device_sent(&d, 1));
    assert_int_equal(device_journal(&d).active, 2);
    assert_int_equal(crypto_toy.calls_of[CRYPTO_TOY_KEY_GENERATE], 4);
}

static void test_other_key_certified(void **state)
{
    (void)state;
    d.config.key_slot[0] = SLOT_1;
    d.request.key_is_there = true;
    d.peer.fault = PEER_OTHER_KEY;
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_KEY);
    assert_int_equal(device_journal(&d).active, 0);
}

static void test_table_is_checked(void **state)
{
    struct lwcmp_custom_sig bad = sig_toy_table[0];

    (void)state;
    bad.verify = NULL;
    own.custom_sigs = &bad;
    own.custom_sigs_n = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_CONFIG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_CUSTOM(test_lcp_3_1_02_lcp_4_1_1_26_hash_alg),
        TEST_CUSTOM(test_pqc_10_cert_hash),
        TEST_CUSTOM(test_lcp_4_1_1_25_no_hash_alg),
        TEST_CUSTOM(test_lcp_4_1_1_27_hash_alg_not_otherwise),
        TEST_CUSTOM(test_lcp_4_1_1_26_rejection),
        TEST_CUSTOM(test_lcp_4_1_1_26_resumed),
        TEST_CUSTOM(test_lcp_4_1_1_26_unknown_algorithm),
        TEST_CUSTOM(test_certificate_of_somebody_else),
        TEST_CUSTOM(test_forged_certificate),
        TEST_CUSTOM(test_expired),
        TEST_CUSTOM(test_longer_path),
        TEST_CUSTOM(test_own_key),
        TEST_CUSTOM(test_key_in_the_slot),
        TEST_CUSTOM(test_other_key_certified),
        TEST_CUSTOM(test_table_is_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "absent.h"
#endif
