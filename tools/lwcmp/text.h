/* SPDX-License-Identifier: Apache-2.0 */
/* Text from strangers: UTF-8, and what of it a terminal may see. */
#ifndef LWCMP_CLI_TEXT_H
#define LWCMP_CLI_TEXT_H

#include <stdio.h>

#include "lwcmp/types.h"

/*
 * The length of the UTF-8 sequence that begins at p, and its code point; 0 if
 * there is none (RFC 3629 4).
 */
size_t lwcmp_cli_utf8(struct lwcmp_bytes text, uint32_t *code);

/*
 * Prints; whatever could steer a terminal or mislead the reader comes out as
 * \xNN. Line breaks stay where `lines` says so.
 */
void lwcmp_cli_print(FILE *out, struct lwcmp_bytes text, bool lines);

#endif
