/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The transport port of the blocking loop (run.h): one byte stream to one
 * server. Devices that must not block drive the engine themselves and need
 * none of this.
 *
 * Every function returns 0, LWCMP_ERR_NETWORK or LWCMP_ERR_TIMEOUT; where
 * there is TLS, also what port/tls/tls.h adds. The transport bounds the time,
 * of connect() and of an exchange from its first send() to its last receive(),
 * also where bytes trickle in without end. How many they may be, the loop
 * bounds.
 */
#ifndef LWCMP_TRANSPORT_H
#define LWCMP_TRANSPORT_H

#include "lwcmp/types.h"

struct lwcmp_transport {
    void *context; /* handed to each function */

    /* Connects to the server that the transport was set up for. */
    int (*connect)(void *context);

    /* Sends all n bytes. */
    int (*send)(void *context, const uint8_t *p, size_t n);

    /*
     * Waits for bytes and takes at most cap of them. 0 with *n = 0 means that
     * the peer has closed the connection.
     */
    int (*receive)(void *context, uint8_t *p, size_t cap, size_t *n);

    /* Closes the connection, if there is one. */
    void (*close)(void *context);
};

#endif
