/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Revocation (RFC 9483 4.2), an errand. The device's own identity stays in the
 * store, whatever comes of it: what it is still good for is for the
 * application to say.
 */
#include "engine.h"

#if LWCMP_WITH_RR

#include "body_revoke.h"
#include "record.h"

static bool is_named(const struct lwcmp_request *request)
{
    return request->revoke.serial.n > 0;
}

/* Content octets of an INTEGER, the shortest ones (X.690 8.3.2). */
static bool is_integer(const struct lwcmp_bytes *content)
{
    const uint8_t *p = content->p;

    return content->n == 1 || (p[0] != 0x00 && p[0] != 0xff) ||
           p[0] >> 7 != p[1] >> 7;
}

/* RFC 5280 5.3.1: there is no 7. */
static bool is_reason(unsigned reason)
{
    return reason <= LWCMP_REASON_AA_COMPROMISE && reason != 7;
}

/* A secret tells nothing of the certificate, so that has to be named. */
bool lwcmp_revoke_fits(const struct lwcmp_config *config,
                       const struct lwcmp_request *request)
{
    struct lwcmp_cert cert;
    bool given = request->revoke.certificate.n > 0;

    if (!is_reason(request->revoke.reason) || (given && is_named(request))) {
        return false;
    }
    if (is_named(request)) {
        return is_integer(&request->revoke.serial) &&
               lwcmp_cert_check_name(&request->revoke.issuer) == 0;
    }
    return given ? lwcmp_cert_read(&request->revoke.certificate, &cert) == 0
                 : request->revoke.issuer.n == 0 && config->secret == 0;
}

/* Issuer and serial number of what is to be revoked. */
static int find(struct lwcmp *c, struct lwcmp_cert *cert)
{
    const struct lwcmp_bytes *from = &c->request->revoke.certificate;
    struct lwcmp_bytes row;
    struct lwcmp_bytes der;
    int err = 0;

    if (is_named(c->request)) {
        cert->issuer = c->request->revoke.issuer;
        cert->serial = c->request->revoke.serial;
        return 0;
    }
    if (from->n == 0) {
        from = &c->config->certificate;
        if (lwcmp_engine_uses_store(c)) {
            err = lwcmp_engine_load_own(c);
            from = &c->local;
        }
    }
    if (err) {
        return err;
    }
    row = *from;
    return lwcmp_cert_next(&row, &der) && lwcmp_cert_read(&der, cert) == 0
               ? 0
               : LWCMP_ERR_STORE;
}

int lwcmp_revoke_digest(struct lwcmp *c, uint32_t *crc)
{
    const uint8_t reason = (uint8_t)c->request->revoke.reason;
    struct lwcmp_cert cert;
    int err = find(c, &cert);

    if (err == 0) {
        *crc = lwcmp_record_crc(*crc, &reason, 1);
        *crc = lwcmp_record_crc_of(*crc, &cert.issuer);
        *crc = lwcmp_record_crc_of(*crc, &cert.serial);
    }
    return err;
}

/* The one that signs lies in the work buffer already. */
void lwcmp_revoke_put(struct lwcmp *c, struct lwcmp_der_out *o)
{
    struct lwcmp_cert named;
    const struct lwcmp_cert *cert = &c->own_cert;

    if (is_named(c->request) || c->request->revoke.certificate.n > 0) {
        cert = &named;
        lwcmp_der_out_fail(o, find(c, &named));
    }
    if (o->err == 0) {
        lwcmp_body_revoke_put(o, cert, c->request->revoke.reason);
    }
}

int lwcmp_revoke_take(struct lwcmp *c)
{
    struct lwcmp_status *status = &c->answer.status;
    struct lwcmp_cert cert;
    int err = find(c, &cert);

    if (err == 0) {
        err = lwcmp_body_revoke_read(&c->in.content, &cert, status);
        status->authenticated = status->present;
    }
    return err == 0 && status->status == LWCMP_PKI_REJECTION
               ? LWCMP_ERR_REJECTED
               : err;
}

#endif
