/* SPDX-License-Identifier: Apache-2.0 */
/* Where the processor enters, and what assembly calls. */
#ifndef LWCMP_BOARD_STARTUP_H
#define LWCMP_BOARD_STARTUP_H

#include <stdint.h>

void lwcmp_board_reset(void);
void lwcmp_board_start(void);

/* Every trap: tells about it and stops. */
void lwcmp_board_fault(void);
void lwcmp_board_fault_report(uint32_t sp, uint32_t ra);

#endif
