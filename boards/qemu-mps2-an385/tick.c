/* SPDX-License-Identifier: Apache-2.0 */
/* Time: a tick of 10 ms by SysTick, and sleep until it or a frame. */
#include "board.h"
#include "lwcmp/platform.h"
#include "registers.h"
#include "startup.h"
#include "tick.h"

#define TICK_MS 10u

static volatile uint32_t uptime;

void lwcmp_tick_begin(void)
{
    SYST_RVR = CLOCK_HZ / 1000 * TICK_MS - 1;
    SYST_CVR = 0;
    SYST_CSR = SYST_CSR_RUN;
}

void lwcmp_board_tick(void)
{
    uptime += TICK_MS;
}

uint32_t lwcmp_platform_uptime(void)
{
    return uptime;
}

/*
 * An interrupt that is pending wakes the processor also while they are all
 * held back. So a frame that came just before wfi is not slept over, and the
 * Ethernet controller needs no handler.
 */
void lwcmp_board_idle(void)
{
    __asm__ volatile("cpsid i" ::: "memory");
    NVIC_ICPR = LAN9118_IRQ; /* stays pending if there is still a frame */
    NVIC_ISER = LAN9118_IRQ;
    __asm__ volatile("dsb\n wfi" ::: "memory");
    NVIC_ICER = LAN9118_IRQ;
    __asm__ volatile("dsb\n isb\n cpsie i" ::: "memory");
}
