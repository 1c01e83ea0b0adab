/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is remembered of a server: the nonce for the journal, the time it has
 * stated, and who signs for it. A server need not send its certificates twice
 * in a transaction (RFC 9483 3.3), and does not know that we were switched
 * off. What is remembered is a hint and no more: it is judged anew like
 * anything that comes in extraCerts. Errands leave it alone: a certificate
 * that waits meanwhile may need it.
 */
#include "engine_custom.h"

#include <string.h>

#include "der_in.h"
#include "gentime.h"
#include "quirks.h"

void lwcmp_engine_remember(struct lwcmp *c)
{
    const struct lwcmp_bytes *nonce = &c->in.sender_nonce;
    uint64_t seconds;

    memset(c->journal.peer_nonce, 0, sizeof c->journal.peer_nonce);
    memcpy(c->journal.peer_nonce, nonce->p, nonce->n);
    c->journal.peer_nonce_n = (uint8_t)nonce->n;
    c->heard = 0;
    if (lwcmp_time_read(LWCMP_DER_GENERALIZED_TIME, &c->in.message_time,
                        &seconds) == 0 &&
        seconds <= UINT32_MAX) {
        c->heard = (uint32_t)seconds;
    }
    c->state = c->new_signer && !lwcmp_is_errand(c->request)
                   ? LWCMP_AT_KEEP_SIGNER
                   : LWCMP_AT_ANSWER;
    c->new_signer = false;
    c->local.n = 0;
}

uint64_t lwcmp_heard_time(const struct lwcmp *c)
{
    return c->heard;
}

/* Without the anchor at the path's end. Where there is no room, so be it. */
int lwcmp_at_keep_signer(struct lwcmp *c)
{
    const struct lwcmp_store *store = c->config->store;

    c->state = LWCMP_AT_ANSWER;
    (void)store->write(store->context, LWCMP_RECORD_SIGNER, c->path,
                       c->path_n - 1u);
    return 0;
}

/* Whether it is still to be found out who has signed the answer. */
static bool lacks_signer(const struct lwcmp *c)
{
    return lwcmp_quirks_answer(c) == LWCMP_PROT_SIG && c->peer_key == 0 &&
           !lwcmp_custom_has_key(&c->peer);
}

/*
 * Anchors learned from a CA are needed next; they lie in the store. So does
 * the signer's certificate, if it came before a reset, or if its key is not
 * one that the provider keeps.
 */
int lwcmp_at_anchors(struct lwcmp *c)
{
    bool sign = lacks_signer(c);
    bool came_before = c->resuming || lwcmp_custom_of(&c->peer) != NULL;
    int err = 0;

    c->state = sign ? LWCMP_AT_SIGNER : LWCMP_AT_EXAMINE;
    if (c->has_learned && c->learned.n == 0) {
        err = lwcmp_engine_load(c, LWCMP_RECORD_ANCHORS, &c->learned);
    }
    if (err == 0 && sign && came_before && c->in.extra_certs.n == 0) {
        (void)lwcmp_engine_load(c, LWCMP_RECORD_SIGNER, &c->local);
    }
    return err;
}
