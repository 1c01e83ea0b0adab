/* SPDX-License-Identifier: Apache-2.0 */
/* What becomes of a program that went wrong. */
#ifndef LWCMP_BOARD_FAULT_H
#define LWCMP_BOARD_FAULT_H

/* Every exception that nothing else takes: tells about it and stops. */
void lwcmp_board_fault(void);

#endif
