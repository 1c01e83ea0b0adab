/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Flash: two chips of 16 bits side by side, with the command set of Intel
 * (CFI 1). Of the blocks one holds the factory record, one the secret, and two
 * the store.
 */
#include <string.h>

#include "board.h"
#include "emulator.h"
#include "registers.h"

#define BLOCK 0x40000u
#define UNIT 4u
#define BANK_BLOCKS 1u

#define RECORD FLASH_MEMORY
#define SECRET (RECORD + BLOCK)
#define STORE (SECRET + BLOCK)
#define STORE_SIZE (2 * BANK_BLOCKS * BLOCK)

/* A command or a state, for both chips. */
#define BOTH(x) ((uint32_t)(x) << 16 | (x))
#define CMD_PROGRAM BOTH(0x40)
#define CMD_ERASE BOTH(0x20)
#define CMD_CONFIRM BOTH(0xd0)
#define CMD_CLEAR BOTH(0x50)
#define CMD_READ BOTH(0xff)
#define STATE_READY BOTH(0x80)
#define STATE_FAILED BOTH(0x3a) /* protected, no voltage, or did not work */

#define TRIES 10000000 /* of a wait that a broken chip must not prolong */

static bool lies_in_store(uint32_t offset, size_t n)
{
    return n <= STORE_SIZE && offset <= STORE_SIZE - n;
}

/* Two commands, and their end. */
static int command(uint32_t address, uint32_t first, uint32_t second)
{
    uint32_t state = 0;

    lwcmp_emulator_cut();
    REGISTER(address) = CMD_CLEAR;
    REGISTER(address) = first;
    REGISTER(address) = second;
    for (int i = 0; i < TRIES; i++) {
        state = REGISTER(address);
        if ((state & STATE_READY) == STATE_READY) {
            break;
        }
    }
    REGISTER(address) = CMD_READ;
    if ((state & STATE_READY) != STATE_READY || state & STATE_FAILED) {
        return LWCMP_ERR_STORE;
    }
    return LWCMP_OK;
}

static int flash_read(void *context, uint32_t offset, void *p, size_t n)
{
    (void)context;
    if (!lies_in_store(offset, n)) {
        return LWCMP_ERR_STORE;
    }
    memcpy(p, (const uint8_t *)STORE + offset, n);
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
    for (uint32_t i = 0; i < n; i += UNIT) {
        uint32_t at = STORE + offset + i, word;
        int err;

        memcpy(&word, from + i, UNIT);
        if (REGISTER(at) != UINT32_MAX && word != 0) {
            return LWCMP_ERR_STORE;
        }
        err = command(at, CMD_PROGRAM, word);
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
    return command(STORE + offset, CMD_ERASE, CMD_CONFIRM);
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
    return (struct lwcmp_bytes){(const uint8_t *)RECORD, BLOCK};
}

struct lwcmp_bytes lwcmp_board_secret(void)
{
    return (struct lwcmp_bytes){(const uint8_t *)SECRET, BLOCK};
}

int lwcmp_board_wipe_secret(void)
{
    return command(SECRET, CMD_ERASE, CMD_CONFIRM);
}
