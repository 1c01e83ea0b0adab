/* SPDX-License-Identifier: Apache-2.0 */
/* Where the processor enters. */
#ifndef LWCMP_BOARD_STARTUP_H
#define LWCMP_BOARD_STARTUP_H

void lwcmp_board_reset(void);

/* SysTick's interrupt. */
void lwcmp_board_tick(void);

#endif
