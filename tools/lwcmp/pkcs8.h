/* SPDX-License-Identifier: Apache-2.0 */
/* Private keys of elliptic curves as PKCS#8 in PEM (RFC 5958, RFC 7468). */
#ifndef LWCMP_CLI_PKCS8_H
#define LWCMP_CLI_PKCS8_H

#include "lwcmp/crypto.h"

struct lwcmp_cli_ec_key {
    enum lwcmp_key_type type;
    uint8_t d[48]; /* the private value */
    size_t d_n;
    uint8_t q[97]; /* the public point, uncompressed */
    size_t q_n;
};

/* Sets *n to the length of the text. Fails with LWCMP_ERR_BUFFER. */
int lwcmp_cli_pkcs8_write(const struct lwcmp_cli_ec_key *key, uint8_t *pem,
                          size_t cap, size_t *n);

#endif
