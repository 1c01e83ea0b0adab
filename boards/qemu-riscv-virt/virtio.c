/* SPDX-License-Identifier: Apache-2.0 */
/* Virtio devices and their queues. */
#include "virtio.h"
#include "registers.h"

#define MAGIC(base) REGISTER((base) + 0x00)
#define VERSION(base) REGISTER((base) + 0x04)
#define DEVICE_ID(base) REGISTER((base) + 0x08)
#define DEVICE_FEATURES(base) REGISTER((base) + 0x10)
#define DEVICE_FEATURES_SEL(base) REGISTER((base) + 0x14)
#define DRIVER_FEATURES(base) REGISTER((base) + 0x20)
#define DRIVER_FEATURES_SEL(base) REGISTER((base) + 0x24)
#define QUEUE_SEL(base) REGISTER((base) + 0x30)
#define QUEUE_NUM_MAX(base) REGISTER((base) + 0x34)
#define QUEUE_NUM(base) REGISTER((base) + 0x38)
#define QUEUE_READY(base) REGISTER((base) + 0x44)
#define QUEUE_NOTIFY(base) REGISTER((base) + 0x50)
#define STATUS(base) REGISTER((base) + 0x70)
#define QUEUE_DESC(base) REGISTER((base) + 0x80)
#define QUEUE_DRIVER(base) REGISTER((base) + 0x90)
#define QUEUE_DEVICE(base) REGISTER((base) + 0xa0)

#define MAGIC_VALUE 0x74726976u
#define VERSION_1 2u
#define FEATURE_VERSION_1 1u /* bit 32 */

#define STATUS_ACKNOWLEDGE 1u
#define STATUS_DRIVER 2u
#define STATUS_DRIVER_OK 4u
#define STATUS_FEATURES_OK 8u

#define DESCRIPTOR_WRITABLE 2u

static void fence(void)
{
    __asm__ volatile("fence rw, rw" ::: "memory");
}

static bool find(struct lwcmp_virtio *device, uint32_t kind)
{
    for (uint32_t i = 0; i < VIRTIO_PLACES; i++) {
        uint32_t base = VIRTIO_PLACE(i);

        if (MAGIC(base) == MAGIC_VALUE && VERSION(base) == VERSION_1 &&
            DEVICE_ID(base) == kind) {
            device->base = base;
            device->source = VIRTIO_SOURCE(i);
            return true;
        }
    }
    return false;
}

bool lwcmp_virtio_begin(struct lwcmp_virtio *device, uint32_t kind,
                        uint32_t features)
{
    uint32_t base;

    if (!find(device, kind)) {
        return false;
    }
    base = device->base;
    STATUS(base) = 0; /* a reset */
    STATUS(base) = STATUS_ACKNOWLEDGE;
    STATUS(base) = STATUS_ACKNOWLEDGE | STATUS_DRIVER;
    DEVICE_FEATURES_SEL(base) = 0;
    DRIVER_FEATURES_SEL(base) = 0;
    DRIVER_FEATURES(base) = DEVICE_FEATURES(base) & features;
    DRIVER_FEATURES_SEL(base) = 1;
    DRIVER_FEATURES(base) = FEATURE_VERSION_1;
    STATUS(base) = STATUS_ACKNOWLEDGE | STATUS_DRIVER | STATUS_FEATURES_OK;
    return STATUS(base) & STATUS_FEATURES_OK;
}

bool lwcmp_virtio_add_queue(const struct lwcmp_virtio *device, uint32_t number,
                            struct lwcmp_virtqueue *q)
{
    uint32_t base = device->base;

    QUEUE_SEL(base) = number;
    if (QUEUE_NUM_MAX(base) < VIRTQUEUE_SIZE) {
        return false;
    }
    QUEUE_NUM(base) = VIRTQUEUE_SIZE;
    QUEUE_DESC(base) = (uint32_t)q->descriptor;
    QUEUE_DRIVER(base) = (uint32_t)&q->given;
    QUEUE_DEVICE(base) = (uint32_t)&q->used;
    QUEUE_READY(base) = 1;
    return true;
}

void lwcmp_virtio_start(const struct lwcmp_virtio *device)
{
    STATUS(device->base) |= STATUS_DRIVER_OK;
}

void lwcmp_virtio_give(const struct lwcmp_virtio *device, uint32_t number,
                       struct lwcmp_virtqueue *q, unsigned buffer,
                       const void *p, size_t n, bool writable)
{
    q->descriptor[buffer].address = (uint32_t)p;
    q->descriptor[buffer].n = (uint32_t)n;
    q->descriptor[buffer].flags = writable ? DESCRIPTOR_WRITABLE : 0;
    q->given.ring[q->given.index % VIRTQUEUE_SIZE] = (uint16_t)buffer;
    fence();
    q->given.index++;
    fence();
    QUEUE_NOTIFY(device->base) = number;
}

bool lwcmp_virtio_take(struct lwcmp_virtqueue *q, unsigned *buffer, size_t *n)
{
    fence();
    if (q->taken == q->used.index) {
        return false;
    }
    fence();
    *buffer = q->used.ring[q->taken % VIRTQUEUE_SIZE].id % VIRTQUEUE_SIZE;
    *n = q->used.ring[q->taken % VIRTQUEUE_SIZE].n;
    q->taken++;
    return true;
}
