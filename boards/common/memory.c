/* SPDX-License-Identifier: Apache-2.0 */
#include "memory.h"

#include <string.h>

#include "flash/log.h"
#include "mbedtls/arena.h"
#include "board.h"
#include "say.h"

#define PAINT 0xa5
#define NEAR 64 /* bytes below us that this function may still need */

void lwcmp_memory_begin(void)
{
    const uint8_t *here = __builtin_frame_address(0);
    size_t size;
    uint8_t *low = lwcmp_board_stack(&size);

    memset(low, PAINT, (size_t)(here - low) - NEAR);
    lwcmp_arena_reset_peak();
}

size_t lwcmp_memory_stack(void)
{
    size_t size, n = 0;
    const uint8_t *low = lwcmp_board_stack(&size);

    while (n < size && low[n] == PAINT) {
        n++;
    }
    return size - n;
}

static void say_part(const char *name, size_t used, size_t size)
{
    lwcmp_say_text(name);
    lwcmp_say_number((uint32_t)used);
    lwcmp_say_text(" of ");
    lwcmp_say_number((uint32_t)size);
}

void lwcmp_memory_say(const struct lwcmp_log *log)
{
    size_t size;

    (void)lwcmp_board_stack(&size);
    lwcmp_say_begin("memory");
    say_part("stack ", lwcmp_memory_stack(), size);
    say_part(", crypto ", lwcmp_arena_peak(), LWCMP_CRYPTO_ARENA);
    say_part(", flash store ", log->end, log->bank_size);
    lwcmp_say_text(" bytes");
    lwcmp_say_end();
}
