/* SPDX-License-Identifier: Apache-2.0 */
/* The engine with an honest CA: what a device lives through. */
#include "engine_device.h"

static void check_equal(struct lwcmp_bytes a, struct lwcmp_bytes b)
{
    assert_int_equal(a.n, b.n);
    assert_memory_equal(a.p, b.p, a.n);
}

/* Enrolment by secret: ir, ip, certConf, pkiConf. */
static void test_lcp_4_1_5_01_enrol(void **state)
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
/* PBMAC1 in place of PasswordBasedMac. */
static void test_cmp_5_1_3_1_05_enrol_by_pbmac1(void **state)
{
    struct lwcmp_prot_alg alg;
    struct lwcmp_message ir;

    (void)state;
    d.config.pbmac1 = true;
    assert_int_equal(device_run(&d), 0);
    ir = device_sent(&d, 0);
    assert_int_equal(lwcmp_prot_alg_read(&ir.protection_alg, &alg), 0);
    assert_int_equal(alg.kind, LWCMP_PROT_MAC);
    assert_int_equal(alg.pbm.key_length, 32);
    device_check_identity(&d);
}
#endif

static void test_lcp_3_1_03_pvno(void **state)
{
    (void)state;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(*device_sent(&d, 0).pvno.p, 2);
    assert_int_equal(*device_sent(&d, 1).pvno.p, 2);
}

static void test_lcp_3_1_16_sender_kid(void **state)
{
    (void)state;
    assert_int_equal(device_run(&d), 0);
    check_equal(device_sent(&d, 0).sender_kid, d.config.reference);
}

static void test_lcp_3_1_17_lcp_3_1_18_transaction_id(void **state)
{
    (void)state;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).transaction_id.n, 16);
    check_equal(device_sent(&d, 0).transaction_id,
                device_sent(&d, 1).transaction_id);
}

static void test_lcp_3_1_19_sender_nonce(void **state)
{
    (void)state;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).sender_nonce.n, 16);
    assert_int_equal(device_sent(&d, 1).sender_nonce.n, 16);
    assert_memory_not_equal(device_sent(&d, 0).sender_nonce.p,
                            device_sent(&d, 1).sender_nonce.p, 16);
}

static void test_lcp_3_1_20_lcp_3_1_21_recip_nonce(void **state)
{
    static const uint8_t nonce_of_peer[16] = {7};

    (void)state;
    assert_int_equal(device_run(&d), 0);
    assert_null(device_sent(&d, 0).recip_nonce.p);
    check_equal(device_sent(&d, 1).recip_nonce,
                (struct lwcmp_bytes){nonce_of_peer, sizeof nonce_of_peer});
}

static void test_lcp_3_3_07_mac_needs_no_extra_certs(void **state)
{
    (void)state;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).extra_certs.n, 0);
    assert_int_equal(device_sent(&d, 1).extra_certs.n, 0);
}

static void test_lcp_3_3_01_lcp_3_3_03_extra_certs_once(void **state)
{
    (void)state;
    device_enrol(&d);
    assert_int_equal(device_run(&d), 0);
    assert_true(device_sent(&d, 0).extra_certs.n > 0);
    assert_int_equal(device_sent(&d, 1).extra_certs.n, 0);
}

static void test_lcp_7_1_04_lcp_4_1_3_02_renewal(void **state)
{
    uint32_t key;

    (void)state;
    device_enrol(&d);
    key = crypto_toy_key_number(DEVICE_KEY_1);
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_KUR);
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

/* Asked for and granted, so there is no certConf. */
static void test_lcp_4_1_1_20_implicit_confirm(void **state)
{
    (void)state;
    d.config.implicit_confirm = true;
    d.peer.implicit = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.exchanges, 1);
    assert_true(device_sent(&d, 0).implicit_confirm);
    device_check_identity(&d);
}

static void test_lcp_4_1_1_19_lcp_3_1_23_implicit_confirm_not_granted(
    void **state)
{
    (void)state;
    d.config.implicit_confirm = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.exchanges, 2);
    assert_false(device_sent(&d, 1).implicit_confirm);
}

static void test_lcp_4_1_1_20_implicit_confirm_unasked(void **state)
{
    (void)state;
    d.peer.implicit = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.exchanges, 2);
    assert_false(device_sent(&d, 0).implicit_confirm);
}

/* A device without an anchor learns it from the MACed ip. */
static void test_cmp_5_3_2_01_learn_anchors(void **state)
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

static void test_lcp_4_1_11_ca_pubs_are_not_asked_for(void **state)
{
    (void)state;
    d.peer.ca_pubs = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_record(&d, LWCMP_RECORD_ANCHORS).n, 0);
}

static void test_lcp_4_1_2_02_lcp_4_1_3_07_ca_pubs_mean_nothing(void **state)
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

static void test_lcp_7_1_02_enrol_with_factory_certificate(void **state)
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
static void test_lcp_4_1_1_21_chain_is_kept(void **state)
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
    /* A CA that does not repeat it at renewal */
    d.peer.omit_chain = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(crypto_toy.path_count, 3);
    device_check_identity(&d);
}

static void test_lcp_4_1_1_16_decide(void **state)
{
    (void)state;
    d.config.decide = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.decisions, 1);
    device_check_identity(&d);
}

static void test_lcp_4_1_1_16_refuse(void **state)
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
static void test_http_07_next_attempt_has_the_same_key(void **state)
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
    const struct CMUnitTest tests[] = {
        TEST(test_lcp_4_1_5_01_enrol),
#if LWCMP_WITH_PBMAC1
        TEST(test_cmp_5_1_3_1_05_enrol_by_pbmac1),
#endif
        TEST(test_lcp_3_1_03_pvno),
        TEST(test_lcp_3_1_16_sender_kid),
        TEST(test_lcp_3_1_17_lcp_3_1_18_transaction_id),
        TEST(test_lcp_3_1_19_sender_nonce),
        TEST(test_lcp_3_1_20_lcp_3_1_21_recip_nonce),
        TEST(test_lcp_3_3_07_mac_needs_no_extra_certs),
        TEST(test_lcp_3_3_01_lcp_3_3_03_extra_certs_once),
        TEST(test_lcp_7_1_04_lcp_4_1_3_02_renewal),
        TEST(test_slots_take_turns),
        TEST(test_renewal_costs_three_signatures),
        TEST(test_lcp_4_1_1_20_implicit_confirm),
        TEST(test_lcp_4_1_1_19_lcp_3_1_23_implicit_confirm_not_granted),
        TEST(test_lcp_4_1_1_20_implicit_confirm_unasked),
        TEST(test_cmp_5_3_2_01_learn_anchors),
        TEST(test_lcp_4_1_11_ca_pubs_are_not_asked_for),
        TEST(test_lcp_4_1_2_02_lcp_4_1_3_07_ca_pubs_mean_nothing),
        TEST(test_no_anchor_came),
        TEST(test_no_anchor_at_all),
        TEST(test_lcp_7_1_02_enrol_with_factory_certificate),
        TEST(test_lcp_4_1_1_21_chain_is_kept),
        TEST(test_lcp_4_1_1_16_decide),
        TEST(test_lcp_4_1_1_16_refuse),
        TEST(test_key_is_there),
        TEST(test_http_07_next_attempt_has_the_same_key),
        TEST(test_answer_in_pieces),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
