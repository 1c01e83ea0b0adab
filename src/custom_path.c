/* SPDX-License-Identifier: Apache-2.0 */
#include "custom_path.h"

#include "bytes.h"
#include "validity.h"

#if LWCMP_WITH_CUSTOM_SIG
const struct lwcmp_custom_sig *lwcmp_custom_of_cert(
    const struct lwcmp_config *config, const struct lwcmp_cert *cert)
{
    struct lwcmp_signed parts;

    (void)lwcmp_signed_read(&cert->der, &parts); /* it was read before */
    return lwcmp_custom_find(config, &parts.alg);
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

/* TBSCertificate begins with its version [0], but in the first one. */
static bool is_of_version_1(const struct lwcmp_cert *cert)
{
    struct lwcmp_signed parts;

    (void)lwcmp_signed_read(&cert->der, &parts);
    (void)lwcmp_der_take(&parts.tbs, LWCMP_DER_SEQUENCE, &parts.tbs);
    return parts.tbs.p[0] != LWCMP_DER_CTX(0);
}

/*
 * KeyUsage ::= BIT STRING { ..., keyCertSign (5), ... }, where it is there; and
 * basicConstraints, if there may be extensions (RFC 5280 6.1.4 (k)).
 */
static bool may_issue(const struct lwcmp_cert *anchor)
{
    const struct lwcmp_bytes *bits = &anchor->key_usage;

    return (bits->p == NULL || (bits->n >= 2 && (bits->p[1] & 0x04) != 0)) &&
           (lwcmp_cert_is_ca(anchor) || is_of_version_1(anchor));
}

/* By the application's algorithm, or by one that the provider knows. */
static int check_signature(const struct lwcmp_config *config, uint8_t sig,
                           const struct lwcmp_signed *parts,
                           const struct lwcmp_cert *anchor)
{
    const struct lwcmp_custom_sig *custom =
        lwcmp_custom_find(config, &parts->alg);
    struct lwcmp_bytes octets;

    if (custom == NULL) {
        return lwcmp_signed_verify(parts, sig, anchor);
    }
    return lwcmp_custom_of_spki(config, &anchor->spki, &octets) == custom
               ? custom->verify(custom->context, octets, &parts->tbs, 1,
                                parts->signature)
               : LWCMP_ERR_UNTRUSTED;
}

static int check_anchor(const struct lwcmp_config *config,
                        const struct lwcmp_cert *cert,
                        const struct lwcmp_signed *parts,
                        const struct lwcmp_bytes *der)
{
    struct lwcmp_cert anchor;
    int err;

    if (lwcmp_cert_read(der, &anchor) || !lwcmp_cert_issued_by(cert, &anchor) ||
        !may_issue(&anchor)) {
        return LWCMP_ERR_UNTRUSTED;
    }
    err = check_signature(config, cert->sig, parts, &anchor);
    return err == LWCMP_ERR_PROTECTION ? LWCMP_ERR_UNTRUSTED : err;
}

static int check_time(struct lwcmp_bytes certificate,
                      const struct lwcmp_time *time)
{
    struct lwcmp_validity validity;

    return lwcmp_validity_next(&certificate, &validity)
               ? LWCMP_ERR_UNTRUSTED
               : lwcmp_validity_check(&validity, time);
}

static int check(const struct lwcmp_config *config,
                 const struct lwcmp_cert *cert, const struct lwcmp_bytes *path,
                 size_t count, const struct lwcmp_time *time)
{
    struct lwcmp_signed parts;
    int err = 0;

    (void)lwcmp_signed_read(&cert->der, &parts);
    if (count > 2) {
        return LWCMP_ERR_ALGORITHM;
    }
    if (!is_same_inside(cert, &parts.alg) || cert->odd) {
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
