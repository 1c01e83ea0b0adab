/* SPDX-License-Identifier: Apache-2.0 */
#include "ber.h"

#if LWCMP_WITH_CMS
#define CONSTRUCTED 0x20
#define PIECES (LWCMP_DER_OCTET_STRING | CONSTRUCTED)
#define ENDLESS 0x80 /* the length is not told: two zeros stand at the end */

/*
 * Read and written in one go: what was written never gets ahead of what was
 * read, since no element gets longer. Whether one reaches beyond the one that
 * it is in needs no look: the latter is never complete then.
 */
struct ber {
    struct lwcmp_bytes in; /* what is left */
    struct lwcmp_der_out out;
    unsigned depth;
    unsigned string; /* how deep is the OCTET STRING in pieces, or 0: none */
    size_t end[LWCMP_DER_DEPTH]; /* of open ones: what is left then, if known */
};

#define UNKNOWN SIZE_MAX

/* Tag and length, if it is known; 0: they are not well-formed. */
static uint8_t take_head(struct lwcmp_bytes *in, size_t *n)
{
    const uint8_t *p = in->p;
    uint8_t tag;
    size_t octets;

    if (in->n < 2) {
        return 0;
    }
    tag = p[0];
    *n = p[1];
    octets = p[1] > ENDLESS ? p[1] & 0x7fu : 0;
    in->p += 2;
    in->n -= 2;
    if (*n == ENDLESS) {
        *n = UNKNOWN;
        return tag & CONSTRUCTED ? tag : 0;
    }
    if (octets > sizeof(uint32_t) || octets > in->n) {
        return 0;
    }
    in->n -= octets;
    *n = octets > 0 ? 0 : *n;
    for (; octets > 0; octets--) {
        *n = *n << 8 | *in->p++;
    }
    return *n <= in->n ? tag : 0;
}

/* Pieces that are in pieces leave no trace. */
static bool open_element(struct ber *b, uint8_t tag, size_t end)
{
    if (b->depth == LWCMP_DER_DEPTH) {
        return false;
    }
    b->end[b->depth++] = end;
    if (b->string == 0) {
        b->string = tag == PIECES ? b->depth : 0;
        lwcmp_der_open(&b->out, tag == PIECES ? LWCMP_DER_OCTET_STRING : tag);
    }
    return true;
}

static bool take_element(struct ber *b)
{
    size_t n;
    uint8_t tag = take_head(&b->in, &n);

    if (tag == 0 || (tag & 0x1f) == 0x1f ||
        (b->string > 0 && (tag | CONSTRUCTED) != PIECES)) {
        return false;
    }
    if (tag & CONSTRUCTED) {
        return open_element(b, tag, n == UNKNOWN ? n : b->in.n - n);
    }
    if (b->string == 0) {
        lwcmp_der_put(&b->out, tag, b->in.p, n);
    } else {
        lwcmp_der_put_raw(&b->out, b->in.p, n);
    }
    b->in.p += n;
    b->in.n -= n;
    return true;
}

/* If it is complete. */
static bool close_element(struct ber *b)
{
    size_t end = b->end[b->depth - 1];
    struct lwcmp_bytes *in = &b->in;

    if (end == UNKNOWN && in->n >= 2 && in->p[0] == 0 && in->p[1] == 0) {
        in->p += 2;
        in->n -= 2;
    } else if (end != in->n) {
        return false;
    }
    if (b->string == b->depth) {
        b->string = 0;
    }
    if (b->string == 0) {
        lwcmp_der_close(&b->out);
    }
    b->depth--;
    return true;
}

int lwcmp_ber_to_der(uint8_t *p, size_t *n)
{
    struct ber b;
    bool ok = false;

    b.in.p = p;
    b.in.n = *n;
    b.depth = 0;
    b.string = 0;
    lwcmp_der_out_init(&b.out, p, *n);
    do {
        ok = (b.depth > 0 && close_element(&b)) || take_element(&b);
    } while (ok && b.depth > 0);
    *n = b.out.n;
    return ok && b.in.n == 0 && b.out.err == 0 ? 0 : LWCMP_ERR_SYNTAX;
}
#endif
