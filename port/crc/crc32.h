/* SPDX-License-Identifier: Apache-2.0 */
/* The checksum of what ports keep in flash. */
#ifndef LWCMP_CRC_CRC32_H
#define LWCMP_CRC_CRC32_H

#include <stddef.h>
#include <stdint.h>

/*
 * CRC-32 as in IEEE 802.3. The first call takes 0, each further one what the
 * one before has returned, so that data may come in pieces.
 */
uint32_t lwcmp_crc32(uint32_t crc, const void *p, size_t n);

#endif
