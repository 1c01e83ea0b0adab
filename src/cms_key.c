/* SPDX-License-Identifier: Apache-2.0 */
/* Private keys (RFC 5958, RFC 5915). */
#include <string.h>

#include "cms.h"

#if LWCMP_WITH_CMS
/* id-ct-KP-aKeyPackage: RFC 5958 2 */
lwcmp_oid lwcmp_oid_key_package = {10,   0x60, 0x86, 0x48, 0x01, 0x65,
                                   0x02, 0x01, 0x02, 0x4e, 0x05};

/* id-ecPublicKey: RFC 5480 2.1.1 */
static lwcmp_oid oid_ec = {7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01};

/*
 * ECPrivateKey ::= SEQUENCE {                      -- RFC 5915 3
 *     version     INTEGER { ecPrivkeyVer1(1) },
 *     privateKey  OCTET STRING,
 *     parameters  [0] EXPLICIT ECParameters OPTIONAL,
 *     publicKey   [1] EXPLICIT BIT STRING OPTIONAL }
 */
struct ec_key {
    struct lwcmp_bytes octets, curve, public;
};

static int read_ec_key(const struct lwcmp_bytes *der, struct ec_key *key)
{
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_INTEGER, 0, 0, LWCMP_DER_IGNORED},
        {LWCMP_DER_OCTET_STRING, 0, 0, offsetof(struct ec_key, octets)},
        {LWCMP_DER_CTX(0), LWCMP_DER_OID, LWCMP_DER_OPTIONAL,
         offsetof(struct ec_key, curve)},
        {LWCMP_DER_CTX(1), LWCMP_DER_BIT_STRING,
         LWCMP_DER_OPTIONAL | LWCMP_DER_LAST, offsetof(struct ec_key, public)},
    };

    return lwcmp_der_read(der, fields, key);
}

/* By itself it has to name its curve. */
static int read_bare(const struct lwcmp_bytes *der, uint8_t *room,
                     struct lwcmp_cms_key *key)
{
    struct lwcmp_der_out o;
    struct ec_key ec;
    int err = read_ec_key(der, &ec);

    if (err) {
        return err;
    }
    lwcmp_der_out_init(&o, room, LWCMP_CMS_ALG_ROOM);
    lwcmp_der_open_sequence(&o);
    lwcmp_oid_put(&o, oid_ec);
    lwcmp_der_put(&o, LWCMP_DER_OID, ec.curve.p, ec.curve.n);
    lwcmp_der_close(&o);
    key->alg.p = room;
    key->alg.n = o.n;
    key->octets = ec.octets;
    key->public = ec.public;
    return o.err || ec.curve.p == NULL ? LWCMP_ERR_ALGORITHM : 0;
}

/* What is in it depends on the kind of key. */
static int unwrap(struct lwcmp_cms_key *key)
{
    struct lwcmp_alg_id alg;
    struct ec_key ec;
    int err = lwcmp_alg_read(&key->alg, &alg);

    if (err == 0 && lwcmp_oid_is(&alg.oid, oid_ec)) {
        err = read_ec_key(&key->octets, &ec);
        key->octets = ec.octets;
    }
    return err;
}

/*
 * AsymmetricKeyPackage ::= SEQUENCE SIZE (1..MAX) OF OneAsymmetricKey
 * OneAsymmetricKey ::= SEQUENCE {                  -- RFC 5958 2
 *     version              Version,
 *     privateKeyAlgorithm  AlgorithmIdentifier,
 *     privateKey           OCTET STRING,
 *     attributes           [0] IMPLICIT Attributes OPTIONAL,
 *     publicKey            [1] IMPLICIT BIT STRING OPTIONAL }
 * RFC 9483 4.1.6: there is exactly one.
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
    int err = lwcmp_der_take_only(der, LWCMP_DER_SEQUENCE, &one);

    if (err == 0) {
        err = lwcmp_der_read(&one, fields, key);
    }
    return err ? err : unwrap(key);
}

int lwcmp_cms_key_read(const struct lwcmp_bytes *der, bool bare, uint8_t *room,
                       struct lwcmp_cms_key *key)
{
    int err = read_package(der, key);

    if (err == LWCMP_ERR_SYNTAX && bare) {
        err = read_bare(der, room, key);
    }
    return err == LWCMP_ERR_SYNTAX ? LWCMP_ERR_CMS : err;
}

bool lwcmp_cms_key_is_of(const struct lwcmp_cms_key *key,
                         const struct lwcmp_cert *cert)
{
    const struct lwcmp_bytes *public = &key->public;
    const struct lwcmp_bytes *spki = &cert->spki;

    return public->n <= spki->n &&
           (public->n == 0 ||
            memcmp(spki->p + spki->n - public->n, public->p, public->n) == 0);
}
#endif
