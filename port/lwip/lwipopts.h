/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lwIP as a device needs it: one Ethernet interface with an address from DHCP,
 * names from DNS, one TCP connection at a time. lwIP includes this by name.
 */
#ifndef LWCMP_LWIP_OPTS_H
#define LWCMP_LWIP_OPTS_H

#include "ethernet.h"

/* No operating system: one main loop calls everything. */
#define NO_SYS 1
#define SYS_LIGHTWEIGHT_PROT 0 /* nothing is called in interrupts */
#define LWIP_NETCONN 0
#define LWIP_SOCKET 0

/* What is spoken, and what is not. */
#define LWIP_IPV4 1
#define LWIP_IPV6 0
#define LWIP_ARP 1
#define LWIP_UDP 1
#define LWIP_TCP 1
#define LWIP_DHCP 1
#define LWIP_DNS 1
/* An answer to a ping would wait for ARP in one of the few buffers. */
#define LWIP_ICMP 0
#define LWIP_RAW 0
#define IP_FORWARD 0    /* a device is no router */
#define IP_REASSEMBLY 0 /* holds memory for a stranger, and TCP avoids it */
#define IP_FRAG 0       /* nothing that we send is longer than a frame */
#define IP_OPTIONS_ALLOWED 0
#define LWIP_SINGLE_NETIF 1
#define LWIP_NETIF_LOOPBACK 0
#define LWIP_HAVE_LOOPIF 0
#define LWIP_STATS 0

/*
 * DHCP takes the address that it is offered: to ask the others first takes
 * more than 8 s, and the server has done so. The second name is lwIP 2.1's.
 */
#define LWIP_ACD 0
#define LWIP_AUTOIP 0
#define LWIP_DHCP_DOES_ACD_CHECK 0
#define DHCP_DOES_ARP_CHECK 0
#define LWIP_DHCP_BOOTP_FILE 0
#define LWIP_DHCP_MAX_DNS_SERVERS 2
#define DNS_MAX_SERVERS 2

/*
 * One look-up at a time. A name of the server may have 127 characters. The
 * identifier and the port of a question are random (LWIP_DNS_SECURE is all on
 * by default).
 */
#define DNS_TABLE_SIZE 1
#define DNS_MAX_REQUESTS 1
#define DNS_MAX_SOURCE_PORTS 1
#define DNS_MAX_NAME_LENGTH 128

/* A wrong answer is forgotten after as many seconds, whatever it says. */
#define DNS_MAX_TTL 300

/* Router, name server, CA, and one more. A packet waits for its address. */
#define ARP_TABLE_SIZE 4
#define ARP_QUEUEING 0

/*
 * What waits for an Ethernet address is copied, or lost if it is long, where
 * it points to memory of the caller: it may wait longer than the message is
 * there.
 */
#define PBUF_NEEDS_COPY(p) \
    (!((p)->type_internal & PBUF_TYPE_FLAG_STRUCT_DATA_CONTIGUOUS))

/*
 * TCP. Segments fill a frame. The window is two of them: an answer of 2 KiB
 * comes in one go, and the pool has a third buffer for the rest of the world.
 * What is lost or out of order the peer sends again.
 */
#define TCP_MSS 1460
#define TCP_WND (2 * TCP_MSS)
#define TCP_SND_BUF (2 * TCP_MSS) /* no memory, messages are not copied */
#define TCP_SND_QUEUELEN 6        /* head, message, and headers of segments */
#define TCP_OVERSIZE 0            /* no room in advance for more data */
#define TCP_QUEUE_OOSEQ 0
#define TCP_LISTEN_BACKLOG 0
#define LWIP_TCP_KEEPALIVE 0

/*
 * Memory. The heap is for what is sent: the head of a request (up to 512
 * bytes), headers, ARP, DNS; and for DHCP, whose lease may have to be renewed
 * at the same time.
 */
#if UINTPTR_MAX > 0xffffffffU
#define MEM_ALIGNMENT 8
#define MEM_SIZE 2048 /* pointers are longer */
#else
#define MEM_ALIGNMENT 4
#define MEM_SIZE 1600
#endif
#define MEMP_NUM_PBUF 4    /* parts of messages that are not copied */
#define MEMP_NUM_UDP_PCB 2 /* DHCP, DNS */
/* A closing connection makes room for a new one (see client_tcp.c). */
#define MEMP_NUM_TCP_PCB 1
#define MEMP_NUM_TCP_PCB_LISTEN 0 /* a device is no server */
#define MEMP_NUM_TCP_SEG TCP_SND_QUEUELEN

/*
 * A received frame lies in one buffer of the pool, into which the driver puts
 * it.
 */
#define PBUF_POOL_SIZE 3
#define PBUF_POOL_BUFSIZE LWCMP_ETHERNET_MAX

#endif
