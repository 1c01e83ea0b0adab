/* SPDX-License-Identifier: Apache-2.0 */
#include "journal.h"

#include <string.h>

#include "record.h"

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

static bool is_whole(const uint8_t *r, size_t n)
{
    return n == RECORD_N && r[0] == MAGIC && r[1] == VERSION &&
           lwcmp_record_is_whole(r, n);
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
    lwcmp_record_seal(r, sizeof r);
    return store->write(store->context, LWCMP_RECORD_JOURNAL, &part, 1);
}
