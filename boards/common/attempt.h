/* SPDX-License-Identifier: Apache-2.0 */
/* One attempt to get a certificate, with the network under it. */
#ifndef LWCMP_BOARD_ATTEMPT_H
#define LWCMP_BOARD_ATTEMPT_H

#include "device.h"

/*
 * Enrols or renews; goes on with what waits or was cut off. Says each step.
 * Returns the result, and the seconds after which the server wants to be asked
 * again, or 0.
 */
int lwcmp_attempt(struct lwcmp_device *d, enum lwcmp_operation operation,
                  uint32_t *retry_after);

/*
 * Waits for an address. Says so every ten seconds. LWCMP_ERR_RANDOM: without
 * random numbers there is no network.
 */
int lwcmp_attempt_network(void);

/* Lets time pass while network and watchdog get what they need. */
void lwcmp_attempt_pause(uint32_t seconds);

#endif
