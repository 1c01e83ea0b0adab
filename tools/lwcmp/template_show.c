/* SPDX-License-Identifier: Apache-2.0 */
/* What the CA wants a request to be, for people. */
#include <stdio.h>

#include "lwcmp/general.h"
#include "algorithms.h"
#include "fail.h"
#include "files.h"
#include "name.h"
#include "oid_text.h"
#include "session.h"

#if LWCMP_WITH_GENM

static void show_subject(struct lwcmp_bytes subject)
{
    (void)printf("subject   : ");
    if (subject.p == NULL) {
        (void)printf("not wanted\n");
    } else if (subject.n == 2) {
        (void)printf("any\n");
    } else {
        lwcmp_cli_name_print(stdout, subject);
        (void)printf("\n            (what is empty is to be filled)\n");
    }
}

/* Nothing, or a list with nothing in it. */
static bool is_empty(const struct lwcmp_bytes *value)
{
    return value->n == 0 ||
           (value->n == 2 && value->p[0] == LWCMP_DER_SEQUENCE &&
            value->p[1] == 0);
}

static void show_extension(struct lwcmp_bytes row)
{
    struct lwcmp_bytes oid, value;
    bool empty;
    size_t i;

    (void)lwcmp_der_take(&row, LWCMP_DER_SEQUENCE, &row);
    (void)lwcmp_der_take_whole(&row, LWCMP_DER_OID, &oid);
    (void)printf("extension : ");
    lwcmp_cli_oid_print(stdout, oid);
    if (row.n > 0 && row.p[0] == LWCMP_DER_BOOLEAN) {
        (void)lwcmp_der_take(&row, LWCMP_DER_BOOLEAN, &value);
        (void)printf(value.n > 0 && value.p[0] ? ", critical" : "");
    }
    (void)lwcmp_der_take(&row, LWCMP_DER_OCTET_STRING, &value);
    empty = is_empty(&value);
    (void)printf(empty ? ", to be filled" : " = ");
    for (i = 0; i < value.n && !empty; i++) {
        (void)printf("%02x", value.p[i]);
    }
    (void)putchar('\n');
}

static void show_keys(uint32_t types)
{
    bool any = false;
    size_t i;

    (void)printf("key       :");
    for (i = 0; i < LWCMP_CLI_KEY_TYPES; i++) {
        if ((types >> i & 1) != 0 && types != UINT32_MAX) {
            (void)printf("%s %s", any ? "," : "", lwcmp_cli_key_types[i]);
            any = true;
        }
    }
    if (!any) {
        (void)printf(types == UINT32_MAX ? " any"
                                         : " of no kind that is known");
    }
    (void)putchar('\n');
}

static void show(const struct lwcmp_template *t)
{
    struct lwcmp_bytes row = t->extensions;
    struct lwcmp_bytes extension;

    show_subject(t->subject);
    while (lwcmp_der_take_whole(&row, LWCMP_DER_SEQUENCE, &extension) == 0) {
        show_extension(extension);
    }
    show_keys(t->key_types);
}

int lwcmp_cli_template_deliver(const struct lwcmp_cli_session *s)
{
    const struct lwcmp_cli_options *o = s->options;
    struct lwcmp_template t;
    int code = 0;

    if (lwcmp_template_read(s->info, &t)) {
        return lwcmp_cli_fail(LWCMP_EXIT_NOT_AUTHENTIC,
                              "the answer is no template for requests");
    }
    if (!t.present) {
        lwcmp_cli_note("the CA wants nothing particular");
        return 0;
    }
    if (!o->quiet) {
        show(&t);
    }
    if (o->infoout) {
        code = lwcmp_cli_file_write(o->infoout, s->info);
    }
    if (!code && o->infoout && !o->quiet) {
        (void)printf("template  : %s\n", o->infoout);
    }
    return code;
}

#else

int lwcmp_cli_template_deliver(const struct lwcmp_cli_session *s)
{
    (void)s;
    return LWCMP_EXIT_INTERNAL;
}

#endif
