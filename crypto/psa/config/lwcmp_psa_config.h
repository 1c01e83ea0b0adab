/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The PSA Crypto algorithms and key types that lwcmp uses. Mbed TLS 3.6 reads
 * this as MBEDTLS_PSA_CRYPTO_CONFIG_FILE.
 */
#ifndef LWCMP_PSA_CONFIG_H
#define LWCMP_PSA_CONFIG_H

#include "lwcmp/config.h"

/* Hashes of signatures, certHash, PasswordBasedMac and certificates. */
#define PSA_WANT_ALG_SHA_256 1
#if LWCMP_CRYPTO_P384
#define PSA_WANT_ALG_SHA_384 1
#define PSA_WANT_ALG_SHA_512 1
#endif

/* Only in HMAC, for servers that offer nothing newer. */
#if LWCMP_WITH_HMAC_SHA1
#define PSA_WANT_ALG_SHA_1 1
#endif

/* Protection by a shared secret: PasswordBasedMac, and PBMAC1 with PBKDF2. */
#define PSA_WANT_ALG_HMAC 1
#if LWCMP_WITH_PBMAC1
#define PSA_WANT_ALG_PBKDF2_HMAC 1
#endif
#define PSA_WANT_KEY_TYPE_HMAC 1
#define PSA_WANT_KEY_TYPE_PASSWORD 1
#define PSA_WANT_KEY_TYPE_RAW_DATA 1

/* Device keys: made here, or imported and exported as files by the host. */
#define PSA_WANT_ALG_ECDSA 1
#define PSA_WANT_ECC_SECP_R1_256 1
#if LWCMP_CRYPTO_P384
#define PSA_WANT_ECC_SECP_R1_384 1
#endif
/* For those who use it, where 6 KB of tables do not matter. */
#if LWCMP_CRYPTO_FILES
#define PSA_WANT_ECC_SECP_R1_521 1
#endif
#define PSA_WANT_KEY_TYPE_ECC_PUBLIC_KEY 1
#define PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_BASIC 1
#define PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_GENERATE 1
#if LWCMP_CRYPTO_FILES
#define PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_IMPORT 1
#define PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_EXPORT 1

/* Files of the host's private keys under a passphrase. */
#define PSA_WANT_KEY_TYPE_AES 1
#define PSA_WANT_ALG_CBC_NO_PADDING 1
#define PSA_WANT_ALG_CBC_PKCS7 1
#endif

/* RSA for CAs that sign with it, and for the host's keys. */
#if LWCMP_CRYPTO_RSA
#define PSA_WANT_ALG_RSA_PKCS1V15_SIGN 1
#if LWCMP_WITH_PSS
#define PSA_WANT_ALG_RSA_PSS 1
#endif
#define PSA_WANT_KEY_TYPE_RSA_PUBLIC_KEY 1
#define PSA_WANT_KEY_TYPE_RSA_KEY_PAIR_BASIC 1
#define PSA_WANT_KEY_TYPE_RSA_KEY_PAIR_GENERATE 1
#define PSA_WANT_KEY_TYPE_RSA_KEY_PAIR_IMPORT 1
#define PSA_WANT_KEY_TYPE_RSA_KEY_PAIR_EXPORT 1
#endif

/*
 * TLS 1.2 and 1.3: keys agreed upon, the derivation of others from them, and
 * AEAD. Version 1.3 signs with PSS where keys are RSA.
 */
#if LWCMP_WITH_TLS
#define PSA_WANT_ALG_ECDH 1
#define PSA_WANT_ALG_TLS12_PRF 1
#define PSA_WANT_ALG_HKDF_EXTRACT 1
#define PSA_WANT_ALG_HKDF_EXPAND 1
#define PSA_WANT_ALG_GCM 1
#define PSA_WANT_KEY_TYPE_AES 1
#define PSA_WANT_KEY_TYPE_DERIVE 1
#define PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_IMPORT 1
#define PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_EXPORT 1
#if LWCMP_CRYPTO_RSA
#define PSA_WANT_ALG_RSA_PSS 1
#endif
#endif

/* Keys and certificates that a CA sends encrypted. */
#if LWCMP_WITH_CMS
#define PSA_WANT_ALG_ECB_NO_PADDING 1
#define PSA_WANT_KEY_TYPE_AES 1
#define PSA_WANT_ALG_ECDH 1
#define PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_IMPORT 1
#if LWCMP_WITH_ARCHIVE
#define PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_EXPORT 1
#endif
#if LWCMP_CRYPTO_RSA
#define PSA_WANT_ALG_RSA_PKCS1V15_CRYPT 1
#define PSA_WANT_ALG_RSA_OAEP 1
#endif
#endif

#endif
