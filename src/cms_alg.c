/* SPDX-License-Identifier: Apache-2.0 */
#include "cms_alg.h"

#include <string.h>

#if LWCMP_WITH_CMS
/* All octets but the last one, which is handed out; 0: another OID. */
static uint8_t last_behind(const struct lwcmp_bytes *oid, const uint8_t *p,
                           size_t n)
{
    return oid->n == n + 1 && memcmp(oid->p, p, n) == 0 ? oid->p[n] : 0;
}

/* pkcs-1: RFC 8017 appendix C */
enum lwcmp_cms_rsa lwcmp_cms_alg_rsa(const struct lwcmp_bytes *oid)
{
    static const uint8_t pkcs1[] = {0x2a, 0x86, 0x48, 0x86,
                                    0xf7, 0x0d, 0x01, 0x01};

    return (enum lwcmp_cms_rsa)last_behind(oid, pkcs1, sizeof pkcs1);
}

/* aes: RFC 3565 2.3, RFC 3394; 128, 192 and 256 bits are 20 apart. */
uint8_t lwcmp_cms_alg_aes(const struct lwcmp_bytes *oid, enum lwcmp_cms_aes way)
{
    static const uint8_t aes[] = {0x60, 0x86, 0x48, 0x01,
                                  0x65, 0x03, 0x04, 0x01};
    unsigned apart = (unsigned)last_behind(oid, aes, sizeof aes) - way;

    return apart <= 40 && apart % 20 == 0 ? (uint8_t)(16 + apart / 20 * 8) : 0;
}

/* dhSinglePass-stdDH-sha256kdf-scheme and the next two: RFC 5753 7.1.4 */
enum lwcmp_hash lwcmp_cms_alg_ecdh(const struct lwcmp_bytes *oid)
{
    static const uint8_t schemes[] = {0x2b, 0x81, 0x04, 0x01, 0x0b};
    unsigned which = last_behind(oid, schemes, sizeof schemes);

    return which >= 1 && which <= 3
               ? (enum lwcmp_hash)(LWCMP_SHA256 + which - 1)
               : LWCMP_HASH_NONE;
}

/* MaskGenAlgorithm: MGF1, whose parameter is its hash (RFC 8017 A.2.1). */
static int read_mask(const struct lwcmp_bytes *der, uint8_t *hash)
{
    struct lwcmp_alg_id mask;
    int err = lwcmp_alg_read(der, &mask);

    if (err) {
        return err;
    }
    return lwcmp_cms_alg_rsa(&mask.oid) == LWCMP_CMS_MGF1
               ? lwcmp_alg_get(&mask.parameters, LWCMP_ALG_HASH, hash)
               : LWCMP_ERR_ALGORITHM;
}

/*
 * RSAES-OAEP-params ::= SEQUENCE {                 -- RFC 8017 A.2.1
 *     hashAlgorithm     [0] HashAlgorithm    DEFAULT sha1,
 *     maskGenAlgorithm  [1] MaskGenAlgorithm DEFAULT mgf1SHA1,
 *     pSourceAlgorithm  [2] PSourceAlgorithm DEFAULT pSpecifiedEmpty }
 * All tags are explicit. SHA-1 is not for us. With a label, which nobody
 * uses, it does not decrypt.
 */
int lwcmp_cms_alg_oaep(const struct lwcmp_bytes *parameters, uint8_t *hash)
{
    struct params {
        struct lwcmp_bytes hash, mask;
    } params;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_CTX(0), LWCMP_DER_SEQUENCE,
         LWCMP_DER_OPTIONAL | LWCMP_DER_WHOLE, offsetof(struct params, hash)},
        {LWCMP_DER_CTX(1), LWCMP_DER_SEQUENCE,
         LWCMP_DER_OPTIONAL | LWCMP_DER_WHOLE, offsetof(struct params, mask)},
        {LWCMP_DER_CTX(2), LWCMP_DER_SEQUENCE,
         LWCMP_DER_OPTIONAL | LWCMP_DER_LAST, LWCMP_DER_IGNORED},
    };
    uint8_t of_mask = 0;
    int err = lwcmp_der_read(parameters, fields, &params);

    if (err == 0 && (params.hash.p == NULL || params.mask.p == NULL)) {
        err = LWCMP_ERR_ALGORITHM;
    }
    if (err == 0) {
        err = lwcmp_alg_get(&params.hash, LWCMP_ALG_HASH, hash);
    }
    if (err == 0) {
        err = read_mask(&params.mask, &of_mask);
    }
    return err == 0 && *hash != of_mask ? LWCMP_ERR_ALGORITHM : err;
}
#endif
