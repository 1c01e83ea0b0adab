/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What differs between Mbed TLS 3.6 LTS and 4.1 LTS, and nothing else. Version
 * 4 has no error codes of its own for memory and room: it returns those of PSA.
 */
#ifndef LWCMP_MBEDTLS_COMPAT_H
#define LWCMP_MBEDTLS_COMPAT_H

#include <stdbool.h>

#include <mbedtls/asn1.h>
#include <mbedtls/pk.h>
#include <mbedtls/x509.h>
#include <psa/crypto.h>

/*
 * Version 3 may add a low-level code to a high-level one; the high-level ones
 * are multiples of 0x80.
 */
static inline int mbedtls_error_high(int ret)
{
    return -(-ret & 0xff80);
}

#if MBEDTLS_VERSION_MAJOR >= 4

static inline bool mbedtls_error_is_memory(int ret)
{
    return ret == PSA_ERROR_INSUFFICIENT_MEMORY;
}

static inline bool mbedtls_error_is_room(int ret)
{
    return ret == PSA_ERROR_BUFFER_TOO_SMALL;
}

#else

static inline bool mbedtls_error_is_memory(int ret)
{
    int high = mbedtls_error_high(ret);

    return high == MBEDTLS_ERR_X509_ALLOC_FAILED ||
           high == MBEDTLS_ERR_PK_ALLOC_FAILED ||
           high - ret == -MBEDTLS_ERR_ASN1_ALLOC_FAILED;
}

static inline bool mbedtls_error_is_room(int ret)
{
    return ret == MBEDTLS_ERR_ASN1_BUF_TOO_SMALL;
}

#endif

#endif
