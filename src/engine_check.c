/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From received bytes to a message that can be believed (RFC 9483 3.5).
 * Nothing in an answer has an effect before LWCMP_AT_ANSWER, save that an
 * error message may end the attempt.
 */
#include <string.h>

#include "body_confirm.h"
#include "bytes.h"
#include "engine.h"
#include "protect.h"
#include "rules.h"

#define NONCE_MIN 16 /* RFC 9483 3.1: 128 bits */

#define SALT_MIN 8 /* RFC 4211 4.4 */

/*
 * Errors may come without protection, from a server that could not even
 * parse us (RFC 9483 3.6.4). That ends the attempt and does nothing else.
 */
static int read_error(struct lwcmp *c)
{
    int err = lwcmp_pki_error_read(c->in.content, &c->status);

    if (err) {
        c->status.present = false;
        return err;
    }
    return c->in.has_protection ? 0 : LWCMP_ERR_PEER_CLAIM;
}

static int check_header(const struct lwcmp *c)
{
    const struct lwcmp_message *m = &c->in;
    struct lwcmp_bytes id = {c->journal.transaction_id,
                             sizeof c->journal.transaction_id};
    struct lwcmp_bytes nonce = {c->nonce, sizeof c->nonce};

    if (m->pvno != 2 && m->pvno != 3) {
        return LWCMP_ERR_VERSION;
    }
    if (!lwcmp_bytes_equal(m->transaction_id, id)) {
        return LWCMP_ERR_TRANSACTION_ID;
    }
    if (m->sender_nonce.n < NONCE_MIN || m->sender_nonce.n > LWCMP_MAX_NONCE) {
        return LWCMP_ERR_SENDER_NONCE;
    }
    if (!lwcmp_bytes_equal(m->recip_nonce, nonce)) {
        return LWCMP_ERR_RECIP_NONCE;
    }
    return 0;
}

/* The key that the message is to be checked with: is it there already? */
static int choose_key(struct lwcmp *c, const struct lwcmp_prot_alg *alg)
{
    if (alg->kind == LWCMP_PROT_SIG) {
        c->peer_sig = alg->sig;
        c->state = c->peer_key ? LWCMP_AT_VERIFY : LWCMP_AT_ANCHORS;
        return 0;
    }
    c->peer_pbm = alg->pbm;
    c->iterated = 0;
    lwcmp_engine_forget(&c->peer_key);
    if (alg->pbm.iterations < LWCMP_PBM_ITERATIONS_MIN ||
        alg->pbm.iterations > LWCMP_PBM_ITERATIONS_MAX) {
        return LWCMP_ERR_ITERATIONS;
    }
    if (alg->pbm.salt.n < SALT_MIN ||
        (alg->pbm.hmac == LWCMP_SHA1 && !c->config->allow_hmac_sha1)) {
        return LWCMP_ERR_ALGORITHM;
    }
    c->state = LWCMP_AT_PEER_DERIVE;
    return 0;
}

static int read(struct lwcmp *c)
{
    struct lwcmp_bytes der = {c->config->buffer, c->in_n};
    struct lwcmp_prot_alg alg;
    int err = lwcmp_pki_message_read(der, &c->in);

    if (err == 0 && c->in.type == LWCMP_BODY_ERROR) {
        err = read_error(c);
    }
    if (err == 0) {
        err = check_header(c);
    }
    if (err) {
        return err;
    }
    if (lwcmp_rules_find(c->sending, c->in.type) == LWCMP_ANSWER_NONE) {
        return LWCMP_ERR_UNEXPECTED;
    }
    if (!c->in.has_protection || c->in.protection_alg.n == 0) {
        return LWCMP_ERR_UNPROTECTED;
    }
    err = lwcmp_prot_alg_get(c->in.protection_alg, &alg);
    if (err) {
        return err;
    }
    if (alg.kind != (enum lwcmp_prot_kind)c->kind) {
        return LWCMP_ERR_WRONG_KIND;
    }
    c->learned.n = 0;
    return choose_key(c, &alg);
}

/* Anchors learned from a CA are needed next; they lie in the store. */
static int load_anchors(struct lwcmp *c)
{
    c->state = c->kind == LWCMP_PROT_SIG && c->peer_key == 0 ? LWCMP_AT_SIGNER
                                                             : LWCMP_AT_EXAMINE;
    if (!c->has_learned) {
        return 0;
    }
    return lwcmp_engine_load(c, LWCMP_RECORD_ANCHORS, &c->learned);
}

#if LWCMP_WITH_SIGNATURE
/*
 * A valid certificate is not enough: each device of the fleet has one. The
 * responder is known by certificate, by name or by extended key usage, or is
 * a trust anchor itself (RFC 9483 3.4, RFC 9810 4.5).
 */
static bool is_authorized(const struct lwcmp_config *config,
                          const struct lwcmp_cert *cert, uint8_t path_n)
{
    if (cert->has_key_usage && !cert->digital_signature) {
        return false;
    }
    if (config->responder_certificate.n == 0 && config->responder_name.n > 0) {
        return lwcmp_bytes_equal(cert->subject, config->responder_name);
    }
    return cert->cmc || path_n == 1;
}

/* What is known of the one who signed, and the way to an anchor. */
struct signer {
    struct lwcmp_cert cert;
    struct lwcmp_bytes path[LWCMP_MAX_PATH];
    uint8_t path_n;
};

static int try_signer(const struct lwcmp *c, struct lwcmp_bytes der,
                      struct signer *s)
{
    struct lwcmp_path_pool pool = {
        .anchors = {c->config->anchors, c->learned,
                    c->config->responder_certificate},
        .untrusted = {c->in.extra_certs},
    };
    int err = lwcmp_path_find(der, &pool, s->path, &s->path_n);

    if (err == 0 && !is_authorized(c->config, &s->cert, s->path_n)) {
        err = LWCMP_ERR_NOT_AUTHORIZED;
    }
    return err;
}

/*
 * The certificate that senderKID names, if it names one, from which a path
 * leads to an anchor: the configured one, else one of extraCerts, else an
 * anchor. Others that bear the same key identifier may lie before it.
 */
static int find_signer(const struct lwcmp *c, struct signer *s)
{
    struct lwcmp_bytes pin = c->config->responder_certificate;
    struct lwcmp_bytes rows[3] = {pin.n > 0 ? pin : c->in.extra_certs,
                                  c->config->anchors, c->learned};
    struct lwcmp_bytes kid = c->in.sender_kid;
    struct lwcmp_bytes der;
    int err = LWCMP_ERR_NO_SIGNER;

    for (size_t i = 0; i < (pin.n > 0 ? 1u : 3u); i++) {
        while (lwcmp_cert_next(&rows[i], &der)) {
            if (lwcmp_cert_read(der, &s->cert) ||
                (kid.n > 0 && !lwcmp_bytes_equal(kid, s->cert.ski))) {
                continue;
            }
            err = try_signer(c, der, s);
            if (err == 0) {
                return 0;
            }
        }
    }
    return err;
}

/* Kept for the messages that come without extraCerts. */
static int keep_signer(struct lwcmp *c, const struct lwcmp_cert *cert)
{
    if (cert->ski.n > 0 && cert->ski.n <= sizeof c->peer_kid) {
        memcpy(c->peer_kid, cert->ski.p, cert->ski.n);
        c->peer_kid_n = (uint8_t)cert->ski.n;
    }
    return lwcmp_crypto_public_import(cert->spki, c->peer_sig, &c->peer_key);
}

static int check_signer(struct lwcmp *c)
{
    struct signer s;
    int err = find_signer(c, &s);

    if (err == 0) {
        err = lwcmp_crypto_path(s.path, s.path_n, &c->time);
    }
    if (err == 0) {
        err = keep_signer(c, &s.cert);
    }
    c->state = LWCMP_AT_VERIFY;
    return err;
}
#endif

#if LWCMP_WITH_PBM
/* The parameters are the sender's; if they are ours, so is the key. */
static bool is_own_pbm(const struct lwcmp *c)
{
    struct lwcmp_pbm own;

    lwcmp_engine_pbm(c, &own);
    return lwcmp_bytes_equal(c->peer_pbm.salt, own.salt) &&
           c->peer_pbm.iterations == own.iterations &&
           c->peer_pbm.owf == own.owf && c->peer_pbm.hmac == own.hmac;
}

static int derive_peer(struct lwcmp *c)
{
    int err = 0;

    if (is_own_pbm(c)) {
        c->state = LWCMP_AT_VERIFY;
        return 0;
    }
    err = lwcmp_crypto_pbm(&c->peer_pbm, c->config->secret, &c->peer_key,
                           &c->iterated);
    if (c->iterated == c->peer_pbm.iterations) {
        c->state = LWCMP_AT_VERIFY;
    }
    return err;
}
#endif

/*
 * senderKID, if it is there, names the key in use (RFC 9483 3.5). A signer
 * whose key identifier was not kept is known by the key itself.
 */
static bool kid_fits(const struct lwcmp *c)
{
    struct lwcmp_bytes kid = {c->peer_kid, c->peer_kid_n};

    if (c->kind == LWCMP_PROT_MAC) {
        kid = c->config->reference;
    }
    return c->in.sender_kid.n == 0 || kid.n == 0 ||
           lwcmp_bytes_equal(c->in.sender_kid, kid);
}

static int verify(struct lwcmp *c)
{
    struct lwcmp_prot_alg alg = {
        .kind = (enum lwcmp_prot_kind)c->kind,
        .sig = c->peer_sig,
        .pbm = c->peer_pbm,
    };
    lwcmp_key key = c->peer_key ? c->peer_key : c->mac_key;
    int err = LWCMP_ERR_PROTECTION;

    if (!kid_fits(c)) {
        return LWCMP_ERR_SENDER_KID;
    }
    err = lwcmp_protect_check(&c->in, &alg, key);
    if (err) {
        return err;
    }
    memcpy(c->peer_nonce, c->in.sender_nonce.p, c->in.sender_nonce.n);
    c->peer_nonce_n = (uint8_t)c->in.sender_nonce.n;
    if (c->in.sender.n > 0 && c->in.sender.n <= sizeof c->peer_name) {
        memcpy(c->peer_name, c->in.sender.p, c->in.sender.n);
        c->peer_name_n = (uint8_t)c->in.sender.n;
    }
    c->state = LWCMP_AT_ANSWER;
    return 0;
}

/*
 * caPubs count only in an ip under MAC protection, and only where the device
 * is set up to learn from them (RFC 9483 4.1.1, 4.1.5).
 */
static int take_certificate(struct lwcmp *c)
{
    struct lwcmp_cert_answer answer;
    int err = lwcmp_body_cert_read(c->in.content, &answer);

    if (err) {
        return err;
    }
    c->status = answer.status;
    c->status.authenticated = true;
    if (answer.status.status == LWCMP_PKI_WAITING) {
        return LWCMP_ERR_WAITING;
    }
    if (answer.certificate.n == 0) {
        c->abandon = true;
        return LWCMP_ERR_REJECTED;
    }
    c->certificate = answer.certificate;
    if (c->kind == LWCMP_PROT_MAC && c->sending == LWCMP_BODY_IR &&
        c->config->accept_ca_pubs) {
        c->ca_pubs = answer.ca_pubs;
    }
    c->confirmed_implicitly =
        c->config->implicit_confirm && c->in.implicit_confirm;
    c->state = c->kind == LWCMP_PROT_MAC ? LWCMP_AT_ANCHORS : LWCMP_AT_EXAMINE;
    return 0;
}

static int take_confirmation(struct lwcmp *c)
{
    int err = lwcmp_body_pkiconf_read(c->in.content);

    if (err == 0 && c->rejecting) {
        err = c->error;
    }
    if (err == 0) {
        c->state = LWCMP_AT_COMMIT;
    }
    return err;
}

/* A refused request leaves nothing to go on with; a refused certConf does. */
static int take_error(struct lwcmp *c)
{
    c->status.authenticated = true;
    if (c->status.status == LWCMP_PKI_WAITING) {
        return LWCMP_ERR_WAITING;
    }
    c->abandon = c->abandon || c->sending != LWCMP_BODY_CERTCONF;
    return LWCMP_ERR_PEER_ERROR;
}

static int take_answer(struct lwcmp *c)
{
    switch (lwcmp_rules_find(c->sending, c->in.type)) {
    case LWCMP_ANSWER_CERT:
        return take_certificate(c);
    case LWCMP_ANSWER_CONFIRMED:
        return take_confirmation(c);
    case LWCMP_ANSWER_ERROR:
        return take_error(c);
    case LWCMP_ANSWER_NONE:
        break;
    }
    return LWCMP_ERR_UNEXPECTED;
}

int lwcmp_engine_check(struct lwcmp *c)
{
    switch (c->state) {
    case LWCMP_AT_READ:
        return read(c);
    case LWCMP_AT_ANCHORS:
        return load_anchors(c);
#if LWCMP_WITH_SIGNATURE
    case LWCMP_AT_SIGNER:
        return check_signer(c);
#endif
#if LWCMP_WITH_PBM
    case LWCMP_AT_PEER_DERIVE:
        return derive_peer(c);
#endif
    case LWCMP_AT_VERIFY:
        return verify(c);
    case LWCMP_AT_ANSWER:
        return take_answer(c);
    }
    return LWCMP_ERR_STATE;
}
