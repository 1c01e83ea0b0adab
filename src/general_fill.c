/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A request as a template wants it (RFC 9483 4.3.3): what is given is taken
 * over, what is empty is filled, and what cannot be filled is left out.
 */
#include "lwcmp/general.h"

#if LWCMP_WITH_GENM

#include "bytes.h"
#include "der_out.h"
#include "general_own.h"

struct fill {
    struct lwcmp_der_out o;
    const struct lwcmp_template_value *values;
    size_t n;
};

static const struct lwcmp_bytes *find(const struct fill *f,
                                      const struct lwcmp_bytes *what)
{
    for (size_t i = 0; i < f->n; i++) {
        if (lwcmp_bytes_equal(&f->values[i].what, what)) {
            return &f->values[i].value;
        }
    }
    return NULL;
}

/* Nothing, or a list with nothing in it. */
static bool is_empty(const struct lwcmp_bytes *content)
{
    return content->n == 0 ||
           (content->n == 2 && content->p[0] == LWCMP_DER_SEQUENCE &&
            content->p[1] == 0);
}

/* An element as it is; if it is empty, with its value, or not at all. */
static bool put_filled(struct fill *f, const struct lwcmp_bytes *what,
                       struct lwcmp_bytes der)
{
    const struct lwcmp_bytes *value;
    struct lwcmp_bytes content;
    uint8_t tag = der.p[0];

    (void)lwcmp_der_take_only(&der, tag, &content);
    if (!is_empty(&content)) {
        lwcmp_der_put_raw(&f->o, der.p, der.n);
        return true;
    }
    value = find(f, what);
    if (value != NULL) {
        lwcmp_der_put(&f->o, tag, value->p, value->n);
    }
    return value != NULL;
}

/* AttributeTypeAndValue, in a Name that is one. */
static void put_attribute(struct fill *f, struct lwcmp_bytes row)
{
    struct lwcmp_bytes type;
    size_t n = f->o.n;
    bool filled;

    (void)lwcmp_der_take(&row, LWCMP_DER_OID, &type);
    lwcmp_der_open_sequence(&f->o);
    lwcmp_der_put(&f->o, LWCMP_DER_OID, type.p, type.n);
    filled = put_filled(f, &type, row);
    lwcmp_der_close(&f->o);
    if (!filled) {
        f->o.n = n;
    }
}

/* RelativeDistinguishedName; without any attribute it goes as well. */
static void put_rdn(struct fill *f, struct lwcmp_bytes set)
{
    struct lwcmp_bytes attribute;
    size_t n = f->o.n;
    bool empty;

    lwcmp_der_open(&f->o, LWCMP_DER_SET);
    while (lwcmp_der_take(&set, LWCMP_DER_SEQUENCE, &attribute) == 0) {
        put_attribute(f, attribute);
    }
    empty = f->o.n == n + 2;
    lwcmp_der_close(&f->o);
    if (empty) {
        f->o.n = n;
    }
}

/* The Name, or where it has no part at all the one that is there. */
static struct lwcmp_bytes fill_subject(struct fill *f,
                                       const struct lwcmp_bytes *name,
                                       struct lwcmp_bytes own)
{
    struct lwcmp_bytes row = *name;
    struct lwcmp_bytes set;

    if (name->p == NULL) {
        return *name;
    }
    (void)lwcmp_der_take(&row, LWCMP_DER_SEQUENCE, &row);
    if (row.n == 0) {
        return own;
    }
    lwcmp_der_open_sequence(&f->o);
    while (lwcmp_der_take(&row, LWCMP_DER_SET, &set) == 0) {
        put_rdn(f, set);
    }
    lwcmp_der_close(&f->o);
    return (struct lwcmp_bytes){f->o.p, f->o.n};
}

static const uint8_t subject_alt_name[] = {0x55, 0x1d, 0x11};

/* GeneralNames ::= SEQUENCE SIZE (1..MAX) OF GeneralName */
static bool put_names(struct fill *f, const struct lwcmp_bytes *value)
{
    struct lwcmp_bytes row, der, what;
    bool filled = false;
    int err = lwcmp_der_take_only(value, LWCMP_DER_SEQUENCE, &row);

    lwcmp_der_open_sequence(&f->o);
    while (err == 0 && row.n > 0) {
        err = lwcmp_der_take_whole(&row, LWCMP_DER_ANY, &der);
        if (err == 0) {
            what = (struct lwcmp_bytes){der.p, 1};
            filled = put_filled(f, &what, der) || filled;
        }
    }
    lwcmp_der_close(&f->o);
    if (err) {
        lwcmp_der_out_fail(&f->o, err);
    }
    return filled;
}

static bool put_value(struct fill *f, const struct lwcmp_extension *e)
{
    const struct lwcmp_bytes *value = &e->value;

    if (is_empty(value)) {
        value = find(f, &e->id);
    } else if (lwcmp_bytes_are(&e->id, subject_alt_name,
                               sizeof subject_alt_name)) {
        return put_names(f, value);
    }
    if (value != NULL) {
        lwcmp_der_put_raw(&f->o, value->p, value->n);
    }
    return value != NULL;
}

static void put_extension(struct fill *f, const struct lwcmp_extension *e)
{
    size_t n = f->o.n;
    bool filled;

    lwcmp_der_open_sequence(&f->o);
    lwcmp_der_put(&f->o, LWCMP_DER_OID, e->id.p, e->id.n);
    lwcmp_der_put_raw(&f->o, e->critical.p, e->critical.n);
    lwcmp_der_open(&f->o, LWCMP_DER_OCTET_STRING);
    filled = put_value(f, e);
    lwcmp_der_close(&f->o);
    lwcmp_der_close(&f->o);
    if (!filled) {
        f->o.n = n;
    }
}

static struct lwcmp_bytes fill_extensions(struct fill *f,
                                          struct lwcmp_bytes row)
{
    struct lwcmp_extension e;
    size_t n = f->o.n;

    while (row.n > 0 && lwcmp_extension_next(&row, &e) == 0) {
        put_extension(f, &e);
    }
    return (struct lwcmp_bytes){f->o.p + n, f->o.n - n};
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
    static const uint8_t all = LWCMP_RSA_4096;

    if ((types >> in_template(*type) & 1) != 0) {
        return 0;
    }
    for (uint8_t i = 0; i <= all; i++) {
        if ((types >> i & 1) != 0) {
            *type = (enum lwcmp_key_type)i;
            return 0;
        }
    }
    return LWCMP_ERR_ALGORITHM;
}

int lwcmp_template_apply(const struct lwcmp_template *t,
                         const struct lwcmp_template_value *values, size_t n,
                         uint8_t *room, size_t size,
                         struct lwcmp_request *request)
{
    struct lwcmp_request made = *request;
    struct fill f = {.values = values, .n = n};
    int err = choose_key_type(t->key_types, &made.key_type);

    if (err || !t->present) {
        return err;
    }
    lwcmp_der_out_init(&f.o, room, size);
    made.subject = fill_subject(&f, &t->subject, request->subject);
    made.extensions = fill_extensions(&f, t->extensions);
    if (f.o.err == 0) {
        *request = made;
    }
    return f.o.err;
}

#endif
