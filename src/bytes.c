/* SPDX-License-Identifier: Apache-2.0 */
#include "bytes.h"

#include <string.h>

bool lwcmp_bytes_are(const struct lwcmp_bytes *a, const void *p, size_t n)
{
    return a->n == n && (n == 0 || memcmp(a->p, p, n) == 0);
}

bool lwcmp_bytes_equal(const struct lwcmp_bytes *a, const struct lwcmp_bytes *b)
{
    return lwcmp_bytes_are(a, b->p, b->n);
}

void lwcmp_wipe(void *p, size_t n)
{
    volatile uint8_t *v = p;

    while (n > 0) {
        *v++ = 0;
        n--;
    }
}
