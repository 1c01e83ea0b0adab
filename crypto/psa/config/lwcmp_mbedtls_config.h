/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mbed TLS 3.6 as lwcmp uses it: PSA Crypto, X.509 parsing and path
 * validation; TLS only where it is asked for. The algorithms are chosen in
 * lwcmp_psa_config.h. (A file called mbedtls_config.h would not be found: Mbed
 * TLS has one beside it.)
 */
#ifndef LWCMP_MBEDTLS_CONFIG_H
#define LWCMP_MBEDTLS_CONFIG_H

#include "lwcmp/config.h"

/* PSA is the only interface to crypto, for X.509 too. */
#define MBEDTLS_PSA_CRYPTO_C
#define MBEDTLS_PSA_CRYPTO_CONFIG
#define MBEDTLS_USE_PSA_CRYPTO

/*
 * Keys that survive a reset lie in the port's store: the port supplies
 * psa_its_set() and its sisters, so MBEDTLS_PSA_ITS_FILE_C stays off. Key
 * slots are a fixed table; a growing one would take more code and heap.
 */
#define MBEDTLS_PSA_CRYPTO_STORAGE_C
#define MBEDTLS_PSA_KEY_SLOT_COUNT LWCMP_CRYPTO_KEYS

/*
 * Random numbers come from the port's mbedtls_psa_external_get_random(). No
 * generator of our own stands between it and the keys.
 */
#define MBEDTLS_PSA_CRYPTO_EXTERNAL_RNG

/*
 * Nobody else writes to what PSA is given while it works: it is linked to us,
 * and not behind a boundary of trust. So it needs no copies on the heap.
 */
#define MBEDTLS_PSA_ASSUME_EXCLUSIVE_BUFFERS

/* Signatures in ASN.1, and the public keys in certificates. */
#define MBEDTLS_ASN1_PARSE_C
#define MBEDTLS_ASN1_WRITE_C
#define MBEDTLS_OID_C
#define MBEDTLS_PK_C
#define MBEDTLS_PK_PARSE_C

/*
 * Certificates. Validity periods go through lwcmp's own time policy, so
 * MBEDTLS_HAVE_TIME_DATE stays off.
 */
#define MBEDTLS_X509_USE_C
#define MBEDTLS_X509_CRT_PARSE_C
#if LWCMP_WITH_PSS && LWCMP_CRYPTO_RSA
#define MBEDTLS_X509_RSASSA_PSS_SUPPORT
#endif

/* Text forms, and private keys under a passphrase (PBES2), for a host. */
#if LWCMP_CRYPTO_FILES
#define MBEDTLS_BASE64_C
#define MBEDTLS_PEM_PARSE_C
#define MBEDTLS_PEM_WRITE_C
#define MBEDTLS_PKCS5_C
#define MBEDTLS_MD_C
#define MBEDTLS_CIPHER_C
#define MBEDTLS_AES_C
#define MBEDTLS_CIPHER_MODE_CBC
#define MBEDTLS_CIPHER_PADDING_PKCS7
#else
#define MBEDTLS_X509_REMOVE_INFO
#endif

/*
 * A client of TLS 1.2 and 1.3 (port/tls): certificates, ECDHE and AEAD, and
 * none of renegotiation, tickets and pre-shared keys.
 */
#if LWCMP_WITH_TLS
#define MBEDTLS_SSL_TLS_C
#define MBEDTLS_SSL_CLI_C
#define MBEDTLS_SSL_PROTO_TLS1_2
#define MBEDTLS_SSL_PROTO_TLS1_3
#define MBEDTLS_SSL_TLS1_3_COMPATIBILITY_MODE
#define MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_EPHEMERAL_ENABLED
#define MBEDTLS_SSL_KEEP_PEER_CERTIFICATE
#define MBEDTLS_SSL_EXTENDED_MASTER_SECRET
#define MBEDTLS_SSL_SERVER_NAME_INDICATION
#define MBEDTLS_KEY_EXCHANGE_ECDHE_ECDSA_ENABLED
#if LWCMP_CRYPTO_RSA
#define MBEDTLS_KEY_EXCHANGE_ECDHE_RSA_ENABLED
#define MBEDTLS_X509_RSASSA_PSS_SUPPORT
#endif
#endif

/* Faster big numbers where there is assembly for them. */
#define MBEDTLS_HAVE_ASM
#define MBEDTLS_ECP_NIST_OPTIM

#if LWCMP_CRYPTO_SMALL
#define MBEDTLS_ECP_WINDOW_SIZE 2
#define MBEDTLS_ECP_FIXED_POINT_OPTIM 0
#define MBEDTLS_SHA256_SMALLER
/* Big numbers multiply in assembly there and have no need of 64 bits. */
#if defined(__arm__)
#define MBEDTLS_NO_UDBL_DIVISION
#endif
#endif

#if LWCMP_CRYPTO_P256M
#define MBEDTLS_PSA_P256M_DRIVER_ENABLED
#endif

/* Memory from a fixed area (port/mbedtls). */
#if LWCMP_CRYPTO_ARENA
#include <stddef.h>
void *lwcmp_arena_calloc(size_t n, size_t size);
void lwcmp_arena_free(void *p);
#define MBEDTLS_PLATFORM_C
#define MBEDTLS_PLATFORM_MEMORY
#define MBEDTLS_PLATFORM_CALLOC_MACRO lwcmp_arena_calloc
#define MBEDTLS_PLATFORM_FREE_MACRO lwcmp_arena_free
#endif

#endif
