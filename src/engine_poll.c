/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Waiting for a CA that wants time (RFC 9483 4.4). The engine never sleeps;
 * between two polls it may well be a device that is switched off.
 */
#include "engine.h"
#include "journal.h"

#if LWCMP_WITH_POLLING

int lwcmp_engine_wait(struct lwcmp *c, enum lwcmp_poll_id id)
{
    if (c->sending != LWCMP_BODY_POLLREQ) {
        c->polled = c->sending;
        c->sending = LWCMP_BODY_POLLREQ;
    }
    c->journal.poll_id = (uint8_t)id;
    c->wait = 0;
    c->state = LWCMP_AT_NOTE_POLL;
    return 0;
}

int lwcmp_engine_take_poll(struct lwcmp *c)
{
    struct lwcmp_poll_answer answer;
    int err = lwcmp_body_poll_read(
        c->in.content, (enum lwcmp_poll_id)c->journal.poll_id, &answer);

    if (err) {
        return err;
    }
    c->status = (struct lwcmp_status){.present = true,
                                      .authenticated = true,
                                      .status = LWCMP_PKI_WAITING,
                                      .text = answer.reason};
    c->wait = answer.check_after > 0 ? answer.check_after : 1;
    c->state = LWCMP_AT_NOTE_POLL;
    return 0;
}

/* The wait that follows may be long, so all that is needed is on record. */
int lwcmp_at_note_poll(struct lwcmp *c)
{
    uint32_t limit = c->config->wait_limit;

    if (limit > 0 && c->wait > limit - c->waited) {
        c->wait = 0;
        c->state = LWCMP_AT_DONE;
        c->error = LWCMP_ERR_WAITING;
    } else {
        c->waited += c->wait;
        c->state = c->wait > 0 ? LWCMP_AT_WAIT : LWCMP_AT_BUILD;
    }
    /* A kept certificate stays on record; certConf is not polled for later. */
    if (c->journal.phase == LWCMP_PHASE_KEPT) {
        return 0;
    }
    c->journal.phase = LWCMP_PHASE_POLLING;
    return lwcmp_journal_write(c->config->store, &c->journal);
}

/* Whoever calls after LWCMP_WAIT has waited. */
int lwcmp_at_wait(struct lwcmp *c)
{
    c->state = LWCMP_AT_BUILD;
    return 0;
}

#else

int lwcmp_engine_wait(struct lwcmp *c, enum lwcmp_poll_id id)
{
    (void)c;
    (void)id;
    return LWCMP_ERR_WAITING;
}

int lwcmp_engine_take_poll(struct lwcmp *c)
{
    (void)c;
    return LWCMP_ERR_UNEXPECTED;
}

#endif
