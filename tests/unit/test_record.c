/* SPDX-License-Identifier: Apache-2.0 */
/* src/record.c */
#include "vectors.h"

#include "record.h"

/* The check value of CRC-32 that every table of CRCs gives. */
static const uint8_t sealed[] = {'1', '2', '3',  '4',  '5',  '6', '7',
                                 '8', '9', 0xcb, 0xf4, 0x39, 0x26};

static void test_seal(void **state)
{
    uint8_t r[sizeof sealed] = "123456789";

    (void)state;
    lwcmp_record_seal(r, sizeof r);
    assert_memory_equal(r, sealed, sizeof r);
    assert_true(lwcmp_record_is_whole(r, sizeof r));
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
    uint8_t r[4] = {1, 2, 3, 4};

    (void)state;
    lwcmp_record_seal(r, sizeof r);
    assert_memory_equal(r, ((uint8_t[4]){0, 0, 0, 0}), sizeof r);
    assert_true(lwcmp_record_is_whole(r, sizeof r));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_seal),
        cmocka_unit_test(test_every_flipped_bit),
        cmocka_unit_test(test_every_shorter_length),
        cmocka_unit_test(test_empty),
    };

    return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
