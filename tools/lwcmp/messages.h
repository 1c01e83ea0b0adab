/* SPDX-License-Identifier: Apache-2.0 */
/* Failures for people: what happened, what the server said, what to try. */
#ifndef LWCMP_CLI_MESSAGES_H
#define LWCMP_CLI_MESSAGES_H

#include "lwcmp/lwcmp.h"

struct lwcmp_cli_failure {
    int error; /* enum lwcmp_error */
    int http_status;
    struct lwcmp_status status;
    bool by_secret;     /* the protection of the transaction */
    bool has_names;     /* whoever asked could choose them: ir, cr */
    const char *verb;   /* what failed */
    const char *detail; /* of the system or the store, or "" */
    const char *again;  /* how to repeat it, or "" */
};

/* Writes three lines at most to stderr; returns the exit code. */
int lwcmp_cli_explain(const struct lwcmp_cli_failure *failure);

#endif
