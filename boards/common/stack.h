/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How deep the stack went: paint what is free, and look later how much of the
 * paint is gone.
 */
#ifndef LWCMP_BOARD_STACK_H
#define LWCMP_BOARD_STACK_H

#include <stddef.h>

/* Paints what lies below the caller. Start-up code does it before main(). */
void lwcmp_stack_paint(void);

/* Bytes of stack in use at most since then. */
size_t lwcmp_stack_used(void);

#endif
