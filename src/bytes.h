/* SPDX-License-Identifier: Apache-2.0 */
/* Slices: equality and wiping. */
#ifndef LWCMP_BYTES_H
#define LWCMP_BYTES_H

#include "lwcmp/types.h"

/* Whether a slice holds the same bytes as another, or these n ones. Not for
 * secrets: they stop at the first difference. */
bool lwcmp_bytes_are(const struct lwcmp_bytes *a, const void *p, size_t n);
bool lwcmp_bytes_equal(const struct lwcmp_bytes *a,
                       const struct lwcmp_bytes *b);

/* Clears memory in a way that the compiler may not leave out. */
void lwcmp_wipe(void *p, size_t n);

#endif
