/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A platform for tests of port/lwip: an Ethernet in this process, on which one
 * peer is router, DHCP and name server, and a TCP server for one connection.
 * It knows just enough of the protocols. Time is a variable of the test.
 */
#ifndef WIRE_H
#define WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WIRE_FRAME 1514

/* IPv4 addresses as the peer writes them: 10.0.0.x */
#define WIRE_PEER 1
#define WIRE_DEVICE 9
#define WIRE_SERVER 80

struct wire {
    uint32_t now; /* lwcmp_platform_uptime() */
    bool no_entropy;
    bool no_driver;     /* it does not start */
    unsigned lose;      /* the number of a frame that gets lost; 0: none */
    unsigned lose_next; /* so many to the peer, from now on */

    /* What the peer does not do, or does with a fault. */
    bool no_dhcp, no_dns, unknown_name;
    bool refuse;      /* TCP connections */
    bool silent;      /* no answer to SYN */
    bool deaf;        /* resets when data come */
    bool hold;        /* acknowledges no data */
    uint32_t hold_at; /* if not 0: none behind so many bytes */
    uint16_t mss;     /* of the server's SYN, 0: none said */
    uint16_t window;

    /* What happened. */
    unsigned frames; /* in both directions */
    unsigned lookups, discovers, requests, connects;
    bool is_open;    /* as the server sees the connection */
    bool was_reset;  /* by the device, the last one */
    uint32_t isn[2]; /* of the device's last two connections */
    uint16_t dns_id, dns_port;
    uint8_t in[16384]; /* of the last connection */
    size_t in_n;
};

extern struct wire wire;

/* Forgets everything but the time; lwIP of the device stays what it is. */
void wire_reset(void);

/* Time passes; the server sends what is due. */
void wire_tick(uint32_t ms);

/* The server sends on the open connection, closes or resets it. */
void wire_send(const void *p, size_t n);
void wire_close(void);
void wire_abort(void);

/* Whether the device has acknowledged all that the server has sent. */
bool wire_is_quiet(void);

/* Answers the last question to the name server, rightly or with this. */
void wire_answer_dns(uint16_t id, uint16_t port);

/* A frame for the device, as it is. */
void wire_put(const uint8_t *p, size_t n);

#endif
