/* SPDX-License-Identifier: Apache-2.0 */
#include "der_in.h"

/* Tag and length octets of the element at hand. */
struct head {
    uint8_t tag;
    size_t n;       /* of tag and length octets */
    size_t content; /* of the content octets */
};

void lwcmp_der_in_init(struct lwcmp_der_in *in, struct lwcmp_bytes bytes,
                       int *err)
{
    in->p = bytes.p;
    in->n = bytes.n;
    in->err = err;
}

void lwcmp_der_fail(struct lwcmp_der_in *in, int err)
{
    if (*in->err == 0) {
        *in->err = err;
    }
}

bool lwcmp_der_more(const struct lwcmp_der_in *in)
{
    return *in->err == 0 && in->n > 0;
}

bool lwcmp_der_next_is(const struct lwcmp_der_in *in, uint8_t tag)
{
    return lwcmp_der_more(in) && in->p[0] == tag;
}

void lwcmp_der_finish(struct lwcmp_der_in *in)
{
    if (in->n > 0) {
        lwcmp_der_fail(in, LWCMP_ERR_SYNTAX);
    }
}

/*
 * The length in its long form (X.690 8.1.3.5), which DER allows only where
 * the short one does not do and only without leading zeros (10.1). The
 * indefinite form has no place in DER. Three octets are plenty for a message
 * that has to fit a device.
 */
static bool read_long_length(const struct lwcmp_der_in *in, struct head *h)
{
    size_t octets = in->p[1] & 0x7fu;

    if (octets == 0 || octets > 3 || in->n < 2 + octets) {
        return false;
    }
    h->content = 0;
    for (size_t i = 0; i < octets; i++) {
        h->content = h->content << 8 | in->p[2 + i];
    }
    h->n = 2 + octets;
    return h->content >= 0x80 && in->p[2] != 0;
}

/* Tag numbers from 31 on take more octets (8.1.2.4); CMP has none. */
static bool read_head(const struct lwcmp_der_in *in, struct head *h)
{
    if (*in->err || in->n < 2 || (in->p[0] & 0x1f) == 0x1f) {
        return false;
    }
    h->tag = in->p[0];
    h->n = 2;
    h->content = in->p[1];
    if (h->content >= 0x80 && !read_long_length(in, h)) {
        return false;
    }
    return h->content <= in->n - h->n;
}

/* INTEGER (8.3.2): no octet too many, so the first nine bits differ. */
static bool is_integer(const uint8_t *p, size_t n)
{
    if (n > 1 && p[0] == 0x00) {
        return p[1] >= 0x80;
    }
    if (n > 1 && p[0] == 0xff) {
        return p[1] < 0x80;
    }
    return n > 0;
}

/* BIT STRING (8.6.2, 11.2.1): the bits that are not used are zero. */
static bool is_bit_string(const uint8_t *p, size_t n)
{
    if (n < 2) {
        return n == 1 && p[0] == 0;
    }
    return p[0] < 8 && (p[n - 1] & ((1u << p[0]) - 1)) == 0;
}

/* Contents that DER has rules for, wherever they stand. */
static bool is_der(uint8_t tag, const uint8_t *p, size_t n)
{
    switch (tag) {
    case LWCMP_DER_BOOLEAN:
        return n == 1 && (p[0] == 0x00 || p[0] == 0xff);
    case LWCMP_DER_INTEGER:
        return is_integer(p, n);
    case LWCMP_DER_BIT_STRING:
        return is_bit_string(p, n);
    case LWCMP_DER_NULL:
        return n == 0;
    }
    return true;
}

enum part {
    CONTENT,
    WHOLE,
    WHOLE_OF_ANY
};

/* Takes the next element if it has this tag, or whatever tag it has. */
static void take(struct lwcmp_der_in *in, uint8_t tag, enum part part,
                 struct lwcmp_bytes *out)
{
    struct head h;

    out->p = NULL;
    out->n = 0;
    if (!read_head(in, &h) || (part != WHOLE_OF_ANY && h.tag != tag) ||
        !is_der(h.tag, in->p + h.n, h.content)) {
        lwcmp_der_fail(in, LWCMP_ERR_SYNTAX);
        return;
    }
    out->p = in->p;
    out->n = h.n + h.content;
    in->p += out->n;
    in->n -= out->n;
    if (part == CONTENT) {
        out->p += h.n;
        out->n = h.content;
    }
}

void lwcmp_der_get(struct lwcmp_der_in *in, uint8_t tag,
                   struct lwcmp_bytes *content)
{
    take(in, tag, CONTENT, content);
}

void lwcmp_der_get_whole(struct lwcmp_der_in *in, uint8_t tag,
                         struct lwcmp_bytes *element)
{
    take(in, tag, WHOLE, element);
}

void lwcmp_der_get_any(struct lwcmp_der_in *in, struct lwcmp_bytes *element)
{
    take(in, 0, WHOLE_OF_ANY, element);
}

void lwcmp_der_enter(struct lwcmp_der_in *in, uint8_t tag,
                     struct lwcmp_der_in *child)
{
    struct lwcmp_bytes content;

    lwcmp_der_get(in, tag, &content);
    lwcmp_der_in_init(child, content, in->err);
}

bool lwcmp_der_enter_if(struct lwcmp_der_in *in, uint8_t tag,
                        struct lwcmp_der_in *child)
{
    if (!lwcmp_der_next_is(in, tag)) {
        lwcmp_der_in_init(child, (struct lwcmp_bytes){NULL, 0}, in->err);
        return false;
    }
    lwcmp_der_enter(in, tag, child);
    return true;
}

void lwcmp_der_skip_if(struct lwcmp_der_in *in, uint8_t tag)
{
    struct lwcmp_bytes element;

    if (lwcmp_der_next_is(in, tag)) {
        lwcmp_der_get_any(in, &element);
    }
}

/* Two's complement (8.3.3). */
void lwcmp_der_get_int(struct lwcmp_der_in *in, int32_t *value)
{
    struct lwcmp_bytes b;
    uint32_t v;

    *value = 0;
    lwcmp_der_get(in, LWCMP_DER_INTEGER, &b);
    if (b.n == 0 || b.n > 4) {
        lwcmp_der_fail(in, LWCMP_ERR_SYNTAX);
        return;
    }
    v = b.p[0] < 0x80 ? 0 : UINT32_MAX;
    for (size_t i = 0; i < b.n; i++) {
        v = v << 8 | b.p[i];
    }
    *value = v <= INT32_MAX ? (int32_t)v : -(int32_t)(UINT32_MAX - v) - 1;
}

void lwcmp_der_get_bits(struct lwcmp_der_in *in, struct lwcmp_bytes *octets)
{
    lwcmp_der_get(in, LWCMP_DER_BIT_STRING, octets);
    if (octets->n == 0 || octets->p[0] != 0) {
        lwcmp_der_fail(in, LWCMP_ERR_SYNTAX);
        octets->p = NULL;
        octets->n = 0;
        return;
    }
    octets->p++;
    octets->n--;
}
