/* SPDX-License-Identifier: Apache-2.0 */
#include "journal.h"

#include <string.h>

#include "record.h"

/* Version 1 had no interval, no digest, and room for longer nonces. */
enum {
    MAGIC = 0x4c,
    VERSION = 2,
    AT_JOURNAL = 2, /* struct lwcmp_journal, which is nothing but bytes */
    RECORD_N = AT_JOURNAL + sizeof(struct lwcmp_journal) + 4,
    RECORD_1_N = 107,
    COMMON_N = offsetof(struct lwcmp_journal, interval)
};

static bool makes_sense(const struct lwcmp_journal *journal)
{
    return journal->active <= 2 && journal->phase <= LWCMP_PHASE_KEPT &&
           journal->operation <= LWCMP_KRR &&
           journal->waits <= LWCMP_WAITS_PROOF &&
           journal->peer_nonce_n <= LWCMP_MAX_NONCE && journal->doubtful <= 1 &&
           (!LWCMP_WITH_POLL_BY_ID ||
            journal->id_n <= sizeof journal->transaction_id);
}

/*
 * What a record says. Of one that an older firmware has written all counts but
 * where its transaction stood: that is asked for anew, with the same key.
 */
static int read_record(const uint8_t *r, size_t n,
                       struct lwcmp_journal *journal)
{
    bool old = n == RECORD_1_N && r[1] == 1;

    if (!old && (n != RECORD_N || r[1] != VERSION)) {
        return LWCMP_ERR_JOURNAL;
    }
    if (r[0] != MAGIC || !lwcmp_record_is_whole(r, n)) {
        return LWCMP_ERR_JOURNAL;
    }
    memcpy(journal, r + AT_JOURNAL, old ? COMMON_N : sizeof *journal);
    if (old) {
        journal->waits = LWCMP_WAITS_NOT;
    }
    return makes_sense(journal) ? 0 : LWCMP_ERR_JOURNAL;
}

/*
 * A device without a record is new. A damaged record is refused: what it
 * meant is not to be guessed, and nothing is overwritten.
 */
static int read(const struct lwcmp_store *store, enum lwcmp_record id,
                struct lwcmp_journal *journal)
{
    uint8_t r[LWCMP_JOURNAL_MAX];
    size_t n;
    int err;

    memset(journal, 0, sizeof *journal);
    err = store->read(store->context, id, r, sizeof r, &n);
    if (err == LWCMP_ERR_BUFFER) {
        return LWCMP_ERR_JOURNAL;
    }
    if (err || n == 0) {
        return err;
    }
    err = read_record(r, n, journal);
    if (err) {
        memset(journal, 0, sizeof *journal);
    }
    return err;
}

static int write(const struct lwcmp_store *store, enum lwcmp_record id,
                 const struct lwcmp_journal *journal)
{
    static const uint8_t what[] = {MAGIC, VERSION};

    return lwcmp_record_write(store, id, what, journal, sizeof *journal);
}

int lwcmp_journal_read(const struct lwcmp_store *store,
                       struct lwcmp_journal *journal)
{
    return read(store, LWCMP_RECORD_JOURNAL, journal);
}

int lwcmp_journal_write(const struct lwcmp_store *store,
                        const struct lwcmp_journal *journal)
{
    return write(store, LWCMP_RECORD_JOURNAL, journal);
}

#if LWCMP_WITH_ERRANDS
int lwcmp_errand_read(const struct lwcmp_store *store,
                      struct lwcmp_journal *journal)
{
    return read(store, LWCMP_RECORD_ERRAND, journal);
}

int lwcmp_errand_write(const struct lwcmp_store *store,
                       const struct lwcmp_journal *journal)
{
    return write(store, LWCMP_RECORD_ERRAND, journal);
}
#endif
