/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LWCMP_BOARD_CONSOLE_H
#define LWCMP_BOARD_CONSOLE_H

void lwcmp_console_begin(void);

#endif
