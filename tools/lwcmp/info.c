/* SPDX-License-Identifier: Apache-2.0 */
/* General messages: what is asked, and what becomes of the answer. */
#include <stdio.h>
#include <string.h>

#include "lwcmp/general.h"
#include "bytes.h"
#include "fail.h"
#include "info_name.h"
#include "session.h"

#if LWCMP_WITH_ERRANDS
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

/* Some verbs ask for something by themselves. */
static const char *name_of(const struct lwcmp_cli_options *o)
{
    switch (o->verb) {
    case LWCMP_CLI_CRL:
        return o->current ? "currentCRL" : "crlStatusList";
    case LWCMP_CLI_CACERTS:
        return "caCerts";
    case LWCMP_CLI_ROOTUPDATE:
        return "rootCaCert";
    case LWCMP_CLI_TEMPLATE:
        return "certReqTemplate";
    default:
        return o->info;
    }
}

/* Nothing else has a profile (RFC 9810 5.1.1.4). */
static bool is_for_template(const struct lwcmp_bytes *type)
{
    static const struct lwcmp_bytes due = LWCMP_INFO_CERT_REQ_TEMPLATE;

    return lwcmp_bytes_equal(type, &due);
}

int lwcmp_cli_info_wish(struct lwcmp_cli_session *s)
{
    const struct lwcmp_cli_options *options = s->options;
    const char *name = name_of(options);
    struct lwcmp_der_out o;
    struct lwcmp_bytes row;

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
    if (options->profile && !is_for_template(&s->request.info_type)) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "--profile goes with certReqTemplate only");
    }
    if (options->verb == LWCMP_CLI_CRL) {
        return lwcmp_cli_crl_wish(s);
    }
    return options->value ? put_value(s) : 0;
}
#else
/* Options of what is not built in are refused before. */
int lwcmp_cli_info_wish(struct lwcmp_cli_session *s)
{
    (void)s;
    return LWCMP_EXIT_USAGE;
}
#endif

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
