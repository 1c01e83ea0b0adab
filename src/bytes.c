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

/* Through a pointer that might be changed: what it does is not known. */
void lwcmp_wipe(void *p, size_t n)
{
    void *(*volatile set)(void *, int, size_t) = memset;

    (void)set(p, 0, n);
}
