/* SPDX-License-Identifier: Apache-2.0 */
/* src/record.c */
#include "vectors.h"

#include "record.h"
#include "store_ram.h"

/* The check value of CRC-32 that every table of CRCs gives. */
static const uint8_t sealed[] = {'1', '2', '3',  '4',  '5',  '6', '7',
                                 '8', '9', 0xcb, 0xf4, 0x39, 0x26};

static void test_write(void **state)
{
    static struct store_ram ram;
    const struct lwcmp_store store = store_ram(&ram);
    const uint8_t what[] = {'1', '2'};

    (void)state;
    assert_int_equal(
        lwcmp_record_write(&store, LWCMP_RECORD_LIFE, what, "3456789", 7), 0);
    assert_int_equal(ram.writes, 1);
    assert_int_equal(ram.record[LWCMP_RECORD_LIFE].n, sizeof sealed);
    assert_memory_equal(ram.record[LWCMP_RECORD_LIFE].p, sealed, sizeof sealed);
    assert_true(lwcmp_record_is_whole(sealed, sizeof sealed));
    ram.fail_at = ram.operations + 1;
    ram.error = LWCMP_ERR_STORE;
    assert_int_equal(
        lwcmp_record_write(&store, LWCMP_RECORD_LIFE, what, "3456789", 7),
        LWCMP_ERR_STORE);
}

static void test_every_flipped_bit(void **state)
{
    uint8_t r[sizeof sealed];

    (void)state;
    memcpy(r, sealed, sizeof r);
    for (size_t bit = 0; bit < 8 * sizeof r; bit++) {
        vectors_at("bit %u", (unsigned)bit);
        r[bit / 8] ^= (uint8_t)(1u << bit % 8);
        CHECK(!lwcmp_record_is_whole(r, sizeof r));
        r[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    assert_true(lwcmp_record_is_whole(r, sizeof r));
}

/* Of a length that has no room for the checksum, too. */
static void test_every_shorter_length(void **state)
{
    (void)state;
    for (size_t n = 0; n < sizeof sealed; n++) {
        uint8_t *r = malloc(n);

        vectors_at("%u bytes", (unsigned)n);
        if (n > 0) {
            memcpy(r, sealed, n);
        }
        CHECK(!lwcmp_record_is_whole(r, n));
        free(r);
    }
}

/* Nothing but a checksum is a whole record of nothing. */
static void test_empty(void **state)
{
    static const uint8_t zeros[4], others[4] = {1, 2, 3, 4};

    (void)state;
    assert_true(lwcmp_record_is_whole(zeros, sizeof zeros));
    assert_false(lwcmp_record_is_whole(others, sizeof others));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_write),
        cmocka_unit_test(test_every_flipped_bit),
        cmocka_unit_test(test_every_shorter_length),
        cmocka_unit_test(test_empty),
    };

    return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
