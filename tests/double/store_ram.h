/* SPDX-License-Identifier: Apache-2.0 */
/* A store in RAM that can be made to fail. Zero is its start. */
#ifndef STORE_RAM_H
#define STORE_RAM_H

#include "lwcmp/store.h"

#define STORE_RAM_MAX 4096

struct store_ram {
    struct {
        uint8_t p[STORE_RAM_MAX];
        size_t n;
    } record[LWCMP_RECORD_ERRAND + 1];

    unsigned operations, writes, removes; /* begun so far */

    unsigned fail_at; /* this operation fails, the first is 1; 0: none */
    bool fail_on;     /* and so do all after it */
    int error;        /* with this error */
};

/* The functions of a store; the context is what they work on. */
struct lwcmp_store store_ram(struct store_ram *ram);

#endif
