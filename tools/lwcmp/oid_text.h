/* SPDX-License-Identifier: Apache-2.0 */
/* Object identifiers as people write them: 1.3.6.1.5.5.7.3.1 */
#ifndef LWCMP_CLI_OID_TEXT_H
#define LWCMP_CLI_OID_TEXT_H

#include <stdio.h>

#include "der_out.h"

/* Writes the n characters at `text` as OBJECT IDENTIFIER, if they are one. */
bool lwcmp_cli_oid_put(struct lwcmp_der_out *o, const char *text, size_t n);

/* Prints an OBJECT IDENTIFIER, given with tag and length octets. */
void lwcmp_cli_oid_print(FILE *out, struct lwcmp_bytes oid);

#endif
