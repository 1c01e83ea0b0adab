/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One Ethernet interface with an address from DHCP, on lwIP without an
 * operating system. Nothing here blocks: the main loop polls.
 */
#ifndef LWCMP_LWIP_NETWORK_H
#define LWCMP_LWIP_NETWORK_H

#include "lwcmp/types.h"

/*
 * Starts lwIP, the interface and DHCP: 0, LWCMP_ERR_NETWORK, or
 * LWCMP_ERR_RANDOM when lwcmp_platform_entropy() fails. Should it fail later,
 * the interface falls silent until the reset and counts as down: nothing goes
 * out with a number that others could guess. Once only.
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
