/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What CRLs say of a path that has just been validated: that of a signer,
 * before the message is believed (RFC 9483 3.5); that of who has made a key
 * for us; or that of a new certificate, which itself is too young to be on any
 * list.
 */
#include "engine_cms.h"

#if LWCMP_WITH_CRL

#include "crl_own.h"

bool lwcmp_crls_fit(const struct lwcmp_config *config)
{
    struct lwcmp_bytes row = config->crls;
    struct lwcmp_bytes der;
    struct lwcmp_crl crl;

    while (row.n > 0) {
        if (!lwcmp_cert_next(&row, &der) ||
            lwcmp_crl_read(&der, &crl) == LWCMP_ERR_SYNTAX) {
            return false;
        }
    }
    return true;
}

uint8_t lwcmp_status_begin(struct lwcmp *c, uint8_t from, enum lwcmp_state next)
{
    c->walk.rest.n = 0;
    c->walk.at = from;
    c->walk.known = true;
    c->walk.required = from == 0 && c->config->require_status;
    c->walk_next = (uint8_t)next;
    return LWCMP_AT_STATUS;
}

/* One CRL for one certificate in each step: there is a signature in it. */
int lwcmp_at_status(struct lwcmp *c)
{
    int err;

    if (c->walk.at >= c->path_n) {
        c->state = c->walk_next;
        return 0;
    }
    err = lwcmp_crl_walk(&c->walk, &c->config->crls, c->path, &c->time);
    if (err >= LWCMP_ERR_HTTP && c->walk_next == LWCMP_AT_KGA_VERIFY) {
        c->abandon = !lwcmp_is_poll_by_id(c->request);
    }
    if (err >= LWCMP_ERR_HTTP && c->walk_next != LWCMP_AT_VERIFY) {
        lwcmp_engine_reject(c, err);
        return 0;
    }
    return err;
}

#endif
