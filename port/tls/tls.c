/* SPDX-License-Identifier: Apache-2.0 */
#include "tls.h"

#include <limits.h>
#include <string.h>

#include <mbedtls/net_sockets.h>

#include "look.h"
#include "reason.h"
#include "tls_compat.h"

#if LWCMP_WITH_TLS

/*
 * Records that we may send while we wait for the server, in a handshake and
 * in an answer. The stream below gives new time to each, and so a server that
 * makes us talk for ever could hold us for ever.
 */
#define HANDSHAKE_SENDS 16
#define ANSWER_SENDS 2

/* AEAD under keys that are forgotten (RFC 9325 4.2). */
static const int suites[] = {MBEDTLS_TLS1_3_AES_128_GCM_SHA256,
                             MBEDTLS_TLS1_3_AES_256_GCM_SHA384,
                             MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                             MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
                             MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                             MBEDTLS_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
                             0};

/*
 * A server that refuses us says so and hangs up. What we send then fails, but
 * its reason lies here unread: so Mbed TLS goes on as if all were sent.
 */
static int below_send(void *context, const unsigned char *p, size_t n)
{
    struct lwcmp_tls *t = context;
    const struct lwcmp_transport *below = &t->config.below;

    if (t->sends == 0) {
        t->reason = "the server keeps us talking without an answer";
        t->below_error = LWCMP_ERR_TLS;
        return MBEDTLS_ERR_NET_SEND_FAILED;
    }
    t->sends--;
    if (!t->send_error) {
        t->send_error = below->send(below->context, p, n);
    }
    return (int)n;
}

/* 0 is the end of the stream, for Mbed TLS, too. */
static int below_receive(void *context, unsigned char *p, size_t cap)
{
    struct lwcmp_tls *t = context;
    const struct lwcmp_transport *below = &t->config.below;
    size_t n;

    t->below_error = below->receive(below->context, p, cap, &n);
    return t->below_error ? MBEDTLS_ERR_NET_RECV_FAILED : (int)n;
}

/* The server has said nothing that tells why. */
static bool is_silence(int code)
{
    return code >= 0 || code == MBEDTLS_ERR_SSL_CONN_EOF ||
           code == MBEDTLS_ERR_NET_RECV_FAILED;
}

/* What Mbed TLS has returned, as an error; nothing goes on after it. */
static int fail(struct lwcmp_tls *t, int code)
{
    struct lwcmp_tls_failure failure;
    uint8_t alert = 0;

    t->open = false;
    if (t->send_error && is_silence(code)) {
        return t->send_error;
    }
    if (code == MBEDTLS_ERR_NET_SEND_FAILED ||
        code == MBEDTLS_ERR_NET_RECV_FAILED) {
        return t->below_error;
    }
    if (code == MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE) {
        alert = mbedtls_ssl_alert(&t->ssl);
    }
    failure =
        lwcmp_tls_explain(code, mbedtls_ssl_get_verify_result(&t->ssl), alert);
    t->code = code;
    t->reason = failure.reason;
    return failure.error;
}

/* Records that are not ours to see, as tickets, leave nothing to return. */
static bool again(int code)
{
    return code == MBEDTLS_ERR_SSL_WANT_READ ||
           code == MBEDTLS_ERR_SSL_WANT_WRITE;
}

static void tls_close(void *context)
{
    struct lwcmp_tls *t = context;

    if (t->open) {
        t->sends = 1;
        (void)mbedtls_ssl_close_notify(&t->ssl);
    }
    t->open = false;
    mbedtls_ssl_free(&t->ssl);
    t->config.below.close(t->config.below.context);
}

static int shake_hands(struct lwcmp_tls *t)
{
    int code;

    mbedtls_ssl_init(&t->ssl);
    mbedtls_ssl_set_bio(&t->ssl, t, below_send, below_receive, NULL);
    code = mbedtls_ssl_setup(&t->ssl, &t->settings);
    if (code == 0) {
        code = mbedtls_ssl_set_hostname(
            &t->ssl, t->config.address.n > 0 ? NULL : t->config.host);
    }
    t->sends = HANDSHAKE_SENDS;
    if (code == 0) {
        do {
            code = mbedtls_ssl_handshake(&t->ssl);
        } while (again(code));
    }
    return code;
}

/* What could not be sent: maybe the server has said why. */
static int check_sent(struct lwcmp_tls *t)
{
    uint8_t octet;

    if (!t->send_error) {
        return 0;
    }
    return fail(t, mbedtls_ssl_read(&t->ssl, &octet, 1));
}

static int tls_connect(void *context)
{
    struct lwcmp_tls *t = context;
    int code, err;

    tls_close(t);
    t->code = t->send_error = 0;
    t->reason = "";
    err = t->config.below.connect(t->config.below.context);
    if (err) {
        return err;
    }
    code = shake_hands(t);
    err = code != 0 ? fail(t, code) : check_sent(t);
    if (err) {
        tls_close(t);
        return err;
    }
    t->open = true;
    if (t->config.connected) {
        t->config.connected(t);
    }
    return 0;
}

static int tls_send(void *context, const uint8_t *p, size_t n)
{
    struct lwcmp_tls *t = context;
    int done = 0;

    t->sends = UINT_MAX;
    while (n > 0) {
        done = mbedtls_ssl_write(&t->ssl, p, n);
        if (done >= 0) {
            p += done;
            n -= (size_t)done;
        } else if (!again(done)) {
            return fail(t, done);
        }
    }
    t->sends = ANSWER_SENDS;
    return check_sent(t);
}

static int tls_receive(void *context, uint8_t *p, size_t cap, size_t *n)
{
    struct lwcmp_tls *t = context;
    int got;

    *n = 0;
    do {
        got = mbedtls_ssl_read(&t->ssl, p, cap);
    } while (again(got));
    if (got > 0) {
        *n = (size_t)got;
        return 0;
    }
    if (got == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY) {
        return 0;
    }
    return fail(t, got == 0 ? MBEDTLS_ERR_SSL_CONN_EOF : got);
}

/* Appends the certificates of a row, which stays where it is. */
static int parse_row(mbedtls_x509_crt *list, struct lwcmp_bytes row)
{
    mbedtls_x509_crt *last = list;

    while (row.n > 0) {
        if (mbedtls_x509_crt_parse_der_nocopy(list, row.p, row.n) != 0) {
            return LWCMP_ERR_CERT_SYNTAX;
        }
        while (last->next != NULL) {
            last = last->next;
        }
        row.p += last->raw.len;
        row.n -= last->raw.len;
    }
    return 0;
}

static int check(const struct lwcmp_tls_config *config)
{
    size_t n = config->address.n;

    if (n != 0 ? n != 4 && n != 16 : !config->host || !*config->host) {
        return LWCMP_ERR_CONFIG;
    }
    if ((config->chain.n > 0) != (config->key != 0)) {
        return LWCMP_ERR_CONFIG;
    }
    return config->anchors.n > 0 ? 0 : LWCMP_ERR_NO_ANCHOR;
}

static int load_certificates(struct lwcmp_tls *t)
{
    int err = parse_row(&t->anchors, t->config.anchors);

    if (!err) {
        err = parse_row(&t->chain, t->config.chain);
    }
    if (!err && t->config.key != 0 &&
        mbedtls_pk_use_psa_key(&t->key, t->config.key) != 0) {
        err = LWCMP_ERR_KEY;
    }
    return err;
}

static int configure(struct lwcmp_tls *t)
{
    mbedtls_ssl_config *s = &t->settings;

    if (mbedtls_ssl_config_defaults(s, MBEDTLS_SSL_IS_CLIENT,
                                    MBEDTLS_SSL_TRANSPORT_STREAM,
                                    MBEDTLS_SSL_PRESET_DEFAULT) != 0) {
        return LWCMP_ERR_CRYPTO;
    }
    mbedtls_ssl_use_psa_random(s);
    mbedtls_ssl_conf_min_tls_version(s, MBEDTLS_SSL_VERSION_TLS1_2);
    mbedtls_ssl_conf_ciphersuites(s, suites);
    mbedtls_ssl_conf_authmode(s, MBEDTLS_SSL_VERIFY_REQUIRED);
    mbedtls_ssl_conf_ca_chain(s, &t->anchors, NULL);
    mbedtls_ssl_conf_verify(s, lwcmp_tls_look, t);
    if (t->config.key != 0 &&
        mbedtls_ssl_conf_own_cert(s, &t->chain, &t->key) != 0) {
        return LWCMP_ERR_CRYPTO;
    }
    return 0;
}

int lwcmp_tls_init(struct lwcmp_tls *tls, struct lwcmp_transport *transport,
                   const struct lwcmp_tls_config *config)
{
    int err = check(config);

    memset(tls, 0, sizeof(*tls));
    tls->config = *config;
    tls->reason = "";
    mbedtls_ssl_config_init(&tls->settings);
    mbedtls_ssl_init(&tls->ssl);
    mbedtls_x509_crt_init(&tls->anchors);
    mbedtls_x509_crt_init(&tls->chain);
    mbedtls_pk_init(&tls->key);
    *transport = (struct lwcmp_transport){
        .context = tls,
        .connect = tls_connect,
        .send = tls_send,
        .receive = tls_receive,
        .close = tls_close,
    };
    if (!err) {
        err = load_certificates(tls);
    }
    return err ? err : configure(tls);
}

void lwcmp_tls_free(struct lwcmp_tls *tls)
{
    tls_close(tls);
    mbedtls_ssl_config_free(&tls->settings);
    mbedtls_x509_crt_free(&tls->anchors);
    mbedtls_x509_crt_free(&tls->chain);
    mbedtls_pk_free(&tls->key);
}

const char *lwcmp_tls_version(const struct lwcmp_tls *tls)
{
    return mbedtls_ssl_get_version(&tls->ssl);
}

const char *lwcmp_tls_suite(const struct lwcmp_tls *tls)
{
    return mbedtls_ssl_get_ciphersuite(&tls->ssl);
}

const char *lwcmp_tls_reason(const struct lwcmp_tls *tls)
{
    return tls->reason;
}

int lwcmp_tls_code(const struct lwcmp_tls *tls)
{
    return tls->code;
}

#endif
