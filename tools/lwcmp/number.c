/* SPDX-License-Identifier: Apache-2.0 */
#include "number.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define DECIMAL_MAX 10 /* digits of 2^32 - 1 */

static unsigned digit(char c)
{
    return isdigit((unsigned char)c)
               ? (unsigned)(c - '0')
               : (unsigned)(tolower((unsigned char)c) - 'a' + 10);
}

/* So many digits, of which the first may be missing, are an octet each two. */
static size_t read_digits(const char *text, size_t digits, uint8_t *p,
                          size_t cap)
{
    size_t n = (digits + 1) / 2;
    size_t at = digits % 2;

    if (digits == 0 || n > cap) {
        return 0;
    }
    memset(p, 0, n);
    for (; *text; text++) {
        if (*text != ':') {
            p[at / 2] = (uint8_t)((unsigned)p[at / 2] << 4 | digit(*text));
            at++;
        }
    }
    return n;
}

/* How many there are; 0: there is something else. */
static size_t count_digits(const char *text)
{
    size_t n = 0;

    for (; *text; text++) {
        if (isxdigit((unsigned char)*text)) {
            n++;
        } else if (*text != ':') {
            return 0;
        }
    }
    return n;
}

size_t lwcmp_cli_hex_read(const char *text, uint8_t *p, size_t cap)
{
    size_t digits = count_digits(text);

    return digits % 2 == 0 ? read_digits(text, digits, p, cap) : 0;
}

size_t lwcmp_cli_serial_read(const char *text, uint8_t p[LWCMP_CLI_SERIAL_MAX])
{
    size_t n =
        read_digits(text, count_digits(text), p + 1, LWCMP_CLI_SERIAL_MAX - 1);
    size_t zeros = 0;

    /* One zero in front of a high bit, and no other. */
    p[0] = 0;
    n += n > 0;
    while (zeros + 1 < n && p[zeros] == 0 && p[zeros + 1] < 0x80) {
        zeros++;
    }
    memmove(p, p + zeros, n - zeros);
    return n - zeros;
}

size_t lwcmp_cli_transaction_read(const char *text,
                                  uint8_t p[LWCMP_CLI_TRANSACTION_MAX])
{
    unsigned long long value;
    size_t n = strspn(text, "0123456789");

    if (text[n] != '\0' || n > DECIMAL_MAX || n == 0) {
        return lwcmp_cli_hex_read(text, p, LWCMP_CLI_TRANSACTION_MAX);
    }
    value = strtoull(text, NULL, 10);
    for (size_t i = 0; i < 4; i++) {
        p[i] = (uint8_t)(value >> (24 - 8 * i));
    }
    return value <= UINT32_MAX ? 4 : 0;
}
