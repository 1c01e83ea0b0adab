/* SPDX-License-Identifier: Apache-2.0 */
/* How much stack and heap something took. */
#ifndef LWCMP_BOARD_MEMORY_H
#define LWCMP_BOARD_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

struct lwcmp_log;

/* From here on it counts. */
void lwcmp_memory_begin(void);

/*
 * A line with the deepest stack and the most that Mbed TLS took, the bytes of
 * contexts and work buffer beside them, and how much of the flash store is in
 * use.
 */
void lwcmp_memory_say(const struct lwcmp_log *log, size_t contexts);

/*
 * Whether Mbed TLS did not get memory that it asked for. What failed then may
 * look like something else: a certificate without a path, say.
 */
bool lwcmp_memory_was_short(void);

#endif
