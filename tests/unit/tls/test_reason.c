/* SPDX-License-Identifier: Apache-2.0 */
/* port/tls/reason.c */
#include "tls/reason.h"

#include <mbedtls/ssl.h>

#include "lwcmp/types.h"
#include "vectors.h"

#if LWCMP_WITH_TLS
static const struct {
    int code;
    uint32_t flags;
    uint8_t alert;
    int error;
    const char *words;
} cases[] = {
    {MBEDTLS_ERR_X509_CERT_VERIFY_FAILED, MBEDTLS_X509_BADCERT_NOT_TRUSTED, 0,
     LWCMP_ERR_TLS_CERT, "trust anchor"},
    /* Without a path, what else is wrong is not worth saying. */
    {MBEDTLS_ERR_X509_CERT_VERIFY_FAILED,
     MBEDTLS_X509_BADCERT_NOT_TRUSTED | MBEDTLS_X509_BADCERT_EXPIRED, 0,
     LWCMP_ERR_TLS_CERT, "trust anchor"},
    {MBEDTLS_ERR_X509_CERT_VERIFY_FAILED, MBEDTLS_X509_BADCERT_CN_MISMATCH, 0,
     LWCMP_ERR_TLS_CERT, "another name"},
    {MBEDTLS_ERR_X509_CERT_VERIFY_FAILED, MBEDTLS_X509_BADCERT_EXPIRED, 0,
     LWCMP_ERR_TLS_CERT, "expired"},
    {MBEDTLS_ERR_X509_CERT_VERIFY_FAILED, MBEDTLS_X509_BADCERT_FUTURE, 0,
     LWCMP_ERR_TLS_CERT, "not valid yet"},
    {MBEDTLS_ERR_X509_CERT_VERIFY_FAILED, MBEDTLS_X509_BADCERT_BAD_MD, 0,
     LWCMP_ERR_TLS_CERT, "weak"},
    {MBEDTLS_ERR_SSL_BAD_CERTIFICATE, MBEDTLS_X509_BADCERT_EXT_KEY_USAGE, 0,
     LWCMP_ERR_TLS_CERT, "by a server"},
    {MBEDTLS_ERR_SSL_BAD_CERTIFICATE, 0, 0, LWCMP_ERR_TLS_CERT,
     "cannot be verified"},
    {MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE, 0, 116, LWCMP_ERR_TLS,
     "demands a client certificate"},
    {MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE, 0, 70, LWCMP_ERR_TLS, "TLS 1.2"},
    {MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE, 0, 48, LWCMP_ERR_TLS,
     "the CA of the client"},
    {MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE, 0, 112, LWCMP_ERR_TLS, "the name"},
    {MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE, 0, 255, LWCMP_ERR_TLS,
     "refused to go on"},
    {MBEDTLS_ERR_SSL_CONN_EOF, 0, 0, LWCMP_ERR_NETWORK, "cut off"},
    {MBEDTLS_ERR_SSL_INVALID_RECORD, 0, 0, LWCMP_ERR_TLS, "not TLS"},
    {MBEDTLS_ERR_SSL_INVALID_MAC, 0, 0, LWCMP_ERR_TLS, "changed"},
    {MBEDTLS_ERR_SSL_BAD_PROTOCOL_VERSION, 0, 0, LWCMP_ERR_TLS, "1.2"},
    {MBEDTLS_ERR_SSL_ALLOC_FAILED, 0, 0, LWCMP_ERR_CRYPTO, "memory"},
    {MBEDTLS_ERR_SSL_DECODE_ERROR, 0, 0, LWCMP_ERR_TLS, "handshake failed"},
};

static void test_http_17_words(void **state)
{
    struct lwcmp_tls_failure failure;
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(cases); i++) {
        vectors_at("case %u", (unsigned)i);
        failure =
            lwcmp_tls_explain(cases[i].code, cases[i].flags, cases[i].alert);
        CHECK_INT(failure.error, cases[i].error);
        CHECK(strstr(failure.reason, cases[i].words));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_http_17_words)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else
#include "../absent.h"
#endif
