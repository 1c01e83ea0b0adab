/* SPDX-License-Identifier: Apache-2.0 */
/* The question for a CRL (RFC 9483 4.3.4). */
#include "crl_own.h"

#if LWCMP_WITH_CRL

#include "bytes.h"

#define DIRECTORY_NAME LWCMP_DER_CTX(4)

/* Which CRL it is: by the name of a point, or of who issues it. */
struct source {
    struct lwcmp_bytes point, issuer, this_update;
};

static int take_certificate(const struct lwcmp_bytes *der, struct source *s)
{
    struct lwcmp_cert cert;
    int err = lwcmp_cert_read(der, &cert);

    if (err == 0) {
        s->issuer = cert.issuer;
        (void)lwcmp_crl_point_next(&cert.crl_points, &s->point);
    }
    return err;
}

/* What one has says as well which one it is, unless somebody else does. */
static int take_old(const struct lwcmp_bytes *der, struct source *s)
{
    struct lwcmp_crl crl;
    int err = lwcmp_crl_read(der, &crl);

    if (err) {
        return err;
    }
    s->this_update = crl.this_update;
    if (s->issuer.n == 0) {
        s->issuer = crl.issuer;
        s->point = crl.point;
    }
    return lwcmp_bytes_equal(&s->issuer, &crl.issuer) ? 0 : LWCMP_ERR_CRL;
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
static void put(struct lwcmp_der_out *o, const struct source *s)
{
    lwcmp_der_open_sequence(o);
    lwcmp_der_open_sequence(o);
    if (s->point.n > 0) {
        lwcmp_der_put(o, LWCMP_DER_CTX(0), s->point.p, s->point.n);
    } else {
        lwcmp_der_open(o, LWCMP_DER_CTX(1));
        lwcmp_der_open_sequence(o);
        lwcmp_der_put(o, DIRECTORY_NAME, s->issuer.p, s->issuer.n);
        lwcmp_der_close(o);
        lwcmp_der_close(o);
    }
    lwcmp_der_put_raw(o, s->this_update.p, s->this_update.n);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
}

int lwcmp_crl_ask(const struct lwcmp_crl_wanted *wanted, uint8_t *room,
                  size_t size, struct lwcmp_bytes *value)
{
    struct source s = {.issuer = wanted->issuer};
    struct lwcmp_der_out o;
    int err = wanted->issuer.n > 0 ? lwcmp_cert_check_name(&wanted->issuer) : 0;

    if (err == 0 && wanted->certificate.n > 0) {
        err = take_certificate(&wanted->certificate, &s);
    }
    if (err == 0 && wanted->have.n > 0) {
        err = take_old(&wanted->have, &s);
    }
    if (err == 0 && s.issuer.n == 0) {
        err = LWCMP_ERR_CONFIG;
    }
    if (err) {
        return err;
    }
    lwcmp_der_out_init(&o, room, size);
    put(&o, &s);
    value->p = room;
    value->n = o.n;
    return o.err;
}

#endif
