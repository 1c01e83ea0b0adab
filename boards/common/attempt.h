/* SPDX-License-Identifier: Apache-2.0 */
/* One attempt to get a certificate, with the network under it. */
#ifndef LWCMP_BOARD_ATTEMPT_H
#define LWCMP_BOARD_ATTEMPT_H

#include "device.h"

/*
 * Enrols or renews, by the result's task; goes on with what waits or was cut
 * off, or asks anew, as its `resumed` says. Says each step. True: what has been
 * heard of the time is worth a lwcmp_life_write().
 */
bool lwcmp_attempt(struct lwcmp_device *d, struct lwcmp_life_result *result);

/*
 * Starts the network where it is down, or asks for another address if this one
 * has not led to the CA, and waits for it. Says what happens.
 */
int lwcmp_attempt_network(bool anew);

/* Says that there is a pause, and lets it pass; 0: there is none. */
void lwcmp_attempt_later(uint32_t seconds);

#endif
