/* SPDX-License-Identifier: Apache-2.0 */
#include "oid_text.h"

#include <string.h>

/* A number of an OBJECT IDENTIFIER: that of a UUID has 128 bits (X.667 6). */
#define DIGITS 19
#define DECIMAL_MAX 41

struct arc {
    uint8_t digit[DIGITS]; /* of base 128, the high ones first */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The arc times a factor and something more; false: it gets too long. */
static bool grow(struct arc *arc, unsigned factor, unsigned more)
{
    for (size_t i = DIGITS; i > 0; i--) {
        more += arc->digit[i - 1] * factor;
        arc->digit[i - 1] = more & 0x7f;
        more >>= 7;
    }
    return more == 0;
}

/* Divides it by ten, and gives the remainder. */
static unsigned take_digit(struct arc *arc)
{
    unsigned rest = 0;

    for (size_t i = 0; i < DIGITS; i++) {
        rest = rest << 7 | arc->digit[i];
        arc->digit[i] = (uint8_t)(rest / 10);
        rest %= 10;
    }
    return rest;
}

/* The digits before it are zero. */
static size_t find_first(const struct arc *arc)
{
    size_t i = 0;

    while (i < DIGITS - 1 && arc->digit[i] == 0) {
        i++;
    }
    return i;
}

/* If it is that small, else 128. */
static unsigned small(const struct arc *arc)
{
    return find_first(arc) == DIGITS - 1 ? arc->digit[DIGITS - 1] : 128;
}

/* One number, without zeros in front, and the dot if more is to come. */
static bool take_arc(const char **text, const char *end, struct arc *arc)
{
    const char *p = *text;

    memset(arc, 0, sizeof(*arc));
    while (p != end && is_digit(*p)) {
        if (!grow(arc, 10, (unsigned)(*p - '0'))) {
            return false;
        }
        p++;
    }
    if (p == *text || (**text == '0' && p - *text > 1)) {
        return false;
    }
    *text = p == end ? p : p + 1;
    return p == end || (*p == '.' && *text != end);
}

/* Base 128, high digits first, all but the last with the top bit set. */
static void put_arc(struct lwcmp_der_out *o, struct arc *arc)
{
    size_t first = find_first(arc);

    for (size_t i = first; i < DIGITS - 1; i++) {
        arc->digit[i] |= 0x80;
    }
    lwcmp_der_put_raw(o, arc->digit + first, DIGITS - first);
}

/* The first octets hold two numbers. */
static bool take_first(const char **text, const char *end, struct arc *arc)
{
    unsigned first;

    if (!take_arc(text, end, arc) || *text == end) {
        return false;
    }
    first = small(arc);
    return first <= 2 && take_arc(text, end, arc) &&
           (first == 2 || small(arc) < 40) && grow(arc, 1, 40 * first);
}

bool lwcmp_cli_oid_put(struct lwcmp_der_out *o, const char *text, size_t n)
{
    const char *end = text + n;
    struct arc arc;

    if (!take_first(&text, end, &arc)) {
        return false;
    }
    lwcmp_der_open(o, LWCMP_DER_OID);
    put_arc(o, &arc);
    while (text != end) {
        if (!take_arc(&text, end, &arc)) {
            return false;
        }
        put_arc(o, &arc);
    }
    lwcmp_der_close(o);
    return true;
}

static void print_arc(FILE *out, struct arc *arc)
{
    char text[DECIMAL_MAX + 1];
    size_t i = DECIMAL_MAX;

    text[i] = '\0';
    do {
        text[--i] = (char)('0' + take_digit(arc));
    } while (small(arc) != 0);
    (void)fputs(text + i, out);
}

static void print_first(FILE *out, struct arc *arc)
{
    unsigned n = small(arc);
    unsigned first = n < 40 ? 0 : n < 80 ? 1 : 2;

    (void)fprintf(out, "%u.", first);
    for (size_t i = DIGITS, take = 40 * first; take > 0; i--) {
        unsigned digit = 128 + arc->digit[i - 1] - (unsigned)take;

        arc->digit[i - 1] = digit & 0x7f;
        take = digit < 128;
    }
    print_arc(out, arc);
}

void lwcmp_cli_oid_print(FILE *out, struct lwcmp_bytes oid)
{
    struct arc arc = {{0}};
    bool first = true, fits = true;
    size_t i;

    (void)lwcmp_der_take(&oid, LWCMP_DER_OID, &oid);
    for (i = 0; i < oid.n; i++) {
        fits = grow(&arc, 128, oid.p[i] & 0x7f) && fits;
        if (oid.p[i] & 0x80) {
            continue;
        }
        (void)fputs(first ? "" : ".", out);
        if (!fits) {
            (void)fputs("(too long)", out);
        } else if (first) {
            print_first(out, &arc);
        } else {
            print_arc(out, &arc);
        }
        first = false;
        fits = true;
        memset(&arc, 0, sizeof(arc));
    }
}
