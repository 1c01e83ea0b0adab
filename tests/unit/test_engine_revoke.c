/* SPDX-License-Identifier: Apache-2.0 */
/* Revocation, of one's own certificate and of a named one. */
#include "lwcmp/config.h"

#if LWCMP_WITH_RR

#include "engine_device.h"

/* rp as {status}, and with another status in its last octet. */
static const uint8_t accepted[] = {0x30, 0x07, 0x30, 0x05, 0x30,
                                   0x03, 0x02, 0x01, 0x00};
static uint8_t other_status[sizeof accepted];

static void answer_status(uint8_t status)
{
    memcpy(other_status, accepted, sizeof accepted);
    other_status[sizeof accepted - 1] = status;
    d.peer.reply = (struct lwcmp_bytes){other_status, sizeof other_status};
}

/* A device that has enrolled, and signs. */
static int set_up_signed(void **state)
{
    (void)set_up(state);
    device_enrol(&d);
    d.request = (struct lwcmp_request){
        .operation = LWCMP_RR, .revoke = {.reason = LWCMP_REASON_SUPERSEDED}};
    d.peer.reply = (struct lwcmp_bytes){accepted, sizeof accepted};
    return 0;
}

/* A device that has nothing but a secret, and knows which certificate. */
static int set_up_named(void **state)
{
    static uint8_t room[64];
    static const uint8_t serial[] = {0x00, 0x80};
    struct lwcmp_der_out o;

    (void)set_up(state);
    lwcmp_der_out_init(&o, room, sizeof room);
    d.request = (struct lwcmp_request){
        .operation = LWCMP_RR,
        .revoke = {.issuer = name_make(&o, "Root"),
                   .serial = {serial, sizeof serial},
                   .reason = LWCMP_REASON_KEY_COMPROMISE},
    };
    d.peer.reply = (struct lwcmp_bytes){accepted, sizeof accepted};
    return 0;
}

static struct lwcmp_cert own_cert(void)
{
    struct lwcmp_bytes row = device_record(&d, LWCMP_RECORD_CERT_1);
    struct lwcmp_bytes der;
    struct lwcmp_cert cert;

    assert_true(lwcmp_cert_next(&row, &der));
    assert_int_equal(lwcmp_cert_read(&der, &cert), 0);
    return cert;
}

/* serialNumber, issuer and the octet of the reason in the rr. */
static void check_request(const struct lwcmp_bytes *issuer,
                          const struct lwcmp_bytes *serial, uint8_t reason)
{
    struct lwcmp_message m = device_sent(&d, 0);
    struct lwcmp_bytes in = m.content;
    struct lwcmp_bytes b;

    assert_int_equal(m.type, LWCMP_BODY_RR);
    assert_int_equal(in.p[in.n - 1], reason);
    for (int depth = 0; depth < 3; depth++) {
        assert_int_equal(lwcmp_der_take(&in, LWCMP_DER_SEQUENCE, &in), 0);
    }
    assert_int_equal(lwcmp_der_take(&in, LWCMP_DER_CTX_PRIM(1), &b), 0);
    assert_int_equal(b.n, serial->n);
    assert_memory_equal(b.p, serial->p, b.n);
    assert_int_equal(lwcmp_der_take(&in, LWCMP_DER_CTX(3), &b), 0);
    assert_int_equal(b.n, issuer->n);
    assert_memory_equal(b.p, issuer->p, b.n);
    assert_int_equal(in.n, 0);
}

static void test_lcp_4_2_02_lcp_4_2_04_own_identity(void **state)
{
    struct lwcmp_journal before = device_journal(&d);
    struct lwcmp_journal after;
    struct lwcmp_cert cert = own_cert();

    (void)state;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.exchanges, 1);
    check_request(&cert.issuer, &cert.serial, LWCMP_REASON_SUPERSEDED);
    assert_true(device_sent(&d, 0).extra_certs.n > 0);
    assert_string_equal(lwcmp_label(&d.c), "revocation");
    assert_true(lwcmp_server_status(&d.c).authenticated);
    assert_int_equal(lwcmp_server_status(&d.c).status, 0);
    after = device_journal(&d);
    assert_memory_equal(&after, &before, sizeof before);
    device_check_identity(&d);
}

/* The one of the maker, which signs because it is configured. */
static void test_lcp_4_2_04_configured_certificate(void **state)
{
    struct lwcmp_cert cert;

    (void)state;
    device_set_factory(&d);
    assert_int_equal(lwcmp_cert_read(&d.config.certificate, &cert), 0);
    assert_int_equal(device_run(&d), 0);
    check_request(&cert.issuer, &cert.serial, LWCMP_REASON_SUPERSEDED);
}

static void test_a_given_certificate(void **state)
{
    struct lwcmp_cert cert;

    (void)state;
    d.request.revoke.certificate = peer_signer();
    assert_int_equal(lwcmp_cert_read(&d.request.revoke.certificate, &cert), 0);
    assert_int_equal(device_run(&d), 0);
    check_request(&cert.issuer, &cert.serial, LWCMP_REASON_SUPERSEDED);
}

static void test_cmp_b_01_by_secret(void **state)
{
    (void)state;
    assert_int_equal(device_run(&d), 0);
    check_request(&d.request.revoke.issuer, &d.request.revoke.serial,
                  LWCMP_REASON_KEY_COMPROMISE);
    assert_int_equal(device_sent(&d, 0).extra_certs.n, 0);
}

static void refuse(void)
{
    assert_int_equal(lwcmp_begin(&d.c, &d.config, &d.request),
                     LWCMP_ERR_CONFIG);
}

static void test_a_secret_wants_a_name(void **state)
{
    (void)state;
    d.request.revoke.serial.n = 0;
    refuse();
    d.request.revoke.issuer.n = 0;
    refuse();
}

static void test_request_has_to_fit(void **state)
{
    static const uint8_t bad[][2] = {{0x00, 0x7f}, {0xff, 0x80}};

    (void)state;
    for (unsigned reason = 0; reason < 13; reason++) {
        d.request.revoke.reason = (enum lwcmp_reason)reason;
        assert_int_equal(lwcmp_begin(&d.c, &d.config, &d.request),
                         reason == 7 || reason > 10 ? LWCMP_ERR_CONFIG : 0);
    }
    d.request.revoke.reason = LWCMP_REASON_UNSPECIFIED;
    for (size_t i = 0; i < 2; i++) {
        d.request.revoke.serial.p = bad[i];
        refuse();
    }
    d.request.revoke.serial.n = 1;
    assert_int_equal(lwcmp_begin(&d.c, &d.config, &d.request), 0);
    d.request.revoke.certificate = peer_root();
    refuse();
    d.request.revoke.certificate.n = 0;
    d.request.revoke.issuer.n--;
    refuse();
    d.request.revoke.issuer.n = 0;
    refuse();
    d.request.revoke.serial.n = 0;
    d.request.revoke.certificate.n = 9;
    refuse();
}

static void test_nobody_to_sign(void **state)
{
    (void)state;
    d.config.secret = 0;
    assert_int_equal(device_run(&d), LWCMP_ERR_NO_IDENTITY);
    assert_int_equal(d.exchanges, 0);
}

/* It is going to be revoked; the application can see it. */
static void test_cmp_5_2_3_02_warning(void **state)
{
    (void)state;
    answer_status(4);
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(lwcmp_server_status(&d.c).status, 4);
}

static void test_cmp_5_2_3_02_lcp_4_2_05_other_status(void **state)
{
    static const struct {
        uint8_t status;
        int error;
    } cases[] = {{1, LWCMP_ERR_STATUS}, {2, LWCMP_ERR_REJECTED},
                 {3, LWCMP_ERR_STATUS}, {5, LWCMP_ERR_STATUS},
                 {6, LWCMP_ERR_STATUS}, {7, LWCMP_ERR_SYNTAX}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        answer_status(cases[i].status);
        assert_int_equal(device_run(&d), cases[i].error);
        assert_int_equal(lwcmp_server_status(&d.c).authenticated,
                         cases[i].error != LWCMP_ERR_SYNTAX);
        (void)lwcmp_end(&d.c);
    }
    device_check_identity(&d);
}

/* revCerts with the serial number and the name, right and wrong. */
static void test_lcp_4_2_05_another_certificate(void **state)
{
    struct lwcmp_cert cert = own_cert();
    uint8_t p[256];
    struct lwcmp_der_out o;

    (void)state;
    lwcmp_der_out_init(&o, p, sizeof p);
    lwcmp_der_open_sequence(&o);
    lwcmp_der_put_raw(&o, accepted + 2, sizeof accepted - 2);
    lwcmp_der_open(&o, LWCMP_DER_CTX(0));
    lwcmp_der_open_sequence(&o);
    lwcmp_der_open_sequence(&o);
    lwcmp_der_put(&o, LWCMP_DER_CTX(4), cert.issuer.p, cert.issuer.n);
    lwcmp_der_put(&o, LWCMP_DER_INTEGER, cert.serial.p, cert.serial.n);
    for (int depth = 0; depth < 4; depth++) {
        lwcmp_der_close(&o);
    }
    assert_int_equal(o.err, 0);
    d.peer.reply = (struct lwcmp_bytes){p, o.n};
    assert_int_equal(device_run(&d), 0);
    p[o.n - 1] ^= 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_STATUS);
}

static void check_fault(enum peer_fault fault, int error)
{
    d.peer.fault = fault;
    d.peer.at = 1;
    assert_int_equal(device_run(&d), error);
    (void)lwcmp_end(&d.c);
}

static void test_lcp_3_5_04_lcp_3_5_08_not_believed(void **state)
{
    (void)state;
    check_fault(PEER_UNPROTECTED, LWCMP_ERR_UNPROTECTED);
    check_fault(PEER_FLIPPED_PROTECTION, LWCMP_ERR_PROTECTION);
    check_fault(PEER_WRONG_BODY, LWCMP_ERR_UNEXPECTED);
    check_fault(PEER_CLAIM, LWCMP_ERR_PEER_CLAIM);
}

static void test_lcp_4_2_06_revoked_already(void **state)
{
    (void)state;
    check_fault(PEER_REVOKED, LWCMP_ERR_PEER_ERROR);
    device_check_identity(&d);
}

static void wait_for_it(void)
{
    d.peer.waits = true;
    d.peer.polls = 2;
    d.peer.check_after = 60;
}

static void test_lcp_4_4_01_lcp_4_4_10_delayed_over_a_reset(void **state)
{
    (void)state;
    wait_for_it();
    d.off_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    d.off_at = 0;
    d.resume = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_POLLREQ);
}

/* It goes on for the same certificate and the same reason only. */
static void test_another_certificate_is_another_errand(void **state)
{
    static const uint8_t serial[] = {0x01};

    (void)state;
    for (int i = 0; i < 2; i++) {
        wait_for_it();
        d.off_at = 1;
        d.resume = false;
        assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
        d.off_at = 0;
        d.resume = true;
        d.peer.waits = false;
        d.request.revoke.serial = (struct lwcmp_bytes){serial, sizeof serial};
        d.request.revoke.reason = (enum lwcmp_reason)i;
        assert_int_equal(device_run(&d), 0);
        assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_RR);
    }
}

/* The device has renewed meanwhile: that is another certificate. */
static void test_another_identity_is_another_errand(void **state)
{
    struct lwcmp_request request = d.request;

    (void)state;
    wait_for_it();
    d.off_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    d.off_at = 0;
    d.peer.waits = false;
    d.peer.reply.n = 0;
    d.peer.serial = 77;
    d.request = (struct lwcmp_request){.operation = LWCMP_KUR};
    assert_int_equal(device_run(&d), 0);
    d.request = request;
    d.peer.reply = (struct lwcmp_bytes){accepted, sizeof accepted};
    d.resume = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_RR);
}

/* At each access of the store: an error, and nothing is changed. */
static void test_store_fails(void **state)
{
    int err = LWCMP_ERR_STORE;

    (void)state;
    for (unsigned at = 1; err != 0; at++) {
        d.ram.operations = 0;
        d.ram.fail_at = at;
        d.ram.error = LWCMP_ERR_STORE;
        err = device_run(&d);
        d.ram.fail_at = 0;
        assert_true(err == 0 || err == LWCMP_ERR_STORE);
        device_check_identity(&d);
        assert_true(at < 20);
        if (err == 0 && d.ram.operations >= at) {
            err = LWCMP_ERR_STORE; /* one that does not matter */
        }
    }
}

#define SIGNED(f) cmocka_unit_test_setup_teardown(f, set_up_signed, tear_down)
#define NAMED(f) cmocka_unit_test_setup_teardown(f, set_up_named, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SIGNED(test_lcp_4_2_02_lcp_4_2_04_own_identity),
        SIGNED(test_lcp_4_2_04_configured_certificate),
        SIGNED(test_a_given_certificate),
        NAMED(test_cmp_b_01_by_secret),
        NAMED(test_a_secret_wants_a_name),
        NAMED(test_request_has_to_fit),
        NAMED(test_nobody_to_sign),
        SIGNED(test_cmp_5_2_3_02_warning),
        SIGNED(test_cmp_5_2_3_02_lcp_4_2_05_other_status),
        SIGNED(test_lcp_4_2_05_another_certificate),
        SIGNED(test_lcp_3_5_04_lcp_3_5_08_not_believed),
        SIGNED(test_lcp_4_2_06_revoked_already),
        SIGNED(test_lcp_4_4_01_lcp_4_4_10_delayed_over_a_reset),
        NAMED(test_another_certificate_is_another_errand),
        SIGNED(test_another_identity_is_another_errand),
        SIGNED(test_store_fails),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else
#include "absent.h"
#endif
