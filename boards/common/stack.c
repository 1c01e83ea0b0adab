/* SPDX-License-Identifier: Apache-2.0 */
#include "stack.h"

#include "board.h"

#define PAINT 0xa5
#define NEAR 64 /* bytes below us that this function may still need */

/* Byte by byte: a call of memset() would lie where it paints. */
void lwcmp_stack_paint(void)
{
    const uint8_t *end = __builtin_frame_address(0);
    size_t size;
    volatile uint8_t *p = lwcmp_board_stack(&size);

    while (p < end - NEAR) {
        *p++ = PAINT;
    }
}

size_t lwcmp_stack_used(void)
{
    size_t size, n = 0;
    const uint8_t *low = lwcmp_board_stack(&size);

    while (n < size && low[n] == PAINT) {
        n++;
    }
    return size - n;
}
