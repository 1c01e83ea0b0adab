/* SPDX-License-Identifier: Apache-2.0 */
/* The network between device and CA: loses messages, and repeats them. */
#ifndef POWERCUT_NETWORK_H
#define POWERCUT_NETWORK_H

#include "world.h"

/* At LWCMP_EXCHANGE: the CA answers, or nobody does. */
void network_exchange(struct world *w, struct lwcmp *c);

#endif
