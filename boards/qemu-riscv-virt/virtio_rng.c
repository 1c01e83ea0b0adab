/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entropy: virtio, section 5.4. The device hands out random bytes of full
 * quality, as a TRNG with its conditioning would.
 */
#include <string.h>

#include "lwcmp/platform.h"
#include "virtio.h"

#define PATIENCE 2000 /* ms */

static struct lwcmp_virtio device;
static struct lwcmp_virtqueue queue;
static uint8_t drawn[32];
static bool started;

/* Also from the beginning again, after the device has failed. */
static bool begin(void)
{
    if (!lwcmp_virtio_begin(&device, VIRTIO_RNG, 0)) {
        return false;
    }
    /* Only now: until its reset the device may still have written there. */
    memset(&queue, 0, sizeof queue);
    if (!lwcmp_virtio_add_queue(&device, 0, &queue)) {
        return false;
    }
    lwcmp_virtio_start(&device);
    return true;
}

/* What the device hands out at once, which may be less than wanted; 0: none. */
static size_t draw(size_t wanted)
{
    uint32_t start = lwcmp_platform_uptime();
    unsigned buffer;
    size_t n;

    if (wanted > sizeof drawn) {
        wanted = sizeof drawn;
    }
    lwcmp_virtio_give(&device, 0, &queue, 0, drawn, wanted, true);
    while (!lwcmp_virtio_take(&queue, &buffer, &n)) {
        if (lwcmp_platform_uptime() - start > PATIENCE) {
            return 0;
        }
    }
    return n <= wanted ? n : 0;
}

int lwcmp_platform_entropy(uint8_t *p, size_t n)
{
    if (!started) {
        started = begin();
    }
    while (n > 0) {
        size_t got = started ? draw(n) : 0;

        if (got == 0) {
            started = false;
            return LWCMP_ERR_RANDOM;
        }
        memcpy(p, drawn, got);
        memset(drawn, 0, sizeof drawn);
        p += got;
        n -= got;
    }
    return LWCMP_OK;
}
