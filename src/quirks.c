/* SPDX-License-Identifier: Apache-2.0 */
#include "quirks.h"

#include <string.h>

#include "bytes.h"
#include "engine_p10.h"

#if LWCMP_WITH_QUIRKS

#define KNOWN                                                     \
    (LWCMP_PRESET_LEGACY | (uint32_t)LWCMP_QUIRK_NO_STATUS_INFO | \
     (uint32_t)LWCMP_QUIRK_ANCHOR_IN_EXTRA_CERTS)

/* Of those in extraCerts: whoever sends hundreds is not to keep us busy. */
#define ROOTS_MAX 4

uint32_t lwcmp_quirks_used(const struct lwcmp *c)
{
    return c->quirks_used;
}

bool lwcmp_quirks_fit(const struct lwcmp_config *config)
{
    return (config->quirks & ~KNOWN) == 0;
}

static bool is_on(const struct lwcmp *c, enum lwcmp_quirk quirk)
{
    return (c->config->quirks & (uint32_t)quirk) != 0;
}

bool lwcmp_quirks_allow(struct lwcmp *c, enum lwcmp_quirk quirk)
{
    c->quirks_used |= c->config->quirks & (uint32_t)quirk;
    return is_on(c, quirk);
}

/* Our key identifier is noted: the answer will overwrite where it lies. */
void lwcmp_quirks_put_header(struct lwcmp *c, struct lwcmp_pki_header *h,
                             const struct lwcmp_bytes *null_dn)
{
    if (c->own.kind == LWCMP_PROT_SIG) {
        lwcmp_engine_keep(&c->sent_kid, h->sender_kid, c->sent_kid_octets,
                          sizeof c->sent_kid_octets);
    } else if (lwcmp_quirks_allow(c, LWCMP_QUIRK_NULL_SENDER)) {
        h->sender = null_dn;
    }
}

/* What is protected are the octets as they came, so that stays as it is. */
int lwcmp_quirks_body(struct lwcmp *c, uint8_t answered)
{
    uint8_t other = answered == LWCMP_BODY_IR ? LWCMP_BODY_CP : LWCMP_BODY_IP;

    if (answered > LWCMP_BODY_KUR || c->in.type != other ||
        !lwcmp_quirks_allow(c, LWCMP_QUIRK_IP_FOR_CR)) {
        return LWCMP_ERR_UNEXPECTED;
    }
    c->in.type =
        answered == LWCMP_BODY_P10CR ? LWCMP_BODY_CP : (uint8_t)(answered + 1);
    return 0;
}

/* Nothing is verified, so it only ends the attempt, as the error would. */
int lwcmp_quirks_header(struct lwcmp *c, int err)
{
    return err && c->in.type == LWCMP_BODY_ERROR &&
                   lwcmp_quirks_allow(c, LWCMP_QUIRK_UNPROTECTED_NEGATIVE)
               ? LWCMP_ERR_PEER_CLAIM
               : err;
}

/* Only what reads as a rejection, which is kept for people to read. */
int lwcmp_quirks_unprotected(struct lwcmp *c)
{
    struct lwcmp_response *answer = &c->answer;
    int err = lwcmp_p10_read_cert(c);

    if (err == 0 && answer->status.status == LWCMP_PKI_REJECTION &&
        lwcmp_quirks_allow(c, LWCMP_QUIRK_UNPROTECTED_NEGATIVE)) {
        return LWCMP_ERR_PEER_CLAIM;
    }
    memset(answer, 0, sizeof *answer);
    return LWCMP_ERR_UNPROTECTED;
}

/* The signer's key stays for his next message; that of a MAC is no signer's. */
int lwcmp_quirks_kind(struct lwcmp *c, uint8_t before)
{
    if (!LWCMP_WITH_SIGNATURE || c->own.kind != LWCMP_PROT_MAC ||
        !lwcmp_quirks_allow(c, LWCMP_QUIRK_SIGNED_ANSWERS)) {
        return LWCMP_ERR_WRONG_KIND;
    }
    if (before == LWCMP_PROT_MAC) {
        lwcmp_engine_forget(&c->peer_key);
    }
    return 0;
}

void lwcmp_quirks_kid(struct lwcmp *c)
{
    const struct lwcmp_bytes *sent =
        c->own.kind == LWCMP_PROT_MAC ? &c->config->reference : &c->sent_kid;

    if (c->peer.kind == LWCMP_PROT_SIG && sent->n > 0 &&
        lwcmp_bytes_equal(&c->in.sender_kid, sent) &&
        lwcmp_quirks_allow(c, LWCMP_QUIRK_REFLECTED_KID)) {
        c->in.sender_kid.p = NULL;
        c->in.sender_kid.n = 0;
    }
}

/* Once there is an anchor, nobody gets another one past it. */
int lwcmp_quirks_no_anchor(const struct lwcmp *c)
{
    const struct lwcmp_config *config = c->config;

    return is_on(c, LWCMP_QUIRK_ANCHOR_IN_EXTRA_CERTS) &&
                   c->own.kind == LWCMP_PROT_SIG &&
                   c->request->operation == LWCMP_IR && !c->has_learned &&
                   config->anchors.n == 0 &&
                   config->responder_certificate.n == 0
               ? 0
               : LWCMP_ERR_NO_ANCHOR;
}

/*
 * Only for an ip that brings a certificate: a rejection from who knows whom
 * must not cost the key, nor a "waiting" the time. What it says is kept for
 * people to read.
 */
int lwcmp_quirks_path(struct lwcmp *c, const struct lwcmp_cert *cert, int err)
{
    struct lwcmp_bytes row = c->in.extra_certs;
    struct lwcmp_bytes der;
    struct lwcmp_cert root;
    unsigned tried = 0;

    if (lwcmp_quirks_no_anchor(c) || c->in.type != LWCMP_BODY_IP ||
        lwcmp_body_cert_read(&c->in.content, &c->answer)) {
        return err;
    }
    while (c->answer.certificate.n > 0 && tried < ROOTS_MAX &&
           lwcmp_cert_next(&row, &der)) {
        if (lwcmp_cert_read(&der, &root) ||
            !lwcmp_cert_issued_by(&root, &root)) {
            continue;
        }
        tried++;
        if (lwcmp_engine_path(c, cert, &der, &c->local) == 0) {
            (void)lwcmp_quirks_allow(c, LWCMP_QUIRK_ANCHOR_IN_EXTRA_CERTS);
            return 0;
        }
    }
    return err;
}

/* In the place of caPubs, which do not count under a signature. */
void lwcmp_quirks_anchor(struct lwcmp *c)
{
    if (c->quirks_used & (uint32_t)LWCMP_QUIRK_ANCHOR_IN_EXTRA_CERTS) {
        c->answer.ca_pubs = c->path[c->path_n - 1];
    }
}

#endif
