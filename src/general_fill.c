/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A request as a template wants it (RFC 9483 4.3.3): what is given is taken
 * over, what is empty is filled, and what cannot be filled is left out.
 */
#include "lwcmp/general.h"

#if LWCMP_WITH_GENM

#include "bytes.h"
#include "der_out.h"

/*
 * Where an element stands: all of a Name, and of Extensions down to a
 * GeneralName, if it is subjectAltName. The inside of an AttributeTypeAndValue
 * looks like that of an Extension:
 *
 *     type      OBJECT IDENTIFIER,
 *     critical  BOOLEAN OPTIONAL,
 *     value     ANY
 */
enum level {
    AT_NAME,
    AT_RDN,
    AT_PAIR,
    AT_VALUE, /* or what stands before it */
    AT_GENERAL_NAMES,
    AT_GENERAL_NAME
};

static const uint8_t tags[] = {
    LWCMP_DER_SEQUENCE, LWCMP_DER_SET,      LWCMP_DER_SEQUENCE,
    LWCMP_DER_ANY,      LWCMP_DER_SEQUENCE, LWCMP_DER_ANY,
};

struct fill {
    struct lwcmp_der_out o;
    const struct lwcmp_template_value *values;
    size_t n;
    struct lwcmp_bytes what; /* of the values, as the caller names it */
    struct lwcmp_bytes rest[sizeof tags]; /* of the row at each level */
    bool filled; /* there is something left of the last element */
};

/* Nothing, or a list with nothing in it. */
static bool is_empty(const struct lwcmp_bytes *content)
{
    return content->n == 0 ||
           (content->n == 2 && content->p[0] == LWCMP_DER_SEQUENCE &&
            content->p[1] == 0);
}

/* What the next value is of. */
static void note_what(struct fill *f, unsigned level, const uint8_t *tag,
                      const struct lwcmp_bytes *content)
{
    if (level == AT_GENERAL_NAME) {
        f->what = (struct lwcmp_bytes){tag, 1};
    } else if (*tag == LWCMP_DER_OID) {
        f->what = *content;
    }
}

/* Whether the elements inside are looked at, too. */
static bool is_list(const struct fill *f, unsigned level, uint8_t tag,
                    const struct lwcmp_bytes *content)
{
    static const uint8_t subject_alt_name[] = {0x55, 0x1d, 0x11};

    if (level != AT_VALUE) {
        return level != AT_GENERAL_NAME;
    }
    return tag == LWCMP_DER_OCTET_STRING && !is_empty(content) &&
           lwcmp_bytes_are(&f->what, subject_alt_name, sizeof subject_alt_name);
}

/* An element as it is; if it is empty, with its value, or not at all. */
static void put_filled(struct fill *f, uint8_t tag,
                       const struct lwcmp_bytes *content)
{
    f->filled = !is_empty(content);
    for (size_t i = 0; !f->filled && i < f->n; i++) {
        content = &f->values[i].value;
        f->filled = lwcmp_bytes_equal(&f->values[i].what, &f->what);
    }
    if (f->filled) {
        lwcmp_der_put(&f->o, tag, content->p, content->n);
    }
}

/* Puts the next element, or goes into it. */
static void put_next(struct fill *f, unsigned level)
{
    struct lwcmp_bytes *rest = &f->rest[level];
    struct lwcmp_bytes content;
    const uint8_t *tag = rest->p;

    if (lwcmp_der_take(rest, tags[level], &content) ||
        (level == AT_GENERAL_NAMES && rest->n > 0)) {
        lwcmp_der_out_fail(&f->o, LWCMP_ERR_SYNTAX);
        return;
    }
    note_what(f, level, tag, &content);
    if (is_list(f, level, *tag, &content)) {
        lwcmp_der_open(&f->o, *tag);
        rest[1] = content;
    } else {
        put_filled(f, *tag, &content);
    }
}

/*
 * The end of the row inside an element, which is left out if there is nothing
 * left of the row, or of the value of a pair. Each pair has a value, as
 * lwcmp_template_read() has seen.
 */
static void leave(struct fill *f, unsigned level)
{
    size_t n = f->o.open[f->o.depth - 1];

    if (level != AT_VALUE) {
        f->filled = f->o.n > n + 2;
    }
    lwcmp_der_close(&f->o);
    if (!f->filled) {
        f->o.n = n;
    }
}

/*
 * Elements in a row, without those that are left with nothing. Each that is
 * open in the output is one level further inside.
 */
static void put_row(struct fill *f, unsigned first)
{
    while (f->o.err == 0 && f->rest[first].n + f->o.depth > 0) {
        unsigned level = first + f->o.depth;

        if (f->rest[level].n > 0) {
            put_next(f, level);
        } else {
            leave(f, level);
        }
    }
}

/* A template says how long an RSA key is, not how it signs. */
static unsigned in_template(enum lwcmp_key_type type)
{
    return type < LWCMP_RSA_PSS_2048
               ? (unsigned)type
               : (unsigned)type - LWCMP_RSA_PSS_2048 + LWCMP_RSA_2048;
}

/* The wanted type if it may be used, or the first that may. */
static int choose_key_type(uint32_t types, enum lwcmp_key_type *type)
{
    uint8_t first = 0;

    if ((types >> in_template(*type) & 1) != 0) {
        return 0;
    }
    if (types == 0) {
        return LWCMP_ERR_ALGORITHM;
    }
    while ((types >> first & 1) == 0) {
        first++;
    }
    *type = (enum lwcmp_key_type)first;
    return 0;
}

/* A subject with no part at all leaves it to the device. */
int lwcmp_template_apply(const struct lwcmp_template *t,
                         const struct lwcmp_template_value *values, size_t n,
                         uint8_t *room, size_t size,
                         struct lwcmp_request *request)
{
    struct fill f = {.values = values, .n = n};
    enum lwcmp_key_type type = request->key_type;
    int err = choose_key_type(t->key_types, &type);

    if (err || !t->present) {
        return err;
    }
    lwcmp_der_out_init(&f.o, room, size);
    f.rest[AT_NAME] = t->subject;
    put_row(&f, AT_NAME);
    n = f.o.n;
    f.rest[AT_PAIR] = t->extensions;
    put_row(&f, AT_PAIR);
    if (f.o.err) {
        return f.o.err;
    }
    if (t->subject.n != 2) {
        request->subject = (struct lwcmp_bytes){room, n};
    }
    request->extensions = (struct lwcmp_bytes){room + n, f.o.n - n};
    request->key_type = type;
    return 0;
}

#endif
