/* SPDX-License-Identifier: Apache-2.0 */
/* The successor of a trust anchor: asked for, verified, kept. */
#include <stdio.h>

#include "lwcmp/general.h"
#include "posix/clock.h"
#include "cert.h"
#include "fail.h"
#include "files.h"
#include "session.h"
#include "show.h"

#if LWCMP_WITH_GENM

static int read_old_root(struct lwcmp_cli_session *s)
{
    struct lwcmp_der_out row;
    struct lwcmp_bytes rest;
    int code;

    lwcmp_der_out_init(&row, s->value, sizeof(s->value) - 1);
    code = lwcmp_cli_certificates_read(s->options->oldroot, &row);
    rest = (struct lwcmp_bytes){s->value, row.n};
    (void)lwcmp_cert_next(&rest, &s->request.info_value);
    if (!code && rest.n > 0) {
        code = lwcmp_cli_fail(LWCMP_EXIT_STORAGE,
                              "%s: that is more than one certificate",
                              s->options->oldroot);
    }
    return code;
}

/* The one learned last: it is the successor of those before it. */
static int find_learned(struct lwcmp_cli_session *s)
{
    const struct lwcmp_store *store = &s->state.store;
    struct lwcmp_bytes row = {s->value, 0};
    struct lwcmp_bytes der;

    if (store->read(store->context, LWCMP_RECORD_ANCHORS, s->value,
                    sizeof(s->value), &row.n)) {
        return lwcmp_cli_fail(LWCMP_EXIT_STORAGE, "%s cannot be read",
                              s->state.path);
    }
    while (lwcmp_cert_next(&row, &der)) {
        s->request.info_value = der;
    }
    return 0;
}

int lwcmp_cli_root_wish(struct lwcmp_cli_session *s)
{
    struct lwcmp_bytes rest = s->config.anchors;
    int code;

    if (s->options->oldroot) {
        return read_old_root(s);
    }
    code = find_learned(s);
    if (code || s->request.info_value.n > 0) {
        return code;
    }
    if (lwcmp_cert_next(&rest, &s->request.info_value) && rest.n > 0) {
        code = lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "there are several trust anchors: say which by "
                              "--oldroot");
    }
    return code;
}

static const struct {
    int error, code;
    const char *text;
} failures[] = {
    {LWCMP_ERR_SYNTAX, LWCMP_EXIT_NOT_AUTHENTIC,
     "the answer is not an update of a root"},
    {LWCMP_ERR_CERT_SYNTAX, LWCMP_EXIT_NOT_AUTHENTIC,
     "a certificate of the new root cannot be read"},
    {LWCMP_ERR_INFO, LWCMP_EXIT_NOT_AUTHENTIC,
     "the new root comes without a certificate by the old one"},
    {LWCMP_ERR_CERT_KEY, LWCMP_EXIT_CERTIFICATE,
     "what the old root has signed is for another key or name than the new "
     "root"},
    {LWCMP_ERR_CERT_CHAIN, LWCMP_EXIT_CERTIFICATE,
     "the new root is no CA certificate that is signed with its own key"},
    {LWCMP_ERR_ALGORITHM, LWCMP_EXIT_NOT_AUTHENTIC,
     "the new root has a key, or is signed, by an algorithm that is not known "
     "or too weak"},
    {LWCMP_ERR_UNTRUSTED, LWCMP_EXIT_PATH,
     "no trust anchor has signed the new root"},
    {LWCMP_ERR_EXPIRED, LWCMP_EXIT_PATH, "the new root has expired"},
    {LWCMP_ERR_NOT_YET_VALID, LWCMP_EXIT_PATH,
     "the new root is not valid yet; check the clock of this machine"},
    {LWCMP_ERR_STORE, LWCMP_EXIT_STORAGE,
     "the state directory cannot be read or written"},
};

static int explain(int error)
{
    size_t i;

    for (i = 0; i < sizeof(failures) / sizeof(failures[0]); i++) {
        if (failures[i].error == error) {
            return lwcmp_cli_fail(failures[i].code, "%s; nothing was changed",
                                  failures[i].text);
        }
    }
    return lwcmp_cli_fail(LWCMP_EXIT_INTERNAL,
                          "the new root cannot be kept: error %d", error);
}

static void show(const struct lwcmp_cli_session *s)
{
    struct lwcmp_root_update update;

    if (!s->options->quiet && lwcmp_root_update_read(s->info, &update) == 0) {
        (void)printf("The new root, now a trust anchor:\n");
        lwcmp_cli_show(stdout, update.new_with_new);
        (void)putchar('\n');
    }
}

int lwcmp_cli_root_deliver(struct lwcmp_cli_session *s)
{
    const struct lwcmp_anchors anchors = {
        .store = &s->state.store,
        .configured = s->config.anchors,
        .buffer = s->buffer,
        .buffer_size = sizeof(s->buffer),
        .time = lwcmp_posix_time(),
    };
    int error = lwcmp_root_update_keep(s->info, &anchors);

    if (error) {
        return explain(error);
    }
    if (s->info.n == 0) {
        lwcmp_cli_note("the root has no successor");
        return 0;
    }
    show(s);
    return lwcmp_cli_anchors_deliver(s);
}

#else

int lwcmp_cli_root_wish(struct lwcmp_cli_session *s)
{
    (void)s;
    return LWCMP_EXIT_INTERNAL;
}

int lwcmp_cli_root_deliver(struct lwcmp_cli_session *s)
{
    (void)s;
    return LWCMP_EXIT_INTERNAL;
}

#endif
