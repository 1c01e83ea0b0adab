/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines on the console, piece by piece:
 *
 *     [    0.352] network     10.0.2.15, router 10.0.2.2
 *
 * What comes from elsewhere is printed with a dot for each character that is
 * not visible ASCII.
 */
#ifndef LWCMP_BOARD_SAY_H
#define LWCMP_BOARD_SAY_H

#include "lwcmp/types.h"

/* Begins a line: the time since the reset, and what it is about. */
void lwcmp_say_begin(const char *topic);

/* Goes on below the last line. */
void lwcmp_say_more(const char *topic);

void lwcmp_say_text(const char *text);
void lwcmp_say_bytes(struct lwcmp_bytes text);
void lwcmp_say_number(uint32_t number);
void lwcmp_say_digits(uint32_t number, unsigned digits); /* zeros in front */
void lwcmp_say_hex(struct lwcmp_bytes bytes);
void lwcmp_say_address(const uint8_t address[4]);
void lwcmp_say_end(void);

/* A whole line. */
void lwcmp_say(const char *topic, const char *text);

#endif
