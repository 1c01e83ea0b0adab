/* SPDX-License-Identifier: Apache-2.0 */
/* port/flash/log.c: records, room, removal, and flash that fails. */
#include "log_fixture.h"
#include "units.h"

#define BLOCK 1024

static uint32_t unit_of(void **state)
{
    return *(const uint32_t *)*state;
}

static int setup(void **state)
{
    flash_sim_begin(&sim, unit_of(state), BLOCK, 1);
    assert_int_equal(lwcmp_log_open(&log_, &sim.flash), LWCMP_LOG_NEW);
    return 0;
}

static void test_records(void **state)
{
    static const size_t sizes[] = {1, 11, 12, 13, 15, 16, 17, 28, 44, 107};
    const uint64_t id = 0x8000000112345678u;
    size_t i;

    (void)state;
    assert_true(has(STORE, id, 0, 0));
    for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        assert_int_equal(put(STORE, id, sizes[i], 1), 0);
        assert_true(has(STORE, id, sizes[i], 1));
    }
    assert_int_equal(put(ITS, id, 30, 2), 0);
    assert_int_equal(put(STORE, id & UINT32_MAX, 31, 3), 0);
    for (i = 0; i < 3; i++) {
        assert_true(has(STORE, id, 107, 1));
        assert_true(has(ITS, id, 30, 2));
        assert_true(has(STORE, id & UINT32_MAX, 31, 3));
        assert_int_equal(live(), span(107) + span(30) + span(31));
        assert_int_equal(power_cycle(), LWCMP_LOG_GOOD);
    }
}

static void test_parts_of_a_record(void **state)
{
    static const struct {
        size_t offset, cap, n;
    } rows[] = {{0, 100, 100}, {0, 101, 100}, {0, 1, 1},     {1, 99, 99},
                {31, 33, 33},  {99, 5, 1},    {100, 5, 0},   {SIZE_MAX, 5, 0},
                {50, 0, 0},    {32, 32, 32},  {33, 1000, 67}};
    uint8_t want[100], *p;
    size_t n, size;

    (void)state;
    fill(want, sizeof want, 1);
    assert_int_equal(put(STORE, 1, sizeof want, 1), 0);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        p = malloc(rows[i].cap);
        assert_int_equal(lwcmp_log_read(&log_, STORE, 1, rows[i].offset, p,
                                        rows[i].cap, &n, &size),
                         0);
        assert_int_equal(n, rows[i].n);
        assert_int_equal(size, sizeof want);
        assert_memory_equal(p, want + (n ? rows[i].offset : 0), n);
        free(p);
    }
}

static void test_many_turns(void **state)
{
    uint32_t i;

    (void)state;
    assert_int_equal(put(ITS, 7, 100, 7), 0);
    for (i = 0; i < 500; i++) {
        assert_int_equal(put(STORE, i % 3, 20 + i % 90, i), 0);
        assert_true(has(STORE, i % 3, 20 + i % 90, i));
    }
    for (; i < 503; i++) {
        assert_true(has(STORE, i % 3, 20 + (i - 3) % 90, i - 3));
    }
    assert_true(has(ITS, 7, 100, 7));
    assert_in_range(log_.sequence, 20, 200);
    assert_in_range(sim.erases[0], sim.erases[1] - 1, sim.erases[1] + 1);
    assert_int_equal(power_cycle(), LWCMP_LOG_GOOD);
    assert_true(has(ITS, 7, 100, 7));
    assert_true(has(STORE, 1, 20 + 499 % 90, 499));
}

static void test_remove(void **state)
{
    (void)state;
    assert_int_equal(lwcmp_log_remove(&log_, STORE, 1, false), 0);
    assert_int_equal(put(STORE, 1, 50, 1), 0);
    assert_int_equal(put(STORE, 2, 50, 2), 0);
    assert_int_equal(put(ITS, 1, 50, 3), 0);
    assert_int_equal(lwcmp_log_remove(&log_, STORE, 1, false), 0);
    assert_true(has(STORE, 1, 0, 0));
    assert_int_equal(put(STORE, 2, 0, 0), 0);
    assert_true(has(STORE, 2, 0, 0));
    assert_int_equal(power_cycle(), LWCMP_LOG_GOOD);
    assert_true(has(STORE, 1, 0, 0));
    assert_true(has(STORE, 2, 0, 0));
    assert_true(has(ITS, 1, 50, 3));
    assert_int_equal(live(), span(50));
}

static void test_wipe(void **state)
{
    unsigned operations;

    (void)state;
    assert_int_equal(put(ITS, 2, 40, 9), 0);
    assert_int_equal(put(ITS, 1, 48, 1), 0);
    assert_int_equal(put(ITS, 1, 48, 2), 0);
    assert_int_equal(put(ITS, 3, 48, 3), 0);
    assert_int_equal(lwcmp_log_remove(&log_, ITS, 3, false), 0);
    assert_true(is_left(48, 1));
    assert_true(is_left(48, 2));
    assert_true(is_left(48, 3));
    assert_int_equal(lwcmp_log_remove(&log_, ITS, 1, true), 0);
    assert_false(is_left(48, 1));
    assert_false(is_left(48, 2));
    assert_true(has(ITS, 1, 0, 0));
    assert_true(has(ITS, 2, 40, 9));
    operations = sim.operations;
    assert_int_equal(lwcmp_log_remove(&log_, ITS, 1, true), 0);
    assert_int_equal(sim.operations, operations);

    /* What is no record any more goes, too. */
    assert_int_equal(put(ITS, 4, 48, 4), 0);
    assert_int_equal(lwcmp_log_remove(&log_, ITS, 4, false), 0);
    assert_true(is_left(48, 4));
    assert_int_equal(lwcmp_log_remove(&log_, ITS, 4, true), 0);
    assert_false(is_left(48, 4));
}

static void test_full(void **state)
{
    uint32_t n = 0, turns;
    unsigned operations;

    (void)state;
    while (put(STORE, n, 100, n) == 0) {
        n++;
    }
    assert_in_range(n, 5, 8);
    turns = log_.sequence;
    operations = sim.operations;
    assert_int_equal(put(STORE, n, 100, n), LWCMP_ERR_STORE);
    assert_int_equal(put(STORE, 0, 300, 0), LWCMP_ERR_STORE);
    assert_int_equal(put(STORE, 0, 1000, 0), LWCMP_ERR_STORE);
    assert_int_equal(sim.operations, operations);
    assert_int_equal(log_.sequence, turns);
    for (uint32_t i = 0; i < n; i++) {
        assert_true(has(STORE, i, 100, i));
    }
    assert_int_equal(put(STORE, 0, 100, 77), 0);
    assert_true(has(STORE, 0, 100, 77));
    assert_int_equal(lwcmp_log_remove(&log_, STORE, 1, false), 0);
    assert_true(has(STORE, 1, 0, 0));
    assert_int_equal(put(STORE, n, 100, n), 0);
    for (uint32_t i = 2; i <= n; i++) {
        assert_true(has(STORE, i, 100, i));
    }
}

/* The longest record fills a bank, but for what is written around it. */
static void test_longest(void **state)
{
    uint32_t n = BLOCK - measure().live - 20 - unit_of(state);

    assert_int_equal(put(STORE, 1, n + 1, 1), LWCMP_ERR_STORE);
    assert_int_equal(put(STORE, 1, n, 1), 0);
    assert_true(has(STORE, 1, n, 1));
    assert_int_equal(put(STORE, 1, n, 2), 0);
    assert_int_equal(power_cycle(), LWCMP_LOG_GOOD);
    assert_true(has(STORE, 1, n, 2));
    assert_int_equal(put(STORE, 2, 1, 1), LWCMP_ERR_STORE);
    assert_int_equal(lwcmp_log_remove(&log_, STORE, 1, false), 0);
    assert_int_equal(put(STORE, 2, n, 3), 0);
    assert_true(has(STORE, 2, n, 3));
}

static void test_overflow(void **state)
{
    static uint8_t p[UINT16_MAX];
    const struct lwcmp_bytes parts[] = {{p, UINT16_MAX}, {p, 1}};
    const struct lwcmp_bytes huge[] = {{p, 1}, {p, SIZE_MAX}};

    (void)state;
    assert_int_equal(lwcmp_log_write(&log_, STORE, 1, parts, 2),
                     LWCMP_ERR_STORE);
    assert_int_equal(lwcmp_log_write(&log_, STORE, 1, huge, 2),
                     LWCMP_ERR_STORE);
    assert_true(has(STORE, 1, 0, 0));
}

static void test_format(void **state)
{
    uint32_t turns;

    (void)state;
    assert_int_equal(put(STORE, 1, 50, 1), 0);
    turns = log_.sequence;
    assert_int_equal(lwcmp_log_format(&log_), 0);
    assert_int_equal(log_.sequence, turns + 1);
    assert_int_equal(live(), 0);
    assert_false(is_left(50, 1));
    assert_int_equal(put(STORE, 1, 50, 2), 0);
    assert_int_equal(power_cycle(), LWCMP_LOG_GOOD);
    assert_true(has(STORE, 1, 50, 2));
}

/*
 * A unit that cannot be programmed: the record goes to the other bank, also
 * where the flash does not say so.
 */
static void check_program_fails(bool silent)
{
    struct flash_sim before;
    unsigned operations;

    assert_int_equal(put(ITS, 1, 60, 1), 0);
    assert_int_equal(power_cycle(), LWCMP_LOG_GOOD);
    before = sim;
    assert_int_equal(put(STORE, 1, 60, 2), 0);
    operations = sim.operations - before.operations;
    for (unsigned i = 1; i <= operations; i++) {
        sim = before;
        assert_int_equal(power_cycle(), LWCMP_LOG_GOOD);
        sim.fail_at = sim.operations + i;
        sim.stays_on = !silent;
        sim.silent = silent;
        sim.model = FLASH_SIM_CLEAN;
        assert_int_equal(put(STORE, 1, 60, 2), 0);
        assert_int_equal(log_.sequence, 2);
        assert_true(has(STORE, 1, 60, 2));
        assert_int_equal(put(STORE, 1, 70, 3), 0);
        assert_int_equal(power_cycle(), LWCMP_LOG_GOOD);
        assert_true(has(STORE, 1, 70, 3));
        assert_true(has(ITS, 1, 60, 1));
    }
}

static void test_program_fails(void **state)
{
    (void)state;
    check_program_fails(false);
}

static void test_program_fails_silently(void **state)
{
    (void)state;
    check_program_fails(true);
}

/* A key that was never there, but of which something may be. */
static void test_wipe_torn(void **state)
{
    (void)state;
    sim.fail_at = sim.operations + 10 * 8 / unit_of(state);
    sim.model = FLASH_SIM_DONE;
    assert_int_equal(put(ITS, 1, 60, 1), LWCMP_ERR_STORE);
    assert_int_equal(power_cycle(), LWCMP_LOG_GOOD);
    assert_true(has(ITS, 1, 0, 0));
    assert_true(is_left(60, 1));
    assert_int_equal(lwcmp_log_remove(&log_, ITS, 1, true), 0);
    assert_false(is_left(60, 1));
}

/* Flash at its end of life: what is there can be read. */
static void test_flash_stuck(void **state)
{
    (void)state;
    assert_int_equal(put(ITS, 1, 60, 1), 0);
    sim.stuck = true;
    assert_int_equal(put(STORE, 1, 60, 2), LWCMP_ERR_STORE);
    assert_int_equal(lwcmp_log_remove(&log_, ITS, 1, true), LWCMP_ERR_STORE);
    assert_true(has(ITS, 1, 60, 1));
    sim.stuck = false;
    assert_int_equal(put(STORE, 1, 60, 2), LWCMP_ERR_STORE);
    assert_int_equal(power_cycle(), LWCMP_LOG_GOOD);
    assert_int_equal(put(STORE, 1, 60, 2), 0);
    assert_true(has(STORE, 1, 60, 2));
    assert_true(has(ITS, 1, 60, 1));
}

/* Wherever it fails, it is removed or not, and the flash is tidy again. */
static void test_erase_fails(void **state)
{
    struct flash_sim before;
    struct lwcmp_log log;
    unsigned operations;

    (void)state;
    assert_int_equal(put(ITS, 1, 60, 1), 0);
    assert_int_equal(put(ITS, 2, 60, 2), 0);
    assert_int_equal(power_cycle(), LWCMP_LOG_GOOD);
    before = sim;
    log = log_;
    assert_int_equal(lwcmp_log_remove(&log_, ITS, 1, true), 0);
    operations = sim.operations - before.operations;
    for (unsigned i = 1; i <= operations; i++) {
        sim = before;
        log_ = log;
        sim.fail_at = sim.operations + i;
        sim.stays_on = true;
        assert_int_equal(lwcmp_log_remove(&log_, ITS, 1, true),
                         LWCMP_ERR_STORE);
        assert_int_equal(put(ITS, 2, 60, 3), LWCMP_ERR_STORE);
        if (i % 4 == 0) {
            assert_int_equal(lwcmp_log_format(&log_), 0);
            assert_true(has(ITS, 2, 0, 0));
            continue;
        }
        assert_true(has(ITS, 1, i == operations ? 0 : 60, 1));
        assert_true(is_left(60, 1));
        sim.stuck = true;
        assert_int_equal(lwcmp_log_open(&log_, &sim.flash),
                         i <= 2 ? LWCMP_LOG_GOOD : LWCMP_LOG_FAILED);
        assert_true(has(ITS, 2, 60, 2));
        assert_int_equal(power_cycle(), LWCMP_LOG_GOOD);
        assert_int_equal(is_left(60, 1), i != operations);
        assert_int_equal(put(ITS, 2, 60, 3), 0);
    }
}

/* It helps after any failure, whatever the other bank holds by then. */
static void test_format_after_failure(void **state)
{
    (void)state;
    assert_int_equal(put(ITS, 1, 60, 1), 0);
    sim.fail_at = sim.operations + 3; /* the other bank is begun */
    sim.stays_on = true;
    assert_int_equal(lwcmp_log_remove(&log_, ITS, 1, true), LWCMP_ERR_STORE);
    assert_int_equal(lwcmp_log_format(&log_), 0);
    assert_int_equal(put(ITS, 1, 60, 1), 0);
    assert_int_equal(put(ITS, 2, 60, 2), 0);
    sim.fail_at = sim.operations + 3;
    assert_int_equal(lwcmp_log_remove(&log_, ITS, 1, true), LWCMP_ERR_STORE);
    sim.stuck = true;
    assert_int_equal(lwcmp_log_open(&log_, &sim.flash), LWCMP_LOG_FAILED);
    sim.stuck = false;
    assert_int_equal(lwcmp_log_format(&log_), 0);
    assert_int_equal(live(), 0);
    assert_int_equal(put(ITS, 1, 60, 1), 0);
}

static void test_cannot_begin(void **state)
{
    flash_sim_begin(&sim, unit_of(state), BLOCK, 1);
    sim.stuck = true;
    assert_int_equal(lwcmp_log_open(&log_, &sim.flash), LWCMP_LOG_FAILED);
    assert_int_equal(put(STORE, 1, 5, 1), LWCMP_ERR_STORE);
    sim.stuck = false;
    assert_int_equal(lwcmp_log_format(&log_), 0);
    assert_int_equal(put(STORE, 1, 5, 1), 0);
}

/* Several blocks in a bank, and all of them are worn alike. */
static void test_blocks(void **state)
{
    flash_sim_begin(&sim, unit_of(state), 256, 4);
    assert_int_equal(lwcmp_log_open(&log_, &sim.flash), LWCMP_LOG_NEW);
    for (uint32_t i = 0; i < 300; i++) {
        assert_int_equal(put(STORE, 1, 300, i), 0);
        assert_true(has(STORE, 1, 300, i));
    }
    for (int i = 1; i < 8; i++) {
        assert_in_range(sim.erases[i], sim.erases[0] - 1, sim.erases[0] + 1);
    }
}

#define TESTS(unit)                                                           \
    TEST(test_records, unit), TEST(test_parts_of_a_record, unit),             \
        TEST(test_many_turns, unit), TEST(test_remove, unit),                 \
        TEST(test_wipe, unit), TEST(test_full, unit),                         \
        TEST(test_longest, unit), TEST(test_overflow, unit),                  \
        TEST(test_format, unit), TEST(test_program_fails, unit),              \
        TEST(test_program_fails_silently, unit), TEST(test_wipe_torn, unit),  \
        TEST(test_flash_stuck, unit), TEST(test_erase_fails, unit),           \
        TEST(test_format_after_failure, unit), TEST(test_cannot_begin, unit), \
        TEST(test_blocks, unit)
#define TEST(f, unit) WITH_UNIT(f, setup, unit)

int main(void)
{
    const struct CMUnitTest tests[] = {TESTS(4), TESTS(8), TESTS(16),
                                       TESTS(32)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
