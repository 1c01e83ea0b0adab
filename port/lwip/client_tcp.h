/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The network's side of the client: look-up, connection, bytes. What lwIP's
 * callbacks find out they put into the struct and leave it to the next turn to
 * act on it; so none of them closes a connection or calls back the caller.
 */
#ifndef LWCMP_LWIP_CLIENT_TCP_H
#define LWCMP_LWIP_CLIENT_TCP_H

#include "client.h"

/* Whether HTTP can carry the address of the server, else LWCMP_ERR_CONFIG. */
int lwcmp_client_check(const struct lwcmp_client *client);

/* Goes as far as it can at the moment: 0 or LWCMP_ERR_NETWORK. */
int lwcmp_client_advance(struct lwcmp_client *client);

/*
 * Closes the connection or gives up the attempt at one; nothing of lwIP knows
 * the client afterwards, nor the message.
 */
void lwcmp_client_disconnect(struct lwcmp_client *client);

#endif
