/* SPDX-License-Identifier: Apache-2.0 */
#include "crl_own.h"

#if LWCMP_WITH_CRL

#include <string.h>

#include "bytes.h"
#include "gentime.h"

/*
 * Extension ::= SEQUENCE {                         -- RFC 5280 4.1
 *     extnID     OBJECT IDENTIFIER,
 *     critical   BOOLEAN DEFAULT FALSE,
 *     extnValue  OCTET STRING }
 */
int lwcmp_crl_ext_next(struct lwcmp_bytes *row, struct lwcmp_crl_ext *e)
{
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_OID, 0, 0, offsetof(struct lwcmp_crl_ext, oid)},
        {LWCMP_DER_BOOLEAN, 0, LWCMP_DER_OPTIONAL,
         offsetof(struct lwcmp_crl_ext, is_critical)},
        {LWCMP_DER_OCTET_STRING, 0, LWCMP_DER_LAST,
         offsetof(struct lwcmp_crl_ext, value)},
    };
    struct lwcmp_bytes der;
    int err = lwcmp_der_take_whole(row, LWCMP_DER_SEQUENCE, &der);

    if (err == 0) {
        err = lwcmp_der_read(&der, fields, e);
    }
    if (err) {
        return err;
    }
    e->critical = e->is_critical.n > 0 && e->is_critical.p[0] != 0;
    e->number = e->oid.n == 3 && e->oid.p[0] == 0x55 && e->oid.p[1] == 0x1d
                    ? e->oid.p[2]
                    : 0;
    return 0;
}

/* Time ::= CHOICE { utcTime UTCTime, generalTime GeneralizedTime } */
int lwcmp_crl_time(const struct lwcmp_bytes *der, uint64_t *seconds)
{
    uint8_t tag = der->p[0];
    size_t due = tag == LWCMP_DER_UTC_TIME ? 13 : 15;
    struct lwcmp_bytes content;
    int err = lwcmp_der_take_only(der, tag, &content);

    if (err || content.n != due) {
        return LWCMP_ERR_SYNTAX;
    }
    return lwcmp_time_read(tag, &content, seconds);
}

/* An implicit BOOLEAN DEFAULT FALSE is TRUE or absent. */
static bool is_flag(const struct lwcmp_bytes *content)
{
    return content->p == NULL || (content->n == 1 && content->p[0] == 0xff);
}

/*
 * IssuingDistributionPoint ::= SEQUENCE {          -- RFC 5280 5.2.5
 *     distributionPoint          [0] DistributionPointName OPTIONAL,
 *     onlyContainsUserCerts      [1] BOOLEAN DEFAULT FALSE,
 *     onlyContainsCACerts        [2] BOOLEAN DEFAULT FALSE,
 *     onlySomeReasons            [3] ReasonFlags OPTIONAL,
 *     indirectCRL                [4] BOOLEAN DEFAULT FALSE,
 *     onlyContainsAttributeCerts [5] BOOLEAN DEFAULT FALSE }
 */
static int read_idp(struct lwcmp_crl *crl)
{
    struct idp {
        struct lwcmp_bytes point, users, cas, reasons, indirect, attributes;
    } idp;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_CTX(0), 0, LWCMP_DER_OPTIONAL, offsetof(struct idp, point)},
        {LWCMP_DER_CTX_PRIM(1), 0, LWCMP_DER_OPTIONAL,
         offsetof(struct idp, users)},
        {LWCMP_DER_CTX_PRIM(2), 0, LWCMP_DER_OPTIONAL,
         offsetof(struct idp, cas)},
        {LWCMP_DER_CTX_PRIM(3), 0, LWCMP_DER_OPTIONAL,
         offsetof(struct idp, reasons)},
        {LWCMP_DER_CTX_PRIM(4), 0, LWCMP_DER_OPTIONAL,
         offsetof(struct idp, indirect)},
        {LWCMP_DER_CTX_PRIM(5), 0, LWCMP_DER_OPTIONAL | LWCMP_DER_LAST,
         offsetof(struct idp, attributes)},
    };

    if (crl->idp.p == NULL) {
        return 0;
    }
    if (lwcmp_der_read(&crl->idp, fields, &idp) || !is_flag(&idp.users) ||
        !is_flag(&idp.cas) || !is_flag(&idp.indirect) ||
        !is_flag(&idp.attributes)) {
        return LWCMP_ERR_SYNTAX;
    }
    crl->point = idp.point;
    crl->users_only = idp.users.p != NULL;
    crl->cas_only = idp.cas.p != NULL;
    crl->some_reasons = idp.reasons.p != NULL;
    return idp.indirect.p || idp.attributes.p ? LWCMP_ERR_CRL : 0;
}

/* The extensions that matter; issuers may mark any of them critical. */
static const struct known {
    uint8_t number, tag, how, where;
} known[] = {
    {20, LWCMP_DER_INTEGER, 0, offsetof(struct lwcmp_crl, number)},
    {28, LWCMP_DER_SEQUENCE, LWCMP_DER_WHOLE, offsetof(struct lwcmp_crl, idp)},
    {35, LWCMP_DER_SEQUENCE, 0, offsetof(struct lwcmp_crl, aki)},
};

#define DELTA_CRL_INDICATOR 27

static int read_known(struct lwcmp_crl *crl, const struct known *k,
                      const struct lwcmp_bytes *value)
{
    struct lwcmp_bytes *slot = (void *)((uint8_t *)crl + k->where);

    if (slot->p || lwcmp_der_take_only(value, k->tag, slot)) {
        return LWCMP_ERR_SYNTAX;
    }
    if (k->how & LWCMP_DER_WHOLE) {
        *slot = *value;
    }
    return 0;
}

static int read_extension(struct lwcmp_crl *crl)
{
    struct lwcmp_crl_ext e;
    int err = lwcmp_crl_ext_next(&crl->extensions, &e);

    if (err) {
        return err;
    }
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (known[i].number == e.number) {
            return read_known(crl, &known[i], &e.value);
        }
    }
    return e.critical || e.number == DELTA_CRL_INDICATOR ? LWCMP_ERR_CRL : 0;
}

/*
 * AuthorityKeyIdentifier ::= SEQUENCE {            -- RFC 5280 4.2.1.1
 *     keyIdentifier  [0] IMPLICIT OCTET STRING OPTIONAL, ... }
 */
static void read_aki(struct lwcmp_crl *crl)
{
    struct lwcmp_bytes row = crl->aki;

    (void)lwcmp_der_take(&row, LWCMP_DER_CTX_PRIM(0), &crl->aki);
}

static int read_extensions(struct lwcmp_crl *crl)
{
    int err = 0;

    while (err == 0 && crl->extensions.n > 0) {
        err = read_extension(crl);
    }
    read_aki(crl);
    return err ? err : read_idp(crl);
}

/* The offsets in a table of fields are octets. */
typedef char crl_fits[sizeof(struct lwcmp_crl) < 256 ? 1 : -1];

/*
 * CertificateList ::= SEQUENCE {                   -- RFC 5280 5.1
 *     tbsCertList         TBSCertList,
 *     signatureAlgorithm  AlgorithmIdentifier,
 *     signatureValue      BIT STRING }
 */
static const struct lwcmp_der_field list[] = {
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE, offsetof(struct lwcmp_crl, tbs)},
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE, offsetof(struct lwcmp_crl, alg)},
    {LWCMP_DER_BIT_STRING, 0, LWCMP_DER_LAST,
     offsetof(struct lwcmp_crl, signature)},
};

/*
 * TBSCertList ::= SEQUENCE {
 *     version              Version OPTIONAL,       -- v2, which is 1
 *     signature            AlgorithmIdentifier,
 *     issuer               Name,
 *     thisUpdate           Time,
 *     nextUpdate           Time OPTIONAL,          -- 5.1.2.5: is there
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
    {LWCMP_DER_ANY, 0, LWCMP_DER_WHOLE,
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

/* A signature algorithm that we do not know is no error here. */
int lwcmp_crl_read(const struct lwcmp_bytes *der, struct lwcmp_crl *crl)
{
    struct lwcmp_alg_id alg;

    memset(crl, 0, sizeof *crl);
    if (lwcmp_der_read(der, list, crl) ||
        lwcmp_der_read(&crl->tbs, tbs_cert_list, crl) || !version_fits(crl) ||
        !lwcmp_bytes_equal(&crl->alg, &crl->inner_alg) ||
        lwcmp_alg_read(&crl->alg, &alg) ||
        lwcmp_cert_check_name(&crl->issuer) ||
        lwcmp_crl_time(&crl->this_update, &crl->from) ||
        lwcmp_crl_time(&crl->next_update, &crl->until) ||
        lwcmp_der_octets(&crl->signature)) {
        return LWCMP_ERR_SYNTAX;
    }
    crl->sig = lwcmp_alg_find(&alg, LWCMP_ALG_SIG);
    return read_extensions(crl);
}

#endif
