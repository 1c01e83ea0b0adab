/* SPDX-License-Identifier: Apache-2.0 */
#include "oid_text.h"

#include <inttypes.h>

#define ARC_MAX 0xfffffffu /* one more digit still fits 32 bits */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* One number, without zeros in front, and the dot if more is to come. */
static bool take_arc(const char **text, const char *end, uint32_t *arc)
{
    const char *p = *text;

    *arc = 0;
    while (p != end && is_digit(*p) && *arc <= ARC_MAX) {
        *arc = *arc * 10 + (uint32_t)(*p - '0');
        p++;
    }
    if (p == *text || (**text == '0' && p - *text > 1)) {
        return false;
    }
    *text = p == end ? p : p + 1;
    return p == end || (*p == '.' && *text != end);
}

/* Base 128, high digits first, all but the last with the top bit set. */
static void put_arc(struct lwcmp_der_out *o, uint32_t arc)
{
    uint8_t digits[5];
    size_t i = sizeof(digits);

    digits[--i] = arc & 0x7f;
    while (arc >= 0x80) {
        arc >>= 7;
        digits[--i] = (uint8_t)(0x80 | (arc & 0x7f));
    }
    lwcmp_der_put_raw(o, digits + i, sizeof(digits) - i);
}

bool lwcmp_cli_oid_put(struct lwcmp_der_out *o, const char *text, size_t n)
{
    const char *end = text + n;
    uint32_t first, second, arc;

    if (!take_arc(&text, end, &first) || !take_arc(&text, end, &second) ||
        first > 2 || (first < 2 && second > 39) || second > ARC_MAX) {
        return false;
    }
    lwcmp_der_open(o, LWCMP_DER_OID);
    put_arc(o, first * 40 + second);
    while (text != end) {
        if (!take_arc(&text, end, &arc)) {
            return false;
        }
        put_arc(o, arc);
    }
    lwcmp_der_close(o);
    return true;
}

/* The first octets hold two numbers. */
static void print_first(FILE *out, uint64_t arc)
{
    unsigned first = arc < 40 ? 0 : arc < 80 ? 1 : 2;

    (void)fprintf(out, "%u.%" PRIu64, first, arc - 40 * (uint64_t)first);
}

void lwcmp_cli_oid_print(FILE *out, struct lwcmp_bytes oid)
{
    uint64_t arc = 0;
    bool first = true;
    size_t i;

    (void)lwcmp_der_take(&oid, LWCMP_DER_OID, &oid);
    for (i = 0; i < oid.n; i++) {
        arc = arc << 7 | (oid.p[i] & 0x7f);
        if (oid.p[i] & 0x80) {
            continue;
        }
        if (first) {
            print_first(out, arc);
        } else {
            (void)fprintf(out, ".%" PRIu64, arc);
        }
        first = false;
        arc = 0;
    }
}
