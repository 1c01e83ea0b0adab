/* SPDX-License-Identifier: Apache-2.0 */
#include "custom_path.h"

#include <string.h>

#include "bytes.h"
#include "lwcmp/lifecycle.h"

#if LWCMP_WITH_CUSTOM_SIG
/*
 * Certificate ::= SEQUENCE {                       -- RFC 5280 4.1
 *     tbsCertificate      TBSCertificate,
 *     signatureAlgorithm  AlgorithmIdentifier,
 *     signatureValue      BIT STRING }
 */
struct parts {
    struct lwcmp_bytes tbs, algorithm, signature;
};

/* It was read before, so there is no error. */
static void split(const struct lwcmp_cert *cert, struct parts *parts)
{
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE, offsetof(struct parts, tbs)},
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE,
         offsetof(struct parts, algorithm)},
        {LWCMP_DER_BIT_STRING, 0, LWCMP_DER_LAST,
         offsetof(struct parts, signature)},
    };

    (void)lwcmp_der_read(&cert->der, fields, parts);
    (void)lwcmp_der_octets(&parts->signature);
}

const struct lwcmp_custom_sig *lwcmp_custom_of_cert(
    const struct lwcmp_config *config, const struct lwcmp_cert *cert)
{
    struct parts parts;

    split(cert, &parts);
    return lwcmp_custom_find(config, &parts.algorithm);
}

/*
 * TBSCertificate.signature, which stands in front of the issuer, has to be
 * the algorithm that is outside of the signature (RFC 5280 4.1.1.2).
 */
static bool is_same_inside(const struct lwcmp_cert *cert,
                           const struct lwcmp_bytes *algorithm)
{
    struct lwcmp_bytes inside = {cert->issuer.p - algorithm->n, algorithm->n};

    return (size_t)(cert->issuer.p - cert->serial.p) ==
               cert->serial.n + algorithm->n &&
           lwcmp_bytes_equal(&inside, algorithm);
}

/* Extension, which was seen to be well-formed (RFC 5280 4.1). */
struct extension {
    struct lwcmp_bytes id, critical, value;
};

/* Whether we do what it says, if that must not be passed over. */
static bool is_minded(const struct lwcmp_bytes *der)
{
    /* keyUsage, subjectAltName, basicConstraints, extKeyUsage below 2.5.29 */
    static const uint8_t minded[] = {15, 17, 19, 37};
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_OID, 0, 0, offsetof(struct extension, id)},
        {LWCMP_DER_BOOLEAN, 0, LWCMP_DER_OPTIONAL,
         offsetof(struct extension, critical)},
        {LWCMP_DER_OCTET_STRING, 0, LWCMP_DER_LAST,
         offsetof(struct extension, value)},
    };
    struct extension e;

    if (lwcmp_der_read(der, fields, &e)) {
        return false;
    }
    return e.critical.p == NULL || e.critical.p[0] == 0 ||
           (e.id.n == 3 && e.id.p[0] == 0x55 && e.id.p[1] == 0x1d &&
            memchr(minded, e.id.p[2], sizeof minded) != NULL);
}

/* Extensions stand last, behind the public key and unique identifiers. */
static bool has_odd_extensions(const struct lwcmp_cert *cert,
                               const struct lwcmp_bytes *tbs)
{
    const uint8_t *p = cert->spki.p + cert->spki.n;
    struct lwcmp_bytes row = {p, (size_t)(tbs->p + tbs->n - p)};
    struct lwcmp_bytes in = {NULL, 0};
    struct lwcmp_bytes der;

    while (row.n > 0) {
        (void)lwcmp_der_take(&row, row.p[0], &in);
    }
    (void)lwcmp_der_take(&in, LWCMP_DER_SEQUENCE, &in);
    while (lwcmp_cert_next(&in, &der)) {
        if (!is_minded(&der)) {
            return true;
        }
    }
    return false;
}

/* KeyUsage ::= BIT STRING { ..., keyCertSign (5), ... }, where it is there. */
static bool may_issue(const struct lwcmp_cert *anchor)
{
    const struct lwcmp_bytes *bits = &anchor->key_usage;

    return bits->p == NULL || (bits->n >= 2 && (bits->p[1] & 0x04) != 0);
}

/* By the application's algorithm, or by one that the provider knows. */
static int check_signature(const struct lwcmp_config *config,
                           const struct lwcmp_cert *cert,
                           const struct parts *parts,
                           const struct lwcmp_cert *anchor)
{
    const struct lwcmp_custom_sig *custom =
        lwcmp_custom_find(config, &parts->algorithm);
    enum lwcmp_sig sig = (enum lwcmp_sig)cert->sig;
    struct lwcmp_bytes octets;
    lwcmp_key key = 0;
    int err;

    if (custom) {
        return lwcmp_custom_of_spki(config, &anchor->spki, &octets) == custom
                   ? custom->verify(custom->context, octets, &parts->tbs, 1,
                                    parts->signature)
                   : LWCMP_ERR_UNTRUSTED;
    }
    err = lwcmp_crypto_public_import(anchor->spki, sig, &key);
    if (err == 0) {
        err = lwcmp_crypto_verify(key, sig, &parts->tbs, 1, parts->signature);
        (void)lwcmp_crypto_key_destroy(key);
    }
    return err;
}

static int check_anchor(const struct lwcmp_config *config,
                        const struct lwcmp_cert *cert,
                        const struct parts *parts,
                        const struct lwcmp_bytes *der)
{
    struct lwcmp_cert anchor;
    int err;

    if (lwcmp_cert_read(der, &anchor) || !lwcmp_cert_issued_by(cert, &anchor) ||
        !may_issue(&anchor)) {
        return LWCMP_ERR_UNTRUSTED;
    }
    err = check_signature(config, cert, parts, &anchor);
    return err == LWCMP_ERR_PROTECTION ? LWCMP_ERR_UNTRUSTED : err;
}

static int check_time(struct lwcmp_bytes certificate,
                      const struct lwcmp_time *time)
{
    struct lwcmp_validity validity;

    if (lwcmp_validity_next(&certificate, &validity)) {
        return LWCMP_ERR_UNTRUSTED;
    }
    if (time->clock == LWCMP_TIME_UNKNOWN) {
        return 0;
    }
    if (time->seconds > validity.until) {
        return LWCMP_ERR_EXPIRED;
    }
    return time->clock == LWCMP_TIME_EXACT &&
                   time->seconds + LWCMP_CLOCK_SKEW < validity.from
               ? LWCMP_ERR_NOT_YET_VALID
               : 0;
}

static int check(const struct lwcmp_config *config,
                 const struct lwcmp_cert *cert, const struct lwcmp_bytes *path,
                 size_t count, const struct lwcmp_time *time)
{
    struct parts parts;
    int err = 0;

    split(cert, &parts);
    if (count > 2) {
        return LWCMP_ERR_ALGORITHM;
    }
    if (!is_same_inside(cert, &parts.algorithm) ||
        has_odd_extensions(cert, &parts.tbs)) {
        return LWCMP_ERR_UNTRUSTED;
    }
    if (count == 2) {
        err = check_anchor(config, cert, &parts, &path[1]);
    }
    return err ? err : check_time(path[0], time);
}

int lwcmp_custom_path(const struct lwcmp_config *config,
                      const struct lwcmp_bytes *path, size_t count,
                      const struct lwcmp_time *time)
{
    struct lwcmp_cert cert;
    struct lwcmp_bytes key;

    if (count == 0 || lwcmp_cert_read(&path[0], &cert) ||
        (lwcmp_custom_of_cert(config, &cert) == NULL &&
         lwcmp_custom_of_spki(config, &cert.spki, &key) == NULL)) {
        return lwcmp_crypto_path(path, count, time);
    }
    return check(config, &cert, path, count, time);
}
#endif
