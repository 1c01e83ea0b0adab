/* SPDX-License-Identifier: Apache-2.0 */
/* Time: a tick of 10 ms by SysTick, and sleep until it. */
#include "board.h"
#include "lwcmp/platform.h"
#include "startup.h"
#include "tick.h"

#define CLOCK_HZ 25000000u /* TODO: the processor's */
#define TICK_MS 10u

#define REGISTER(address) (*(volatile uint32_t *)(address))
#define SYST_CSR REGISTER(0xe000e010u)
#define SYST_RVR REGISTER(0xe000e014u)
#define SYST_CVR REGISTER(0xe000e018u)
#define SYST_CSR_RUN 7u /* processor's clock, interrupt, on */

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

void lwcmp_board_idle(void)
{
    /* TODO: let a frame wake it, too; without that each waits for a tick. */
    __asm__ volatile("wfi" ::: "memory");
}
