/* SPDX-License-Identifier: Apache-2.0 */
/* The question for a CRL (RFC 9483 4.3.4). */
#include "crl_own.h"

#if LWCMP_WITH_CRL

#include "bytes.h"

#define DIRECTORY_NAME LWCMP_DER_CTX(4)

/*
 * By a certificate or a Name, into what is known of the CRL so far: nothing,
 * or what one has.
 */
static int find_source(const struct lwcmp_crl_wanted *wanted,
                       struct lwcmp_crl *crl)
{
    struct lwcmp_cert cert;
    const struct lwcmp_bytes *issuer = &wanted->issuer;
    int err;

    if (wanted->certificate.n > 0) {
        err = lwcmp_cert_read(&wanted->certificate, &cert);
        issuer = &cert.issuer;
    } else {
        cert.crl_points = (struct lwcmp_bytes){NULL, 0};
        err = lwcmp_cert_check_name(issuer);
    }
    if (err) {
        return err;
    }
    if (crl->issuer.n > 0 && !lwcmp_bytes_equal(issuer, &crl->issuer)) {
        return LWCMP_ERR_CRL;
    }
    crl->issuer = *issuer;
    crl->point.n = 0;
    (void)lwcmp_crl_point_next(&cert.crl_points, &crl->point);
    return 0;
}

static int find_all(const struct lwcmp_crl_wanted *wanted,
                    struct lwcmp_crl *crl)
{
    int err = 0;

    crl->issuer.n = 0;
    crl->this_update.n = 0;
    if (wanted->have.n > 0) {
        err = lwcmp_crl_read(&wanted->have, crl);
    }
    if (err == 0 && wanted->issuer.n + wanted->certificate.n > 0) {
        err = find_source(wanted, crl);
    }
    return err == 0 && crl->issuer.n == 0 ? LWCMP_ERR_CONFIG : err;
}

/*
 * CRLStatusListValue ::= SEQUENCE SIZE (1..MAX) OF CRLStatus -- RFC 9480 2.17
 * CRLStatus ::= SEQUENCE {
 *     source      CRLSource,
 *     thisUpdate  Time OPTIONAL }
 * CRLSource ::= CHOICE {
 *     dpn     [0] DistributionPointName,
 *     issuer  [1] GeneralNames }                   -- both explicit
 */
static void put(struct lwcmp_der_out *o, const struct lwcmp_crl *crl)
{
    lwcmp_der_open_sequence(o);
    lwcmp_der_open_sequence(o);
    if (crl->point.n > 0) {
        lwcmp_der_put(o, LWCMP_DER_CTX(0), crl->point.p, crl->point.n);
    } else {
        lwcmp_der_open(o, LWCMP_DER_CTX(1));
        lwcmp_der_open_sequence(o);
        lwcmp_der_put(o, DIRECTORY_NAME, crl->issuer.p, crl->issuer.n);
        lwcmp_der_close(o);
        lwcmp_der_close(o);
    }
    lwcmp_der_put_raw(o, crl->this_update.p, crl->this_update.n);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
}

int lwcmp_crl_ask(const struct lwcmp_crl_wanted *wanted, uint8_t *room,
                  size_t size, struct lwcmp_bytes *value)
{
    struct lwcmp_crl crl;
    struct lwcmp_der_out o;
    int err = find_all(wanted, &crl);

    if (err) {
        return err;
    }
    lwcmp_der_out_init(&o, room, size);
    put(&o, &crl);
    value->p = room;
    value->n = o.n;
    return o.err;
}

#endif
