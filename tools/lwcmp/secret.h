/* SPDX-License-Identifier: Apache-2.0 */
/* Secrets from where they do not leak: env:, file:, fd:, stdin; or pass:. */
#ifndef LWCMP_CLI_SECRET_H
#define LWCMP_CLI_SECRET_H

#include "lwcmp/types.h"

struct lwcmp_cli_secret {
    uint8_t p[129]; /* as much as the provider takes, and a zero behind it */
    size_t n;
};

/*
 * Reads what `source` names; one line end behind it is cut. The caller wipes
 * the secret, after a failure as well.
 */
int lwcmp_cli_secret_read(struct lwcmp_cli_secret *secret, const char *option,
                          const char *source);

#endif
