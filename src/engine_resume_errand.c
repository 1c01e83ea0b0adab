/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where an errand begins, or goes on after a reset. It takes neither key nor
 * slot, and leaves the journal alone: a certificate may be on its way
 * meanwhile. Where the authority wants time, a journal of its own says where to
 * go on. It is no loss if that is: whoever asks twice gets the same answer.
 */
#include "engine.h"

#if LWCMP_WITH_ERRANDS

#include <string.h>

/* What is asked, and as whom: an errand goes on only for the very same. */
static int digest(struct lwcmp *c, uint32_t *asked)
{
    *asked = lwcmp_engine_digest(c);
    return lwcmp_is_revocation(c->request) ? lwcmp_revoke_digest(c, asked) : 0;
}

/* Whether there is something to go on with; else the note means nothing. */
static bool read_note(struct lwcmp *c, uint32_t asked)
{
    return lwcmp_errand_read(c->config->store, &c->journal) == 0 &&
           c->journal.waits == LWCMP_WAITS_ANSWER &&
           c->journal.request_digest == asked;
}

static void forget(struct lwcmp *c)
{
    const struct lwcmp_store *store = c->config->store;

    c->journal.waits = LWCMP_WAITS_NOT;
    (void)store->remove(store->context, LWCMP_RECORD_ERRAND);
}

/* A new transaction, whose transactionID and nonce lie together. */
static int begin(struct lwcmp *c)
{
    memset(&c->journal, 0, sizeof c->journal);
    forget(c);
    return lwcmp_crypto_random(c->journal.transaction_id,
                               sizeof c->journal.transaction_id +
                                   sizeof c->journal.request_nonce);
}

/* Who asks, and does the errand go on or begin? */
int lwcmp_at_errand(struct lwcmp *c)
{
    uint32_t asked;
    int err = lwcmp_journal_read(c->config->store, &c->journal);
    uint8_t active = c->journal.active;

    if (err == 0 && c->own.kind == LWCMP_PROT_SIG &&
        lwcmp_engine_uses_store(c) && active == 0) {
        err = LWCMP_ERR_NO_IDENTITY;
    }
    if (err == 0) {
        err = digest(c, &asked);
    }
    if (err) {
        return err;
    }
    c->resuming = LWCMP_WITH_POLLING && c->resuming && read_note(c, asked);
    if (c->resuming) {
        c->sending = LWCMP_BODY_POLLREQ;
    } else {
        err = begin(c);
    }
    c->journal.active = active;
    c->journal.request_digest = asked;
    c->state = LWCMP_AT_LEARNED;
    return err;
}

int lwcmp_errand_over(struct lwcmp *c, int err)
{
    if (c->journal.waits != LWCMP_WAITS_NOT) {
        forget(c);
    }
    c->state = LWCMP_AT_DONE;
    return err;
}

#endif
