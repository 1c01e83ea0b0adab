/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The Ethernet controller LAN9118. It keeps frames in its own memory, so none
 * is needed here; received ones wait there until they are asked for.
 */
#include "lwip/ethernet.h"
#include "registers.h"

#define RX_DATA REGISTER(LAN9118 + 0x00)
#define TX_DATA REGISTER(LAN9118 + 0x20)
#define RX_STATUS REGISTER(LAN9118 + 0x40)
#define IRQ_CFG REGISTER(LAN9118 + 0x54)
#define INT_STS REGISTER(LAN9118 + 0x58)
#define INT_EN REGISTER(LAN9118 + 0x5c)
#define BYTE_TEST REGISTER(LAN9118 + 0x64)
#define FIFO_INT REGISTER(LAN9118 + 0x68)
#define TX_CFG REGISTER(LAN9118 + 0x70)
#define HW_CFG REGISTER(LAN9118 + 0x74)
#define RX_FIFO_INF REGISTER(LAN9118 + 0x7c)
#define TX_FIFO_INF REGISTER(LAN9118 + 0x80)
#define MAC_CSR_CMD REGISTER(LAN9118 + 0xa4)
#define MAC_CSR_DATA REGISTER(LAN9118 + 0xa8)

#define IRQ_ON (1u << 8 | 1u << 4 | 1u) /* enabled, active high, push-pull */
#define INT_RX (1u << 3)                /* a frame has come */
#define BYTE_TEST_VALUE 0x87654321u
#define HW_RESET 1u
#define HW_DEFAULT (1u << 20 | 5u << 16) /* store and forward, 5 KiB for TX */
#define TX_ON (1u << 2 | 1u << 1)        /* and drop statuses not read */
#define TX_WHOLE_FRAME (1u << 13 | 1u << 12)
#define RX_ERROR (1u << 15)

/* Registers behind MAC_CSR. */
#define MAC_CR 1u
#define MAC_ADDRH 2u
#define MAC_ADDRL 3u
#define MAC_CR_ON (1u << 20 | 1u << 3 | 1u << 2) /* full duplex, TX, RX */
#define MAC_BUSY (1u << 31)
#define MAC_READ (1u << 30)

#define DROPS_MAX 8  /* frames that are no good, in one call */
#define FCS 4u       /* octets of the frame check sequence */
#define TRIES 100000 /* of a wait that a broken controller must not prolong */

static bool wait_clear(volatile uint32_t *at, uint32_t bits)
{
    for (int i = 0; i < TRIES; i++) {
        if (!(*at & bits)) {
            return true;
        }
    }
    return false;
}

static bool mac_command(uint32_t command)
{
    MAC_CSR_CMD = command | MAC_BUSY;
    return wait_clear(&MAC_CSR_CMD, MAC_BUSY);
}

static bool mac_read(uint32_t number, uint32_t *value)
{
    bool done = mac_command(number | MAC_READ);

    *value = MAC_CSR_DATA;
    return done;
}

static bool mac_write(uint32_t number, uint32_t value)
{
    MAC_CSR_DATA = value;
    return mac_command(number);
}

int lwcmp_ethernet_begin(uint8_t mac[6])
{
    uint32_t low, high;

    (void)BYTE_TEST; /* the first read wakes the controller */
    if (BYTE_TEST != BYTE_TEST_VALUE) {
        return LWCMP_ERR_NETWORK;
    }
    HW_CFG = HW_RESET;
    if (!wait_clear(&HW_CFG, HW_RESET) || !mac_read(MAC_ADDRL, &low) ||
        !mac_read(MAC_ADDRH, &high)) {
        return LWCMP_ERR_NETWORK;
    }
    for (unsigned i = 0; i < 4; i++) {
        mac[i] = (uint8_t)(low >> 8 * i);
    }
    mac[4] = (uint8_t)high;
    mac[5] = (uint8_t)(high >> 8);
    HW_CFG = HW_DEFAULT;
    FIFO_INT = 0; /* one frame is reason enough for an interrupt */
    IRQ_CFG = IRQ_ON;
    INT_EN = INT_RX;
    TX_CFG = TX_ON;
    return mac_write(MAC_CR, MAC_CR_ON) ? LWCMP_OK : LWCMP_ERR_NETWORK;
}

/* Takes the words of one frame out of the controller; cap 0 drops it. */
static void take_frame(uint8_t *p, size_t cap, size_t words)
{
    for (size_t i = 0; i < 4 * words; i += 4) {
        uint32_t word = RX_DATA;

        for (size_t j = i; j < i + 4 && j < cap; j++) {
            p[j] = (uint8_t)word;
            word >>= 8;
        }
    }
}

size_t lwcmp_ethernet_receive(uint8_t *p, size_t cap)
{
    /* First, or the interrupt of a frame that comes now would be lost. */
    INT_STS = INT_RX;
    for (int i = 0; i < DROPS_MAX && (RX_FIFO_INF >> 16 & 0xff); i++) {
        uint32_t status = RX_STATUS;
        size_t n = status >> 16 & 0x3fff;
        bool good = !(status & RX_ERROR) && n > FCS && n - FCS <= cap;

        take_frame(p, good ? n - FCS : 0, (n + 3) / 4);
        if (good) {
            return n - FCS;
        }
    }
    return 0;
}

int lwcmp_ethernet_send(const struct lwcmp_bytes *parts, size_t count)
{
    uint32_t total = 0, word = 0, at = 0;

    for (size_t i = 0; i < count; i++) {
        total += (uint32_t)parts[i].n;
    }
    /* Two words of commands, and what the controller adds itself. */
    if (total > LWCMP_ETHERNET_MAX || (TX_FIFO_INF & 0xffff) < total + 32) {
        return LWCMP_ERR_NETWORK;
    }
    TX_DATA = TX_WHOLE_FRAME | total;
    TX_DATA = total;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < parts[i].n; j++) {
            word |= (uint32_t)parts[i].p[j] << 8 * (at % 4);
            if (++at % 4 == 0) {
                TX_DATA = word;
                word = 0;
            }
        }
    }
    if (at % 4) {
        TX_DATA = word;
    }
    return LWCMP_OK;
}
