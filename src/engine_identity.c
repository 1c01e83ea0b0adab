/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All that outlives a transaction: the two slots of identity with their keys,
 * and the note in the journal. The order of the writes is
 * what keeps a device alive: key made, then noted, then asked for; certificate
 * stored, then noted, then confirmed; confirmed, perhaps proven, then made
 * active, then the old one erased.
 */
#include "engine_cms.h"
#include "engine_p10.h"

/* The record of the certificate in a slot, 0 or 1. */
static enum lwcmp_record record(unsigned slot)
{
    return slot == 0 ? LWCMP_RECORD_CERT_1 : LWCMP_RECORD_CERT_2;
}

int lwcmp_engine_note(struct lwcmp *c)
{
    c->journal.interval = c->wait;
    if (lwcmp_is_errand(c->request)) {
        return lwcmp_errand_write(c->config->store, &c->journal);
    }
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

int lwcmp_engine_load_new(struct lwcmp *c, struct lwcmp_bytes *where)
{
    return lwcmp_engine_load(c, record(c->slot), where);
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

/*
 * The key is kept; from the next state on the request may be on its way. It
 * goes out again with the same transactionID and nonce, which lie together.
 */
int lwcmp_at_note_asked(struct lwcmp *c)
{
    int err = lwcmp_crypto_random(c->journal.transaction_id,
                                  sizeof c->journal.transaction_id +
                                      sizeof c->journal.request_nonce);

    if (err) {
        return err;
    }
    lwcmp_engine_mark_own_key(c);
    if (c->journal.phase != LWCMP_PHASE_KEPT) {
        c->journal.phase = LWCMP_PHASE_ASKED;
    }
    c->journal.operation = (uint8_t)c->request->operation;
    c->journal.waits = LWCMP_WAITS_REQUEST;
    c->journal.peer_nonce_n = 0;
    if (LWCMP_WITH_POLL_BY_ID) {
        c->journal.id_n = 0;
    }
    c->state = LWCMP_AT_OWN;
    return lwcmp_engine_note(c);
}

/* The wait is over, and what came of it is being turned down. */
int lwcmp_at_note_over(struct lwcmp *c)
{
    c->journal.waits = LWCMP_WAITS_NOT;
    c->state = LWCMP_AT_BUILD;
    return lwcmp_engine_note(c);
}

/* The chain of our old certificate, for a CA that does not repeat it. */
int lwcmp_at_local(struct lwcmp *c)
{
    c->state = LWCMP_AT_EXAMINE;
    c->has_local = true;
    return lwcmp_engine_load_own(c);
}

/*
 * The certificate and its chain, without the anchor at the path's end. If
 * there is no room, what is remembered of the server gives way.
 */
int lwcmp_at_keep(struct lwcmp *c)
{
    const struct lwcmp_store *store = c->config->store;
    size_t n = c->path_n > 1 ? c->path_n - 1u : 1;
    int err = store->write(store->context, record(c->slot), c->path, n);

    c->state =
        c->answer.ca_pubs.n > 0 ? LWCMP_AT_KEEP_ANCHOR : LWCMP_AT_NOTE_KEPT;
    if (err) {
        (void)store->remove(store->context, LWCMP_RECORD_SIGNER);
        err = store->write(store->context, record(c->slot), c->path, n);
    }
    return err;
}

int lwcmp_at_note_kept(struct lwcmp *c)
{
    if (c->confirmed_implicitly) {
        c->state = LWCMP_AT_COMMIT;
        return 0;
    }
    c->journal.phase = LWCMP_PHASE_KEPT;
    c->journal.waits = LWCMP_WAITS_CERTCONF;
    c->resuming = false;
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

/* What an old identity does for its owner, the new one has to do first. */
static bool is_to_prove(const struct lwcmp *c)
{
    return c->config->prove && c->journal.active != 0 &&
           c->journal.waits != LWCMP_WAITS_PROOF;
}

/*
 * From this write on the new identity is the device's. If all that speaks for
 * it is that the CA has refused to give another, that is on record, too.
 */
int lwcmp_at_commit(struct lwcmp *c)
{
    uint8_t old = (uint8_t)(1 - c->slot);
    int err;

    if (is_to_prove(c)) {
        c->journal.phase = LWCMP_PHASE_KEPT;
        c->journal.waits = LWCMP_WAITS_PROOF;
        c->state = LWCMP_AT_PROVE;
        return lwcmp_engine_note(c);
    }
    c->journal.doubtful =
        c->journal.waits == LWCMP_WAITS_REQUEST && !c->confirmed_implicitly;
    err = write_outcome(c, (uint8_t)(c->slot + 1));
    c->slot = old;
    return err;
}

/*
 * What does not work after the CA has confirmed it may work later. Where the
 * CA has refused certConf, another is asked for with this key; where it has
 * refused that as well, with another key.
 */
int lwcmp_proven(struct lwcmp *c, bool works)
{
    if (c->state != LWCMP_AT_PROVE) {
        return LWCMP_ERR_STATE;
    }
    c->state = LWCMP_AT_COMMIT;
    if (!works) {
        if (c->answer.status.present && c->answer.certificate.n == 0) {
            lwcmp_engine_give_up(c, c->sending == c->asking);
        }
        lwcmp_engine_fail(c, LWCMP_ERR_REFUSED);
    }
    return 0;
}

/* A key that the caller made is the caller's to destroy. */
int lwcmp_at_abandon(struct lwcmp *c)
{
    int err = write_outcome(c, c->journal.active);

    if (c->request->key_is_there || lwcmp_is_p10(c)) {
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

/* Only a journal that was read for certain lets anything go. */
int lwcmp_tidy(const struct lwcmp_config *config)
{
    const struct lwcmp_store *store = config->store;
    struct lwcmp_journal journal;
    unsigned slot;
    int err = lwcmp_journal_read(store, &journal);

    if (err || journal.phase != LWCMP_PHASE_IDLE) {
        return err;
    }
    slot = journal.active == 1 ? 1 : 0;
    err = lwcmp_crypto_key_destroy(config->key_slot[slot]);
    return err ? err : store->remove(store->context, record(slot));
}

struct lwcmp_pending lwcmp_pending(const struct lwcmp_store *store)
{
    struct lwcmp_pending pending = {0, false, false, 0, false, false};
    struct lwcmp_journal journal;

    if (lwcmp_journal_read(store, &journal)) {
        return pending;
    }
    pending.doubtful = journal.doubtful != 0;
    if (journal.phase == LWCMP_PHASE_IDLE) {
        return pending;
    }
    pending.operation = journal.operation;
    pending.kept = journal.phase == LWCMP_PHASE_KEPT;
    pending.over = journal.waits == LWCMP_WAITS_NOT;
    pending.polls = journal.waits >= LWCMP_WAITS_RESPONSE &&
                    journal.waits <= LWCMP_WAITS_PKICONF;
    pending.interval = pending.polls ? journal.interval : 0;
    return pending;
}
