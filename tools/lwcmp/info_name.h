/* SPDX-License-Identifier: Apache-2.0 */
/* Names of what a general message asks for (RFC 9810 5.3.19, 9483 4.3). */
#ifndef LWCMP_CLI_INFO_NAME_H
#define LWCMP_CLI_INFO_NAME_H

#include <stdio.h>

#include "der_out.h"

/* Writes an OBJECT IDENTIFIER, given as a name or in dotted numbers. */
bool lwcmp_cli_info_name_put(struct lwcmp_der_out *o, const char *text);

/* Prints one, with tag and length, in numbers and by its name, if it has one.
 */
void lwcmp_cli_info_name_print(FILE *out, struct lwcmp_bytes oid);

#endif
