/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether a record is the one that was written: its last four bytes are the
 * CRC-32 of those before, as in IEEE 802.3, big-endian.
 */
#ifndef LWCMP_RECORD_H
#define LWCMP_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Goes on with a CRC; the first one is 0. */
uint32_t lwcmp_record_crc(uint32_t crc, const uint8_t *p, size_t n);

/* Sets the last four of n bytes; n is at least four. */
void lwcmp_record_seal(uint8_t *r, size_t n);

bool lwcmp_record_is_whole(const uint8_t *r, size_t n);

#endif
