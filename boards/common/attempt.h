/* SPDX-License-Identifier: Apache-2.0 */
/* One attempt to get a certificate, with the network under it. */
#ifndef LWCMP_BOARD_ATTEMPT_H
#define LWCMP_BOARD_ATTEMPT_H

#include "device.h"

/*
 * Enrols or renews; goes on with what waits or was cut off, unless it is to
 * ask anew. Says each step. Returns the time that an authenticated message
 * has stated, or 0.
 */
uint64_t lwcmp_attempt(struct lwcmp_device *d, enum lwcmp_operation operation,
                       bool anew, struct lwcmp_life_result *result);

/*
 * Starts the network where it is down, or asks for another address if this one
 * has not led to the CA, and waits for it. Says what happens.
 */
int lwcmp_attempt_network(bool anew);

/* Lets time pass while network and watchdog get what they need. */
void lwcmp_attempt_pause(uint32_t seconds);

#endif
