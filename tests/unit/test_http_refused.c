/* SPDX-License-Identifier: Apache-2.0 */
/* src/http.c: heads that are none */
#include "http_feed.h"

#define SIZE_MAX_PLUS_1 "18446744073709551616"
#define SIZE_MAX_PLUS_4 "18446744073709551619"

/* Lines that are refused at the top of an answer, */
static const char *const bad_status[] = {
    "HTTP/1.2 200 OK",
    "HTTP/2 200",
    "HTTP/1.10 200 OK",
    "HTTP/1. 200 OK",
    "HTTP/1.1  200 OK",
    "HTTP/1.1\t200 OK",
    "HTTP/1.1",
    "",
    "HTTP/1.1 20 OK",
    "HTTP/1.1 2000 OK",
    "HTTP/1.1 2x0 OK",
    "HTTP/1.1 20\\ OK",
    "HTTP/1.1 200x OK",
    "HTTP/1.1 200\tOK",
    "HTTP/1.1 4294967496 OK",
    "HTTP/1.1 -20 OK",
    "HTTP/1.1 099 OK",
    "HTTP/1.1 600 OK",
    "HTTP/1.1 600 OK\r\nHTTP/1.1 200 OK",
    "HTTP/1.1 200 OK\r",
    "HTTP/1.1 200 OK\rX: a",
    " HTTP/1.1 200 OK",
    "HTTP",
    "\x30\x03\x02\x01\x02",
    "<html>no header at all</html>",
    "SSH-2.0-OpenSSH_9.2",
};

/* and in its head. */
static const char *const bad_header[] = {
    "X: a\rb",
    "X: a\x01",
    "X: a\x1f",
    "X: a\x7f",
    "X: a\x1b[0m",
    "X",
    ": x",
    "X : x",
    "X\t: x",
    "X x: x",
    "X: a\r\n folded",
    "X: a\r\n\tfolded: 1",
    " X: a",
    " ",
    "Content-Length: 3\r\nContent-Length: 3",
    "Content-Length: 3\r\nContent-Length: 2",
    "Content-Length: 0\r\nContent-Length: 3",
    "Content-Length: +3",
    "Content-Length: [", /* behind Z, and once taken for a digit */
    "Content-Length: -3",
    "Content-Length: 3 3",
    "Content-Length: 3, 3",
    "Content-Length: 3:",
    "Content-Length: 0x3",
    "Content-Length:",
    "Content-Length: 4294967296",
    "Content-Length: " SIZE_MAX_PLUS_1,
    "Content-Length: " SIZE_MAX_PLUS_4,
    "Content-Length: 99999999999999999999999",
    "Content-Length:" BLANKS_46 "   3",
    "Content-Length:" BLANKS_46 "  33",
    "Transfer-Encoding:",
    "Transfer-Encoding: gzip",
    "Transfer-Encoding: identity",
};

static void check_refused(const char *before, const char *line)
{
    struct outcome o;
    static char answer[512];
    size_t at;

    (void)snprintf(answer, sizeof(answer), "%s%s\r\n" TYPE "\r\nabc", before,
                   line);
    failing = answer;
    for (at = 0; at <= strlen(answer); at++) {
        feed_split(&o, answer, at);
        assert_int_equal(o.err, HTTP);
        assert_int_equal(o.n, 0);
    }
    feed_bytes(&o, answer);
    assert_int_equal(o.err, HTTP);
    failing = NULL;
}

static void test_http_14_refused(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(bad_status); i++) {
        check_refused("", bad_status[i]);
    }
    for (i = 0; i < COUNT(bad_header); i++) {
        check_refused(S, bad_header[i]);
    }
}

static void test_nul_in_head(void **state)
{
    static const char answer[] = "HTTP/1.1 200 OK\r\nX: a\0b\r\n" OK;
    struct outcome o;

    (void)state;
    begin(&o);
    feed(&o, answer, sizeof(answer) - 1);
    assert_int_equal(o.err, HTTP);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_http_14_refused, name_failing),
        cmocka_unit_test(test_nul_in_head),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
