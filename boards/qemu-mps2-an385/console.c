/* SPDX-License-Identifier: Apache-2.0 */
/* The console: a CMSDK UART. */
#include "board.h"
#include "console.h"
#include "registers.h"

void lwcmp_console_begin(void)
{
    UART_BAUDDIV = CLOCK_HZ / 115200;
    UART_CTRL = UART_CTRL_TX;
}

void lwcmp_board_print(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        while (UART_STATE & UART_STATE_TX_FULL) {
        }
        UART_DATA = (uint8_t)text[i];
    }
}
