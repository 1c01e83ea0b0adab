/* SPDX-License-Identifier: Apache-2.0 */
/* From the options to a certificate in a file. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lwcmp/quirks.h"
#include "posix/clock.h"
#include "bytes.h"
#include "fail.h"
#include "files.h"
#include "messages.h"
#include "quirk_names.h"
#include "session.h"

#define KEY_SLOT_1 0x4c01
#define KEY_SLOT_2 0x4c02
#define TEXT_MAX (3 * LWCMP_CLI_TEXT_MAX)

/* Better to know before anything is sent. */
static int check_outputs(const struct lwcmp_cli_options *o)
{
    const char *const files[] = {o->certout, o->chainout, o->anchorsout,
                                 o->newkeyout, o->infoout};
    size_t i;
    int code = 0;

    for (i = 0; i < sizeof(files) / sizeof(files[0]) && !code; i++) {
        code = files[i] ? lwcmp_cli_file_check(files[i]) : 0;
    }
    /* Else that is found out when the key is made, before anything is sent. */
    if (!code && o->central_key && o->newkeyout &&
        access(o->newkeyout, F_OK) == 0) {
        code = lwcmp_cli_fail(LWCMP_EXIT_STORAGE, "%s exists already",
                              o->newkeyout);
    }
    return code;
}

/* A further certificate would take the place of the identity. */
static int check_identity(const struct lwcmp_cli_session *s)
{
    unsigned slot;

    if (s->options->operation == LWCMP_CR &&
        lwcmp_identity(&s->state.store, &slot) == 0) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "%s has a certificate already, and certify asks "
                              "for a further one: give another directory",
                              s->state.path);
    }
    return 0;
}

/* The address that the message went to. */
static void print_url(const struct lwcmp_cli_session *s, char *text, size_t cap)
{
    const char *path = s->url.path;
    bool slash = s->label && path[strlen(path) - 1] != '/';

    (void)snprintf(text, cap, "http%s://%s%s%s%s", s->url.tls ? "s" : "",
                   s->url.authority, path, slash ? "/" : "",
                   s->label ? lwcmp_label(&s->c) : "");
}

/* Where it happened, and what the system said. */
static void print_detail(const struct lwcmp_cli_session *s, int error,
                         char *text, size_t cap)
{
    const char *system = lwcmp_posix_tcp_error(&s->tcp);
    char tls[256];

    if (lwcmp_cli_secure_reason(&s->secure, tls, sizeof(tls))) {
        system = tls;
    }
    text[0] = '\0';
    if (error >= LWCMP_ERR_NETWORK && error <= LWCMP_ERR_TLS_CERT) {
        (void)snprintf(text, cap, "%s%s%s", s->url.authority,
                       *system ? ": " : "", system);
    } else if (error == LWCMP_ERR_HTTP || error == LWCMP_ERR_CONTENT) {
        print_url(s, text, cap);
    } else if (error == LWCMP_ERR_WAITING) {
        (void)lwcmp_cli_poll_print_id(s, text, cap);
    } else if (error == LWCMP_ERR_STORE && s->state.posix.error) {
        (void)snprintf(text, cap, "%s: %s", s->state.path,
                       strerror(s->state.posix.error));
    }
}

/* Whether the key of this attempt is left, for the next one. */
static bool has_key_left(const struct lwcmp_cli_session *s)
{
    enum lwcmp_sig sig;
    unsigned slot;

    return s->options->state && s->watch.sent &&
           !lwcmp_cli_is_errand(s->options) &&
           lwcmp_free_slot(&s->state.store, &slot) == 0 &&
           lwcmp_crypto_key_sig(s->config.key_slot[slot], &sig) == 0;
}

static bool has_record(const struct lwcmp_cli_session *s, enum lwcmp_record id)
{
    const struct lwcmp_store *store = &s->state.store;
    uint8_t room[1];
    size_t n;

    /* A longer one is LWCMP_ERR_BUFFER. */
    return store->read(store->context, id, room, sizeof(room), &n) || n > 0;
}

/* Whether a certificate is left, confirmed or not. */
static bool has_certificate_left(const struct lwcmp_cli_session *s)
{
    return has_record(s, LWCMP_RECORD_CERT_1) ||
           has_record(s, LWCMP_RECORD_CERT_2);
}

/* A key file that was written before anything was sent. */
static const char *key_file(const struct lwcmp_cli_options *o)
{
    return o->central_key ? NULL : o->newkeyout;
}

/* How to ask for the same key again: the CA may have a certificate for it. */
static void print_again(const struct lwcmp_cli_session *s, int error,
                        char *text, size_t cap)
{
    const struct lwcmp_cli_options *o = s->options;
    const char *advice = lwcmp_cli_poll_advise(s, error);
    int n = 0;

    text[0] = '\0';
    if (advice) {
        n = snprintf(text, cap, "%s", advice);
    } else if (error == LWCMP_ERR_WAITING) {
        n = snprintf(text, cap,
                     "the same command again%s goes on; with --wait it stays",
                     key_file(o) ? ", with --newkey for --newkeyout," : "");
    } else if (key_file(o)) {
        n = snprintf(text, cap, "next time --newkey %s instead of --newkeyout",
                     o->newkeyout);
    } else if (has_key_left(s)) {
        n = snprintf(text, cap,
                     "the same command again will ask for the same key");
    }
    if (s->state.temporary && has_certificate_left(s)) {
        (void)snprintf(text + n, cap - (size_t)n,
                       "%s%s has a certificate that came but is not confirmed",
                       n ? "; " : "", s->state.path);
    }
}

static int explain(const struct lwcmp_cli_session *s, int error)
{
    char detail[TEXT_MAX], again[TEXT_MAX];
    struct lwcmp_cli_failure failure = {
        .error = error,
        .http_status = s->http.status,
        .status = lwcmp_server_status(&s->c),
        .by_secret = s->options->secret != NULL,
        .has_names = s->options->operation <= LWCMP_CR,
        .verb = lwcmp_cli_verb_name(s->options->verb),
        .detail = detail,
        .again = again,
    };

    print_detail(s, error, detail, sizeof(detail));
    print_again(s, error, again, sizeof(again));
    return lwcmp_cli_explain(&failure);
}

/* Everything is there: asks the CA. */
static int ask(struct lwcmp_cli_session *s,
               const struct lwcmp_transport *transport,
               const struct lwcmp_observer *observer)
{
    struct lwcmp_url url = {s->url.authority, s->url.path, s->label};
    int code, error;

    error = s->options->anew ? lwcmp_begin(&s->c, &s->config, &s->request)
                             : lwcmp_resume(&s->c, &s->config, &s->request);
    if (!error) {
        lwcmp_set_time(&s->c, lwcmp_posix_time());
        error = lwcmp_run(&s->c, transport, &url, observer, &s->http);
    }
    lwcmp_cli_quirks_say(lwcmp_quirks_used(&s->c));
    code = error ? explain(s, error) : 0;
    lwcmp_cli_info_take(s);
    lwcmp_cli_revoke_take(s);
    (void)lwcmp_end(&s->c);
    return code;
}

static int watch(struct lwcmp_cli_session *s)
{
    struct lwcmp_transport tcp, transport;
    struct lwcmp_observer observer;
    int code;

    lwcmp_posix_tcp_init(&s->tcp, &tcp, s->url.host, s->url.port,
                         s->options->timeout * 1000);
    code = lwcmp_cli_watch_begin(&s->watch, &s->c, s->options, &tcp, &transport,
                                 &observer);
    if (!code) {
        code = lwcmp_cli_secure_begin(s, &tcp);
    }
    if (!code) {
        code = lwcmp_cli_load_keys(s);
    }
    if (!code) {
        code = ask(s, &transport, &observer);
    }
    lwcmp_cli_secure_end(&s->secure);
    lwcmp_cli_watch_end(&s->watch);
    return code;
}

/*
 * The directory of a single run goes unless it has what is nowhere else: a
 * certificate, a request that waits, or an attempt of an earlier run. The key
 * is not that: the user has it in a file.
 */
static bool is_over(const struct lwcmp_cli_session *s, int code)
{
    bool pending = lwcmp_pending(&s->state.store).operation != 0;

    if (!s->state.temporary) {
        return false;
    }
    if (lwcmp_cli_is_errand(s->options)) {
        return !has_record(s, LWCMP_RECORD_ERRAND) && !pending &&
               !has_certificate_left(s);
    }
    if (code == 0) {
        return true;
    }
    if (!pending) {
        return !has_certificate_left(s);
    }
    return !s->state.was_there && code != LWCMP_EXIT_WAITING &&
           !has_certificate_left(s);
}

static int run(struct lwcmp_cli_session *s)
{
    int code = check_identity(s);

    lwcmp_cli_poll_choose(s);
    s->config.store = &s->state.store;
    s->config.key_slot[0] = KEY_SLOT_1;
    s->config.key_slot[1] = KEY_SLOT_2;
    s->config.buffer = s->buffer;
    s->config.buffer_size = sizeof(s->buffer);
    if (!code && s->options->verb == LWCMP_CLI_ROOTUPDATE) {
        code = lwcmp_cli_root_wish(s);
    }
    if (!code) {
        code = watch(s);
    }
    if (!code) {
        code = lwcmp_cli_deliver(s);
    }
    lwcmp_cli_state_close(&s->state, is_over(s, code));
    return code;
}

int lwcmp_cli_transaction(const struct lwcmp_cli_options *options)
{
    static struct lwcmp_cli_session session; /* too big for some stacks */
    struct lwcmp_cli_session *s = &session;
    int code;

    s->options = options;
    code = lwcmp_cli_wish(s);
    if (!code) {
        code = check_outputs(options);
    }
    if (!code) {
        code = lwcmp_cli_load_certificates(s);
    }
    if (!code) {
        code = lwcmp_cli_secure_load(s);
    }
    if (!code) {
        code = lwcmp_cli_state_open(&s->state, options);
    }
    if (!code) {
        code = run(s);
    }
    lwcmp_wipe(s, sizeof(*s));
    return code;
}
