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
#include "stack.h"

int lwcmp_unit_main(void);

int main(void)
{
    int failed;

    lwcmp_board_begin();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    failed = lwcmp_unit_main();
    (void)printf("# stack: %u bytes\n", (unsigned)lwcmp_stack_used());
    (void)fflush(stdout);
    return failed != 0;
}
