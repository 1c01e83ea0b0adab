/* SPDX-License-Identifier: Apache-2.0 */
/* Private keys (RFC 5958, RFC 5915). */
#include "cms.h"

#include <string.h>

#include "cms_alg.h"

#if LWCMP_WITH_CMS
/*
 * ECPrivateKey ::= SEQUENCE {                      -- RFC 5915 3
 *     version     INTEGER { ecPrivkeyVer1(1) },
 *     privateKey  OCTET STRING,
 *     parameters  [0] EXPLICIT ECParameters OPTIONAL,
 *     publicKey   [1] EXPLICIT BIT STRING OPTIONAL }
 *
 * Whether the key is that of the certificate shows when it is used.
 */
static int read_ec_key(const struct lwcmp_bytes *der, struct lwcmp_cms_key *key)
{
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_INTEGER, 0, 0, LWCMP_DER_IGNORED},
        {LWCMP_DER_OCTET_STRING, 0, 0, offsetof(struct lwcmp_cms_key, octets)},
        {LWCMP_DER_CTX(0), LWCMP_DER_OID, LWCMP_DER_OPTIONAL,
         LWCMP_DER_IGNORED},
        {LWCMP_DER_CTX(1), LWCMP_DER_BIT_STRING,
         LWCMP_DER_OPTIONAL | LWCMP_DER_LAST, LWCMP_DER_IGNORED},
    };

    return lwcmp_der_read(der, fields, key);
}

/*
 * SubjectPublicKeyInfo ::= SEQUENCE {              -- RFC 5280 4.1
 *     algorithm         AlgorithmIdentifier,
 *     subjectPublicKey  BIT STRING }
 */
static int read_bare(const struct lwcmp_bytes *der,
                     const struct lwcmp_bytes *spki, struct lwcmp_cms_key *key)
{
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE,
         offsetof(struct lwcmp_cms_key, alg)},
        {LWCMP_DER_BIT_STRING, 0, LWCMP_DER_LAST, LWCMP_DER_IGNORED},
    };
    int err = lwcmp_der_read(spki, fields, key);

    return err | read_ec_key(der, key);
}

/*
 * AsymmetricKeyPackage ::= SEQUENCE SIZE (1..MAX) OF OneAsymmetricKey
 * OneAsymmetricKey ::= SEQUENCE {                  -- RFC 5958 2
 *     version              Version,
 *     privateKeyAlgorithm  AlgorithmIdentifier,
 *     privateKey           OCTET STRING,
 *     attributes           [0] IMPLICIT Attributes OPTIONAL,
 *     publicKey            [1] IMPLICIT BIT STRING OPTIONAL }
 * RFC 9483 4.1.6: there is exactly one. What is in privateKey depends on the
 * kind of key.
 */
static int read_package(const struct lwcmp_bytes *der,
                        struct lwcmp_cms_key *key)
{
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_INTEGER, 0, 0, LWCMP_DER_IGNORED},
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE,
         offsetof(struct lwcmp_cms_key, alg)},
        {LWCMP_DER_OCTET_STRING, 0, 0, offsetof(struct lwcmp_cms_key, octets)},
        {LWCMP_DER_CTX(0), 0, LWCMP_DER_OPTIONAL, LWCMP_DER_IGNORED},
        {LWCMP_DER_CTX_PRIM(1), 0, LWCMP_DER_OPTIONAL | LWCMP_DER_LAST,
         offsetof(struct lwcmp_cms_key, public)},
    };
    struct lwcmp_bytes one;
    struct lwcmp_alg_id alg;
    int err = lwcmp_der_take_only(der, LWCMP_DER_SEQUENCE, &one);

    err |= lwcmp_der_read(&one, fields, key);
    err |= lwcmp_alg_read(&key->alg, &alg);
    return err == 0 && lwcmp_cms_oid(&alg.oid) == LWCMP_CMS_EC
               ? read_ec_key(&key->octets, key)
               : err;
}

/* publicKey is the end of what is in the certificate, if it is the same. */
static bool is_of(const struct lwcmp_bytes *public,
                  const struct lwcmp_bytes *spki)
{
    return public->n <= spki->n &&
           (public->n == 0 ||
            memcmp(spki->p + spki->n - public->n, public->p, public->n) == 0);
}

int lwcmp_cms_key_read(const struct lwcmp_bytes *der, bool bare,
                       const struct lwcmp_bytes *spki,
                       struct lwcmp_cms_key *key)
{
    int err = read_package(der, key);

    if (err && bare) {
        err = read_bare(der, spki, key);
    }
    if (err) {
        return LWCMP_ERR_CMS;
    }
    return is_of(&key->public, spki) ? 0 : LWCMP_ERR_CERT_KEY;
}
#endif
