/* SPDX-License-Identifier: Apache-2.0 */
/* What is in a file, PEM or DER, one thing after the other. */
#ifndef LWCMP_CLI_PEM_H
#define LWCMP_CLI_PEM_H

#include "lwcmp/types.h"

/* What is looked for, and who takes it: an exit status, 0 to go on. */
struct lwcmp_cli_pem {
    const char *begin, *end; /* the lines around it */
    int (*put)(const char *path, struct lwcmp_bytes der, void *context);
    void *context;
};

/*
 * Hands over all that the content of a file holds, behind which stands a zero
 * octet. Without PEM of this kind it is DER, as it is.
 */
int lwcmp_cli_pem_each(const char *path, struct lwcmp_bytes file,
                       const struct lwcmp_cli_pem *pem);

#endif
