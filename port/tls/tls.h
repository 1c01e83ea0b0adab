/* SPDX-License-Identifier: Apache-2.0 */
/*
 * TLS 1.2 and 1.3 by Mbed TLS, as a transport on another transport (RFC 9483
 * 6.1, RFC 9325). The server's certificate is always verified: its path to an
 * anchor, its name, its time. Built with LWCMP_WITH_TLS.
 *
 * What it adds to the errors of a transport: LWCMP_ERR_TLS, there is no TLS
 * with this server, or it has refused ours; LWCMP_ERR_TLS_CERT, its
 * certificate is not to be trusted; LWCMP_ERR_CRYPTO, no memory is left.
 * LWCMP_ERR_NETWORK is also a connection that ends without the close_notify
 * of TLS: somebody may have cut it.
 *
 * The stream below bounds the time: of its connect(), and of each of the
 * flights of a handshake, three at most, as of an exchange.
 */
#ifndef LWCMP_TLS_H
#define LWCMP_TLS_H

#include <mbedtls/ssl.h>

#include "lwcmp/crypto.h"
#include "lwcmp/transport.h"

struct lwcmp_tls;

/* All that is borrowed lives until lwcmp_tls_free(). */
struct lwcmp_tls_config {
    struct lwcmp_transport below; /* the byte stream */

    /*
     * Whom to find there: a name without port, which the server is told (SNI)
     * and its certificate has to have as a dNSName; or 4 or 16 bytes of an IP
     * address, which it has to have as an iPAddress and is not told. The name
     * in the subject never counts (RFC 9525).
     */
    const char *host;
    struct lwcmp_bytes address; /* in place of the name */

    struct lwcmp_bytes anchors; /* DER certificates in a row; not CMP's */

    /* For a server that wants to know us: certificate and chain, and key. */
    struct lwcmp_bytes chain; /* DER in a row, or absent */
    lwcmp_key key;

    struct lwcmp_time (*time)(void); /* NULL: it is not known */

    /* After each handshake; NULL: nobody wants to know. */
    void (*connected)(const struct lwcmp_tls *tls);
};

/* The fields belong to the transport. About 1.5 KB, 35 KB more if connected. */
struct lwcmp_tls {
    struct lwcmp_tls_config config;
    mbedtls_ssl_config settings;
    mbedtls_ssl_context ssl;
    mbedtls_x509_crt anchors, chain;
    mbedtls_pk_context key;
    bool open;       /* after a handshake, and before a failure */
    unsigned sends;  /* how many more are allowed at the moment */
    int below_error; /* of the last receive() below */
    int send_error;  /* of the first send() below that has failed */
    int code;        /* of Mbed TLS, for the last failure; 0: none */
    const char *reason;
};

/*
 * Fills in `transport`, with *tls as its context. PSA Crypto has to run. The
 * config is copied. LWCMP_ERR_CONFIG without a name, or with a chain and no
 * key or the reverse; LWCMP_ERR_NO_ANCHOR; LWCMP_ERR_CERT_SYNTAX where a
 * certificate does not parse; LWCMP_ERR_KEY where the key is not there;
 * LWCMP_ERR_CRYPTO. Also after an error lwcmp_tls_free() is allowed.
 */
int lwcmp_tls_init(struct lwcmp_tls *tls, struct lwcmp_transport *transport,
                   const struct lwcmp_tls_config *config);

/* Closes the connection, if there is one, and gives the memory back. */
void lwcmp_tls_free(struct lwcmp_tls *tls);

/* Version and cipher suite, as in "TLSv1.3"; while connected. */
const char *lwcmp_tls_version(const struct lwcmp_tls *tls);
const char *lwcmp_tls_suite(const struct lwcmp_tls *tls);

/*
 * Why TLS has failed, for people; "" if it has not. The code is that of Mbed
 * TLS, or 0.
 */
const char *lwcmp_tls_reason(const struct lwcmp_tls *tls);
int lwcmp_tls_code(const struct lwcmp_tls *tls);

#endif
