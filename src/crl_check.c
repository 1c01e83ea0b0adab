/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a CRL can be used: whose it is, and of when (RFC 5280 6.3.3). */
#include "crl_own.h"

#if LWCMP_WITH_CRL

#include "bytes.h"
#include "validity.h"

/* KeyUsage ::= BIT STRING { ..., cRLSign (6), ... }, where it is there. */
static bool may_sign_crls(const struct lwcmp_cert *ca)
{
    const struct lwcmp_bytes *bits = &ca->key_usage;

    return bits->p == NULL || (bits->n >= 2 && (bits->p[1] & 0x02) != 0);
}

static bool is_by(const struct lwcmp_crl *crl, const struct lwcmp_cert *ca)
{
    return lwcmp_bytes_equal(&crl->issuer, &ca->subject) &&
           (crl->aki.n == 0 || ca->ski.n == 0 ||
            lwcmp_bytes_equal(&crl->aki, &ca->ski)) &&
           may_sign_crls(ca);
}

int lwcmp_crl_check_signature(const struct lwcmp_crl *crl,
                              const struct lwcmp_bytes *ca)
{
    struct lwcmp_cert cert;
    int err = lwcmp_cert_read(ca, &cert);

    if (err) {
        return err;
    }
    return is_by(crl, &cert) ? lwcmp_signed_verify(&crl->parts, crl->sig, &cert)
                             : LWCMP_ERR_CRL;
}

int lwcmp_crl_verify(const struct lwcmp_crl *crl, const struct lwcmp_bytes *ca,
                     const struct lwcmp_time *time)
{
    static const struct lwcmp_bytes nobody;
    int err = lwcmp_crl_check_signature(crl, ca);

    if (err == 0) {
        err = lwcmp_crl_find(crl, &nobody);
    }
    return err ? err : lwcmp_validity_check(&crl->valid, time);
}

int lwcmp_crl_accept(const struct lwcmp_bytes *der,
                     const struct lwcmp_bytes *ca,
                     const struct lwcmp_bytes *have,
                     const struct lwcmp_time *time)
{
    struct lwcmp_crl crl;
    struct lwcmp_crl old;
    int err = lwcmp_crl_read(der, &crl);

    if (err == 0) {
        err = lwcmp_crl_verify(&crl, ca, time);
    }
    if (err || have->n == 0) {
        return err;
    }
    err = lwcmp_crl_read(have, &old);
    return err == 0 && (crl.valid.from <= old.valid.from ||
                        !lwcmp_bytes_equal(&crl.idp, &old.idp))
               ? LWCMP_ERR_CRL
               : err;
}

#endif
