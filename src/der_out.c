/* SPDX-License-Identifier: Apache-2.0 */
#include "der_out.h"

#include <string.h>

void lwcmp_der_out_init(struct lwcmp_der_out *o, uint8_t *p, size_t cap)
{
    o->p = p;
    o->n = 0;
    o->cap = cap < 0xffff ? cap : 0xffff;
    o->err = 0;
    o->depth = 0;
}

void lwcmp_der_out_fail(struct lwcmp_der_out *o, int err)
{
    if (o->err == 0) {
        o->err = err;
    }
}

/* Whether n more bytes fit; if not, the writer fails. */
static bool fits(struct lwcmp_der_out *o, size_t n)
{
    if (n > o->cap - o->n) {
        lwcmp_der_out_fail(o, LWCMP_ERR_BUFFER);
    }
    return o->err == 0;
}

void lwcmp_der_open(struct lwcmp_der_out *o, uint8_t tag)
{
    if (o->depth == LWCMP_DER_DEPTH) {
        lwcmp_der_out_fail(o, LWCMP_ERR_BUFFER);
    }
    if (fits(o, 2)) {
        o->open[o->depth++] = (uint16_t)o->n;
        o->p[o->n] = tag;
        o->n += 2; /* the length is not known yet */
    }
}

void lwcmp_der_open_sequence(struct lwcmp_der_out *o)
{
    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
}

size_t lwcmp_der_head(uint8_t head[4], uint8_t tag, size_t n)
{
    size_t i = 0;

    head[i++] = tag;
    if (n >= 0x100) {
        head[i++] = 0x82;
        head[i++] = (uint8_t)(n >> 8);
    } else if (n >= 0x80) {
        head[i++] = 0x81;
    }
    head[i++] = (uint8_t)n;
    return i;
}

/* Most lengths take one octet, for which there is room. */
void lwcmp_der_close(struct lwcmp_der_out *o)
{
    uint8_t head[4];
    uint8_t *p;
    size_t n;
    size_t more;

    if (o->err || o->depth == 0) {
        return;
    }
    p = o->p + o->open[--o->depth];
    n = (size_t)(o->p + o->n - p) - 2;
    p[1] = (uint8_t)n;
    if (n < 0x80) {
        return;
    }
    more = lwcmp_der_head(head, p[0], n) - 2;
    if (fits(o, more)) {
        memmove(p + 2 + more, p + 2, n);
        memcpy(p, head, more + 2);
        o->n += more;
    }
}

void lwcmp_der_put_raw(struct lwcmp_der_out *o, const uint8_t *p, size_t n)
{
    if (n > 0 && fits(o, n)) {
        memmove(o->p + o->n, p, n);
        o->n += n;
    }
}

void lwcmp_der_put(struct lwcmp_der_out *o, uint8_t tag, const uint8_t *p,
                   size_t n)
{
    uint8_t head[4];

    lwcmp_der_put_raw(o, head, lwcmp_der_head(head, tag, n));
    lwcmp_der_put_raw(o, p, n);
}

/* The fewest octets, with a zero in front where the first bit is set. */
void lwcmp_der_put_int(struct lwcmp_der_out *o, uint32_t value)
{
    uint8_t b[5];
    size_t i = sizeof b;

    do {
        b[--i] = (uint8_t)value;
        value >>= 8;
    } while (value > 0 || b[i] >= 0x80);
    lwcmp_der_put(o, LWCMP_DER_INTEGER, b + i, sizeof b - i);
}

uint8_t *lwcmp_der_room(struct lwcmp_der_out *o, size_t *n)
{
    *n = o->err ? 0 : o->cap - o->n;
    return o->err ? NULL : o->p + o->n;
}

void lwcmp_der_wrote(struct lwcmp_der_out *o, int err, size_t n)
{
    if (err) {
        lwcmp_der_out_fail(o, err);
    } else if (fits(o, n)) {
        o->n += n;
    }
}
