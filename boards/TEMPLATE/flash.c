/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Flash: six blocks that the linker knows nothing of. One holds the factory
 * record, one the secret, and four the store.
 */
#include <string.h>

#include "board.h"

/* TODO: what your flash is like. Blocks may not be shared with code. */
#define BLOCK 4096u
#define UNIT 8u
#define BANK_BLOCKS 2u

#define RECORD ((const uint8_t *)0x08018000u)
#define SECRET (RECORD + BLOCK)
#define STORE (SECRET + BLOCK)
#define STORE_SIZE (2 * BANK_BLOCKS * BLOCK)

static bool lies_in_store(uint32_t offset, size_t n)
{
    return n <= STORE_SIZE && offset <= STORE_SIZE - n;
}

static int erase_block(const uint8_t *block)
{
    /* TODO: unlock, erase, wait with a limit, lock; feed no watchdog here.
     * Code that runs from the same flash may stand still meanwhile. */
    (void)block;
    return LWCMP_ERR_STORE;
}

static int program_unit(const uint8_t *to, const uint8_t from[UNIT])
{
    /* TODO: unlock, program, wait with a limit, lock, compare. */
    (void)to;
    (void)from;
    return LWCMP_ERR_STORE;
}

static int flash_read(void *context, uint32_t offset, void *p, size_t n)
{
    (void)context;
    if (!lies_in_store(offset, n)) {
        return LWCMP_ERR_STORE;
    }
    /* TODO: with error correction, a torn unit must not end in a fault. */
    memcpy(p, STORE + offset, n);
    return LWCMP_OK;
}

static int flash_program(void *context, uint32_t offset, const void *p,
                         size_t n)
{
    const uint8_t *from = p;

    (void)context;
    if (!lies_in_store(offset, n) || offset % UNIT || n % UNIT) {
        return LWCMP_ERR_STORE;
    }
    for (size_t i = 0; i < n; i += UNIT) {
        int err = program_unit(STORE + offset + i, from + i);

        if (err) {
            return err;
        }
    }
    return LWCMP_OK;
}

static int flash_erase(void *context, uint32_t offset)
{
    (void)context;
    if (!lies_in_store(offset, BLOCK) || offset % BLOCK) {
        return LWCMP_ERR_STORE;
    }
    return erase_block(STORE + offset);
}

const struct lwcmp_flash lwcmp_board_flash = {
    .block_size = BLOCK,
    .bank_blocks = BANK_BLOCKS,
    .unit = UNIT,
    .read = flash_read,
    .program = flash_program,
    .erase = flash_erase,
};

struct lwcmp_bytes lwcmp_board_factory(void)
{
    return (struct lwcmp_bytes){RECORD, BLOCK};
}

struct lwcmp_bytes lwcmp_board_secret(void)
{
    return (struct lwcmp_bytes){SECRET, BLOCK};
}

int lwcmp_board_wipe_secret(void)
{
    return erase_block(SECRET);
}
