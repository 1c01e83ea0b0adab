/* SPDX-License-Identifier: Apache-2.0 */
/* Time, random bytes, stack. */
#include <string.h>

#include "bringup.h"
#include "lwcmp/platform.h"

#define SLEEPS 20
#define TOO_LONG 2000 /* ms; an emulator on a busy machine may be late */

bool lwcmp_bringup_time(void)
{
    uint32_t begin = lwcmp_platform_uptime(), slept;
    uint64_t now = 0;

    for (int i = 0; i < SLEEPS; i++) {
        lwcmp_board_idle();
    }
    slept = lwcmp_platform_uptime() - begin;
    lwcmp_bringup_say_number(SLEEPS);
    lwcmp_bringup_say(" sleeps took");
    lwcmp_bringup_say_number(slept);
    lwcmp_bringup_say(" ms, ");
    if (lwcmp_board_time(&now)) {
        lwcmp_bringup_say("seconds since 1970");
        lwcmp_bringup_say_number((uint32_t)now);
    } else {
        lwcmp_bringup_say("no clock");
    }
    return slept > 0 && slept < TOO_LONG;
}

bool lwcmp_bringup_entropy(void)
{
    uint8_t one[16] = {0}, two[16] = {0};

    if (lwcmp_platform_entropy(one, sizeof one) ||
        lwcmp_platform_entropy(two, sizeof two)) {
        return false;
    }
    lwcmp_bringup_say_bytes(one, sizeof one);
    lwcmp_bringup_say_bytes(two, sizeof two);
    return memcmp(one, two, sizeof one) != 0;
}

bool lwcmp_bringup_stack(void)
{
    size_t n, unused = 0;
    const uint8_t *stack = lwcmp_board_stack(&n);

    while (unused < n && stack[unused] == LWCMP_BOARD_STACK_PAINT) {
        unused++;
    }
    lwcmp_bringup_say_number((uint32_t)(n - unused));
    lwcmp_bringup_say(" bytes used of");
    lwcmp_bringup_say_number((uint32_t)n);
    return unused > 0;
}
