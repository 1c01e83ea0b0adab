/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a bare-metal port supplies when the program is linked. There are no
 * defaults: a board that leaves one of these out does not link.
 */
#ifndef LWCMP_PLATFORM_H
#define LWCMP_PLATFORM_H

#include "lwcmp/types.h"

/*
 * n bytes for keys and nonces, from a generator of full quality: a TRNG with
 * its conditioning, or a DRBG that is seeded by one. Returns 0, or
 * LWCMP_ERR_RANDOM when it cannot deliver; never anything weaker instead.
 */
int lwcmp_platform_entropy(uint8_t *p, size_t n);

/* Milliseconds since the reset. Begins again at 0 after 2^32 - 1. */
uint32_t lwcmp_platform_uptime(void);

#endif
