/* SPDX-License-Identifier: Apache-2.0 */
/* src/lifecycle.c: how long devices wait, each one and all of them. */
#include "vectors.h"

#include "lwcmp/lifecycle.h"

#define DAY 86400
#define FROM 1700000000u
#define LIFE (30 * DAY)
#define DUE (LIFE / 100 * 67)

static const struct lwcmp_life_policy usual;

/* An identity of 30 days, so many seconds old. */
static struct lwcmp_life_facts aged(uint32_t age)
{
    return (struct lwcmp_life_facts){
        .now = {LWCMP_TIME_EXACT, FROM + age},
        .has_identity = true,
        .identity = {FROM, FROM + LIFE},
    };
}

static uint32_t pause_of(const struct lwcmp_life_policy *policy,
                         const struct lwcmp_life_facts *facts,
                         const struct lwcmp_life *life)
{
    struct lwcmp_life_advice a = lwcmp_life_decide(policy, facts, life);

    CHECK(a.task != LWCMP_LIFE_NOTHING && a.task != LWCMP_LIFE_SERVICE);
    return a.seconds;
}

/* The least and the most that chance can make of it. */
static void check_range(const struct lwcmp_life_policy *policy,
                        struct lwcmp_life_facts facts,
                        const struct lwcmp_life *life, uint32_t least,
                        uint32_t most)
{
    uint32_t low = UINT32_MAX, high = 0;

    for (uint32_t i = 0; i < 20000; i++) {
        uint32_t s;

        facts.chance = i * 214748u;
        s = pause_of(policy, &facts, life);
        low = s < low ? s : low;
        high = s > high ? s : high;
    }
    CHECK(low >= least && high <= most);
    CHECK(low - least <= (most - least) / 500);
    CHECK(most - high <= (most - least) / 500);
}

static void test_ranges(void **state)
{
    enum {
        EIGHTH = LIFE / 8 + 60
    };
    static const struct {
        uint32_t age, life_least, life_window;
        bool after_reset;
        uint32_t least, most;
    } cases[] = {
        {DUE, 0, 1, false, 1, 1},
        {DUE, 0, 2, false, 1, 2},
        {DUE, 0, 16, false, 2, 16},
        {DUE, 0, 3600, false, 450, 3600},
        {DUE, 30, 0, false, 30, 30},
        {DUE, 30, 3600, false, 480, 3630},
        {DUE, 60, 60, false, 67, 120},
        {DUE, 0, 3600, true, 1, 450}, /* power for minutes a day */
        {DUE, 30, 3600, true, 1, 450},
        {DUE, 3000, 0, true, 1, 375},
        {DUE, DAY, 0, true, 1, 450},
        {DUE, 0, DAY, true, 1, 450},
        {DUE, 0, 2, true, 1, 1},
        {DUE, DAY, 0, false, DAY, DAY},
        {DUE, DAY + 1, 0, false, DAY, DAY}, /* Retry-After of a century */
        {DUE, UINT32_MAX, 0, false, DAY, DAY},
        {DUE, 0, DAY, false, DAY / 8, DAY},
        {DUE, 0, 7 * DAY, false, EIGHTH / 8, EIGHTH},
        {LIFE, 0, DAY, false, DAY / 8, DAY},
        {LIFE + 1, 0, DAY, false, 450, 3600}, /* the calm is gone */
        {LIFE + 1, 7200, DAY, false, 7650, 10800},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct lwcmp_life life = {.least = cases[i].life_least,
                                  .window = cases[i].life_window,
                                  .after_reset = cases[i].after_reset};

        vectors_at("case %u", (unsigned)i);
        check_range(&usual, aged(cases[i].age), &life, cases[i].least,
                    cases[i].most);
    }
}

/*
 * Power for five minutes a day, after a refusal, after a 503 that asks for a
 * day, or where the CA wants as much: each device still gets its turn.
 */
static void test_minutes_a_day(void **state)
{
    static const struct lwcmp_life lives[] = {
        {.after_reset = true, .window = DAY, .failures = 1},
        {.after_reset = true, .window = 3600, .least = DAY, .failures = 12},
        {.after_reset = true},
    };

    (void)state;
    for (uint32_t i = 0; i < 3 * 1000; i++) {
        struct lwcmp_life_facts facts = aged(DUE);
        unsigned days = 0;

        facts.seed = i;
        facts.pending.operation = LWCMP_KUR;
        facts.pending.polls = true;
        facts.pending.interval = DAY;
        do {
            facts.chance = ++days * 0x9e3779b9u;
        } while (pause_of(&usual, &facts, &lives[i % 3]) > 300);
        vectors_at("device %u: %u days", i, days);
        CHECK(days <= 14);
    }
}

static void test_pause_max(void **state)
{
    struct lwcmp_life_policy policy = {.pause_max = 80};
    struct lwcmp_life life = {.window = DAY};

    (void)state;
    check_range(&policy, aged(LIFE + 1), &life, 10, 80);
    life = (struct lwcmp_life){.succeeded = true};
    check_range(&policy, aged(DUE), &life, 80, 80);
}

/* A certificate of an hour has no day for a pause, whoever wants it. */
static void test_short_life(void **state)
{
    struct lwcmp_life_facts facts = aged(3000);
    struct lwcmp_life life = {.window = DAY};

    (void)state;
    facts.identity.until = FROM + 3600;
    check_range(&usual, facts, &life, (450 + 60) / 8, 450 + 60);
    life = (struct lwcmp_life){.least = DAY};
    check_range(&usual, facts, &life, 450 + 60, 450 + 60);
    /* An enrolment has no such life to care for. */
    facts.has_identity = false;
    facts.has_secret = true;
    check_range(&usual, facts, &life, DAY, DAY);
}

static void test_polling(void **state)
{
    struct lwcmp_life_facts facts = {
        .has_secret = true,
        .pending = {.operation = LWCMP_IR, .polls = true, .interval = 600}};
    struct lwcmp_life life = {.after_reset = true};

    (void)state;
    check_range(&usual, facts, &life, 1, 75);
    facts.pending.interval = UINT32_MAX;
    check_range(&usual, facts, &life, 1, 450);
    facts.pending.interval = 0;
    assert_int_equal(pause_of(&usual, &facts, &life), 0);
    facts.pending.interval = 600;
    facts.pending.polls = false;
    assert_int_equal(pause_of(&usual, &facts, &life), 0);
    facts.pending.polls = true;
    life = (struct lwcmp_life){.least = 1}; /* it has just said so */
    assert_int_equal(pause_of(&usual, &facts, &life), 600);
    facts.pending.interval = 0; /* which no journal says then */
    assert_int_equal(pause_of(&usual, &facts, &life), 1);
    life = (struct lwcmp_life){.window = 8}; /* a poll has failed */
    check_range(&usual, facts, &life, 1, 8);
}

static void test_no_jitter(void **state)
{
    struct lwcmp_life_policy policy = {.no_jitter = true};
    struct lwcmp_life life = {.least = 30, .window = 3600};

    (void)state;
    check_range(&policy, aged(DUE), &life, 3630, 3630);
    life.after_reset = true;
    check_range(&policy, aged(DUE), &life, 3630, 3630);
    life = (struct lwcmp_life){0};
    check_range(&policy, aged(DUE), &life, 0, 0);
}

/* What has passed counts, and the rest does not change by asking again. */
static void test_slept(void **state)
{
    struct lwcmp_life life = {.window = 3600, .failures = 9};
    struct lwcmp_life_facts facts = aged(DUE);
    uint32_t whole;

    (void)state;
    facts.chance = 0x12345678;
    whole = pause_of(&usual, &facts, &life);
    for (facts.slept = 0; facts.slept < 4000; facts.slept++) {
        CHECK_INT(pause_of(&usual, &facts, &life),
                  whole > facts.slept ? whole - facts.slept : 0);
    }
    facts.slept = UINT32_MAX;
    assert_int_equal(pause_of(&usual, &facts, &life), 0);
}

/* Serial numbers in a row spread evenly over the share, and over no more. */
static void test_spread(void **state)
{
    static const uint32_t first[] = {0, 1, 4711, 0x7fffffff, 0xffff0000};
    enum {
        SHARE = LIFE / 100 * 2,
        DEVICES = 4000,
        PARTS = 20
    };
    struct lwcmp_life_policy policy = {.spread_percent = 2};
    struct lwcmp_life_facts facts = aged(DUE - 1);
    struct lwcmp_life life = {0};

    (void)state;
    for (size_t f = 0; f < COUNT(first); f++) {
        unsigned in[PARTS] = {0};

        for (uint32_t i = 0; i < DEVICES; i++) {
            uint32_t s;

            facts.seed = first[f] + i;
            s = lwcmp_life_decide(&policy, &facts, &life).seconds - 1;
            vectors_at("seed %u: %u", facts.seed, (unsigned)s);
            CHECK(s < SHARE);
            in[s / (SHARE / PARTS)]++;
        }
        for (unsigned i = 0; i < PARTS; i++) {
            vectors_at("from %08x on, part %u: %u", first[f], i, in[i]);
            CHECK(in[i] > DEVICES / PARTS * 3 / 4);
            CHECK(in[i] < DEVICES / PARTS * 5 / 4);
        }
    }
}

/* However the policy is meant, there is a last second to renew in. */
static void test_spread_ends_with_the_life(void **state)
{
    static const struct lwcmp_life_policy policies[] = {
        {.renew_percent = 67, .spread_percent = 0},
        {.renew_percent = 99, .spread_percent = 50},
        {.renew_percent = 255, .spread_percent = 254},
        {.renew_percent = 1, .spread_percent = 200},
    };
    struct lwcmp_life life = {0};

    (void)state;
    for (size_t p = 0; p < COUNT(policies); p++) {
        struct lwcmp_life_facts facts = aged(LIFE);

        for (facts.seed = 0; facts.seed < 1000; facts.seed++) {
            vectors_at("policy %u, seed %u", (unsigned)p, facts.seed);
            CHECK_INT(lwcmp_life_decide(&policies[p], &facts, &life).task,
                      LWCMP_LIFE_RENEW);
        }
    }
}

static void test_no_spread(void **state)
{
    struct lwcmp_life_policy policy = {.spread_percent = 255};
    struct lwcmp_life_facts facts = aged(DUE - 1);
    struct lwcmp_life life = {0};

    (void)state;
    for (facts.seed = 0; facts.seed < 1000; facts.seed++) {
        CHECK_INT(lwcmp_life_decide(&policy, &facts, &life).seconds, 1);
    }
}

/*
 * A device without random numbers: no pause is short, and devices still part
 * from each other.
 */
static void test_constant_chance(void **state)
{
    struct lwcmp_life_facts facts = aged(LIFE);
    uint64_t sum = 0;

    (void)state;
    for (facts.seed = 0; facts.seed < 1000; facts.seed++) {
        struct lwcmp_life life = {.window = 3600, .failures = 20};
        uint32_t s = pause_of(&usual, &facts, &life);

        CHECK(s >= 450 && s <= 3600);
        sum += s;
    }
    assert_in_range(sum / 1000, 1900, 2150); /* (450 + 3600) / 2 */
}

/*
 * Whatever asks for another attempt after each success, and whatever has been
 * issued: that is no loop without a pause.
 */
static void test_no_loop_after_success(void **state)
{
    static const struct {
        uint64_t from, until;
        bool wants;
        uint32_t pause;
    } cases[] = {
        {FROM - LIFE, FROM + 1, false, 3600}, /* due at once */
        {FROM - LIFE, FROM - 1, false, 3600}, /* expired by our clock */
        {FROM - 3600, FROM + 1, false, 510},  /* due, and short */
        {FROM - 1, FROM, false, 60},          /* shorter still */
        {FROM - 2, FROM - 1, false, 3600},    /* and gone */
        {FROM, FROM + LIFE, true, 3600},      /* wanted for ever */
        {0, 0, true, 3600},                   /* unknown dates */
        {FROM, FROM - LIFE, true, 3600},      /* nonsense */
    };
    static const struct lwcmp_life_result success = {.task = LWCMP_LIFE_RENEW};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct lwcmp_life_facts facts = aged(0);
        struct lwcmp_life life = {0};

        vectors_at("case %u", (unsigned)i);
        facts.identity.from = cases[i].from;
        facts.identity.until = cases[i].until;
        facts.wants_renewal = cases[i].wants;
        CHECK_INT(pause_of(&usual, &facts, &life), 0);
        for (unsigned round = 0; round < 3; round++) {
            CHECK(!lwcmp_life_note(&usual, &life, &success));
            CHECK_INT(pause_of(&usual, &facts, &life), cases[i].pause);
            facts.now.seconds += cases[i].pause;
            facts.identity.from += cases[i].pause;
            facts.identity.until += cases[i].pause;
        }
    }
}

/* Nor is there one after any error, whatever chance says. */
static void test_no_loop_after_errors(void **state)
{
    (void)state;
    for (int error = 1; error < 100; error++) {
        struct lwcmp_life_result result = {.task = LWCMP_LIFE_RENEW,
                                           .error = error};
        struct lwcmp_life_facts facts = aged(DUE);
        struct lwcmp_life life = {0};

        vectors_at("error %d", error);
        for (unsigned round = 0; round < 300; round++) {
            struct lwcmp_life_advice a;

            (void)lwcmp_life_note(&usual, &life, &result);
            a = lwcmp_life_decide(&usual, &facts, &life);
            CHECK(a.seconds >= 1);
            CHECK(a.seconds >= 450 || round < 12 || error == LWCMP_ERR_WAITING);
            life.after_reset = true;
            CHECK(lwcmp_life_decide(&usual, &facts, &life).seconds >= 1);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ranges),
        cmocka_unit_test(test_minutes_a_day),
        cmocka_unit_test(test_pause_max),
        cmocka_unit_test(test_short_life),
        cmocka_unit_test(test_polling),
        cmocka_unit_test(test_no_jitter),
        cmocka_unit_test(test_slept),
        cmocka_unit_test(test_spread),
        cmocka_unit_test(test_spread_ends_with_the_life),
        cmocka_unit_test(test_no_spread),
        cmocka_unit_test(test_constant_chance),
        cmocka_unit_test(test_no_loop_after_success),
        cmocka_unit_test(test_no_loop_after_errors),
    };

    return cmocka_run_group_tests_name("lifecycle_pause", tests, NULL, NULL);
}
