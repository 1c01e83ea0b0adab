/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A unit test as the program of a board. Its main() has another name here, so
 * that the board can start before it and the stack is looked at after it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "board.h"

int lwcmp_unit_main(void);

static size_t stack_used(void)
{
    size_t size, n = 0;
    const uint8_t *low = lwcmp_board_stack(&size);

    while (n < size && low[n] == LWCMP_BOARD_STACK_PAINT) {
        n++;
    }
    return size - n;
}

int main(void)
{
    int failed;

    lwcmp_board_begin();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    failed = lwcmp_unit_main();
    (void)printf("# stack: %u bytes\n", (unsigned)stack_used());
    (void)fflush(stdout);
    return failed != 0;
}
