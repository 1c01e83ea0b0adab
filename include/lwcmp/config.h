/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every option of the library with its default and range. A build may name a
 * header of its own in LWCMP_CONFIG_FILE; what that one leaves out has the
 * default below. Kconfig writes such a header.
 */
#ifndef LWCMP_CONFIG_H
#define LWCMP_CONFIG_H

#ifdef LWCMP_CONFIG_FILE
#include LWCMP_CONFIG_FILE
#endif

/* Protection by a shared secret with PasswordBasedMac (RFC 9810 5.1.3.1). */
#ifndef LWCMP_WITH_PBM
#define LWCMP_WITH_PBM 1
#endif

/*
 * PBMAC1 as well (RFC 9481 6.1.2): accepted, and sent where struct
 * lwcmp_config says so.
 */
#ifndef LWCMP_WITH_PBMAC1
#define LWCMP_WITH_PBMAC1 1
#endif

/* Protection by signature; without it there is no renewal. */
#ifndef LWCMP_WITH_SIGNATURE
#define LWCMP_WITH_SIGNATURE 1
#endif

/* Polling for answers that take their time (RFC 9483 4.4). */
#ifndef LWCMP_WITH_POLLING
#define LWCMP_WITH_POLLING 1
#endif

/* Polling in a transaction of which only the transactionID is known. */
#ifndef LWCMP_WITH_POLL_BY_ID
#define LWCMP_WITH_POLL_BY_ID 0
#endif

/* HTTP answers whose content comes in chunks (RFC 9112 7.1). */
#ifndef LWCMP_WITH_CHUNKED
#define LWCMP_WITH_CHUNKED 1
#endif

/* Certificate requests as PKCS #10, p10cr (RFC 9483 4.1.4). */
#ifndef LWCMP_WITH_P10CR
#define LWCMP_WITH_P10CR 0
#endif

/* TLS below HTTP (port/tls, RFC 9483 6.1): for a host. */
#ifndef LWCMP_WITH_TLS
#define LWCMP_WITH_TLS 0
#endif

/*
 * HMAC-SHA1 in MACs by a shared secret, for servers that know nothing newer.
 * It also has to be allowed at run time (struct lwcmp_config).
 */
#ifndef LWCMP_WITH_HMAC_SHA1
#define LWCMP_WITH_HMAC_SHA1 0
#endif

/* Revocation of a certificate (RFC 9483 4.2). */
#ifndef LWCMP_WITH_RR
#define LWCMP_WITH_RR 0
#endif

/* General messages: CA certificates, a new root, CRLs ... (RFC 9483 4.3). */
#ifndef LWCMP_WITH_GENM
#define LWCMP_WITH_GENM 0
#endif

/* CRLs: certificates are looked up in them (RFC 5280 6.3). */
#ifndef LWCMP_WITH_CRL
#define LWCMP_WITH_CRL 0
#endif

/* Whether there are messages that ask for no certificate. */
#define LWCMP_WITH_ERRANDS (LWCMP_WITH_RR || LWCMP_WITH_GENM)

/* A certificate profile that a request names (RFC 9483 3.1). */
#ifndef LWCMP_WITH_CERT_PROFILE
#define LWCMP_WITH_CERT_PROFILE 0
#endif

/*
 * RSASSA-PSS (RFC 9481 3.1): accepted, and sent where struct lwcmp_config says
 * so; so are other hashes than SHA-256 with an RSA key of our own.
 */
#ifndef LWCMP_WITH_PSS
#define LWCMP_WITH_PSS 0
#endif

/* Signature algorithms of the application (lwcmp/custom_sig.h). */
#ifndef LWCMP_WITH_CUSTOM_SIG
#define LWCMP_WITH_CUSTOM_SIG 0
#endif

/* Whether extensions of certificates are read that are no part of CMP. */
#define LWCMP_WITH_EXTENSIONS (LWCMP_WITH_CRL || LWCMP_WITH_CUSTOM_SIG)

/* SHA-384 and SHA-512 in our own MACs by a shared secret, likewise. */
#ifndef LWCMP_WITH_MAC_HASH
#define LWCMP_WITH_MAC_HASH 0
#endif

/*
 * pvno 3 in the messages whose syntax needs it (RFC 9810 7). It is no choice:
 * other options select it.
 */
#if LWCMP_WITH_CUSTOM_SIG && !defined LWCMP_WITH_CMP2021
#define LWCMP_WITH_CMP2021 1
#endif
#ifndef LWCMP_WITH_CMP2021
#define LWCMP_WITH_CMP2021 0
#endif

/*
 * Tolerances for servers that do not keep to RFC 9483; each also has to be
 * asked for at run time (lwcmp/quirks.h).
 */
#ifndef LWCMP_WITH_QUIRKS
#define LWCMP_WITH_QUIRKS 0
#endif

/*
 * Keys that the CA makes for the device (RFC 9483 4.1.6): struct
 * lwcmp_request.
 */
#ifndef LWCMP_WITH_CENTRAL_KEY
#define LWCMP_WITH_CENTRAL_KEY 0
#endif

/*
 * Certificates for keys that cannot sign: the CA encrypts them (RFC 9810
 * 5.2.8.3.2). Likewise.
 */
#ifndef LWCMP_WITH_ENCRYPTED_CERT
#define LWCMP_WITH_ENCRYPTED_CERT 0
#endif

/*
 * A reader of EnvelopedData (RFC 5652). It is no choice: other options select
 * it.
 */
#ifndef LWCMP_WITH_CMS
#define LWCMP_WITH_CMS 0
#endif

/* A copy of a new key for the CA to keep (RFC 4211 6.4). Likewise. */
#ifndef LWCMP_WITH_ARCHIVE
#define LWCMP_WITH_ARCHIVE 0
#endif

/* A certificate with its key, back from the CA (RFC 9810 5.3.7, 5.3.8). */
#ifndef LWCMP_WITH_RECOVERY
#define LWCMP_WITH_RECOVERY 0
#endif

/* Whether there is a choice of algorithms for our own messages. */
#define LWCMP_WITH_ALGORITHMS \
    (LWCMP_WITH_MAC_HASH || LWCMP_WITH_PSS || LWCMP_WITH_CUSTOM_SIG)

/* Whether a CA may send private keys. */
#define LWCMP_WITH_SENT_KEY (LWCMP_WITH_CENTRAL_KEY || LWCMP_WITH_RECOVERY)

/* What Kconfig selects, where nobody has asked it. */
#if LWCMP_WITH_SENT_KEY || LWCMP_WITH_ENCRYPTED_CERT || LWCMP_WITH_ARCHIVE
#undef LWCMP_WITH_CMS
#undef LWCMP_WITH_CMP2021
#define LWCMP_WITH_CMS 1
#define LWCMP_WITH_CMP2021 1
#endif

/* Iterations in our own MACs by a shared secret, from 100 on. */
#ifndef LWCMP_PBM_ITERATIONS
#define LWCMP_PBM_ITERATIONS 10000
#endif

/* The fewest, ours and those of a server (RFC 4211 4.4). */
#define LWCMP_PBM_ITERATIONS_MIN 100

/*
 * The most iterations, also those that a server may ask of us: each costs a
 * hash.
 */
#ifndef LWCMP_PBM_ITERATIONS_MAX
#define LWCMP_PBM_ITERATIONS_MAX 100000
#endif

/*
 * Iterations in one step, so that a watchdog can be fed in between. Those of
 * PBMAC1 are all done in one, see lwcmp_crypto_pbm().
 */
#ifndef LWCMP_PBM_SLICE
#define LWCMP_PBM_SLICE 1000
#endif

/*
 * The server's name, kept from its first answer to address the next message,
 * in bytes of DER, at most 255. A longer one is not kept; the configured
 * recipient is used.
 */
#ifndef LWCMP_MAX_NAME
#define LWCMP_MAX_NAME 128
#endif

/* Certificates in one path, from the end entity to the anchor; at least 2. */
#ifndef LWCMP_MAX_PATH
#define LWCMP_MAX_PATH 4
#endif

/*
 * Seconds that the clock of a CA may be ahead of an exact one: a certificate
 * that was issued this moment is not to be taken for one of the future.
 */
#ifndef LWCMP_CLOCK_SKEW
#define LWCMP_CLOCK_SKEW 300
#endif

/*
 * What is in Mbed TLS when the build makes it: RSA; P-384 with SHA-384 and
 * SHA-512; PEM files and P-521, for a host. Small rather than fast; with the
 * p256-m driver.
 */
#ifndef LWCMP_CRYPTO_RSA
#define LWCMP_CRYPTO_RSA 1
#endif
#ifndef LWCMP_CRYPTO_P384
#define LWCMP_CRYPTO_P384 1
#endif
#ifndef LWCMP_CRYPTO_FILES
#define LWCMP_CRYPTO_FILES 1
#endif
#ifndef LWCMP_CRYPTO_SMALL
#define LWCMP_CRYPTO_SMALL 0
#endif
#ifndef LWCMP_CRYPTO_P256M
#define LWCMP_CRYPTO_P256M 0
#endif

/* Keys that can be in use at the same time, in Mbed TLS. */
#ifndef LWCMP_CRYPTO_KEYS
#define LWCMP_CRYPTO_KEYS 32
#endif

/* Bytes of the fixed area that Mbed TLS allocates from; 0: malloc(). */
#ifndef LWCMP_CRYPTO_ARENA
#define LWCMP_CRYPTO_ARENA 0
#endif

/* The work buffer of the application in boards/common, in bytes. */
#ifndef LWCMP_BOARD_BUFFER
#define LWCMP_BOARD_BUFFER 2048
#endif

/* For devices in the field: what is for tests only does not compile. */
#ifndef LWCMP_RELEASE
#define LWCMP_RELEASE 0
#endif

/* Random bytes from the host of an emulated board. INSECURE. */
#ifndef LWCMP_INSECURE_TEST_ENTROPY
#define LWCMP_INSECURE_TEST_ENTROPY 0
#endif

#if LWCMP_RELEASE && LWCMP_INSECURE_TEST_ENTROPY
#error "LWCMP_INSECURE_TEST_ENTROPY is not for a release"
#endif

#if LWCMP_CRYPTO_ARENA > 0 && LWCMP_CRYPTO_ARENA < 1024
#error "LWCMP_CRYPTO_ARENA is 0, or 1024 and more"
#endif

#if LWCMP_MAX_NAME > 255 || LWCMP_MAX_PATH < 2 || LWCMP_MAX_PATH > 255
#error "LWCMP_MAX_NAME or LWCMP_MAX_PATH is out of range"
#endif

#if LWCMP_PBM_ITERATIONS < LWCMP_PBM_ITERATIONS_MIN || \
    LWCMP_PBM_ITERATIONS_MAX < LWCMP_PBM_ITERATIONS || \
    LWCMP_PBM_ITERATIONS_MAX >= 0x7fffffff
#error "LWCMP_PBM_ITERATIONS is out of range"
#endif

#if LWCMP_WITH_POLL_BY_ID && !LWCMP_WITH_POLLING
#error "LWCMP_WITH_POLL_BY_ID needs LWCMP_WITH_POLLING"
#endif

#if !LWCMP_WITH_PBM && !LWCMP_WITH_SIGNATURE
#error "lwcmp needs LWCMP_WITH_PBM or LWCMP_WITH_SIGNATURE"
#endif

#if LWCMP_WITH_CRL && !LWCMP_WITH_SIGNATURE
#error "LWCMP_WITH_CRL needs LWCMP_WITH_SIGNATURE"
#endif

#endif
