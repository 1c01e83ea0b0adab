/* SPDX-License-Identifier: Apache-2.0 */
/* Tolerances by their names (lwcmp/quirks.h, docs/quirks.md). */
#ifndef LWCMP_CLI_QUIRK_NAMES_H
#define LWCMP_CLI_QUIRK_NAMES_H

#include "options.h"

/* --preset and --quirk into options->quirks; what a preset implies besides. */
int lwcmp_cli_quirks_read(struct lwcmp_cli_options *options);

/* Says on stderr which have acted, one line each. */
void lwcmp_cli_quirks_say(uint32_t used);

#endif
