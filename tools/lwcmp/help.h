/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LWCMP_CLI_HELP_H
#define LWCMP_CLI_HELP_H

#include "options.h"

void lwcmp_cli_help(void);
void lwcmp_cli_help_verb(unsigned verb);
void lwcmp_cli_help_factory(void);
void lwcmp_cli_help_show(void);

#endif
