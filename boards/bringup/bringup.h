/* SPDX-License-Identifier: Apache-2.0 */
/* The steps of the bring-up, and what they print with. */
#ifndef LWCMP_BRINGUP_H
#define LWCMP_BRINGUP_H

#include "board.h"

/* Each says in half a line what it sees, and whether that is right. */
bool lwcmp_bringup_time(void);
bool lwcmp_bringup_entropy(void);
bool lwcmp_bringup_flash(void);
bool lwcmp_bringup_kept(void);
bool lwcmp_bringup_ethernet(void);
bool lwcmp_bringup_stack(void);

void lwcmp_bringup_say(const char *text);
void lwcmp_bringup_say_number(uint32_t number); /* with a space before it */
void lwcmp_bringup_say_bytes(const uint8_t *p, size_t n); /* likewise, in hex */

#endif
