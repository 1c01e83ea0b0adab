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

static void put(uint8_t *p, uint32_t value)
{
    for (unsigned i = CRC_N; i-- > 0; value >>= 8) {
        p[i] = (uint8_t)value;
    }
}

static uint32_t get(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
           p[3];
}

void lwcmp_record_seal(uint8_t *r, size_t n)
{
    put(r + n - CRC_N, lwcmp_record_crc(0, r, n - CRC_N));
}

bool lwcmp_record_is_whole(const uint8_t *r, size_t n)
{
    return n >= CRC_N &&
           get(r + n - CRC_N) == lwcmp_record_crc(0, r, n - CRC_N);
}
