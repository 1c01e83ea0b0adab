/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A NOR flash in RAM, for port/flash. It fails the test when the contract of
 * flash/flash.h is broken, and power can go off at any program unit and any
 * erase, in the ways that flash may be left behind by that.
 */
#ifndef FLASH_SIM_H
#define FLASH_SIM_H

#include "flash/flash.h"

#define FLASH_SIM_MAX 16384
#define FLASH_SIM_UNIT_MIN 4
#define FLASH_SIM_BLOCKS_MAX 16

/* What is left of the unit, or of the block, at which power goes off. */
enum flash_sim_model {
    FLASH_SIM_CLEAN,      /* as it was before */
    FLASH_SIM_HALF,       /* the first half of it is done */
    FLASH_SIM_BITS,       /* some bits of it are done */
    FLASH_SIM_WEAK,       /* it reads as erased, but is not to be trusted */
    FLASH_SIM_UNREADABLE, /* some bits, and some units fail to be read */
    FLASH_SIM_UNSTABLE,   /* it reads as erased, torn or done, by turns */
    FLASH_SIM_DONE,       /* all of it, but nobody is told */
    FLASH_SIM_MODELS
};

/* Plain data: a copy is a snapshot, to be copied back to the same place. */
struct flash_sim {
    struct lwcmp_flash flash;
    uint32_t size;
    uint8_t bytes[FLASH_SIM_MAX];
    uint8_t units[FLASH_SIM_MAX / FLASH_SIM_UNIT_MIN]; /* see the source */
    unsigned erases[FLASH_SIM_BLOCKS_MAX];

    unsigned programs;   /* units programmed */
    unsigned operations; /* these, and blocks erased */
    unsigned fail_at;    /* the operation that is cut; 0: none */
    enum flash_sim_model model;
    bool stays_on; /* it fails, but power stays */
    bool silent;   /* it fails, but nobody is told */
    bool stuck;    /* all operations fail, but reading goes on */
    bool off;
    uint32_t random; /* seed */
};

/* Blank flash with power on. */
void flash_sim_begin(struct flash_sim *sim, uint32_t unit, uint32_t block_size,
                     uint32_t bank_blocks);

/* Other content, as if it had been programmed there. */
void flash_sim_load(struct flash_sim *sim, const uint8_t *p);

/* Whatever has failed works again. */
void flash_sim_power_on(struct flash_sim *sim);

/* Whether any eight bytes in a row of these are anywhere in the flash. */
bool flash_sim_holds(const struct flash_sim *sim, const uint8_t *p, size_t n);

/* A pseudo-random number. */
uint32_t flash_sim_random(struct flash_sim *sim);

#endif
