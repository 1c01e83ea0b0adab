/* SPDX-License-Identifier: Apache-2.0 */
#include "der_in.h"

/*
 * The length in its long form (X.690 8.1.3.5), which DER allows only where
 * the short one does not do and only without leading zeros (10.1). The
 * indefinite form has no place in DER. Three octets are plenty for a message
 * that has to fit a device. They are taken off the row.
 */
static bool take_long_length(struct lwcmp_bytes *row, size_t *n)
{
    size_t octets = *n & 0x7fu;

    if (octets == 0 || octets > 3 || row->n < octets || row->p[0] == 0) {
        return false;
    }
    row->n -= octets;
    for (*n = 0; octets > 0; octets--) {
        *n = *n << 8 | *row->p++;
    }
    return *n >= 0x80;
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

/*
 * BIT STRING (8.6.2, 11.2.1): the bits that are not used are zero. Where their
 * number is the only octet, no other number than 0 has so many zeros itself.
 */
static bool is_bit_string(const uint8_t *p, size_t n)
{
    return n > 0 && p[0] < 8 && (p[n - 1] & ((1u << p[0]) - 1)) == 0;
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

/*
 * Tag numbers from 31 on take more octets (8.1.2.4); CMP has none, and no
 * field asks for one.
 */
static bool is_tag(uint8_t octet, uint8_t tag)
{
    return octet == tag ? tag != LWCMP_DER_ANY
                        : tag == LWCMP_DER_ANY && (octet & 0x1f) != 0x1f;
}

static int refuse(struct lwcmp_bytes *out)
{
    out->p = NULL;
    out->n = 0;
    return LWCMP_ERR_SYNTAX;
}

int lwcmp_der_take(struct lwcmp_bytes *row, uint8_t tag,
                   struct lwcmp_bytes *out)
{
    struct lwcmp_bytes rest = *row;
    const uint8_t *p = rest.p;
    size_t n;

    if (rest.n < 2 || !is_tag(p[0], tag)) {
        return refuse(out);
    }
    n = p[1];
    rest.p += 2;
    rest.n -= 2;
    if ((n >= 0x80 && !take_long_length(&rest, &n)) || n > rest.n ||
        !is_der(p[0], rest.p, n)) {
        return refuse(out);
    }
    row->p = rest.p + n;
    row->n = rest.n - n;
    out->p = rest.p;
    out->n = n;
    return 0;
}

int lwcmp_der_take_whole(struct lwcmp_bytes *row, uint8_t tag,
                         struct lwcmp_bytes *out)
{
    const uint8_t *p = row->p;
    int err = lwcmp_der_take(row, tag, out);

    if (err == 0) {
        out->p = p;
        out->n = (size_t)(row->p - p);
    }
    return err;
}

int lwcmp_der_take_only(const struct lwcmp_bytes *element, uint8_t tag,
                        struct lwcmp_bytes *out)
{
    struct lwcmp_bytes rest = *element;
    int err = lwcmp_der_take(&rest, tag, out);

    return rest.n > 0 ? LWCMP_ERR_SYNTAX : err;
}

/* All that is behind an explicit tag is the element below it. */
static int take_field(struct lwcmp_bytes *row,
                      const struct lwcmp_der_field *field,
                      struct lwcmp_bytes *out)
{
    struct lwcmp_bytes whole;
    const uint8_t *p = row->p;
    int err = lwcmp_der_take(row, field->tag, out);

    if (field->inner != 0) {
        whole = *out;
        err = lwcmp_der_take_only(&whole, field->inner, out);
        if (field->how & LWCMP_DER_WHOLE) {
            *out = whole;
        }
    } else if (field->how & LWCMP_DER_WHOLE) {
        out->p = p;
        out->n = (size_t)(row->p - p);
    }
    return err;
}

static bool is_absent(const struct lwcmp_bytes *row,
                      const struct lwcmp_der_field *field)
{
    return (field->how & LWCMP_DER_OPTIONAL) &&
           (row->n == 0 ||
            (field->tag != LWCMP_DER_ANY && field->tag != row->p[0]));
}

int lwcmp_der_read(const struct lwcmp_bytes *element,
                   const struct lwcmp_der_field *field, void *out)
{
    struct lwcmp_bytes row;
    struct lwcmp_bytes ignored;
    int err = lwcmp_der_take_only(element, LWCMP_DER_SEQUENCE, &row);

    do {
        struct lwcmp_bytes *to = &ignored;

        if (field->where != LWCMP_DER_IGNORED) {
            to = (void *)((uint8_t *)out + field->where);
        }
        if (is_absent(&row, field)) {
            to->p = NULL;
            to->n = 0;
        } else {
            err |= take_field(&row, field, to);
        }
    } while (!(field++->how & LWCMP_DER_LAST));
    return row.n > 0 ? LWCMP_ERR_SYNTAX : err;
}

/* Two's complement (8.3.3). */
uint32_t lwcmp_der_number(const struct lwcmp_bytes *content)
{
    uint32_t value = 0;

    if (content->n == 0 || content->p[0] >= 0x80) {
        return 0;
    }
    for (size_t i = 0; i < content->n; i++) {
        value = value << 8 | content->p[i];
    }
    return content->n > 4 ? INT32_MAX : value;
}

int lwcmp_der_octets(struct lwcmp_bytes *content)
{
    if (content->n == 0 || content->p[0] != 0) {
        return LWCMP_ERR_SYNTAX;
    }
    content->p++;
    content->n--;
    return 0;
}
