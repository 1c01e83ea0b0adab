/* SPDX-License-Identifier: Apache-2.0 */
/* From the journal to the first message: slot, anchors, key, note. */
#include "engine.h"
#include "journal.h"

/* Does what is on record let this request begin, or go on? */
static int judge(struct lwcmp *c)
{
    c->resuming = c->resuming && c->journal.waits != LWCMP_WAITS_NOT &&
                  c->journal.operation == c->request->operation;
    if (c->request->operation == LWCMP_CR && c->journal.active != 0) {
        return LWCMP_ERR_CONFIG; /* it would take the identity's place */
    }
    if (c->kind == LWCMP_PROT_SIG && lwcmp_engine_uses_store(c) &&
        c->journal.active == 0) {
        return LWCMP_ERR_NO_IDENTITY;
    }
    return 0;
}

/* Which identity is there, and which slot will the next one take? */
int lwcmp_at_load(struct lwcmp *c)
{
    int err = lwcmp_journal_read(c->config->store, &c->journal);

    if (err == 0) {
        err = judge(c);
    }
    c->slot = c->journal.active == 1 ? 1 : 0;
    c->state = LWCMP_AT_LEARNED;
    if (err || c->resuming || c->journal.waits == LWCMP_WAITS_NOT) {
        return err;
    }
    /* Nothing polls on for a key that may not be the same any more. */
    c->journal.waits = LWCMP_WAITS_NOT;
    return lwcmp_journal_write(c->config->store, &c->journal);
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
 * Whether the certificate that is kept and the key in its slot belong
 * together. If another key has got there, nothing may confirm or make active
 * what nobody can use: it is as if the certificate had not come.
 */
static int check_kept(struct lwcmp *c, lwcmp_key key)
{
    struct lwcmp_bytes row;
    struct lwcmp_bytes der;
    struct lwcmp_cert cert;
    int err = lwcmp_engine_load(c, lwcmp_engine_record(c->slot), &row);

    if (err) {
        return err;
    }
    err = LWCMP_ERR_CERT_KEY;
    if (lwcmp_cert_next(&row, &der) && lwcmp_cert_read(der, &cert) == 0) {
        err = lwcmp_crypto_key_match(key, cert.spki);
    }
    if (err != LWCMP_ERR_CERT_KEY) {
        return err;
    }
    c->journal.phase = LWCMP_PHASE_ASKED;
    c->resuming = false;
    return 0;
}

/* What comes before the first message. */
static uint8_t after_key(struct lwcmp *c)
{
    return c->kind == LWCMP_PROT_MAC ? LWCMP_AT_DERIVE : LWCMP_AT_BUILD;
}

/*
 * Is the key of an earlier attempt, or the caller's, in the slot? A key that
 * was asked for by mistake may be of another type; the one of a certificate
 * that is kept stays in any case. LWCMP_ERR_KEY: a new one is needed.
 */
static int find_key(struct lwcmp *c, lwcmp_key key)
{
    static const uint8_t sig_of_type[] = {LWCMP_ECDSA_SHA256,
                                          LWCMP_ECDSA_SHA384, LWCMP_RSA_SHA256,
                                          LWCMP_RSA_SHA256, LWCMP_RSA_SHA256};
    enum lwcmp_sig sig;
    int err;

    if (c->journal.phase == LWCMP_PHASE_IDLE && !c->request->key_is_there) {
        return LWCMP_ERR_KEY;
    }
    err = lwcmp_crypto_key_sig(key, &sig);
    if (err == 0 && c->journal.phase == LWCMP_PHASE_KEPT) {
        return check_kept(c, key);
    }
    if (err == 0 && !c->resuming && !c->request->key_is_there &&
        sig != (enum lwcmp_sig)sig_of_type[c->request->key_type]) {
        return LWCMP_ERR_KEY;
    }
    return err;
}

/*
 * A key left by an attempt whose fate is unknown is used again: the CA may
 * have a certificate for it.
 */
int lwcmp_at_key(struct lwcmp *c)
{
    lwcmp_key key = c->config->key_slot[c->slot];
    int err = find_key(c, key);

    if (err == 0 && c->resuming) {
        c->sending = LWCMP_BODY_POLLREQ;
        c->state = after_key(c);
        return 0;
    }
    c->resuming = false;
    c->state = LWCMP_AT_NOTE_ASKED;
    return err == LWCMP_ERR_KEY && !c->request->key_is_there
               ? lwcmp_crypto_key_generate(key, c->request->key_type)
               : err;
}

/* The key is kept; from the next state on the request may be on its way. */
int lwcmp_at_note_asked(struct lwcmp *c)
{
    int err = lwcmp_crypto_random(c->journal.transaction_id,
                                  sizeof c->journal.transaction_id);

    if (err) {
        return err;
    }
    if (c->journal.phase == LWCMP_PHASE_IDLE) {
        c->journal.phase = LWCMP_PHASE_ASKED; /* else what is kept stays */
    }
    c->journal.operation = (uint8_t)c->request->operation;
    c->journal.waits = LWCMP_WAITS_NOT;
    c->journal.peer_nonce_n = 0;
    c->state = after_key(c);
    return lwcmp_journal_write(c->config->store, &c->journal);
}
