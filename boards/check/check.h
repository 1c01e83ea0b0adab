/* SPDX-License-Identifier: Apache-2.0 */
/* The steps of the check, and what they print with. */
#ifndef LWCMP_CHECK_H
#define LWCMP_CHECK_H

#include "board.h"

/* Each says in half a line what it sees, and whether that is right. */
bool lwcmp_check_time(void);
bool lwcmp_check_entropy(void);
bool lwcmp_check_flash(void);
bool lwcmp_check_kept(void);
bool lwcmp_check_ethernet(void);
bool lwcmp_check_stack(void);

void lwcmp_say(const char *text);
void lwcmp_say_number(uint32_t number);           /* with a space before it */
void lwcmp_say_bytes(const uint8_t *p, size_t n); /* likewise, in hex */

#endif
