/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Flash: memory that QEMU keeps in a file, with the rules of NOR flash put
 * upon it. Of its blocks one holds the factory record, one the secret, and
 * four the store.
 */
#include <string.h>

#include "board.h"
#include "emulator.h"
#include "registers.h"

#define BLOCK 4096u
#define UNIT 8u
#define BANK_BLOCKS 2u

#define RECORD ((uint8_t *)FLASH_MEMORY)
#define SECRET (RECORD + BLOCK)
#define STORE (SECRET + BLOCK)
#define STORE_SIZE (2 * BANK_BLOCKS * BLOCK)

static bool lies_in_store(uint32_t offset, size_t n)
{
    return n <= STORE_SIZE && offset <= STORE_SIZE - n;
}

/* Whether all octets of a unit are like this. */
static bool is_all(const uint8_t *unit, uint8_t octet)
{
    for (size_t i = 0; i < UNIT; i++) {
        if (unit[i] != octet) {
            return false;
        }
    }
    return true;
}

static void erase_block(uint8_t *block)
{
    lwcmp_emulator_cut();
    memset(block, 0xff, BLOCK);
}

static int flash_read(void *context, uint32_t offset, void *p, size_t n)
{
    (void)context;
    if (!lies_in_store(offset, n)) {
        return LWCMP_ERR_STORE;
    }
    memcpy(p, STORE + offset, n);
    return LWCMP_OK;
}

static int flash_program(void *context, uint32_t offset, const void *p,
                         size_t n)
{
    const uint8_t *from = p;
    uint8_t *to = STORE + offset;

    (void)context;
    if (!lies_in_store(offset, n) || offset % UNIT || n % UNIT) {
        return LWCMP_ERR_STORE;
    }
    for (size_t i = 0; i < n; i += UNIT) {
        if (!is_all(to + i, 0xff) && !is_all(from + i, 0)) {
            return LWCMP_ERR_STORE;
        }
        lwcmp_emulator_cut();
        memcpy(to + i, from + i, UNIT);
    }
    return LWCMP_OK;
}

static int flash_erase(void *context, uint32_t offset)
{
    (void)context;
    if (!lies_in_store(offset, BLOCK) || offset % BLOCK) {
        return LWCMP_ERR_STORE;
    }
    erase_block(STORE + offset);
    return LWCMP_OK;
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
    erase_block(SECRET);
    return LWCMP_OK;
}
