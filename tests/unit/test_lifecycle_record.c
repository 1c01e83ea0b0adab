/* SPDX-License-Identifier: Apache-2.0 */
/* src/lifecycle_record.c */
#include "vectors.h"

#include "lwcmp/lifecycle.h"
#include "record.h"
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

static const struct lwcmp_life sample = {
    .floor = 0x01020304,
    .least = 0x11121314,
    .window = 0x21222324,
    .failures = 0x31,
    .refused = LWCMP_LIFE_RENEW,
    .claims = 0x33,
    .revoked = true,
    .stuck = true,
    .succeeded = true,
};

static uint8_t *octets(void)
{
    return ram.record[LWCMP_RECORD_LIFE].p;
}

/* A life without failures, after a reset. */
static void check_new(void)
{
    struct lwcmp_life due, life = sample;

    memset(&due, 0, sizeof due);
    due.after_reset = true;
    CHECK_INT(lwcmp_life_read(&store, &life), 0);
    CHECK(memcmp(&life, &due, sizeof due) == 0);
}

static void test_absent(void **state)
{
    (void)state;
    check_new();
    assert_int_equal(ram.operations, 1);
    assert_int_equal(ram.writes + ram.removes, 0);
}

static void test_round_trip(void **state)
{
    struct lwcmp_life life;

    (void)state;
    assert_int_equal(lwcmp_life_write(&store, &sample), 0);
    assert_int_equal(ram.operations, 1);
    assert_int_equal(lwcmp_life_read(&store, &life), 0);
    assert_true(life.floor == sample.floor);
    assert_int_equal(life.least, sample.least);
    assert_int_equal(life.window, sample.window);
    assert_int_equal(life.failures, sample.failures);
    assert_int_equal(life.refused, sample.refused);
    assert_int_equal(life.claims, sample.claims);
    assert_true(life.revoked);
    assert_false(life.stuck);
    assert_false(life.succeeded);
    assert_true(life.after_reset);
}

/* The record is the one that is documented, on a little-endian machine. */
static void test_written_octets(void **state)
{
    struct lwcmp_bytes due = vectors_hex("6c010403020114131211242322213102"
                                         "3301bf020e04");

    (void)state;
    vectors_at("record");
    assert_int_equal(lwcmp_life_write(&store, &sample), 0);
    CHECK_BYTES(
        ((struct lwcmp_bytes){octets(), ram.record[LWCMP_RECORD_LIFE].n}), due);
    vectors_free(due);
}

static void test_every_flipped_bit(void **state)
{
    (void)state;
    assert_int_equal(lwcmp_life_write(&store, &sample), 0);
    for (size_t bit = 0; bit < 8 * ram.record[LWCMP_RECORD_LIFE].n; bit++) {
        vectors_at("bit %u", (unsigned)bit);
        octets()[bit / 8] ^= (uint8_t)(1u << bit % 8);
        check_new();
        octets()[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
}

static void test_every_other_length(void **state)
{
    size_t n;

    (void)state;
    assert_int_equal(lwcmp_life_write(&store, &sample), 0);
    n = ram.record[LWCMP_RECORD_LIFE].n;
    for (size_t other = 0; other < 2 * n; other++) {
        vectors_at("%u bytes", (unsigned)other);
        ram.record[LWCMP_RECORD_LIFE].n = other;
        if (other != n) {
            check_new();
        }
    }
}

/* Whole, but of another version, or with a value that no one has written. */
static void test_others(void **state)
{
    static const uint8_t at[][2] = {{0, 0x4c}, {1, 0}, {1, 2}, {17, 2}};
    uint8_t r[STORE_RAM_MAX];
    size_t n;

    (void)state;
    for (size_t i = 0; i < COUNT(at); i++) {
        vectors_at("case %u", (unsigned)i);
        assert_int_equal(lwcmp_life_write(&store, &sample), 0);
        n = ram.record[LWCMP_RECORD_LIFE].n - 4;
        memcpy(r, octets(), n);
        r[at[i][0]] = at[i][1];
        assert_int_equal(
            lwcmp_record_write(&store, LWCMP_RECORD_LIFE, r, r + 2, n - 2), 0);
        check_new();
    }
}

static void test_store_errors(void **state)
{
    struct lwcmp_life life = sample;

    (void)state;
    assert_int_equal(lwcmp_life_write(&store, &sample), 0);
    ram.error = LWCMP_ERR_STORE;
    ram.fail_at = ram.operations + 1;
    assert_int_equal(lwcmp_life_read(&store, &life), LWCMP_ERR_STORE);
    assert_int_equal(life.failures, 0);
    assert_true(life.after_reset);
    ram.fail_at = ram.operations + 1;
    assert_int_equal(lwcmp_life_write(&store, &sample), LWCMP_ERR_STORE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_absent, start),
        cmocka_unit_test_setup(test_round_trip, start),
        cmocka_unit_test_setup(test_written_octets, start),
        cmocka_unit_test_setup(test_every_flipped_bit, start),
        cmocka_unit_test_setup(test_every_other_length, start),
        cmocka_unit_test_setup(test_others, start),
        cmocka_unit_test_setup(test_store_errors, start),
    };

    return cmocka_run_group_tests_name("lifecycle_record", tests, NULL, NULL);
}
