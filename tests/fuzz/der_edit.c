/* SPDX-License-Identifier: Apache-2.0 */
#include "der_edit.h"

#define MAX_ELEMENTS 400

struct element {
    size_t at, head, n; /* tag; size of tag and length; size of content */
};

static struct element elements[MAX_ELEMENTS];
static size_t count;

static bool read_element(const struct der_edit *e, size_t at,
                         struct element *el)
{
    size_t octets, i;

    if (at + 2 > e->n) {
        return false;
    }
    el->at = at;
    el->head = 2;
    el->n = e->p[at + 1];
    if (el->n > 0x80) {
        octets = el->n & 0x7f;
        if (octets > 2 || at + 2 + octets > e->n) {
            return false;
        }
        el->n = 0;
        for (i = 0; i < octets; i++) {
            el->n = el->n << 8 | e->p[at + 2 + i];
        }
        el->head += octets;
    }
    return el->n <= e->n - at - el->head;
}

/* All elements, each in front of those inside it. */
static void find_elements(const struct der_edit *e)
{
    size_t at = 0;

    count = 0;
    while (count < MAX_ELEMENTS && read_element(e, at, &elements[count])) {
        at += elements[count].head;
        if ((e->p[elements[count].at] & 0x20) == 0) {
            at += elements[count].n;
        }
        count++;
    }
}

static bool replace(struct der_edit *e, size_t at, size_t n,
                    struct lwcmp_bytes by)
{
    if (e->n - n + by.n > DER_EDIT_CAP) {
        return false;
    }
    memmove(e->p + at + by.n, e->p + at + n, e->n - at - n);
    if (by.n > 0) {
        memcpy(e->p + at, by.p, by.n);
    }
    e->n = e->n - n + by.n;
    return true;
}

static size_t encode_length(uint8_t *to, size_t n)
{
    if (n < 0x80) {
        to[0] = (uint8_t)n;
        return 1;
    }
    if (n < 0x100) {
        to[0] = 0x81;
        to[1] = (uint8_t)n;
        return 2;
    }
    to[0] = 0x82;
    to[1] = (uint8_t)(n >> 8);
    to[2] = (uint8_t)n;
    return 3;
}

/* From the innermost outwards: a length may need more octets than before. */
static void splice(struct der_edit *e, size_t at, size_t n,
                   struct lwcmp_bytes by)
{
    size_t was = e->n;
    uint8_t length[3];

    if (!replace(e, at, n, by)) {
        return;
    }
    for (size_t i = count; i-- > 0;) {
        const struct element *el = &elements[i];
        size_t octets;

        if (el->at + el->head > at || el->at + el->head + el->n < at + n) {
            continue;
        }
        octets = encode_length(length, el->n + e->n - was);
        (void)replace(e, el->at + 1, el->head - 1,
                      (struct lwcmp_bytes){length, octets});
    }
}

static void set_octet(struct der_edit *e, const struct element *el,
                      struct lwcmp_bytes *in)
{
    size_t at = fuzz_u8(in);

    if (el->n > 0) {
        e->p[el->at + el->head + at % el->n] = fuzz_u8(in);
    }
}

/* A copy of this one is put in place of that one, or in front of it. */
static void copy_element(struct der_edit *e, const struct element *from,
                         size_t at, size_t n)
{
    static uint8_t copy[DER_EDIT_CAP];
    size_t size = from->head + from->n;

    memcpy(copy, e->p + from->at, size);
    splice(e, at, n, (struct lwcmp_bytes){copy, size});
}

void der_edit_apply(struct der_edit *e, struct lwcmp_bytes *in)
{
    uint8_t what = fuzz_u8(in);
    uint16_t which = fuzz_u16(in);
    const struct element *el;

    find_elements(e);
    if (count == 0) {
        return;
    }
    el = &elements[which % count];
    switch (what % 7) {
    case 0:
        splice(e, el->at, el->head + el->n, (struct lwcmp_bytes){NULL, 0});
        break;
    case 1:
        copy_element(e, el, el->at, 0);
        break;
    case 2:
        splice(e, el->at + el->head, el->n, fuzz_take(in, fuzz_u8(in)));
        break;
    case 3:
        e->p[el->at] = fuzz_u8(in);
        break;
    case 4:
        set_octet(e, el, in);
        break;
    case 5:
        copy_element(e, &elements[fuzz_u16(in) % count], el->at,
                     el->head + el->n);
        break;
    default:
        splice(e, el->at, 0, fuzz_take(in, fuzz_u8(in)));
        break;
    }
}
