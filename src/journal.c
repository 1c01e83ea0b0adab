/* SPDX-License-Identifier: Apache-2.0 */
#include "journal.h"

#include <string.h>

enum {
    MAGIC = 0x4c,
    VERSION = 1,
    AT_ACTIVE = 2, /* struct lwcmp_journal, which is nothing but bytes */
    AT_PHASE = 3,
    AT_OPERATION = 4,
    AT_WAITS = 5,
    AT_NONCE_N = 38,
    AT_CRC = AT_ACTIVE + sizeof(struct lwcmp_journal),
    RECORD_N = AT_CRC + 4
};

/* CRC-32 as in IEEE 802.3, four bits at a time. */
static uint32_t crc32(const uint8_t *p, size_t n)
{
    static const uint32_t of[16] = {
        0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
        0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
        0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
    };
    uint32_t crc = UINT32_MAX;

    for (; n > 0; n--) {
        crc ^= *p++;
        crc = crc >> 4 ^ of[crc & 15];
        crc = crc >> 4 ^ of[crc & 15];
    }
    return ~crc;
}

static void put_crc(uint8_t r[RECORD_N])
{
    uint32_t crc = crc32(r, AT_CRC);

    r[AT_CRC] = (uint8_t)(crc >> 24);
    r[AT_CRC + 1] = (uint8_t)(crc >> 16);
    r[AT_CRC + 2] = (uint8_t)(crc >> 8);
    r[AT_CRC + 3] = (uint8_t)crc;
}

static bool is_whole(uint8_t r[RECORD_N], size_t n)
{
    uint8_t crc[4];

    if (n != RECORD_N || r[0] != MAGIC || r[1] != VERSION) {
        return false;
    }
    memcpy(crc, r + AT_CRC, sizeof crc);
    put_crc(r);
    return memcmp(crc, r + AT_CRC, sizeof crc) == 0;
}

static bool makes_sense(const uint8_t r[RECORD_N])
{
    return r[AT_ACTIVE] <= 2 && r[AT_PHASE] <= LWCMP_PHASE_KEPT &&
           r[AT_OPERATION] <= LWCMP_KUR &&
           r[AT_WAITS] <= LWCMP_WAITS_CERTCONF &&
           r[AT_NONCE_N] <= LWCMP_MAX_NONCE;
}

/*
 * A device without a record is new. A damaged record is refused: what it
 * meant is not to be guessed, and nothing is overwritten.
 */
int lwcmp_journal_read(const struct lwcmp_store *store,
                       struct lwcmp_journal *journal)
{
    uint8_t r[LWCMP_JOURNAL_MAX];
    size_t n;
    int err;

    memset(journal, 0, sizeof *journal);
    err = store->read(store->context, LWCMP_RECORD_JOURNAL, r, sizeof r, &n);
    if (err == LWCMP_ERR_BUFFER) {
        return LWCMP_ERR_JOURNAL;
    }
    if (err || n == 0) {
        return err;
    }
    if (!is_whole(r, n) || !makes_sense(r)) {
        return LWCMP_ERR_JOURNAL;
    }
    memcpy(journal, r + AT_ACTIVE, sizeof *journal);
    return 0;
}

int lwcmp_journal_write(const struct lwcmp_store *store,
                        const struct lwcmp_journal *journal)
{
    uint8_t r[RECORD_N];
    struct lwcmp_bytes part = {r, sizeof r};

    r[0] = MAGIC;
    r[1] = VERSION;
    memcpy(r + AT_ACTIVE, journal, sizeof *journal);
    put_crc(r);
    return store->write(store->context, LWCMP_RECORD_JOURNAL, &part, 1);
}
