/* SPDX-License-Identifier: Apache-2.0 */
/*
 * src/quirks.c: a root in extraCerts as trust anchor, for the very first
 * enrolment and nothing else.
 */
#include "lwcmp/config.h"

#if LWCMP_WITH_QUIRKS

#include "quirks_fixture.h"

/* What the new certificate leads to is learned, and serves from then on. */
static void test_learned_by_first_use(void **state)
{
    (void)state;
    set_first_use();
    d.config.quirks = LWCMP_PRESET_3GPP;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_record(&d, LWCMP_RECORD_ANCHORS).n, peer_root().n);
    assert_memory_equal(device_record(&d, LWCMP_RECORD_ANCHORS).p,
                        peer_root().p, peer_root().n);
    assert_int_equal(lwcmp_end(&d.c), 0);
    d.config.quirks = 0;
    d.peer.root_comes = false;
    d.request.operation = LWCMP_KUR;
    assert_int_equal(device_run(&d), 0);
    device_check_identity(&d);
}

/* The answer to certConf is lost; after a reset the anchor is at hand. */
static void test_first_use_over_a_reset(void **state)
{
    (void)state;
    set_first_use();
    d.config.quirks = LWCMP_PRESET_3GPP;
    lose_answer(2);
    d.resume = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(lwcmp_quirks_used(&d.c), 0);
    device_check_identity(&d);
}

/* Roots in extraCerts. */
static void root_that_did_not_issue(void)
{
    set_first_use();
    d.peer.fault = PEER_FOREIGN_CHAIN;
}

static void root_of_nobody(void)
{
    set_first_use();
    d.peer.root_comes = false;
    d.peer.other_roots = 1;
}

static void no_root(void)
{
    set_first_use();
    d.peer.root_comes = false;
}

static void root_past_an_anchor(void)
{
    set_first_use();
    d.config.anchors = d.config.certificate; /* somebody else's */
}

static void root_past_a_pin(void)
{
    set_first_use();
    d.config.anchors = d.config.certificate;
    d.config.responder_certificate = d.config.certificate;
}

static void root_for_renewal(void)
{
    set_renewal();
    root_past_an_anchor();
}

static void root_for_a_rejection(void)
{
    set_first_use();
    d.peer.fault = PEER_REJECTS;
}

static void root_for_an_error(void)
{
    set_first_use();
    d.peer.fault = PEER_ERROR;
}

static void root_for_waiting(void)
{
    set_first_use();
    d.peer.waits = true;
}

static void root_of_a_device(void)
{
    set_first_use();
    d.peer.fault = PEER_DEVICE_SIGNER;
}

static void root_and_wrong_signature(void)
{
    set_first_use();
    d.peer.fault = PEER_FLIPPED_PROTECTION;
}

static void root_and_another_key(void)
{
    set_first_use();
    d.peer.fault = PEER_OTHER_KEY;
}

static void root_and_refused(void)
{
    set_first_use();
    d.config.decide = true;
    d.refuse = true;
}

/* clang-format off */
static const struct attack attacks[] = {
    {"LCP-3.3-04 root that did not issue", root_that_did_not_issue,
     LWCMP_ERR_CERT_CHAIN, OURS},
    {"LCP-3.3-04 root of nobody", root_of_nobody,
     LWCMP_ERR_UNTRUSTED, ASKED},
    {"LCP-3.3-04 no root", no_root, LWCMP_ERR_UNTRUSTED, ASKED},
    {"LCP-3.3-04 root past an anchor", root_past_an_anchor,
     LWCMP_ERR_UNTRUSTED, ASKED},
    {"LCP-3.3-04 root past a pin", root_past_a_pin,
     LWCMP_ERR_NO_SIGNER, ASKED},
    {"LCP-3.3-04 root for a renewal", root_for_renewal,
     LWCMP_ERR_UNTRUSTED, ASKED},
    {"LCP-3.3-04 root for a rejection", root_for_a_rejection,
     LWCMP_ERR_UNTRUSTED, ASKED},
    {"LCP-3.3-04 root for an error", root_for_an_error,
     LWCMP_ERR_UNTRUSTED, ASKED},
    {"LCP-3.3-04 root for waiting", root_for_waiting,
     LWCMP_ERR_UNTRUSTED, ASKED},
    {"LCP-3.3-04 root of a device", root_of_a_device,
     LWCMP_ERR_NOT_AUTHORIZED, ASKED},
    {"LCP-3.3-04 root and a wrong signature", root_and_wrong_signature,
     LWCMP_ERR_PROTECTION, ASKED},
    {"LCP-3.3-04 root and another key", root_and_another_key,
     LWCMP_ERR_CERT_KEY, GONE},
    {"LCP-3.3-04 root and refused", root_and_refused,
     LWCMP_ERR_REFUSED, GONE},
};
/* clang-format on */

/* Four are looked at, so that hundreds cost no time. */
static void test_one_of_the_first_four_roots(void **state)
{
    (void)state;
    for (unsigned n = 3; n <= 4; n++) {
        vectors_at("%u others", n);
        afresh();
        set_first_use();
        d.peer.other_roots = n;
        d.config.quirks = QUIRKS_ALL;
        CHECK_INT(device_run(&d), n == 3 ? 0 : LWCMP_ERR_UNTRUSTED);
    }
}

/* What a rejection says is for people, though nobody vouches for it. */
static void test_lcp_3_6_4_05_text_of_a_stranger(void **state)
{
    struct lwcmp_status status;

    (void)state;
    root_for_a_rejection();
    d.config.quirks = QUIRKS_ALL;
    assert_int_equal(device_run(&d), LWCMP_ERR_UNTRUSTED);
    status = lwcmp_server_status(&d.c);
    assert_true(status.present && !status.authenticated);
    assert_int_equal(status.status, LWCMP_PKI_REJECTION);
}

/* Nothing is asked for that could not be believed. */
static void test_lcp_3_4_03_only_for_ir(void **state)
{
    (void)state;
    set_first_use();
    d.config.quirks = QUIRKS_ALL;
    d.request.operation = LWCMP_CR;
    assert_int_equal(device_run(&d), LWCMP_ERR_NO_ANCHOR);
    assert_int_equal(d.exchanges, 0);
    d.request.operation = LWCMP_IR;
    d.config.responder_certificate = peer_signer();
    assert_int_equal(device_run(&d), LWCMP_ERR_NO_ANCHOR);
    assert_int_equal(d.exchanges, 0);
}

/* An anchor that has been learned is not outdone by another root. */
static void test_lcp_3_3_04_first_use_is_the_last(void **state)
{
    (void)state;
    set_first_use();
    d.config.quirks = QUIRKS_ALL;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(lwcmp_end(&d.c), 0);
    d.ram.record[LWCMP_RECORD_ANCHORS].n = d.config.certificate.n;
    memcpy(d.ram.record[LWCMP_RECORD_ANCHORS].p, d.config.certificate.p,
           d.config.certificate.n);
    assert_int_equal(device_run(&d), LWCMP_ERR_UNTRUSTED);
    assert_int_equal(lwcmp_quirks_used(&d.c) &
                         (uint32_t)LWCMP_QUIRK_ANCHOR_IN_EXTRA_CERTS,
                     0);
}

/* The provider finds the path wrong. */
static void test_lcp_3_5_12_path_through_a_root_is_validated(void **state)
{
    (void)state;
    set_first_use();
    d.config.quirks = QUIRKS_ALL;
    crypto_toy.path_result = LWCMP_ERR_EXPIRED;
    assert_int_equal(device_run(&d), LWCMP_ERR_EXPIRED);
    assert_int_equal(device_record(&d, LWCMP_RECORD_ANCHORS).n, 0);
}

/* Whoever polls for what another has asked for may get another answer. */
#if LWCMP_WITH_POLL_BY_ID
static void test_lcp_4_1_2_02_polled_for_in_an_ip_only(void **state)
{
    static const uint8_t id[] = {1, 2, 3, 4};
    static const uint8_t asked[] = {LWCMP_BODY_IR, LWCMP_BODY_CR};
    struct lwcmp_bytes spki;

    (void)state;
    for (size_t i = 0; i < COUNT(asked); i++) {
        afresh();
        set_first_use();
        d.config.quirks = LWCMP_PRESET_3GPP;
        assert_int_equal(lwcmp_crypto_key_generate(DEVICE_KEY_1, LWCMP_EC_P256),
                         0);
        spki = peer_spki(DEVICE_KEY_1, d.peer.spki, sizeof d.peer.spki);
        d.peer.spki_n = spki.n;
        d.peer.asked = asked[i];
        d.request.key_is_there = true;
        d.request.transaction_id = (struct lwcmp_bytes){id, sizeof id};
        assert_int_equal(device_run(&d),
                         asked[i] == LWCMP_BODY_IR ? 0 : LWCMP_ERR_UNTRUSTED);
        assert_int_equal(device_record(&d, LWCMP_RECORD_ANCHORS).n > 0,
                         asked[i] == LWCMP_BODY_IR);
    }
}
#endif

int main(void)
{
    const struct CMUnitTest others[] = {
        TEST(test_learned_by_first_use),
        TEST(test_first_use_over_a_reset),
        TEST(test_one_of_the_first_four_roots),
        TEST(test_lcp_3_6_4_05_text_of_a_stranger),
        TEST(test_lcp_3_4_03_only_for_ir),
        TEST(test_lcp_3_3_04_first_use_is_the_last),
        TEST(test_lcp_3_5_12_path_through_a_root_is_validated),
#if LWCMP_WITH_POLL_BY_ID
        TEST(test_lcp_4_1_2_02_polled_for_in_an_ip_only),
#endif
    };
    struct CMUnitTest tests[COUNT(attacks) + COUNT(others)];

    for (size_t i = 0; i < COUNT(attacks); i++) {
        tests[i] = TEST_OF(test_attacker, &attacks[i]);
    }
    memcpy(tests + COUNT(attacks), others, sizeof others);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else
#include "absent.h"
#endif
