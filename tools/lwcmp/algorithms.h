/* SPDX-License-Identifier: Apache-2.0 */
/* The choice of algorithms, where the user has one. */
#ifndef LWCMP_CLI_ALGORITHMS_H
#define LWCMP_CLI_ALGORITHMS_H

#include "keys.h"
#include "options.h"

/* What --keytype knows, in the order of enum lwcmp_key_type. */
#define LWCMP_CLI_KEY_TYPES 6
extern const char *const lwcmp_cli_key_types[LWCMP_CLI_KEY_TYPES];

/* Turns --keytype, --mac-hash and --rsa-hash into what they mean. */
int lwcmp_cli_algorithms_read(struct lwcmp_cli_options *options);

/* What the RSA keys of ours are for. */
enum lwcmp_cli_key_use lwcmp_cli_key_use(
    const struct lwcmp_cli_options *options);

/* As the engine takes it. */
void lwcmp_cli_algorithms_wish(const struct lwcmp_cli_options *options,
                               struct lwcmp_algorithms *algorithms);

#endif
