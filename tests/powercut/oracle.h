/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The judge. It looks at what lasts on the device and at what the CA
 * remembers, never at what the engine says.
 */
#ifndef POWERCUT_ORACLE_H
#define POWERCUT_ORACLE_H

#include "world.h"

/* Called at every point; `who` has acted last. */
void oracle_watch(struct world *w, enum blame who);

/* A certConf that accepts has come to the CA. */
void oracle_confirmed(struct world *w, uint32_t serial);

/* The device says that all is well, and nothing is under way. */
void oracle_quiet(struct world *w);

/* The run is over: the device came through all stages, or did not. */
void oracle_end(struct world *w, bool done);

/* Serials of the active certificate and the one beside it; 0: none. */
uint32_t oracle_active(struct world *w);
uint32_t oracle_next(struct world *w);

#endif
