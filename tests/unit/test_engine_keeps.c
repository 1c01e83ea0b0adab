/* SPDX-License-Identifier: Apache-2.0 */
/* What must never be lost, nor taken for something else. */
#include "engine_device.h"

/* A renewal whose pkiConf is lost: kept, but not known to be confirmed. */
static void lose_pkiconf(void)
{
    device_enrol(&d);
    d.gone_at = 2;
    d.gone_why = LWCMP_ERR_NETWORK;
    assert_int_equal(device_run(&d), LWCMP_ERR_NETWORK);
    d.gone_at = 0;
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_KEPT);
}

static void check_both_identities(uint32_t new_key)
{
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_KEPT);
    device_check_identity(&d);
    assert_true(device_record(&d, LWCMP_RECORD_CERT_2).n > 0);
    assert_true(device_has_key(DEVICE_KEY_2));
    assert_int_equal(crypto_toy_key_number(DEVICE_KEY_2), new_key);
}

/* The CA may know only the new one any more, so a refusal must not end it. */
static void test_lcp_4_1_1_33_kept_identity_survives_refusals(void **state)
{
    static const enum peer_fault faults[] = {
        PEER_ERROR,     PEER_REJECTS,       PEER_CLAIM,   PEER_FOREIGN_SIGNER,
        PEER_OTHER_KEY, PEER_FOREIGN_CHAIN, PEER_BAD_CERT};
    uint32_t key;

    (void)state;
    lose_pkiconf();
    key = crypto_toy_key_number(DEVICE_KEY_2);
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        d.peer.fault = faults[i];
        assert_int_not_equal(device_run(&d), 0);
        check_both_identities(key);
    }
    d.peer.fault = PEER_HONEST;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_journal(&d).active, 2);
    device_check_identity(&d);
    assert_int_equal(crypto_toy_key_number(DEVICE_KEY_2), key);
}

/*
 * Another key in the slot of a kept certificate: the two never become the
 * identity together, and the old one stays.
 */
static void test_kept_certificate_needs_its_key(void **state)
{
    (void)state;
    device_enrol(&d);
    d.peer.waits_at_confirm = true;
    d.peer.polls = 9;
    d.off_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    assert_int_equal(lwcmp_end(&d.c), LWCMP_ERR_WAITING);
    crypto_toy_key_set(DEVICE_KEY_2, 77);
    d.request.key_is_there = true;
    d.resume = true;
    d.off_at = 0;
    d.peer.waits_at_confirm = false;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_KUR);
    device_check_identity(&d);
    assert_int_equal(crypto_toy_key_number(DEVICE_KEY_2), 77);
}

/* Nor must a provider that cannot tell whether the key is there. */
static void test_kept_key_survives_provider(void **state)
{
    uint32_t key;

    (void)state;
    lose_pkiconf();
    key = crypto_toy_key_number(DEVICE_KEY_2);
    for (unsigned n = 1; n < 40; n++) {
        crypto_toy.calls = 0;
        crypto_toy.fail_at = n;
        crypto_toy.fail_with = LWCMP_ERR_CRYPTO;
        d.gone_at = 1;
        assert_int_not_equal(device_run(&d), 0);
        crypto_toy.fail_at = 0;
        (void)lwcmp_end(&d.c);
        check_both_identities(key);
    }
}

/* Whoever can cut extraCerts off an answer gets no key destroyed for it. */
static void test_cmp_5_1_01_chain_is_no_verdict_on_the_key(void **state)
{
    uint32_t key;

    (void)state;
    d.peer.intermediate = true;
    d.peer.omit_chain = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_CHAIN);
    assert_int_equal(d.exchanges, 2);
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_ASKED);
    key = crypto_toy_key_number(DEVICE_KEY_1);
    d.peer.omit_chain = false;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(crypto_toy_key_number(DEVICE_KEY_1), key);
}

/* The key stays, but its next request is another transaction's. */
static void test_lcp_3_6_4_03_transaction_id_in_use(void **state)
{
    struct lwcmp_message m;
    uint8_t id[16];
    uint32_t key;

    (void)state;
    d.peer.fault = PEER_ID_IN_USE;
    assert_int_equal(device_run(&d), LWCMP_ERR_PEER_ERROR);
    assert_int_equal(d.exchanges, 1);
    assert_int_equal(lwcmp_server_status(&d.c).fail_info, 1 << 21);
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_ASKED);
    memcpy(id, device_sent(&d, 0).transaction_id.p, sizeof id);
    key = crypto_toy_key_number(DEVICE_KEY_1);
    d.peer.fault = PEER_HONEST;
    assert_int_equal(device_run(&d), 0);
    m = device_sent(&d, 0);
    assert_int_equal(m.type, LWCMP_BODY_IR);
    assert_memory_not_equal(m.transaction_id.p, id, sizeof id);
    assert_int_equal(crypto_toy_key_number(DEVICE_KEY_1), key);
}

/* A device with a factory certificate renews what it has enrolled for. */
static void test_renewal_is_of_the_active_identity(void **state)
{
    struct lwcmp_message m;

    (void)state;
    device_set_factory(&d);
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(lwcmp_end(&d.c), 0);
    d.request.operation = LWCMP_KUR;
    assert_int_equal(device_run(&d), 0);
    m = device_sent(&d, 0);
    assert_memory_equal(m.sender.p + m.sender.n - 6, "device", 6);
    assert_true(device_has_key(DEVICE_FACTORY_KEY));
    device_check_identity(&d);
}

static void test_lcp_3_1_07_renewal_goes_to_the_issuer(void **state)
{
    static const uint8_t root[] = "\x0c\x04Root";
    bool found = false;

    (void)state;
    device_enrol(&d);
    assert_int_equal(device_run(&d), 0);
    /* The recipient stands in front, before the certificate's own issuer. */
    for (size_t i = 0; i < 80; i++) {
        found = found || memcmp(d.sent[0] + i, root, 6) == 0;
    }
    assert_true(found);
}

/* A further certificate does not take the place of the identity. */
static void test_cr_wants_a_store_of_its_own(void **state)
{
    (void)state;
    device_enrol(&d);
    d.request.operation = LWCMP_CR;
    d.config.secret = DEVICE_SECRET;
    assert_int_equal(device_run(&d), LWCMP_ERR_CONFIG);
    assert_int_equal(d.exchanges, 0);
    device_check_identity(&d);
}

/* A slot is for keys that come and go. */
static void test_slots_are_the_engines_own(void **state)
{
    (void)state;
    device_set_factory(&d);
    d.config.key_slot[1] = DEVICE_FACTORY_KEY;
    assert_int_equal(device_run(&d), LWCMP_ERR_CONFIG);
    d.config.key_slot[1] = DEVICE_SECRET;
    d.config.secret = DEVICE_SECRET;
    assert_int_equal(device_run(&d), LWCMP_ERR_CONFIG);
}

/* The caller's key outlives a refusal, whoever refuses. */
static void test_callers_key_is_never_destroyed(void **state)
{
    static const enum peer_fault faults[] = {PEER_ERROR, PEER_REJECTS,
                                             PEER_OTHER_KEY};

    (void)state;
    crypto_toy_key_set(DEVICE_KEY_1, 77);
    d.request.key_is_there = true;
    for (size_t i = 0; i < 3; i++) {
        d.peer.fault = faults[i];
        assert_int_not_equal(device_run(&d), 0);
        assert_int_equal(crypto_toy_key_number(DEVICE_KEY_1), 77);
        assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_IDLE);
    }
}

/* A leftover key of another type is not what was asked for. */
static void test_key_type_counts(void **state)
{
    uint32_t key;

    (void)state;
    d.gone_at = 1;
    d.gone_why = LWCMP_ERR_NETWORK;
    assert_int_equal(device_run(&d), LWCMP_ERR_NETWORK);
    key = crypto_toy_key_number(DEVICE_KEY_1);
    d.gone_at = 0;
    d.request.key_type = LWCMP_EC_P384;
    assert_int_equal(device_run(&d), 0);
    assert_int_not_equal(crypto_toy_key_number(DEVICE_KEY_1), key);
    assert_int_equal(crypto_toy_key_type(DEVICE_KEY_1), LWCMP_EC_P384);
}

/* Two types of RSA keys sign alike, but a short key is no long one. */
static void test_key_length_counts(void **state)
{
    (void)state;
    d.request.key_type = LWCMP_RSA_2048;
    d.gone_at = 1;
    d.gone_why = LWCMP_ERR_NETWORK;
    assert_int_equal(device_run(&d), LWCMP_ERR_NETWORK);
    d.gone_at = 0;
    d.request.key_type = LWCMP_RSA_4096;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(crypto_toy_key_type(DEVICE_KEY_1), LWCMP_RSA_4096);
}

/* A kept certificate without its key is nothing, so the new key may wait. */
static void test_new_key_after_a_kept_one_is_polled_for(void **state)
{
    (void)state;
    lose_pkiconf();
    (void)lwcmp_end(&d.c);
    assert_int_equal(lwcmp_crypto_key_destroy(DEVICE_KEY_2), 0);
    d.peer.waits = true;
    d.peer.polls = 2;
    d.off_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    (void)lwcmp_end(&d.c);
    d.off_at = 0;
    d.resume = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_POLLREQ);
}

/* And what is refused then is cleared away as ever. */
static void test_new_key_after_a_kept_one_is_refused(void **state)
{
    (void)state;
    lose_pkiconf();
    (void)lwcmp_end(&d.c);
    assert_int_equal(lwcmp_crypto_key_destroy(DEVICE_KEY_2), 0);
    d.peer.fault = PEER_REJECTS;
    assert_int_equal(device_run(&d), LWCMP_ERR_REJECTED);
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_IDLE);
    assert_false(device_has_key(DEVICE_KEY_2));
}

/* Of caPubs only the anchor of the new certificate is learned. */
static void test_only_the_anchor_is_learned(void **state)
{
    struct lwcmp_bytes record;

    (void)state;
    d.config.anchors.n = 0;
    d.config.accept_ca_pubs = true;
    d.peer.ca_pubs = true;
    d.peer.more_ca_pubs = true;
    assert_int_equal(device_run(&d), 0);
    record = device_record(&d, LWCMP_RECORD_ANCHORS);
    assert_int_equal(record.n, peer_root().n);
    assert_memory_equal(record.p, peer_root().p, record.n);
}

static void test_http_10_labels(void **state)
{
    static const struct {
        enum lwcmp_operation operation;
        const char *label;
    } rows[] = {{LWCMP_IR, "initialization"},
                {LWCMP_CR, "certification"},
                {LWCMP_KUR, "keyupdate"}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        d.request.operation = rows[i].operation;
        assert_int_equal(lwcmp_begin(&d.c, &d.config, &d.request), 0);
        assert_string_equal(lwcmp_label(&d.c), rows[i].label);
        (void)lwcmp_end(&d.c);
    }
}

/* No result without a transaction. */
static void test_results_outside_a_transaction(void **state)
{
    struct lwcmp c;

    (void)state;
    memset(&c, 0, sizeof c);
    assert_int_equal(lwcmp_result(&c), LWCMP_ERR_STATE);
    assert_int_equal(lwcmp_step(&c), LWCMP_DONE);
    assert_string_equal(lwcmp_label(&c), "");
    d.peer.fault = PEER_REJECTS;
    assert_int_equal(device_run(&d), LWCMP_ERR_REJECTED);
    assert_string_equal(lwcmp_label(&d.c), "initialization");
    assert_int_equal(lwcmp_end(&d.c), LWCMP_ERR_REJECTED);
    assert_int_equal(lwcmp_result(&d.c), LWCMP_ERR_STATE);
    assert_string_equal(lwcmp_label(&d.c), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_lcp_4_1_1_33_kept_identity_survives_refusals),
        TEST(test_kept_certificate_needs_its_key),
        TEST(test_kept_key_survives_provider),
        TEST(test_cmp_5_1_01_chain_is_no_verdict_on_the_key),
        TEST(test_lcp_3_6_4_03_transaction_id_in_use),
        TEST(test_renewal_is_of_the_active_identity),
        TEST(test_lcp_3_1_07_renewal_goes_to_the_issuer),
        TEST(test_cr_wants_a_store_of_its_own),
        TEST(test_slots_are_the_engines_own),
        TEST(test_callers_key_is_never_destroyed),
        TEST(test_key_type_counts),
        TEST(test_key_length_counts),
        TEST(test_new_key_after_a_kept_one_is_polled_for),
        TEST(test_new_key_after_a_kept_one_is_refused),
        TEST(test_only_the_anchor_is_learned),
        TEST(test_http_10_labels),
        TEST(test_results_outside_a_transaction),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
