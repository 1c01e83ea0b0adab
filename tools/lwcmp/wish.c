/* SPDX-License-Identifier: Apache-2.0 */
/* What the user wishes for, as the engine takes it. */
#include <string.h>

#include "algorithms.h"
#include "fail.h"
#include "session.h"
#include "text.h"

static int put_names(struct lwcmp_cli_session *s)
{
    const struct lwcmp_cli_options *o = s->options;
    int code = lwcmp_cli_name_read("--recipient", o->recipient, s->recipient,
                                   &s->config.recipient);

    if (!code) {
        code = lwcmp_cli_name_read("--responder", o->responder, s->responder,
                                   &s->config.responder_name);
    }
    return code ? code
                : lwcmp_cli_name_read("--subject", o->subject, s->subject,
                                      &s->request.subject);
}

static int put_extensions(struct lwcmp_cli_session *s)
{
    const struct lwcmp_cli_options *options = s->options;
    struct lwcmp_der_out o;
    int code = 0;

    lwcmp_der_out_init(&o, s->extensions, sizeof(s->extensions));
    if (options->san.n) {
        code = lwcmp_cli_san_put(&o, &options->san, !options->subject);
    }
    if (!code && options->key_usage.n) {
        code = lwcmp_cli_key_usage_put(&o, &options->key_usage);
    }
    if (!code && options->ext_key_usage.n) {
        code = lwcmp_cli_ext_key_usage_put(&o, &options->ext_key_usage);
    }
    if (!code && o.err) {
        code = lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "the requested extensions are too long");
    }
    s->request.extensions = (struct lwcmp_bytes){s->extensions, o.n};
    return code;
}

#if LWCMP_WITH_CERT_PROFILE
static int put_profile(struct lwcmp_cli_session *s)
{
    const char *name = s->options->profile;
    struct lwcmp_bytes text;
    uint32_t code;
    size_t n;

    if (!name) {
        return 0;
    }
    text = (struct lwcmp_bytes){(const uint8_t *)name, strlen(name)};
    s->request.profile = text;
    for (; text.n > 0; text.p += n, text.n -= n) {
        n = lwcmp_cli_utf8(text, &code);
        if (n == 0) {
            return lwcmp_cli_fail(LWCMP_EXIT_USAGE, "--profile is not UTF-8");
        }
    }
    return 0;
}
#else
static int put_profile(struct lwcmp_cli_session *s)
{
    (void)s;
    return 0;
}
#endif

/* An option that is not built in was refused before. */
#if LWCMP_WITH_CENTRAL_KEY
static void put_central(struct lwcmp_cli_session *s)
{
    s->request.central_key =
        s->options->central_key && s->options->operation != LWCMP_KRR;
}
#else
static void put_central(struct lwcmp_cli_session *s)
{
    (void)s;
}
#endif

#if LWCMP_WITH_ENCRYPTED_CERT
static void put_encryption(struct lwcmp_cli_session *s)
{
    s->request.encryption_only = s->options->encryption_key;
}
#else
static void put_encryption(struct lwcmp_cli_session *s)
{
    (void)s;
}
#endif

#if LWCMP_WITH_ARCHIVE
static void put_backup(struct lwcmp_cli_session *s)
{
    s->request.archive = s->options->backup != NULL;
}
#else
static void put_backup(struct lwcmp_cli_session *s)
{
    (void)s;
}
#endif

static void put_tolerances(struct lwcmp_cli_session *s)
{
    (void)s;
#if LWCMP_WITH_QUIRKS
    s->config.quirks = s->options->quirks;
#endif
#if LWCMP_WITH_CMS
    s->config.allow_loose_cms = s->options->loose_cms;
#endif
}

static void put_algorithms(struct lwcmp_cli_session *s)
{
    lwcmp_cli_algorithms_wish(s->options, &s->algorithms);
#if LWCMP_WITH_ALGORITHMS
    s->config.algorithms = &s->algorithms;
#endif
}

static void put_switches(struct lwcmp_cli_session *s)
{
    const struct lwcmp_cli_options *o = s->options;

    s->request.operation = o->operation;
    s->request.key_type = o->key_type;
    s->config.pbm_iterations = o->iterations;
    s->config.pbmac1 = o->pbmac1;
    s->config.allow_hmac_sha1 = o->hmac_sha1;
    s->config.accept_ca_pubs = o->learn_anchors;
    s->config.allow_no_anchor = o->no_anchor;
    s->config.implicit_confirm = o->implicit_confirm;
    s->config.decide = o->ask;
    put_algorithms(s);
    put_tolerances(s);
    put_central(s);
    put_encryption(s);
    put_backup(s);
    s->label = o->label || (s->url.well_known && !o->no_label);
}

/* What is revoked, or polled for. */
static int put_target(struct lwcmp_cli_session *s)
{
    if (s->options->verb == LWCMP_CLI_REVOKE) {
        return lwcmp_cli_revoke_wish(s);
    }
    return s->options->verb == LWCMP_CLI_POLL ? lwcmp_cli_poll_wish(s) : 0;
}

int lwcmp_cli_wish(struct lwcmp_cli_session *s)
{
    int code = lwcmp_cli_url_read(s->options->server, &s->url);

    put_switches(s);
    if (!code) {
        code = put_names(s);
    }
    if (!code) {
        code = put_extensions(s);
    }
    if (!code) {
        code = put_profile(s);
    }
    if (!code && s->options->operation == LWCMP_GENM) {
        code = lwcmp_cli_info_wish(s);
    }
    if (!code) {
        code = put_target(s);
    }
    if (!code) {
        code = lwcmp_cli_csr_take(s);
    }
    if (!code && s->options->template) {
        code = lwcmp_cli_template_wish(s);
    }
    return code;
}
