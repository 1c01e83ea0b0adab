/* SPDX-License-Identifier: Apache-2.0 */
#include "memory.h"

#include <string.h>

#include "flash/log.h"
#include "mbedtls/arena.h"
#include "board.h"
#include "say.h"

#define NEAR 64 /* bytes below us that this function may still need */

void lwcmp_memory_begin(void)
{
    const uint8_t *here = __builtin_frame_address(0);
    size_t size;
    uint8_t *low = lwcmp_board_stack(&size);

    memset(low, LWCMP_BOARD_STACK_PAINT, (size_t)(here - low) - NEAR);
    lwcmp_arena_reset_peak();
}

size_t lwcmp_memory_stack(void)
{
    size_t size, n = 0;
    const uint8_t *low = lwcmp_board_stack(&size);

    while (n < size && low[n] == LWCMP_BOARD_STACK_PAINT) {
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

void lwcmp_memory_say(const struct lwcmp_log *log, size_t contexts)
{
    struct lwcmp_log_use use;
    size_t size;

    (void)lwcmp_board_stack(&size);
    lwcmp_say_begin("memory");
    say_part("stack ", lwcmp_memory_stack(), size);
    say_part(", crypto ", lwcmp_arena_peak(), LWCMP_CRYPTO_ARENA);
    lwcmp_say_text(", contexts ");
    lwcmp_say_number((uint32_t)contexts);
    lwcmp_say_text(", buffer ");
    lwcmp_say_number(LWCMP_BOARD_BUFFER);
    if (lwcmp_log_measure(log, &use) == 0) {
        say_part(", store ", use.used, use.size);
    }
    lwcmp_say_text(" bytes");
    lwcmp_say_end();
}
