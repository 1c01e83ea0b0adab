/* SPDX-License-Identifier: Apache-2.0 */
/* src/http.c: content in chunks (RFC 9112 7.1) */
#include "http_feed.h"

#define CHUNKED "Transfer-Encoding: chunked\r\n"
#define HEAD S TYPE CHUNKED "\r\n"

#if LWCMP_WITH_CHUNKED
#define LAST "0\r\n\r\n"
#define ABC "3\r\nabc\r\n"
#define BLANKS_62 BLANKS_46 "                "
#define ZEROS_62 \
    "00000000000000000000000000000000000000000000000000000000000000"

static const struct row rows[] = {
    {HEAD ABC LAST, 200, 0, KEEP},
    {HEAD "1\r\na\r\n2\r\nbc\r\n" LAST, 200, 0, KEEP},
    {S TYPE "transfer-encoding:\tChunked \r\n\r\n" ABC LAST, 200, 0, KEEP},
    {S TYPE CHUNKED "\n3\nabc\n0\n\n", 200, 0, KEEP},
    {HEAD "4\r\n\r\n0\r\r\n" LAST, 200, 0, true, "\r\n0\r"},
    {HEAD LAST, 200, 0, true, ""},
    {"HTTP/1.1 400 Bad Request\r\n" TYPE CHUNKED "\r\n" ABC LAST, 400, 0, KEEP},
    {"HTTP/1.1 100 Continue\r\n" CHUNKED "\r\n" S OK, 200, 0, KEEP},
    /* sizes */
    {HEAD "0003\r\nabc\r\n0000\r\n\r\n", 200, 0, KEEP},
    {HEAD ZEROS_62 "03\r\nabc\r\n" LAST, 200, 0, KEEP},
    {HEAD "a\r\n0123456789\r\nB\r\n0123456789a\r\n" LAST, 200, 0, true,
     "01234567890123456789a"},
    {HEAD "1F\r\n0123456789012345678901234567890\r\n" LAST, 200, 0, true,
     "0123456789012345678901234567890"},
    /* extensions and trailers */
    {HEAD "3;\r\nabc\r\n" LAST, 200, 0, KEEP},
    {HEAD "3 ; name=\"value\"\r\nabc\r\n0;last\r\n\r\n", 200, 0, KEEP},
    {HEAD "3  \r\nabc\r\n" LAST, 200, 0, KEEP},
    {HEAD "3;" BLANKS_62 "x;x;x\r\nabc\r\n" LAST, 200, 0, KEEP},
    {HEAD ABC "0\r\nExpires: never\r\nContent-Length: 7\r\n\r\n", 200, 0, KEEP},
    /* the connection */
    {S TYPE "Connection: close\r\n" CHUNKED "\r\n" ABC LAST, 200, 0, CLOSE},
    {HEAD ABC LAST "x", 200, 0, CLOSE},
    {HEAD ABC LAST LAST, 200, 0, CLOSE},
};

/* Answers that are refused, and not before all of their head has come. */
static const char *const refused[] = {
    /* framed in two ways */
    S TYPE "Content-Length: 3\r\n" CHUNKED "\r\n" ABC LAST,
    S TYPE CHUNKED "Content-Length: 3\r\n\r\n" ABC LAST,
    S TYPE CHUNKED "Content-Length: 0\r\n\r\n" ABC LAST,
    S TYPE CHUNKED CHUNKED "\r\n" ABC LAST,
    /* other codings, beside it as well */
    S TYPE "Transfer-Encoding: chunked, chunked\r\n\r\n" ABC LAST,
    S TYPE "Transfer-Encoding: gzip, chunked\r\n\r\n" ABC LAST,
    S TYPE "Transfer-Encoding: chunked, gzip\r\n\r\n" ABC LAST,
    S TYPE "Transfer-Encoding: identity, chunked\r\n\r\n" ABC LAST,
    S TYPE "Transfer-Encoding: gzip\r\n" CHUNKED "\r\n" ABC LAST,
    S TYPE "Transfer-Encoding: chunkedx\r\n\r\n" ABC LAST,
    S TYPE "Transfer-Encoding: xchunked\r\n\r\n" ABC LAST,
    S TYPE "Transfer-Encoding:" BLANKS_46 "chunked\r\n\r\n" ABC LAST,
    /* 1.0 has none */
    "HTTP/1.0 200 OK\r\n" TYPE CHUNKED "\r\n" ABC LAST,
    "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n" TYPE CHUNKED
    "\r\n" ABC LAST,
    /* sizes */
    HEAD "\r\nabc\r\n" LAST,
    HEAD ";x\r\nabc\r\n" LAST,
    HEAD "g\r\nabc\r\n" LAST,
    HEAD "0x3\r\nabc\r\n" LAST,
    HEAD "+3\r\nabc\r\n" LAST,
    HEAD "-3\r\nabc\r\n" LAST,
    HEAD " 3\r\nabc\r\n" LAST,
    HEAD "3 3\r\nabc\r\n" LAST,
    HEAD "3x\r\nabc\r\n" LAST,
    HEAD "3\r;x\r\nabc\r\n" LAST,
    HEAD "fffffff0\r\nabc\r\n" LAST,
    HEAD "100000003\r\nabc\r\n" LAST,
    HEAD "10000000000000003\r\nabc\r\n" LAST,
    HEAD "FFFFFFFFFFFFFFFF\r\nabc\r\n" LAST,
    HEAD "FFFFFFFFFFFFFFFE\r\nabc\r\n" LAST,
    HEAD ZEROS_62 "003\r\nabc\r\n" LAST,
    HEAD "3" BLANKS_62 "  ;x\r\nabc\r\n" LAST,
    HEAD "3;\x01\r\nabc\r\n" LAST,
    /* ends of chunks */
    HEAD "3\r\nabcd\r\n" LAST,
    HEAD "3\r\nabc0\r\n\r\n",
    HEAD "3\r\nabc \r\n" LAST,
    HEAD "3\r\nabc\rx\n" LAST,
    HEAD "2\r\nabc\r\n" LAST,
    /* trailers */
    HEAD ABC "0\r\n folded: x\r\n\r\n",
    HEAD ABC "0\r\nX: \x7f\r\n\r\n",
};

/* The peer is gone too early. */
static const char *const cut_off[] = {
    HEAD,
    HEAD "3",
    HEAD "3\r\n",
    HEAD "3\r\nab",
    HEAD "3\r\nabc",
    HEAD ABC,
    HEAD ABC "0",
    HEAD ABC "0\r\n",
    HEAD ABC "0\r\nX: x\r\n",
    HEAD ABC "0\r\n\r",
    HEAD "ffffffef\r\nabc",
};

static void test_http_14_chunks(void **state)
{
    (void)state;
    check_rows(rows, COUNT(rows));
}

static void test_http_14_refused(void **state)
{
    struct outcome o;
    size_t i, at;

    (void)state;
    for (i = 0; i < COUNT(refused); i++) {
        failing = refused[i];
        for (at = 0; at <= strlen(failing); at++) {
            feed_split(&o, failing, at);
            assert_int_equal(o.err, HTTP);
            assert_false(o.http.done);
        }
        feed_bytes(&o, failing);
        assert_int_equal(o.err, HTTP);
    }
    failing = NULL;
}

static void test_http_14_cut_off(void **state)
{
    struct outcome o;
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(cut_off); i++) {
        failing = cut_off[i];
        feed_bytes(&o, failing);
        assert_int_equal(o.err, 0);
        assert_false(o.http.done);
        assert_int_equal(lwcmp_http_close(&o.http), LWCMP_ERR_NETWORK);
        assert_false(o.http.done);
    }
    failing = NULL;
}

/* Feeds `again` without end, and says how often it was taken. */
static size_t endless(const char *first, const char *again)
{
    struct outcome o;
    size_t count = 0;

    begin(&o);
    feed(&o, first, strlen(first));
    while (!o.err && count <= LWCMP_HTTP_HEAD) {
        assert_false(o.http.done);
        o.n = 0;
        feed(&o, again, strlen(again));
        count++;
    }
    assert_int_equal(o.err, HTTP);
    return count;
}

/* What is no content is bounded, and content brings the bound nearer. */
static void test_http_21_endless(void **state)
{
    (void)state;
    assert_in_range(endless(HEAD, "0"), LWCMP_HTTP_HEAD - 100, LWCMP_HTTP_HEAD);
    assert_in_range(endless(HEAD "3;", "x"), LWCMP_HTTP_HEAD - 100,
                    LWCMP_HTTP_HEAD);
    assert_in_range(endless(HEAD "0\r\n", "X: x\r\n"), LWCMP_HTTP_HEAD / 6 - 20,
                    LWCMP_HTTP_HEAD / 6);
    assert_in_range(endless(HEAD, "1\r\nx\r\n"), LWCMP_HTTP_HEAD / 5 - 20,
                    LWCMP_HTTP_HEAD / 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_http_14_chunks, name_failing),
        cmocka_unit_test_teardown(test_http_14_refused, name_failing),
        cmocka_unit_test_teardown(test_http_14_cut_off, name_failing),
        cmocka_unit_test(test_http_21_endless),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "absent.h"
#endif
