/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LWCMP_BOARD_TICK_H
#define LWCMP_BOARD_TICK_H

void lwcmp_tick_begin(void);

#endif
