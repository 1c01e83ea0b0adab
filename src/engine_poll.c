/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Waiting for a CA that wants time (RFC 9483 4.4). The engine never sleeps;
 * between two polls it may well be a device that is switched off.
 */
#include "bytes.h"
#include "engine_p10.h"

#if LWCMP_WITH_POLLING

/*
 * The first pollReq goes out at once. Another "waiting" in answer to one is
 * as good as a pollRep of a second, if it is an answer to that pollReq: the
 * nonce of the request is for the final answer only, or else the first
 * "waiting" could be played again for ever.
 */
int lwcmp_engine_take_waiting(struct lwcmp *c, enum lwcmp_waits waits)
{
    c->wait = 0;
    if (c->sending == LWCMP_BODY_POLLREQ) {
        if (!lwcmp_bytes_are(&c->in.recip_nonce, c->nonce, sizeof c->nonce)) {
            return LWCMP_ERR_RECIP_NONCE;
        }
        c->wait = 1;
    }
    c->sending = LWCMP_BODY_POLLREQ;
    c->journal.waits = (uint8_t)waits;
    c->state = LWCMP_AT_NOTE_POLL;
    return 0;
}

int lwcmp_engine_take_poll(struct lwcmp *c)
{
    struct lwcmp_poll_answer answer;
    int err =
        lwcmp_body_poll_read(&c->in.content, lwcmp_p10_poll_id(c), &answer);

    if (err) {
        return err;
    }
    c->answer.status.present = true;
    c->answer.status.authenticated = true;
    c->answer.status.status = LWCMP_PKI_WAITING;
    c->answer.status.text = answer.reason;
    c->wait = answer.check_after > 0 ? answer.check_after : 1;
    c->state = LWCMP_AT_NOTE_POLL;
    return 0;
}

/*
 * The wait that follows may be long, so all that is needed is on record. A
 * certificate that was turned down is not polled for later.
 */
int lwcmp_at_note_poll(struct lwcmp *c)
{
    uint32_t limit = c->config->wait_limit;
    int err = 0;

    if (!c->rejecting) {
        err = lwcmp_engine_note(c);
    }
    if (err) {
        return err;
    }
    if (limit > 0 && c->wait > limit - c->waited) {
        return LWCMP_ERR_WAITING;
    }
    c->waited += c->wait;
    c->state = c->wait > 0 ? LWCMP_AT_WAIT : LWCMP_AT_BUILD;
    return 0;
}

/* Whoever calls after LWCMP_WAIT has waited. */
int lwcmp_at_wait(struct lwcmp *c)
{
    c->state = LWCMP_AT_BUILD;
    return 0;
}

#else

int lwcmp_engine_take_waiting(struct lwcmp *c, enum lwcmp_waits waits)
{
    (void)c;
    (void)waits;
    return LWCMP_ERR_WAITING;
}

int lwcmp_engine_take_poll(struct lwcmp *c)
{
    (void)c;
    return LWCMP_ERR_UNEXPECTED;
}

#endif
