/* SPDX-License-Identifier: Apache-2.0 */
/* The factory record of a device: `lwcmp factory`. */
#ifndef LWCMP_CLI_FACTORY_H
#define LWCMP_CLI_FACTORY_H

#include "options.h"

/* The words behind "factory". */
int lwcmp_cli_factory(int argc, char **argv);

/* Makes an image (factory_pack.c). */
int lwcmp_cli_factory_pack(const struct lwcmp_cli_options *options);

/* Prints what is in one (factory_show.c). */
int lwcmp_cli_factory_show(const struct lwcmp_cli_options *options,
                           const char *path);

#endif
