/* SPDX-License-Identifier: Apache-2.0 */
/* The names in the subjectAltName of a certificate (RFC 5280 4.2.1.6). */
#ifndef LWCMP_CLI_SAN_WALK_H
#define LWCMP_CLI_SAN_WALK_H

#include "der_in.h"

struct lwcmp_cli_names {
    struct lwcmp_bytes row; /* GeneralName values that are left */
};

/* Begins with the Extension that lwcmp_cert_read() found; it may be absent. */
void lwcmp_cli_names_begin(struct lwcmp_cli_names *names,
                           struct lwcmp_bytes extension);

/* The next GeneralName: its tag octet and its content. */
bool lwcmp_cli_names_next(struct lwcmp_cli_names *names, uint8_t *tag,
                          struct lwcmp_bytes *content);

#endif
