/* SPDX-License-Identifier: Apache-2.0 */
/* src/gentime.c */
#include "vectors.h"

#include "der_in.h"
#include "gentime.h"

#include <stdio.h>

#define UNTOUCHED 0x5a5a5a5a5a5a5a5au

static void check_time(char *const field[])
{
    struct lwcmp_bytes content = {NULL, 0};
    uint64_t seconds = UNTOUCHED;
    uint8_t tag = (uint8_t)strtoul(field[0], NULL, 16);

    if (strcmp(field[1], "-") != 0) {
        content = vectors_copy(field[1], strlen(field[1]));
    }
    if (strcmp(field[2], "SYNTAX") == 0) {
        CHECK_INT(lwcmp_time_read(tag, &content, &seconds), LWCMP_ERR_SYNTAX);
        CHECK(seconds == UNTOUCHED);
    } else {
        CHECK_INT(lwcmp_time_read(tag, &content, &seconds), 0);
        CHECK(seconds == strtoull(field[2], NULL, 10));
    }
    vectors_free(content);
}

static void test_path_08_times(void **state)
{
    (void)state;
    vectors_each("der/time.txt", 3, check_time);
}

static int read_day(unsigned year, unsigned month, unsigned day,
                    uint64_t *seconds)
{
    char text[40];
    struct lwcmp_bytes content = {(const uint8_t *)text, 15};

    vectors_at("%04u-%02u-%02u", year, month, day);
    snprintf(text, sizeof text, "%04u%02u%02u235958Z", year, month, day);
    return lwcmp_time_read(LWCMP_DER_GENERALIZED_TIME, &content, seconds);
}

/*
 * The first and the last day of each month of three periods of the calendar,
 * counted one by one, and the day that no month has.
 */
static void test_months(void **state)
{
    static const unsigned lengths[] = {31, 28, 31, 30, 31, 30,
                                       31, 31, 30, 31, 30, 31};
    uint64_t begin = 0;
    uint64_t seconds = UNTOUCHED;

    (void)state;
    for (unsigned year = 1600; year <= 2800; year++) {
        bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        bool early = year < 1970;

        for (unsigned month = 1; month <= 12; month++) {
            unsigned n = lengths[month - 1] + (month == 2 && leap ? 1 : 0);

            CHECK_INT(read_day(year, month, 1, &seconds), 0);
            CHECK(seconds == (early ? 0 : begin + 86398));
            begin += early ? 0 : n * 86400u;
            CHECK_INT(read_day(year, month, n, &seconds), 0);
            CHECK(seconds == (early ? 0 : begin - 2));
            CHECK_INT(read_day(year, month, n + 1, &seconds), LWCMP_ERR_SYNTAX);
        }
    }
}

/* Each octet takes each value: nothing but a digit will do, and Z. */
static void test_every_octet(void **state)
{
    static const char good[] = "20391019101010.1Z";
    uint64_t seconds;

    (void)state;
    for (size_t at = 0; at < sizeof good - 1; at++) {
        for (unsigned value = 0; value < 0x100; value++) {
            struct lwcmp_bytes content = vectors_copy(good, sizeof good - 1);
            bool digit = value >= '0' && value <= '9';
            bool fits = good[at] == '.' || good[at] == 'Z'
                            ? (int)value == good[at]
                            : digit;

            vectors_at("octet %u is %02x", (unsigned)at, value);
            ((uint8_t *)content.p)[at] = (uint8_t)value;
            if (!fits) {
                CHECK_INT(lwcmp_time_read(LWCMP_DER_GENERALIZED_TIME, &content,
                                          &seconds),
                          LWCMP_ERR_SYNTAX);
            }
            vectors_free(content);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_path_08_times),
        cmocka_unit_test(test_months),
        cmocka_unit_test(test_every_octet),
    };

    return cmocka_run_group_tests_name("gentime", tests, NULL, NULL);
}
