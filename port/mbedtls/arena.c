/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Blocks lie side by side, each behind a word with its size; the lowest free
 * one that is large enough is taken. Free neighbours are joined when somebody
 * looks for memory.
 */
#include "arena.h"

#include <stdint.h>
#include <string.h>

#include "lwcmp/config.h"

#if LWCMP_CRYPTO_ARENA

#define ALIGN 8u
#define HEAD sizeof(uint32_t) /* in front of each block, and in its size */
#define USED 1u               /* in the word; sizes are multiples of 8 */
#define AREA (LWCMP_CRYPTO_ARENA / ALIGN * ALIGN)

/* The first word is left out, so that what lies behind a word is aligned. */
static union {
    uint64_t align;
    uint8_t bytes[AREA];
} area;
static size_t peak;
static bool was_short;

#define FIRST (ALIGN - HEAD)
#define END (AREA - HEAD)

static uint32_t get(size_t at)
{
    uint32_t word;

    memcpy(&word, area.bytes + at, HEAD);
    return word;
}

static void set(size_t at, size_t size, uint32_t used)
{
    uint32_t word = (uint32_t)size | used;

    memcpy(area.bytes + at, &word, HEAD);
}

/* A block's size; an area that was never used is one free block. */
static size_t size_of(size_t at)
{
    uint32_t word = get(at);

    return word == 0 ? END - at : word & ~USED;
}

static int is_used(size_t at)
{
    return (get(at) & USED) != 0;
}

/* Joins a free block with the free ones behind it. */
static size_t join(size_t at)
{
    size_t size = size_of(at);

    while (at + size < END && !is_used(at + size)) {
        size += size_of(at + size);
    }
    set(at, size, 0);
    return size;
}

static void *take(size_t at, size_t free, size_t need)
{
    if (free > need) {
        set(at + need, free - need, 0);
    }
    set(at, need, USED);
    if (at + need > peak) {
        peak = at + need;
    }
    memset(area.bytes + at + HEAD, 0, need - HEAD);
    return area.bytes + at + HEAD;
}

void *lwcmp_arena_calloc(size_t n, size_t size)
{
    size_t at, need, room;

    if (size > 0 && n > AREA / size) {
        was_short = true;
        return NULL;
    }
    need = (HEAD + n * size + ALIGN - 1) / ALIGN * ALIGN;
    for (at = FIRST; at < END; at += room) {
        if (is_used(at)) {
            room = size_of(at);
            continue;
        }
        room = join(at);
        if (room >= need) {
            return take(at, room, need);
        }
    }
    was_short = true;
    return NULL;
}

void lwcmp_arena_free(void *p)
{
    size_t at;

    if (p == NULL) {
        return;
    }
    at = (size_t)((uint8_t *)p - area.bytes) - HEAD;
    set(at, size_of(at), 0);
}

size_t lwcmp_arena_peak(void)
{
    return peak;
}

bool lwcmp_arena_was_short(void)
{
    return was_short;
}

void lwcmp_arena_reset(void)
{
    peak = 0;
    was_short = false;
}

#endif
