/* SPDX-License-Identifier: Apache-2.0 */
#include "ber.h"

#include <string.h>

#if LWCMP_WITH_CMS
#define SIZE_LIMIT 65535u
#define DEPTH 16

#define CONSTRUCTED 0x20
#define PIECES (LWCMP_DER_OCTET_STRING | CONSTRUCTED)
#define ENDLESS 0x80 /* the length is not told: two zeros stand at the end */

/* An element that is open. */
struct level {
    uint16_t out, end; /* where it was put; where it ends, at the latest */
    bool endless;
    bool string; /* in it are pieces of an OCTET STRING */
    bool silent; /* it is such a piece itself, and leaves no trace */
};

/*
 * Read and written in one go: what was written never gets ahead of what was
 * read, since no element gets longer.
 */
struct ber {
    uint8_t *p;
    size_t r, w;
    unsigned depth;
    struct level level[DEPTH + 1]; /* [0] is around all of it */
};

static int take_long_length(struct ber *b, size_t limit, size_t *n)
{
    size_t octets = *n & 0x7fu;

    if (octets > sizeof(uint32_t) || octets > limit - b->r) {
        return LWCMP_ERR_SYNTAX;
    }
    for (*n = 0; octets > 0; octets--) {
        *n = *n << 8 | b->p[b->r++];
    }
    return 0;
}

/* Tag and length; the length of an endless one reaches as far as it may. */
static int take_head(struct ber *b, size_t limit, uint8_t *tag, size_t *n)
{
    int err = 0;

    if (limit - b->r < 2) {
        return LWCMP_ERR_SYNTAX;
    }
    *tag = b->p[b->r++];
    *n = b->p[b->r++];
    if (*tag == 0 || (*tag & 0x1f) == 0x1f) {
        return LWCMP_ERR_SYNTAX;
    }
    if (*n == ENDLESS) {
        *n = limit - b->r;
        return *tag & CONSTRUCTED ? 0 : LWCMP_ERR_SYNTAX;
    }
    if (*n > ENDLESS) {
        err = take_long_length(b, limit, n);
    }
    return err == 0 && *n > limit - b->r ? LWCMP_ERR_SYNTAX : err;
}

/* The length is put when it is known, and its place kept as one octet. */
static int open_element(struct ber *b, uint8_t tag, size_t n, bool endless)
{
    struct level *l = &b->level[b->depth + 1];

    if (b->depth == DEPTH) {
        return LWCMP_ERR_SYNTAX;
    }
    l->out = (uint16_t)b->w;
    l->end = (uint16_t)(b->r + n);
    l->endless = endless;
    l->string = tag == PIECES;
    l->silent = b->level[b->depth].string;
    if (!l->silent) {
        b->p[b->w] = l->string ? LWCMP_DER_OCTET_STRING : tag;
        b->w += 2;
    }
    b->depth++;
    return 0;
}

static void copy_element(struct ber *b, uint8_t tag, size_t n)
{
    uint8_t head[4];
    size_t head_n = lwcmp_der_head(head, tag, n);

    if (!b->level[b->depth].string) {
        memcpy(b->p + b->w, head, head_n);
        b->w += head_n;
    }
    memmove(b->p + b->w, b->p + b->r, n);
    b->w += n;
    b->r += n;
}

static int take_element(struct ber *b)
{
    const struct level *in = &b->level[b->depth];
    size_t start = b->r;
    uint8_t tag;
    size_t n;
    int err = take_head(b, in->end, &tag, &n);

    if (err == 0 && in->string && (tag | CONSTRUCTED) != PIECES) {
        err = LWCMP_ERR_SYNTAX;
    }
    if (err) {
        return err;
    }
    if (tag & CONSTRUCTED) {
        return open_element(b, tag, n, b->p[start + 1] == ENDLESS);
    }
    copy_element(b, tag, n);
    return 0;
}

static bool is_complete(const struct ber *b)
{
    const struct level *l = &b->level[b->depth];
    const uint8_t *p = b->p + b->r;

    return l->endless ? l->end - b->r >= 2 && p[0] == 0 && p[1] == 0
                      : b->r == l->end;
}

static void close_element(struct ber *b)
{
    const struct level *l = &b->level[b->depth--];
    uint8_t *p = b->p + l->out;
    uint8_t head[4];
    size_t head_n;
    size_t n;

    b->r += l->endless ? 2 : 0;
    if (l->silent) {
        return;
    }
    n = b->w - l->out - 2;
    head_n = lwcmp_der_head(head, p[0], n);
    memmove(p + head_n, p + 2, n);
    memcpy(p, head, head_n);
    b->w = l->out + head_n + n;
}

int lwcmp_ber_to_der(uint8_t *p, size_t *n)
{
    struct ber b = {.p = p, .level = {{.end = (uint16_t)*n}}};
    int err = *n > SIZE_LIMIT ? LWCMP_ERR_SYNTAX : take_element(&b);

    while (err == 0 && b.depth > 0) {
        if (is_complete(&b)) {
            close_element(&b);
        } else {
            err = take_element(&b);
        }
    }
    if (b.r != *n) {
        err = LWCMP_ERR_SYNTAX;
    }
    *n = b.w;
    return err;
}

int lwcmp_ber_join(uint8_t *p, size_t *n)
{
    struct lwcmp_bytes row = {p, *n};
    struct lwcmp_bytes piece;
    int err = 0;

    *n = 0;
    while (err == 0 && row.n > 0) {
        err = lwcmp_der_take(&row, LWCMP_DER_OCTET_STRING, &piece);
        if (err == 0) {
            memmove(p + *n, piece.p, piece.n);
            *n += piece.n;
        }
    }
    return err;
}
#endif
