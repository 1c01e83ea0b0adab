/* SPDX-License-Identifier: Apache-2.0 */
/* tools/lwcmp/number.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "number.h"

static uint8_t p[LWCMP_CLI_SERIAL_MAX];

static void check(size_t n, const char *due, size_t due_n)
{
    assert_int_equal(n, due_n);
    assert_memory_equal(p, due, due_n);
}

static void test_hex(void **state)
{
    (void)state;
    check(lwcmp_cli_hex_read("00aAF5", p, 3), "\x00\xaa\xf5", 3);
    check(lwcmp_cli_hex_read("00:aA:F5", p, 3), "\x00\xaa\xf5", 3);
    assert_int_equal(lwcmp_cli_hex_read("00aaf5", p, 2), 0);
    assert_int_equal(lwcmp_cli_hex_read("0aaf5", p, 9), 0);
    assert_int_equal(lwcmp_cli_hex_read("", p, 9), 0);
    assert_int_equal(lwcmp_cli_hex_read(":", p, 9), 0);
    assert_int_equal(lwcmp_cli_hex_read("0g", p, 9), 0);
    assert_int_equal(lwcmp_cli_hex_read("0x12", p, 9), 0);
    assert_int_equal(lwcmp_cli_hex_read("12 ", p, 9), 0);
}

/* Content octets of an INTEGER: the shortest, and not negative. */
static void test_serial(void **state)
{
    char text[2 * LWCMP_CLI_SERIAL_MAX + 1];

    (void)state;
    check(lwcmp_cli_serial_read("1", p), "\x01", 1);
    check(lwcmp_cli_serial_read("7f", p), "\x7f", 1);
    check(lwcmp_cli_serial_read("80", p), "\x00\x80", 2);
    check(lwcmp_cli_serial_read("0080", p), "\x00\x80", 2);
    check(lwcmp_cli_serial_read("000000000012c", p), "\x01\x2c", 2);
    check(lwcmp_cli_serial_read("00", p), "\x00", 1);
    check(lwcmp_cli_serial_read("FF:01", p), "\x00\xff\x01", 3);
    assert_int_equal(lwcmp_cli_serial_read("", p), 0);
    assert_int_equal(lwcmp_cli_serial_read("12z", p), 0);
    memset(text, 'f', sizeof text);
    text[sizeof text - 3] = '\0';
    assert_int_equal(lwcmp_cli_serial_read(text, p), LWCMP_CLI_SERIAL_MAX);
    text[sizeof text - 3] = 'f';
    text[sizeof text - 2] = '\0';
    assert_int_equal(lwcmp_cli_serial_read(text, p), 0);
}

static void test_transaction(void **state)
{
    static const char longest[] = "00112233445566778899aabbccddeeff";

    (void)state;
    check(lwcmp_cli_transaction_read("4114859265", p), "\xf5\x43\xc5\x01", 4);
    check(lwcmp_cli_transaction_read("1", p), "\x00\x00\x00\x01", 4);
    check(lwcmp_cli_transaction_read("4294967295", p), "\xff\xff\xff\xff", 4);
    assert_int_equal(lwcmp_cli_transaction_read("4294967296", p), 0);
    assert_int_equal(lwcmp_cli_transaction_read("9999999999", p), 0);
    check(lwcmp_cli_transaction_read("f543c501", p), "\xf5\x43\xc5\x01", 4);
    check(lwcmp_cli_transaction_read("0000000012345678", p),
          "\x00\x00\x00\x00\x12\x34\x56\x78", 8);
    assert_int_equal(lwcmp_cli_transaction_read(longest, p), 16);
    assert_int_equal(
        lwcmp_cli_transaction_read("00112233445566778899aabbccddeeff00", p), 0);
    assert_int_equal(lwcmp_cli_transaction_read("", p), 0);
    assert_int_equal(lwcmp_cli_transaction_read("-1", p), 0);
    assert_int_equal(lwcmp_cli_transaction_read("abc", p), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hex),
        cmocka_unit_test(test_serial),
        cmocka_unit_test(test_transaction),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
