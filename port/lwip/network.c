/* SPDX-License-Identifier: Apache-2.0 */
/* lwIP's interface over the board's driver, its timers, its random numbers. */
#include "network.h"

#include <string.h>

#include <lwip/dhcp.h>
#include <lwip/dns.h>
#include <lwip/etharp.h>
#include <lwip/init.h>
#include <lwip/netif.h>
#include <lwip/pbuf.h>
#include <lwip/timeouts.h>
#include <netif/ethernet.h>

#include "lwcmp/platform.h"
#include "ethernet.h"

/* Frames taken in one turn: a flood must not keep the timers from running. */
#define FRAMES 8

static struct netif interface;
static bool mute; /* there was no random number when one was needed */

/* lwIP cannot be told of a failure, so what it makes of 0 is not sent. */
uint32_t lwcmp_network_random(void)
{
    uint32_t value = 0;

    if (lwcmp_platform_entropy((uint8_t *)&value, sizeof(value))) {
        mute = true;
    }
    return value;
}

static err_t send_frame(struct netif *netif, struct pbuf *p)
{
    struct lwcmp_bytes parts[LWCMP_ETHERNET_PARTS];
    size_t n = 0;

    (void)netif;
    for (; p && n < LWCMP_ETHERNET_PARTS; p = p->next) {
        parts[n++] = (struct lwcmp_bytes){p->payload, p->len};
    }
    if (mute || p) {
        return ERR_IF;
    }
    return lwcmp_ethernet_send(parts, n) ? ERR_MEM : ERR_OK;
}

static err_t begin_interface(struct netif *netif)
{
    if (lwcmp_ethernet_begin(netif->hwaddr)) {
        return ERR_IF;
    }
    netif->name[0] = 'e';
    netif->name[1] = 'n';
    netif->hwaddr_len = sizeof(netif->hwaddr);
    netif->mtu = LWCMP_ETHERNET_MAX - SIZEOF_ETH_HDR;
    netif->output = etharp_output;
    netif->linkoutput = send_frame;
    netif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP |
                   NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP;
    return ERR_OK;
}

static bool add_interface(void)
{
    static bool initialised, added;

    if (!initialised) {
        lwip_init();
        initialised = true;
    }
    if (!added &&
        netif_add_noaddr(&interface, NULL, begin_interface, ethernet_input)) {
        netif_set_default(&interface);
        netif_set_up(&interface);
        added = true;
    }
    return added;
}

int lwcmp_network_begin(void)
{
    mute = false;
    if (!add_interface() || dhcp_start(&interface) != ERR_OK) {
        return LWCMP_ERR_NETWORK;
    }
    return mute ? LWCMP_ERR_RANDOM : 0;
}

/* One frame, straight into a buffer of lwIP's pool. */
static bool take_frame(void)
{
    struct pbuf *p = pbuf_alloc(PBUF_RAW, LWCMP_ETHERNET_MAX, PBUF_POOL);
    size_t n;

    if (!p) {
        return false; /* it waits in the controller */
    }
    n = lwcmp_ethernet_receive(p->payload, p->len);
    if (n == 0) {
        (void)pbuf_free(p);
        return false;
    }
    pbuf_realloc(p, (uint16_t)n);
    (void)ethernet_input(p, &interface); /* frees it, whatever it is */
    return true;
}

void lwcmp_network_poll(void)
{
    unsigned i;

    for (i = 0; i < FRAMES && take_frame(); i++) {
    }
    sys_check_timeouts();
}

bool lwcmp_network_is_up(void)
{
    return !mute && dhcp_supplied_address(&interface);
}

struct lwcmp_network_address lwcmp_network_address(void)
{
    struct lwcmp_network_address a = {{0}, {0}, {0}};

    if (lwcmp_network_is_up()) {
        memcpy(a.own, netif_ip4_addr(&interface), sizeof(a.own));
        memcpy(a.router, netif_ip4_gw(&interface), sizeof(a.router));
        memcpy(a.dns, ip_2_ip4(dns_getserver(0)), sizeof(a.dns));
    }
    return a;
}
