/* SPDX-License-Identifier: Apache-2.0 */
#include "alg.h"

#include "bytes.h"

struct alg {
    uint8_t kind, value, null; /* NULL is sent */
    lwcmp_oid oid;
};

/*
 * RFC 9481: 2.1 hashes, 3.1 RSA, 3.2 ECDSA, 6.2.1 HMAC. The first HMAC-SHA1
 * is the one of RFC 4210; other software sends the second. The first row of
 * its kind and value is the one that is sent.
 */
/* clang-format off */
static const struct alg algs[] = {
    {LWCMP_ALG_HASH, LWCMP_SHA256, 0,
     {9, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01}},
    {LWCMP_ALG_HASH, LWCMP_SHA384, 0,
     {9, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02}},
    {LWCMP_ALG_HASH, LWCMP_SHA512, 0,
     {9, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03}},
    {LWCMP_ALG_HMAC, LWCMP_SHA256, 1,
     {8, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x09}},
    {LWCMP_ALG_HMAC, LWCMP_SHA384, 1,
     {8, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x0a}},
    {LWCMP_ALG_HMAC, LWCMP_SHA512, 1,
     {8, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x0b}},
#if LWCMP_WITH_HMAC_SHA1
    {LWCMP_ALG_HMAC, LWCMP_SHA1, 0,
     {8, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x08, 0x01, 0x02}},
    {LWCMP_ALG_HMAC, LWCMP_SHA1, 0,
     {8, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x07}},
#endif
    {LWCMP_ALG_SIG, LWCMP_ECDSA_SHA256, 0,
     {8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02}},
    {LWCMP_ALG_SIG, LWCMP_ECDSA_SHA384, 0,
     {8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x03}},
    {LWCMP_ALG_SIG, LWCMP_ECDSA_SHA512, 0,
     {8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x04}},
    {LWCMP_ALG_SIG, LWCMP_RSA_SHA256, 1,
     {9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b}},
    {LWCMP_ALG_SIG, LWCMP_RSA_SHA384, 1,
     {9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0c}},
    {LWCMP_ALG_SIG, LWCMP_RSA_SHA512, 1,
     {9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0d}},
};
/* clang-format on */

#define ALGS (sizeof algs / sizeof algs[0])

static uint8_t find(enum lwcmp_alg_kind kind, struct lwcmp_bytes oid)
{
    for (size_t i = 0; i < ALGS; i++) {
        if (algs[i].kind == kind && lwcmp_oid_is(oid, algs[i].oid)) {
            return algs[i].value;
        }
    }
    return 0;
}

/*
 * AlgorithmIdentifier ::= SEQUENCE {               -- RFC 5280 4.1.1.2
 *     algorithm   OBJECT IDENTIFIER,
 *     parameters  ANY DEFINED BY algorithm OPTIONAL }
 *
 * None of ours has parameters. NULL and nothing are both written for that, by
 * one software or another, whatever the RFC says of the algorithm.
 */
void lwcmp_alg_get(struct lwcmp_der_in *in, enum lwcmp_alg_kind kind,
                   uint8_t *value)
{
    static const struct lwcmp_bytes null = {(const uint8_t *)"\x05", 2};
    struct lwcmp_der_in seq;
    struct lwcmp_bytes oid;

    *value = 0;
    lwcmp_der_enter(in, LWCMP_DER_SEQUENCE, &seq);
    lwcmp_der_get(&seq, LWCMP_DER_OID, &oid);
    if (seq.n == 0 ||
        lwcmp_bytes_equal((struct lwcmp_bytes){seq.p, seq.n}, null)) {
        *value = find(kind, oid);
    }
    if (*value == 0) {
        lwcmp_der_fail(in, LWCMP_ERR_ALGORITHM);
    }
}

void lwcmp_alg_put(struct lwcmp_der_out *o, enum lwcmp_alg_kind kind,
                   uint8_t value)
{
    for (size_t i = 0; i < ALGS; i++) {
        if (algs[i].kind == kind && algs[i].value == value) {
            size_t seq = lwcmp_der_open(o, LWCMP_DER_SEQUENCE);

            lwcmp_oid_put(o, algs[i].oid);
            if (algs[i].null) {
                lwcmp_der_put(o, LWCMP_DER_NULL, (struct lwcmp_bytes){NULL, 0});
            }
            lwcmp_der_close(o, seq);
            return;
        }
    }
    lwcmp_der_out_fail(o, LWCMP_ERR_ALGORITHM);
}

/* The octet in front is the number of unused bits. */
void lwcmp_alg_put_signature(struct lwcmp_der_out *o, lwcmp_key key,
                             enum lwcmp_sig sig,
                             const struct lwcmp_bytes *parts, size_t count)
{
    static const uint8_t no_unused_bits = 0;
    size_t bits = lwcmp_der_open(o, LWCMP_DER_BIT_STRING);
    size_t n;
    uint8_t *p;
    int err;

    lwcmp_der_put_raw(o, (struct lwcmp_bytes){&no_unused_bits, 1});
    p = lwcmp_der_room(o, &n);
    if (p == NULL) {
        return;
    }
    err = lwcmp_crypto_sign(key, sig, parts, count, p, n, &n);
    if (err) {
        lwcmp_der_out_fail(o, err);
        return;
    }
    lwcmp_der_wrote(o, n);
    lwcmp_der_close(o, bits);
}

enum lwcmp_hash lwcmp_alg_sig_hash(enum lwcmp_sig sig)
{
    static const uint8_t hash[] = {LWCMP_HASH_NONE, LWCMP_SHA256, LWCMP_SHA384,
                                   LWCMP_SHA512,    LWCMP_SHA256, LWCMP_SHA384,
                                   LWCMP_SHA512};

    return (enum lwcmp_hash)hash[sig];
}
