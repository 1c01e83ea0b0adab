/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"

#include "crc/crc32.h"
#include "lwcmp/platform.h"
#include "attempt.h"
#include "board.h"
#include "say.h"
#include "words.h"

#define DAY 86400

struct lwcmp_time lwcmp_facts_time(const struct lwcmp_device *d, uint64_t heard)
{
    struct lwcmp_time time = {LWCMP_TIME_UNKNOWN, 0};

    if (lwcmp_board_time(&time.seconds) && time.seconds + DAY >= heard) {
        time.clock = LWCMP_TIME_EXACT;
    }
    return lwcmp_life_time(&d->life, time);
}

/*
 * Its certificate is a device's own number, until it is renewed. One that is
 * gone or no certificate any more is no identity: nothing can be signed with
 * it. That is for certain only where the store has answered.
 */
static int look_at_identity(struct lwcmp_device *d,
                            struct lwcmp_life_facts *facts)
{
    struct lwcmp_bytes row;
    unsigned slot;
    int err = lwcmp_identity(&d->store, &slot);

    if (!err) {
        err = lwcmp_device_certificate(d, slot, &row);
    }
    if (err) {
        return err == LWCMP_ERR_NO_IDENTITY ? 0 : err;
    }
    facts->seed = lwcmp_crc32(0, row.p, row.n);
    facts->has_identity = lwcmp_validity_next(&row, &facts->identity) == 0;
    return 0;
}

static int look(struct lwcmp_device *d, struct lwcmp_life_facts *facts)
{
    *facts = (struct lwcmp_life_facts){
        .now = lwcmp_facts_time(d, 0),
        .has_secret = d->secret_key != 0,
        .wants_renewal = lwcmp_board_wants_renewal(),
        .pending = lwcmp_pending(&d->store),
    };
    (void)lwcmp_platform_entropy((uint8_t *)&facts->chance,
                                 sizeof facts->chance);
    return look_at_identity(d, facts);
}

/* Seconds between two looks into a store that fails. */
#define LOOK_LONG 16
#define LOOK_MAX 3600

int lwcmp_facts_wait(struct lwcmp_device *d, struct lwcmp_life_facts *facts)
{
    uint32_t seconds = 1;

    for (;;) {
        int err = look(d, facts);

        if (err == 0 || err == LWCMP_ERR_JOURNAL) {
            return err;
        }
        if (seconds >= LOOK_LONG && facts->has_secret) {
            return 0;
        }
        lwcmp_say("failed", lwcmp_words_error(err));
        lwcmp_attempt_later(seconds);
        seconds = seconds < LOOK_MAX ? 2 * seconds : LOOK_MAX;
    }
}

/* The latest end of some certificates in a row. */
static uint64_t last_end(struct lwcmp_bytes row)
{
    struct lwcmp_validity validity;
    uint64_t last = 0;

    while (lwcmp_validity_next(&row, &validity) == 0) {
        last = validity.until > last ? validity.until : last;
    }
    return last;
}

static uint64_t end_of_trust(struct lwcmp_device *d)
{
    uint64_t configured = last_end(d->factory.anchors);
    struct lwcmp_bytes row = {d->buffer, 0};
    uint64_t learned;

    if (d->store.read(d->store.context, LWCMP_RECORD_ANCHORS, d->buffer,
                      sizeof d->buffer, &row.n)) {
        return configured;
    }
    learned = last_end(row);
    return learned > configured ? learned : configured;
}

bool lwcmp_facts_heard(struct lwcmp_device *d, uint64_t seconds, bool issued)
{
    static struct lwcmp_life_facts facts;
    uint64_t until = 0;

    if (seconds == 0) {
        return false;
    }
    if (!issued) {
        until = end_of_trust(d);
    } else if (look_at_identity(d, &facts) == 0) {
        until = facts.identity.until;
    }
    return lwcmp_life_heard(&d->life, seconds, until);
}
