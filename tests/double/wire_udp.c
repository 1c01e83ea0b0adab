/* SPDX-License-Identifier: Apache-2.0 */
/* The peer's DHCP (RFC 2131) and DNS (RFC 1035). */
#include "wire_inside.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define DHCP_OPTIONS 240
#define DISCOVER 1
#define OFFER 2
#define REQUEST 3
#define ACK 5

static uint8_t question[300]; /* the last one, DNS header included */
static size_t question_n;

static void send_udp(uint8_t *frame, unsigned from_port, unsigned port,
                     size_t n)
{
    uint8_t *udp = frame + L4_AT;

    wire_put16(udp, from_port);
    wire_put16(udp + 2, port);
    wire_put16(udp + 4, (unsigned)n + 8);
    wire_send_ip(frame, WIRE_PEER, IP_UDP, n + 8, L4_AT + 6);
}

static unsigned message_type(const uint8_t *p, size_t n)
{
    size_t i;

    for (i = DHCP_OPTIONS; i + 2 < n; i += 2U + p[i + 1]) {
        if (p[i] == 53) {
            return p[i + 2];
        }
    }
    return 0;
}

static void take_dhcp(const uint8_t *p, size_t n)
{
    static const uint8_t options[] = {
        99, 130, 83,  99,                   /* magic */
        53, 1,   0,                         /* type */
        54, 4,   10,  0,   0,    WIRE_PEER, /* server */
        1,  4,   255, 255, 255,  0,         /* mask */
        3,  4,   10,  0,   0,    WIRE_PEER, /* router */
        6,  4,   10,  0,   0,    WIRE_PEER, /* name server */
        51, 4,   0,   0,   0x0e, 0x10,      /* lease: an hour */
        255};
    uint8_t frame[WIRE_FRAME] = {0};
    uint8_t *out = frame + UDP_DATA_AT;
    unsigned type = message_type(p, n);

    wire.discovers += type == DISCOVER;
    wire.requests += type == REQUEST;
    if (wire.no_dhcp || (type != DISCOVER && type != REQUEST)) {
        return;
    }
    memcpy(out, p, 236); /* xid and hardware address come back */
    out[0] = 2;
    memcpy(out + 16, (uint8_t[]){10, 0, 0, WIRE_DEVICE}, 4);
    memcpy(out + 236, options, sizeof(options));
    out[DHCP_OPTIONS + 2] = type == DISCOVER ? OFFER : ACK;
    send_udp(frame, 67, 68, 236 + sizeof(options) + 64);
}

void wire_answer_dns(uint16_t id, uint16_t port)
{
    static const uint8_t answer[] = {0xc0, 12, 0, 1, 0,  1, 0, 0,
                                     0,    60, 0, 4, 10, 0, 0, WIRE_SERVER};
    uint8_t frame[WIRE_FRAME];
    uint8_t *out = frame + UDP_DATA_AT;

    assert_true(question_n > 12);
    memcpy(out, question, question_n);
    wire_put16(out, id);
    wire_put16(out + 2, wire.unknown_name ? 0x8183 : 0x8180);
    wire_put16(out + 6, wire.unknown_name ? 0 : 1);
    memcpy(out + question_n, answer, sizeof(answer));
    send_udp(frame, 53, port,
             question_n + (wire.unknown_name ? 0 : sizeof(answer)));
}

static void take_dns(const uint8_t *p, size_t n, uint16_t port)
{
    assert_true(n <= sizeof(question));
    memcpy(question, p, n);
    question_n = n;
    wire.lookups++;
    wire.dns_id = wire_get16(p);
    wire.dns_port = port;
    if (!wire.no_dns) {
        wire_answer_dns(wire.dns_id, port);
    }
}

void wire_take_udp(const uint8_t *frame, size_t n)
{
    const uint8_t *udp = frame + L4_AT;

    assert_true(n > 8 && wire_get16(udp + 4) == n);
    if (wire_get16(udp + 2) == 67) {
        take_dhcp(udp + 8, n - 8);
    } else if (wire_get16(udp + 2) == 53) {
        take_dns(udp + 8, n - 8, wire_get16(udp));
    }
}
