/* SPDX-License-Identifier: Apache-2.0 */
#include "memory.h"

#include "flash/log.h"
#include "mbedtls/arena.h"
#include "board.h"
#include "say.h"
#include "stack.h"

static void say_part(const char *name, size_t used, size_t size)
{
    lwcmp_say_text(name);
    lwcmp_say_number((uint32_t)used);
    lwcmp_say_text(" of ");
    lwcmp_say_number((uint32_t)size);
}

#if LWCMP_CRYPTO_ARENA

static void begin_heap(void)
{
    lwcmp_arena_reset();
}

static void say_heap(void)
{
    say_part(", crypto ", lwcmp_arena_peak(), LWCMP_CRYPTO_ARENA);
}

bool lwcmp_memory_was_short(void)
{
    return lwcmp_arena_was_short();
}

#else /* the C library's heap tells nothing */

static void begin_heap(void)
{
}

static void say_heap(void)
{
}

bool lwcmp_memory_was_short(void)
{
    return false;
}

#endif

void lwcmp_memory_begin(void)
{
    lwcmp_stack_paint();
    begin_heap();
}

void lwcmp_memory_say(const struct lwcmp_log *log, size_t contexts)
{
    struct lwcmp_log_use use;
    size_t size;

    (void)lwcmp_board_stack(&size);
    lwcmp_say_begin("memory");
    say_part("stack ", lwcmp_stack_used(), size);
    say_heap();
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
