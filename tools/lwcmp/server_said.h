/* SPDX-License-Identifier: Apache-2.0 */
/* PKIStatusInfo (RFC 9810 5.2.3) for people. */
#ifndef LWCMP_CLI_SERVER_SAID_H
#define LWCMP_CLI_SERVER_SAID_H

#include <stdio.h>

#include "lwcmp/lwcmp.h"

/* One line, if the server said more than "accepted". */
void lwcmp_cli_server_said(FILE *out, const struct lwcmp_status *status);

/* What to try after failures that have a common reason, or NULL. */
const char *lwcmp_cli_advise_fail_info(uint32_t fail_info, bool by_secret);

#endif
