/* SPDX-License-Identifier: Apache-2.0 */
/* From the journal to a message that can be sent. */
#include <string.h>

#include "body_confirm.h"
#include "bytes.h"
#include "crmf.h"
#include "engine.h"
#include "journal.h"
#include "protect.h"

#if LWCMP_WITH_SIGNATURE
/*
 * Our certificate, given or in the store. From there it comes to the end of
 * the work buffer, behind everything that is written while it is needed.
 */
static int load_own(struct lwcmp *c, struct lwcmp_bytes *row)
{
    uint8_t *end = c->config->buffer + lwcmp_engine_size(c);
    int err;

    c->in_n = 0;
    c->learned.n = 0;
    err =
        lwcmp_engine_load(c, lwcmp_engine_record(c->journal.active - 1u), row);
    if (err == 0 && row->n > 0) {
        memmove(end - row->n, row->p, row->n);
        row->p = end - row->n;
    }
    return err;
}

static int read_own(struct lwcmp *c, size_t *loaded, struct lwcmp_cert *own)
{
    struct lwcmp_bytes row = c->config->certificate;
    struct lwcmp_bytes der;
    int err;

    if (lwcmp_engine_uses_store(c)) {
        err = load_own(c, &row);
        if (err) {
            return err;
        }
        *loaded = row.n;
    }
    if (!lwcmp_cert_next(&row, &der) || lwcmp_cert_read(der, own)) {
        return LWCMP_ERR_STORE;
    }
    return own->has_key_usage && !own->digital_signature ? LWCMP_ERR_KEY : 0;
}

static lwcmp_key signing_key(const struct lwcmp *c)
{
    return lwcmp_engine_uses_store(c)
               ? c->config->key_slot[c->journal.active - 1]
               : c->config->key;
}
#endif

/* What protects our messages. */
static int describe(const struct lwcmp *c, struct lwcmp_prot_alg *alg,
                    lwcmp_key *key)
{
    memset(alg, 0, sizeof *alg);
    alg->kind = (enum lwcmp_prot_kind)c->kind;
    *key = c->mac_key;
#if LWCMP_WITH_PBM
    lwcmp_engine_pbm(c, &alg->pbm);
#endif
#if LWCMP_WITH_SIGNATURE
    if (alg->kind == LWCMP_PROT_SIG) {
        *key = signing_key(c);
        return lwcmp_crypto_key_sig(*key, &alg->sig);
    }
#endif
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
    struct lwcmp_bytes cert_hash = {c->cert_hash, c->cert_hash_n};
    size_t body = lwcmp_der_open(o, LWCMP_DER_CTX(c->sending));

    switch (c->sending) {
    case LWCMP_BODY_CERTCONF:
        lwcmp_body_confirm_put(o, cert_hash, !c->rejecting);
        break;
#if LWCMP_WITH_POLLING
    case LWCMP_BODY_POLLREQ:
        lwcmp_body_poll_put(o, c->journal.waits == LWCMP_WAITS_RESPONSE
                                   ? LWCMP_POLL_RESPONSE
                                   : LWCMP_POLL_MESSAGE);
        break;
#endif
    default:
        put_request(c, o, own);
    }
    lwcmp_der_close(o, body);
}

/*
 * The recipient is whoever answered, before that the configured one, or the
 * issuer of the certificate that is renewed (RFC 9483 3.1).
 */
static struct lwcmp_bytes recipient(const struct lwcmp *c,
                                    const struct lwcmp_cert *own)
{
    if (c->peer_name_n > 0) {
        return (struct lwcmp_bytes){c->peer_name, c->peer_name_n};
    }
    if (c->config->recipient.n > 0 || c->request->operation != LWCMP_KUR) {
        return c->config->recipient;
    }
    return own->issuer;
}

static void put_header(const struct lwcmp *c, struct lwcmp_der_out *o,
                       const struct lwcmp_prot_alg *alg,
                       const struct lwcmp_cert *own)
{
    struct lwcmp_pki_header h;

    h.sender = own->subject;
    h.recipient = recipient(c, own);
    h.protection = alg;
    h.sender_kid =
        alg->kind == LWCMP_PROT_MAC ? c->config->reference : own->ski;
    h.transaction_id = (struct lwcmp_bytes){c->journal.transaction_id,
                                            sizeof c->journal.transaction_id};
    h.sender_nonce = (struct lwcmp_bytes){c->nonce, sizeof c->nonce};
    h.recip_nonce =
        (struct lwcmp_bytes){c->journal.peer_nonce, c->journal.peer_nonce_n};
    h.implicit_confirm =
        c->config->implicit_confirm && c->sending <= LWCMP_BODY_KUR;
    lwcmp_pki_header_put(o, &h);
}

/* Header and body; each message has a senderNonce of its own. */
int lwcmp_at_build(struct lwcmp *c)
{
    struct lwcmp_der_out o;
    struct lwcmp_prot_alg alg;
    struct lwcmp_cert own;
    lwcmp_key key;
    size_t loaded = 0;
    int err = describe(c, &alg, &key);

    /* What was said so far, in the buffer that is written now. */
    memset(&c->status, 0, sizeof c->status);
    memset(&own, 0, sizeof own);
#if LWCMP_WITH_SIGNATURE
    if (err == 0 && alg.kind == LWCMP_PROT_SIG) {
        err = read_own(c, &loaded, &own);
    }
#endif
    if (err == 0) {
        err = lwcmp_crypto_random(c->nonce, sizeof c->nonce);
    }
    if (err) {
        return err;
    }
    if (c->sending != LWCMP_BODY_POLLREQ) {
        memcpy(c->journal.request_nonce, c->nonce, sizeof c->nonce);
    }
    lwcmp_der_out_init(&o, c->config->buffer, lwcmp_engine_size(c) - loaded);
    (void)lwcmp_der_open(&o, LWCMP_DER_SEQUENCE);
    put_header(c, &o, &alg, &own);
    put_body(c, &o, &own);
    c->out_n = o.n;
    c->state = LWCMP_AT_PROTECT;
    return o.err;
}

#if LWCMP_WITH_SIGNATURE
/* The record of our certificate and its chain, straight from the store. */
static void put_record(const struct lwcmp *c, struct lwcmp_der_out *o)
{
    const struct lwcmp_store *store = c->config->store;
    size_t n;
    uint8_t *p = lwcmp_der_room(o, &n);
    int err;

    if (p == NULL) {
        return;
    }
    err = store->read(store->context,
                      lwcmp_engine_record(c->journal.active - 1u), p, n, &n);
    if (err) {
        lwcmp_der_out_fail(o, err);
    } else {
        lwcmp_der_wrote(o, n);
    }
}

/*
 * extraCerts [1] SEQUENCE SIZE (1..MAX) OF CMPCertificate: our certificate
 * first, then its chain (RFC 9483 3.3). Later messages of a transaction do
 * without, since the server knows them by then; not so after a reset.
 */
static void put_extra_certs(const struct lwcmp *c, struct lwcmp_der_out *o)
{
    size_t tagged = lwcmp_der_open(o, LWCMP_DER_CTX(1));
    size_t certs = lwcmp_der_open(o, LWCMP_DER_SEQUENCE);

    if (lwcmp_engine_uses_store(c)) {
        put_record(c, o);
    } else {
        lwcmp_der_put_raw(o, c->config->certificate);
        lwcmp_der_put_raw(o, c->config->chain);
    }
    lwcmp_der_close(o, certs);
    lwcmp_der_close(o, tagged);
}
#endif

int lwcmp_at_protect(struct lwcmp *c)
{
    struct lwcmp_der_out o;
    struct lwcmp_prot_alg alg;
    lwcmp_key key;
    int err = describe(c, &alg, &key);

    if (err) {
        return err;
    }
    lwcmp_der_out_init(&o, c->config->buffer, lwcmp_engine_size(c));
    o.n = c->out_n;
    lwcmp_protect_put(&o, 0, &alg, key);
#if LWCMP_WITH_SIGNATURE
    if (alg.kind == LWCMP_PROT_SIG &&
        (c->sending <= LWCMP_BODY_KUR || c->resuming)) {
        put_extra_certs(c, &o);
    }
#endif
    lwcmp_der_close(&o, 0);
    c->out_n = o.n;
    c->in_n = 0;
    c->state = LWCMP_AT_EXCHANGE;
    return o.err;
}
