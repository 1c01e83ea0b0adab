/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the wire share. */
#ifndef WIRE_INSIDE_H
#define WIRE_INSIDE_H

#include "wire.h"

/* Where things are in a frame. */
#define IP_AT 14
#define L4_AT 34
#define UDP_DATA_AT 42

enum ip_protocol {
    IP_ICMP = 1,
    IP_TCP = 6,
    IP_UDP = 17
};

uint16_t wire_get16(const uint8_t *p);
uint32_t wire_get32(const uint8_t *p);
void wire_put16(uint8_t *p, unsigned value);
void wire_put32(uint8_t *p, uint32_t value);

/* The checksum of TCP or UDP; 0 over a good segment of n bytes. */
uint16_t wire_checksum(const uint8_t *frame, size_t n);

/*
 * Sends to the device from address 10.0.0.`from`: n bytes at L4_AT are there,
 * but for the checksum, which goes to sum_at. Both in a frame of WIRE_FRAME.
 */
void wire_send_ip(uint8_t *frame, unsigned from, enum ip_protocol protocol,
                  size_t n, size_t sum_at);

/* A segment has come; the checksum is good. */
void wire_take_tcp(const uint8_t *frame, size_t n);
void wire_take_udp(const uint8_t *frame, size_t n);

void wire_tcp_reset(void);
void wire_tcp_tick(void);

#endif
