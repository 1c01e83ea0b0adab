/* SPDX-License-Identifier: Apache-2.0 */
/* From the journal to a message that can be sent. */
#include <string.h>

#include "body_confirm.h"
#include "bytes.h"
#include "crmf.h"
#include "engine.h"
#include "journal.h"
#include "protect.h"

static const struct lwcmp_bytes absent;

/* Which identity is there, and which slot will the next one take? */
static int load(struct lwcmp *c)
{
    int err = lwcmp_journal_read(c->config->store, &c->journal);

    if (err) {
        return err;
    }
    if (c->request->operation == LWCMP_CR && c->journal.active != 0) {
        return LWCMP_ERR_CONFIG; /* it would take the identity's place */
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

/*
 * A key left by an attempt whose fate is unknown is used again: the CA may
 * have a certificate for it. One that was asked for by mistake may be of
 * another type; the key of a certificate that is kept stays in any case.
 */
static int make_key(struct lwcmp *c)
{
    static const uint8_t sig_of_type[] = {LWCMP_ECDSA_SHA256,
                                          LWCMP_ECDSA_SHA384};
    lwcmp_key key = c->config->key_slot[c->slot];
    enum lwcmp_sig sig;
    int err = LWCMP_ERR_KEY;

    c->state = LWCMP_AT_NOTE_ASKED;
    if (c->request->key_is_there) {
        return lwcmp_crypto_key_sig(key, &sig);
    }
    if (c->journal.phase != LWCMP_PHASE_IDLE) {
        err = lwcmp_crypto_key_sig(key, &sig);
    }
    if (err == 0 && c->journal.phase == LWCMP_PHASE_ASKED &&
        sig != (enum lwcmp_sig)sig_of_type[c->request->key_type]) {
        err = LWCMP_ERR_KEY;
    }
    return err == LWCMP_ERR_KEY
               ? lwcmp_crypto_key_generate(key, c->request->key_type)
               : err;
}

/*
 * The key is kept; from the next state on the request may be on its way. A
 * certificate that is kept stays on record until the next one is.
 */
static int note_asked(struct lwcmp *c)
{
    int err = lwcmp_crypto_random(c->journal.transaction_id,
                                  sizeof c->journal.transaction_id);

    c->state = c->kind == LWCMP_PROT_MAC ? LWCMP_AT_DERIVE : LWCMP_AT_BUILD;
    if (err || c->journal.phase == LWCMP_PHASE_KEPT) {
        return err;
    }
    c->journal.phase = LWCMP_PHASE_ASKED;
    return lwcmp_journal_write(c->config->store, &c->journal);
}

#if LWCMP_WITH_PBM
void lwcmp_engine_pbm(const struct lwcmp *c, struct lwcmp_pbm *pbm)
{
    pbm->salt = (struct lwcmp_bytes){c->salt, sizeof c->salt};
    pbm->iterations = c->config->pbm_iterations ? c->config->pbm_iterations
                                                : LWCMP_PBM_ITERATIONS;
    pbm->owf = LWCMP_SHA256;
    pbm->hmac = LWCMP_SHA256;
}

/* Salt and key stay the same through a transaction (RFC 9483 4.1.5). */
static int derive(struct lwcmp *c)
{
    struct lwcmp_pbm pbm;
    int err = 0;

    lwcmp_engine_pbm(c, &pbm);
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
 * Our certificate, given or in the store. From there it comes to the end of
 * the work buffer, behind everything that is written while it is needed.
 */
static int load_own(struct lwcmp *c, struct lwcmp_bytes *row)
{
    uint8_t *end = c->config->buffer + lwcmp_engine_size(c);
    int err;

    c->in_n = 0;
    c->learned = absent;
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
    h.recip_nonce = (struct lwcmp_bytes){c->peer_nonce, c->peer_nonce_n};
    h.implicit_confirm =
        c->config->implicit_confirm && c->sending != LWCMP_BODY_CERTCONF;
    lwcmp_pki_header_put(o, &h);
}

/* Header and body; each message has a senderNonce of its own. */
static int build(struct lwcmp *c)
{
    struct lwcmp_der_out o;
    struct lwcmp_prot_alg alg;
    struct lwcmp_cert own;
    lwcmp_key key;
    size_t loaded = 0;
    int err = describe(c, &alg, &key);

    c->status.text = absent; /* it lay in the buffer that is written now */
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
 * without, since the server knows them by then.
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

static int protect(struct lwcmp *c)
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
    if (alg.kind == LWCMP_PROT_SIG && c->sending != LWCMP_BODY_CERTCONF) {
        put_extra_certs(c, &o);
    }
#endif
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
