/* SPDX-License-Identifier: Apache-2.0 */
/* The responder's certificate: which one it is, and whether it may answer. */
#include "bytes.h"
#include "engine_custom.h"
#include "quirks.h"

#if LWCMP_WITH_SIGNATURE
/*
 * A valid certificate is not enough: each device of the fleet has one. The
 * responder is known by certificate, by name or by extended key usage, or is
 * a trust anchor itself (RFC 9483 3.4, RFC 9810 4.5).
 */
static bool is_authorized(struct lwcmp *c, const struct lwcmp_cert *cert)
{
    const struct lwcmp_config *config = c->config;

    if (!lwcmp_cert_may_sign(cert) &&
        !lwcmp_quirks_allow(c, LWCMP_QUIRK_MISSING_KEY_USAGE)) {
        return false;
    }
    if (config->responder_certificate.n == 0 && config->responder_name.n > 0) {
        return lwcmp_bytes_equal(&cert->subject, &config->responder_name);
    }
    return cert->cmc || c->path_n == 1;
}

static int try_signer(struct lwcmp *c, const struct lwcmp_cert *cert)
{
    int err = lwcmp_engine_path(c, cert, &c->config->responder_certificate,
                                &c->local);

    if (err) {
        err = lwcmp_quirks_path(c, cert, err);
    }
    if (err == 0 && !is_authorized(c, cert)) {
        err = LWCMP_ERR_NOT_AUTHORIZED;
    }
    return err;
}

#define ROWS 4
#define TRIES_MAX 8

/*
 * The certificate that senderKID names, if it names one, from which a path
 * leads to an anchor: the configured one, else one of extraCerts, else an
 * anchor, else the one that was met before a reset. Others that bear the same
 * key identifier may lie before it; but nobody has signed yet for how many, and
 * each costs a search for a path.
 */
static int find_signer(struct lwcmp *c, struct lwcmp_cert *cert)
{
    const struct lwcmp_bytes *pin = &c->config->responder_certificate;
    const struct lwcmp_bytes *rows[ROWS] = {
        pin->n > 0 ? pin : &c->in.extra_certs, &c->config->anchors, &c->learned,
        &c->local};
    const struct lwcmp_bytes *kid = &c->in.sender_kid;
    struct lwcmp_bytes row;
    struct lwcmp_bytes der;
    int err = LWCMP_ERR_NO_SIGNER;
    unsigned at = 0; /* the row, and ROWS more for each try */

    do {
        row = *rows[at % ROWS];
        while (lwcmp_cert_next(&row, &der)) {
            if (lwcmp_cert_read_of(&der, &c->in.sender, cert) ||
                (kid->p != NULL && !lwcmp_bytes_equal(kid, &cert->ski))) {
                continue;
            }
            at += ROWS;
            err = try_signer(c, cert);
            if (err == 0 || at >= TRIES_MAX * ROWS) {
                return err;
            }
        }
    } while (pin->n == 0 && ++at % ROWS != 0);
    return err;
}

/* Kept for the messages that come without extraCerts. */
static int keep_signer(struct lwcmp *c, const struct lwcmp_cert *cert)
{
    c->peer_kid.n = 0;
    c->new_signer = c->path_n > 1 && c->in.extra_certs.n > 0;
    lwcmp_engine_keep(&c->peer_kid, &cert->ski, c->peer_kid_octets,
                      sizeof c->peer_kid_octets);
    return lwcmp_engine_take_key(c, cert);
}

int lwcmp_at_signer(struct lwcmp *c)
{
    struct lwcmp_cert cert;
    int err = find_signer(c, &cert);

    if (err == 0) {
        err = lwcmp_engine_check_path(c);
    }
    if (err == 0) {
        err = keep_signer(c, &cert);
    }
    c->state = lwcmp_status_begin(c, 0, LWCMP_AT_VERIFY);
    return err;
}
#endif
