/* SPDX-License-Identifier: Apache-2.0 */
#include "bytes.h"

#include <string.h>

bool lwcmp_bytes_equal(const struct lwcmp_bytes *a, const struct lwcmp_bytes *b)
{
    return a->n == b->n && (a->n == 0 || memcmp(a->p, b->p, a->n) == 0);
}

void lwcmp_wipe(void *p, size_t n)
{
    volatile uint8_t *v = p;

    while (n > 0) {
        *v++ = 0;
        n--;
    }
}
