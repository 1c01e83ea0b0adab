/* SPDX-License-Identifier: Apache-2.0 */
#include "alg.h"

#include <string.h>

#include "pss.h"

/* Algorithms whose values and whose OIDs, at the end, count up together. */
struct family {
    uint8_t kind, value, count, behind;
    uint8_t der[15]; /* AlgorithmIdentifier of the first one, as we send it */
};

/* Where its OID is, and how long, in octets. */
#define OID 4
#define OID_LENGTH 3

/*
 * SHA-256, SHA-384 and SHA-512 of each kind. RFC 9481: 2.1 hashes, 3.1 RSA,
 * 3.2 ECDSA, 6.2.1 HMAC. The first HMAC-SHA1 is the one of RFC 4210; other
 * software sends the second. The first row that fits is the one that is sent.
 */
/* clang-format off */
static const struct family families[] = {
    {LWCMP_ALG_HASH, LWCMP_SHA256, 3, 1,
     {0x30, 11, 0x06, 9, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01}},
    {LWCMP_ALG_HMAC, LWCMP_SHA256, 3, 3,
     {0x30, 12, 0x06, 8, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x09,
      0x05, 0}},
#if LWCMP_WITH_HMAC_SHA1
    {LWCMP_ALG_HMAC, LWCMP_SHA1, 1, 1,
     {0x30, 10, 0x06, 8, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x08, 0x01, 0x02}},
    {LWCMP_ALG_HMAC, LWCMP_SHA1, 1, 3,
     {0x30, 12, 0x06, 8, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x07,
      0x05, 0}},
#endif
    {LWCMP_ALG_SIG, LWCMP_ECDSA_SHA256, 3, 1,
     {0x30, 10, 0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02}},
    {LWCMP_ALG_SIG, LWCMP_RSA_SHA256, 3, 3,
     {0x30, 13, 0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b,
      0x05, 0}},
};
/* clang-format on */

#define FAMILIES (sizeof families / sizeof families[0])

/*
 * AlgorithmIdentifier ::= SEQUENCE {               -- RFC 5280 4.1.1.2
 *     algorithm   OBJECT IDENTIFIER,
 *     parameters  ANY DEFINED BY algorithm OPTIONAL }
 */
int lwcmp_alg_read(const struct lwcmp_bytes *der, struct lwcmp_alg_id *id)
{
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_OID, 0, 0, offsetof(struct lwcmp_alg_id, oid)},
        {LWCMP_DER_ANY, 0,
         LWCMP_DER_OPTIONAL | LWCMP_DER_WHOLE | LWCMP_DER_LAST,
         offsetof(struct lwcmp_alg_id, parameters)},
    };

    return lwcmp_der_read(der, fields, id);
}

/*
 * None of ours has parameters, save RSASSA-PSS. NULL and nothing are both
 * written for that, by one software or another, whatever the RFC says of the
 * algorithm.
 */
uint8_t lwcmp_alg_find(const struct lwcmp_alg_id *id, enum lwcmp_alg_kind kind)
{
    size_t n = id->oid.n - 1; /* the octets before the one that counts up */

    if (id->parameters.n > 0 && id->parameters.p[0] != LWCMP_DER_NULL) {
        return kind == LWCMP_ALG_SIG ? lwcmp_pss_find(id) : 0;
    }
    for (size_t i = 0; i < FAMILIES; i++) {
        const struct family *f = &families[i];

        if (f->kind == kind && f->der[OID_LENGTH] == n + 1 &&
            memcmp(id->oid.p, f->der + OID, n) == 0) {
            unsigned which = (unsigned)id->oid.p[n] - f->der[OID + n];

            if (which < f->count) {
                return (uint8_t)(f->value + which);
            }
        }
    }
    return 0;
}

int lwcmp_alg_get(const struct lwcmp_bytes *der, enum lwcmp_alg_kind kind,
                  uint8_t *value)
{
    struct lwcmp_alg_id id;
    int err = lwcmp_alg_read(der, &id);

    *value = err ? 0 : lwcmp_alg_find(&id, kind);
    return err == 0 && *value == 0 ? LWCMP_ERR_ALGORITHM : err;
}

void lwcmp_alg_put(struct lwcmp_der_out *o, enum lwcmp_alg_kind kind,
                   uint8_t value)
{
    for (const struct family *f = families; f < families + FAMILIES; f++) {
        unsigned which = (unsigned)value - f->value;

        if (f->kind == kind && which < f->count) {
            lwcmp_der_put_raw(o, f->der, f->der[1] + 2u);
            if (o->err == 0) {
                o->p[o->n - f->behind] += (uint8_t)which;
            }
            return;
        }
    }
    lwcmp_pss_put(o, kind == LWCMP_ALG_SIG ? value : LWCMP_SIG_NONE);
}

enum lwcmp_hash lwcmp_alg_sig_hash(enum lwcmp_sig sig)
{
    if (sig == LWCMP_SIG_NONE) {
        return LWCMP_HASH_NONE;
    }
    return (enum lwcmp_hash)(LWCMP_SHA256 + (sig - LWCMP_ECDSA_SHA256) % 3);
}
