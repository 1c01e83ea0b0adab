/* SPDX-License-Identifier: Apache-2.0 */
#include "alg.h"

#include <string.h>

/* Algorithms whose values and whose OIDs, at the end, count up together. */
struct family {
    uint8_t kind, value, count;
    bool null;       /* NULL is sent */
    uint8_t oid[10]; /* of the first one */
};

/*
 * SHA-256, SHA-384 and SHA-512 of each kind. RFC 9481: 2.1 hashes, 3.1 RSA,
 * 3.2 ECDSA, 6.2.1 HMAC. The first HMAC-SHA1 is the one of RFC 4210; other
 * software sends the second. The first row that fits is the one that is sent.
 */
/* clang-format off */
static const struct family families[] = {
    {LWCMP_ALG_HASH, LWCMP_SHA256, 3, false,
     {9, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01}},
    {LWCMP_ALG_HMAC, LWCMP_SHA256, 3, true,
     {8, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x09}},
#if LWCMP_WITH_HMAC_SHA1
    {LWCMP_ALG_HMAC, LWCMP_SHA1, 1, false,
     {8, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x08, 0x01, 0x02}},
    {LWCMP_ALG_HMAC, LWCMP_SHA1, 1, true,
     {8, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x07}},
#endif
    {LWCMP_ALG_SIG, LWCMP_ECDSA_SHA256, 3, false,
     {8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02}},
    {LWCMP_ALG_SIG, LWCMP_RSA_SHA256, 3, true,
     {9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b}},
};
/* clang-format on */

#define FAMILIES (sizeof families / sizeof families[0])

static uint8_t find(enum lwcmp_alg_kind kind, struct lwcmp_bytes oid)
{
    for (size_t i = 0; i < FAMILIES; i++) {
        const struct family *f = &families[i];
        unsigned which;

        if (f->kind == kind && oid.n == f->oid[0] &&
            memcmp(oid.p, f->oid + 1, oid.n - 1) == 0) {
            which = (unsigned)oid.p[oid.n - 1] - f->oid[oid.n];
            if (which < f->count) {
                return (uint8_t)(f->value + which);
            }
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
    struct lwcmp_der_in seq;
    struct lwcmp_bytes oid;

    lwcmp_der_enter(in, LWCMP_DER_SEQUENCE, &seq);
    lwcmp_der_get(&seq, LWCMP_DER_OID, &oid);
    lwcmp_der_skip_if(&seq, LWCMP_DER_NULL);
    *value = seq.n == 0 ? find(kind, oid) : 0;
    if (*value == 0) {
        lwcmp_der_fail(in, LWCMP_ERR_ALGORITHM);
    }
}

static void put(struct lwcmp_der_out *o, const struct family *f, unsigned which)
{
    size_t seq = lwcmp_der_open(o, LWCMP_DER_SEQUENCE);

    lwcmp_oid_put(o, f->oid);
    if (o->err == 0) {
        o->p[o->n - 1] = (uint8_t)(o->p[o->n - 1] + which);
    }
    if (f->null) {
        lwcmp_der_put(o, LWCMP_DER_NULL, (struct lwcmp_bytes){NULL, 0});
    }
    lwcmp_der_close(o, seq);
}

void lwcmp_alg_put(struct lwcmp_der_out *o, enum lwcmp_alg_kind kind,
                   uint8_t value)
{
    for (size_t i = 0; i < FAMILIES; i++) {
        const struct family *f = &families[i];
        unsigned which = (unsigned)value - f->value;

        if (f->kind == kind && which < f->count) {
            put(o, f, which);
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
    if (p != NULL) {
        err = lwcmp_crypto_sign(key, sig, parts, count, p, n, &n);
        if (err) {
            lwcmp_der_out_fail(o, err);
        }
        lwcmp_der_wrote(o, n);
    }
    lwcmp_der_close(o, bits);
}

enum lwcmp_hash lwcmp_alg_sig_hash(enum lwcmp_sig sig)
{
    if (sig == LWCMP_SIG_NONE) {
        return LWCMP_HASH_NONE;
    }
    return (enum lwcmp_hash)(LWCMP_SHA256 + (sig - LWCMP_ECDSA_SHA256) % 3);
}
