/* SPDX-License-Identifier: Apache-2.0 */
/* The rest of what a board has to give. */
#include "board.h"
#include "console.h"
#include "emulator.h"
#include "tick.h"

const char lwcmp_board_name[] = "qemu-mps2-an385";

void lwcmp_board_begin(void)
{
    lwcmp_console_begin();
    lwcmp_tick_begin();
}

void lwcmp_board_feed(void)
{
    /* There is a watchdog, but the emulator may be stopped for long. */
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
