/* SPDX-License-Identifier: Apache-2.0 */
/* How much stack and heap something took: paint before, look after. */
#ifndef LWCMP_BOARD_MEMORY_H
#define LWCMP_BOARD_MEMORY_H

#include <stddef.h>

/* Paints the stack below the caller and forgets the peak of the heap. */
void lwcmp_memory_begin(void);

/*
 * A line with both peaks, the bytes of contexts and work buffer beside them,
 * and how much of the flash store is in use.
 */
struct lwcmp_log;
void lwcmp_memory_say(const struct lwcmp_log *log, size_t contexts);

/* Bytes of stack that were in use at most since the painting. */
size_t lwcmp_memory_stack(void);

#endif
