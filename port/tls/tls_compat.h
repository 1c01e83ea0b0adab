/* SPDX-License-Identifier: Apache-2.0 */
/* What differs for TLS between Mbed TLS 3.6 LTS and 4.1 LTS. */
#ifndef LWCMP_TLS_COMPAT_H
#define LWCMP_TLS_COMPAT_H

#include <mbedtls/pk.h>
#include <mbedtls/psa_util.h>
#include <mbedtls/ssl.h>

/* Version 4 has one source of random numbers and does not ask for it. */
static inline void mbedtls_ssl_use_psa_random(mbedtls_ssl_config *settings)
{
#if MBEDTLS_VERSION_MAJOR >= 4
    (void)settings;
#else
    mbedtls_ssl_conf_rng(settings, mbedtls_psa_get_random,
                         MBEDTLS_PSA_RANDOM_STATE);
#endif
}

static inline int mbedtls_pk_use_psa_key(mbedtls_pk_context *pk,
                                         mbedtls_svc_key_id_t key)
{
#if MBEDTLS_VERSION_MAJOR >= 4
    return mbedtls_pk_wrap_psa(pk, key);
#else
    return mbedtls_pk_setup_opaque(pk, key);
#endif
}

/*
 * AlertDescription of the fatal alert that has just come. There is no function
 * for it: an Alert is the level, and then this (RFC 8446 6).
 */
static inline uint8_t mbedtls_ssl_alert(const mbedtls_ssl_context *ssl)
{
    return ssl->MBEDTLS_PRIVATE(in_msg)[1];
}

#endif
