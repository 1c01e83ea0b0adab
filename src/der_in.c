/* SPDX-License-Identifier: Apache-2.0 */
#include "der_in.h"

/*
 * The length in its long form (X.690 8.1.3.5), which DER allows only where
 * the short one does not do and only without leading zeros (10.1). The
 * indefinite form has no place in DER. Three octets are plenty for a message
 * that has to fit a device. Returns where the content begins, or NULL.
 */
static const uint8_t *read_long_length(const struct lwcmp_bytes *row, size_t *n)
{
    const uint8_t *p = row->p + 2;
    size_t octets = *n & 0x7fu;

    if (octets == 0 || octets > 3 || row->n < 2 + octets || *p == 0) {
        return NULL;
    }
    for (*n = 0; octets > 0; octets--) {
        *n = *n << 8 | *p++;
    }
    return *n >= 0x80 ? p : NULL;
}

/*
 * Where the content of the next element begins, and how long it is; NULL if
 * it is not all there. Tag numbers from 31 on take more octets (8.1.2.4); CMP
 * has none.
 */
static const uint8_t *read_head(const struct lwcmp_bytes *row, size_t *n)
{
    const uint8_t *p;

    if (row->n < 2 || (row->p[0] & 0x1f) == 0x1f) {
        return NULL;
    }
    p = row->p + 2;
    *n = row->p[1];
    if (*n >= 0x80) {
        p = read_long_length(row, n);
    }
    return p != NULL && *n <= row->n - (size_t)(p - row->p) ? p : NULL;
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

static bool starts_with(const struct lwcmp_bytes *row, uint8_t tag)
{
    return row->n > 0 && (tag == LWCMP_DER_ANY || tag == row->p[0]);
}

int lwcmp_der_take(struct lwcmp_bytes *row, uint8_t tag,
                   enum lwcmp_der_part part, struct lwcmp_bytes *out)
{
    struct lwcmp_bytes all = *row;
    const uint8_t *p;
    size_t n;

    out->p = NULL;
    out->n = 0;
    p = starts_with(&all, tag) ? read_head(&all, &n) : NULL;
    if (p == NULL || !is_der(all.p[0], p, n)) {
        return LWCMP_ERR_SYNTAX;
    }
    row->p = p + n;
    row->n = (size_t)(all.p + all.n - row->p);
    out->p = part == LWCMP_DER_WHOLE ? all.p : p;
    out->n = (size_t)(p + n - out->p);
    return 0;
}

int lwcmp_der_take_only(const struct lwcmp_bytes *element, uint8_t tag,
                        enum lwcmp_der_part part, struct lwcmp_bytes *out)
{
    struct lwcmp_bytes rest = *element;
    int err = lwcmp_der_take(&rest, tag, part, out);

    return rest.n > 0 ? LWCMP_ERR_SYNTAX : err;
}

static int take_field(struct lwcmp_bytes *row,
                      const struct lwcmp_der_field *field,
                      struct lwcmp_bytes *out)
{
    struct lwcmp_bytes tagged = {NULL, 0};
    uint8_t tag = field->tag;

    if (field->inner != 0) {
        (void)lwcmp_der_take(row, tag, LWCMP_DER_CONTENT, &tagged);
        row = &tagged;
        tag = field->inner;
    }
    return lwcmp_der_take(row, tag,
                          (enum lwcmp_der_part)(field->how & LWCMP_DER_WHOLE),
                          out) |
           (tagged.n > 0 ? LWCMP_ERR_SYNTAX : 0);
}

int lwcmp_der_read(const struct lwcmp_bytes *element,
                   const struct lwcmp_der_field *field, void *out)
{
    struct lwcmp_bytes row;
    int err = lwcmp_der_take_only(element, LWCMP_DER_SEQUENCE,
                                  LWCMP_DER_CONTENT, &row);

    for (; field->tag != 0; field++) {
        struct lwcmp_bytes part = {NULL, 0};

        if (!(field->how & LWCMP_DER_OPTIONAL) ||
            starts_with(&row, field->tag)) {
            err |= take_field(&row, field, &part);
        }
        if (field->where != LWCMP_DER_IGNORED) {
            *(struct lwcmp_bytes *)(void *)((uint8_t *)out + field->where) =
                part;
        }
    }
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
