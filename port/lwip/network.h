/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One Ethernet interface with an address from DHCP, on lwIP without an
 * operating system. Nothing here blocks: the main loop polls.
 */
#ifndef LWCMP_LWIP_NETWORK_H
#define LWCMP_LWIP_NETWORK_H

#include "lwcmp/types.h"

/*
 * Starts lwIP and the interface, and asks for an address by DHCP: 0,
 * LWCMP_ERR_NETWORK or LWCMP_ERR_RANDOM. Call it again after a failure, or to
 * ask for another address.
 *
 * Whenever there is no random number where one is needed (LWCMP_ERR_RANDOM of
 * the platform), the interface falls silent, and counts as down, until this is
 * called again: what can be guessed does not go out.
 */
int lwcmp_network_begin(void);

/* Takes in what has arrived and lets timers run; often, and at least every
 * 10 ms while something is under way. */
void lwcmp_network_poll(void);

/* Whether there is an address; it may go away again. */
bool lwcmp_network_is_up(void);

/* The interface's IPv4 addresses, zeros without. */
struct lwcmp_network_address {
    uint8_t own[4], router[4], dns[4];
};

struct lwcmp_network_address lwcmp_network_address(void);

#endif
