/* SPDX-License-Identifier: Apache-2.0 */
/* http[s]://host[:port]/path (RFC 3986, as far as CMP over HTTP needs it). */
#ifndef LWCMP_CLI_URL_H
#define LWCMP_CLI_URL_H

#include <stdbool.h>

struct lwcmp_cli_url {
    bool tls;            /* https */
    char host[256];      /* name or address, without brackets */
    char port[6];        /* number */
    char authority[266]; /* for the Host header */
    char path[256];
    bool well_known; /* the path is below /.well-known/cmp */
};

int lwcmp_cli_url_read(const char *text, struct lwcmp_cli_url *url);

#endif
