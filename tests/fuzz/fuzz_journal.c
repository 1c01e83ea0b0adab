/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The journal record as it may lie in flash, as it is and with its checksum
 * put right. What is accepted is written again as it was; what is refused
 * stops the engine before it writes.
 */
#include "fuzz.h"

#include "device.h"

const char fuzz_name[] = "journal";

static struct device d;

/* The last four octets, so that the checks behind them are reached. */
static void mend_checksum(uint8_t *p, size_t n)
{
    uint32_t crc = UINT32_MAX;

    for (size_t i = 0; i + 4 < n; i++) {
        crc ^= p[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = crc >> 1 ^ ((crc & 1) ? 0xedb88320u : 0u);
        }
    }
    for (size_t i = 0; i < 4; i++) {
        p[n - 4 + i] = (uint8_t)(~crc >> (24 - 8 * i));
    }
}

/* A record of the first version is written as one of this version. */
static void check_accepted(const struct lwcmp_journal *journal,
                           struct lwcmp_bytes was)
{
    const uint8_t *is = d.ram.record[LWCMP_RECORD_JOURNAL].p;
    struct lwcmp_journal again;

    if (was.n == 0) {
        return;
    }
    assert_int_equal(lwcmp_journal_write(&d.store, journal), 0);
    if (was.p[1] == is[1]) {
        assert_int_equal(d.ram.record[LWCMP_RECORD_JOURNAL].n, was.n);
        assert_memory_equal(is, was.p, was.n);
    }
    assert_int_equal(lwcmp_journal_read(&d.store, &again), 0);
    assert_memory_equal(&again, journal, sizeof again);
}

static void check_record(struct lwcmp_bytes record)
{
    struct lwcmp_journal journal;
    unsigned slot;
    int err;

    device_init(&d);
    memcpy(d.ram.record[LWCMP_RECORD_JOURNAL].p, record.p, record.n);
    d.ram.record[LWCMP_RECORD_JOURNAL].n = record.n;
    err = lwcmp_journal_read(&d.store, &journal);
    assert_true(err == 0 || err == LWCMP_ERR_JOURNAL);
    assert_int_equal(lwcmp_free_slot(&d.store, &slot), err);
    if (err == 0) {
        assert_in_range(slot, 0, 1);
        assert_in_range(journal.active, 0, 2);
        assert_in_range(journal.phase, 0, LWCMP_PHASE_KEPT);
        check_accepted(&journal, record);
    }
    /* Nobody answers: with or without a usable journal this comes to an end */
    d.gone_at = 1;
    d.gone_why = LWCMP_ERR_NETWORK;
    assert_int_not_equal(device_run(&d), 0);
    assert_true(err == 0 || d.ram.writes == 0);
    (void)lwcmp_end(&d.c);
    assert_int_equal(crypto_toy_volatile_keys(), 0);
    device_free(&d);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    uint8_t record[STORE_RAM_MAX];

    if (n > sizeof record) {
        return 0;
    }
    if (n > 0) {
        memcpy(record, p, n);
    }
    check_record((struct lwcmp_bytes){record, n});
    if (n >= 4) {
        mend_checksum(record, n);
        check_record((struct lwcmp_bytes){record, n});
    }
    return 0;
}
