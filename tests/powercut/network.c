/* SPDX-License-Identifier: Apache-2.0 */
#include "network.h"

#include <string.h>

#include "oracle.h"

/* The message is with the CA, and that is where what came before lasts. */
static void reach_ca(struct world *w, struct lwcmp_bytes message)
{
    memcpy(w->old_answer, w->answer, w->answer_n);
    w->old_answer_n = w->answer_n;
    w->answer_n = ca_answer(&w->ca, message, w->answer, sizeof w->answer);
    if (w->ca.accepted != 0) {
        oracle_confirmed(w, w->ca.accepted);
    }
    oracle_watch(w, w->ca.gave_away ? BLAME_CA : BLAME_DEVICE);
}

static void lose(struct lwcmp *c)
{
    (void)lwcmp_failed(c, LWCMP_ERR_TIMEOUT);
}

static void deliver(struct lwcmp *c, const uint8_t *p, size_t n)
{
    size_t room;
    uint8_t *to = lwcmp_room(c, &room);

    if (n > room) {
        (void)lwcmp_failed(c, LWCMP_ERR_BUFFER);
        return;
    }
    memcpy(to, p, n);
    (void)lwcmp_received(c, n, true);
}

void network_exchange(struct world *w, struct lwcmp *c)
{
    static uint8_t message[MESSAGE_MAX];
    const struct lwcmp_bytes out = lwcmp_output(c);
    const struct lwcmp_bytes copy = {message, out.n};
    bool gave_away;
    enum fault_kind fault = world_point(w, true, "before a message leaves");

    if (fault == FAULT_FAIL) {
        lose(c);
        return;
    }
    memcpy(message, out.p, out.n);
    reach_ca(w, copy);
    if (fault == FAULT_TWICE) {
        reach_ca(w, copy);
        w->noise++;
    }
    fault = world_point(w, true, "the CA has it (type %u)", w->ca.peer.in.type);
    world_flush(w);
    if (fault == FAULT_FAIL) {
        lose(c);
        return;
    }
    if (fault == FAULT_TWICE) { /* once more, too late for the device */
        memcpy(w->old_answer, w->answer, w->answer_n);
        w->old_answer_n = w->answer_n;
        (void)ca_answer(&w->ca, copy, message, sizeof message);
        w->superseded = w->ca.gave_away;
        oracle_watch(w, w->ca.gave_away ? BLAME_CA : BLAME_DEVICE);
        w->noise++;
    }
    gave_away = w->ca.gave_away;
    fault = world_point(w, false, "the answer has come");
    if (fault == FAULT_FAIL) { /* an old one, in its place */
        w->superseded = gave_away;
        deliver(c, w->old_answer, w->old_answer_n);
    } else {
        deliver(c, w->answer, w->answer_n);
    }
}
