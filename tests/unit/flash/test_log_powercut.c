/* SPDX-License-Identifier: Apache-2.0 */
/*
 * port/flash/log.c: a device's life is cut at every unit that is programmed
 * and at every erase, in every way that flash can be left behind. The record
 * under way must be the old or the new one then, all others as they were, and
 * life goes on. Then the recovery from that is cut, too.
 */
#include "log_fixture.h"
#include "units.h"

#include <stdio.h>

enum {
    BLOCK = 512,
    BLOCKS = 2,
    PAIR_EVERY = 211, /* one cut in so many is followed by others */
    END_EVERY = 23    /* and one in so many by the rest of the life */
};

enum act {
    PUT,
    REMOVE,
    WIPE,
    CYCLE
};

static const struct step {
    enum act act;
    enum lwcmp_log_kind kind;
    uint64_t id;
    size_t n;
} steps[] = {
    {CYCLE, 0, 0, 0}, /* the first: blank flash */
    {PUT, ITS, 0x100000001, 64},
    {PUT, STORE, 1, 107},
    {CYCLE, 0, 0, 0},
    {PUT, STORE, 1, 107},
    {PUT, STORE, 2, 200},
    {REMOVE, STORE, 4, 0}, /* there is none */
    {PUT, STORE, 1, 12},
    {PUT, STORE, 1, 44},
    {CYCLE, 0, 0, 0},
    {WIPE, ITS, 0x100000001, 0},
    {PUT, ITS, 0x100000002, 61},
    {PUT, STORE, 1, 107},
    {PUT, STORE, 4, 9},
    {REMOVE, STORE, 2, 0},
    {PUT, STORE, 1, 107},
    {CYCLE, 0, 0, 0},
    {CYCLE, 0, 0, 0},
    {PUT, STORE, 3, 300},
    {PUT, ITS, 0x100000002, 77},
    {PUT, STORE, 1, 107},
    {PUT, STORE, 4, 0}, /* the same as removed */
    {WIPE, ITS, 0x100000002, 0},
    {CYCLE, 0, 0, 0},
    {PUT, STORE, 1, 1},
    {PUT, STORE, 1, 107},
    {PUT, STORE, 1, 107},
    {PUT, STORE, 1, 107},
    {REMOVE, STORE, 1, 0},
    {PUT, STORE, 2, 13},
    {PUT, ITS, 0x100000001, 16},
    {PUT, ITS, 0x100000001, 17},
    {WIPE, ITS, 0x100000001, 0},
    {CYCLE, 0, 0, 0},
    {WIPE, STORE, 3, 0},
};

enum {
    STEPS = sizeof steps / sizeof steps[0]
};

static unsigned cuts;
static char where[80];

static bool is_same(const struct step *a, const struct step *b)
{
    return a->kind == b->kind && a->id == b->id;
}

/* Whether the record of step k is as the steps before `until` leave it. */
static bool is_as_of(size_t k, size_t until)
{
    const struct step *last = &steps[k];
    size_t seed = 0, n = 0;

    for (size_t i = 0; i < until; i++) {
        if (steps[i].act != CYCLE && is_same(&steps[i], last)) {
            seed = i;
            n = steps[i].n;
        }
    }
    return has(last->kind, last->id, n, (uint32_t)seed);
}

/* Nothing is left of what the wipe of step k was for. */
static void check_wiped(size_t k)
{
    for (size_t i = 0; i < k; i++) {
        if (steps[i].act == PUT && is_same(&steps[i], &steps[k]) &&
            is_left(steps[i].n, (uint32_t)i)) {
            fail_msg("%s: a copy of step %u is left", where, (unsigned)i);
        }
    }
}

/* One of the steps for each record. */
static bool is_first(size_t k)
{
    bool first = steps[k].act != CYCLE;

    for (size_t i = 0; i < k; i++) {
        first =
            first && (steps[i].act == CYCLE || !is_same(&steps[i], &steps[k]));
    }
    return first;
}

/* Whether the record of step i is as it may be after step k was cut off. */
static bool is_right(size_t i, size_t k, bool done)
{
    bool own = steps[k].act != CYCLE && is_same(&steps[i], &steps[k]);

    return is_as_of(i, k + 1) || (own && !done && is_as_of(i, k));
}

/* Step k was cut off, or done. */
static void check(size_t k, bool done)
{
    for (size_t i = 0; i < STEPS; i++) {
        if (is_first(i) && !is_right(i, k, done)) {
            fail_msg("%s: record of step %u", where, (unsigned)i);
        }
    }
    if (steps[k].act == WIPE && has(steps[k].kind, steps[k].id, 0, 0)) {
        check_wiped(k);
    }
}

static int do_step(size_t k)
{
    const struct step *step = &steps[k];
    enum lwcmp_log_state state;

    switch (step->act) {
    case PUT:
        return put(step->kind, step->id, step->n, (uint32_t)k);
    case REMOVE:
        return lwcmp_log_remove(&log_, step->kind, step->id, false);
    case WIPE:
        return lwcmp_log_remove(&log_, step->kind, step->id, true);
    case CYCLE:
        break;
    }
    state = lwcmp_log_open(&log_, &sim.flash);
    return state == LWCMP_LOG_GOOD || state == LWCMP_LOG_NEW ? 0
                                                             : LWCMP_ERR_STORE;
}

static void check_open(void)
{
    flash_sim_power_on(&sim);
    switch (lwcmp_log_open(&log_, &sim.flash)) {
    case LWCMP_LOG_GOOD:
    case LWCMP_LOG_NEW:
        break;
    case LWCMP_LOG_DAMAGED:
        fail_msg("%s: damaged", where);
        break;
    case LWCMP_LOG_FAILED:
        fail_msg("%s: failed", where);
        break;
    }
}

static void check_step(size_t k)
{
    if (do_step(k) != 0) {
        fail_msg("%s: step %u fails", where, (unsigned)k);
    }
    check(k, true);
}

/* After a cut in step k: nothing has happened, or all of it. Twice. */
static void recover(size_t k)
{
    check_open();
    check(k, false);
    check_open();
    check(k, false);
    check_step(k);
}

/* All cuts of the recovery from a cut. */
static void cut_recovery(size_t k)
{
    static struct flash_sim before;
    bool cut = true;

    before = sim;
    for (unsigned second = 1; cut; second++) {
        sim = before;
        flash_sim_power_on(&sim);
        sim.random += cuts * 2654435761u;
        sim.fail_at = sim.operations + second;
        if (lwcmp_log_open(&log_, &sim.flash) == LWCMP_LOG_GOOD) {
            (void)do_step(k);
        }
        cut = sim.off;
        if (cut) {
            cuts++;
            recover(k);
        }
    }
    sim = before;
}

/* All cuts of step k, and the step itself. */
static void cut_step(size_t k, enum flash_sim_model model)
{
    static struct flash_sim before;
    struct lwcmp_log log = log_;
    unsigned first = sim.operations, operations;

    before = sim;
    assert_int_equal(do_step(k), 0);
    operations = sim.operations - first;
    for (unsigned i = 1; i <= operations; i++) {
        (void)snprintf(where, sizeof where, "unit %u model %u step %u cut %u",
                       (unsigned)sim.flash.unit, model, (unsigned)k, i);
        sim = before;
        log_ = log;
        sim.random += cuts * 2654435761u;
        sim.fail_at = first + i;
        sim.model = model;
        assert_int_equal(do_step(k), LWCMP_ERR_STORE);
        assert_true(sim.off);
        cuts++;
        if (cuts % PAIR_EVERY == 0) {
            cut_recovery(k);
        }
        recover(k);
        for (size_t j = k + 1; j < STEPS && cuts % END_EVERY == 0; j++) {
            check_step(j);
        }
    }
    sim = before;
    log_ = log;
    assert_int_equal(do_step(k), 0);
    check(k, true);
}

static void test_cuts(void **state)
{
    uint32_t unit = *(const uint32_t *)*state;

    for (int model = 0; model < FLASH_SIM_MODELS; model++) {
        flash_sim_begin(&sim, unit, BLOCK, BLOCKS);
        sim.random += (uint32_t)model;
        for (size_t k = 0; k < STEPS; k++) {
            cut_step(k, (enum flash_sim_model)model);
        }
        assert_in_range(log_.sequence, 5, 20);
    }
}

/* The sweep is as good as its size. */
static void test_many(void **state)
{
    (void)state;
    print_message("%u cuts\n", cuts);
    assert_in_range(cuts, 10000, UINT32_MAX);
}

#define TEST(unit) WITH_UNIT(test_cuts, NULL, unit)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(4), TEST(8), TEST(16), TEST(32),
                                       cmocka_unit_test(test_many)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
