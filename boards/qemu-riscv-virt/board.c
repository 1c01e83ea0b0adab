/* SPDX-License-Identifier: Apache-2.0 */
/* The rest of what a board has to give. */
#include "board.h"
#include "emulator.h"

const char lwcmp_board_name[] = "qemu-riscv-virt";

void lwcmp_board_begin(void)
{
    /* All that is needed runs from the reset on. */
}

void lwcmp_board_feed(void)
{
    /* There is no watchdog. */
}

bool lwcmp_board_wants_renewal(void)
{
    return lwcmp_emulator_word("renew");
}

void lwcmp_board_stop(int status)
{
    lwcmp_emulator_exit(status);
}
