/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Raw NOR flash, as a board describes it to the store on it (log.h). Erased
 * bytes read as 0xff.
 */
#ifndef LWCMP_FLASH_FLASH_H
#define LWCMP_FLASH_FLASH_H

#include "lwcmp/types.h"

/* The longest program unit, in bytes. */
#define LWCMP_FLASH_UNIT_MAX 32

/*
 * An area of two banks of equal size, which take turns; offsets count from its
 * begin. All functions return 0 or LWCMP_ERR_STORE, and may be cut off by loss
 * of power at any moment.
 */
struct lwcmp_flash {
    void *context;        /* handed to each function */
    uint32_t block_size;  /* bytes that are erased together */
    uint32_t bank_blocks; /* blocks of one bank; two banks in all */
    uint32_t unit;        /* bytes programmed together: 4, 8, 16 or 32 */

    /* Any n bytes. Flash with error correction may fail on a torn unit. */
    int (*read)(void *context, uint32_t offset, void *p, size_t n);

    /*
     * Whole units, in rising order; each of them only once after its block was
     * erased, save that a unit may be made all zeros once more.
     */
    int (*program)(void *context, uint32_t offset, const void *p, size_t n);

    /* The block that begins at offset. */
    int (*erase)(void *context, uint32_t offset);
};

#endif
