/* SPDX-License-Identifier: Apache-2.0 */
#include "record.h"

#define CRC_N 4u

/* Four bits at a time. */
uint32_t lwcmp_record_crc(uint32_t crc, const uint8_t *p, size_t n)
{
    static const uint32_t of[16] = {
        0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
        0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
        0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
    };

    crc = ~crc;
    for (; n > 0; n--) {
        crc ^= *p++;
        crc = crc >> 4 ^ of[crc & 15];
        crc = crc >> 4 ^ of[crc & 15];
    }
    return ~crc;
}

#if LWCMP_WITH_ERRANDS
uint32_t lwcmp_record_crc_of(uint32_t crc, const struct lwcmp_bytes *part)
{
    return lwcmp_record_crc(crc, part->p, part->n);
}
#endif

static uint32_t get(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
           p[3];
}

int lwcmp_record_write(const struct lwcmp_store *store, enum lwcmp_record id,
                       const uint8_t what[2], const void *content, size_t n)
{
    uint32_t sum = lwcmp_record_crc(lwcmp_record_crc(0, what, 2), content, n);
    const uint8_t crc[CRC_N] = {(uint8_t)(sum >> 24), (uint8_t)(sum >> 16),
                                (uint8_t)(sum >> 8), (uint8_t)sum};
    const struct lwcmp_bytes parts[] = {{what, 2}, {content, n}, {crc, CRC_N}};

    return store->write(store->context, id, parts,
                        sizeof parts / sizeof parts[0]);
}

bool lwcmp_record_is_whole(const uint8_t *r, size_t n)
{
    return n >= CRC_N &&
           get(r + n - CRC_N) == lwcmp_record_crc(0, r, n - CRC_N);
}
