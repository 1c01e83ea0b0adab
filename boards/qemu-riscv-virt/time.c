/* SPDX-License-Identifier: Apache-2.0 */
/* Time: since the reset, of day, and sleep until a tick or a frame. */
#include "board.h"
#include "lwcmp/platform.h"
#include "registers.h"

#define TICK (MTIME_HZ / 100)

static uint64_t read_time(void)
{
    uint32_t high, low;

    do {
        high = MTIME_HIGH;
        low = MTIME_LOW;
    } while (high != MTIME_HIGH);
    return (uint64_t)high << 32 | low;
}

uint32_t lwcmp_platform_uptime(void)
{
    return (uint32_t)(read_time() / (MTIME_HZ / 1000));
}

bool lwcmp_board_time(uint64_t *seconds)
{
    uint32_t low = RTC_LOW;

    *seconds = ((uint64_t)RTC_HIGH << 32 | low) / 1000000000u;
    return true;
}

/*
 * An interrupt that is pending wakes the processor also while none is taken.
 * So a frame that came just before wfi is not slept over, and no interrupt
 * needs a handler.
 */
void lwcmp_board_idle(void)
{
    uint64_t wake = read_time() + TICK;

    MTIMECMP_HIGH = UINT32_MAX; /* not in the past while half is written */
    MTIMECMP_LOW = (uint32_t)wake;
    MTIMECMP_HIGH = (uint32_t)(wake >> 32);
    __asm__ volatile("csrw mie, %0\n"
                     "wfi\n"
                     :
                     : "r"(MIE_TIMER | MIE_EXTERNAL)
                     : "memory");
    PLIC_CLAIM = PLIC_CLAIM; /* taken, and done with */
}
