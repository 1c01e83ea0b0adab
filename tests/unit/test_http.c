/* SPDX-License-Identifier: Apache-2.0 */
/* src/http.c */
#include "http_feed.h"

static const struct row rows[] = {
    /* status lines */
    {S OK, 200, 0, KEEP},
    {"HTTP/1.1 200\r\n" OK, 200, 0, KEEP},
    {"HTTP/1.1 200 \r\n" OK, 200, 0, KEEP},
    {"HTTP/1.1 200 any reason: at all\r\n" OK, 200, 0, KEEP},
    {"HTTP/1.1 200 " LINE_63 "\xc3\xa9\r\n" OK, 200, 0, KEEP},
    {"HTTP/1.1 202 Accepted\r\n" L3, 202, HTTP, NOTHING},
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
    /* 64 bytes of line are whole, 65 are cut */
    {S TYPE "Content-Length:" BLANKS_46 "  3\r\n\r\nabc", 200, 0, KEEP},
    {S TYPE "Content-Lengt: 1\r\nContent-Length2: 1\r\n" OK, 200, 0, KEEP},
    /* no content */
    {S TYPE "Content-Length: 0\r\n\r\n", 200, CONTENT, NOTHING},
    {"HTTP/1.1 500 No\r\n" TYPE "Content-Length: 0\r\n\r\n", 500, HTTP,
     NOTHING},
    {"HTTP/1.1 204 No Content\r\n\r\nabc", 204, HTTP, NOTHING},
    /* bytes behind the end */
    {S OK "d", 200, 0, CLOSE},
    {S OK "HTTP/1.1 500 No\r\n\r\n", 200, 0, CLOSE},
    /* Connection */
    {S "Connection: close\r\n" OK, 200, 0, CLOSE},
    {S "connection:foo,CLOSE\r\n" OK, 200, 0, CLOSE},
    {S "Connection: close , foo\r\n" OK, 200, 0, CLOSE},
    {S "Connection: x, close\r\n" OK, 200, 0, CLOSE},
    {S "Connection: clone\r\n" OK, 200, 0, KEEP},
    {S "X:" BLANKS_46 "\r\nConnection: \r\n" OK, 200, 0, KEEP},
    {S "Connection: keep-alive\r\n" OK, 200, 0, KEEP},
    {"HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n" OK, 200, 0, KEEP},
    {"HTTP/1.0 200 OK\r\nConnection: foo\r\n" OK, 200, 0, CLOSE},
    {"HTTP/1.0 200 OK\r\nConnection: close, keep-alive\r\n" OK, 200, 0, CLOSE},
    {S "Retry-After: soon\r\n" OK, 200, 0, KEEP},
    /* interim answers leave nothing behind */
    {"HTTP/1.1 100 Continue\r\n\r\n" S OK, 200, 0, KEEP},
    {"HTTP/1.1 103 Early Hints\r\nConnection: close\r\n" TYPE
     "Content-Length: 7\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" S L3,
     200, CONTENT, NOTHING},
    {"HTTP/1.1 103 Early Hints\r\nConnection: close\r\n\r\n" S OK, 200, 0,
     KEEP},
    {"HTTP/1.1 199 Last\r\n\r\nHTTP/1.0 200 OK\r\n" OK, 200, 0, CLOSE},
};

/* Content up to the end of the connection. */
static const struct row until_close[] = {
    {S TYPE "\r\nabc", 200, 0, CLOSE},
    {"HTTP/1.0 200 OK\r\n" TYPE "\r\na\r\n\r\nbc", 200, 0, false,
     "a\r\n\r\nbc"},
    {"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n" TYPE "\r\nabc", 200, 0,
     CLOSE},
    {"HTTP/1.0 200 OK\r\n" TYPE "\r\n", 200, 0, false, ""},
};

static const struct row content_types[] = {
    {S "content-type:Application/PKIXCMP ;charset=utf-8\r\n" L3, 200, 0, KEEP},
    {S "Content-Type: application/pkixcmp; and=a; parameter=\"longer than the "
       "line\"\r\n" L3,
     200, 0, KEEP},
    {S "Content-Type: application/pkixcmp-poll\r\n" L3, 200, 0, KEEP},
    {S "Content-Type: application/pkixcmpx\r\n" L3, 200, CONTENT, NOTHING},
    {S "Content-Type: application/pkixcm\r\n" L3, 200, CONTENT, NOTHING},
    {S "Content-Type: text/html\r\n" L3, 200, CONTENT, NOTHING},
    {S "Content-Type: text/html; application/pkixcmp\r\n" L3, 200, CONTENT,
     NOTHING},
    {S L3, 200, CONTENT, NOTHING},
};

/* Status and type together. */
static const struct row statuses[] = {
    {"HTTP/1.1 201 Created\r\n" OK, 201, 0, KEEP},
    {"HTTP/1.1 400 Bad Request\r\n" OK, 400, 0, KEEP},
    {"HTTP/1.1 599 Last\r\n" OK, 599, 0, KEEP},
    {"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n" L3, 404, HTTP,
     NOTHING},
    {"HTTP/1.1 300 Choices\r\n" OK, 300, HTTP, NOTHING},
    {"HTTP/1.1 301 Moved\r\nLocation: http://evil.test/\r\n" OK, 301, HTTP,
     NOTHING},
    {"HTTP/1.1 399 Last\r\n" OK, 399, HTTP, NOTHING},
};

/* The peer is gone too early. */
static const char *const cut_off[] = {
    "",
    S TYPE,
    S TYPE "\r",
    S TYPE "Content-Length: 4\r\n\r\nabc",
    "HTTP/1.1 100 Continue\r\n\r\n",
};

static void test_http_14_answers(void **state)
{
    (void)state;
    check_rows(rows, COUNT(rows));
}

static void test_http_13_http_14_until_close(void **state)
{
    (void)state;
    check_rows(until_close, COUNT(until_close));
}

static void test_http_03_content_type(void **state)
{
    (void)state;
    check_rows(content_types, COUNT(content_types));
}

static void test_http_04_http_05_http_06_status(void **state)
{
    (void)state;
    check_rows(statuses, COUNT(statuses));
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

/* Nobody has to wait for the content of an answer that is none. */
static void test_verdict_before_content(void **state)
{
    static const char head[] = "HTTP/1.1 404 No\r\nContent-Length: 3\r\n\r\n";
    struct outcome o;

    (void)state;
    begin(&o);
    feed(&o, head, sizeof(head) - 2);
    assert_int_equal(o.err, 0);
    feed(&o, head + sizeof(head) - 2, 1);
    assert_int_equal(o.err, HTTP);
}

static const struct {
    const char *lines;
    uint32_t seconds;
} waits[] = {
    {"", 0},
    {"Retry-After: 120\r\n", 120},
    {"retry-after:0\r\n", 0},
    {"Retry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n", 0},
    {"Retry-After: 1 2\r\n", 0},
    {"Retry-After: -1\r\n", 0},
    {"Retry-After:\r\n", 0},
    {"Retry-After: 4294967295\r\n", 0}, /* a hundred years: nonsense */
    {"Retry-After: 268435455\r\n", 268435455},
};

/* It is told, and whoever drives the engine may heed it. */
static void test_http_08_retry_after(void **state)
{
    static const char head[] = "HTTP/1.1 503 Service Unavailable\r\n";
    struct outcome o;
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(waits); i++) {
        begin(&o);
        feed(&o, head, sizeof(head) - 1);
        feed(&o, waits[i].lines, strlen(waits[i].lines));
        feed(&o, "\r\n", 2);
        assert_int_equal(o.err, HTTP);
        assert_int_equal(o.http.retry_after, waits[i].seconds);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_http_14_answers, name_failing),
        cmocka_unit_test_teardown(test_http_13_http_14_until_close,
                                  name_failing),
        cmocka_unit_test_teardown(test_http_03_content_type, name_failing),
        cmocka_unit_test_teardown(test_http_04_http_05_http_06_status,
                                  name_failing),
        cmocka_unit_test_teardown(test_cut_off, name_failing),
        cmocka_unit_test(test_binary_content),
        cmocka_unit_test(test_verdict_before_content),
        cmocka_unit_test(test_http_08_retry_after),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
