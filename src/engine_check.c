/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From received bytes to a message that can be believed (RFC 9483 3.5).
 * Nothing in an answer has an effect before LWCMP_AT_ANSWER, save that an
 * error message may end the attempt.
 */
#include <string.h>

#include "body_confirm.h"
#include "bytes.h"
#include "engine_cms.h"
#include "engine_custom.h"
#include "engine_p10.h"
#include "protect.h"
#include "quirks.h"
#include "rules.h"

#define NONCE_MIN 16 /* RFC 9483 3.1: 128 bits */

#define SALT_MIN 8 /* RFC 4211 4.4 */

/*
 * Errors may come without protection, from a server that could not even
 * parse us (RFC 9483 3.6.4). That ends the attempt and does nothing else.
 */
static int read_error(struct lwcmp *c)
{
    int err = lwcmp_pki_error_read(&c->in.content, &c->answer.status);

    if (err) {
        memset(&c->answer, 0, sizeof c->answer);
        return err;
    }
    return c->in.protection.p ? 0 : LWCMP_ERR_PEER_CLAIM;
}

#if LWCMP_WITH_POLLING
/*
 * The message that is answered: after polling it may be the one that is
 * polled for, and its nonce may be the one that is echoed (RFC 9483 4.4).
 */
static uint8_t answered(const struct lwcmp *c)
{
    if (c->sending != LWCMP_BODY_POLLREQ || c->in.type == LWCMP_BODY_POLLREP) {
        return c->sending;
    }
    if (c->journal.waits == LWCMP_WAITS_PKICONF) {
        return LWCMP_BODY_CERTCONF;
    }
    return lwcmp_is_poll_by_id(c->request) ? lwcmp_poll_id_asked(c) : c->asking;
}
#else
static uint8_t answered(const struct lwcmp *c)
{
    return c->sending;
}
#endif

static bool is_our_nonce(const struct lwcmp *c, const struct lwcmp_bytes *nonce)
{
    return lwcmp_bytes_are(nonce, c->nonce, sizeof c->nonce) ||
           (answered(c) != c->sending &&
            lwcmp_bytes_are(nonce, c->journal.request_nonce, sizeof c->nonce));
}

static int check_header(struct lwcmp *c)
{
    const struct lwcmp_message *m = &c->in;

    if (m->pvno.n != 1 || (m->pvno.p[0] != 2 && m->pvno.p[0] != 3)) {
        return LWCMP_ERR_VERSION;
    }
    if (!lwcmp_bytes_are(&m->transaction_id, c->journal.transaction_id,
                         lwcmp_engine_id_n(c))) {
        return LWCMP_ERR_TRANSACTION_ID;
    }
    if (m->sender_nonce.n < NONCE_MIN || m->sender_nonce.n > LWCMP_MAX_NONCE) {
        return LWCMP_ERR_SENDER_NONCE;
    }
    if (!is_our_nonce(c, &m->recip_nonce)) {
        return LWCMP_ERR_RECIP_NONCE;
    }
    return lwcmp_rules_find(answered(c), m->type) == LWCMP_ANSWER_NONE
               ? lwcmp_quirks_body(c, answered(c))
               : 0;
}

/*
 * senderKID, if it is there, names the key in use (RFC 9483 3.5). A signer
 * whose key identifier was not kept is known by the key itself.
 */
static bool kid_fits(const struct lwcmp *c)
{
    const struct lwcmp_bytes *kid = lwcmp_quirks_answer(c) == LWCMP_PROT_MAC
                                        ? &c->config->reference
                                        : &c->peer_kid;

    return c->in.sender_kid.p == NULL || kid->n == 0 ||
           lwcmp_bytes_equal(&c->in.sender_kid, kid);
}

/* May we be made to work like that, with hashes like these? */
static int check_pbm(struct lwcmp *c, const struct lwcmp_pbm *pbm)
{
    if (pbm->iterations < LWCMP_PBM_ITERATIONS_MIN ||
        pbm->iterations > LWCMP_PBM_ITERATIONS_MAX) {
        return LWCMP_ERR_ITERATIONS;
    }
    if (pbm->salt.n < SALT_MIN ||
        (!c->config->allow_hmac_sha1 &&
         (pbm->hmac == LWCMP_SHA1 || pbm->owf == LWCMP_SHA1))) {
        return LWCMP_ERR_ALGORITHM;
    }
    if (LWCMP_WITH_HMAC_SHA1 &&
        (pbm->hmac == LWCMP_SHA1 || pbm->owf == LWCMP_SHA1)) {
        lwcmp_quirks_note(c, LWCMP_QUIRK_HMAC_SHA1);
    }
    return 0;
}

/*
 * The key that the message is to be checked with. A MAC brings parameters of
 * its own; a signer is looked for once, but after polling it may be another:
 * an RA may poll for us and hand on what the CA itself has signed.
 */
static int choose_key(struct lwcmp *c)
{
    bool mac = lwcmp_quirks_answer(c) == LWCMP_PROT_MAC;

    lwcmp_quirks_kid(c);
    if (mac || lwcmp_custom_of(&c->peer) ||
        (c->sending == LWCMP_BODY_POLLREQ && !kid_fits(c))) {
        lwcmp_engine_forget(&c->peer_key);
    }
    if (mac) {
        c->iterated = 0;
        c->state = LWCMP_AT_PEER_DERIVE;
        return check_pbm(c, &c->peer.pbm);
    }
    c->state = c->peer_key ? LWCMP_AT_VERIFY : LWCMP_AT_ANCHORS;
    return 0;
}

static int check_protection(struct lwcmp *c)
{
    uint8_t before = c->peer.kind;
    int err;

    if (c->in.protection.p == NULL || c->in.protection_alg.n == 0) {
        return lwcmp_quirks_unprotected(c);
    }
    err = lwcmp_engine_read_alg(c);
    if (err == 0 && c->peer.kind != c->own.kind) {
        err = lwcmp_quirks_kind(c, before);
    }
    return err ? err : choose_key(c);
}

int lwcmp_at_read(struct lwcmp *c)
{
    struct lwcmp_bytes der = {c->config->buffer, c->in_n};
    int err = lwcmp_pki_message_read(&der, &c->in);

    c->learned.n = 0;
    if (err == 0 && c->in.type == LWCMP_BODY_ERROR) {
        err = read_error(c);
    }
    if (err == 0) {
        err = lwcmp_quirks_header(c, check_header(c));
    }
    return err ? err : check_protection(c);
}

int lwcmp_at_verify(struct lwcmp *c)
{
    lwcmp_key key = c->peer_key ? c->peer_key : c->own_key;
    int err;

    if (!kid_fits(c)) {
        return LWCMP_ERR_SENDER_KID;
    }
    err = lwcmp_protect_check(&c->in, &c->peer, key);
    if (err) {
        return err;
    }
    lwcmp_engine_keep(&c->peer_name, &c->in.sender, c->peer_name_octets,
                      sizeof c->peer_name_octets);
    lwcmp_engine_remember(c);
    return 0;
}

/*
 * caPubs count only in an ip under MAC protection, and only where the device
 * is set up to learn from them (RFC 9483 4.1.1, 4.1.5).
 */
static inline bool is_no_ip(const struct lwcmp *c)
{
    return c->request->operation != LWCMP_IR ||
           (lwcmp_is_poll_by_id(c->request) && c->in.type != LWCMP_BODY_IP);
}

static int read_certificate(struct lwcmp *c)
{
    return lwcmp_engine_recovers(c->request) ? lwcmp_engine_read_recovery(c)
                                             : lwcmp_p10_read_cert(c);
}

/* What was there before needs no confirmation. */
static bool is_confirmed(const struct lwcmp *c)
{
    return lwcmp_engine_recovers(c->request) ||
           (c->config->implicit_confirm && c->in.implicit_confirm);
}

static int take_certificate(struct lwcmp *c)
{
    struct lwcmp_response *answer = &c->answer;
    int err = read_certificate(c);

    if (err) {
        memset(answer, 0, sizeof *answer);
        return err;
    }
    answer->status.authenticated = true;
    if (answer->status.status == LWCMP_PKI_WAITING) {
        return lwcmp_engine_take_waiting(c, lwcmp_engine_waits(c));
    }
    if (!lwcmp_body_has_cert(answer)) {
        return lwcmp_engine_refused(c, LWCMP_ERR_REJECTED);
    }
    if (lwcmp_quirks_answer(c) != LWCMP_PROT_MAC || is_no_ip(c) ||
        !c->config->accept_ca_pubs) {
        answer->ca_pubs.n = 0;
    }
    lwcmp_quirks_anchor(c);
    c->confirmed_implicitly = is_confirmed(c);
    c->state = LWCMP_AT_ANCHORS;
    return lwcmp_engine_check_wrapped(c);
}

static int take_confirmation(struct lwcmp *c)
{
    int err = lwcmp_body_pkiconf_read(&c->in.content);

    if (err == 0 && c->rejecting) {
        err = c->error;
    }
    if (err == 0) {
        c->state = LWCMP_AT_COMMIT;
    }
    return err;
}

static int take_error(struct lwcmp *c)
{
    c->answer.status.authenticated = true;
    if (c->answer.status.status == LWCMP_PKI_WAITING) {
        return lwcmp_engine_take_waiting(c, answered(c) == LWCMP_BODY_CERTCONF
                                                ? LWCMP_WAITS_PKICONF
                                                : LWCMP_WAITS_ANSWER);
    }
    return lwcmp_engine_refused(c, LWCMP_ERR_PEER_ERROR);
}

int lwcmp_at_answer(struct lwcmp *c)
{
    switch (lwcmp_rules_find(answered(c), c->in.type)) {
    case LWCMP_ANSWER_CERT:
        return take_certificate(c);
    case LWCMP_ANSWER_CONFIRMED:
        return take_confirmation(c);
    case LWCMP_ANSWER_POLL:
        return lwcmp_engine_take_poll(c);
    case LWCMP_ANSWER_ERROR:
        return take_error(c);
    case LWCMP_ANSWER_ERRAND:
#if LWCMP_WITH_ERRANDS
        return lwcmp_errand_take(c);
#endif
    case LWCMP_ANSWER_NONE:
        break;
    }
    return LWCMP_ERR_UNEXPECTED;
}
