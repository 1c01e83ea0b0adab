/* SPDX-License-Identifier: Apache-2.0 */
#include "cms_alg.h"

#if LWCMP_WITH_CMS
/*
 * All octets but the last one, with their count in front: pkcs-1 (RFC 8017
 * appendix C), pkcs-7 (RFC 5652 4), pkcs-9 (11), aes (RFC 3565 2.3, RFC 3394),
 * the schemes of ECDH (RFC 5753 7.1.4), keyType of EC (RFC 5480 2.1.1), and
 * that of id-ct-KP-aKeyPackage (RFC 5958 2).
 */
/* clang-format off */
static const uint8_t arcs[] = {
    8, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01,
    8, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07,
    8, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09,
    8, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01,
    5, 0x2b, 0x81, 0x04, 0x01, 0x0b,
    6, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02,
    9, 0x60, 0x86, 0x48, 0x01, 0x65, 0x02, 0x01, 0x02, 0x4e,
    0};
/* clang-format on */

unsigned lwcmp_cms_oid(const struct lwcmp_bytes *oid)
{
    const struct lwcmp_bytes front = {oid->p, oid->n - 1};
    unsigned which = 1;

    for (const uint8_t *arc = arcs; *arc != 0; arc += *arc + 1) {
        if (lwcmp_oid_is(&front, arc)) {
            return front.p[front.n] * LWCMP_CMS_NEXT + which;
        }
        which++;
    }
    return 0;
}

unsigned lwcmp_cms_which(const struct lwcmp_bytes *oid,
                         enum lwcmp_cms_oid first, unsigned apart)
{
    unsigned is = lwcmp_cms_oid(oid);
    unsigned number = first;

    for (unsigned which = 1; which <= 3; which++) {
        if (is == number) {
            return which;
        }
        number += apart;
    }
    return 0;
}

/* 128, 192 and 256 bits are 20 apart. */
uint8_t lwcmp_cms_aes(const struct lwcmp_bytes *oid,
                      enum lwcmp_cms_oid with_128)
{
    unsigned which = lwcmp_cms_which(oid, with_128, 20 * LWCMP_CMS_NEXT);

    return (uint8_t)(which > 0 ? 8 + 8 * which : 0);
}

/*
 * RSAES-OAEP-params ::= SEQUENCE {                 -- RFC 8017 A.2.1
 *     hashAlgorithm     [0] HashAlgorithm    DEFAULT sha1,
 *     maskGenAlgorithm  [1] MaskGenAlgorithm DEFAULT mgf1SHA1,
 *     pSourceAlgorithm  [2] PSourceAlgorithm DEFAULT pSpecifiedEmpty }
 * All tags are explicit. SHA-1 is not for us, so the first two are there. With
 * a label, which nobody uses, it does not decrypt. The parameter of MGF1 is
 * its hash.
 */
uint8_t lwcmp_cms_oaep(const struct lwcmp_bytes *parameters)
{
    struct params {
        struct lwcmp_bytes hash, mask;
    } params;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_CTX(0), LWCMP_DER_SEQUENCE, LWCMP_DER_WHOLE,
         offsetof(struct params, hash)},
        {LWCMP_DER_CTX(1), LWCMP_DER_SEQUENCE, LWCMP_DER_WHOLE,
         offsetof(struct params, mask)},
        {LWCMP_DER_CTX(2), LWCMP_DER_SEQUENCE,
         LWCMP_DER_OPTIONAL | LWCMP_DER_LAST, LWCMP_DER_IGNORED},
    };
    struct lwcmp_alg_id mask;
    uint8_t hash;
    uint8_t of_mask;

    if (lwcmp_der_read(parameters, fields, &params) ||
        lwcmp_alg_get(&params.hash, LWCMP_ALG_HASH, &hash) ||
        lwcmp_alg_read(&params.mask, &mask) ||
        lwcmp_cms_oid(&mask.oid) != LWCMP_CMS_MGF1 ||
        lwcmp_alg_get(&mask.parameters, LWCMP_ALG_HASH, &of_mask) ||
        hash != of_mask) {
        return 0;
    }
    return hash;
}
#endif
