/* SPDX-License-Identifier: Apache-2.0 */
/* picolibc has the rest in a library of its own: only the console is ours. */
#include <errno.h>

#ifdef __PICOLIBC__

#include <stdio.h>

#include "board.h"

static int put(char c, FILE *file)
{
    (void)file;
    lwcmp_board_print(&c, 1);
    return (unsigned char)c;
}

static FILE console = FDEV_SETUP_STREAM(put, NULL, NULL, _FDEV_SETUP_WRITE);

FILE *const stdin = &console;
FILE *const stdout = &console;
FILE *const stderr = &console;

#endif
