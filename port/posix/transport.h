/* SPDX-License-Identifier: Apache-2.0 */
/* The transport port on TCP sockets, IPv4 and IPv6. */
#ifndef LWCMP_POSIX_TRANSPORT_H
#define LWCMP_POSIX_TRANSPORT_H

#include "lwcmp/transport.h"

/* The fields belong to the transport. */
struct lwcmp_posix_tcp {
    const char *host, *port; /* name or address; number or service */
    unsigned timeout_ms;
    int fd;            /* -1: not connected */
    bool answered;     /* the next send() begins a new exchange */
    uint64_t deadline; /* of the exchange, in milliseconds */
    int error;         /* errno, or of getaddrinfo() */
    bool resolving;    /* error is of getaddrinfo() */
};

/*
 * Fills in `transport`, with *tcp as its context. host and port are borrowed.
 * timeout_ms bounds the making of a connection, all addresses of the host
 * together, and each exchange from the first byte sent to the last received;
 * 0 is half a minute. Looking up a name is bounded by the system's resolver.
 */
void lwcmp_posix_tcp_init(struct lwcmp_posix_tcp *tcp,
                          struct lwcmp_transport *transport, const char *host,
                          const char *port, unsigned timeout_ms);

/* What the system said to the last failure, for people; "" if nothing. */
const char *lwcmp_posix_tcp_error(const struct lwcmp_posix_tcp *tcp);

#endif
