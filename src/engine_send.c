/* SPDX-License-Identifier: Apache-2.0 */
/* To a message that can be sent, where there is what it takes. */
#include <string.h>

#include "body_confirm.h"
#include "bytes.h"
#include "crmf.h"
#include "engine_cms.h"
#include "engine_custom.h"
#include "engine_p10.h"
#include "protect.h"
#include "quirks.h"

/* Whether a new certificate needs no anchor that is there already. */
static bool certificate_is_fine(const struct lwcmp *c)
{
    return lwcmp_is_errand(c->request) || c->config->allow_no_anchor ||
           (c->own.kind == LWCMP_PROT_MAC && c->config->accept_ca_pubs &&
            c->request->operation == LWCMP_IR);
}

/*
 * Is there anything to validate the answer and the new certificate against?
 * Better to know before a one-time secret is spent.
 */
int lwcmp_at_learned(struct lwcmp *c)
{
    const struct lwcmp_config *config = c->config;
    struct lwcmp_bytes learned;
    int err = lwcmp_engine_load(c, LWCMP_RECORD_ANCHORS, &learned);
    bool answer_is_fine =
        c->own.kind == LWCMP_PROT_MAC || config->responder_certificate.n > 0;

    if (err) {
        return err;
    }
    c->has_learned = learned.n > 0;
    c->state = lwcmp_is_errand(c->request) ? LWCMP_AT_OWN : LWCMP_AT_KEY;
    if (c->has_learned || config->anchors.n > 0) {
        return 0;
    }
    return answer_is_fine && certificate_is_fine(c) ? 0
                                                    : lwcmp_quirks_no_anchor(c);
}

/* The key that protects our messages. */
int lwcmp_at_own(struct lwcmp *c)
{
#if LWCMP_WITH_PBM
    if (c->own.kind == LWCMP_PROT_MAC) {
        return lwcmp_engine_derive(c);
    }
#endif
    c->own_key = lwcmp_engine_uses_store(c)
                     ? c->config->key_slot[c->journal.active - 1]
                     : c->config->key;
    c->state = LWCMP_AT_BUILD;
    return lwcmp_own_sig(c->config, c->own_key, &c->own);
}

#if LWCMP_WITH_SIGNATURE
/*
 * Our certificate, given or in the store. From there it comes to the end of
 * the work buffer, where it lies until it goes into extraCerts. Where it lay
 * for the message before, what was read of it is still true.
 */
static int read_own(struct lwcmp *c)
{
    struct lwcmp_bytes row = c->config->certificate;
    struct lwcmp_bytes der;
    uint8_t *p;
    int err;

    if (lwcmp_engine_uses_store(c)) {
        c->in_n = 0;
        c->learned.n = 0;
        err = lwcmp_engine_load_own(c);
        if (err) {
            return err;
        }
        p = c->config->buffer + c->size - c->local.n;
        memmove(p, c->local.p, c->local.n);
        c->local.p = p;
        row = c->local;
    }
    if (row.p == c->own_cert.der.p) {
        return 0;
    }
    if (!lwcmp_cert_next(&row, &der) || lwcmp_cert_read(&der, &c->own_cert)) {
        return LWCMP_ERR_STORE;
    }
    return lwcmp_cert_may_sign(&c->own_cert) ? 0 : LWCMP_ERR_KEY;
}
#endif

/* The empty Name, where there is none (RFC 9483 3.1, 4.1.1). */
static const uint8_t null_dn_octets[] = {LWCMP_DER_SEQUENCE, 0};
static const struct lwcmp_bytes null_dn = {null_dn_octets,
                                           sizeof null_dn_octets};

static void put_request(struct lwcmp *c, struct lwcmp_der_out *o)
{
    const struct lwcmp_cert *own = &c->own_cert;
    struct lwcmp_crmf crmf = {
        .subject = c->request->subject.n > 0 ? &c->request->subject : &null_dn,
        .extensions = &c->request->extensions,
        .key = c->config->key_slot[c->slot],
    };

    if (c->request->operation == LWCMP_KUR) {
        crmf.subject = &own->subject;
        crmf.extensions = &own->san;
        crmf.old = own;
    }
    lwcmp_engine_set_crmf(c, &crmf);
    lwcmp_crmf_set_config(&crmf, c->config);
    lwcmp_crmf_put(o, &crmf);
}

static void put_asked(struct lwcmp *c, struct lwcmp_der_out *o)
{
    if (lwcmp_is_errand(c->request)) {
        lwcmp_errand_put(c, o);
    } else if (lwcmp_is_p10(c)) {
        lwcmp_p10_put(c, o);
    } else {
        put_request(c, o);
    }
}

#if LWCMP_WITH_CONFIRM_OF
/*
 * Without statusInfo a CertStatus means acceptance, so to turn a certificate
 * down is to say nothing of it (RFC 9810 5.3.18).
 */
static void put_confirm(struct lwcmp *c, struct lwcmp_der_out *o)
{
    struct lwcmp_bytes cert_hash = {c->cert_hash, c->cert_hash_n};
    enum lwcmp_verdict verdict =
        c->rejecting ? LWCMP_VERDICT_REJECTED : LWCMP_VERDICT_ACCEPTED;

    if (lwcmp_quirks_allow(c, LWCMP_QUIRK_NO_STATUS_INFO)) {
        verdict = LWCMP_VERDICT_UNSAID;
        cert_hash.n = c->rejecting ? 0 : cert_hash.n;
    }
    lwcmp_body_confirm_put_of(o, &cert_hash, verdict, lwcmp_p10_number(c),
                              lwcmp_engine_hash_alg(c));
}
#else
static inline void put_confirm(struct lwcmp *c, struct lwcmp_der_out *o)
{
    struct lwcmp_bytes cert_hash = {c->cert_hash, c->cert_hash_n};

    lwcmp_body_confirm_put(o, cert_hash, !c->rejecting);
}
#endif

static void put_body(struct lwcmp *c, struct lwcmp_der_out *o)
{
    lwcmp_der_open(o, LWCMP_DER_CTX(c->sending));
    switch (c->sending) {
    case LWCMP_BODY_CERTCONF:
        put_confirm(c, o);
        break;
#if LWCMP_WITH_POLLING
    case LWCMP_BODY_POLLREQ:
        lwcmp_body_poll_put(o, lwcmp_p10_poll_id(c));
        break;
#endif
    default:
        put_asked(c, o);
    }
    lwcmp_der_close(o);
}

/*
 * The recipient is whoever answered, before that the configured one, or the
 * issuer of the certificate that is renewed (RFC 9483 3.1).
 */
static const struct lwcmp_bytes *recipient(const struct lwcmp *c)
{
    if (c->peer_name.n > 0) {
        return &c->peer_name;
    }
    if (c->config->recipient.n > 0) {
        return &c->config->recipient;
    }
    return c->request->operation == LWCMP_KUR ? &c->own_cert.issuer : &null_dn;
}

/*
 * Whether the transaction has syntax of cmp2021: from its first message on,
 * where something comes encrypted (RFC 9483 3.1).
 */
static inline bool needs_cmp2021(const struct lwcmp *c)
{
    return lwcmp_engine_is_central(c->request) ||
           lwcmp_engine_is_encrypted(c->request) ||
           lwcmp_engine_is_archived(c->request) ||
           (c->sending == LWCMP_BODY_CERTCONF &&
            lwcmp_engine_hash_alg(c) != LWCMP_HASH_NONE);
}

/* Of the bodies that we send, requests come first, but for errands. */
static inline bool is_request(const struct lwcmp *c)
{
    return LWCMP_WITH_ERRANDS || LWCMP_WITH_RECOVERY
               ? c->sending == c->asking
               : c->sending <= LWCMP_BODY_KUR;
}

/* Requests have it, and nothing else of a transaction (RFC 9810 5.1.1.4). */
static inline void set_profile(const struct lwcmp *c,
                               struct lwcmp_pki_header *h)
{
    struct lwcmp_bytes profile = lwcmp_profile(c->request);

    if (LWCMP_WITH_CERT_PROFILE && is_request(c)) {
        lwcmp_pki_header_set_profile(h, &profile);
    }
}

static void put_header(struct lwcmp *c, struct lwcmp_der_out *o)
{
    const struct lwcmp_cert *own = &c->own_cert;
    struct lwcmp_pki_header h = {
        .sender = &own->subject,
        .recipient = recipient(c),
        .protection = &c->own,
        .sender_kid =
            c->own.kind == LWCMP_PROT_MAC ? &c->config->reference : &own->ski,
        .transaction_id = {c->journal.transaction_id, lwcmp_engine_id_n(c)},
        .sender_nonce = {c->nonce, sizeof c->nonce},
        .recip_nonce = {c->journal.peer_nonce, c->journal.peer_nonce_n},
        .implicit_confirm =
            c->config->implicit_confirm && c->sending <= LWCMP_BODY_KUR,
    };

    lwcmp_pki_header_set_cmp2021(&h, needs_cmp2021(c));
    lwcmp_quirks_put_header(c, &h, &null_dn);
    set_profile(c, &h);
    lwcmp_pki_header_put(o, &h);
}

/*
 * Header and body; each message has a senderNonce of its own. That of a request
 * is on record already; that of certConf may be, if it has to wait.
 */
int lwcmp_at_build(struct lwcmp *c)
{
    struct lwcmp_der_out o;
    uint8_t *nonce =
        c->sending == LWCMP_BODY_POLLREQ ? c->nonce : c->journal.request_nonce;
    int err = 0;

    if (c->sending != c->asking) {
        err = lwcmp_crypto_random(nonce, sizeof c->nonce);
    }
    memmove(c->nonce, nonce, sizeof c->nonce);

    /*
     * What was said so far, in the buffer that is written now. That a
     * certificate is turned down rests on what was verified.
     */
    memset(&c->answer, 0, sizeof c->answer);
    c->answer.status.authenticated = c->rejecting;
    c->local.n = 0;
#if LWCMP_WITH_SIGNATURE
    if (err == 0 && c->own.kind == LWCMP_PROT_SIG) {
        err = read_own(c);
    }
#endif
    if (err) {
        return err;
    }
    lwcmp_der_out_init(&o, c->config->buffer, c->size - c->local.n);
    lwcmp_der_open_sequence(&o);
    put_header(c, &o);
    put_body(c, &o);
    c->out_n = o.n;
    c->state = LWCMP_AT_PROTECT;
    return o.err;
}

#if LWCMP_WITH_SIGNATURE
/*
 * extraCerts [1] SEQUENCE SIZE (1..MAX) OF CMPCertificate: our certificate
 * first, then its chain (RFC 9483 3.3). Later messages of a transaction do
 * without, since the server knows them by then; not so after a reset.
 *
 * What lies at the end of the buffer moves down in it.
 */
static void put_extra_certs(const struct lwcmp *c, struct lwcmp_der_out *o)
{
    const struct lwcmp_config *config = c->config;

    lwcmp_der_open(o, LWCMP_DER_CTX(1));
    lwcmp_der_open_sequence(o);
    o->cap += c->local.n;
    if (c->local.n > 0) {
        lwcmp_der_put_raw(o, c->local.p, c->local.n);
    } else {
        lwcmp_der_put_raw(o, config->certificate.p, config->certificate.n);
        lwcmp_der_put_raw(o, config->chain.p, config->chain.n);
    }
    lwcmp_der_close(o);
    lwcmp_der_close(o);
}
#endif

/* Goes on in the open message where lwcmp_at_build() has stopped. */
int lwcmp_at_protect(struct lwcmp *c)
{
    struct lwcmp_der_out o;

    lwcmp_der_out_init(&o, c->config->buffer, c->size - c->local.n);
    lwcmp_der_open_sequence(&o);
    o.n = c->out_n;
    lwcmp_protect_put(&o, &c->own, c->own_key);
#if LWCMP_WITH_SIGNATURE
    if (c->own.kind == LWCMP_PROT_SIG && (is_request(c) || c->resuming)) {
        put_extra_certs(c, &o);
    }
#endif
    lwcmp_der_close(&o);
    c->local.n = 0;
    c->out_n = o.n;
    c->in_n = 0;
    c->state = LWCMP_AT_EXCHANGE;
    return o.err;
}
