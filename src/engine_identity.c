/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All that outlives a transaction: the two slots of identity with their keys,
 * learned anchors, and the note in the journal. The order of the writes is
 * what keeps a device alive: key made, then noted, then asked for; certificate
 * stored, then noted, then confirmed; confirmed, then made active, then the
 * old one erased.
 */
#include "engine.h"

/* The record of the certificate in a slot, 0 or 1. */
static enum lwcmp_record record(unsigned slot)
{
    return slot == 0 ? LWCMP_RECORD_CERT_1 : LWCMP_RECORD_CERT_2;
}

int lwcmp_engine_note(const struct lwcmp *c)
{
    return lwcmp_journal_write(c->config->store, &c->journal);
}

int lwcmp_engine_load(struct lwcmp *c, enum lwcmp_record id,
                      struct lwcmp_bytes *where)
{
    const struct lwcmp_store *store = c->config->store;
    size_t used = c->in_n + c->learned.n;
    uint8_t *p = c->config->buffer + used;
    int err = store->read(store->context, id, p, c->size - used, &where->n);

    where->p = p;
    if (err) {
        where->n = 0;
    }
    return err;
}

int lwcmp_engine_load_own(struct lwcmp *c)
{
    return lwcmp_engine_load(c, record(c->journal.active - 1u), &c->local);
}

bool lwcmp_engine_uses_store(const struct lwcmp *c)
{
    return c->config->certificate.n == 0 ||
           (c->request->operation == LWCMP_KUR && c->journal.active != 0);
}

/* Does what is on record let this request begin, or go on? */
static int judge(struct lwcmp *c)
{
    c->resuming = c->resuming && c->journal.waits != LWCMP_WAITS_NOT &&
                  c->journal.operation == c->request->operation;
    if (c->request->operation == LWCMP_CR && c->journal.active != 0) {
        return LWCMP_ERR_CONFIG; /* it would take the identity's place */
    }
    if (c->own.kind == LWCMP_PROT_SIG && lwcmp_engine_uses_store(c) &&
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
    return lwcmp_engine_note(c);
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
    int err = lwcmp_engine_load(c, record(c->slot), &row);

    if (err) {
        return err;
    }
    err = LWCMP_ERR_CERT_KEY;
    if (lwcmp_cert_next(&row, &der) && lwcmp_cert_read(&der, &cert) == 0) {
        err = lwcmp_crypto_key_match(key, cert.spki);
    }
    if (err == 0 && c->journal.waits == LWCMP_WAITS_CERTCONF) {
        err = lwcmp_engine_hash(c, &cert);
    }
    if (err != LWCMP_ERR_CERT_KEY) {
        return err;
    }
    c->journal.phase = LWCMP_PHASE_ASKED;
    c->resuming = false;
    return 0;
}

/*
 * Is the key of an earlier attempt, or the caller's, in the slot? A key that
 * was asked for by mistake may be of another type; the one of a certificate
 * that is kept stays in any case. LWCMP_ERR_KEY: a new one is needed.
 */
static int find_key(struct lwcmp *c, lwcmp_key key)
{
    enum lwcmp_sig sig;
    int err;

    if (c->journal.phase == LWCMP_PHASE_IDLE && !c->request->key_is_there) {
        return LWCMP_ERR_KEY;
    }
    err = lwcmp_crypto_key_sig(key, &sig);
    if (err == 0 && c->journal.phase == LWCMP_PHASE_KEPT) {
        return check_kept(c, key);
    }
    if (err == 0 && !c->resuming && !c->request->key_is_there) {
        err = lwcmp_crypto_key_is(key, c->request->key_type);
    }
    return err;
}

/*
 * A key left by an attempt whose fate is unknown is used again: the CA may
 * have a certificate for it. A certificate that is kept is nothing without
 * its key.
 */
int lwcmp_at_key(struct lwcmp *c)
{
    lwcmp_key key = c->config->key_slot[c->slot];
    int err = find_key(c, key);

    if (err == 0 && c->resuming) {
        c->sending = c->journal.waits == LWCMP_WAITS_CERTCONF
                         ? LWCMP_BODY_CERTCONF
                         : LWCMP_BODY_POLLREQ;
        c->state = LWCMP_AT_OWN;
        return 0;
    }
    c->resuming = false;
    c->state = LWCMP_AT_NOTE_ASKED;
    if (err != LWCMP_ERR_KEY || c->request->key_is_there) {
        return err;
    }
    c->journal.phase = LWCMP_PHASE_ASKED;
    return lwcmp_crypto_key_generate(key, c->request->key_type);
}

/* certConfirmed, RFC 9810 5.2.3 */
#define CERT_CONFIRMED (1u << 11)

/*
 * Only what was sent before a reset can have been confirmed before. (A
 * certificate that is turned down is not kept, and not waited for.)
 */
static bool was_confirmed(const struct lwcmp *c)
{
    return c->resuming && c->journal.waits == LWCMP_WAITS_CERTCONF &&
           (c->answer.status.fail_info & CERT_CONFIRMED) != 0;
}

/*
 * A refused request leaves nothing to go on with. A refused certConf does, and
 * a refused pollReq ends no more than the wait: the CA may have lost a message
 * of ours, or have issued long ago. The next attempt asks anew.
 */
int lwcmp_engine_refused(struct lwcmp *c, uint8_t body)
{
    if (was_confirmed(c)) {
        c->state = LWCMP_AT_COMMIT;
        return 0;
    }
    if (body == c->sending && body != LWCMP_BODY_CERTCONF) {
        c->abandon = true;
    } else if (!c->rejecting) {
        c->journal.waits = LWCMP_WAITS_NOT;
        (void)lwcmp_engine_note(c);
    }
    return LWCMP_ERR_PEER_ERROR;
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
    c->state = LWCMP_AT_OWN;
    return lwcmp_engine_note(c);
}

/* The chain of our old certificate, for a CA that does not repeat it. */
int lwcmp_at_local(struct lwcmp *c)
{
    c->state = LWCMP_AT_EXAMINE;
    c->has_local = true;
    return lwcmp_engine_load_own(c);
}

/* The certificate and its chain, without the anchor at the path's end. */
int lwcmp_at_keep(struct lwcmp *c)
{
    const struct lwcmp_store *store = c->config->store;
    size_t n = c->path_n > 1 ? c->path_n - 1u : 1;

    c->state =
        c->answer.ca_pubs.n > 0 ? LWCMP_AT_KEEP_ANCHOR : LWCMP_AT_NOTE_KEPT;
    return store->write(store->context, record(c->slot), c->path, n);
}

/*
 * Of caPubs only the anchor of the new certificate is learned (RFC 9483
 * 4.1.1), next to those learned before, which the old identity may need.
 */
int lwcmp_at_keep_anchor(struct lwcmp *c)
{
    const struct lwcmp_store *store = c->config->store;
    struct lwcmp_bytes parts[2] = {c->learned, c->path[c->path_n - 1]};
    size_t first = c->learned.n > 0 ? 0 : 1;

    c->state = LWCMP_AT_NOTE_KEPT;
    if (lwcmp_cert_in_row(&parts[1], c->learned) ||
        !lwcmp_cert_in_row(&parts[1], c->answer.ca_pubs)) {
        return 0;
    }
    return store->write(store->context, LWCMP_RECORD_ANCHORS, parts + first,
                        2 - first);
}

int lwcmp_at_note_kept(struct lwcmp *c)
{
    if (c->confirmed_implicitly) {
        c->state = LWCMP_AT_COMMIT;
        return 0;
    }
    c->journal.phase = LWCMP_PHASE_KEPT;
    c->journal.waits = LWCMP_WAITS_CERTCONF;
    c->sending = LWCMP_BODY_CERTCONF;
    c->state = LWCMP_AT_BUILD;
    return lwcmp_engine_note(c);
}

static int write_outcome(struct lwcmp *c, uint8_t active)
{
    c->journal.active = active;
    c->journal.phase = LWCMP_PHASE_IDLE;
    c->journal.waits = LWCMP_WAITS_NOT;
    c->state = LWCMP_AT_ERASE_KEY;
    return lwcmp_engine_note(c);
}

/* From this write on the new identity is the device's. */
int lwcmp_at_commit(struct lwcmp *c)
{
    uint8_t old = (uint8_t)(1 - c->slot);
    int err = write_outcome(c, (uint8_t)(c->slot + 1));

    c->slot = old;
    return err;
}

/* A key that the caller made is the caller's to destroy. */
int lwcmp_at_abandon(struct lwcmp *c)
{
    int err = write_outcome(c, c->journal.active);

    if (c->request->key_is_there) {
        c->state = LWCMP_AT_ERASE_CERT;
    }
    return err;
}

/*
 * What the journal no longer names goes. Should that fail, the outcome stands
 * all the same, and the next transaction needs the slot and clears it.
 */
int lwcmp_at_erase_key(struct lwcmp *c)
{
    (void)lwcmp_crypto_key_destroy(c->config->key_slot[c->slot]);
    c->state = LWCMP_AT_ERASE_CERT;
    return 0;
}

int lwcmp_at_erase_cert(struct lwcmp *c)
{
    const struct lwcmp_store *store = c->config->store;

    (void)store->remove(store->context, record(c->slot));
    c->state = LWCMP_AT_DONE;
    return 0;
}

int lwcmp_identity(const struct lwcmp_store *store, unsigned *slot)
{
    struct lwcmp_journal journal;
    int err = lwcmp_journal_read(store, &journal);

    if (err) {
        return err;
    }
    if (journal.active == 0) {
        return LWCMP_ERR_NO_IDENTITY;
    }
    *slot = journal.active - 1u;
    return 0;
}

int lwcmp_free_slot(const struct lwcmp_store *store, unsigned *slot)
{
    int err = lwcmp_identity(store, slot);

    *slot = err == 0 && *slot == 0 ? 1 : 0;
    return err == LWCMP_ERR_NO_IDENTITY ? 0 : err;
}

struct lwcmp_pending lwcmp_pending(const struct lwcmp_store *store)
{
    struct lwcmp_pending pending = {0, false, false, 0};
    struct lwcmp_journal journal;

    if (lwcmp_journal_read(store, &journal) ||
        journal.phase == LWCMP_PHASE_IDLE) {
        return pending;
    }
    pending.operation = journal.operation;
    pending.kept = journal.phase == LWCMP_PHASE_KEPT;
    pending.polls = journal.waits >= LWCMP_WAITS_RESPONSE &&
                    journal.waits <= LWCMP_WAITS_PKICONF;
    return pending;
}
