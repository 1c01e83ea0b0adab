/* SPDX-License-Identifier: Apache-2.0 */
/* The device's driver and platform, and the peer's Ethernet, ARP and IP. */
#include "wire_inside.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "lwcmp/platform.h"
#include "lwip/ethernet.h"

#define QUEUE 32

struct wire wire;

static const uint8_t peer_mac[6] = {2, 0, 0, 0, 0, 1};
static const uint8_t device_mac[6] = {2, 0, 0, 0, 0, 2};

static struct frame {
    size_t n;
    uint8_t p[WIRE_FRAME];
} queue[QUEUE];
static unsigned queue_begin, queue_n;

uint16_t wire_get16(const uint8_t *p)
{
    return (uint16_t)(p[0] << 8 | p[1]);
}

uint32_t wire_get32(const uint8_t *p)
{
    return (uint32_t)wire_get16(p) << 16 | wire_get16(p + 2);
}

void wire_put16(uint8_t *p, unsigned value)
{
    p[0] = (uint8_t)(value >> 8);
    p[1] = (uint8_t)value;
}

void wire_put32(uint8_t *p, uint32_t value)
{
    wire_put16(p, value >> 16);
    wire_put16(p + 2, value & 0xffff);
}

static uint32_t sum(const uint8_t *p, size_t n)
{
    uint32_t total = 0;
    size_t i;

    for (i = 0; i < n; i++) {
        total += i % 2 == 0 ? (uint32_t)p[i] << 8 : p[i];
    }
    return total;
}

static uint16_t fold(uint32_t total)
{
    while (total > 0xffff) {
        total = (total & 0xffff) + (total >> 16);
    }
    return (uint16_t)~total;
}

uint16_t wire_checksum(const uint8_t *frame, size_t n)
{
    return fold(sum(frame + L4_AT, n) + sum(frame + 26, 8) + frame[23] +
                (uint32_t)n);
}

/* The number of this frame is the one that gets lost. */
static bool is_lost(void)
{
    return ++wire.frames == wire.lose;
}

void wire_put(const uint8_t *p, size_t n)
{
    struct frame *f = &queue[(queue_begin + queue_n) % QUEUE];

    if (is_lost()) {
        return;
    }
    assert_true(queue_n < QUEUE && n <= WIRE_FRAME);
    memcpy(f->p, p, n);
    f->n = n;
    queue_n++;
}

static void begin_frame(uint8_t *frame, unsigned type)
{
    memcpy(frame, device_mac, 6);
    memcpy(frame + 6, peer_mac, 6);
    wire_put16(frame + 12, type);
}

void wire_send_ip(uint8_t *frame, unsigned from, enum ip_protocol protocol,
                  size_t n, size_t sum_at)
{
    uint8_t *ip = frame + IP_AT;

    begin_frame(frame, 0x0800);
    memset(ip, 0, 20);
    ip[0] = 0x45;
    wire_put16(ip + 2, (unsigned)n + 20);
    ip[8] = 64;
    ip[9] = (uint8_t)protocol;
    memcpy(ip + 12, (uint8_t[]){10, 0, 0, (uint8_t)from}, 4);
    memcpy(ip + 16, (uint8_t[]){10, 0, 0, WIRE_DEVICE}, 4);
    wire_put16(ip + 10, fold(sum(ip, 20)));
    wire_put16(frame + sum_at, 0);
    wire_put16(frame + sum_at, wire_checksum(frame, n));
    wire_put(frame, L4_AT + n);
}

/* Everybody on this wire is the peer, but for the device. */
static void take_arp(const uint8_t *frame, size_t n)
{
    uint8_t out[42];

    assert_true(n >= sizeof(out));
    if (wire_get16(frame + 20) != 1 || frame[41] == WIRE_DEVICE) {
        return;
    }
    begin_frame(out, 0x0806);
    memcpy(out + 14, frame + 14, 6);
    wire_put16(out + 20, 2);
    memcpy(out + 22, peer_mac, 6);
    memcpy(out + 28, frame + 38, 4);
    memcpy(out + 32, frame + 22, 10);
    wire_put(out, sizeof(out));
}

static void take_ip(const uint8_t *frame, size_t n)
{
    size_t size = wire_get16(frame + 16);

    assert_true(n >= L4_AT && frame[IP_AT] == 0x45);
    assert_true(size > 20 && IP_AT + size <= n);
    assert_int_equal(fold(sum(frame + IP_AT, 20)), 0);
    size -= 20;
    if (frame[23] == IP_TCP) {
        assert_int_equal(wire_checksum(frame, size), 0);
        wire_take_tcp(frame, size);
    } else if (frame[23] == IP_UDP) {
        assert_int_equal(wire_checksum(frame, size), 0);
        wire_take_udp(frame, size);
    }
}

/* The device's driver. */

int lwcmp_ethernet_begin(uint8_t mac[6])
{
    memcpy(mac, device_mac, 6);
    return wire.no_driver ? LWCMP_ERR_NETWORK : 0;
}

size_t lwcmp_ethernet_receive(uint8_t *p, size_t cap)
{
    struct frame *f = &queue[queue_begin];

    if (queue_n == 0) {
        return 0;
    }
    queue_begin = (queue_begin + 1) % QUEUE;
    queue_n--;
    assert_true(f->n <= cap);
    memcpy(p, f->p, f->n);
    return f->n;
}

int lwcmp_ethernet_send(const struct lwcmp_bytes *parts, size_t count)
{
    uint8_t frame[WIRE_FRAME];
    size_t i, n = 0;

    assert_true(count > 0 && count <= LWCMP_ETHERNET_PARTS);
    for (i = 0; i < count; i++) {
        assert_true(parts[i].n <= sizeof(frame) - n);
        memcpy(frame + n, parts[i].p, parts[i].n);
        n += parts[i].n;
    }
    assert_memory_equal(frame + 6, device_mac, 6);
    if (is_lost()) {
        return 0;
    }
    if (wire.lose_next > 0) {
        wire.lose_next--;
        return LWCMP_ERR_NETWORK; /* no room in the controller */
    }
    if (wire_get16(frame + 12) == 0x0806) {
        take_arp(frame, n);
    } else {
        assert_int_equal(wire_get16(frame + 12), 0x0800);
        take_ip(frame, n);
    }
    return 0;
}

/* Numbers that differ, and are the same in each run. */
int lwcmp_platform_entropy(uint8_t *p, size_t n)
{
    static uint32_t state = 1;

    for (; n > 0; n--) {
        state = state * 1664525U + 1013904223U;
        *p++ = (uint8_t)(state >> 24);
    }
    return wire.no_entropy ? LWCMP_ERR_RANDOM : 0;
}

uint32_t lwcmp_platform_uptime(void)
{
    return wire.now;
}

void wire_reset(void)
{
    uint32_t now = wire.now;

    memset(&wire, 0, sizeof(wire));
    wire.now = now;
    wire.mss = 1460;
    wire.window = 8192;
    queue_n = 0;
    wire_tcp_reset();
}

void wire_tick(uint32_t ms)
{
    wire.now += ms;
    wire_tcp_tick();
}
