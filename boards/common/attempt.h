/* SPDX-License-Identifier: Apache-2.0 */
/* One attempt to get a certificate, with the network under it. */
#ifndef LWCMP_BOARD_ATTEMPT_H
#define LWCMP_BOARD_ATTEMPT_H

#include "device.h"

/*
 * Enrols or renews; goes on with what waits or was cut off, unless it is to
 * ask anew. Says each step. Returns the result, and the seconds after which the
 * server wants to be asked again, or 0.
 */
int lwcmp_attempt(struct lwcmp_device *d, enum lwcmp_operation operation,
                  bool anew, uint32_t *retry_after);

/*
 * Starts the network where it is down, or asks for another address if this one
 * has not led to the CA, and waits for it. Says what happens.
 */
int lwcmp_attempt_network(bool anew);

/* Lets time pass while network and watchdog get what they need. */
void lwcmp_attempt_pause(uint32_t seconds);

#endif
