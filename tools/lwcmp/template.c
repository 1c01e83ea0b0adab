/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the CA wants a request to be (RFC 9483 4.3.3), filled with what the
 * user has given for subject and extensions.
 */
#include "lwcmp/general.h"
#include "bytes.h"
#include "fail.h"
#include "files.h"
#include "session.h"

#if LWCMP_WITH_GENM

#define VALUES_MAX 64

struct values {
    struct lwcmp_template_value value[VALUES_MAX];
    size_t n; /* more than there is room for: they do not fit */
};

static void add(struct values *v, struct lwcmp_bytes what,
                struct lwcmp_bytes value)
{
    if (v->n < VALUES_MAX) {
        v->value[v->n] = (struct lwcmp_template_value){what, value};
    }
    v->n++;
}

/* The attributes of a Name, by their types. */
static void add_attributes(struct values *v, struct lwcmp_bytes name)
{
    struct lwcmp_bytes set, one, type, text;

    (void)lwcmp_der_take(&name, LWCMP_DER_SEQUENCE, &name);
    while (lwcmp_der_take(&name, LWCMP_DER_SET, &set) == 0) {
        while (lwcmp_der_take(&set, LWCMP_DER_SEQUENCE, &one) == 0) {
            (void)lwcmp_der_take(&one, LWCMP_DER_OID, &type);
            (void)lwcmp_der_take(&one, LWCMP_DER_ANY, &text);
            add(v, type, text);
        }
    }
}

/* Each of subjectAltName by its tag. */
static void add_names(struct values *v, struct lwcmp_bytes row)
{
    struct lwcmp_bytes name, value;

    (void)lwcmp_der_take(&row, LWCMP_DER_SEQUENCE, &row);
    while (lwcmp_der_take_whole(&row, LWCMP_DER_ANY, &name) == 0) {
        (void)lwcmp_der_take_only(&name, name.p[0], &value);
        add(v, (struct lwcmp_bytes){name.p, 1}, value);
    }
}

/* By their types. */
static void add_extensions(struct values *v, struct lwcmp_bytes row)
{
    static const uint8_t san[] = {0x55, 0x1d, 0x11};
    struct lwcmp_bytes one, rest, type, value;

    while (lwcmp_der_take_whole(&row, LWCMP_DER_SEQUENCE, &one) == 0) {
        (void)lwcmp_der_take(&one, LWCMP_DER_SEQUENCE, &rest);
        (void)lwcmp_der_take(&rest, LWCMP_DER_OID, &type);
        if (rest.n > 0 && rest.p[0] == LWCMP_DER_BOOLEAN) {
            (void)lwcmp_der_take(&rest, LWCMP_DER_BOOLEAN, &value);
        }
        (void)lwcmp_der_take(&rest, LWCMP_DER_OCTET_STRING, &value);
        add(v, type, value);
        if (lwcmp_bytes_are(&type, san, sizeof(san))) {
            add_names(v, value);
        }
    }
}

static int complain(const struct lwcmp_cli_session *s, int error)
{
    const char *file = s->options->template;

    switch (error) {
    case LWCMP_ERR_SYNTAX:
        return lwcmp_cli_fail(LWCMP_EXIT_STORAGE,
                              "%s: that is no template for requests", file);
    case LWCMP_ERR_ALGORITHM:
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "%s asks for a key of a kind that this program "
                              "cannot make",
                              file);
    default:
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE, "%s: too long", file);
    }
}

int lwcmp_cli_template_wish(struct lwcmp_cli_session *s)
{
    const struct lwcmp_cli_options *o = s->options;
    struct values values = {.n = 0};
    struct lwcmp_bytes file = {s->template, 0};
    struct lwcmp_template t;
    int error, code = lwcmp_cli_file_read(o->template, s->template, &file.n);

    if (code) {
        return code;
    }
    add_attributes(&values, s->request.subject);
    add_extensions(&values, s->request.extensions);
    if (values.n > VALUES_MAX) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "more than %d names and extensions to fill a "
                              "template with",
                              VALUES_MAX);
    }
    error = lwcmp_template_read(file, &t);
    if (!error) {
        error = lwcmp_template_apply(&t, values.value, values.n, s->filled,
                                     sizeof(s->filled), &s->request);
    }
    if (error) {
        return complain(s, error);
    }
    if (o->keytype && s->request.key_type != o->key_type) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "%s does not allow a key of --keytype %s",
                              o->template, o->keytype);
    }
    return 0;
}

#else

int lwcmp_cli_template_wish(struct lwcmp_cli_session *s)
{
    (void)s;
    return LWCMP_EXIT_INTERNAL;
}

#endif
