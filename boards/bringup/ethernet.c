/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Frames: asks by ARP who has an address, and waits for the answer. The
 * addresses are those of QEMU's own network; give yours on a real one.
 */
#include <string.h>

#include "bringup.h"
#include "say.h"
#include "lwcmp/platform.h"
#include "lwip/ethernet.h"

#define PATIENCE 2000 /* ms */

#define ARP_SIZE 42
#define ARP_OPERATION 21
#define ARP_SENDER 22
#define ARP_SENDER_IP 28

static const uint8_t own[4] = {10, 0, 2, 15};
static const uint8_t other[4] = {10, 0, 2, 2};

static int ask(const uint8_t mac[6])
{
    static const uint8_t broadcast[6] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    static const uint8_t request[] = {0x08, 0x06, 0, 1, 0x08, 0, 6, 4, 0, 1};
    static const uint8_t nobody[6] = {0};
    const struct lwcmp_bytes parts[] = {
        {broadcast, 6}, {mac, 6}, {request, sizeof request},
        {mac, 6},       {own, 4}, {nobody, 6},
        {other, 4},
    };

    return lwcmp_ethernet_send(parts, sizeof parts / sizeof parts[0]);
}

static bool is_answer(const uint8_t *frame, size_t n)
{
    return n >= ARP_SIZE && frame[12] == 0x08 && frame[13] == 0x06 &&
           frame[ARP_OPERATION] == 2 &&
           memcmp(frame + ARP_SENDER_IP, other, 4) == 0;
}

bool lwcmp_bringup_ethernet(void)
{
    static uint8_t frame[LWCMP_ETHERNET_MAX];
    uint32_t begin = lwcmp_platform_uptime();
    uint8_t mac[6];

    if (lwcmp_ethernet_begin(mac)) {
        return false;
    }
    lwcmp_say_hex((struct lwcmp_bytes){mac, sizeof mac});
    if (ask(mac)) {
        return false;
    }
    while (lwcmp_platform_uptime() - begin < PATIENCE) {
        size_t n = lwcmp_ethernet_receive(frame, sizeof frame);

        if (is_answer(frame, n)) {
            lwcmp_say_text(", answered by ");
            lwcmp_say_hex((struct lwcmp_bytes){frame + ARP_SENDER, 6});
            return true;
        }
        lwcmp_board_idle();
    }
    return false;
}
