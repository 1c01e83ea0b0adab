/* SPDX-License-Identifier: Apache-2.0 */
/* A PKCS #10 request that the user has named, and what is taken out of it. */
#include <string.h>

#include "fail.h"
#include "files.h"
#include "pem.h"
#include "session.h"

#if LWCMP_WITH_P10CR

#define BEGIN "-----BEGIN CERTIFICATE REQUEST-----"
#define END "-----END CERTIFICATE REQUEST-----"
/* Older programs write this (RFC 7468 7). */
#define BEGIN_NEW "-----BEGIN NEW CERTIFICATE REQUEST-----"
#define END_NEW "-----END NEW CERTIFICATE REQUEST-----"

static int put(const char *path, struct lwcmp_bytes der, void *context)
{
    struct lwcmp_cli_session *s = context;

    if (s->csr_der.n > 0) {
        return lwcmp_cli_fail(LWCMP_EXIT_STORAGE,
                              "%s: that is more than one request", path);
    }
    memcpy(s->csr_file, der.p, der.n);
    s->csr_der = (struct lwcmp_bytes){s->csr_file, der.n};
    if (lwcmp_csr_read(&s->csr_der, &s->csr)) {
        return lwcmp_cli_fail(LWCMP_EXIT_STORAGE,
                              "%s: there is no good PKCS #10 request in it",
                              path);
    }
    return 0;
}

static int read_file(struct lwcmp_cli_session *s)
{
    struct lwcmp_cli_pem pem = {BEGIN, END, put, s};
    uint8_t file[LWCMP_CLI_FILE_MAX];
    size_t n;
    int code = lwcmp_cli_file_read(s->options->csr, file, &n);

    if (!code && strstr((const char *)file, BEGIN_NEW)) {
        pem.begin = BEGIN_NEW;
        pem.end = END_NEW;
    }
    return code ? code
                : lwcmp_cli_pem_each(s->options->csr,
                                     (struct lwcmp_bytes){file, n}, &pem);
}

int lwcmp_cli_csr_take(struct lwcmp_cli_session *s)
{
    int code = s->options->csr ? read_file(s) : 0;

    if (code || !s->options->csr) {
        return code;
    }
    if (s->options->operation == LWCMP_P10CR) {
        s->request.csr = s->csr_der;
        s->config.allow_cert_req_id_0 = s->options->cert_req_id_0;
    } else if (s->options->operation != LWCMP_KUR) {
        s->request.subject = s->csr.subject;
        s->request.extensions = s->csr.extensions;
    }
    return 0;
}

/*
 * The state has no key for the certificate to come, and another one in its
 * place would be taken for it.
 */
static int clear_slot(struct lwcmp_cli_session *s)
{
    enum lwcmp_sig sig;
    lwcmp_key key;
    unsigned slot;

    if (lwcmp_tidy(&s->config) || lwcmp_free_slot(&s->state.store, &slot)) {
        return lwcmp_cli_fail(LWCMP_EXIT_STORAGE,
                              "%s: the journal cannot be read; nothing was "
                              "changed",
                              s->state.path);
    }
    key = s->config.key_slot[slot];
    if (s->options->anew) {
        (void)lwcmp_crypto_key_destroy(key);
    }
    if (lwcmp_crypto_key_sig(key, &sig) == 0) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "an earlier request is under way, for a key in "
                              "%s: finish that one, or --anew",
                              s->state.path);
    }
    if (lwcmp_crypto_key_match(s->config.key_slot[1 - slot], s->csr.spki) ==
        0) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "%s is for the key in %s, which goes with the "
                              "certificate there: renew, or give another "
                              "directory",
                              s->options->csr, s->state.path);
    }
    return 0;
}

int lwcmp_cli_csr_check(struct lwcmp_cli_session *s)
{
    if (!s->options->csr) {
        return 0;
    }
    if (lwcmp_csr_check(&s->csr)) {
        return lwcmp_cli_fail(LWCMP_EXIT_STORAGE,
                              "%s: the request is not signed with its own key",
                              s->options->csr);
    }
    if (s->options->operation == LWCMP_KUR) {
        return lwcmp_cli_csr_check_names(s);
    }
    return s->options->operation == LWCMP_P10CR ? clear_slot(s) : 0;
}

int lwcmp_cli_csr_check_key(const struct lwcmp_cli_session *s, lwcmp_key key)
{
    const struct lwcmp_cli_options *o = s->options;

    if (o->csr && lwcmp_crypto_key_match(key, s->csr.spki)) {
        return lwcmp_cli_fail(LWCMP_EXIT_STORAGE,
                              "%s is not the key of the request in %s",
                              o->newkey, o->csr);
    }
    return 0;
}

#else

int lwcmp_cli_csr_take(struct lwcmp_cli_session *s)
{
    (void)s;
    return 0;
}

int lwcmp_cli_csr_check(struct lwcmp_cli_session *s)
{
    (void)s;
    return 0;
}

int lwcmp_cli_csr_check_key(const struct lwcmp_cli_session *s, lwcmp_key key)
{
    (void)s;
    (void)key;
    return 0;
}

#endif
