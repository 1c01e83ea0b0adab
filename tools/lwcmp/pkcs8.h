/* SPDX-License-Identifier: Apache-2.0 */
/* Private keys as PKCS#8 in PEM (RFC 5958, RFC 7468). */
#ifndef LWCMP_CLI_PKCS8_H
#define LWCMP_CLI_PKCS8_H

#include "lwcmp/crypto.h"

#define LWCMP_CLI_RSA_MAX 2400 /* bytes of a key of 4096 bits */

/* As PSA gives it out. */
struct lwcmp_cli_private_key {
    enum lwcmp_key_type type;
    uint8_t d[LWCMP_CLI_RSA_MAX]; /* the private value, or RSAPrivateKey */
    size_t d_n;
    uint8_t q[133]; /* the public point, uncompressed; not of RSA */
    size_t q_n;
};

/* Sets *n to the length of the text. Fails with LWCMP_ERR_BUFFER. */
int lwcmp_cli_pkcs8_write(const struct lwcmp_cli_private_key *key, uint8_t *pem,
                          size_t cap, size_t *n);

#endif
