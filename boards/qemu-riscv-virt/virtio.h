/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Virtio devices by memory-mapped registers (Virtual I/O Device 1.1, sections
 * 2.6 and 4.2), as much as the drivers here need: each buffer is one
 * descriptor.
 */
#ifndef LWCMP_BOARD_VIRTIO_H
#define LWCMP_BOARD_VIRTIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Kinds of devices. */
#define VIRTIO_NET 1u
#define VIRTIO_RNG 4u

/* Buffers in one queue, a power of two. */
#define VIRTQUEUE_SIZE 4u

struct lwcmp_virtio {
    uint32_t base;   /* of its registers */
    uint32_t source; /* of its interrupt, in the PLIC's numbers */
};

struct lwcmp_virtqueue {
    struct {
        uint64_t address;
        uint32_t n;
        uint16_t flags, next;
    } descriptor[VIRTQUEUE_SIZE] __attribute__((aligned(16)));
    struct {
        uint16_t flags, index, ring[VIRTQUEUE_SIZE], event;
    } given;
    struct {
        uint16_t flags, index;
        struct {
            uint32_t id, n;
        } ring[VIRTQUEUE_SIZE];
        uint16_t event;
    } used __attribute__((aligned(4)));
    uint16_t taken; /* of the used ones */
};

/* Finds the first device of a kind; agrees on those features of the first 32
 * that are wanted, no others. */
bool lwcmp_virtio_begin(struct lwcmp_virtio *device, uint32_t kind,
                        uint32_t features);

/* Sets a queue up; q is all zeros. */
bool lwcmp_virtio_add_queue(const struct lwcmp_virtio *device, uint32_t number,
                            struct lwcmp_virtqueue *q);

/* All queues are there. */
void lwcmp_virtio_start(const struct lwcmp_virtio *device);

/* Hands a buffer to the device, to be read or written by it. */
void lwcmp_virtio_give(const struct lwcmp_virtio *device, uint32_t number,
                       struct lwcmp_virtqueue *q, unsigned buffer,
                       const void *p, size_t n, bool writable);

/* Takes a buffer back that the device is done with; *n is what it wrote. */
bool lwcmp_virtio_take(struct lwcmp_virtqueue *q, unsigned *buffer, size_t *n);

#endif
