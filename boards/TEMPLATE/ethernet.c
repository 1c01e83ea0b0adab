/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The Ethernet controller, as lwip/ethernet.h asks for. Whole frames; nothing
 * waits. boards/qemu-mps2-an385/lan9118.c has one whose frames stay in the
 * controller, boards/qemu-riscv-virt/virtio_net.c one with buffers in RAM.
 */
#include "lwip/ethernet.h"

int lwcmp_ethernet_begin(uint8_t mac[6])
{
    /* TODO: pins, clock, reset, PHY, receiver and transmitter on. The address
     * has to be the device's own, from its maker. */
    (void)mac;
    return LWCMP_ERR_NETWORK;
}

size_t lwcmp_ethernet_receive(uint8_t *p, size_t cap)
{
    /* TODO: the oldest frame that has come. */
    (void)p;
    (void)cap;
    return 0;
}

int lwcmp_ethernet_send(const struct lwcmp_bytes *parts, size_t count)
{
    /* TODO: put the parts into one frame and hand it to the controller; they
     * are the caller's again when this returns. */
    (void)parts;
    (void)count;
    return LWCMP_ERR_NETWORK;
}
