/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The directory where the identity lives: journal, certificates and PSA keys.
 * Where the user names none, there is one beside what the run writes for the
 * time of the run, or for as long as the CA wants.
 */
#ifndef LWCMP_CLI_STATE_H
#define LWCMP_CLI_STATE_H

#include "posix/store.h"
#include "options.h"

struct lwcmp_cli_state {
    char path[LWCMP_CLI_TEXT_MAX + 8];
    bool temporary; /* the user did not ask for it */
    bool was_there; /* before this run */
    struct lwcmp_posix_store posix;
    struct lwcmp_store store;
};

/* Opens and locks it, and starts PSA Crypto with its keys. */
int lwcmp_cli_state_open(struct lwcmp_cli_state *state,
                         const struct lwcmp_cli_options *options);

/* Stops PSA Crypto, and removes the directory with all that is in it. */
void lwcmp_cli_state_close(struct lwcmp_cli_state *state, bool remove);

#endif
