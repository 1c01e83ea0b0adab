/* SPDX-License-Identifier: Apache-2.0 */
/* Power goes off while a CA takes its time (RFC 9483 4.4). */
#include "engine_device.h"

/* Power is back: the same transaction goes on, and ends well. */
static void check_polls_on(void)
{
    d.off_at = 0;
    d.resume = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_POLLREQ);
}

/* Power goes off between two polls. */
static void test_lcp_4_4_10_resume(void **state)
{
    uint8_t id[16];

    (void)state;
    for (unsigned at = 1; at <= 2; at++) {
        d.off_at = at;
        assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
        assert_int_equal(lwcmp_end(&d.c), LWCMP_ERR_WAITING);
        assert_int_equal(crypto_toy_volatile_keys(), 0);
        memcpy(id, device_journal(&d).transaction_id, 16);
        check_polls_on();
        assert_memory_equal(device_sent(&d, 0).transaction_id.p, id, 16);
        device_check_identity(&d);
        device_free(&d);
        (void)set_up_waiting(state);
    }
}

/* A signed answer brings its signer along again. */
static void test_resume_a_renewal(void **state)
{
    (void)state;
    d.peer.waits = false;
    device_enrol(&d);
    d.peer.waits = true;
    d.off_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    assert_int_equal(lwcmp_end(&d.c), LWCMP_ERR_WAITING);
    d.off_at = 0;
    d.resume = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_journal(&d).active, 2);
    device_check_identity(&d);
}

/* Nothing waits, so it begins. */
static void test_resume_is_begin_otherwise(void **state)
{
    (void)state;
    d.resume = true;
    d.peer.waits = false;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_IR);
}

/* What waits is the answer to an ir, and this is no ir. */
static void test_resume_of_another_operation_begins(void **state)
{
    uint8_t id[16];

    (void)state;
    d.off_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    (void)lwcmp_end(&d.c);
    memcpy(id, device_journal(&d).transaction_id, 16);
    d.off_at = 0;
    d.resume = true;
    d.peer.waits = false;
    d.request.operation = LWCMP_CR;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_CR);
    assert_memory_not_equal(device_sent(&d, 0).transaction_id.p, id, 16);
    device_check_identity(&d);
}

static void test_begin_starts_anew(void **state)
{
    uint32_t key;

    (void)state;
    d.off_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    (void)lwcmp_end(&d.c);
    key = crypto_toy_key_number(DEVICE_KEY_1);
    d.off_at = 0;
    d.peer.waits = false;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_IR);
    assert_int_equal(crypto_toy_key_number(DEVICE_KEY_1), key);
}

/* Who does not poll after error "waiting" has ended the transaction. */
static void test_cmp_5_3_21_02_waiting_error_is_the_end(void **state)
{
    uint8_t id[16];

    (void)state;
    d.peer.waits_by_error = true;
    assert_int_equal(lwcmp_begin(&d.c, &d.config, &d.request), 0);
    while (d.exchanges == 0) {
        if (lwcmp_step(&d.c) == LWCMP_EXCHANGE) {
            device_exchange(&d);
        }
    }
    while (lwcmp_step(&d.c) == LWCMP_STEP) {
    }
    assert_int_equal(device_journal(&d).waits, LWCMP_WAITS_ANSWER);
    memcpy(id, device_journal(&d).transaction_id, sizeof id);
    (void)lwcmp_end(&d.c);
    d.peer.waits = false;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_IR);
    assert_memory_not_equal(device_sent(&d, 0).transaction_id.p, id, 16);
    assert_int_equal(device_journal(&d).waits, LWCMP_WAITS_NOT);
}

/* A refused pollReq ends the wait, and the key is there for the next one. */
static void test_refused_poll(void **state)
{
    uint32_t key;

    (void)state;
    d.peer.fault = PEER_ERROR;
    d.peer.at = 2;
    assert_int_equal(device_run(&d), LWCMP_ERR_PEER_ERROR);
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_ASKED);
    assert_int_equal(device_journal(&d).waits, LWCMP_WAITS_NOT);
    key = crypto_toy_key_number(DEVICE_KEY_1);
    d.peer.waits = false;
    d.peer.fault = PEER_HONEST;
    d.resume = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_IR);
    assert_int_equal(crypto_toy_key_number(DEVICE_KEY_1), key);
}

/* After the reset pkiConf is polled for. */
static void test_lcp_4_1_03_resume_at_certconf(void **state)
{
    (void)state;
    d.peer.waits = false;
    d.peer.waits_at_confirm = true;
    d.off_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    (void)lwcmp_end(&d.c);
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_KEPT);
    check_polls_on();
    assert_int_equal(device_journal(&d).active, 1);
    device_check_identity(&d);
}

/* A device with an unconfirmed certificate can wait for the next one. */
static void test_resume_while_kept(void **state)
{
    (void)state;
    d.peer.waits = false;
    device_enrol(&d);
    lose_answer(2);
    d.peer.waits = true;
    d.off_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    (void)lwcmp_end(&d.c);
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_KEPT);
    check_polls_on();
    device_check_identity(&d);
}

/* Without the key there is nothing to poll for. */
static void test_resume_without_the_key(void **state)
{
    (void)state;
    d.off_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    (void)lwcmp_end(&d.c);
    d.off_at = 0;
    d.resume = true;
    d.peer.waits = false;
    assert_int_equal(lwcmp_crypto_key_destroy(DEVICE_KEY_1), 0);
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_IR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_WAITING(test_lcp_4_4_10_resume),
        TEST_WAITING(test_resume_a_renewal),
        TEST_WAITING(test_resume_is_begin_otherwise),
        TEST_WAITING(test_resume_of_another_operation_begins),
        TEST_WAITING(test_begin_starts_anew),
        TEST_WAITING(test_cmp_5_3_21_02_waiting_error_is_the_end),
        TEST_WAITING(test_refused_poll),
        TEST_WAITING(test_lcp_4_1_03_resume_at_certconf),
        TEST_WAITING(test_resume_while_kept),
        TEST_WAITING(test_resume_without_the_key),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
