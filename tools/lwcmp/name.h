/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Distinguished names as people write them, "C=FI,O=Example,CN=dev 1" or
 * "/C=FI/O=Example/CN=dev 1", into a DER Name in the order as written. A
 * backslash takes the meaning from the next character; before two hexadecimal
 * digits it stands for that octet (RFC 4514 3).
 */
#ifndef LWCMP_CLI_NAME_H
#define LWCMP_CLI_NAME_H

#include <stdio.h>

#include "der_out.h"

#define LWCMP_CLI_NAME_MAX 1024

/* `option` is where the text comes from, for the complaint. */
int lwcmp_cli_name_put(struct lwcmp_der_out *o, const char *option,
                       const char *text);

/* The same into room of its own; without a text the name is absent. */
int lwcmp_cli_name_read(const char *option, const char *text,
                        uint8_t room[LWCMP_CLI_NAME_MAX],
                        struct lwcmp_bytes *name);

/*
 * Whether two Names (lwcmp_cert_check_name() has passed them) say the same.
 * What a user has written is an UTF8String where a CA may have a
 * PrintableString, so the kind of string does not matter.
 */
bool lwcmp_cli_name_is_same(struct lwcmp_bytes a, struct lwcmp_bytes b);

/* Prints a Name in the first form (lwcmp_cert_check_name() has passed it). */
void lwcmp_cli_name_print(FILE *out, struct lwcmp_bytes name);

#endif
