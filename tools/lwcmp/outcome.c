/* SPDX-License-Identifier: Apache-2.0 */
/* The new identity, out of the store into files and onto the screen. */
#include <stdio.h>

#include "cert.h"
#include "fail.h"
#include "files.h"
#include "keys.h"
#include "name.h"
#include "session.h"
#include "show.h"

static int read_record(struct lwcmp_cli_session *s, enum lwcmp_record id,
                       struct lwcmp_bytes *row)
{
    const struct lwcmp_store *store = &s->state.store;

    row->p = s->buffer;
    if (store->read(store->context, id, s->buffer, sizeof(s->buffer),
                    &row->n)) {
        return lwcmp_cli_fail(LWCMP_EXIT_STORAGE, "%s cannot be read",
                              s->state.path);
    }
    return 0;
}

static int write_row(const struct lwcmp_cli_session *s, const char *path,
                     const char *what, struct lwcmp_bytes row)
{
    int code;

    if (!path) {
        return 0;
    }
    if (row.n == 0) {
        lwcmp_cli_note("there are no %s: %s is not written", what, path);
        return 0;
    }
    code = lwcmp_cli_certificates_write(path, row);
    if (!code && !s->options->quiet) {
        (void)printf("%s: %s\n", what, path);
    }
    return code;
}

/* A CA may change what was asked for; --ask would have let it be refused. */
static void compare_subject(const struct lwcmp_cli_session *s,
                            struct lwcmp_bytes certificate)
{
    struct lwcmp_bytes asked = s->options->operation == LWCMP_P10CR
                                   ? s->csr.subject
                                   : s->request.subject;
    struct lwcmp_cert cert;

    if (asked.n > 0 && lwcmp_cert_read(&certificate, &cert) == 0 &&
        !lwcmp_cli_name_is_same(asked, cert.subject)) {
        lwcmp_cli_note("the certificate has another subject than was asked "
                       "for");
    }
}

static int write_identity(struct lwcmp_cli_session *s)
{
    const struct lwcmp_cli_options *o = s->options;
    struct lwcmp_bytes chain, certificate;
    unsigned slot;
    int code;

    if (lwcmp_identity(&s->state.store, &slot)) {
        return lwcmp_cli_fail(LWCMP_EXIT_STORAGE, "%s cannot be read",
                              s->state.path);
    }
    code =
        read_record(s, (enum lwcmp_record)(LWCMP_RECORD_CERT_1 + slot), &chain);
    if (code) {
        return code;
    }
    if (!lwcmp_cert_next(&chain, &certificate)) {
        return lwcmp_cli_fail(LWCMP_EXIT_STORAGE, "%s is damaged",
                              s->state.path);
    }
    if (!o->quiet) {
        lwcmp_cli_show(stdout, certificate);
        (void)putchar('\n');
    }
    compare_subject(s, certificate);
    code = write_row(s, o->certout, "certificate", certificate);
    return code ? code : write_row(s, o->chainout, "chain certificates", chain);
}

int lwcmp_cli_anchors_deliver(struct lwcmp_cli_session *s)
{
    const char *path = s->options->anchorsout;
    struct lwcmp_bytes row;
    int code;

    if (!path) {
        return 0;
    }
    code = read_record(s, LWCMP_RECORD_ANCHORS, &row);
    return code ? code : write_row(s, path, "learned trust anchors", row);
}

/* A key that the CA has made; others were written before. */
static int write_key(const struct lwcmp_cli_session *s)
{
    const struct lwcmp_cli_options *o = s->options;
    unsigned slot;

    if (!o->central_key || !o->newkeyout) {
        return 0;
    }
    if (lwcmp_identity(&s->state.store, &slot)) {
        return lwcmp_cli_fail(LWCMP_EXIT_STORAGE, "%s cannot be read",
                              s->state.path);
    }
    return lwcmp_cli_key_write(o->newkeyout, s->config.key_slot[slot]);
}

/* What else is there now. */
static void say_where(const struct lwcmp_cli_options *o)
{
    if (o->newkeyout) {
        (void)printf("private key: %s\n", o->newkeyout);
    }
    if (o->state) {
        (void)printf("state: %s\n", o->state);
    }
}

static int deliver_errand(struct lwcmp_cli_session *s)
{
    switch (s->options->verb) {
    case LWCMP_CLI_CACERTS:
        return lwcmp_cli_ca_certs_deliver(s);
    case LWCMP_CLI_CRL:
        return lwcmp_cli_crl_deliver(s);
    case LWCMP_CLI_ROOTUPDATE:
        return lwcmp_cli_root_deliver(s);
    case LWCMP_CLI_TEMPLATE:
        return lwcmp_cli_template_deliver(s);
    default:
        return lwcmp_cli_info_deliver(s);
    }
}

int lwcmp_cli_deliver(struct lwcmp_cli_session *s)
{
    int code;

    if (s->options->verb == LWCMP_CLI_REVOKE) {
        return lwcmp_cli_revoke_deliver(s);
    }
    if (lwcmp_cli_is_errand(s->options)) {
        return deliver_errand(s);
    }
    code = write_key(s);
    if (!code) {
        code = write_identity(s);
    }
    if (!code) {
        code = lwcmp_cli_anchors_deliver(s);
    }
    if (!code && !s->options->quiet) {
        say_where(s->options);
    }
    if (code && s->state.temporary) {
        lwcmp_cli_note("the certificate was issued and is kept in %s",
                       s->state.path);
    }
    return code;
}
