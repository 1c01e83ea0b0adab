/* SPDX-License-Identifier: Apache-2.0 */
#include "secure.h"

#include <arpa/inet.h>
#include <stdio.h>

#include "posix/clock.h"
#include "bytes.h"
#include "cert.h"
#include "fail.h"
#include "files.h"
#include "keys.h"
#include "session.h"

static bool has_options(const struct lwcmp_cli_options *o)
{
    return o->tls_trusted.n > 0 || o->tls_cert || o->tls_key || o->tls_host;
}

/* CMP's anchors say who may issue certificates, and nothing of servers. */
static int check_options(const struct lwcmp_cli_session *s)
{
    const struct lwcmp_cli_options *o = s->options;

    if (!s->url.tls && has_options(o)) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "--tls-... is for a --server that begins with "
                              "https://");
    }
    if (s->url.tls && o->tls_trusted.n == 0) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "say whose certificates for TLS to trust: "
                              "--tls-trusted FILE; --trusted is for CMP alone");
    }
    return 0;
}

/* A name, or the bytes of an address. */
static void put_host(struct lwcmp_cli_session *s)
{
    struct lwcmp_cli_secure *secure = &s->secure;
    const char *host = s->options->tls_host;

    secure->config.host = host ? host : s->url.host;
    secure->config.address.p = secure->address;
    if (inet_pton(AF_INET, secure->config.host, secure->address) == 1) {
        secure->config.address.n = 4;
    } else if (inet_pton(AF_INET6, secure->config.host, secure->address) == 1) {
        secure->config.address.n = 16;
    }
}

int lwcmp_cli_secure_load(struct lwcmp_cli_session *s)
{
    const struct lwcmp_cli_options *o = s->options;
    struct lwcmp_cli_secure *secure = &s->secure;
    struct lwcmp_der_out row;
    int code = check_options(s);

    if (code || !s->url.tls) {
        return code;
    }
    put_host(s);
    lwcmp_der_out_init(&row, secure->anchors, sizeof(secure->anchors));
    code = lwcmp_cli_certificates_read_all(&o->tls_trusted, &row);
    secure->config.anchors = (struct lwcmp_bytes){secure->anchors, row.n};
    if (!code && o->tls_cert) {
        lwcmp_der_out_init(&row, secure->chain, sizeof(secure->chain));
        code = lwcmp_cli_certificates_read(o->tls_cert, &row);
        secure->config.chain = (struct lwcmp_bytes){secure->chain, row.n};
    }
    return code;
}

#if LWCMP_WITH_TLS

static int load_key(struct lwcmp_cli_session *s)
{
    const struct lwcmp_cli_options *o = s->options;
    struct lwcmp_tls_config *config = &s->secure.config;
    struct lwcmp_bytes rest = config->chain, der;
    struct lwcmp_cli_secret passphrase;
    struct lwcmp_cert cert;
    int code = 0;

    if (!o->tls_key) {
        return 0;
    }
    if (o->tls_key_pass) {
        code = lwcmp_cli_secret_read(&passphrase, "--tls-key-pass",
                                     o->tls_key_pass);
    }
    if (!code) {
        code =
            lwcmp_cli_key_read(o->tls_key, o->tls_key_pass ? &passphrase : NULL,
                               LWCMP_CLI_KEY_TLS, &config->key);
    }
    lwcmp_wipe(&passphrase, sizeof(passphrase));
    if (!code &&
        (!lwcmp_cert_next(&rest, &der) || lwcmp_cert_read(&der, &cert) ||
         lwcmp_crypto_key_match(config->key, cert.spki))) {
        code = lwcmp_cli_fail(LWCMP_EXIT_STORAGE,
                              "%s is not the key of the certificate in %s",
                              o->tls_key, o->tls_cert);
    }
    return code;
}

static void say_connected(const struct lwcmp_tls *tls)
{
    lwcmp_cli_note("%s with %s", lwcmp_tls_version(tls), lwcmp_tls_suite(tls));
}

int lwcmp_cli_secure_begin(struct lwcmp_cli_session *s,
                           struct lwcmp_transport *transport)
{
    struct lwcmp_cli_secure *secure = &s->secure;
    int error, code = load_key(s);

    if (code || !s->url.tls) {
        return code;
    }
    secure->config.below = *transport;
    secure->config.time = lwcmp_posix_time;
    secure->config.connected = s->options->verbose ? say_connected : NULL;
    secure->on = true;
    error = lwcmp_tls_init(&secure->tls, transport, &secure->config);
    if (error == LWCMP_ERR_CERT_SYNTAX) {
        return lwcmp_cli_fail(LWCMP_EXIT_STORAGE,
                              "a certificate in --tls-trusted or --tls-cert "
                              "cannot be used");
    }
    return error ? lwcmp_cli_fail(LWCMP_EXIT_INTERNAL, "TLS does not start")
                 : 0;
}

void lwcmp_cli_secure_end(struct lwcmp_cli_secure *secure)
{
    if (secure->on) {
        lwcmp_tls_free(&secure->tls);
    }
    if (secure->config.key) {
        (void)lwcmp_crypto_key_destroy(secure->config.key);
    }
    secure->on = false;
}

bool lwcmp_cli_secure_reason(const struct lwcmp_cli_secure *secure, char *text,
                             size_t cap)
{
    if (!secure->on || *lwcmp_tls_reason(&secure->tls) == '\0') {
        return false;
    }
    (void)snprintf(text, cap, "%s (Mbed TLS -0x%04x)",
                   lwcmp_tls_reason(&secure->tls),
                   (unsigned)-lwcmp_tls_code(&secure->tls));
    return true;
}

#else

int lwcmp_cli_secure_begin(struct lwcmp_cli_session *s,
                           struct lwcmp_transport *transport)
{
    (void)s;
    (void)transport;
    return 0;
}

void lwcmp_cli_secure_end(struct lwcmp_cli_secure *secure)
{
    (void)secure;
}

bool lwcmp_cli_secure_reason(const struct lwcmp_cli_secure *secure, char *text,
                             size_t cap)
{
    (void)secure;
    (void)text;
    (void)cap;
    return false;
}

#endif
