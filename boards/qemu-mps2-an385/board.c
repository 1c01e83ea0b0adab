/* SPDX-License-Identifier: Apache-2.0 */
/* The rest of what a board has to give. */
#include "board.h"
#include "console.h"
#include "emulator.h"
#include "registers.h"
#include "tick.h"

const char lwcmp_board_name[] = "qemu-mps2-an385";

void lwcmp_board_begin(void)
{
    lwcmp_console_begin();
    lwcmp_tick_begin();
}

/*
 * The first feeding starts it. An emulator may have little of a busy computer:
 * a device would take a tenth of this.
 */
#define WATCHDOG_SECONDS 30u

void lwcmp_board_feed(void)
{
    WDOG_LOCK = WDOG_UNLOCK;
    WDOG_LOAD = WATCHDOG_SECONDS * CLOCK_HZ;
    WDOG_CTRL = WDOG_CTRL_INTERRUPT;
    WDOG_LOCK = 0;
}

bool lwcmp_board_time(uint64_t *seconds)
{
    (void)seconds; /* no clock */
    return false;
}

bool lwcmp_board_wants_renewal(void)
{
    return lwcmp_emulator_word("renew");
}

void lwcmp_board_stop(int status)
{
    lwcmp_emulator_exit(status);
}
