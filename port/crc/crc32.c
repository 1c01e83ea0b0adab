/* SPDX-License-Identifier: Apache-2.0 */
/* Bit by bit: a table would cost more flash than it saves time. */
#include "crc32.h"

uint32_t lwcmp_crc32(uint32_t crc, const void *p, size_t n)
{
    const uint8_t *byte = p;

    crc = ~crc;
    for (size_t i = 0; i < n; i++) {
        crc ^= byte[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = crc >> 1 ^ ((crc & 1) ? 0xedb88320u : 0u);
        }
    }
    return ~crc;
}
