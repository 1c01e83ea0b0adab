/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records that tell whether they are whole: two octets that say what it is,
 * the content, and a CRC-32 of all that, as in IEEE 802.3, big-endian.
 */
#ifndef LWCMP_RECORD_H
#define LWCMP_RECORD_H

#include "lwcmp/store.h"

/* Goes on with a CRC; the first one is 0. */
uint32_t lwcmp_record_crc(uint32_t crc, const uint8_t *p, size_t n);

#if LWCMP_WITH_ERRANDS
uint32_t lwcmp_record_crc_of(uint32_t crc, const struct lwcmp_bytes *part);
#else
static inline uint32_t lwcmp_record_crc_of(uint32_t crc,
                                           const struct lwcmp_bytes *part)
{
    return lwcmp_record_crc(crc, part->p, part->n);
}
#endif

/* Writes a record of n octets of content. */
int lwcmp_record_write(const struct lwcmp_store *store, enum lwcmp_record id,
                       const uint8_t what[2], const void *content, size_t n);

/* Whether n octets that were read are one. */
bool lwcmp_record_is_whole(const uint8_t *r, size_t n);

#endif
