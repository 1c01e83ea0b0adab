/* SPDX-License-Identifier: Apache-2.0 */
/* The steps of the bring-up. */
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

#endif
