/* SPDX-License-Identifier: Apache-2.0 */
/* A path of an end entity, a CA and a root; the toy provider signs CRLs. */
#ifndef LWCMP_TEST_CRL_FIXTURE_H
#define LWCMP_TEST_CRL_FIXTURE_H

#include "vectors.h"

#include "cert_make.h"
#include "crl_make.h"
#include "crypto_toy.h"
#include "lwcmp/crl.h"

#define ROOT_KEY 0x11
#define CA_KEY 0x12
#define OTHER_KEY 0x13
#define SERIAL 0x1234
#define IN_2024 1704067200u
#define IN_2030 1893456000u
#define IN_2046 2398377600u

static uint8_t bytes[8192], crl_bytes[4096];
static struct lwcmp_der_out o;
static struct lwcmp_bytes path[3], crls;
static struct lwcmp_time now;

static inline struct lwcmp_bytes make_cert(struct cert_make what, lwcmp_key key)
{
    static uint8_t spki[CRYPTO_TOY_SPKI];
    size_t n;

    assert_int_equal(lwcmp_crypto_key_public(key, spki, sizeof spki, &n), 0);
    what.spki = (struct lwcmp_bytes){spki, n};
    return cert_make(&o, &what);
}

static const struct cert_make leaf = {
    .subject = "device", .issuer = "CA", .serial = SERIAL, .ski = 3, .aki = 2};
static const struct cert_make sub = {.subject = "CA",
                                     .issuer = "root",
                                     .serial = 7,
                                     .ski = 2,
                                     .aki = 1,
                                     .usage = CRL_BYTES("\x03\x02\x01\x06"),
                                     .constraints =
                                         CRL_BYTES("\x30\x03\x01\x01\xff")};
static const struct cert_make root = {
    .subject = "root", .issuer = "root", .ski = 1};
static const struct crl_make by_ca = {
    .issuer = "CA", .signer = CA_KEY, .aki = 2, .serial = 0x999};
static const struct crl_make by_root = {
    .issuer = "root", .signer = ROOT_KEY, .aki = 1, .serial = 0x999};

static inline int start(void **state)
{
    (void)state;
    crypto_toy_reset();
    crypto_toy_key_set(ROOT_KEY, 1);
    crypto_toy_key_set(CA_KEY, 2);
    crypto_toy_key_set(OTHER_KEY, 3);
    lwcmp_der_out_init(&o, bytes, sizeof bytes);
    path[0] = make_cert(leaf, OTHER_KEY);
    path[1] = make_cert(sub, CA_KEY);
    path[2] = make_cert(root, ROOT_KEY);
    crls = (struct lwcmp_bytes){crl_bytes, 0};
    now = (struct lwcmp_time){LWCMP_TIME_EXACT, IN_2030};
    return o.err;
}

static inline int stop(void **state)
{
    (void)state;
    return (int)crypto_toy_volatile_keys();
}

static inline struct lwcmp_bytes add(const struct crl_make *what)
{
    struct lwcmp_der_out to;
    struct lwcmp_bytes der;

    lwcmp_der_out_init(&to, crl_bytes + crls.n, sizeof crl_bytes - crls.n);
    der = crl_make(&to, what);
    assert_int_equal(to.err, 0);
    crls.n += der.n;
    return der;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)

#endif
