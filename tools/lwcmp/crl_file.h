/* SPDX-License-Identifier: Apache-2.0 */
/* CRLs in files, PEM or DER. */
#ifndef LWCMP_CLI_CRL_FILE_H
#define LWCMP_CLI_CRL_FILE_H

#include "lwcmp/types.h"

#define LWCMP_CLI_CRLS_MAX (1u << 20) /* of a file, and of a row */

/* DER in a row. */
struct lwcmp_cli_crls {
    size_t n;
    uint8_t p[LWCMP_CLI_CRLS_MAX];
};

/* Appends the CRLs of a file, PEM or one in DER. */
int lwcmp_cli_crls_read(const char *path, struct lwcmp_cli_crls *crls);

#endif
