/* SPDX-License-Identifier: Apache-2.0 */
/* The peer's TCP: a server of one connection, the newest. */
#include "wire_inside.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum flags {
    FIN = 1,
    SYN = 2,
    RST = 4,
    PSH = 8,
    ACK = 16
};

#define SEGMENT 1000
#define FLIGHT 2000 /* bytes on the way, less than the device's window */
#define RETRY 400   /* ms without acknowledgement */

static struct {
    uint16_t port; /* the device's */
    uint16_t own;  /* ours */
    uint32_t iss;
    uint32_t next; /* expected from the device */
    bool fin, fin_in;
    uint8_t out[32768];
    size_t out_n, sent, acked; /* a FIN counts as one behind out_n */
    uint32_t at;               /* last time that something was sent */
} tcp;

static void segment(unsigned flags, uint32_t seq, const uint8_t *p, size_t n)
{
    uint8_t frame[WIRE_FRAME];
    uint8_t *h = frame + L4_AT;
    size_t head = 20;

    memset(h, 0, 24);
    wire_put16(h, tcp.own);
    wire_put16(h + 2, tcp.port);
    wire_put32(h + 4, seq);
    wire_put32(h + 8, tcp.next);
    if ((flags & SYN) && wire.mss) {
        wire_put32(h + 20, 0x02040000U | wire.mss);
        head = 24;
    }
    h[12] = (uint8_t)(head / 4 << 4);
    h[13] = (uint8_t)flags;
    wire_put16(h + 14, wire.window);
    if (n > 0) {
        memcpy(h + head, p, n);
    }
    tcp.at = wire.now;
    wire_send_ip(frame, WIRE_SERVER, IP_TCP, head + n, L4_AT + 16);
}

static uint32_t seq_of(size_t at)
{
    return tcp.iss + 1 + (uint32_t)at;
}

/* Sends what may go. */
static void pump(void)
{
    size_t n;

    while (wire.is_open && tcp.sent < tcp.out_n &&
           tcp.sent - tcp.acked < FLIGHT) {
        n = tcp.out_n - tcp.sent;
        n = n > SEGMENT ? SEGMENT : n;
        segment(ACK | PSH, seq_of(tcp.sent), tcp.out + tcp.sent, n);
        tcp.sent += n;
    }
    if (wire.is_open && tcp.fin && tcp.sent == tcp.out_n) {
        segment(ACK | FIN, seq_of(tcp.sent), NULL, 0);
        tcp.sent++;
    }
}

void wire_send(const void *p, size_t n)
{
    assert_true(wire.is_open && !tcp.fin && tcp.out_n + n < sizeof(tcp.out));
    memcpy(tcp.out + tcp.out_n, p, n);
    tcp.out_n += n;
    pump();
}

void wire_close(void)
{
    tcp.fin = true;
    pump();
}

void wire_abort(void)
{
    segment(RST | ACK, seq_of(tcp.sent), NULL, 0);
    wire.is_open = false;
}

bool wire_is_quiet(void)
{
    return tcp.acked == tcp.out_n;
}

static void take_syn(const uint8_t *h)
{
    uint32_t iss = tcp.iss;

    if (wire.silent) {
        return;
    }
    if (tcp.port != wire_get16(h)) { /* else it says it again */
        wire_tcp_reset();
        tcp.iss = iss + 100000;
        wire.connects++;
        wire.isn[0] = wire.isn[1];
        wire.isn[1] = wire_get32(h + 4);
    }
    tcp.port = wire_get16(h);
    tcp.own = wire_get16(h + 2);
    tcp.next = wire_get32(h + 4) + 1;
    if (wire.refuse) {
        segment(RST | ACK, 0, NULL, 0);
        return;
    }
    wire.is_open = true;
    segment(SYN | ACK, tcp.iss, NULL, 0);
}

static void take_ack(uint32_t ack)
{
    size_t at = ack - tcp.iss - 1;

    if (at <= tcp.out_n + 1 && at > tcp.acked) {
        tcp.acked = at;
        if (tcp.sent < at) {
            tcp.sent = at;
        }
    }
}

/* How many of n bytes are taken, which begin where those before end. */
static size_t accepted(size_t n)
{
    if (wire.hold) {
        return 0;
    }
    if (wire.hold_at > 0 && wire.in_n + n > wire.hold_at) {
        return wire.hold_at - wire.in_n;
    }
    return n;
}

static void take_data(uint32_t seq, const uint8_t *p, size_t n)
{
    size_t known = tcp.next - seq; /* what comes once more */

    if (known <= n) {
        p += known;
        n = accepted(n - known);
        assert_true(wire.in_n + n <= sizeof(wire.in));
        memcpy(wire.in + wire.in_n, p, n);
        wire.in_n += n;
        tcp.next += (uint32_t)n;
    }
    if (!wire.hold) {
        segment(ACK, seq_of(tcp.sent), NULL, 0);
    }
}

/* The device closes, and so does the server. */
static void take_fin(uint32_t seq)
{
    if (seq == tcp.next && !tcp.fin_in) {
        tcp.fin_in = true;
        tcp.next++;
    }
    segment(ACK | (tcp.fin ? 0 : FIN), seq_of(tcp.sent), NULL, 0);
    wire.is_open = false;
}

static void take_open(const uint8_t *h, size_t n)
{
    size_t head = (size_t)(h[12] >> 4) * 4;

    assert_true(head >= 20 && head <= n);
    take_ack(wire_get32(h + 8));
    if (n > head && wire.deaf) {
        wire_abort();
        return;
    }
    if (n > head) {
        take_data(wire_get32(h + 4), h + head, n - head);
    }
    if (h[13] & FIN) {
        take_fin(wire_get32(h + 4) + (uint32_t)(n - head));
    }
    pump();
}

void wire_take_tcp(const uint8_t *frame, size_t n)
{
    const uint8_t *h = frame + L4_AT;

    assert_true(n >= 20 && frame[33] == WIRE_SERVER);
    if (h[13] & SYN) {
        take_syn(h);
    } else if (wire_get16(h) != tcp.port) {
        return;
    } else if (h[13] & RST) {
        wire.was_reset = true;
        wire.is_open = false;
    } else if (wire.is_open) {
        take_open(h, n);
    }
}

void wire_tcp_reset(void)
{
    uint32_t iss = tcp.iss;

    memset(&tcp, 0, sizeof(tcp));
    tcp.iss = iss;
    wire.in_n = 0;
    wire.is_open = false;
    wire.was_reset = false;
}

void wire_tcp_tick(void)
{
    if (wire.is_open && tcp.acked < tcp.sent && wire.now - tcp.at >= RETRY) {
        tcp.sent = tcp.acked;
        pump();
    }
}
