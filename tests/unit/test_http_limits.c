/* SPDX-License-Identifier: Apache-2.0 */
/* src/http.c: answers without end */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "http.h"

#define TYPE "Content-Type: application/pkixcmp\r\n"

static int feed(struct lwcmp_http *h, const char *p, size_t n)
{
    uint8_t piece[2 * LWCMP_HTTP_HEAD];
    size_t content;

    assert_true(n <= sizeof(piece));
    memcpy(piece, p, n);
    return lwcmp_http_feed(h, piece, n, &content);
}

/* A head of n bytes in all, made of one line that is long. */
static int feed_head(struct lwcmp_http *h, size_t n)
{
    static const char first[] = "HTTP/1.1 200 OK\r\n" TYPE "X: ";
    char head[2 * LWCMP_HTTP_HEAD];

    memset(head, 'x', sizeof(head));
    memcpy(head, first, sizeof(first) - 1);
    memcpy(head + n - 4, "\r\n\r\n", 4);
    lwcmp_http_begin(h);
    return feed(h, head, n);
}

static void test_http_21_head_limit(void **state)
{
    struct lwcmp_http h;

    (void)state;
    assert_int_equal(feed_head(&h, LWCMP_HTTP_HEAD), 0);
    assert_false(h.done);
    assert_int_equal(feed_head(&h, LWCMP_HTTP_HEAD + 1), LWCMP_ERR_HTTP);
}

/* Interim answers without end are a head without end. */
static void test_http_21_interim_limit(void **state)
{
    static const char interim[] = "HTTP/1.1 100 Continue\r\n\r\n";
    struct lwcmp_http h;
    size_t n = 0;
    int err = 0;

    (void)state;
    lwcmp_http_begin(&h);
    while (!err && n < 2 * LWCMP_HTTP_HEAD) {
        err = feed(&h, interim, sizeof(interim) - 1);
        n += sizeof(interim) - 1;
    }
    assert_int_equal(err, LWCMP_ERR_HTTP);
    assert_true(n > LWCMP_HTTP_HEAD);
}

/* Content is not counted as head. */
static void test_http_21_long_content(void **state)
{
    static const char head[] = "HTTP/1.1 200 OK\r\n" TYPE "\r\n";
    char content[1000];
    struct lwcmp_http h;
    int i;

    (void)state;
    memset(content, 'x', sizeof(content));
    lwcmp_http_begin(&h);
    assert_int_equal(feed(&h, head, sizeof(head) - 1), 0);
    for (i = 0; i < 100; i++) {
        assert_int_equal(feed(&h, content, sizeof(content)), 0);
    }
    assert_int_equal(lwcmp_http_close(&h), 0);
}

static void test_http_21_longest_content(void **state)
{
    static const char head[] =
        "HTTP/1.1 200 OK\r\n" TYPE "Content-Length: 2684354549\r\n\r\nabc";
    struct lwcmp_http h;

    (void)state;
    lwcmp_http_begin(&h);
    assert_int_equal(feed(&h, head, sizeof(head) - 1), 0);
    assert_int_equal(h.left, 2684354546);
    assert_int_equal(lwcmp_http_close(&h), LWCMP_ERR_NETWORK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_http_21_head_limit),
        cmocka_unit_test(test_http_21_interim_limit),
        cmocka_unit_test(test_http_21_long_content),
        cmocka_unit_test(test_http_21_longest_content),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
