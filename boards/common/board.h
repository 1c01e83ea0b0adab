/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a board gives to the application, beside lwcmp/platform.h (entropy,
 * uptime) and lwip/ethernet.h (frames). docs/porting.md goes through it.
 */
#ifndef LWCMP_BOARD_H
#define LWCMP_BOARD_H

#include "flash/flash.h"

extern const char lwcmp_board_name[];

/* Clocks, console, tick. Called first. */
void lwcmp_board_begin(void);

/* Writes text to the console; waits until there is room. */
void lwcmp_board_print(const char *text, size_t n);

/* Sleeps until the next interrupt, at most for a tick of 10 ms. */
void lwcmp_board_idle(void);

/* Says to the watchdog that all is well. Without one: nothing. */
void lwcmp_board_feed(void);

/* Seconds since 1970, if the board has a clock that is set. */
bool lwcmp_board_time(uint64_t *seconds);

/* Whether a person wants a renewal now: a button, say. */
bool lwcmp_board_wants_renewal(void);

/*
 * Nothing is left to do for now. A device would sleep, and then reset: after a
 * day, or after an hour if the status is not 0. An emulator ends, with this
 * exit status.
 */
void lwcmp_board_stop(int status) __attribute__((noreturn));

/* The flash that holds keys, certificates and the journal. */
extern const struct lwcmp_flash lwcmp_board_flash;

/* The two blocks of the factory record (factory/record.h) as they lie there. */
struct lwcmp_bytes lwcmp_board_factory(void);
struct lwcmp_bytes lwcmp_board_secret(void);

/* Erases the block of the secret: 0 or LWCMP_ERR_STORE. */
int lwcmp_board_wipe_secret(void);

/* The stack as the linker laid it out: its lowest byte, its size. */
uint8_t *lwcmp_board_stack(size_t *n);

#endif
