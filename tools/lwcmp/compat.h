/* SPDX-License-Identifier: Apache-2.0 */
/* What differs for this program between Mbed TLS 3.6 LTS and 4.1 LTS. */
#ifndef LWCMP_CLI_COMPAT_H
#define LWCMP_CLI_COMPAT_H

#include <mbedtls/pk.h>
#include <mbedtls/psa_util.h>

/* Version 4 has one source of random numbers and does not ask for it. */
static inline int mbedtls_pk_parse(mbedtls_pk_context *pk, const uint8_t *key,
                                   size_t n, const uint8_t *password,
                                   size_t password_n)
{
#if MBEDTLS_VERSION_MAJOR >= 4
    return mbedtls_pk_parse_key(pk, key, n, password, password_n);
#else
    return mbedtls_pk_parse_key(pk, key, n, password, password_n,
                                mbedtls_psa_get_random,
                                MBEDTLS_PSA_RANDOM_STATE);
#endif
}

#endif
