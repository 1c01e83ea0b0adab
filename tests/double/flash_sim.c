/* SPDX-License-Identifier: Apache-2.0 */
#include "flash_sim.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* What is known of a unit. */
enum {
    ERASED,
    PROGRAMMED,
    WEAK,
    UNREADABLE,
    UNSTABLE
};

uint32_t flash_sim_random(struct flash_sim *sim)
{
    sim->random ^= sim->random << 13;
    sim->random ^= sim->random >> 17;
    sim->random ^= sim->random << 5;
    return sim->random;
}

static uint8_t some_bits(struct flash_sim *sim)
{
    return (uint8_t)(flash_sim_random(sim) >> 11);
}

static void check_range(const struct flash_sim *sim, uint32_t offset, size_t n)
{
    if (offset > sim->size || n > sim->size - offset) {
        fail_msg("flash: %u bytes at %u", (unsigned)n, (unsigned)offset);
    }
}

static void read_unstable(struct flash_sim *sim, uint8_t *p, size_t n)
{
    uint32_t how = flash_sim_random(sim) >> 11;

    for (size_t i = 0; i < n; i++) {
        p[i] |= how % 3 == 0 ? 0xff : how % 3 == 1 ? some_bits(sim) : 0;
    }
}

static int sim_read(void *context, uint32_t offset, void *p, size_t n)
{
    struct flash_sim *sim = context;
    uint32_t unit = sim->flash.unit, end = offset + (uint32_t)n, next;
    uint8_t *to = p;

    check_range(sim, offset, n);
    if (sim->off) {
        return LWCMP_ERR_STORE;
    }
    memcpy(p, sim->bytes + offset, n);
    for (uint32_t at = offset; at < end; at = next) {
        uint8_t state = sim->units[at / unit];

        next = at - at % unit + unit < end ? at - at % unit + unit : end;
        if (state == UNREADABLE) {
            return LWCMP_ERR_STORE;
        }
        if (state == UNSTABLE) {
            read_unstable(sim, to + (at - offset), next - at);
        }
    }
    return 0;
}

/* Counts; true if this is the one that is cut. */
static bool is_cut(struct flash_sim *sim)
{
    bool cut = ++sim->operations == sim->fail_at || sim->stuck;

    if (cut && !sim->stays_on && !sim->silent && !sim->stuck) {
        sim->off = true;
    }
    return cut;
}

static void program_unit(struct flash_sim *sim, uint32_t at, const uint8_t *p,
                         size_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        sim->bytes[at + i] &= p[i];
    }
    sim->units[at / sim->flash.unit] = PROGRAMMED;
}

static void tear_unit(struct flash_sim *sim, uint32_t at, const uint8_t *p)
{
    uint8_t *state = &sim->units[at / sim->flash.unit];
    uint32_t n = sim->flash.unit;

    switch (sim->model) {
    case FLASH_SIM_DONE:
        program_unit(sim, at, p, n);
        break;
    case FLASH_SIM_HALF:
        program_unit(sim, at, p, n / 2);
        break;
    case FLASH_SIM_WEAK:
        *state = WEAK;
        break;
    case FLASH_SIM_BITS:
    case FLASH_SIM_UNREADABLE:
        for (uint32_t i = 0; i < n; i++) {
            sim->bytes[at + i] &= p[i] | some_bits(sim);
        }
        *state = sim->model == FLASH_SIM_BITS ? PROGRAMMED : UNREADABLE;
        break;
    case FLASH_SIM_UNSTABLE:
        program_unit(sim, at, p, n);
        *state = UNSTABLE;
        break;
    case FLASH_SIM_CLEAN:
    case FLASH_SIM_MODELS:
        break;
    }
}

/* Zeros may go over zeros, and over what was hardly begun. */
static void check_unit(const struct flash_sim *sim, uint32_t at,
                       const uint8_t *p)
{
    uint8_t state = sim->units[at / sim->flash.unit];
    uint8_t now = 0, then = 0;

    for (uint32_t i = 0; i < sim->flash.unit; i++) {
        now |= sim->bytes[at + i];
        then |= p[i];
    }
    if (state == ERASED ||
        (then == 0 && (now == 0 || state == WEAK || state == UNSTABLE))) {
        return;
    }
    fail_msg("flash: unit at %u is not erased", (unsigned)at);
}

static int sim_program(void *context, uint32_t offset, const void *p, size_t n)
{
    struct flash_sim *sim = context;
    uint32_t unit = sim->flash.unit;

    check_range(sim, offset, n);
    if (offset % unit != 0 || n % unit != 0 || n == 0) {
        fail_msg("flash: no units: %u at %u", (unsigned)n, (unsigned)offset);
    }
    if (sim->off) {
        return LWCMP_ERR_STORE;
    }
    for (uint32_t i = 0; i < n; i += unit) {
        const uint8_t *from = (const uint8_t *)p + i;

        check_unit(sim, offset + i, from);
        if (is_cut(sim)) {
            tear_unit(sim, offset + i, from);
            if (!sim->silent) {
                return LWCMP_ERR_STORE;
            }
            continue;
        }
        program_unit(sim, offset + i, from, unit);
        sim->programs++;
    }
    return 0;
}

static void tear_block(struct flash_sim *sim, uint32_t at)
{
    uint32_t n = sim->flash.block_size, unit = sim->flash.unit;
    uint8_t state = PROGRAMMED;

    switch (sim->model) {
    case FLASH_SIM_CLEAN:
    case FLASH_SIM_MODELS:
        return;
    case FLASH_SIM_HALF:
        at += flash_sim_random(sim) & (1u << 11) ? n / 2 : 0;
        memset(sim->bytes + at, 0xff, n / 2);
        return;
    case FLASH_SIM_DONE:
    case FLASH_SIM_WEAK:
        memset(sim->bytes + at, 0xff, n);
        break;
    case FLASH_SIM_BITS:
    case FLASH_SIM_UNREADABLE:
    case FLASH_SIM_UNSTABLE:
        /* Flash may make zeros of all before it begins to erase. */
        if (flash_sim_random(sim) & (1u << 11)) {
            memset(sim->bytes + at, 0, n);
        }
        for (uint32_t i = 0; i < n; i++) {
            sim->bytes[at + i] |= some_bits(sim);
        }
        break;
    }
    if (sim->model == FLASH_SIM_UNREADABLE) {
        state = UNREADABLE;
    } else if (sim->model == FLASH_SIM_UNSTABLE) {
        state = UNSTABLE;
    }
    for (uint32_t i = 0; i < n / unit; i++) {
        sim->units[at / unit + i] =
            flash_sim_random(sim) % 4 == 0 ? state : PROGRAMMED;
    }
}

static int sim_erase(void *context, uint32_t offset)
{
    struct flash_sim *sim = context;
    uint32_t n = sim->flash.block_size;

    check_range(sim, offset, n);
    if (offset % n != 0) {
        fail_msg("flash: no block at %u", (unsigned)offset);
    }
    if (sim->off) {
        return LWCMP_ERR_STORE;
    }
    if (is_cut(sim)) {
        tear_block(sim, offset);
        return LWCMP_ERR_STORE;
    }
    memset(sim->bytes + offset, 0xff, n);
    memset(sim->units + offset / sim->flash.unit, ERASED, n / sim->flash.unit);
    sim->erases[offset / n]++;
    return 0;
}

void flash_sim_begin(struct flash_sim *sim, uint32_t unit, uint32_t block_size,
                     uint32_t bank_blocks)
{
    memset(sim, 0, sizeof *sim);
    memset(sim->bytes, 0xff, sizeof sim->bytes);
    sim->random = 0x2545f491;
    sim->size = 2 * bank_blocks * block_size;
    assert_in_range(sim->size, 1, FLASH_SIM_MAX);
    assert_in_range(bank_blocks, 1, FLASH_SIM_BLOCKS_MAX / 2);
    sim->flash = (struct lwcmp_flash){sim,      block_size,  bank_blocks, unit,
                                      sim_read, sim_program, sim_erase};
}

void flash_sim_load(struct flash_sim *sim, const uint8_t *p)
{
    memcpy(sim->bytes, p, sim->size);
    memset(sim->units, ERASED, sizeof sim->units);
    for (uint32_t i = 0; i < sim->size; i++) {
        if (p[i] != 0xff) {
            sim->units[i / sim->flash.unit] = PROGRAMMED;
        }
    }
}

void flash_sim_power_on(struct flash_sim *sim)
{
    sim->off = false;
    sim->stuck = false;
    sim->fail_at = 0;
}

bool flash_sim_holds(const struct flash_sim *sim, const uint8_t *p, size_t n)
{
    for (size_t i = 0; i + 8 <= n; i += 8) {
        for (uint32_t at = 0; at + 8 <= sim->size; at++) {
            if (memcmp(sim->bytes + at, p + i, 8) == 0) {
                return true;
            }
        }
    }
    return false;
}
