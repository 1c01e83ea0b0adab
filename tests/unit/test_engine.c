/* SPDX-License-Identifier: Apache-2.0 */
/* The engine with an honest CA: what a device lives through. */
#include "device.h"

static struct device d;

static int set_up(void **state)
{
    (void)state;
    device_init(&d);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    device_free(&d);
    return 0;
}

static void check_equal(struct lwcmp_bytes a, struct lwcmp_bytes b)
{
    assert_int_equal(a.n, b.n);
    assert_memory_equal(a.p, b.p, a.n);
}

/* Enrolment by secret: ir, ip, certConf, pkiConf. */
static void test_enrol_lcp_4_1_5_01(void **state)
{
    struct lwcmp_journal journal;

    (void)state;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.exchanges, 2);
    journal = device_journal(&d);
    assert_int_equal(journal.active, 1);
    assert_int_equal(journal.phase, LWCMP_PHASE_IDLE);
    device_check_identity(&d);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_IR);
    assert_int_equal(device_sent(&d, 1).type, LWCMP_BODY_CERTCONF);
    assert_int_equal(lwcmp_end(&d.c), 0);
    assert_int_equal(crypto_toy_volatile_keys(), 0);
}

#if LWCMP_WITH_PBMAC1
/* CMP-5.1.3.1-05: PBMAC1 in place of PasswordBasedMac. */
static void test_enrol_by_pbmac1(void **state)
{
    struct lwcmp_prot_alg alg;

    (void)state;
    d.config.pbmac1 = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(
        lwcmp_prot_alg_get(device_sent(&d, 0).protection_alg, &alg), 0);
    assert_int_equal(alg.kind, LWCMP_PROT_MAC);
    assert_int_equal(alg.pbm.key_length, 32);
    device_check_identity(&d);
}
#endif

static void test_headers_of_one_transaction(void **state)
{
    struct lwcmp_message ir;
    struct lwcmp_message conf;

    (void)state;
    assert_int_equal(device_run(&d), 0);
    ir = device_sent(&d, 0);
    conf = device_sent(&d, 1);
    /* LCP-3.1-03, -17, -18, -19, -20, -21 */
    assert_int_equal(ir.pvno, 2);
    assert_int_equal(conf.pvno, 2);
    assert_int_equal(ir.transaction_id.n, 16);
    check_equal(ir.transaction_id, conf.transaction_id);
    assert_int_equal(ir.sender_nonce.n, 16);
    assert_int_equal(conf.sender_nonce.n, 16);
    assert_memory_not_equal(ir.sender_nonce.p, conf.sender_nonce.p, 16);
    assert_null(ir.recip_nonce.p);
    assert_int_equal(conf.recip_nonce.n, 16);
    /* LCP-3.1-16, -23, LCP-3.3-07 */
    check_equal(ir.sender_kid, d.config.reference);
    assert_false(ir.implicit_confirm || conf.implicit_confirm);
    assert_int_equal(ir.extra_certs.n + conf.extra_certs.n, 0);
    assert_int_equal(d.peer.in.type, LWCMP_BODY_CERTCONF);
}

static void test_renewal_lcp_4_1_3_02(void **state)
{
    uint32_t key;

    (void)state;
    device_enrol(&d);
    key = crypto_toy_key_number(DEVICE_KEY_1);
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_KUR);
    /* LCP-3.3-01, and -03: not again in certConf */
    assert_true(device_sent(&d, 0).extra_certs.n > 0);
    assert_int_equal(device_sent(&d, 1).extra_certs.n, 0);
    assert_int_equal(device_journal(&d).active, 2);
    device_check_identity(&d);
    /* The old one is gone, the new key is another one. */
    assert_int_equal(device_record(&d, LWCMP_RECORD_CERT_1).n, 0);
    assert_false(device_has_key(DEVICE_KEY_1));
    assert_int_not_equal(crypto_toy_key_number(DEVICE_KEY_2), key);
}

/* The second renewal comes back to the first slot. */
static void test_slots_take_turns(void **state)
{
    (void)state;
    device_enrol(&d);
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(lwcmp_end(&d.c), 0);
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_journal(&d).active, 1);
    device_check_identity(&d);
}

static void test_renewal_costs_three_signatures(void **state)
{
    (void)state;
    device_enrol(&d);
    memset(crypto_toy.calls_of, 0, sizeof crypto_toy.calls_of);
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(crypto_toy.calls_of[CRYPTO_TOY_SIGN], 3);
    assert_int_equal(crypto_toy.calls_of[CRYPTO_TOY_VERIFY], 2);
    assert_int_equal(crypto_toy.calls_of[CRYPTO_TOY_PATH], 2);
}

/* LCP-4.1.1-20: asked for and granted, so there is no certConf. */
static void test_implicit_confirm(void **state)
{
    (void)state;
    d.config.implicit_confirm = true;
    d.peer.implicit = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.exchanges, 1);
    assert_true(device_sent(&d, 0).implicit_confirm);
    device_check_identity(&d);
}

/* LCP-4.1.1-19: asked for but not granted. */
static void test_implicit_confirm_not_granted(void **state)
{
    (void)state;
    d.config.implicit_confirm = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.exchanges, 2);
    assert_false(device_sent(&d, 1).implicit_confirm);
}

/* LCP-4.1.1-20: granted though nobody asked. */
static void test_implicit_confirm_unasked(void **state)
{
    (void)state;
    d.peer.implicit = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.exchanges, 2);
}

/* LCP-4.1-11: a device without an anchor learns it from the MACed ip. */
static void test_learn_anchors(void **state)
{
    (void)state;
    d.config.anchors.n = 0;
    d.config.accept_ca_pubs = true;
    d.peer.ca_pubs = true;
    device_enrol(&d);
    check_equal(device_record(&d, LWCMP_RECORD_ANCHORS), peer_root());
    /* They carry the renewal, and are not doubled by another enrolment. */
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(lwcmp_end(&d.c), 0);
    d.request.operation = LWCMP_IR;
    d.config.secret = DEVICE_SECRET;
    d.peer.sign = false;
    assert_int_equal(device_run(&d), 0);
    check_equal(device_record(&d, LWCMP_RECORD_ANCHORS), peer_root());
}

static void test_ca_pubs_are_not_asked_for(void **state)
{
    (void)state;
    d.peer.ca_pubs = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_record(&d, LWCMP_RECORD_ANCHORS).n, 0);
}

/* LCP-4.1.2-02, LCP-4.1.3-07: caPubs of cp and kup mean nothing. */
static void test_ca_pubs_of_cp_and_kup(void **state)
{
    (void)state;
    d.config.accept_ca_pubs = true;
    d.peer.ca_pubs = true;
    d.request.operation = LWCMP_CR;
    device_enrol(&d);
    assert_int_equal(device_record(&d, LWCMP_RECORD_ANCHORS).n, 0);
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_record(&d, LWCMP_RECORD_ANCHORS).n, 0);
}

/* No caPubs came, so the new certificate cannot be validated. */
static void test_no_anchor_came(void **state)
{
    (void)state;
    d.config.anchors.n = 0;
    d.config.accept_ca_pubs = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_CHAIN);
    assert_int_equal(d.exchanges, 2);
    assert_int_equal(device_journal(&d).active, 0);
}

static void test_no_anchor_at_all(void **state)
{
    (void)state;
    d.config.anchors.n = 0;
    assert_int_equal(device_run(&d), LWCMP_ERR_NO_ANCHOR);
    assert_int_equal(d.exchanges, 0);
    d.config.allow_no_anchor = true;
    assert_int_equal(device_run(&d), 0);
    device_check_identity(&d);
}

/* Enrolment with a manufacturer's certificate (LCP-7.1-02). */
static void test_enrol_with_factory_certificate(void **state)
{
    (void)state;
    device_set_factory(&d);
    assert_int_equal(device_run(&d), 0);
    check_equal(device_sent(&d, 0).extra_certs, d.config.certificate);
    assert_int_equal(device_sent(&d, 1).type, LWCMP_BODY_CERTCONF);
    device_check_identity(&d);
    assert_true(device_has_key(DEVICE_FACTORY_KEY));
}

/* The chain of the new certificate is kept with it, without the root. */
static void test_chain_is_kept(void **state)
{
    struct lwcmp_bytes row;
    struct lwcmp_bytes der;

    (void)state;
    d.peer.intermediate = true;
    device_enrol(&d);
    row = device_record(&d, LWCMP_RECORD_CERT_1);
    assert_true(lwcmp_cert_next(&row, &der));
    assert_true(lwcmp_cert_next(&row, &der));
    assert_int_equal(row.n, 0);
    assert_int_equal(crypto_toy.path_count, 3);
    /* LCP-4.1.1-21: a CA that does not repeat it at renewal */
    d.peer.omit_chain = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(crypto_toy.path_count, 3);
    device_check_identity(&d);
}

static void test_decide(void **state)
{
    (void)state;
    d.config.decide = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.decisions, 1);
    device_check_identity(&d);
}

static void test_refuse(void **state)
{
    (void)state;
    device_enrol(&d);
    d.config.decide = true;
    d.refuse = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_REFUSED);
    assert_int_equal(d.exchanges, 2);
    assert_int_equal(device_journal(&d).active, 1);
    device_check_identity(&d);
    assert_false(device_has_key(DEVICE_KEY_2));
}

/* The caller has put the key into the free slot. */
static void test_key_is_there(void **state)
{
    unsigned slot;

    (void)state;
    d.request.key_is_there = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_KEY);
    assert_int_equal(lwcmp_free_slot(&d.store, &slot), 0);
    assert_int_equal(slot, 0);
    crypto_toy_key_set(DEVICE_KEY_1, 77);
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(crypto_toy_key_number(DEVICE_KEY_1), 77);
    assert_int_equal(lwcmp_identity(&d.store, &slot), 0);
    assert_int_equal(slot, 0);
    assert_int_equal(lwcmp_free_slot(&d.store, &slot), 0);
    assert_int_equal(slot, 1);
}

/* After a lost connection the next attempt asks for the same key. */
static void test_next_attempt_has_the_same_key(void **state)
{
    uint32_t key;
    struct lwcmp_journal journal;

    (void)state;
    d.gone_at = 1;
    d.gone_why = LWCMP_ERR_NETWORK;
    assert_int_equal(device_run(&d), LWCMP_ERR_NETWORK);
    journal = device_journal(&d);
    assert_int_equal(journal.phase, LWCMP_PHASE_ASKED);
    key = crypto_toy_key_number(DEVICE_KEY_1);
    d.gone_at = 0;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(crypto_toy_key_number(DEVICE_KEY_1), key);
    assert_memory_not_equal(device_sent(&d, 0).transaction_id.p,
                            journal.transaction_id, 16);
}

static void test_answer_in_pieces(void **state)
{
    (void)state;
    d.piece = 1;
    assert_int_equal(device_run(&d), 0);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_enrol_lcp_4_1_5_01),
#if LWCMP_WITH_PBMAC1
        TEST(test_enrol_by_pbmac1),
#endif
        TEST(test_headers_of_one_transaction),
        TEST(test_renewal_lcp_4_1_3_02),
        TEST(test_slots_take_turns),
        TEST(test_renewal_costs_three_signatures),
        TEST(test_implicit_confirm),
        TEST(test_implicit_confirm_not_granted),
        TEST(test_implicit_confirm_unasked),
        TEST(test_learn_anchors),
        TEST(test_ca_pubs_are_not_asked_for),
        TEST(test_ca_pubs_of_cp_and_kup),
        TEST(test_no_anchor_came),
        TEST(test_no_anchor_at_all),
        TEST(test_enrol_with_factory_certificate),
        TEST(test_chain_is_kept),
        TEST(test_decide),
        TEST(test_refuse),
        TEST(test_key_is_there),
        TEST(test_next_attempt_has_the_same_key),
        TEST(test_answer_in_pieces),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
