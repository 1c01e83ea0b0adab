/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The memory of Mbed TLS on a device: a fixed area of LWCMP_CRYPTO_ARENA
 * bytes, so that it cannot be short of memory because of somebody else, and
 * the most that it ever took can be read.
 */
#ifndef LWCMP_MBEDTLS_ARENA_H
#define LWCMP_MBEDTLS_ARENA_H

#include <stdbool.h>
#include <stddef.h>

/* As calloc() and free(); memory is aligned to 8 bytes. */
void *lwcmp_arena_calloc(size_t n, size_t size);
void lwcmp_arena_free(void *p);

/* Bytes from the begin of the area that were ever in use, gaps included. */
size_t lwcmp_arena_peak(void);

/* Whether somebody asked for more than there was. */
bool lwcmp_arena_was_short(void);

/* From here on both count anew. */
void lwcmp_arena_reset(void);

#endif
