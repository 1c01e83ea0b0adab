/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"

#include "crc/crc32.h"
#include "lwcmp/platform.h"
#include "board.h"

struct lwcmp_time lwcmp_facts_time(const struct lwcmp_device *d)
{
    struct lwcmp_time time = {LWCMP_TIME_UNKNOWN, 0};

    if (lwcmp_board_time(&time.seconds)) {
        time.clock = LWCMP_TIME_EXACT;
    }
    return lwcmp_life_time(&d->life, time);
}

/* Its certificate is a device's own number, until it is renewed. */
static int look_at_identity(struct lwcmp_device *d,
                            struct lwcmp_life_facts *facts)
{
    struct lwcmp_bytes row;
    unsigned slot;
    int err = lwcmp_identity(&d->store, &slot);

    if (err) {
        return err == LWCMP_ERR_NO_IDENTITY ? 0 : err;
    }
    facts->has_identity = true;
    err = lwcmp_device_certificate(d, slot, &row);
    if (err) {
        return err;
    }
    facts->seed = lwcmp_crc32(0, row.p, row.n);
    return lwcmp_validity_read(&row, &facts->identity);
}

int lwcmp_facts(struct lwcmp_device *d, struct lwcmp_life_facts *facts)
{
    *facts = (struct lwcmp_life_facts){
        .now = lwcmp_facts_time(d),
        .has_secret = d->secret_key != 0,
        .wants_renewal = lwcmp_board_wants_renewal(),
        .pending = lwcmp_pending(&d->store),
    };
    (void)lwcmp_platform_entropy((uint8_t *)&facts->chance,
                                 sizeof facts->chance);
    return look_at_identity(d, facts);
}

/* The end of the first trust anchor; 0 if that cannot be told. */
static uint64_t end_of_trust(struct lwcmp_device *d)
{
    struct lwcmp_bytes row = d->factory.anchors;
    struct lwcmp_validity validity;

    if (row.n == 0) {
        row.p = d->buffer;
        (void)d->store.read(d->store.context, LWCMP_RECORD_ANCHORS, d->buffer,
                            sizeof d->buffer, &row.n);
    }
    return lwcmp_validity_read(&row, &validity) == 0 ? validity.until : 0;
}

void lwcmp_facts_heard(struct lwcmp_device *d, uint64_t seconds)
{
    if (seconds > 0 && lwcmp_life_heard(&d->life, seconds, end_of_trust(d))) {
        (void)lwcmp_life_write(&d->store, &d->life);
    }
}
