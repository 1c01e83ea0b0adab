/* SPDX-License-Identifier: Apache-2.0 */
/* Looks on while a transaction runs: progress, copies, the user's decision. */
#ifndef LWCMP_CLI_WATCH_H
#define LWCMP_CLI_WATCH_H

#include <stdio.h>

#include "lwcmp/run.h"
#include "options.h"

struct lwcmp_cli_watch {
    const struct lwcmp_cli_options *options;
    struct lwcmp *c;
    const struct lwcmp_transport *transport;
    FILE *terminal;    /* to ask at, or NULL */
    unsigned messages; /* so far */
    bool sent;         /* something may have reached the server */
    uint32_t waited;   /* seconds so far */
};

/* Fills in what lwcmp_run() calls: the observer, and a transport around *t. */
int lwcmp_cli_watch_begin(struct lwcmp_cli_watch *watch, struct lwcmp *c,
                          const struct lwcmp_cli_options *options,
                          const struct lwcmp_transport *t,
                          struct lwcmp_transport *transport,
                          struct lwcmp_observer *observer);

void lwcmp_cli_watch_end(struct lwcmp_cli_watch *watch);

/* Short name of the body of a PKIMessage, "ir"; "message" if it has none. */
const char *lwcmp_cli_body_name(struct lwcmp_bytes message);

#endif
