/* SPDX-License-Identifier: Apache-2.0 */
/* From the journal to a message that can be sent. */
#include <string.h>

#include "body_confirm.h"
#include "bytes.h"
#include "crmf.h"
#include "engine.h"
#include "journal.h"
#include "protect.h"

#define RECORD_CERT(slot) ((enum lwcmp_record)(LWCMP_RECORD_CERT_1 + (slot)))

static const struct lwcmp_bytes absent;

/* Which identity is there, and which slot will the next one take? */
static int load(struct lwcmp *c)
{
    int err = lwcmp_journal_read(c->config->store, &c->journal);

    if (err) {
        return err;
    }
    if (c->kind == LWCMP_PROT_SIG && lwcmp_engine_uses_store(c) &&
        c->journal.active == 0) {
        return LWCMP_ERR_NO_IDENTITY;
    }
    c->slot = c->journal.active == 1 ? 1 : 0;
    c->state = LWCMP_AT_LEARNED;
    return 0;
}

/*
 * Is there anything to validate the answer and the new certificate against?
 * Better to know before a one-time secret is spent.
 */
static int look_for_anchors(struct lwcmp *c)
{
    const struct lwcmp_config *config = c->config;
    struct lwcmp_bytes learned;
    int err = lwcmp_engine_load(c, LWCMP_RECORD_ANCHORS, &learned);
    bool mac = c->kind == LWCMP_PROT_MAC;
    bool answer = mac || config->responder_certificate.n > 0;
    bool certificate =
        config->allow_no_anchor ||
        (mac && config->accept_ca_pubs && c->request->operation == LWCMP_IR);

    if (err) {
        return err;
    }
    c->has_learned = learned.n > 0;
    c->state = LWCMP_AT_KEY;
    if (c->has_learned || config->anchors.n > 0) {
        return 0;
    }
    return answer && certificate ? 0 : LWCMP_ERR_NO_ANCHOR;
}

/* A key left by an attempt whose fate is unknown is used again. */
static int make_key(struct lwcmp *c)
{
    lwcmp_key key = c->config->key_slot[c->slot];
    bool left =
        c->journal.phase != LWCMP_PHASE_IDLE && lwcmp_crypto_key_exists(key);
    int err = 0;

    if (c->request->key_is_there) {
        err = lwcmp_crypto_key_exists(key) ? 0 : LWCMP_ERR_KEY;
    } else if (!left) {
        err = lwcmp_crypto_key_generate(key, c->request->key_type);
    }
    c->state = LWCMP_AT_NOTE_ASKED;
    return err;
}

/* The key is kept; from the next state on the request may be on its way. */
static int note_asked(struct lwcmp *c)
{
    int err = lwcmp_crypto_random(c->journal.transaction_id,
                                  sizeof c->journal.transaction_id);

    if (err) {
        return err;
    }
    c->journal.phase = LWCMP_PHASE_ASKED;
    c->journal.pending = (uint8_t)(c->slot + 1);
    c->journal.operation = (uint8_t)c->request->operation;
    c->state = c->kind == LWCMP_PROT_MAC ? LWCMP_AT_DERIVE : LWCMP_AT_BUILD;
    return lwcmp_journal_write(c->config->store, &c->journal);
}

#if LWCMP_WITH_PBM
static struct lwcmp_pbm own_pbm(const struct lwcmp *c)
{
    uint32_t iterations = c->config->pbm_iterations;

    return (struct lwcmp_pbm){
        .salt = {c->salt, sizeof c->salt},
        .iterations = iterations ? iterations : LWCMP_PBM_ITERATIONS,
        .owf = LWCMP_SHA256,
        .hmac = LWCMP_SHA256,
    };
}

/* Salt and key stay the same through a transaction (RFC 9483 4.1.5). */
static int derive(struct lwcmp *c)
{
    struct lwcmp_pbm pbm = own_pbm(c);
    int err = 0;

    if (c->mac_key == 0) {
        err = lwcmp_crypto_random(c->salt, sizeof c->salt);
    }
    if (err == 0) {
        err = lwcmp_crypto_pbm(&pbm, c->config->secret, &c->mac_key,
                               &c->iterated);
    }
    if (c->iterated == pbm.iterations) {
        c->state = LWCMP_AT_BUILD;
    }
    return err;
}
#endif

#if LWCMP_WITH_SIGNATURE
/*
 * Our certificate and its chain: given, or from the store to the end of the
 * work buffer, where they stay until the message is complete.
 */
static int load_own(struct lwcmp *c, struct lwcmp_cert *cert)
{
    struct lwcmp_bytes row = c->config->certificate;
    struct lwcmp_bytes der;
    size_t size = c->config->buffer_size;
    int err;

    if (lwcmp_engine_uses_store(c)) {
        c->in_n = 0;
        c->learned = absent;
        err = lwcmp_engine_load(c, RECORD_CERT(c->journal.active - 1), &row);
        if (err) {
            return err;
        }
        memmove(c->config->buffer + size - row.n, row.p, row.n);
        row.p = c->config->buffer + size - row.n;
        c->own = row;
    }
    if (!lwcmp_cert_next(&row, &der) || lwcmp_cert_read(der, cert)) {
        return LWCMP_ERR_STORE;
    }
    return cert->has_key_usage && !cert->digital_signature ? LWCMP_ERR_KEY : 0;
}

static lwcmp_key signing_key(const struct lwcmp *c)
{
    return lwcmp_engine_uses_store(c)
               ? c->config->key_slot[c->journal.active - 1]
               : c->config->key;
}
#endif

/* What protects our messages, and as whom we send them. */
static int describe(struct lwcmp *c, struct lwcmp_prot_alg *alg,
                    struct lwcmp_pki_header *h, struct lwcmp_cert *own)
{
    alg->kind = (enum lwcmp_prot_kind)c->kind;
#if LWCMP_WITH_PBM
    if (alg->kind == LWCMP_PROT_MAC) {
        alg->pbm = own_pbm(c);
        h->sender_kid = c->config->reference;
    }
#endif
#if LWCMP_WITH_SIGNATURE
    if (alg->kind == LWCMP_PROT_SIG) {
        int err = load_own(c, own);

        if (err) {
            return err;
        }
        h->sender = own->subject;
        h->sender_kid = own->ski;
        return lwcmp_crypto_key_sig(signing_key(c), &alg->sig);
    }
#endif
    (void)own;
    return 0;
}

static void put_request(struct lwcmp *c, struct lwcmp_der_out *o,
                        const struct lwcmp_cert *own)
{
    struct lwcmp_crmf crmf = {
        .subject = c->request->subject,
        .extensions = c->request->extensions,
        .key = c->config->key_slot[c->slot],
    };

    if (c->request->operation == LWCMP_KUR) {
        crmf.subject = own->subject;
        crmf.extensions = own->san;
        crmf.old = own;
    }
    lwcmp_crmf_put(o, &crmf);
}

static void put_body(struct lwcmp *c, struct lwcmp_der_out *o,
                     const struct lwcmp_cert *own)
{
    size_t body = lwcmp_der_open(o, LWCMP_DER_CTX(c->sending));

    if (c->sending == LWCMP_BODY_CERTCONF) {
        lwcmp_body_confirm_put(
            o, (struct lwcmp_bytes){c->cert_hash, c->cert_hash_n},
            !c->rejecting);
    } else {
        put_request(c, o, own);
    }
    lwcmp_der_close(o, body);
}

/*
 * The recipient is the configured one first, then whoever answered
 * (RFC 9483 3.1); each message has a senderNonce of its own.
 */
static int build(struct lwcmp *c)
{
    struct lwcmp_der_out o;
    struct lwcmp_prot_alg alg = {0};
    struct lwcmp_pki_header h = {0};
    struct lwcmp_cert own = {0};
    int err;

    c->own = absent;
    c->status.text = absent; /* it lay in the buffer that is written now */
    err = describe(c, &alg, &h, &own);
    if (err == 0) {
        err = lwcmp_crypto_random(c->nonce, sizeof c->nonce);
    }
    if (err) {
        return err;
    }
    h.recipient = c->peer_name_n > 0
                      ? (struct lwcmp_bytes){c->peer_name, c->peer_name_n}
                      : c->config->recipient;
    h.protection = &alg;
    h.transaction_id = (struct lwcmp_bytes){c->journal.transaction_id,
                                            sizeof c->journal.transaction_id};
    h.sender_nonce = (struct lwcmp_bytes){c->nonce, sizeof c->nonce};
    h.recip_nonce = (struct lwcmp_bytes){c->peer_nonce, c->peer_nonce_n};
    h.implicit_confirm =
        c->config->implicit_confirm && c->sending != LWCMP_BODY_CERTCONF;

    lwcmp_der_out_init(&o, c->config->buffer,
                       c->config->buffer_size - c->own.n);
    (void)lwcmp_der_open(&o, LWCMP_DER_SEQUENCE);
    lwcmp_pki_header_put(&o, &h);
    put_body(c, &o, &own);
    c->out_n = o.n;
    c->state = LWCMP_AT_PROTECT;
    return o.err;
}

/*
 * extraCerts [1] SEQUENCE SIZE (1..MAX) OF CMPCertificate: our certificate
 * first, then its chain (RFC 9483 3.3). Later messages of a transaction do
 * without, since the server knows them by then.
 */
static void put_extra_certs(struct lwcmp *c, struct lwcmp_der_out *o)
{
    size_t tagged;
    size_t certs;

    if (c->kind == LWCMP_PROT_SIG && c->sending != LWCMP_BODY_CERTCONF) {
        tagged = lwcmp_der_open(o, LWCMP_DER_CTX(1));
        certs = lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
        if (lwcmp_engine_uses_store(c)) {
            lwcmp_der_put_raw(o, c->own);
        } else {
            lwcmp_der_put_raw(o, c->config->certificate);
            lwcmp_der_put_raw(o, c->config->chain);
        }
        lwcmp_der_close(o, certs);
        lwcmp_der_close(o, tagged);
    }
}

static int protect(struct lwcmp *c)
{
    struct lwcmp_der_out o;
    struct lwcmp_prot_alg alg = {0};
    lwcmp_key key = c->mac_key;
    int err = 0;

    alg.kind = (enum lwcmp_prot_kind)c->kind;
    alg.pbm.hmac = LWCMP_SHA256;
#if LWCMP_WITH_SIGNATURE
    if (alg.kind == LWCMP_PROT_SIG) {
        key = signing_key(c);
        err = lwcmp_crypto_key_sig(key, &alg.sig);
    }
#endif
    if (err) {
        return err;
    }
    lwcmp_der_out_init(&o, c->config->buffer,
                       c->config->buffer_size - c->own.n);
    o.n = c->out_n;
    lwcmp_protect_put(&o, 0, &alg, key);
    put_extra_certs(c, &o);
    lwcmp_der_close(&o, 0);
    c->out_n = o.n;
    c->in_n = 0;
    c->state = LWCMP_AT_EXCHANGE;
    return o.err;
}

int lwcmp_engine_send(struct lwcmp *c)
{
    switch (c->state) {
    case LWCMP_AT_LOAD:
        return load(c);
    case LWCMP_AT_LEARNED:
        return look_for_anchors(c);
    case LWCMP_AT_KEY:
        return make_key(c);
    case LWCMP_AT_NOTE_ASKED:
        return note_asked(c);
#if LWCMP_WITH_PBM
    case LWCMP_AT_DERIVE:
        return derive(c);
#endif
    case LWCMP_AT_BUILD:
        return build(c);
    case LWCMP_AT_PROTECT:
        return protect(c);
    }
    return LWCMP_ERR_STATE;
}
