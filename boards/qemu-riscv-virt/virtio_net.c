/* SPDX-License-Identifier: Apache-2.0 */
/* The Ethernet controller: virtio, section 5.1. */
#include <string.h>

#include "lwip/ethernet.h"
#include "registers.h"
#include "virtio.h"

#define FEATURE_MAC (1u << 5)
#define MAC(base) ((volatile const uint8_t *)((base) + 0x100))
#define INTERRUPT_STATUS(base) REGISTER((base) + 0x60)
#define INTERRUPT_ACK(base) REGISTER((base) + 0x64)

enum {
    RX,
    TX
}; /* the numbers of the queues */
#define RX_BUFFERS VIRTQUEUE_SIZE
#define TX_BUFFERS 2u

/* What virtio puts before each frame; all zeros: a frame, and no more. */
struct buffer {
    uint8_t head[12];
    uint8_t frame[LWCMP_ETHERNET_MAX];
};

static struct lwcmp_virtio device;
static struct lwcmp_virtqueue rx, tx;
static struct buffer received[RX_BUFFERS], sent[TX_BUFFERS];
static bool is_free[TX_BUFFERS];

static void give_receiving(unsigned i)
{
    lwcmp_virtio_give(&device, RX, &rx, i, &received[i], sizeof received[i],
                      true);
}

int lwcmp_ethernet_begin(uint8_t mac[6])
{
    if (!lwcmp_virtio_begin(&device, VIRTIO_NET, FEATURE_MAC) ||
        !lwcmp_virtio_add_queue(&device, RX, &rx) ||
        !lwcmp_virtio_add_queue(&device, TX, &tx)) {
        return LWCMP_ERR_NETWORK;
    }
    for (int i = 0; i < 6; i++) {
        mac[i] = MAC(device.base)[i];
    }
    lwcmp_virtio_start(&device);
    for (unsigned i = 0; i < RX_BUFFERS; i++) {
        give_receiving(i);
    }
    for (unsigned i = 0; i < TX_BUFFERS; i++) {
        is_free[i] = true;
    }
    PLIC_PRIORITY(device.source) = 1;
    PLIC_THRESHOLD = 0;
    PLIC_ENABLE = 1u << device.source;
    return LWCMP_OK;
}

size_t lwcmp_ethernet_receive(uint8_t *p, size_t cap)
{
    unsigned i;
    size_t n;

    /* First, or the interrupt of a frame that comes now would be lost. */
    INTERRUPT_ACK(device.base) = INTERRUPT_STATUS(device.base);
    while (lwcmp_virtio_take(&rx, &i, &n)) {
        bool good = n > sizeof received[i].head && n <= sizeof received[i] &&
                    n - sizeof received[i].head <= cap;

        n -= sizeof received[i].head;
        if (good) {
            memcpy(p, received[i].frame, n);
        }
        give_receiving(i);
        if (good) {
            return n;
        }
    }
    return 0;
}

/* A buffer that the device does not use, or TX_BUFFERS. */
static unsigned find_free(void)
{
    unsigned i = 0;
    size_t n;

    while (lwcmp_virtio_take(&tx, &i, &n)) {
        is_free[i % TX_BUFFERS] = true;
    }
    for (i = 0; i < TX_BUFFERS; i++) {
        if (is_free[i]) {
            break;
        }
    }
    return i;
}

int lwcmp_ethernet_send(const struct lwcmp_bytes *parts, size_t count)
{
    unsigned i = find_free();
    size_t n = 0;

    if (i == TX_BUFFERS) {
        return LWCMP_ERR_NETWORK;
    }
    for (size_t j = 0; j < count; j++) {
        if (parts[j].n > sizeof sent[i].frame - n) {
            return LWCMP_ERR_NETWORK;
        }
        memcpy(sent[i].frame + n, parts[j].p, parts[j].n);
        n += parts[j].n;
    }
    is_free[i] = false;
    lwcmp_virtio_give(&device, TX, &tx, i, &sent[i], sizeof sent[i].head + n,
                      false);
    return LWCMP_OK;
}
