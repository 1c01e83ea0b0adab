/* SPDX-License-Identifier: Apache-2.0 */
/* What time it is, for a device that may have no clock. */
#include "lifecycle_own.h"

/* By whole days, for the sake of the flash. */
bool lwcmp_life_heard(struct lwcmp_life *life, uint64_t seconds, uint64_t until)
{
    if (seconds > until || seconds > UINT32_MAX || seconds < life->floor ||
        seconds - life->floor < LWCMP_LIFE_DAY) {
        return false;
    }
    life->floor = (uint32_t)seconds;
    return true;
}

/*
 * A clock that has lost its battery begins at some year long ago. A day is for
 * a server whose clock is ahead of ours.
 */
struct lwcmp_time lwcmp_life_time(const struct lwcmp_life *life,
                                  struct lwcmp_time clock)
{
    if (life->floor > 0 && (clock.clock == LWCMP_TIME_UNKNOWN ||
                            clock.seconds + LWCMP_LIFE_DAY < life->floor)) {
        clock.clock = LWCMP_TIME_AT_LEAST;
        clock.seconds = life->floor;
    }
    return clock;
}
