/* SPDX-License-Identifier: Apache-2.0 */
/* src/lifecycle_time.c */
#include "vectors.h"

#include "lwcmp/lifecycle.h"

#define DAY 86400
#define UNKNOWN LWCMP_TIME_UNKNOWN
#define AT_LEAST LWCMP_TIME_AT_LEAST
#define EXACT LWCMP_TIME_EXACT

static void test_heard(void **state)
{
    static const struct {
        uint32_t floor;
        uint64_t seconds, until;
        uint32_t after;
    } cases[] = {
        {0, 1700000000, 1800000000, 1700000000},
        {0, 1700000000, 1700000000, 1700000000},
        {0, 1700000001, 1700000000, 0},
        {0, 1700000000, 0, 0},
        {0, DAY - 1, UINT64_MAX, 0},
        {1700000000, 1699999999, UINT64_MAX, 1700000000},
        {1700000000, 1700000000, UINT64_MAX, 1700000000},
        {1700000000, 1700000000 + DAY - 1, UINT64_MAX, 1700000000},
        {1700000000, 1700000000 + DAY, UINT64_MAX, 1700000000 + DAY},
        {UINT32_MAX, UINT64_MAX, UINT64_MAX, UINT32_MAX},
        {1700000000, UINT32_MAX, UINT64_MAX, UINT32_MAX},
        {1700000000, UINT32_MAX + 1ull, UINT64_MAX, 1700000000},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct lwcmp_life life = {.floor = cases[i].floor};

        vectors_at("case %u", (unsigned)i);
        CHECK_INT(lwcmp_life_heard(&life, cases[i].seconds, cases[i].until),
                  cases[i].after != cases[i].floor);
        CHECK(life.floor == cases[i].after);
    }
}

static void test_time(void **state)
{
    static const struct {
        uint32_t floor;
        struct lwcmp_time clock, time;
    } cases[] = {
        {0, {UNKNOWN, 0}, {UNKNOWN, 0}},
        {0, {EXACT, 0}, {EXACT, 0}},
        {0, {AT_LEAST, 5}, {AT_LEAST, 5}},
        {1700000000, {UNKNOWN, 1800000000}, {AT_LEAST, 1700000000}},
        {1700000000, {EXACT, 0}, {AT_LEAST, 1700000000}},
        {1700000000, {EXACT, 1700000000 - DAY - 1}, {AT_LEAST, 1700000000}},
        {1700000000, {EXACT, 1700000000 - DAY}, {EXACT, 1700000000 - DAY}},
        {1700000000, {EXACT, 1700000001}, {EXACT, 1700000001}},
        {1700000000, {AT_LEAST, 0}, {AT_LEAST, 1700000000}},
        {1700000000, {AT_LEAST, 1700000001}, {AT_LEAST, 1700000001}},
        {1700000000, {EXACT, UINT64_MAX}, {AT_LEAST, 1700000000}},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct lwcmp_life life = {.floor = cases[i].floor};
        struct lwcmp_time time = lwcmp_life_time(&life, cases[i].clock);

        vectors_at("case %u", (unsigned)i);
        CHECK_INT(time.clock, cases[i].time.clock);
        CHECK(time.seconds == cases[i].time.seconds);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_heard),
        cmocka_unit_test(test_time),
    };

    return cmocka_run_group_tests_name("lifecycle_time", tests, NULL, NULL);
}
