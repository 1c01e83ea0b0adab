/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a board's Ethernet driver supplies to the network port when the program
 * is linked. Nothing here blocks.
 */
#ifndef LWCMP_LWIP_ETHERNET_H
#define LWCMP_LWIP_ETHERNET_H

#include "lwcmp/types.h"

/* Octets of the longest frame, without the frame check sequence. */
#define LWCMP_ETHERNET_MAX 1514

/* Parts of one frame to be sent, at most. */
#define LWCMP_ETHERNET_PARTS 8

/* Starts the controller and tells its address: 0 or LWCMP_ERR_NETWORK. */
int lwcmp_ethernet_begin(uint8_t mac[6]);

/*
 * Takes one received frame, without the frame check sequence. Returns its
 * length, 0 if none is there. A damaged frame or one that is longer than cap
 * is dropped.
 */
size_t lwcmp_ethernet_receive(uint8_t *p, size_t cap);

/*
 * Sends the parts as one frame; padding and the frame check sequence are the
 * controller's. 0, or LWCMP_ERR_NETWORK if there is no room at the moment:
 * the frame is then lost, and TCP sends it again. On return the parts may
 * change: whoever sends by DMA copies them first.
 */
int lwcmp_ethernet_send(const struct lwcmp_bytes *parts, size_t count);

#endif
