/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Flash, in the last block of the store: its rules, and that it outlives a
 * reset.
 */
#include <string.h>

#include "bringup.h"
#include "say.h"

static const struct lwcmp_flash *const flash = &lwcmp_board_flash;

/* A unit whose first bytes are these counts one start of this program. */
static const uint8_t mark[4] = {'m', 'a', 'r', 'k'};

static uint32_t last_block(void)
{
    return (2 * flash->bank_blocks - 1) * flash->block_size;
}

static bool read_unit(uint32_t offset, uint8_t unit[LWCMP_FLASH_UNIT_MAX])
{
    return flash->read(flash->context, offset, unit, flash->unit) == 0;
}

static bool is_blank(uint32_t offset)
{
    uint8_t unit[LWCMP_FLASH_UNIT_MAX];

    if (!read_unit(offset, unit)) {
        return false;
    }
    for (uint32_t i = 0; i < flash->unit; i++) {
        if (unit[i] != 0xff) {
            return false;
        }
    }
    return true;
}

static bool is_marked(uint32_t offset)
{
    uint8_t unit[LWCMP_FLASH_UNIT_MAX];

    return read_unit(offset, unit) && memcmp(unit, mark, sizeof mark) == 0;
}

static bool program_mark(uint32_t offset)
{
    uint8_t unit[LWCMP_FLASH_UNIT_MAX] = {0};

    memcpy(unit, mark, sizeof mark);
    return flash->program(flash->context, offset, unit, flash->unit) == 0 &&
           is_marked(offset);
}

static bool erase(void)
{
    if (flash->erase(flash->context, last_block())) {
        return false;
    }
    for (uint32_t i = 0; i < flash->block_size; i += flash->unit) {
        if (!is_blank(last_block() + i)) {
            return false;
        }
    }
    return true;
}

bool lwcmp_bringup_flash(void)
{
    uint8_t unit[LWCMP_FLASH_UNIT_MAX];

    lwcmp_say_text("blocks of ");
    lwcmp_say_number(flash->block_size);
    lwcmp_say_text(", units of ");
    lwcmp_say_number(flash->unit);
    /* What lies behind the end is nobody's. */
    return flash->unit >= 4 && flash->unit <= LWCMP_FLASH_UNIT_MAX &&
           (flash->unit & (flash->unit - 1)) == 0 &&
           flash->block_size % flash->unit == 0 &&
           read_unit(last_block(), unit) &&
           !read_unit(last_block() + flash->block_size, unit);
}

bool lwcmp_bringup_kept(void)
{
    uint32_t starts = 0, at = last_block();
    uint32_t limit = flash->block_size / flash->unit;

    while (starts < limit && is_marked(at)) {
        starts++;
        at += flash->unit;
    }
    lwcmp_say_number(starts);
    lwcmp_say_text(" starts before this one");
    if (starts == 0 || starts == limit) {
        at = last_block();
        if (!erase()) {
            return false;
        }
    }
    return is_blank(at) && program_mark(at) &&
           (at == last_block() || is_marked(at - flash->unit));
}
