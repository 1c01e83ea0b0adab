/* SPDX-License-Identifier: Apache-2.0 */
/* TLS for https, with trust anchors and a certificate of its own. */
#ifndef LWCMP_CLI_SECURE_H
#define LWCMP_CLI_SECURE_H

#include "tls/tls.h"

#define LWCMP_CLI_TLS_ROW_MAX 65535

struct lwcmp_cli_session;

struct lwcmp_cli_secure {
    struct lwcmp_tls tls;
    struct lwcmp_tls_config config;
    bool on; /* tls is to be freed */

    /* What the config points to. */
    uint8_t address[16];
    uint8_t anchors[LWCMP_CLI_TLS_ROW_MAX], chain[LWCMP_CLI_TLS_ROW_MAX];
};

/* Whether the options fit the URL; certificates out of files. */
int lwcmp_cli_secure_load(struct lwcmp_cli_session *s);

/*
 * Where the URL wants it, TLS takes the place of *transport and stands on it.
 * The state is open, and PSA with it.
 */
int lwcmp_cli_secure_begin(struct lwcmp_cli_session *s,
                           struct lwcmp_transport *transport);

void lwcmp_cli_secure_end(struct lwcmp_cli_secure *secure);

/* Why TLS has failed; false: it has not. */
bool lwcmp_cli_secure_reason(const struct lwcmp_cli_secure *secure, char *text,
                             size_t cap);

#endif
