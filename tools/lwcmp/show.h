/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates as text, with fingerprints. */
#ifndef LWCMP_CLI_SHOW_H
#define LWCMP_CLI_SHOW_H

#include <stdio.h>

#include "lwcmp/types.h"

/* PSA Crypto has to be started. */
void lwcmp_cli_show(FILE *out, struct lwcmp_bytes certificate);

/* The line of it with the SHA-256 fingerprint. */
void lwcmp_cli_show_sha256(FILE *out, struct lwcmp_bytes certificate);

/* All certificates of a file. */
int lwcmp_cli_show_file(const char *path);

#endif
