/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The compiler and the machine as lwIP wants to know them; it includes this by
 * name. Nothing here comes from a C library beyond its freestanding headers
 * and mem* and str*.
 */
#ifndef LWCMP_LWIP_ARCH_CC_H
#define LWCMP_LWIP_ARCH_CC_H

#include "lwcmp/platform.h"

#define LWIP_NO_INTTYPES_H 1
#define LWIP_NO_CTYPE_H 1

/* GCC and Clang. */
#define BYTE_ORDER __BYTE_ORDER__
#define LITTLE_ENDIAN __ORDER_LITTLE_ENDIAN__
#define BIG_ENDIAN __ORDER_BIG_ENDIAN__

/* lwIP prints nothing. */
#define LWIP_PLATFORM_DIAG(x)

/* The host's tests check lwIP's assertions; a device has no one to read it. */
#ifdef LWCMP_LWIP_ASSERT
#include <stdlib.h>
#define LWIP_PLATFORM_ASSERT(x) abort()
#else
#define LWIP_NOASSERT
#endif

/* lwIP calls this for the time in milliseconds. */
#define sys_now lwcmp_platform_uptime

/*
 * TCP's initial sequence numbers, ports, identifiers of DNS and DHCP: a
 * stranger who could guess them could answer. See network.h for what happens
 * when there are no random bytes.
 */
uint32_t lwcmp_network_random(void);

#define LWIP_RAND() lwcmp_network_random()
#define LWIP_HOOK_TCP_ISN(a, b, c, d) lwcmp_network_random()

#endif
