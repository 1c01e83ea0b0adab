/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Takes the place of tools/lwcmp/fail.c, so that tests can read what the user
 * would read. Each test program includes this once.
 */
#ifndef LWCMP_TESTS_COMPLAINT_H
#define LWCMP_TESTS_COMPLAINT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fail.h"

static char complaint[1024]; /* the last one */
static unsigned notes;

int lwcmp_cli_fail(int code, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(complaint, sizeof(complaint), format, arguments);
    va_end(arguments);
    return code;
}

void lwcmp_cli_note(const char *format, ...)
{
    (void)format;
    notes++;
}

/* Whether the complaint has the word. */
static inline void assert_complaint(const char *word)
{
    if (!strstr(complaint, word)) {
        fail_msg("\"%s\" does not mention \"%s\"", complaint, word);
    }
    complaint[0] = '\0';
}

/* Compares bytes with hexadecimal text. */
static inline void assert_hex(const uint8_t *p, size_t n, const char *hex)
{
    char text[2048];
    size_t i;

    assert_true(2 * n < sizeof(text));
    for (i = 0; i < n; i++) {
        (void)snprintf(text + 2 * i, 3, "%02x", p[i]);
    }
    text[2 * n] = '\0';
    assert_string_equal(text, hex);
}

#endif
