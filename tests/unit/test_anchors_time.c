/* SPDX-License-Identifier: Apache-2.0 */
/* src/anchors.c: which anchors go when time has passed */
#include "anchors_fixture.h"

#define END_OF_O 1893456000 /* 2030-01-01 00:00:00 */

/* The same write drops them; also one that is as long as the new one. */
static void test_expired_ones_go(void **state)
{
    static const struct {
        const char *learned;
        enum lwcmp_clock clock;
        uint64_t seconds;
        const char *due;
    } cases[] = {
        {"oxe", LWCMP_TIME_UNKNOWN, UINT64_MAX, "oxen"},
        {"oxe", LWCMP_TIME_AT_LEAST, END_OF_O + LWCMP_CLOCK_SKEW, "oxen"},
        {"oxe", LWCMP_TIME_AT_LEAST, END_OF_O + LWCMP_CLOCK_SKEW + 1, "xn"},
        {"oxe", LWCMP_TIME_EXACT, END_OF_O + LWCMP_CLOCK_SKEW, "oxen"},
        {"oxe", LWCMP_TIME_EXACT, END_OF_O + LWCMP_CLOCK_SKEW + 1, "xn"},
        {"o", LWCMP_TIME_EXACT, 2000000000, "n"},
        {"oe", LWCMP_TIME_EXACT, 2000000000, "n"},
        {"zoxeu", LWCMP_TIME_EXACT, 2000000000, "zxun"},
        {"zoxeu", LWCMP_TIME_EXACT, 253402300799, "zun"},
    };

    (void)state;
    assert_int_equal(certificate['o'].n, certificate['n'].n);
    for (size_t i = 0; i < COUNT(cases); i++) {
        again();
        vectors_at("case %u", (unsigned)i);
        set(cases[i].learned, "");
        set_time(cases[i].clock, cases[i].seconds);
        CHECK_INT(update_by('n', 'l'), 0);
        CHECK_INT(ram.writes, 1);
        check_learned(cases[i].due);
    }
}

struct clear_case {
    const char *learned, *configured;
    enum lwcmp_clock clock;
    uint64_t seconds;
    const char *due;
};

static void check_clear(const struct clear_case *f)
{
    bool changes = strcmp(f->learned, f->due) != 0;

    again();
    vectors_at("%s, %s in year %u", f->learned, f->configured,
               (unsigned)(1970 + f->seconds / 31556952));
    set(f->learned, f->configured);
    set_time(f->clock, f->seconds);
    for (unsigned at = 1; at <= (changes ? 2u : 1u); at++) {
        ram.fail_at = ram.operations + at;
        ram.error = LWCMP_ERR_STORE;
        CHECK_INT(lwcmp_anchors_clear(&anchors), LWCMP_ERR_STORE);
        check_learned(f->learned);
    }
    ram.writes = 0;
    CHECK_INT(lwcmp_anchors_clear(&anchors), 0);
    check_learned(f->due);
    CHECK_INT(ram.writes, changes ? 1 : 0);
    CHECK_INT(lwcmp_anchors_clear(&anchors), 0);
    CHECK_INT(ram.writes, changes ? 1 : 0);
    CHECK_INT(provider.calls, 0);
}

/*
 * A clock that is wrong must not leave a device that trusts nobody: where all
 * have expired they stay, be it 2040 or 2099.
 */
static void test_clear(void **state)
{
    static const struct clear_case cases[] = {
        {"", "", LWCMP_TIME_EXACT, 2000000000, ""},
        {"", "o", LWCMP_TIME_EXACT, 2000000000, ""},
        {"o", "", LWCMP_TIME_EXACT, 2000000000, "o"},
        {"oe", "", LWCMP_TIME_EXACT, 2000000000, "oe"},
        {"oe", "o", LWCMP_TIME_EXACT, 2000000000, "oe"},
        {"on", "", LWCMP_TIME_EXACT, 2000000000, "n"},
        {"no", "", LWCMP_TIME_AT_LEAST, 2000000000, "n"},
        {"on", "", LWCMP_TIME_UNKNOWN, 2000000000, "on"},
        {"on", "", LWCMP_TIME_UNKNOWN, 0, "on"},
        {"on", "", LWCMP_TIME_EXACT, 0, "on"},
        {"on", "", LWCMP_TIME_EXACT, END_OF_O + LWCMP_CLOCK_SKEW, "on"},
        {"on", "", LWCMP_TIME_EXACT, END_OF_O + LWCMP_CLOCK_SKEW + 1, "n"},
        {"on", "x", LWCMP_TIME_EXACT, 4070908800, "on"},
        {"oe", "x", LWCMP_TIME_EXACT, 2000000000, ""},
        {"oue", "n", LWCMP_TIME_EXACT, 2000000000, "u"},
        {"ou", "", LWCMP_TIME_EXACT, 2000000000, "ou"},
        {"oxen", "", LWCMP_TIME_EXACT, 2000000000, "xn"},
        {"onz", "", LWCMP_TIME_EXACT, 4070908800, "z"},
        {"o", "z", LWCMP_TIME_EXACT, UINT64_MAX, "o"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        check_clear(&cases[i]);
    }
}

static void test_clear_needs_room(void **state)
{
    (void)state;
    set("on", "");
    set_time(LWCMP_TIME_EXACT, 2000000000);
    anchors.buffer_size = certificate['o'].n;
    assert_int_equal(lwcmp_anchors_clear(&anchors), LWCMP_ERR_BUFFER);
    check_learned("on");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_expired_ones_go),
        TEST(test_clear),
        TEST(test_clear_needs_room),
    };

    return cmocka_run_group_tests_name("anchors_time", tests, NULL, NULL);
}
