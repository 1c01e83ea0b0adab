/* SPDX-License-Identifier: Apache-2.0 */
#include "pss.h"

#include <string.h>

#if LWCMP_WITH_PSS
/*
 * RSASSA-PSS-params ::= SEQUENCE {                 -- RFC 4055 3.1
 *     hashAlgorithm     [0] HashAlgorithm     DEFAULT sha1Identifier,
 *     maskGenAlgorithm  [1] MaskGenAlgorithm  DEFAULT mgf1SHA1Identifier,
 *     saltLength        [2] INTEGER           DEFAULT 20,
 *     trailerField      [3] INTEGER           DEFAULT 1 }
 *
 * As AlgorithmIdentifier, with SHA-256. RFC 4055 2.1 wants NULL for the
 * parameters of the hashes; nothing is taken as well.
 */
static const uint8_t sha256[] = {
    0x30, 0x41, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01,
    0x0a, 0x30, 0x34, 0xa0, 0x0f, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48,
    0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0xa1, 0x1c, 0x30, 0x1a,
    0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x08, 0x30,
    0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
    0x05, 0x00, 0xa2, 0x03, 0x02, 0x01, 0x20};

/* Where in it the OIDs are, with their length in front, and what counts up. */
#define PSS (sha256 + 3)
#define MGF1 (sha256 + 37)
#define HASH 29
#define MGF1_HASH 59
#define SALT 66

/* Each next enum lwcmp_hash is longer by that; so is its salt. */
#define STEP 16

struct params {
    struct lwcmp_bytes hash, mgf, salt, trailer;
};

/* A salt of SHA-1's length, and its hash, are the defaults: never wanted. */
static const struct lwcmp_der_field fields[] = {
    {LWCMP_DER_CTX(0), LWCMP_DER_SEQUENCE, LWCMP_DER_WHOLE,
     offsetof(struct params, hash)},
    {LWCMP_DER_CTX(1), LWCMP_DER_SEQUENCE, LWCMP_DER_WHOLE,
     offsetof(struct params, mgf)},
    {LWCMP_DER_CTX(2), LWCMP_DER_INTEGER, 0, offsetof(struct params, salt)},
    {LWCMP_DER_CTX(3), LWCMP_DER_INTEGER, LWCMP_DER_OPTIONAL | LWCMP_DER_LAST,
     offsetof(struct params, trailer)},
};

/* The hash that MGF1 is made with; 0 for another function. */
static uint8_t mgf_hash(const struct lwcmp_bytes *der)
{
    struct lwcmp_alg_id mgf;
    uint8_t hash = LWCMP_HASH_NONE;

    if (lwcmp_alg_read(der, &mgf) == 0 && lwcmp_oid_is(&mgf.oid, MGF1)) {
        (void)lwcmp_alg_get(&mgf.parameters, LWCMP_ALG_HASH, &hash);
    }
    return hash;
}

uint8_t lwcmp_pss_find(const struct lwcmp_alg_id *id)
{
    struct params params;
    uint8_t hash;

    if (!lwcmp_oid_is(&id->oid, PSS) ||
        lwcmp_der_read(&id->parameters, fields, &params) ||
        lwcmp_alg_get(&params.hash, LWCMP_ALG_HASH, &hash) ||
        mgf_hash(&params.mgf) != hash ||
        lwcmp_der_number(&params.salt) != (uint32_t)STEP * hash ||
        (params.trailer.p != NULL && lwcmp_der_number(&params.trailer) != 1)) {
        return 0;
    }
    return (uint8_t)(LWCMP_RSA_PSS_SHA256 + (hash - LWCMP_SHA256));
}

void lwcmp_pss_put(struct lwcmp_der_out *o, uint8_t sig)
{
    unsigned which = (unsigned)sig - LWCMP_RSA_PSS_SHA256;

    if (which > LWCMP_RSA_PSS_SHA512 - LWCMP_RSA_PSS_SHA256) {
        lwcmp_der_out_fail(o, LWCMP_ERR_ALGORITHM);
        return;
    }
    lwcmp_der_put_raw(o, sha256, sizeof sha256);
    if (o->err == 0) {
        uint8_t *p = o->p + o->n - sizeof sha256;

        p[HASH] = (uint8_t)(p[HASH] + which);
        p[MGF1_HASH] = (uint8_t)(p[MGF1_HASH] + which);
        p[SALT] = (uint8_t)(p[SALT] + STEP * which);
    }
}
#endif
