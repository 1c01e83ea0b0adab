/* SPDX-License-Identifier: Apache-2.0 */
/* port/flash/log_open.c: what else may be in the flash. */
#include "log_fixture.h"
#include "units.h"

#include "crc/crc32.h"

enum {
    BLOCK = 1024,
    RECORDS = 5
};

static uint32_t unit;
static uint32_t at[RECORDS + 1]; /* where the records begin; the end */

/* The id is 1 to 3, so that 1 and 2 have an older one. */
static uint64_t id_of(uint32_t record)
{
    return 1 + record % 3;
}

static bool has_now(uint32_t record)
{
    return has(STORE, id_of(record), 40 + record, record);
}

static bool fails(uint64_t id)
{
    uint8_t p[RECORD_MAX];
    size_t n = 1, size = 1;

    return lwcmp_log_read(&log_, STORE, id, 0, p, sizeof p, &n, &size) ==
               LWCMP_ERR_STORE &&
           n == 0 && size == 0;
}

static int setup(void **state)
{
    unit = *(const uint32_t *)*state;
    flash_sim_begin(&sim, unit, BLOCK, 1);
    assert_int_equal(lwcmp_log_open(&log_, &sim.flash), LWCMP_LOG_NEW);
    for (uint32_t i = 0; i < RECORDS; i++) {
        at[i] = log_.bank + log_.end;
        assert_int_equal(put(STORE, id_of(i), 40 + i, i), 0);
    }
    at[RECORDS] = log_.bank + log_.end;
    return 0;
}

static void flip(uint32_t bit)
{
    sim.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
    flash_sim_load(&sim, sim.bytes);
}

static void check_damaged(void)
{
    static struct flash_sim before;
    struct lwcmp_log_use use;

    before = sim;
    assert_int_equal(power_cycle(), LWCMP_LOG_DAMAGED);
    assert_true(fails(1));
    assert_int_equal(put(STORE, 1, 5, 1), LWCMP_ERR_STORE);
    assert_int_equal(lwcmp_log_remove(&log_, STORE, 1, true), LWCMP_ERR_STORE);
    assert_int_equal(lwcmp_log_measure(&log_, &use), LWCMP_ERR_STORE);
    assert_memory_equal(sim.bytes, before.bytes, sim.size);
    assert_int_equal(sim.operations, before.operations);
    assert_int_equal(lwcmp_log_format(&log_), 0);
    assert_true(has(STORE, 1, 0, 0));
    assert_int_equal(put(STORE, 1, 50, 77), 0);
    assert_int_equal(power_cycle(), LWCMP_LOG_GOOD);
    assert_true(has(STORE, 1, 50, 77));
    assert_int_equal(live(), span(50));
}

static void test_foreign(void **state)
{
    static uint8_t image[2 * BLOCK];

    (void)state;
    memset(image, 0xff, sizeof image);
    image[sizeof image - 1] = 0xfe;
    flash_sim_load(&sim, image);
    check_damaged();
    fill(image, sizeof image, 1);
    flash_sim_load(&sim, image);
    check_damaged();
}

/* A header that makes sense, with a checksum that fits. */
static void seal(uint8_t *h)
{
    uint32_t crc = lwcmp_crc32(0, h, 12);

    for (int i = 0; i < 4; i++) {
        h[12 + i] = (uint8_t)(crc >> (24 - 8 * i));
    }
}

static void test_other_geometry(void **state)
{
    static struct flash_sim before;

    (void)state;
    assert_int_equal(lwcmp_log_remove(&log_, STORE, 1, true), 0);
    assert_int_equal(log_.bank, 0);
    before = sim;
    sim.flash.unit = unit == 4 ? 8 : 4;
    flash_sim_load(&sim, sim.bytes);
    check_damaged();
    sim = before;
    sim.flash.block_size = BLOCK / 2;
    sim.size = BLOCK;
    check_damaged();
    sim = before;
    sim.bytes[1]++; /* the version */
    seal(sim.bytes);
    check_damaged();
}

static void test_blank_again(void **state)
{
    (void)state;
    assert_int_equal(lwcmp_log_format(&log_), 0);
    assert_int_equal(power_cycle(), LWCMP_LOG_GOOD);
    flash_sim_begin(&sim, unit, BLOCK, 1);
    assert_int_equal(lwcmp_log_open(&log_, &sim.flash), LWCMP_LOG_NEW);
    assert_int_equal(power_cycle(), LWCMP_LOG_GOOD);
}

/* What rots stays known as that, until it is replaced or removed. */
static void check_rotten(uint32_t record)
{
    uint64_t id = id_of(record);

    assert_int_equal(power_cycle(), LWCMP_LOG_GOOD);
    for (int turn = 0; turn < 3; turn++) {
        for (uint32_t i = RECORDS - 3; i < RECORDS; i++) {
            assert_int_equal(has_now(i), i != record);
        }
        assert_true(fails(id));
        assert_int_equal(lwcmp_log_remove(&log_, ITS, 9, false), 0);
        assert_int_equal(put(ITS, 9, 100, 9), 0);
        assert_int_equal(lwcmp_log_remove(&log_, ITS, 9, true), 0);
    }
    if (record % 2 == 0) {
        assert_int_equal(put(STORE, id, 30, 99), 0);
        assert_true(has(STORE, id, 30, 99));
        assert_int_equal(put(STORE, id, 40 + record, record), 0);
    } else {
        assert_int_equal(lwcmp_log_remove(&log_, STORE, id, false), 0);
        assert_true(has(STORE, id, 0, 0));
    }
    assert_int_equal(power_cycle(), LWCMP_LOG_GOOD);
    assert_int_equal(has_now(record), record % 2 == 0);
}

static void test_rot(void **state)
{
    static struct flash_sim before;

    (void)state;
    before = sim;
    for (uint32_t i = RECORDS - 3; i < RECORDS; i++) {
        for (uint32_t k = 16; k < 16 + 40 + i + 4; k++) {
            sim = before;
            flip((at[i] + k) * 8 + k % 8);
            check_rotten(i);
        }
    }
}

/* The same where the flash itself says so. */
static void test_unreadable(void **state)
{
    static struct flash_sim before;

    (void)state;
    before = sim;
    for (uint32_t i = RECORDS - 3; i < RECORDS; i++) {
        sim = before;
        sim.units[(at[i] + 32) / unit] = 3; /* as the simulation has it */
        check_rotten(i);
    }
}

/*
 * No bit that flips may bring back an older record, save one in the mark of
 * the last: then it was not written.
 */
static void check_flipped(uint32_t bit)
{
    bool in_mark = bit / 8 >= at[RECORDS] - unit && bit / 8 < at[RECORDS];
    enum lwcmp_log_state state = power_cycle();

    assert_in_set(state,
                  ((const uintmax_t[]){LWCMP_LOG_GOOD, LWCMP_LOG_DAMAGED}), 2);
    for (uint32_t i = RECORDS - 3; i < RECORDS; i++) {
        if (!has_now(i) && !fails(id_of(i)) &&
            !(in_mark && i == RECORDS - 1 && has_now(i - 3))) {
            fail_msg("unit %u: record %u at bit %u", (unsigned)unit,
                     (unsigned)i, (unsigned)bit);
        }
    }
    if (state == LWCMP_LOG_DAMAGED) {
        assert_int_equal(lwcmp_log_format(&log_), 0);
    }
    assert_int_equal(put(ITS, 5, 100, 5), 0);
    assert_int_equal(power_cycle(), LWCMP_LOG_GOOD);
    assert_true(has(ITS, 5, 100, 5));
}

static void test_flips(void **state)
{
    static struct flash_sim before;
    unsigned good = 0;

    (void)state;
    before = sim;
    for (uint32_t bit = 0; bit < sim.size * 8; bit++) {
        sim = before;
        flip(bit);
        check_flipped(bit);
        good += live() > span(100);
    }
    /* Only headers are the end of it all: of the bank, and of the records. */
    assert_in_range(sim.size * 8 - good, 100, (16 + RECORDS * 16) * 8);
}

/* A chain of records, some of them wrong in one way or another. */
static void make_bank(uint8_t *p, uint32_t sequence)
{
    uint8_t h[16] = {[0] = 'L',
                     [1] = 1,
                     [7] = (uint8_t)sequence,
                     [10] = BLOCK >> 8,
                     [11] = (uint8_t)unit};
    uint32_t i = (20 + unit - 1) / unit * unit, r;

    seal(h);
    memcpy(p, h, sizeof h);
    memset(p + i, flash_sim_random(&sim) & 1024 ? 0 : 0xff, unit);
    i += unit;
    while ((r = flash_sim_random(&sim) >> 8) % 16 != 0 && i + 200 < BLOCK) {
        uint32_t n = r / 16 % 70;

        memset(h, 0, sizeof h);
        h[0] = (uint8_t)(r / 4096 % 3);
        h[1] = r % 16 != 1;
        h[3] = (uint8_t)n;
        h[11] = (uint8_t)(r / 4096 / 4 % 4);
        seal(h);
        h[r % 16] ^= r / 4096 / 16 % 32 == 0;
        memcpy(p + i, h, sizeof h);
        i = (i + 20 + n + unit - 1) / unit * unit;
        memset(p + i, r % 16 < 14 ? 0 : (int)(r >> 10), unit);
        i += unit;
        if (r % 16 == 5) {
            memset(p + i, 0, unit);
            i += unit;
        }
    }
    memset(p + i, r & 512 ? 0xff : 0, r & 1024 ? BLOCK - i : unit);
}

/* Anything: more or less like what the log writes. */
static void make_image(uint8_t *image, uint32_t seed)
{
    flash_sim_begin(&sim, unit, BLOCK, 1);
    sim.random += seed;
    if (seed % 4 == 0) {
        fill(image, 2 * BLOCK, seed);
    } else {
        memset(image, seed % 64 == 1 ? 0 : 0xff, 2 * BLOCK);
    }
    if (seed % 8 != 0) {
        make_bank(image + (seed & 16 ? BLOCK : 0), seed / 2);
    }
    if (seed & 32) {
        make_bank(image + (seed & 16 ? 0 : BLOCK), seed);
    }
    flash_sim_load(&sim, image);
}

static void test_random_images(void **state)
{
    static uint8_t image[2 * BLOCK];
    unsigned counts[LWCMP_LOG_FAILED + 1] = {0};
    struct lwcmp_log_use use;

    (void)state;
    for (uint32_t seed = 1; seed <= 5000; seed++) {
        make_image(image, seed);
        enum lwcmp_log_state found = power_cycle();

        counts[found]++;
        for (uint64_t id = 0; id < 4; id++) {
            uint8_t p[RECORD_MAX];
            size_t n;

            (void)get(ITS, id, p, &n);
            assert_in_range(n, 0, BLOCK);
        }
        (void)lwcmp_log_measure(&log_, &use);
        if (put(ITS, 2, 100, seed) == 0) {
            assert_true(has(ITS, 2, 100, seed));
            assert_int_equal(power_cycle(), LWCMP_LOG_GOOD);
            assert_true(has(ITS, 2, 100, seed));
        }
        (void)lwcmp_log_remove(&log_, STORE, 1, seed % 2);
        assert_int_equal(lwcmp_log_format(&log_), 0);
        assert_int_equal(live(), 0);
    }
    assert_in_range(counts[LWCMP_LOG_GOOD], 500, 4500);
    assert_in_range(counts[LWCMP_LOG_DAMAGED], 500, 4500);
    assert_int_equal(counts[LWCMP_LOG_FAILED], 0);
}

#define TESTS(unit)                                            \
    TEST(test_foreign, unit), TEST(test_other_geometry, unit), \
        TEST(test_blank_again, unit), TEST(test_rot, unit),    \
        TEST(test_unreadable, unit), TEST(test_flips, unit),   \
        TEST(test_random_images, unit)
#define TEST(f, unit) WITH_UNIT(f, setup, unit)

int main(void)
{
    const struct CMUnitTest tests[] = {TESTS(4), TESTS(8), TESTS(16),
                                       TESTS(32)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
