/* SPDX-License-Identifier: Apache-2.0 */
#include "clock.h"

#include <time.h>

struct lwcmp_time lwcmp_posix_time(void)
{
    struct lwcmp_time time = {LWCMP_TIME_UNKNOWN, 0};
    struct timespec t;

    if (clock_gettime(CLOCK_REALTIME, &t) == 0 &&
        t.tv_sec >= LWCMP_POSIX_TIME_MIN) {
        time.clock = LWCMP_TIME_EXACT;
        time.seconds = (uint64_t)t.tv_sec;
    }
    return time;
}
