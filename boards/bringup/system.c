/* SPDX-License-Identifier: Apache-2.0 */
/* Time, random bytes, stack. */
#include <string.h>

#include "bringup.h"
#include "lwcmp/platform.h"
#include "say.h"
#include "stack.h"

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
    lwcmp_say_number(SLEEPS);
    lwcmp_say_text(" sleeps took ");
    lwcmp_say_number(slept);
    lwcmp_say_text(" ms, ");
    if (lwcmp_board_time(&now)) {
        lwcmp_say_text("seconds since 1970 ");
        lwcmp_say_number((uint32_t)now);
    } else {
        lwcmp_say_text("no clock");
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
    lwcmp_say_hex((struct lwcmp_bytes){one, sizeof one});
    lwcmp_say_text(" ");
    lwcmp_say_hex((struct lwcmp_bytes){two, sizeof two});
    return memcmp(one, two, sizeof one) != 0;
}

bool lwcmp_bringup_stack(void)
{
    size_t size, used = lwcmp_stack_used();

    (void)lwcmp_board_stack(&size);
    lwcmp_say_number((uint32_t)used);
    lwcmp_say_text(" bytes used of ");
    lwcmp_say_number((uint32_t)size);
    return used < size;
}
