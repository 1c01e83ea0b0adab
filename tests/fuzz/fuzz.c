/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

uint8_t fuzz_u8(struct lwcmp_bytes *in)
{
    struct lwcmp_bytes b = fuzz_take(in, 1);

    return b.n > 0 ? b.p[0] : 0;
}

uint16_t fuzz_u16(struct lwcmp_bytes *in)
{
    uint8_t high = fuzz_u8(in);

    return (uint16_t)(high << 8 | fuzz_u8(in));
}

struct lwcmp_bytes fuzz_take(struct lwcmp_bytes *in, size_t n)
{
    struct lwcmp_bytes b = {in->p, n < in->n ? n : in->n};

    if (b.n > 0) {
        in->p += b.n;
        in->n -= b.n;
    }
    return b;
}

uint8_t *fuzz_copy(struct lwcmp_bytes b)
{
    uint8_t *copy = malloc(b.n);

    assert_true(copy != NULL || b.n == 0);
    if (b.n > 0) {
        memcpy(copy, b.p, b.n);
    }
    return copy;
}

bool fuzz_within(struct lwcmp_bytes all, struct lwcmp_bytes slice)
{
    return slice.p == NULL ? slice.n == 0
                           : slice.p >= all.p && slice.n <= all.n &&
                                 slice.p + slice.n <= all.p + all.n;
}
