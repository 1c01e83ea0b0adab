/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A new identity has to work before the old one goes: asked of the application
 * after pkiConf, after a reset, and where the CA does not know any more.
 */
#include "engine_device.h"

static int set_up_proof(void **state)
{
    (void)set_up(state);
    d.config.prove = true;
    device_enrol(&d);
    assert_int_equal(d.proofs, 0); /* there was no old one */
    d.resume = true;
    return 0;
}

static void check_both_are_there(void)
{
    assert_int_equal(device_journal(&d).active, 1);
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_KEPT);
    assert_true(device_has_key(DEVICE_KEY_1));
    assert_true(device_has_key(DEVICE_KEY_2));
    assert_true(device_record(&d, LWCMP_RECORD_CERT_2).n > 0);
    device_check_identity(&d);
}

static void check_new_alone(void)
{
    assert_int_equal(device_journal(&d).active, 2);
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_IDLE);
    assert_false(device_has_key(DEVICE_KEY_1));
    assert_int_equal(device_record(&d, LWCMP_RECORD_CERT_1).n, 0);
    device_check_identity(&d);
}

static void test_it_works(void **state)
{
    (void)state;
    assert_int_equal(lwcmp_proven(&d.c, true), LWCMP_ERR_STATE);
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.proofs, 1);
    check_new_alone();
}

/* Asked again and again, without a word to the CA, until it works. */
static void test_it_does_not_work_yet(void **state)
{
    (void)state;
    d.broken = true;
    for (unsigned i = 1; i <= 3; i++) {
        assert_int_equal(device_run(&d), LWCMP_ERR_REFUSED);
        assert_int_equal(d.proofs, i);
        assert_int_equal(d.exchanges, i == 1 ? 2 : 0);
        (void)lwcmp_end(&d.c);
        check_both_are_there();
        assert_true(lwcmp_pending(&d.store).kept);
    }
    d.broken = false;
    assert_int_equal(device_run(&d), 0);
    check_new_alone();
}

/* The way out: another certificate for the same key. */
static void test_asked_anew(void **state)
{
    uint32_t key;

    (void)state;
    d.broken = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_REFUSED);
    (void)lwcmp_end(&d.c);
    key = crypto_toy_key_number(DEVICE_KEY_2);
    d.broken = false;
    d.resume = false;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_KUR);
    assert_int_equal(crypto_toy_key_number(DEVICE_KEY_2), key);
    check_new_alone();
}

static void lose_pkiconf(void)
{
    lose_answer(2);
}

/* The CA does not know the transaction any more; the application finds out. */
static void test_fate_unknown(void **state)
{
    (void)state;
    lose_pkiconf();
    d.peer.fault = PEER_ERROR;
    d.peer.at = 1;
    d.broken = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_REFUSED);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_CERTCONF);
    assert_int_equal(d.proofs, 1);
    (void)lwcmp_end(&d.c);
    check_both_are_there();
    /* Another is asked for, with the same key, and refused as well. */
    d.broken = false;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_KUR);
    assert_int_equal(d.proofs, 2);
    check_new_alone();
}

/* A CA that wanted time for its pkiConf, and has forgotten that. */
static void test_refused_poll(void **state)
{
    (void)state;
    d.peer.waits_at_confirm = true;
    d.peer.polls = 9;
    d.off_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    (void)lwcmp_end(&d.c);
    d.off_at = 0;
    d.peer.fault = PEER_ERROR;
    d.peer.at = 1;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_POLLREQ);
    assert_int_equal(d.proofs, 1);
    check_new_alone();
}

/* The old identity is refused, for whatever reason: the new one may work. */
static void test_old_one_is_refused(void **state)
{
    (void)state;
    lose_pkiconf();
    d.resume = false;
    d.peer.fault = PEER_ERROR;
    d.peer.at = 1;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_KUR);
    assert_int_equal(d.proofs, 1);
    check_new_alone();
}

/* Refused both times, and of no use: nothing speaks for that key any more. */
static void test_refused_and_of_no_use(void **state)
{
    uint32_t key;

    (void)state;
    lose_pkiconf();
    key = crypto_toy_key_number(DEVICE_KEY_2);
    d.resume = false;
    d.peer.fault = PEER_ERROR;
    d.peer.at = 1;
    d.broken = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_REFUSED);
    assert_int_equal(d.proofs, 1);
    (void)lwcmp_end(&d.c);
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_IDLE);
    assert_false(device_has_key(DEVICE_KEY_2));
    device_check_identity(&d);
    d.peer.fault = PEER_HONEST;
    d.broken = false;
    assert_int_equal(device_run(&d), 0);
    assert_int_not_equal(crypto_toy_key_number(DEVICE_KEY_2), key);
    check_new_alone();
}

/* An error of the moment is no reason to try it. */
static void test_busy(void **state)
{
    (void)state;
    lose_pkiconf();
    d.resume = false;
    d.peer.fault = PEER_BUSY;
    d.peer.at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_PEER_ERROR);
    assert_int_equal(d.proofs, 0);
    check_both_are_there();
}

/* The next firmware does not ask for a proof: the CA is asked instead. */
static void test_switched_off(void **state)
{
    (void)state;
    d.broken = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_REFUSED);
    (void)lwcmp_end(&d.c);
    d.config.prove = false;
    d.peer.fault = PEER_BUSY;
    d.peer.at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_PEER_ERROR);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_CERTCONF);
    (void)lwcmp_end(&d.c);
    check_both_are_there();
    d.peer.fault = PEER_CONFIRMED;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.proofs, 1);
    check_new_alone();
}

/* What nobody has authenticated leaves nothing to prove. */
static void test_claims_ask_for_no_proof(void **state)
{
    (void)state;
    lose_pkiconf();
    d.peer.fault = PEER_CLAIM;
    d.peer.at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_PEER_CLAIM);
    assert_int_equal(d.proofs, 0);
    assert_int_equal(device_journal(&d).waits, LWCMP_WAITS_CERTCONF);
    check_both_are_there();
}

/* A first certConf that is refused is no matter of proof. */
static void test_refused_at_once(void **state)
{
    (void)state;
    d.peer.fault = PEER_ERROR;
    d.peer.at = 2;
    assert_int_equal(device_run(&d), LWCMP_ERR_PEER_ERROR);
    assert_int_equal(d.proofs, 0);
    check_both_are_there();
}

/* Power goes off while it is tried. */
static void test_power_goes_off(void **state)
{
    (void)state;
    assert_int_equal(lwcmp_resume(&d.c, &d.config, &d.request), 0);
    d.exchanges = 0;
    d.peer.answers = 0;
    while (lwcmp_step(&d.c) != LWCMP_PROVE) {
        if (lwcmp_step(&d.c) == LWCMP_EXCHANGE) {
            device_exchange(&d);
        }
    }
    assert_int_equal(lwcmp_step(&d.c), LWCMP_PROVE);
    assert_int_equal(lwcmp_result(&d.c), LWCMP_ERR_STATE);
    check_both_are_there();
    (void)lwcmp_end(&d.c);
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.exchanges, 0);
    check_new_alone();
}

/* Without an implicit confirmation's pkiConf it is the same. */
static void test_implicitly_confirmed(void **state)
{
    (void)state;
    d.config.implicit_confirm = true;
    d.peer.implicit = true;
    d.broken = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_REFUSED);
    assert_int_equal(d.exchanges, 1);
    (void)lwcmp_end(&d.c);
    check_both_are_there();
    d.broken = false;
    assert_int_equal(device_run(&d), 0);
    check_new_alone();
}

#define TEST_PROOF(f) \
    cmocka_unit_test_setup_teardown(f, set_up_proof, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_PROOF(test_it_works),
        TEST_PROOF(test_it_does_not_work_yet),
        TEST_PROOF(test_asked_anew),
        TEST_PROOF(test_fate_unknown),
        TEST_PROOF(test_refused_poll),
        TEST_PROOF(test_old_one_is_refused),
        TEST_PROOF(test_refused_and_of_no_use),
        TEST_PROOF(test_busy),
        TEST_PROOF(test_switched_off),
        TEST_PROOF(test_claims_ask_for_no_proof),
        TEST_PROOF(test_refused_at_once),
        TEST_PROOF(test_power_goes_off),
        TEST_PROOF(test_implicitly_confirmed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
