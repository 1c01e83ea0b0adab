/* SPDX-License-Identifier: Apache-2.0 */
/* General messages: what is asked, and what becomes of the answer. */
#include <stdio.h>
#include <string.h>

#include "fail.h"
#include "info_name.h"
#include "session.h"

static int put_value(struct lwcmp_cli_session *s)
{
    const char *file = s->options->value;
    struct lwcmp_bytes row = {s->value, 0};
    struct lwcmp_bytes element;
    int code = lwcmp_cli_file_read(file, s->value, &row.n);

    if (code) {
        return code;
    }
    s->request.info_value = row;
    if (lwcmp_der_take(&row, LWCMP_DER_ANY, &element) || row.n > 0) {
        return lwcmp_cli_fail(LWCMP_EXIT_STORAGE,
                              "%s: that is not one DER "
                              "element",
                              file);
    }
    return 0;
}

int lwcmp_cli_info_wish(struct lwcmp_cli_session *s)
{
    const char *name = s->options->info;
    struct lwcmp_der_out o;
    struct lwcmp_bytes row;

    if (!LWCMP_WITH_GENM) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "general messages were left out when this "
                              "program was built; build it with "
                              "LWCMP_WITH_GENM");
    }
    lwcmp_der_out_init(&o, s->info_type, sizeof(s->info_type));
    if (!lwcmp_cli_info_name_put(&o, name) || o.err) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "--info: \"%s\" is no name that is known, and "
                              "no object identifier",
                              name);
    }
    s->info_oid = (struct lwcmp_bytes){s->info_type, o.n};
    row = s->info_oid;
    (void)lwcmp_der_take(&row, LWCMP_DER_OID, &s->request.info_type);
    return s->options->value ? put_value(s) : 0;
}

#if LWCMP_WITH_GENM
void lwcmp_cli_info_take(struct lwcmp_cli_session *s)
{
    struct lwcmp_bytes info = lwcmp_info(&s->c);

    if (info.n > 0) {
        memcpy(s->answer, info.p, info.n);
    }
    s->info = (struct lwcmp_bytes){s->answer, info.n};
}
#else
void lwcmp_cli_info_take(struct lwcmp_cli_session *s)
{
    (void)s;
}
#endif

static void print_value(const struct lwcmp_cli_session *s)
{
    size_t i;

    lwcmp_cli_info_name_print(stdout, s->info_oid);
    if (s->info.n == 0) {
        (void)printf(": the CA has nothing\n");
        return;
    }
    (void)printf(": %zu bytes", s->info.n);
    for (i = 0; i < s->info.n && !s->options->infoout; i++) {
        (void)printf("%s%02x", i ? "" : "\n", s->info.p[i]);
    }
    (void)putchar('\n');
}

/* An empty answer is no error, and takes no file's place. */
int lwcmp_cli_info_deliver(const struct lwcmp_cli_session *s)
{
    const struct lwcmp_cli_options *o = s->options;
    int code = 0;

    if (o->infoout && s->info.n > 0) {
        code = lwcmp_cli_file_write(o->infoout, s->info);
    }
    if (!code && !(o->quiet && o->infoout)) {
        print_value(s);
    }
    return code;
}
