/* SPDX-License-Identifier: Apache-2.0 */
/* A CA that wants time (RFC 9483 4.4). */
#include "engine_device.h"

/* ir, waiting; pollReq, pollRep, twice; pollReq, ip; certConf, pkiConf */
static void check_dialogue(uint8_t poll_id)
{
    static const uint8_t order[] = {LWCMP_BODY_IR, LWCMP_BODY_POLLREQ,
                                    LWCMP_BODY_POLLREQ, LWCMP_BODY_POLLREQ,
                                    LWCMP_BODY_CERTCONF};
    const uint8_t content[] = {0x30, 0x05, 0x30, 0x03, 0x02, 0x01, poll_id};

    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.exchanges, sizeof order);
    assert_int_equal(d.waits, 2);
    assert_int_equal(d.waited, 120);
    device_check_identity(&d);
    for (unsigned i = 0; i < sizeof order; i++) {
        assert_int_equal(device_sent(&d, i).type, order[i]);
        assert_memory_equal(device_sent(&d, i).transaction_id.p,
                            device_sent(&d, 0).transaction_id.p, 16);
        if (order[i] == LWCMP_BODY_POLLREQ) {
            assert_int_equal(device_sent(&d, i).content.n, sizeof content);
            assert_memory_equal(device_sent(&d, i).content.p, content,
                                sizeof content);
            assert_memory_not_equal(device_sent(&d, i).sender_nonce.p,
                                    device_sent(&d, i - 1).sender_nonce.p, 16);
            assert_int_equal(device_sent(&d, i).recip_nonce.n, 16);
        }
    }
}

static void test_lcp_4_4_01_lcp_4_4_03_waiting_response(void **state)
{
    (void)state;
    check_dialogue(0x00);
}

static void test_lcp_4_4_01_lcp_4_4_03_lcp_3_6_4_06_waiting_error(void **state)
{
    (void)state;
    d.peer.waits_by_error = true;
    check_dialogue(0xff);
}

/* certConf and pollReq go where the request went. */
static void test_http_11_lcp_4_4_11_label_stays(void **state)
{
    enum lwcmp_want want = LWCMP_STEP;

    (void)state;
    assert_int_equal(lwcmp_begin(&d.c, &d.config, &d.request), 0);
    while (want != LWCMP_DONE) {
        want = lwcmp_step(&d.c);
        if (want == LWCMP_EXCHANGE) {
            assert_string_equal(lwcmp_label(&d.c), "initialization");
            device_exchange(&d);
        }
    }
    assert_int_equal(lwcmp_result(&d.c), 0);
    assert_int_equal(d.exchanges, 5);
}

/* Either nonce may be in the final answer. */
static void test_lcp_3_5_07_nonce_of_the_request(void **state)
{
    (void)state;
    d.peer.old_nonce = true;
    check_dialogue(0x00);
}

static void test_lcp_3_5_07_third_nonce(void **state)
{
    (void)state;
    d.peer.fault = PEER_OTHER_RECIP_NONCE;
    d.peer.at = 4;
    assert_int_equal(device_run(&d), LWCMP_ERR_RECIP_NONCE);
}

/* A pollRep echoes the pollReq. */
static void test_lcp_4_4_07_nonce_of_a_pollrep(void **state)
{
    (void)state;
    d.peer.fault = PEER_OTHER_RECIP_NONCE;
    d.peer.at = 2;
    assert_int_equal(device_run(&d), LWCMP_ERR_RECIP_NONCE);
}

static void test_lcp_3_3_06_renewal_waits_too(void **state)
{
    (void)state;
    d.peer.waits = false;
    device_enrol(&d);
    d.peer.waits = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.exchanges, 5);
    /* Only the first message needs our certificate. */
    assert_true(device_sent(&d, 0).extra_certs.n > 0);
    assert_int_equal(device_sent(&d, 1).extra_certs.n, 0);
    device_check_identity(&d);
}

/* The answer to certConf takes its time. */
static void test_lcp_4_1_03_confirmation_waits(void **state)
{
    (void)state;
    d.peer.waits = false;
    d.peer.waits_at_confirm = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.exchanges, 5);
    assert_int_equal(device_sent(&d, 4).type, LWCMP_BODY_POLLREQ);
    device_check_identity(&d);
}

/* Implicit confirmation is the final answer's to grant. */
static void test_lcp_4_4_09_implicit_confirm(void **state)
{
    (void)state;
    d.config.implicit_confirm = true;
    d.peer.implicit = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.exchanges, 4);
    assert_false(device_sent(&d, 1).implicit_confirm);
    device_check_identity(&d);
}

static void test_lcp_4_4_05_pollrep(void **state)
{
    (void)state;
    d.peer.at = 2;
    d.peer.fault = PEER_POLL_ID;
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_REQ_ID);
    d.peer.fault = PEER_POLL_NEGATIVE;
    assert_int_equal(device_run(&d), LWCMP_ERR_SYNTAX);
    d.peer.fault = PEER_UNPROTECTED;
    assert_int_equal(device_run(&d), LWCMP_ERR_UNPROTECTED);
}

static void test_lcp_4_4_06_check_after(void **state)
{
    (void)state;
    d.peer.check_after = 0; /* no busy loop */
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.waited, 2);

    device_free(&d);
    (void)set_up_waiting(state);
    d.peer.check_after = UINT32_MAX; /* five octets of INTEGER */
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.waited, 2 * (uint64_t)INT32_MAX);
}

static void test_http_16_wait_limit(void **state)
{
    struct lwcmp_status s;

    (void)state;
    d.config.wait_limit = 119;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    assert_int_equal(d.waited, 60);
    s = lwcmp_server_status(&d.c);
    assert_true(s.present && s.authenticated);
    assert_int_equal(s.status, 3);
    assert_memory_equal(s.text.p, "why?", 4);
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_ASKED);
}

/* "waiting" in answer to a pollReq is a wait as well. */
static void test_cmp_5_3_22_01_waiting_again(void **state)
{
    (void)state;
    d.peer.fault = PEER_POLL_AGAIN;
    d.peer.at = 2;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.waited, 1 + 60);
    device_check_identity(&d);
}

/* The first "waiting" played again does not keep the device busy. */
static void test_replayed_waiting(void **state)
{
    unsigned writes;

    (void)state;
    d.peer.fault = PEER_POLL_REPLAY;
    d.peer.at = 2;
    writes = d.ram.writes;
    assert_int_equal(device_run(&d), LWCMP_ERR_RECIP_NONCE);
    assert_int_equal(d.ram.writes, writes + 2);
}

/* Anchors that were learned count after a wait, too. */
static void test_learned_anchors_after_polling(void **state)
{
    (void)state;
    d.config.anchors.n = 0;
    d.config.accept_ca_pubs = true;
    d.peer.ca_pubs = true;
    d.peer.waits = false;
    device_enrol(&d);
    d.peer.waits = true;
    d.config.allow_no_anchor = true;
    d.peer.fault = PEER_FOREIGN_CHAIN;
    d.peer.at = 4;
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_CHAIN);
    assert_int_equal(lwcmp_end(&d.c), LWCMP_ERR_CERT_CHAIN);
    d.peer.fault = PEER_HONEST;
    d.peer.polls = 2;
    assert_int_equal(device_run(&d), 0);
    device_check_identity(&d);
}

/* An RA polls for the device and hands on what the CA has signed. */
static void test_lcp_4_1_1_31_another_signer_after_polling(void **state)
{
    (void)state;
    d.peer.waits = false;
    device_enrol(&d);
    d.peer.waits = true;
    d.peer.other_signer = true;
    d.peer.old_nonce = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_SENDER_KID); /* at pkiConf */
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_KEPT);
}

/* A certificate is turned down, and the answer to that takes its time. */
static void test_rejection_that_waits(void **state)
{
    (void)state;
    d.peer.waits_at_confirm = true;
    d.peer.fault = PEER_OTHER_KEY;
    d.peer.at = 4; /* after two pollReps */
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_KEY);
    assert_int_equal(device_sent(&d, 5).type, LWCMP_BODY_POLLREQ);
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_IDLE);
    assert_int_equal(device_journal(&d).waits, LWCMP_WAITS_NOT);
    assert_false(device_has_key(DEVICE_KEY_1));
}

/* Nor does a refused poll for that answer change what is left. */
static void test_rejection_whose_poll_is_refused(void **state)
{
    (void)state;
    d.peer.waits = false;
    d.peer.waits_at_confirm = true;
    d.peer.fault = PEER_OTHER_KEY;
    d.peer.at = 1;
    d.peer.also = PEER_ERROR;
    d.peer.also_at = 3;
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_KEY);
    assert_int_equal(d.exchanges, 3);
    /* asked; not to be asked again; and what came of it */
    assert_int_equal(d.ram.writes, 3);
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_IDLE);
    assert_int_equal(device_journal(&d).waits, LWCMP_WAITS_NOT);
    assert_false(device_has_key(DEVICE_KEY_1));
}

/* The CA says no after all: nothing is left. */
static void test_refused_after_polling(void **state)
{
    (void)state;
    d.peer.fault = PEER_REJECTS;
    d.peer.at = 4;
    assert_int_equal(device_run(&d), LWCMP_ERR_REJECTED);
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_IDLE);
    assert_false(device_has_key(DEVICE_KEY_1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_WAITING(test_lcp_4_4_01_lcp_4_4_03_waiting_response),
        TEST_WAITING(test_lcp_4_4_01_lcp_4_4_03_lcp_3_6_4_06_waiting_error),
        TEST_WAITING(test_http_11_lcp_4_4_11_label_stays),
        TEST_WAITING(test_lcp_3_5_07_nonce_of_the_request),
        TEST_WAITING(test_lcp_3_5_07_third_nonce),
        TEST_WAITING(test_lcp_4_4_07_nonce_of_a_pollrep),
        TEST_WAITING(test_lcp_3_3_06_renewal_waits_too),
        TEST_WAITING(test_lcp_4_1_03_confirmation_waits),
        TEST_WAITING(test_lcp_4_4_09_implicit_confirm),
        TEST_WAITING(test_lcp_4_4_05_pollrep),
        TEST_WAITING(test_lcp_4_4_06_check_after),
        TEST_WAITING(test_http_16_wait_limit),
        TEST_WAITING(test_cmp_5_3_22_01_waiting_again),
        TEST_WAITING(test_replayed_waiting),
        TEST_WAITING(test_learned_anchors_after_polling),
        TEST_WAITING(test_lcp_4_1_1_31_another_signer_after_polling),
        TEST_WAITING(test_rejection_that_waits),
        TEST_WAITING(test_rejection_whose_poll_is_refused),
        TEST_WAITING(test_refused_after_polling),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
