/* SPDX-License-Identifier: Apache-2.0 */
#include "reason.h"

#include <stddef.h>

#include <mbedtls/ssl.h>

#include "lwcmp/types.h"

#if LWCMP_WITH_TLS

/* Which of several counts: without a path the rest is anybody's word. */
static const struct {
    uint32_t flags;
    const char *reason;
} faults[] = {
    {MBEDTLS_X509_BADCERT_NOT_TRUSTED,
     "no path leads from the server's certificate to a trust anchor"},
    {MBEDTLS_X509_BADCERT_BAD_MD | MBEDTLS_X509_BADCERT_BAD_PK |
         MBEDTLS_X509_BADCERT_BAD_KEY,
     "the server's certificate has a weak or unknown algorithm or key"},
    {MBEDTLS_X509_BADCERT_CN_MISMATCH,
     "the server's certificate is for another name"},
    {MBEDTLS_X509_BADCERT_EXPIRED,
     "the server's certificate, or one above it, has expired"},
    {MBEDTLS_X509_BADCERT_FUTURE,
     "the server's certificate, or one above it, is not valid yet"},
    {MBEDTLS_X509_BADCERT_KEY_USAGE | MBEDTLS_X509_BADCERT_EXT_KEY_USAGE |
         MBEDTLS_X509_BADCERT_NS_CERT_TYPE,
     "the server's certificate may not be used by a server"},
};

/* AlertDescription (RFC 8446 6), in so far as it helps. */
static const struct {
    uint8_t alert;
    const char *reason;
} alerts[] = {
    {MBEDTLS_SSL_ALERT_MSG_HANDSHAKE_FAILURE,
     "the server refused the handshake: nothing in common, or it demands a "
     "client certificate"},
    {MBEDTLS_SSL_ALERT_MSG_BAD_CERT,
     "the server refused the client certificate"},
    {MBEDTLS_SSL_ALERT_MSG_UNSUPPORTED_CERT,
     "the server refused the kind of the client certificate"},
    {MBEDTLS_SSL_ALERT_MSG_CERT_REVOKED,
     "the server takes the client certificate for revoked"},
    {MBEDTLS_SSL_ALERT_MSG_CERT_EXPIRED,
     "the server takes the client certificate for expired"},
    {MBEDTLS_SSL_ALERT_MSG_CERT_UNKNOWN,
     "the server refused the client certificate"},
    {MBEDTLS_SSL_ALERT_MSG_UNKNOWN_CA,
     "the server does not know the CA of the client certificate"},
    {MBEDTLS_SSL_ALERT_MSG_ACCESS_DENIED,
     "the server denied access to the client certificate"},
    {MBEDTLS_SSL_ALERT_MSG_PROTOCOL_VERSION,
     "the server speaks neither TLS 1.2 nor 1.3"},
    {MBEDTLS_SSL_ALERT_MSG_INSUFFICIENT_SECURITY,
     "the server wants stronger algorithms"},
    {MBEDTLS_SSL_ALERT_MSG_UNRECOGNIZED_NAME,
     "the server does not know the name that it is asked for"},
    {116, "the server demands a client certificate"}, /* certificate_required */
};

static const struct {
    int code;
    struct lwcmp_tls_failure failure;
} codes[] = {
    {MBEDTLS_ERR_SSL_ALLOC_FAILED,
     {LWCMP_ERR_CRYPTO, "there is not enough memory"}},
    {MBEDTLS_ERR_SSL_CONN_EOF,
     {LWCMP_ERR_NETWORK,
      "the connection ended without the farewell of TLS; it may have been "
      "cut off"}},
    {MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY,
     {LWCMP_ERR_TLS, "the server hung up during the handshake"}},
    {MBEDTLS_ERR_SSL_INVALID_RECORD,
     {LWCMP_ERR_TLS, "what the server says is not TLS"}},
    {MBEDTLS_ERR_SSL_INVALID_MAC,
     {LWCMP_ERR_TLS, "what has come was changed on its way"}},
    {MBEDTLS_ERR_SSL_BAD_PROTOCOL_VERSION,
     {LWCMP_ERR_TLS, "the server speaks neither TLS 1.2 nor 1.3"}},
};

static struct lwcmp_tls_failure explain_certificate(uint32_t flags)
{
    struct lwcmp_tls_failure failure = {
        LWCMP_ERR_TLS_CERT, "the server's certificate cannot be verified"};
    size_t i;

    for (i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        if ((flags & faults[i].flags) != 0) {
            failure.reason = faults[i].reason;
            break;
        }
    }
    return failure;
}

static struct lwcmp_tls_failure explain_alert(uint8_t alert)
{
    struct lwcmp_tls_failure failure = {LWCMP_ERR_TLS,
                                        "the server refused to go on"};
    size_t i;

    for (i = 0; i < sizeof(alerts) / sizeof(alerts[0]); i++) {
        if (alerts[i].alert == alert) {
            failure.reason = alerts[i].reason;
        }
    }
    return failure;
}

struct lwcmp_tls_failure lwcmp_tls_explain(int code, uint32_t flags,
                                           uint8_t alert)
{
    static const struct lwcmp_tls_failure other = {LWCMP_ERR_TLS,
                                                   "the handshake failed"};
    size_t i;

    if (code == MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE) {
        return explain_alert(alert);
    }
    if (code == MBEDTLS_ERR_X509_CERT_VERIFY_FAILED ||
        code == MBEDTLS_ERR_SSL_BAD_CERTIFICATE) {
        return explain_certificate(flags);
    }
    for (i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        if (codes[i].code == code) {
            return codes[i].failure;
        }
    }
    return other;
}

#endif
