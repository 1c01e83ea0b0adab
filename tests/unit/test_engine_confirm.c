/* SPDX-License-Identifier: Apache-2.0 */
/*
 * certConf or pkiConf is lost: the CA may have confirmed a certificate, and
 * know no other any more. So certConf goes out again, in the same transaction.
 */
#include "engine_device.h"

static uint8_t id[16]; /* transactionID of what was cut off */

static void lose(bool renewal)
{
    if (renewal) {
        device_enrol(&d);
    }
    lose_answer(2);
    d.resume = true;
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_KEPT);
    assert_false(lwcmp_pending(&d.store).over);
    memcpy(id, device_journal(&d).transaction_id, sizeof id);
}

static void check_confirms_again(void)
{
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_CERTCONF);
    assert_memory_equal(device_sent(&d, 0).transaction_id.p, id, sizeof id);
}

static void check_begins_anew(uint8_t body)
{
    assert_int_equal(device_sent(&d, 0).type, body);
    assert_memory_not_equal(device_sent(&d, 0).transaction_id.p, id, sizeof id);
}

static void test_lcp_4_1_confirm_again(void **state)
{
    (void)state;
    for (unsigned renewal = 0; renewal < 2; renewal++) {
        lose(renewal);
        assert_int_equal(device_run(&d), 0);
        assert_int_equal(d.exchanges, 1);
        check_confirms_again();
        assert_int_equal(device_journal(&d).active, 1 + renewal);
        assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_IDLE);
        device_check_identity(&d);
        (void)lwcmp_end(&d.c);
        device_free(&d);
        (void)set_up(state);
    }
}

/*
 * The next start is that of another firmware, which asks in another way, or
 * the secret, which has no part in a renewal, is gone or there again.
 */
static void test_confirm_again_after_an_update(void **state)
{
    static const uint8_t name[] = {0x30, 0x00};
    static const uint8_t reference[] = "another";

    (void)state;
    lose(false);
    d.request.subject = (struct lwcmp_bytes){name, sizeof name};
    d.request.key_type = LWCMP_EC_P384;
    assert_int_equal(device_run(&d), 0);
    check_confirms_again();
    (void)lwcmp_end(&d.c);
    device_free(&d);
    (void)set_up(state);
    lose(true);
    d.config.reference = (struct lwcmp_bytes){reference, sizeof reference - 1};
    assert_int_equal(device_run(&d), 0);
    check_confirms_again();
    device_check_identity(&d);
}

/* Power goes off, and off, and off. */
static void test_confirm_again_and_again(void **state)
{
    (void)state;
    lose(true);
    d.gone_at = 1;
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(device_run(&d), LWCMP_ERR_NETWORK);
        check_confirms_again();
        (void)lwcmp_end(&d.c);
        device_check_identity(&d);
    }
    d.gone_at = 0;
    assert_int_equal(device_run(&d), 0);
    check_confirms_again();
}

/* A CA that has the first certConf and forgotten what it said. */
static void test_cmp_5_2_3_certconfirmed(void **state)
{
    (void)state;
    lose(true);
    d.peer.fault = PEER_CONFIRMED;
    d.peer.at = 1;
    assert_int_equal(device_run(&d), 0);
    check_confirms_again();
    assert_int_equal(device_journal(&d).active, 2);
    device_check_identity(&d);
}

/*
 * A transport sends again where a connection was closed without an answer, so
 * the first one that is answered may be the second that has arrived.
 */
static void test_certconfirmed_answers_the_first(void **state)
{
    (void)state;
    device_enrol(&d);
    d.peer.fault = PEER_CONFIRMED;
    d.peer.at = 2;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_journal(&d).active, 2);
    device_check_identity(&d);
}

/* Nor does it matter that the CA has asked for time before it confirmed. */
static void test_confirmed_while_nobody_polled(void **state)
{
    (void)state;
    device_enrol(&d);
    d.peer.waits_at_confirm = true;
    d.peer.polls = 9;
    d.off_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    (void)lwcmp_end(&d.c);
    d.off_at = 0;
    d.resume = true;
    d.peer.fault = PEER_CONFIRMED;
    d.peer.at = 1;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_POLLREQ);
    assert_int_equal(device_journal(&d).active, 2);
    device_check_identity(&d);
}

/* Nobody can end it who cannot authenticate what he says. */
static void test_claims_end_nothing(void **state)
{
    static const enum peer_fault faults[] = {PEER_CLAIM, PEER_FOREIGN_SIGNER,
                                             PEER_FLIPPED_PROTECTION};

    (void)state;
    lose(true);
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        d.peer.fault = faults[i];
        d.peer.at = 1;
        assert_int_not_equal(device_run(&d), 0);
        check_confirms_again();
        (void)lwcmp_end(&d.c);
        device_check_identity(&d);
    }
    d.peer.fault = PEER_HONEST;
    assert_int_equal(device_run(&d), 0);
    check_confirms_again();
}

/* A CA that knows nothing of it is asked anew, for the same key. */
static void test_refused_then_anew(void **state)
{
    uint32_t key;

    (void)state;
    lose(true);
    key = crypto_toy_key_number(DEVICE_KEY_2);
    d.peer.fault = PEER_ERROR;
    d.peer.at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_PEER_ERROR);
    (void)lwcmp_end(&d.c);
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_KEPT);
    assert_true(lwcmp_pending(&d.store).over);
    device_check_identity(&d);
    d.peer.fault = PEER_HONEST;
    assert_int_equal(device_run(&d), 0);
    check_begins_anew(LWCMP_BODY_KUR);
    assert_int_equal(crypto_toy_key_number(DEVICE_KEY_2), key);
    assert_int_equal(device_journal(&d).active, 2);
    device_check_identity(&d);
}

/*
 * The CA has forgotten the transaction, and revoked the old identity with it:
 * what is kept is all there is.
 */
static void test_old_identity_is_revoked(void **state)
{
    (void)state;
    lose(true);
    d.peer.fault = PEER_ERROR;
    d.peer.at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_PEER_ERROR);
    (void)lwcmp_end(&d.c);
    d.peer.fault = PEER_REVOKED;
    assert_int_equal(device_run(&d), 0);
    check_begins_anew(LWCMP_BODY_KUR);
    assert_int_equal(d.exchanges, 1);
    assert_int_equal(device_journal(&d).active, 2);
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_IDLE);
    device_check_identity(&d);
}

/*
 * The CA has forgotten the transaction of a first enrolment, and gives nothing
 * for the key any more. What is kept is tried; nobody has confirmed it, so the
 * secret gets another one, if it still can.
 */
static void test_first_identity_in_doubt(void **state)
{
    (void)state;
    for (unsigned works = 0; works < 2; works++) {
        lose(false);
        d.peer.fault = PEER_ERROR;
        d.peer.at = 1;
        assert_int_equal(device_run(&d), LWCMP_ERR_PEER_ERROR);
        check_confirms_again();
        (void)lwcmp_end(&d.c);
        assert_int_equal(device_run(&d), 0);
        check_begins_anew(LWCMP_BODY_IR);
        (void)lwcmp_end(&d.c);
        device_check_identity(&d);
        assert_true(lwcmp_pending(&d.store).doubtful);
        assert_int_equal(lwcmp_pending(&d.store).operation, 0);
        d.peer.fault = works ? PEER_HONEST : PEER_REJECTS;
        assert_int_equal(device_run(&d), works ? 0 : LWCMP_ERR_REJECTED);
        (void)lwcmp_end(&d.c);
        assert_int_equal(device_journal(&d).active, works ? 2 : 1);
        assert_int_equal(device_has_key(DEVICE_KEY_1), !works);
        assert_int_equal(device_has_key(DEVICE_KEY_2), works);
        assert_int_equal(lwcmp_pending(&d.store).doubtful, !works);
        device_check_identity(&d);
        device_free(&d);
        (void)set_up(state);
    }
}

/* An error of the moment, or an answer that may be an old one, is no reason. */
static void test_no_doubt_too_early(void **state)
{
    (void)state;
    lose(false);
    d.peer.fault = PEER_ERROR;
    d.peer.at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_PEER_ERROR);
    (void)lwcmp_end(&d.c);
    d.peer.fault = PEER_BUSY;
    assert_int_equal(device_run(&d), LWCMP_ERR_PEER_ERROR);
    check_begins_anew(LWCMP_BODY_IR);
    (void)lwcmp_end(&d.c);
    d.gone_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_NETWORK);
    (void)lwcmp_end(&d.c);
    d.gone_at = 0;
    d.peer.fault = PEER_ERROR;
    assert_int_equal(device_run(&d), LWCMP_ERR_PEER_ERROR);
    (void)lwcmp_end(&d.c);
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_KEPT);
    assert_int_equal(device_journal(&d).active, 0);
    assert_int_equal(device_run(&d), 0);
    assert_true(lwcmp_pending(&d.store).doubtful);
    device_check_identity(&d);
}

/* A key that the CA does not certify again goes; the old identity is good. */
static void test_key_in_use(void **state)
{
    static const enum peer_fault faults[] = {PEER_KEY_USED, PEER_DUPLICATE};
    uint32_t key;

    (void)state;
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        lose(true);
        key = crypto_toy_key_number(DEVICE_KEY_2);
        d.peer.fault = PEER_ERROR;
        d.peer.at = 1;
        assert_int_equal(device_run(&d), LWCMP_ERR_PEER_ERROR);
        (void)lwcmp_end(&d.c);
        d.peer.fault = faults[i];
        assert_int_equal(device_run(&d), LWCMP_ERR_PEER_ERROR);
        (void)lwcmp_end(&d.c);
        assert_false(device_has_key(DEVICE_KEY_2));
        assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_IDLE);
        device_check_identity(&d);
        d.peer.fault = PEER_HONEST;
        assert_int_equal(device_run(&d), 0);
        assert_int_not_equal(crypto_toy_key_number(DEVICE_KEY_2), key);
        device_check_identity(&d);
        (void)lwcmp_end(&d.c);
        device_free(&d);
        (void)set_up(state);
    }
}

/* Where nothing is kept, that is an error like any. */
static void test_revoked_without_another(void **state)
{
    (void)state;
    device_enrol(&d);
    d.peer.fault = PEER_REVOKED;
    d.peer.at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_PEER_ERROR);
    assert_int_equal(device_journal(&d).active, 1);
    device_check_identity(&d);
}

/* What passes is tried again. */
static void test_busy_then_again(void **state)
{
    (void)state;
    lose(false);
    d.peer.fault = PEER_BUSY;
    d.peer.at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_PEER_ERROR);
    (void)lwcmp_end(&d.c);
    d.peer.fault = PEER_HONEST;
    assert_int_equal(device_run(&d), 0);
    check_confirms_again();
}

static void test_begin_asks_anew(void **state)
{
    (void)state;
    lose(true);
    d.resume = false;
    d.gone_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_NETWORK);
    check_begins_anew(LWCMP_BODY_KUR);
    (void)lwcmp_end(&d.c);
    /* What is on record now is not the transaction of what is kept. */
    d.resume = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_NETWORK);
    check_begins_anew(LWCMP_BODY_KUR);
    device_check_identity(&d);
}

/* The record of the certificate has rotted. */
static void test_another_certificate_is_not_confirmed(void **state)
{
    (void)state;
    lose(true);
    d.ram.record[LWCMP_RECORD_CERT_2] = d.ram.record[LWCMP_RECORD_CERT_1];
    assert_int_equal(device_run(&d), 0);
    check_begins_anew(LWCMP_BODY_KUR);
    device_check_identity(&d);
}

static void test_provider_that_cannot_hash(void **state)
{
    (void)state;
    lose(true);
    for (unsigned n = 1; n < 12; n++) {
        crypto_toy.calls = 0;
        crypto_toy.fail_at = n;
        crypto_toy.fail_with = LWCMP_ERR_CRYPTO;
        d.gone_at = 1;
        assert_int_not_equal(device_run(&d), 0);
        crypto_toy.fail_at = 0;
        (void)lwcmp_end(&d.c);
        assert_int_equal(device_journal(&d).waits, LWCMP_WAITS_CERTCONF);
        device_check_identity(&d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_lcp_4_1_confirm_again),
        TEST(test_confirm_again_after_an_update),
        TEST(test_confirm_again_and_again),
        TEST(test_cmp_5_2_3_certconfirmed),
        TEST(test_certconfirmed_answers_the_first),
        TEST(test_confirmed_while_nobody_polled),
        TEST(test_claims_end_nothing),
        TEST(test_refused_then_anew),
        TEST(test_old_identity_is_revoked),
        TEST(test_first_identity_in_doubt),
        TEST(test_no_doubt_too_early),
        TEST(test_key_in_use),
        TEST(test_revoked_without_another),
        TEST(test_busy_then_again),
        TEST(test_begin_asks_anew),
        TEST(test_another_certificate_is_not_confirmed),
        TEST(test_provider_that_cannot_hash),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
