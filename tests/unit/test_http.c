/* SPDX-License-Identifier: Apache-2.0 */
/* src/http.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "http.h"

#define SIZE_MAX_PLUS_1 "18446744073709551616"
#define TYPE "Content-Type: application/pkixcmp\r\n"
#define S "HTTP/1.1 200 OK\r\n"
#define L3 "Content-Length: 3\r\n\r\nabc"
#define OK TYPE L3
#define KEEP true, "abc"
#define CLOSE false, "abc"
#define LINE_63 "X: 56789012345678901234567890123456789012345678901234567890123"
#define BLANKS_46 "                                              "

#define HTTP LWCMP_ERR_HTTP
#define CONTENT LWCMP_ERR_CONTENT
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* An answer, after which the peer closes if it was not complete. */
struct row {
    const char *answer;
    unsigned status;
    int verdict;
    bool keep;
    const char *content;
};

static const struct row rows[] = {
    /* status lines */
    {S OK, 200, 0, KEEP},
    {"HTTP/1.1 200\r\n" OK, 200, 0, KEEP},
    {"HTTP/1.1 200 \r\n" OK, 200, 0, KEEP},
    {"HTTP/1.1 200 any reason: at all\r\n" OK, 200, 0, KEEP},
    {"HTTP/1.1 200 " LINE_63 "\xc3\xa9\r\n" OK, 200, 0, KEEP},
    {"HTTP/1.1 202 Accepted\r\n" L3, 202, HTTP, KEEP},
    {"HTTP/1.0 200 OK\r\n" OK, 200, 0, CLOSE},
    /* lines */
    {"HTTP/1.1 200 OK\nContent-Type:application/pkixcmp\n"
     "Content-Length:3\n\nabc",
     200, 0, KEEP},
    {S "X: a\tb\x80\xff\r\n" OK, 200, 0, KEEP},
    {S "X:\r\n" OK, 200, 0, KEEP},
    {S LINE_63 "\r\n" OK, 200, 0, KEEP},
    {S LINE_63 LINE_63 "\r\n" OK, 200, 0, KEEP},
    {S "A-name-that-does-not-end-within-the-line-that-is-kept-of-it-for-a-look:"
       " x\r\n" OK,
     200, 0, KEEP},
    /* Content-Length */
    {S TYPE "cOnTeNt-LeNgTh:\t 3 \t\r\n\r\nabc", 200, 0, KEEP},
    {S TYPE "Content-Length: 0003\r\n\r\nabc", 200, 0, KEEP},
    {S "Content-Length: 3\r\n" OK, 200, 0, KEEP},
    /* 63 bytes of line are whole, 64 may have been cut */
    {S TYPE "Content-Length:" BLANKS_46 " 3\r\n\r\nabc", 200, 0, KEEP},
    {S TYPE "Content-Lengt: 1\r\nContent-Length2: 1\r\n" OK, 200, 0, KEEP},
    /* no content */
    {S TYPE "Content-Length: 0\r\n\r\n", 200, CONTENT, true, ""},
    {"HTTP/1.1 204 No Content\r\n\r\n", 204, HTTP, true, ""},
    {"HTTP/1.1 204 No Content\r\n" TYPE "Content-Length: 3\r\n\r\n", 204, HTTP,
     true, ""},
    {"HTTP/1.1 304 Not Modified\r\n" TYPE "Content-Length: 3\r\n\r\n", 304,
     HTTP, true, ""},
    /* content up to the end of the connection */
    {S TYPE "\r\nabc", 200, 0, CLOSE},
    {"HTTP/1.0 200 OK\r\n" TYPE "\r\na\r\n\r\nbc", 200, 0, false,
     "a\r\n\r\nbc"},
    {"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n" TYPE "\r\nabc", 200, 0,
     CLOSE},
    {"HTTP/1.0 200 OK\r\n" TYPE "\r\n", 200, 0, false, ""},
    /* bytes behind the end */
    {S OK "d", 200, 0, CLOSE},
    {S OK "HTTP/1.1 500 No\r\n\r\n", 200, 0, CLOSE},
    {"HTTP/1.1 204 No Content\r\n\r\nabc", 204, HTTP, false, ""},
    /* Content-Type */
    {S "content-type:Application/PKIXCMP ;charset=utf-8\r\n" L3, 200, 0, KEEP},
    {S "Content-Type: application/pkixcmp; and=a; parameter=\"longer than the "
       "line\"\r\n" L3,
     200, 0, KEEP},
    {S "Content-Type: application/pkixcmp-poll\r\n" L3, 200, 0, KEEP},
    {S "Content-Type: application/pkixcmp2\r\n" L3, 200, CONTENT, KEEP},
    {S "Content-Type: application/pkixcm\r\n" L3, 200, CONTENT, KEEP},
    {S "Content-Type: text/html\r\n" L3, 200, CONTENT, KEEP},
    {S L3, 200, CONTENT, KEEP},
    /* Connection */
    {S "Connection: close\r\n" OK, 200, 0, CLOSE},
    {S "connection:foo,CLOSE\r\n" OK, 200, 0, CLOSE},
    {S "Connection: close , foo\r\n" OK, 200, 0, CLOSE},
    {S "Connection: closed\r\n" OK, 200, 0, KEEP},
    {S "Connection: clone\r\n" OK, 200, 0, KEEP},
    {S "X:" BLANKS_46 "\r\nConnection: \r\n" OK, 200, 0, KEEP},
    {S "Connection: keep-alive\r\n" OK, 200, 0, KEEP},
    {"HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n" OK, 200, 0, KEEP},
    {"HTTP/1.0 200 OK\r\nConnection: close, keep-alive\r\n" OK, 200, 0, CLOSE},
    {S "Connection: close\r\nConnection: keep-alive\r\n" OK, 200, 0, CLOSE},
    {S "Connection: keep-alive,," BLANKS_46 "close\r\n" OK, 200, 0, CLOSE},
    /* Transfer-Encoding */
    {S "Transfer-Encoding: Identity\r\n" OK, 200, 0, KEEP},
    /* interim answers leave nothing behind */
    {"HTTP/1.1 100 Continue\r\n\r\n" S OK, 200, 0, KEEP},
    {"HTTP/1.1 103 Early Hints\r\nConnection: close\r\n" TYPE
     "Content-Length: 7\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" S L3,
     200, CONTENT, KEEP},
    {"HTTP/1.1 199 Last\r\n\r\nHTTP/1.0 200 OK\r\n" OK, 200, 0, CLOSE},
    /* status and type together */
    {"HTTP/1.1 201 Created\r\n" OK, 201, 0, KEEP},
    {"HTTP/1.1 400 Bad Request\r\n" OK, 400, 0, KEEP},
    {"HTTP/1.1 599 Last\r\n" OK, 599, 0, KEEP},
    {"HTTP/1.1 500 No\r\n" TYPE "Content-Length: 0\r\n\r\n", 500, HTTP, true,
     ""},
    {"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n" L3, 404, HTTP,
     KEEP},
    {"HTTP/1.1 300 Choices\r\n" OK, 300, HTTP, KEEP},
    {"HTTP/1.1 301 Moved\r\nLocation: http://evil.test/\r\n" OK, 301, HTTP,
     KEEP},
    {"HTTP/1.1 399 Last\r\n" OK, 399, HTTP, KEEP},
};

/* Lines that are refused at the top of an answer, */
static const char *const bad_status[] = {
    "HTTP/1.2 200 OK",
    "HTTP/2 200",
    "HTTP/1.10 200 OK",
    "HTTP/1. 200 OK",
    "http/1.1 200 OK",
    "HTTP/1.1  200 OK",
    "HTTP/1.1\t200 OK",
    "HTTP/1.1",
    "",
    "HTTP/1.1 20 OK",
    "HTTP/1.1 2000 OK",
    "HTTP/1.1 2x0 OK",
    "HTTP/1.1 -20 OK",
    "HTTP/1.1 099 OK",
    "HTTP/1.1 600 OK",
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
    "Content-Length: 3\r\nContent-Length: 2",
    "Content-Length: 0\r\nContent-Length: 3",
    "Content-Length: +3",
    "Content-Length: -3",
    "Content-Length: 3 3",
    "Content-Length: 3, 3",
    "Content-Length: 3:",
    "Content-Length: 0x3",
    "Content-Length:",
    "Content-Length: " SIZE_MAX_PLUS_1,
    "Content-Length: 99999999999999999999999",
    "Content-Length:" BLANKS_46 "  3",
    "Content-Length:" BLANKS_46 "  33",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: gzip, chunked",
    "Transfer-Encoding: identity, chunked",
    "Transfer-Encoding:",
};

/* The peer is gone too early. */
static const char *const cut_off[] = {
    "",
    S TYPE,
    S TYPE "\r",
    S TYPE "Content-Length: 4\r\n\r\nabc",
    "HTTP/1.1 100 Continue\r\n\r\n",
};

static const char *failing;

/* What has come out so far. */
struct outcome {
    struct lwcmp_http http;
    int err;
    uint8_t content[64];
    size_t n;
};

/* Feeds one piece in an allocation of exactly its size. */
static void feed(struct outcome *o, const char *p, size_t n)
{
    uint8_t *piece;
    size_t content;

    if (o->err) {
        return;
    }
    piece = malloc(n);
    assert_non_null(piece);
    memcpy(piece, p, n);
    o->err = lwcmp_http_feed(&o->http, piece, n, &content);
    assert_true(content <= n);
    memcpy(o->content + o->n, piece, content);
    o->n += content;
    free(piece);
}

static void begin(struct outcome *o)
{
    memset(o, 0xa5, sizeof(*o));
    o->err = 0;
    o->n = 0;
    lwcmp_http_begin(&o->http);
}

static void feed_split(struct outcome *o, const char *answer, size_t at)
{
    begin(o);
    feed(o, answer, at);
    feed(o, answer + at, strlen(answer) - at);
}

static void feed_bytes(struct outcome *o, const char *answer)
{
    begin(o);
    for (; *answer != '\0'; answer++) {
        feed(o, answer, 1);
    }
}

static void check(struct outcome *o, const struct row *row)
{
    if (!o->err && !o->http.done) {
        o->err = lwcmp_http_close(&o->http);
    }
    assert_int_equal(o->err, 0);
    assert_true(o->http.done);
    assert_true(o->http.head);
    assert_int_equal(o->http.status, row->status);
    assert_int_equal(o->http.keep, row->keep);
    assert_int_equal(lwcmp_http_verdict(&o->http), row->verdict);
    assert_int_equal(o->n, strlen(row->content));
    assert_memory_equal(o->content, row->content, o->n);
    assert_int_equal(lwcmp_http_close(&o->http), 0);
    assert_false(o->http.keep);
}

/* In one piece, in every two, and byte by byte: always the same. */
static void test_answers(void **state)
{
    struct outcome o;
    size_t i, at;

    (void)state;
    for (i = 0; i < COUNT(rows); i++) {
        failing = rows[i].answer;
        for (at = 0; at <= strlen(rows[i].answer); at++) {
            feed_split(&o, rows[i].answer, at);
            check(&o, &rows[i]);
        }
        feed_bytes(&o, rows[i].answer);
        check(&o, &rows[i]);
    }
    failing = NULL;
}

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

static void test_refused(void **state)
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

static void test_cut_off(void **state)
{
    struct outcome o;
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(cut_off); i++) {
        failing = cut_off[i];
        feed_bytes(&o, cut_off[i]);
        assert_int_equal(o.err, 0);
        assert_false(o.http.done);
        assert_int_equal(lwcmp_http_close(&o.http), LWCMP_ERR_NETWORK);
        assert_false(o.http.done);
    }
    failing = NULL;
}

/* Names the row at which a table's test has stopped. */
static int name_failing(void **state)
{
    (void)state;
    if (failing) {
        print_error("at: %s\n", failing);
    }
    failing = NULL;
    return 0;
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

static void test_binary_content(void **state)
{
    static const char answer[] =
        "HTTP/1.1 200 OK\r\n" TYPE "Content-Length: 4\r\n\r\n\0\r\n\xff";
    struct outcome o;

    (void)state;
    begin(&o);
    feed(&o, answer, sizeof(answer) - 1);
    assert_int_equal(o.err, 0);
    assert_true(o.http.done);
    assert_int_equal(o.n, 4);
    assert_memory_equal(o.content, "\0\r\n\xff", 4);
}

static void test_verdict_before_content(void **state)
{
    static const char head[] =
        "HTTP/1.1 200 OK\r\n" TYPE "Content-Length: 3\r\n\r\n";
    struct outcome o;

    (void)state;
    begin(&o);
    feed(&o, head, sizeof(head) - 2);
    assert_false(o.http.head);
    feed(&o, head + sizeof(head) - 2, 1);
    assert_true(o.http.head);
    assert_false(o.http.done);
    assert_int_equal(lwcmp_http_verdict(&o.http), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_answers, name_failing),
        cmocka_unit_test_teardown(test_refused, name_failing),
        cmocka_unit_test_teardown(test_cut_off, name_failing),
        cmocka_unit_test(test_nul_in_head),
        cmocka_unit_test(test_binary_content),
        cmocka_unit_test(test_verdict_before_content),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
