/* SPDX-License-Identifier: Apache-2.0 */
/* port/posix/clock.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "posix/clock.h"

static time_t seconds;
static int result;

/* Found before the function of the C library. */
int clock_gettime(clockid_t id, struct timespec *t)
{
    t->tv_sec = id == CLOCK_REALTIME ? seconds : 0;
    t->tv_nsec = 0;
    return result;
}

static void test_time(void **state)
{
    static const struct {
        time_t seconds;
        int result;
        enum lwcmp_clock clock;
    } rows[] = {
        {0, 0, LWCMP_TIME_UNKNOWN},
        {-1, 0, LWCMP_TIME_UNKNOWN},
        {1767225599, 0, LWCMP_TIME_UNKNOWN},
        {1767225600, 0, LWCMP_TIME_EXACT},
        {4102444800, 0, LWCMP_TIME_EXACT},
        {1767225600, -1, LWCMP_TIME_UNKNOWN},
    };
    struct lwcmp_time now;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        seconds = rows[i].seconds;
        result = rows[i].result;
        now = lwcmp_posix_time();
        assert_int_equal(now.clock, rows[i].clock);
        assert_int_equal(now.seconds,
                         now.clock == LWCMP_TIME_EXACT ? rows[i].seconds : 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
