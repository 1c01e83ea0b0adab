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
#include "validity.h"

/*
 * DistributionPoint ::= SEQUENCE {                 -- RFC 5280 4.2.1.13
 *     distributionPoint  [0] DistributionPointName OPTIONAL,
 *     reasons            [1] ReasonFlags OPTIONAL,
 *     cRLIssuer          [2] GeneralNames OPTIONAL }
 *
 * One with a cRLIssuer is passed over like what cannot be read: it leads to the
 * CRL of another than the CA.
 */
bool lwcmp_crl_point_next(struct lwcmp_bytes *row, struct lwcmp_bytes *name)
{
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_CTX(0), LWCMP_DER_ANY, LWCMP_DER_WHOLE, 0},
        {LWCMP_DER_CTX_PRIM(1), 0, LWCMP_DER_OPTIONAL | LWCMP_DER_LAST,
         LWCMP_DER_IGNORED},
    };
    struct lwcmp_bytes der;
    struct lwcmp_bytes found;

    while (lwcmp_cert_next(row, &der)) {
        if (lwcmp_der_read(&der, fields, &found) == 0) {
            *name = found;
            return true;
        }
    }
    return false;
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
static bool points_to(struct lwcmp_cert *cert, const struct lwcmp_crl *crl)
{
    struct lwcmp_bytes name;
    bool meet = crl->point.p == NULL;

    while (!meet && lwcmp_crl_point_next(&cert->crl_points, &name)) {
        meet = points_meet(name, &crl->point);
    }
    return meet;
}

/* Whether the certificate would be on the list if it were revoked. */
static bool covers(const struct lwcmp_crl *crl, struct lwcmp_cert *cert)
{
    unsigned bad = LWCMP_CRL_REASONS |
                   (lwcmp_cert_is_ca(cert) ? LWCMP_CRL_USERS : LWCMP_CRL_CAS);

    return (crl->only & bad) == 0 && points_to(cert, crl);
}

/*
 * LWCMP_ERR_REVOKED, or sets *known, if it is known that it is not; or what
 * the provider says. What a peer or a file has got wrong makes a CRL useless,
 * and no more.
 */
static int judge(const struct lwcmp_bytes *der, const struct lwcmp_bytes *ca,
                 const struct lwcmp_time *time, bool *known)
{
    struct lwcmp_crl crl;
    struct lwcmp_cert cert;
    int err;

    if (lwcmp_crl_read(der, &crl) || lwcmp_cert_read(ca - 1, &cert)) {
        return 0;
    }
    err = lwcmp_crl_check_signature(&crl, ca);
    if (err == 0) {
        err = lwcmp_crl_find(&crl, &cert.serial);
    }
    if (err == 0 && lwcmp_validity_check(&crl.valid, time) == 0 &&
        covers(&crl, &cert)) {
        *known = true;
    }
    return err < LWCMP_ERR_HTTP || err == LWCMP_ERR_REVOKED ? err : 0;
}

int lwcmp_crl_walk(struct lwcmp_crl_walk *w, const struct lwcmp_bytes *crls,
                   const struct lwcmp_bytes *path,
                   const struct lwcmp_time *time)
{
    struct lwcmp_bytes der;

    if (lwcmp_cert_next(&w->rest, &der)) {
        return judge(&der, &path[w->at], time, &w->known);
    }
    if (w->required && !w->known) {
        return LWCMP_ERR_CRL;
    }
    w->at++;
    w->known = false;
    w->rest = *crls;
    return 0;
}

int lwcmp_crl_check_path(const struct lwcmp_bytes *crls,
                         const struct lwcmp_bytes *path, size_t count,
                         const struct lwcmp_time *time, bool required)
{
    struct lwcmp_crl_walk w = {{NULL, 0}, 0, true, required};
    int err = 0;

    while (err == 0 && w.at < count) {
        err = lwcmp_crl_walk(&w, crls, path, time);
    }
    return err;
}

#endif
