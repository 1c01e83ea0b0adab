/* SPDX-License-Identifier: Apache-2.0 */
/* A PKCS #10 request of the caller's (RFC 9483 4.1.4). */
#include "lwcmp/config.h"

#if LWCMP_WITH_P10CR

#include "p10_device.h"

static void test_lcp_4_1_4_01_p10cr(void **state)
{
    struct lwcmp_message m;

    (void)state;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.exchanges, 2);
    m = device_sent(&d, 0);
    assert_int_equal(m.type, LWCMP_BODY_P10CR);
    assert_int_equal(m.content.n, d.request.csr.n);
    assert_memory_equal(m.content.p, d.request.csr.p, m.content.n);
    assert_string_equal(lwcmp_label(&d.c), "pkcs10");
    assert_int_equal(device_sent(&d, 1).type, LWCMP_BODY_CERTCONF);
    check_identity(1);
}

static void test_lcp_4_1_4_02_certconf_says_minus_one(void **state)
{
    (void)state;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(number_sent(1), 0xff);
    assert_int_equal(device_journal(&d).marks, 0);
}

static void test_by_signature(void **state)
{
    (void)state;
    device_set_factory(&d);
    crypto_toy.calls_of[CRYPTO_TOY_KEY_GENERATE] = 0;
    assert_int_equal(device_run(&d), 0);
    assert_true(device_sent(&d, 0).extra_certs.n > 0);
    assert_int_equal(device_sent(&d, 1).extra_certs.n, 0);
    check_identity(1);
}

/* The identity in the store signs its own renewal, and no other request. */
static void test_identity_does_not_sign(void **state)
{
    (void)state;
    d.request.operation = LWCMP_IR;
    d.request.csr.n = 0;
    device_enrol(&d);
    set_csr(&(struct csr_make){.number = NUMBER});
    assert_int_equal(device_run(&d), LWCMP_ERR_CONFIG);
    assert_int_equal(d.exchanges, 0);
}

static void check_refused(const struct csr_make *what)
{
    set_csr(what);
    assert_int_equal(device_run(&d), LWCMP_ERR_CONFIG);
    assert_int_equal(d.exchanges, 0);
    assert_int_equal(d.ram.operations, 0);
    assert_int_equal(lwcmp_result(&d.c), LWCMP_ERR_CONFIG);
}

/* Before anything is noted or sent. */
static void test_lcp_4_1_4_03_lcp_4_1_4_04_bad_request(void **state)
{
    (void)state;
    check_refused(&(struct csr_make){.number = NUMBER, .version = 1});
    check_refused(&(struct csr_make){.number = NUMBER, .no_attributes = true});
    check_refused(&(struct csr_make){.number = NUMBER, .signer = NUMBER + 1});
    d.request.csr.n--;
    assert_int_equal(device_run(&d), LWCMP_ERR_CONFIG);
    d.request.csr.n = 0;
    assert_int_equal(device_run(&d), LWCMP_ERR_CONFIG);
    d.request.operation = (enum lwcmp_operation)(LWCMP_P10CR + 90);
    assert_int_equal(device_run(&d), LWCMP_ERR_CONFIG);
}

static void test_what_does_not_go_with_it(void **state)
{
    static const uint8_t name[] = {0x30, 0x00};
    static const uint8_t extension[] = {0x30, 0x00};

    (void)state;
    d.request.subject = (struct lwcmp_bytes){name, sizeof name};
    assert_int_equal(device_run(&d), LWCMP_ERR_CONFIG);
    d.request.subject.n = 0;
    d.request.extensions = (struct lwcmp_bytes){extension, sizeof extension};
    assert_int_equal(device_run(&d), LWCMP_ERR_CONFIG);
    d.request.extensions = (struct lwcmp_bytes){NULL, 0};
    for (int other = LWCMP_IR; other <= LWCMP_KUR; other++) {
        d.request.operation = (enum lwcmp_operation)other;
        assert_int_equal(device_run(&d), LWCMP_ERR_CONFIG);
    }
    assert_int_equal(d.exchanges, 0);
}

/* The provider fails, which is no fault of the request. */
static void test_provider_fails(void **state)
{
    unsigned calls;

    (void)state;
    assert_int_equal(device_run(&d), 0);
    calls = crypto_toy.calls;
    assert_true(calls > 10);
    for (unsigned at = 1; at <= calls; at++) {
        start_over(state, false);
        crypto_toy.calls = 0;
        crypto_toy.fail_at = at;
        crypto_toy.fail_with = LWCMP_ERR_CRYPTO;
        (void)device_run(&d);
        crypto_toy.fail_at = 0;
        (void)lwcmp_end(&d.c);
        crypto_toy_drop_volatile(); /* one that could not be destroyed */
        go_on();
        assert_int_equal(device_journal(&d).active != 0 ? 0 : device_run(&d),
                         0);
        check_identity(1);
    }
}

static void test_store_fails(void **state)
{
    unsigned operations;

    (void)state;
    assert_int_equal(device_run(&d), 0);
    operations = d.ram.operations;
    for (unsigned at = 1; at <= operations; at++) {
        start_over(state, false);
        d.ram.fail_at = at;
        (void)device_run(&d);
        d.ram.fail_at = 0;
        go_on();
        assert_int_equal(device_journal(&d).active != 0 ? 0 : device_run(&d),
                         0);
        check_identity(1);
    }
}

/* RFC 9483 4.1.1: it is turned down, under the number of the request. */
static void test_lcp_4_1_4_02_another_key_is_rejected(void **state)
{
    (void)state;
    d.peer.fault = PEER_OTHER_KEY;
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_KEY);
    assert_int_equal(d.exchanges, 2);
    assert_int_equal(number_sent(1), 0xff);
    assert_int_equal(device_journal(&d).active, 0);
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_IDLE);
    assert_int_equal(device_record(&d, LWCMP_RECORD_CERT_1).n, 0);
}

static void test_lcp_4_1_4_02_wrong_number(void **state)
{
    (void)state;
    for (unsigned allowed = 0; allowed < 2; allowed++) {
        d.peer.fault = PEER_CERT_REQ_ID;
        d.config.allow_cert_req_id_0 = allowed;
        assert_int_equal(device_run(&d), LWCMP_ERR_CERT_REQ_ID);
        assert_int_equal(d.exchanges, 1);
        assert_false(lwcmp_server_status(&d.c).present);
        (void)lwcmp_end(&d.c);
    }
}

/* Old CAs say 0, and hear it again, if that is allowed. */
static void test_lcp_4_1_4_02_zero_by_switch_only(void **state)
{
    (void)state;
    d.peer.zero_id = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_REQ_ID);
    (void)lwcmp_end(&d.c);
    d.config.allow_cert_req_id_0 = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(number_sent(1), 0);
    check_identity(1);
}

/* What one CA has said is not what the next one does. */
static void test_minus_one_after_zero(void **state)
{
    (void)state;
    d.config.allow_cert_req_id_0 = true;
    d.peer.zero_id = true;
    assert_int_equal(device_run(&d), 0);
    (void)lwcmp_end(&d.c);
    d.peer.zero_id = false;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(number_sent(1), 0xff);
    check_identity(2);
}

/* The other operations know no -1. */
static void test_ir_is_not_minus_one(void **state)
{
    (void)state;
    d.request.operation = LWCMP_IR;
    d.request.csr.n = 0;
    d.config.allow_cert_req_id_0 = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(number_sent(1), 0);
    device_check_identity(&d);
}

static void test_lcp_4_1_4_05_lcp_4_4_03_poll(void **state)
{
    (void)state;
    for (unsigned zero = 0; zero < 2; zero++) {
        for (unsigned by_error = 0; by_error < 2; by_error++) {
            d.peer.zero_id = zero;
            d.config.allow_cert_req_id_0 = zero;
            d.peer.waits_by_error = by_error;
            assert_int_equal(device_run(&d), 0);
            assert_int_equal(d.exchanges, 5);
            /* By an error the CA tells no number: it is the message. */
            for (unsigned i = 1; i <= 3; i++) {
                assert_int_equal(number_sent(i), zero && !by_error ? 0 : 0xff);
            }
            assert_int_equal(number_sent(4), zero ? 0 : 0xff);
            check_identity(1);
            start_over(state, true);
        }
    }
}

static void test_lcp_4_4_03_pollrep_for_another(void **state)
{
    (void)state;
    d.peer.fault = PEER_POLL_ID;
    d.peer.at = 2;
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_REQ_ID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        P10(test_lcp_4_1_4_01_p10cr),
        P10(test_lcp_4_1_4_02_certconf_says_minus_one),
        P10(test_by_signature),
        P10(test_identity_does_not_sign),
        P10(test_lcp_4_1_4_03_lcp_4_1_4_04_bad_request),
        P10(test_what_does_not_go_with_it),
        P10(test_provider_fails),
        P10(test_store_fails),
        P10(test_lcp_4_1_4_02_another_key_is_rejected),
        P10(test_lcp_4_1_4_02_wrong_number),
        P10(test_lcp_4_1_4_02_zero_by_switch_only),
        P10(test_minus_one_after_zero),
        P10(test_ir_is_not_minus_one),
        P10_WAITING(test_lcp_4_1_4_05_lcp_4_4_03_poll),
        P10_WAITING(test_lcp_4_4_03_pollrep_for_another),
    };

    return cmocka_run_group_tests_name("engine_p10", tests, NULL, NULL);
}

#else
#include "absent.h"
#endif
