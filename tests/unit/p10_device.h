/* SPDX-License-Identifier: Apache-2.0 */
/* A device for each test of p10cr, and a CSR that somebody gave it. */
#ifndef LWCMP_TEST_P10_DEVICE_H
#define LWCMP_TEST_P10_DEVICE_H

#include "csr_make.h"
#include "engine_device.h"

#define NUMBER 42 /* of the key pair that somebody has */

static uint8_t csr_octets[512];

static inline void set_csr(const struct csr_make *what)
{
    struct lwcmp_der_out o;

    lwcmp_der_out_init(&o, csr_octets, sizeof csr_octets);
    d.request.csr = csr_make(&o, what);
    assert_int_equal(o.err, 0);
    d.request.operation = LWCMP_P10CR;
}

static inline int set_up_p10(void **state)
{
    (void)set_up(state);
    set_csr(&(struct csr_make){.number = NUMBER});
    crypto_toy.calls_of[CRYPTO_TOY_KEY_GENERATE] = 0; /* the peer's */
    return 0;
}

static inline int set_up_p10_waiting(void **state)
{
    (void)set_up_p10(state);
    d.peer.waits = true;
    d.peer.polls = 2;
    d.peer.check_after = 60;
    return 0;
}

/* Once more from the beginning. */
static inline void start_over(void **state, bool waiting)
{
    (void)tear_down(state);
    (void)(waiting ? set_up_p10_waiting(state) : set_up_p10(state));
}

/* Ends this run, and lets the next one go on. */
static inline void go_on(void)
{
    (void)lwcmp_end(&d.c);
    assert_int_equal(crypto_toy_volatile_keys(), 0);
    d.gone_at = 0;
    d.off_at = 0;
    d.resume = true;
}

/* certReqId of a certConf or pollReq, by its octet. */
static inline uint8_t number_sent(unsigned i)
{
    struct lwcmp_message m = device_sent(&d, i);
    struct lwcmp_bytes in;
    struct lwcmp_bytes id;

    assert_int_equal(lwcmp_der_take_only(&m.content, LWCMP_DER_SEQUENCE, &in),
                     0);
    assert_int_equal(lwcmp_der_take(&in, LWCMP_DER_SEQUENCE, &in), 0);
    if (m.type == LWCMP_BODY_CERTCONF) {
        assert_int_equal(lwcmp_der_take(&in, LWCMP_DER_OCTET_STRING, &id), 0);
    } else {
        assert_int_equal(m.type, LWCMP_BODY_POLLREQ);
    }
    assert_int_equal(lwcmp_der_take(&in, LWCMP_DER_INTEGER, &id), 0);
    assert_int_equal(id.n, 1);
    return id.p[0];
}

/* The identity is that of the request, and there is no key for it. */
static inline void check_identity(unsigned active)
{
    struct lwcmp_journal journal = device_journal(&d);
    struct lwcmp_bytes row;
    struct lwcmp_bytes der;
    struct lwcmp_cert cert;
    uint8_t spki[CRYPTO_TOY_SPKI];

    assert_int_equal(journal.active, active);
    assert_int_equal(journal.phase, LWCMP_PHASE_IDLE);
    row = device_record(&d,
                        (enum lwcmp_record)(LWCMP_RECORD_CERT_1 - 1 + active));
    assert_true(lwcmp_cert_next(&row, &der));
    assert_int_equal(lwcmp_cert_read(&der, &cert), 0);
    crypto_toy_spki(NUMBER, spki);
    assert_int_equal(cert.spki.n, sizeof spki);
    assert_memory_equal(cert.spki.p, spki, sizeof spki);
    assert_int_equal(crypto_toy.calls_of[CRYPTO_TOY_KEY_GENERATE], 0);
}

#define P10(f) cmocka_unit_test_setup_teardown(f, set_up_p10, tear_down)
#define P10_WAITING(f) \
    cmocka_unit_test_setup_teardown(f, set_up_p10_waiting, tear_down)

#endif
