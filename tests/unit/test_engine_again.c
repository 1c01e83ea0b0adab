/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The answer to a request is lost: the CA may have issued, and may have taken
 * the secret for used. So the very same request goes out again, in the same
 * transaction, until an authority says that there is nothing to be had.
 */
#include "engine_device.h"
#include "vectors.h"

static uint8_t id[16], nonce[16]; /* of what was cut off */
static uint32_t key;

static lwcmp_key slot(bool renewal)
{
    return renewal ? DEVICE_KEY_2 : DEVICE_KEY_1;
}

static void lose(bool renewal)
{
    if (renewal) {
        device_enrol(&d);
    }
    d.gone_at = 1;
    d.gone_why = LWCMP_ERR_TIMEOUT;
    assert_int_equal(device_run(&d), LWCMP_ERR_TIMEOUT);
    (void)lwcmp_end(&d.c);
    d.gone_at = 0;
    d.resume = true;
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_ASKED);
    assert_int_equal(device_journal(&d).waits, LWCMP_WAITS_REQUEST);
    memcpy(id, device_journal(&d).transaction_id, sizeof id);
    memcpy(nonce, device_sent(&d, 0).sender_nonce.p, sizeof nonce);
    key = crypto_toy_key_number(slot(renewal));
}

static void check_asks_again(void)
{
    struct lwcmp_message m = device_sent(&d, 0);

    assert_memory_equal(m.transaction_id.p, id, sizeof id);
    assert_memory_equal(m.sender_nonce.p, nonce, sizeof nonce);
    assert_null(m.recip_nonce.p);
}

static void check_asks_anew(bool renewal)
{
    assert_int_equal(device_sent(&d, 0).type,
                     renewal ? LWCMP_BODY_KUR : LWCMP_BODY_IR);
    assert_memory_not_equal(device_sent(&d, 0).transaction_id.p, id, sizeof id);
    assert_int_equal(crypto_toy_key_number(slot(renewal)), key);
}

static void test_the_same_again(void **state)
{
    (void)state;
    for (unsigned renewal = 0; renewal < 2; renewal++) {
        lose(renewal);
        assert_int_equal(device_run(&d), 0);
        assert_int_equal(d.exchanges, 2);
        check_asks_again();
        assert_int_equal(device_journal(&d).active, 1 + renewal);
        assert_int_equal(crypto_toy_key_number(slot(renewal)), key);
        device_check_identity(&d);
        (void)lwcmp_end(&d.c);
        device_free(&d);
        (void)set_up(state);
    }
}

/* Nobody can end it who cannot authenticate what he says; nor can silence. */
static void test_claims_and_silence_end_nothing(void **state)
{
    static const enum peer_fault faults[] = {
        PEER_CLAIM, PEER_FLIPPED_PROTECTION, PEER_OTHER_TRANSACTION_ID};

    (void)state;
    lose(false);
    for (size_t i = 0; i < COUNT(faults); i++) {
        d.peer.fault = faults[i];
        assert_int_not_equal(device_run(&d), 0);
        check_asks_again();
        (void)lwcmp_end(&d.c);
        d.gone_at = 1;
        assert_int_equal(device_run(&d), LWCMP_ERR_TIMEOUT);
        check_asks_again();
        (void)lwcmp_end(&d.c);
        d.gone_at = 0;
    }
    d.peer.fault = PEER_HONEST;
    assert_int_equal(device_run(&d), 0);
    check_asks_again();
}

/*
 * It may be the request that is refused, or its repetition. A new transaction
 * tells: for the same key, and what it says is final.
 */
static void test_refused_then_anew_then_over(void **state)
{
    static const struct {
        enum peer_fault fault;
        int error;
    } refusals[] = {{PEER_ERROR, LWCMP_ERR_PEER_ERROR},
                    {PEER_ID_IN_USE, LWCMP_ERR_PEER_ERROR},
                    {PEER_REJECTS, LWCMP_ERR_REJECTED}};

    for (size_t i = 0; i < COUNT(refusals); i++) {
        lose(true);
        d.peer.fault = refusals[i].fault;
        assert_int_equal(device_run(&d), refusals[i].error);
        check_asks_again();
        (void)lwcmp_end(&d.c);
        assert_int_equal(device_journal(&d).waits, LWCMP_WAITS_NOT);
        assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_ASKED);
        d.peer.fault = PEER_REJECTS;
        assert_int_equal(device_run(&d), LWCMP_ERR_REJECTED);
        assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_IDLE);
        assert_false(device_has_key(DEVICE_KEY_2));
        device_check_identity(&d);
        (void)tear_down(state);
        (void)set_up(state);
    }
}

/*
 * The CA has refused what was sent first, its answer was held back, and it has
 * begun anew with the repetition, and waits. Its old answer is played then.
 */
static void test_refusal_of_the_first_one_played_later(void **state)
{
    (void)state;
    lose(true);
    d.peer.waits = true;
    d.peer.old_nonce = true;
    d.peer.fault = PEER_REJECTS;
    d.peer.at = 2;
    assert_int_equal(device_run(&d), LWCMP_ERR_REJECTED);
    check_asks_again();
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_ASKED);
    assert_int_equal(device_journal(&d).waits, LWCMP_WAITS_NOT);
    assert_int_equal(crypto_toy_key_number(DEVICE_KEY_2), key);
}

static void test_anew_works(void **state)
{
    (void)state;
    lose(true);
    d.peer.fault = PEER_ID_IN_USE;
    assert_int_equal(device_run(&d), LWCMP_ERR_PEER_ERROR);
    (void)lwcmp_end(&d.c);
    d.peer.fault = PEER_HONEST;
    assert_int_equal(device_run(&d), 0);
    check_asks_anew(true);
    device_check_identity(&d);
}

/*
 * systemUnavail is the end of a request that had no other answer (RFC 9483
 * 3.6.4). Of a repeated one it says nothing.
 */
static void test_lcp_3_6_4_04_unavailable(void **state)
{
    (void)state;
    d.resume = true;
    d.peer.fault = PEER_BUSY;
    assert_int_equal(device_run(&d), LWCMP_ERR_PEER_ERROR);
    (void)lwcmp_end(&d.c);
    assert_int_equal(device_journal(&d).waits, LWCMP_WAITS_NOT);
    assert_true(device_has_key(DEVICE_KEY_1));
    d.peer.fault = PEER_HONEST;
    lose(false);
    d.peer.fault = PEER_BUSY;
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(device_run(&d), LWCMP_ERR_PEER_ERROR);
        check_asks_again();
        (void)lwcmp_end(&d.c);
    }
    d.peer.fault = PEER_HONEST;
    assert_int_equal(device_run(&d), 0);
    check_asks_again();
}

/* An update of the firmware asks for something else: the key stays. */
static void test_another_request_is_asked_anew(void **state)
{
    static const uint8_t name[] = {0x30, 0x00};

    (void)state;
    for (unsigned what = 0; what < 3; what++) {
        lose(false);
        if (what == 0) {
            d.request.subject = (struct lwcmp_bytes){name, sizeof name};
        } else if (what == 1) {
            d.config.pbmac1 = true;
        } else {
            d.config.reference.n--;
            d.peer.reference.n--;
        }
        assert_int_equal(device_run(&d), 0);
        check_asks_anew(false);
        device_check_identity(&d);
        (void)tear_down(state);
        (void)set_up(state);
    }
}

/* What an older firmware has left goes on with its key. */
static void test_journal_of_version_1(void **state)
{
    uint8_t *p = d.ram.record[LWCMP_RECORD_JOURNAL].p;
    struct lwcmp_bytes old = vectors_hex(
        "4c0100010104a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babb"
        "bcbdbebf10c0c1c2c3c4c5c6c7c8c9cacbcccdcecf00000000000000000000000000"
        "00000000000000000000000000000000000000000000000000000000000000000000"
        "00d253bb1d");

    (void)state;
    lose(false);
    memcpy(p, old.p, old.n);
    d.ram.record[LWCMP_RECORD_JOURNAL].n = old.n;
    vectors_free(old);
    assert_int_equal(device_run(&d), 0);
    check_asks_anew(false);
    device_check_identity(&d);
}

/* The key went; nothing can come of the old transaction. */
static void test_key_is_gone(void **state)
{
    (void)state;
    lose(true);
    assert_int_equal(lwcmp_crypto_key_destroy(DEVICE_KEY_2), 0);
    assert_int_equal(device_run(&d), 0);
    assert_memory_not_equal(device_sent(&d, 0).transaction_id.p, id, sizeof id);
    device_check_identity(&d);
}

/* A certificate that is turned down is not asked for again. */
static void test_turned_down_is_over(void **state)
{
    (void)state;
    d.peer.fault = PEER_FOREIGN_CHAIN;
    d.gone_at = 2;
    d.gone_why = LWCMP_ERR_NETWORK;
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_CHAIN);
    (void)lwcmp_end(&d.c);
    assert_int_equal(device_journal(&d).waits, LWCMP_WAITS_NOT);
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_ASKED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_the_same_again),
        TEST(test_claims_and_silence_end_nothing),
        TEST(test_refused_then_anew_then_over),
        TEST(test_refusal_of_the_first_one_played_later),
        TEST(test_anew_works),
        TEST(test_lcp_3_6_4_04_unavailable),
        TEST(test_another_request_is_asked_anew),
        TEST(test_journal_of_version_1),
        TEST(test_key_is_gone),
        TEST(test_turned_down_is_over),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
