/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Polling with nothing but a transactionID: of what another program has asked
 * for, or a device before it lost its store. From the first pollRep on it is
 * like any other transaction that waits.
 */
#include "engine.h"

#if LWCMP_WITH_POLL_BY_ID

#include <string.h>

#include "bytes.h"
#include "lwcmp/poll_id.h"
#include "record.h"

/* The journal has room for no more, and RFC 9483 3.1 has no use for it. */
bool lwcmp_poll_id_fits(const struct lwcmp_request *request)
{
    return !lwcmp_is_errand(request) &&
           request->transaction_id.n <=
               sizeof((struct lwcmp_journal *)0)->transaction_id;
}

static bool is_noted(const struct lwcmp *c)
{
    const struct lwcmp_journal *journal = &c->journal;

    return journal->waits >= LWCMP_WAITS_RESPONSE &&
           lwcmp_bytes_are(&c->request->transaction_id, journal->transaction_id,
                           lwcmp_engine_id_n(c));
}

uint32_t lwcmp_poll_id_digest(const struct lwcmp *c, uint32_t digest)
{
    const struct lwcmp_bytes *id = &c->request->transaction_id;

    return is_noted(c) ? c->journal.request_digest
                       : lwcmp_record_crc_of(digest, id);
}

/*
 * The nonce of the request is lost. A random one in its place is nobody's, so
 * that the answer has to echo the pollReq.
 */
int lwcmp_poll_id_begin(struct lwcmp *c)
{
    struct lwcmp_journal *journal = &c->journal;
    const struct lwcmp_bytes *id = &c->request->transaction_id;

    memset(journal->transaction_id, 0, sizeof journal->transaction_id);
    memcpy(journal->transaction_id, id->p, id->n);
    journal->id_n = (uint8_t)id->n;
    journal->peer_nonce_n = 0;
    journal->marks &= c->request->key_is_there ? 0 : LWCMP_MARK_SENT_KEY;
    journal->operation = (uint8_t)c->request->operation;
    journal->waits = LWCMP_WAITS_RESPONSE;
    if (c->request->key_is_there && journal->phase == LWCMP_PHASE_IDLE) {
        journal->phase = LWCMP_PHASE_ASKED;
    }
    c->resuming = true;
    return lwcmp_crypto_random(journal->request_nonce,
                               sizeof journal->request_nonce);
}

uint8_t lwcmp_poll_id_asked(const struct lwcmp *c)
{
    uint8_t type = c->in.type;

    return type == LWCMP_BODY_IP || type == LWCMP_BODY_CP ||
                   type == LWCMP_BODY_KUP
               ? (uint8_t)(type - 1)
               : c->asking;
}

struct lwcmp_bytes lwcmp_transaction_id(const struct lwcmp *c)
{
    return (struct lwcmp_bytes){c->journal.transaction_id,
                                lwcmp_engine_id_n(c)};
}

#endif
