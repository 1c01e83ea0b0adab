/* SPDX-License-Identifier: Apache-2.0 */
/* Console, watchdog, clock, button: what common/board.h asks for. */
#include "board.h"
#include "tick.h"

const char lwcmp_board_name[] = "TODO: its name";

void lwcmp_board_begin(void)
{
    /* TODO: clocks, pins, console; the watchdog if you want it so early. */
    lwcmp_tick_begin();
}

void lwcmp_board_print(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        /* TODO: wait until the UART has room, then send it text[i]. */
        (void)text[i];
    }
}

void lwcmp_board_feed(void)
{
    /* TODO: tell the watchdog. docs/porting.md, step 11, says how much time
     * may lie between two calls. */
}

bool lwcmp_board_time(uint64_t *seconds)
{
    /* TODO: if there is a clock that keeps going without power. A clock that
     * is wrong is worse than none. */
    (void)seconds;
    return false;
}

bool lwcmp_board_wants_renewal(void)
{
    return false; /* TODO: a button, if you want one */
}

void lwcmp_board_stop(int status)
{
    /* TODO: deep sleep, then a reset: after an hour if status is not 0, after
     * a day if it is. */
    (void)status;
    for (;;) {
    }
}
