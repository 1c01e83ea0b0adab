/* SPDX-License-Identifier: Apache-2.0 */
/* Polling with nothing but a transactionID. */
#include "lwcmp/config.h"

#if LWCMP_WITH_POLL_BY_ID

#include "engine_device.h"
#include "lwcmp/poll_id.h"

static const uint8_t id[] = {0xf5, 0x42, 0x25, 0x5b};

/* A device with the key of a request that its CA has approved meanwhile. */
static int set_up_poll(void **state)
{
    uint8_t spki[128];
    struct lwcmp_bytes key;

    (void)set_up(state);
    assert_int_equal(lwcmp_crypto_key_generate(DEVICE_KEY_1, LWCMP_EC_P384), 0);
    key = peer_spki(DEVICE_KEY_1, spki, sizeof spki);
    memcpy(d.peer.spki, key.p, key.n);
    d.peer.spki_n = key.n;
    d.peer.asked = LWCMP_BODY_IR;
    d.peer.check_after = 60;
    d.request.key_is_there = true;
    d.request.transaction_id = (struct lwcmp_bytes){id, sizeof id};
    return 0;
}

static void check_id(struct lwcmp_bytes got)
{
    assert_int_equal(got.n, sizeof id);
    assert_memory_equal(got.p, id, sizeof id);
}

static void test_lcp_4_4_03_poll_comes_first(void **state)
{
    static const uint8_t zero[] = {0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x00};

    (void)state;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.exchanges, 2);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_POLLREQ);
    assert_memory_equal(device_sent(&d, 0).content.p, zero, sizeof zero);
    assert_int_equal(device_sent(&d, 0).recip_nonce.n, 0);
    assert_int_equal(device_sent(&d, 0).sender_nonce.n, 16);
    assert_int_equal(device_sent(&d, 1).type, LWCMP_BODY_CERTCONF);
    assert_true(device_sent(&d, 1).recip_nonce.n > 0);
    check_id(device_sent(&d, 0).transaction_id);
    check_id(device_sent(&d, 1).transaction_id);
    check_id(lwcmp_transaction_id(&d.c));
    device_check_identity(&d);
}

/* Whoever asked may have done it in another way. */
static void test_lcp_4_4_09_any_answer(void **state)
{
    static const uint8_t asked[] = {LWCMP_BODY_IR, LWCMP_BODY_CR,
                                    LWCMP_BODY_KUR};

    (void)state;
    for (size_t i = 0; i < sizeof asked; i++) {
        tear_down(state);
        (void)set_up_poll(state);
        d.peer.asked = asked[i];
        assert_int_equal(device_run(&d), 0);
        device_check_identity(&d);
    }
}

/* But none that answers something else. */
static void test_lcp_3_5_04_other_body(void **state)
{
    (void)state;
    d.peer.fault = PEER_WRONG_BODY;
    assert_int_equal(device_run(&d), LWCMP_ERR_UNEXPECTED);
    assert_true(device_has_key(DEVICE_KEY_1));
}

/* caPubs count in an ip only. */
static void test_lcp_4_1_2_02_anchors_are_of_ip(void **state)
{
    static const uint8_t asked[] = {LWCMP_BODY_CR, LWCMP_BODY_IR};

    (void)state;
    for (size_t i = 0; i < sizeof asked; i++) {
        tear_down(state);
        (void)set_up_poll(state);
        d.peer.asked = asked[i];
        d.peer.ca_pubs = true;
        d.config.accept_ca_pubs = true;
        d.config.anchors.n = 0;
        assert_int_equal(device_run(&d),
                         asked[i] == LWCMP_BODY_IR ? 0 : LWCMP_ERR_CERT_CHAIN);
    }
}

static void test_lcp_4_4_06_it_waits_on(void **state)
{
    (void)state;
    d.peer.polls = 2;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.waits, 2);
    assert_int_equal(d.exchanges, 4);
    assert_int_equal(device_sent(&d, 1).recip_nonce.n, 16);
    device_check_identity(&d);
}

/* The next time it is like any transaction that waits. */
static void test_lcp_4_4_10_over_a_reset(void **state)
{
    (void)state;
    d.peer.polls = 2;
    d.off_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    assert_int_equal(lwcmp_pending(&d.store).operation, LWCMP_IR);
    assert_true(lwcmp_pending(&d.store).polls);
    d.off_at = 0;
    d.resume = true;
    d.request.key_is_there = false;
    assert_int_equal(device_run(&d), 0);
    check_id(device_sent(&d, 0).transaction_id);
    assert_int_equal(device_sent(&d, 0).recip_nonce.n, 16);
    device_check_identity(&d);
}

/*
 * Named or not, the transaction on record goes on with its nonce, and for a
 * key of its own.
 */
static void test_the_one_on_record(void **state)
{
    struct lwcmp_journal journal;

    (void)state;
    d.request.transaction_id.n = 0;
    d.request.key_is_there = false;
    d.peer.waits = true;
    d.peer.polls = 2;
    d.off_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    assert_int_equal(lwcmp_transaction_id(&d.c).n, 16);
    (void)lwcmp_end(&d.c);
    journal = device_journal(&d);
    d.request.transaction_id = (struct lwcmp_bytes){journal.transaction_id, 16};
    d.resume = true;
    d.peer.polls = 2;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    assert_int_equal(device_sent(&d, 0).recip_nonce.n, 16);
    (void)lwcmp_end(&d.c);
    /* And once more without its name. */
    d.request.transaction_id.n = 0;
    d.off_at = 0;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_POLLREQ);
    device_check_identity(&d);
}

/* One on record that is another is left for it, but not its key. */
static void test_another_one_on_record(void **state)
{
    static const uint8_t zeros[16 - sizeof id];
    struct lwcmp_bytes name = d.request.transaction_id;

    (void)state;
    d.request.transaction_id.n = 0;
    d.request.key_is_there = false;
    d.peer.waits = true;
    d.peer.polls = 1;
    d.off_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    d.off_at = 0;
    d.resume = true;
    d.request.transaction_id = name;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_POLLREQ);
    assert_int_equal(device_sent(&d, 0).recip_nonce.n, 0);
    check_id(device_sent(&d, 0).transaction_id);
    assert_memory_equal(device_journal(&d).transaction_id + sizeof id, zeros,
                        sizeof zeros);
    device_check_identity(&d);
}

/* Nobody has said that it waits; but it is not asked for again. */
static void test_the_one_that_got_no_answer(void **state)
{
    struct lwcmp_journal journal;

    (void)state;
    d.request.transaction_id.n = 0;
    d.gone_at = 1;
    d.gone_why = LWCMP_ERR_NETWORK;
    assert_int_equal(device_run(&d), LWCMP_ERR_NETWORK);
    (void)lwcmp_end(&d.c);
    journal = device_journal(&d);
    d.gone_at = 0;
    d.resume = true;
    d.request.transaction_id = (struct lwcmp_bytes){journal.transaction_id, 16};
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_POLLREQ);
    device_check_identity(&d);
}

/* A certificate is kept, but its key has given way to that of the caller. */
static void test_the_key_of_what_is_kept_is_gone(void **state)
{
    uint8_t spki[128];
    struct lwcmp_bytes key;

    (void)state;
    d.request.transaction_id.n = 0;
    d.gone_at = 2;
    d.gone_why = LWCMP_ERR_NETWORK;
    assert_int_equal(device_run(&d), LWCMP_ERR_NETWORK);
    (void)lwcmp_end(&d.c);
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_KEPT);
    assert_int_equal(lwcmp_crypto_key_destroy(DEVICE_KEY_1), 0);
    assert_int_equal(lwcmp_crypto_key_generate(DEVICE_KEY_1, LWCMP_EC_P256), 0);
    key = peer_spki(DEVICE_KEY_1, spki, sizeof spki);
    memcpy(d.peer.spki, key.p, key.n);
    d.peer.asked = LWCMP_BODY_IR;
    d.gone_at = 0;
    d.request.transaction_id.n = sizeof id;
    d.request.transaction_id.p = id;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_POLLREQ);
    check_id(device_sent(&d, 0).transaction_id);
    device_check_identity(&d);
}

static void test_lcp_3_1_18_next_request_has_a_new_one(void **state)
{
    (void)state;
    device_enrol(&d);
    d.request = (struct lwcmp_request){.operation = LWCMP_KUR};
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).transaction_id.n, 16);
    assert_int_equal(device_journal(&d).id_n, 0);
    device_check_identity(&d);
}

/* There is no use in a new key. */
static void test_no_key(void **state)
{
    (void)state;
    assert_int_equal(lwcmp_crypto_key_destroy(DEVICE_KEY_1), 0);
    assert_int_equal(device_run(&d), LWCMP_ERR_KEY);
    d.request.key_is_there = false;
    assert_int_equal(device_run(&d), LWCMP_ERR_KEY);
    assert_int_equal(d.exchanges, 0);
    assert_false(device_has_key(DEVICE_KEY_1));
}

/* The user has mistaken one transaction for another: nothing is lost. */
static void test_another_key(void **state)
{
    (void)state;
    d.request.key_is_there = false;
    d.request.transaction_id.n = 0;
    d.gone_at = 1;
    d.gone_why = LWCMP_ERR_NETWORK;
    assert_int_equal(device_run(&d), LWCMP_ERR_NETWORK);
    d.gone_at = 0;
    d.request.transaction_id.n = sizeof id;
    d.request.transaction_id.p = id;
    d.peer.fault = PEER_OTHER_KEY;
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_KEY);
    assert_int_equal(device_sent(&d, 1).type, LWCMP_BODY_CERTCONF);
    assert_true(device_has_key(DEVICE_KEY_1));
}

/* A stranger's message cannot be echoed but by the nonce of the pollReq. */
static void test_lcp_3_5_06_nonce(void **state)
{
    static const uint8_t zero[16];

    (void)state;
    d.peer.fault = PEER_OTHER_RECIP_NONCE;
    assert_int_equal(device_run(&d), LWCMP_ERR_RECIP_NONCE);
    d.peer.fault = PEER_HONEST;
    d.peer.old_nonce = true;
    memcpy(d.peer.first_nonce, zero, sizeof zero);
    assert_int_equal(device_run(&d), LWCMP_ERR_RECIP_NONCE);
}

static void test_lcp_3_5_03_transaction_id(void **state)
{
    (void)state;
    d.peer.fault = PEER_OTHER_TRANSACTION_ID;
    assert_int_equal(device_run(&d), LWCMP_ERR_TRANSACTION_ID);
}

static void test_refused(void **state)
{
    (void)state;
    d.peer.fault = PEER_ERROR;
    assert_int_equal(device_run(&d), LWCMP_ERR_PEER_ERROR);
    assert_true(device_has_key(DEVICE_KEY_1));
    d.peer.fault = PEER_REJECTS;
    assert_int_equal(device_run(&d), LWCMP_ERR_REJECTED);
    assert_true(device_has_key(DEVICE_KEY_1));
    d.peer.fault = PEER_UNPROTECTED;
    assert_int_equal(device_run(&d), LWCMP_ERR_UNPROTECTED);
}

static void test_lengths(void **state)
{
    static const uint8_t longest[17] = {1};

    (void)state;
    d.request.transaction_id = (struct lwcmp_bytes){longest, 17};
    assert_int_equal(device_run(&d), LWCMP_ERR_CONFIG);
    d.request.transaction_id.n = 16;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).transaction_id.n, 16);
}

static void test_not_for_errands(void **state)
{
    static const uint8_t type[] = {0x2a, 0x03};

    (void)state;
    d.request.operation = LWCMP_GENM;
    d.request.info_type = (struct lwcmp_bytes){type, sizeof type};
    assert_int_equal(device_run(&d), LWCMP_ERR_CONFIG);
}

static void test_a_key_of_the_callers_can_wait(void **state)
{
    (void)state;
    d.peer.polls = 2;
    d.off_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    (void)lwcmp_end(&d.c);
    assert_int_equal(lwcmp_tidy(&d.config), 0);
    assert_true(device_has_key(DEVICE_KEY_1));
}

#define POLL(f) cmocka_unit_test_setup_teardown(f, set_up_poll, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        POLL(test_lcp_4_4_03_poll_comes_first),
        POLL(test_lcp_4_4_09_any_answer),
        POLL(test_lcp_3_5_04_other_body),
        POLL(test_lcp_4_1_2_02_anchors_are_of_ip),
        POLL(test_lcp_4_4_06_it_waits_on),
        POLL(test_lcp_4_4_10_over_a_reset),
        POLL(test_the_one_on_record),
        POLL(test_another_one_on_record),
        POLL(test_the_one_that_got_no_answer),
        POLL(test_the_key_of_what_is_kept_is_gone),
        POLL(test_lcp_3_1_18_next_request_has_a_new_one),
        POLL(test_no_key),
        POLL(test_another_key),
        POLL(test_lcp_3_5_06_nonce),
        POLL(test_lcp_3_5_03_transaction_id),
        POLL(test_refused),
        POLL(test_lengths),
        POLL(test_not_for_errands),
        POLL(test_a_key_of_the_callers_can_wait),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else
#include "absent.h"
#endif
