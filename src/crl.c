/* SPDX-License-Identifier: Apache-2.0 */
#include "crl_own.h"

#if LWCMP_WITH_CRL

#include <string.h>

#include "bytes.h"
#include "gentime.h"

/*
 * Time ::= CHOICE { utcTime UTCTime, generalTime GeneralizedTime }
 *
 * No fractions of a second (RFC 5280 5.1.2.4), so its length is one octet.
 */
int lwcmp_crl_time(const struct lwcmp_bytes *der, uint64_t *seconds)
{
    struct lwcmp_bytes content = {der->p + 2, der->n - 2};

    return content.n > 15 ? LWCMP_ERR_SYNTAX
                          : lwcmp_time_read(der->p[0], &content, seconds);
}

/*
 * IssuingDistributionPoint ::= SEQUENCE {          -- RFC 5280 5.2.5
 *     distributionPoint          [0] DistributionPointName OPTIONAL,
 *     onlyContainsUserCerts      [1] BOOLEAN DEFAULT FALSE,
 *     onlyContainsCACerts        [2] BOOLEAN DEFAULT FALSE,
 *     onlySomeReasons            [3] ReasonFlags OPTIONAL,
 *     indirectCRL                [4] BOOLEAN DEFAULT FALSE,
 *     onlyContainsAttributeCerts [5] BOOLEAN DEFAULT FALSE }
 *
 * An implicit BOOLEAN DEFAULT FALSE is TRUE or absent.
 */
static int read_idp(struct lwcmp_crl *crl)
{
    struct lwcmp_bytes row = crl->idp;
    struct lwcmp_bytes flag;

    (void)lwcmp_der_take(&row, LWCMP_DER_CTX(0), &crl->point);
    if (crl->point.p &&
        lwcmp_der_take_only(&crl->point, LWCMP_DER_ANY, &flag)) {
        return LWCMP_ERR_SYNTAX;
    }
    for (uint8_t i = 0; i < 5; i++) {
        (void)lwcmp_der_take(&row, LWCMP_DER_CTX_PRIM(1 + i), &flag);
        if (flag.p == NULL) {
            continue;
        }
        crl->only |= (uint8_t)(1u << i);
        if (1u << i != LWCMP_CRL_REASONS &&
            (flag.n != 1 || flag.p[0] != 0xff)) {
            return LWCMP_ERR_SYNTAX;
        }
    }
    return row.n > 0 ? LWCMP_ERR_SYNTAX : 0;
}

/* The extensions that matter; some issuers mark more of them critical. */
static const struct lwcmp_known known[] = {
    {20, LWCMP_DER_INTEGER, offsetof(struct lwcmp_crl, number)},
    {27, LWCMP_DER_INTEGER, offsetof(struct lwcmp_crl, delta)},
    {28, LWCMP_DER_SEQUENCE, offsetof(struct lwcmp_crl, idp)},
    {35, LWCMP_DER_SEQUENCE, offsetof(struct lwcmp_crl, aki)},
    {0, 0, 0},
};

/* The offsets in a table of fields are octets. */
typedef char crl_fits[offsetof(struct lwcmp_crl, parts) < 256 ? 1 : -1];

/*
 * TBSCertList ::= SEQUENCE {
 *     version              Version OPTIONAL,       -- v2, which is 1
 *     signature            AlgorithmIdentifier,
 *     issuer               Name,
 *     thisUpdate           Time,
 *     nextUpdate           Time OPTIONAL,          -- 5.1.2.5: has to be there
 *     revokedCertificates  SEQUENCE OF ... OPTIONAL,
 *     crlExtensions        [0] EXPLICIT Extensions OPTIONAL }
 */
static const struct lwcmp_der_field tbs_cert_list[] = {
    {LWCMP_DER_INTEGER, 0, LWCMP_DER_OPTIONAL,
     offsetof(struct lwcmp_crl, version)},
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE,
     offsetof(struct lwcmp_crl, inner_alg)},
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE,
     offsetof(struct lwcmp_crl, issuer)},
    {LWCMP_DER_ANY, 0, LWCMP_DER_WHOLE,
     offsetof(struct lwcmp_crl, this_update)},
    {LWCMP_DER_ANY, 0, LWCMP_DER_WHOLE | LWCMP_DER_OPTIONAL,
     offsetof(struct lwcmp_crl, next_update)},
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_OPTIONAL,
     offsetof(struct lwcmp_crl, revoked)},
    {LWCMP_DER_CTX(0), LWCMP_DER_SEQUENCE, LWCMP_DER_OPTIONAL | LWCMP_DER_LAST,
     offsetof(struct lwcmp_crl, extensions)},
};

/* Version 1 has no number and no extensions. */
static bool version_fits(const struct lwcmp_crl *crl)
{
    return crl->version.p == NULL ? crl->extensions.p == NULL
                                  : lwcmp_der_number(&crl->version) == 1;
}

/* Where nextUpdate is left away, a list is in its place, or nothing. */
static int read_next_update(struct lwcmp_crl *crl)
{
    const struct lwcmp_bytes *der = &crl->next_update;

    return der->n == 0 || (der->p[0] & 0x20) != 0
               ? LWCMP_ERR_CRL
               : lwcmp_crl_time(der, &crl->valid.until);
}

/*
 * CertificateList ::= SEQUENCE {                   -- RFC 5280 5.1
 *     tbsCertList         TBSCertList,
 *     signatureAlgorithm  AlgorithmIdentifier,
 *     signatureValue      BIT STRING }
 *
 * A signature algorithm that we do not know is no error here.
 */
static bool read_parts(const struct lwcmp_bytes *der, struct lwcmp_crl *crl)
{
    return lwcmp_signed_read(der, &crl->parts) == 0 &&
           lwcmp_der_read(&crl->parts.tbs, tbs_cert_list, crl) == 0 &&
           version_fits(crl) &&
           lwcmp_bytes_equal(&crl->parts.alg, &crl->inner_alg) &&
           lwcmp_alg_get(&crl->inner_alg, LWCMP_ALG_SIG, &crl->sig) !=
               LWCMP_ERR_SYNTAX;
}

/*
 * AuthorityKeyIdentifier ::= SEQUENCE {            -- RFC 5280 4.2.1.1
 *     keyIdentifier  [0] IMPLICIT OCTET STRING OPTIONAL, ... }
 */
int lwcmp_crl_read(const struct lwcmp_bytes *der, struct lwcmp_crl *crl)
{
    int err;

    memset(crl, 0, sizeof *crl);
    if (!read_parts(der, crl) || lwcmp_cert_check_name(&crl->issuer) ||
        lwcmp_crl_time(&crl->this_update, &crl->valid.from)) {
        return LWCMP_ERR_SYNTAX;
    }
    err = read_next_update(crl);
    if (err) {
        return err;
    }
    if (lwcmp_cert_extensions(&crl->extensions, known, crl, &crl->odd) ||
        read_idp(crl)) {
        return LWCMP_ERR_SYNTAX;
    }
    (void)lwcmp_der_take(&crl->aki, LWCMP_DER_CTX_PRIM(0), &crl->aki);
    return crl->odd || crl->delta.p || crl->only >= LWCMP_CRL_INDIRECT
               ? LWCMP_ERR_CRL
               : 0;
}

#endif
