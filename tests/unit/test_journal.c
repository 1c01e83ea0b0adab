/* SPDX-License-Identifier: Apache-2.0 */
/* src/journal.c */
#include "vectors.h"

#include "journal.h"
#include "store_ram.h"

static struct store_ram ram;
static struct lwcmp_store store;

static int start(void **state)
{
    (void)state;
    memset(&ram, 0, sizeof ram);
    store = store_ram(&ram);
    return 0;
}

static const struct lwcmp_journal sample = {
    .active = 1,
    .phase = LWCMP_PHASE_KEPT,
    .transaction_id = {0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8,
                       0xa9, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xaf},
    .operation = LWCMP_CR,
    .waits = LWCMP_WAITS_RESPONSE,
    .request_nonce = {0xb0, 0xb1, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8,
                      0xb9, 0xba, 0xbb, 0xbc, 0xbd, 0xbe, 0xbf},
    .interval = 0x3c3c3c3c,
    .request_digest = 0xd0d0d0d0,
    .peer_nonce_n = 16,
    .peer_nonce = {0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9,
                   0xca, 0xcb, 0xcc, 0xcd, 0xce, 0xcf},
};

static bool is_blank(const struct lwcmp_journal *journal)
{
    static const struct lwcmp_journal blank;

    return memcmp(journal, &blank, sizeof blank) == 0;
}

static void test_absent_is_new(void **state)
{
    struct lwcmp_journal journal = sample;

    (void)state;
    assert_int_equal(lwcmp_journal_read(&store, &journal), 0);
    assert_true(is_blank(&journal));
    assert_int_equal(ram.operations, 1);
    assert_int_equal(ram.writes + ram.removes, 0);
}

static void check_record(char *const field[])
{
    struct lwcmp_bytes record = vectors_hex(field[0]);
    struct lwcmp_journal journal = sample;

    memset(&ram, 0, sizeof ram);
    assert_true(record.n <= STORE_RAM_MAX);
    memcpy(ram.record[LWCMP_RECORD_JOURNAL].p, record.p, record.n);
    ram.record[LWCMP_RECORD_JOURNAL].n = record.n;
    CHECK_INT(lwcmp_journal_read(&store, &journal), vectors_error(field[1]));
    if (strcmp(field[1], "ok") == 0) {
        struct lwcmp_bytes id = vectors_hex(field[4]);

        CHECK_INT(journal.active, strtol(field[2], NULL, 10));
        CHECK_INT(journal.phase, strtol(field[3], NULL, 10));
        CHECK_BYTES(((struct lwcmp_bytes){journal.transaction_id, 16}), id);
        vectors_free(id);
    } else {
        CHECK(is_blank(&journal));
    }
    CHECK_INT(ram.writes + ram.removes, 0);
    vectors_free(record);
}

static void test_records(void **state)
{
    (void)state;
    vectors_each("der/journal.txt", 5, check_record);
}

static void test_round_trip(void **state)
{
    struct lwcmp_journal journal = {0};

    (void)state;
    assert_int_equal(lwcmp_journal_write(&store, &sample), 0);
    assert_int_equal(ram.writes, 1);
    assert_int_equal(ram.operations, 1);
    assert_true(ram.record[LWCMP_RECORD_JOURNAL].n <= LWCMP_JOURNAL_MAX);
    assert_int_equal(lwcmp_journal_read(&store, &journal), 0);
    assert_memory_equal(&journal, &sample, sizeof sample);
}

/* The record is the one that is documented. */
static void test_written_octets(void **state)
{
    struct lwcmp_bytes due =
        vectors_hex("4c0201020202a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5"
                    "b6b7b8b9babbbcbdbebf3c3c3c3cd0d0d0d0c0c1c2c3c4c5c6c7c8c9"
                    "cacbcccdcecf000000000000000000000000000000001000000002ef"
                    "9037");

    (void)state;
    vectors_at("record");
    assert_int_equal(lwcmp_journal_write(&store, &sample), 0);
    CHECK_BYTES(((struct lwcmp_bytes){ram.record[LWCMP_RECORD_JOURNAL].p,
                                      ram.record[LWCMP_RECORD_JOURNAL].n}),
                due);
    vectors_free(due);
}

/* Whatever happens to one byte, the record is refused and stays as it is. */
static void test_every_flipped_byte(void **state)
{
    uint8_t *p = ram.record[LWCMP_RECORD_JOURNAL].p;
    struct lwcmp_journal journal;

    (void)state;
    assert_int_equal(lwcmp_journal_write(&store, &sample), 0);
    for (size_t at = 0; at < ram.record[LWCMP_RECORD_JOURNAL].n; at++) {
        for (unsigned flip = 1; flip < 0x100; flip++) {
            vectors_at("byte %u xor %02x", (unsigned)at, flip);
            p[at] ^= (uint8_t)flip;
            journal = sample;
            CHECK_INT(lwcmp_journal_read(&store, &journal), LWCMP_ERR_JOURNAL);
            CHECK(is_blank(&journal));
            p[at] ^= (uint8_t)flip;
        }
    }
    assert_int_equal(lwcmp_journal_read(&store, &journal), 0);
    assert_int_equal(ram.writes, 1);
}

#if LWCMP_WITH_POLL_BY_ID
static void test_transaction_id_of_a_length(void **state)
{
    struct lwcmp_journal journal = sample;

    (void)state;
    for (unsigned n = 0; n < 256; n++) {
        journal.id_n = (uint8_t)n;
        assert_int_equal(lwcmp_journal_write(&store, &journal), 0);
        assert_int_equal(lwcmp_journal_read(&store, &journal),
                         n <= 16 ? 0 : LWCMP_ERR_JOURNAL);
    }
}
#endif

static void test_store_errors(void **state)
{
    static const int errors[] = {LWCMP_ERR_STORE, LWCMP_ERR_CONFIG};
    struct lwcmp_journal journal;

    (void)state;
    assert_int_equal(lwcmp_journal_write(&store, &sample), 0);
    for (size_t i = 0; i < COUNT(errors); i++) {
        vectors_at("error %d", errors[i]);
        ram.fail_at = ram.operations + 1;
        ram.error = errors[i];
        journal = sample;
        CHECK_INT(lwcmp_journal_read(&store, &journal), errors[i]);
        CHECK(is_blank(&journal));
        ram.fail_at = ram.operations + 1;
        CHECK_INT(lwcmp_journal_write(&store, &sample), errors[i]);
        CHECK_INT(lwcmp_journal_read(&store, &journal), 0);
        CHECK_INT(journal.phase, sample.phase);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_absent_is_new, start),
        cmocka_unit_test_setup(test_records, start),
        cmocka_unit_test_setup(test_round_trip, start),
        cmocka_unit_test_setup(test_written_octets, start),
        cmocka_unit_test_setup(test_every_flipped_byte, start),
#if LWCMP_WITH_POLL_BY_ID
        cmocka_unit_test_setup(test_transaction_id_of_a_length, start),
#endif
        cmocka_unit_test_setup(test_store_errors, start),
    };

    return cmocka_run_group_tests_name("journal", tests, NULL, NULL);
}
