/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What CRLs say of the certificates of a path (RFC 5280 6.3). "On the list" is
 * believed of any CRL whose signature is good, of a part and an old one as
 * well. "Not on the list" counts only where the certificate could be on it and
 * the CRL is of today.
 */
#include "crl_own.h"

#if LWCMP_WITH_CRL

#include "bytes.h"

/*
 * DistributionPoint ::= SEQUENCE {                 -- RFC 5280 4.2.1.13
 *     distributionPoint  [0] DistributionPointName OPTIONAL,
 *     reasons            [1] ReasonFlags OPTIONAL,
 *     cRLIssuer          [2] GeneralNames OPTIONAL }
 */
int lwcmp_crl_point_next(struct lwcmp_bytes *row, struct lwcmp_crl_point *p)
{
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_CTX(0), 0, LWCMP_DER_OPTIONAL,
         offsetof(struct lwcmp_crl_point, name)},
        {LWCMP_DER_CTX_PRIM(1), 0, LWCMP_DER_OPTIONAL, LWCMP_DER_IGNORED},
        {LWCMP_DER_CTX(2), 0, LWCMP_DER_OPTIONAL | LWCMP_DER_LAST,
         offsetof(struct lwcmp_crl_point, issuer)},
    };
    struct lwcmp_bytes der;
    int err = lwcmp_der_take_whole(row, LWCMP_DER_SEQUENCE, &der);

    return err ? err : lwcmp_der_read(&der, fields, p);
}

/* Extensions stand behind the public key, as anchors.c has it. */
bool lwcmp_crl_ext_of(const struct lwcmp_cert *cert, uint8_t number,
                      struct lwcmp_bytes *value)
{
    const uint8_t *p = cert->spki.p + cert->spki.n;
    struct lwcmp_bytes row = {p, (size_t)(cert->der.p + cert->der.n - p)};
    struct lwcmp_crl_ext e;

    (void)lwcmp_der_take(&row, LWCMP_DER_CTX(3), &row);
    (void)lwcmp_der_take(&row, LWCMP_DER_SEQUENCE, &row);
    while (row.n > 0 && lwcmp_crl_ext_next(&row, &e) == 0) {
        if (e.number == number) {
            return lwcmp_der_take_only(&e.value, LWCMP_DER_SEQUENCE, value) ==
                   0;
        }
    }
    return false;
}

#define BASIC_CONSTRAINTS 19
#define CRL_DISTRIBUTION_POINTS 31

/* BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, ... } -- 4.2.1.9 */
static bool is_ca(const struct lwcmp_cert *cert)
{
    struct lwcmp_bytes row;

    return lwcmp_crl_ext_of(cert, BASIC_CONSTRAINTS, &row) &&
           lwcmp_der_take(&row, LWCMP_DER_BOOLEAN, &row) == 0 && row.p[0] != 0;
}

/*
 * DistributionPointName ::= CHOICE {
 *     fullName                 [0] GeneralNames,
 *     nameRelativeToCRLIssuer  [1] RelativeDistinguishedName }
 *
 * Whether two have a full name in common.
 */
static bool points_meet(struct lwcmp_bytes a, const struct lwcmp_bytes *point)
{
    struct lwcmp_bytes name;
    struct lwcmp_bytes other;
    struct lwcmp_bytes b;

    (void)lwcmp_der_take(&a, LWCMP_DER_CTX(0), &a);
    while (lwcmp_der_take_whole(&a, LWCMP_DER_ANY, &name) == 0) {
        b = *point;
        (void)lwcmp_der_take(&b, LWCMP_DER_CTX(0), &b);
        while (lwcmp_der_take_whole(&b, LWCMP_DER_ANY, &other) == 0) {
            if (lwcmp_bytes_equal(&name, &other)) {
                return true;
            }
        }
    }
    return false;
}

/* Of a CRL of one distribution point: is that where the certificate points? */
static bool points_to(const struct lwcmp_cert *cert,
                      const struct lwcmp_crl *crl)
{
    struct lwcmp_crl_point p;
    struct lwcmp_bytes row;

    if (crl->point.p == NULL) {
        return true;
    }
    if (!lwcmp_crl_ext_of(cert, CRL_DISTRIBUTION_POINTS, &row)) {
        return false;
    }
    while (lwcmp_crl_point_next(&row, &p) == 0) {
        if (p.issuer.p == NULL && points_meet(p.name, &crl->point)) {
            return true;
        }
    }
    return false;
}

/* Whether the certificate would be on the list if it were revoked. */
static bool covers(const struct lwcmp_crl *crl, const struct lwcmp_cert *cert)
{
    bool ca = is_ca(cert);

    return !(crl->users_only && ca) && !(crl->cas_only && !ca) &&
           !crl->some_reasons && points_to(cert, crl);
}

/* What a peer or a file has got wrong makes a CRL useless, and no more. */
static int useless(int err)
{
    return err < LWCMP_ERR_HTTP ? err : 0;
}

/* LWCMP_ERR_REVOKED; or *known, if it is known that it is not. */
static int judge(const struct lwcmp_bytes *der, const struct lwcmp_bytes *which,
                 const struct lwcmp_bytes *ca, const struct lwcmp_time *time,
                 bool *known)
{
    struct lwcmp_crl crl;
    struct lwcmp_cert cert;
    int err;

    if (lwcmp_crl_read(der, &crl) || lwcmp_cert_read(which, &cert)) {
        return 0;
    }
    err = lwcmp_crl_check_signature(&crl, ca);
    if (err) {
        return useless(err);
    }
    err = lwcmp_crl_find(&crl, &cert.serial);
    if (err == 0 && lwcmp_crl_check_time(&crl, time) == 0 &&
        covers(&crl, &cert)) {
        *known = true;
    }
    return err == LWCMP_ERR_REVOKED ? err : 0;
}

int lwcmp_crl_walk(struct lwcmp_crl_walk *w, struct lwcmp_bytes crls,
                   const struct lwcmp_bytes *path,
                   const struct lwcmp_time *time, bool required)
{
    struct lwcmp_bytes der;

    if (lwcmp_cert_next(&w->rest, &der)) {
        return judge(&der, &path[w->at], &path[w->at + 1], time, &w->known);
    }
    if (required && !w->known) {
        return LWCMP_ERR_CRL;
    }
    w->at++;
    w->known = false;
    w->rest = crls;
    return 0;
}

int lwcmp_crl_check_path(struct lwcmp_bytes crls,
                         const struct lwcmp_bytes *path, size_t count,
                         const struct lwcmp_time *time, bool required)
{
    struct lwcmp_crl_walk w = {crls, 0, false};
    int err = 0;

    while (err == 0 && w.at + 1u < count) {
        err = lwcmp_crl_walk(&w, crls, path, time, required);
    }
    return err;
}

#endif
