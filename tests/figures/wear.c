/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Counts what a device's life costs its flash: the engine with the real store
 * on simulated flash of the geometry of boards/qemu-mps2-an385. Prints writes,
 * bytes and erases of what a device does, and how often a block is erased in a
 * year of polling. Flash is good for 10,000 erases at least.
 */
#include "device.h"

#include <stdio.h>

#include "flash/store.h"
#include "flash_sim.h"
#include "lwcmp/lifecycle.h"

#define BLOCK 4096
#define UNIT 8
#define BANK_BLOCKS 2
#define KEY_N 69     /* PSA's record of a key on P-256, and flags */
#define OTHERS_N 900 /* bytes of records that lie there for good, or so */
#define OTHERS_ID 99

#define TIMES 1000 /* so often is done what is counted, for a mean */
#define YEAR 31536000u
#define ENDURANCE 10000
#define INTERVAL_MIN 300 /* seconds between polls, after the first few */

static struct flash_sim sim;
static struct lwcmp_log flash_log;
static struct lwcmp_store flash_store;
static struct device d;
static const lwcmp_key keys[] = {DEVICE_KEY_1, DEVICE_KEY_2};
static bool key_is_there[2];

static struct wear {
    unsigned writes, units, erases;
} wear;

static struct wear seen(void)
{
    struct wear now = wear;

    now.units = sim.programs;
    for (size_t i = 0; i < FLASH_SIM_BLOCKS_MAX; i++) {
        now.erases += sim.erases[i];
    }
    return now;
}

/* The toy's keys are in RAM; PSA would keep them in the same flash. */
static void follow_keys(void)
{
    static const uint8_t key[KEY_N] = {1};
    const struct lwcmp_bytes part = {key, KEY_N};

    for (size_t i = 0; i < 2; i++) {
        bool there = device_has_key(keys[i]);

        if (there && !key_is_there[i]) {
            assert_int_equal(
                lwcmp_log_write(&flash_log, LWCMP_LOG_ITS, keys[i], &part, 1),
                0);
        } else if (!there && key_is_there[i]) {
            assert_int_equal(
                lwcmp_log_remove(&flash_log, LWCMP_LOG_ITS, keys[i], true), 0);
        }
        wear.writes += there && !key_is_there[i];
        key_is_there[i] = there;
    }
}

static int watched_write(void *context, enum lwcmp_record id,
                         const struct lwcmp_bytes *parts, size_t count)
{
    follow_keys();
    wear.writes++;
    return flash_store.write(context, id, parts, count);
}

static int watched_remove(void *context, enum lwcmp_record id)
{
    follow_keys();
    return flash_store.remove(context, id);
}

static void power_on(void)
{
    assert_in_range(lwcmp_log_open(&flash_log, &sim.flash), LWCMP_LOG_GOOD,
                    LWCMP_LOG_NEW);
}

static int set_up(void **state)
{
    static const uint8_t others[OTHERS_N] = {1};
    const struct lwcmp_bytes part = {others, OTHERS_N};

    (void)state;
    memset(&wear, 0, sizeof wear);
    memset(key_is_there, 0, sizeof key_is_there);
    flash_sim_begin(&sim, UNIT, BLOCK, BANK_BLOCKS);
    power_on();
    assert_int_equal(
        lwcmp_log_write(&flash_log, LWCMP_LOG_ITS, OTHERS_ID, &part, 1), 0);
    device_init(&d);
    flash_store = lwcmp_flash_store(&flash_log);
    d.store = flash_store;
    d.store.write = watched_write;
    d.store.remove = watched_remove;
    d.peer.intermediate = true;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    (void)lwcmp_end(&d.c);
    device_free(&d);
    return 0;
}

static void print(const char *what, struct wear from, unsigned times)
{
    struct wear to = seen();

    printf("# %-28s %5.2f writes %7.1f bytes %6.3f erases\n", what,
           (double)(to.writes - from.writes) / times,
           (double)(to.units - from.units) * UNIT / times,
           (double)(to.erases - from.erases) / times);
}

static void enrol(void)
{
    device_enrol(&d);
    follow_keys();
}

static void test_enrolment(void **state)
{
    struct wear from = seen();

    (void)state;
    enrol();
    print("an enrolment", from, 1);
    printf("flash_writes_per_enrolment %u\n", seen().writes - from.writes);
}

static void test_renewals(void **state)
{
    struct wear from;

    (void)state;
    enrol();
    from = seen();
    for (unsigned i = 0; i < TIMES; i++) {
        assert_int_equal(device_run(&d), 0);
        follow_keys();
        (void)lwcmp_end(&d.c);
    }
    print("a renewal", from, TIMES);
}

/* No connection; switched off before the next attempt. */
static void test_failed_attempts(void **state)
{
    const struct lwcmp_life life = {.failures = 1};
    struct wear from;

    (void)state;
    enrol();
    d.resume = true;
    d.gone_at = 1;
    d.gone_why = LWCMP_ERR_NETWORK;
    from = seen();
    for (unsigned i = 0; i < TIMES; i++) {
        assert_int_equal(device_run(&d), LWCMP_ERR_NETWORK);
        (void)lwcmp_end(&d.c);
        assert_int_equal(lwcmp_life_write(&d.store, &life), 0);
        power_on();
    }
    print("a failed attempt", from, TIMES);
}

/* The most worn block, in a year of polls at that interval. */
static unsigned in_a_year(unsigned interval)
{
    unsigned most = 0;

    for (size_t i = 0; i < FLASH_SIM_BLOCKS_MAX; i++) {
        most = sim.erases[i] > most ? sim.erases[i] : most;
    }
    return YEAR / interval * most / TIMES;
}

static void begin_polling(void)
{
    d.peer.waits = true;
    d.peer.polls = UINT32_MAX;
    d.peer.check_after = INTERVAL_MIN;
    d.resume = true;
    d.off_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    memset(sim.erases, 0, sizeof sim.erases);
}

static void print_years(const char *what, struct wear from)
{
    print(what, from, TIMES);
    printf("#   a block in a year: %u erases if polled each hour, %u each "
           "five minutes, %u each minute\n",
           in_a_year(3600), in_a_year(INTERVAL_MIN), in_a_year(60));
    assert_in_range(in_a_year(INTERVAL_MIN), 1, ENDURANCE - 1);
}

static void test_polls_awake(void **state)
{
    struct wear from;

    (void)state;
    begin_polling();
    from = seen();
    for (unsigned i = 0; i < TIMES;) {
        enum lwcmp_want want = lwcmp_step(&d.c);

        assert_int_not_equal(want, LWCMP_DONE);
        if (want == LWCMP_EXCHANGE) {
            d.exchanges = 0;
            device_exchange(&d);
        }
        i += want == LWCMP_WAIT;
    }
    print_years("a poll, awake", from);
}

/* The bank changes by two erases, since the log forgets that it has erased. */
static void test_polls_after_power_off(void **state)
{
    struct wear from;

    (void)state;
    begin_polling();
    from = seen();
    for (unsigned i = 0; i < TIMES; i++) {
        (void)lwcmp_end(&d.c);
        power_on();
        assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    }
    print_years("a poll, each after power off", from);
    printf("flash_erases_per_block_year_polling %u\n", in_a_year(3600));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_enrolment),
        TEST(test_renewals),
        TEST(test_failed_attempts),
        TEST(test_polls_awake),
        TEST(test_polls_after_power_off),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
