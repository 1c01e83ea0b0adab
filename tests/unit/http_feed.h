/* SPDX-License-Identifier: Apache-2.0 */
/* Feeds an answer to src/http.c in pieces, and keeps what comes out. */
#ifndef LWCMP_TEST_HTTP_FEED_H
#define LWCMP_TEST_HTTP_FEED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "http.h"

#define TYPE "Content-Type: application/pkixcmp\r\n"
#define S "HTTP/1.1 200 OK\r\n"
#define L3 "Content-Length: 3\r\n\r\nabc"
#define OK TYPE L3
#define LINE_63 "X: 56789012345678901234567890123456789012345678901234567890123"
#define BLANKS_46 "                                              "

#define KEEP true, "abc"
#define CLOSE false, "abc"
#define NOTHING false, ""

#define HTTP LWCMP_ERR_HTTP
#define CONTENT LWCMP_ERR_CONTENT
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* The row of a table that a test is at. */
static const char *failing;

/*
 * An answer, after which the peer closes if it was not complete. Where its
 * head is refused there is no content, and nothing to be kept.
 */
struct row {
    const char *answer;
    unsigned status;
    int err;
    bool keep;
    const char *content;
};

/* What has come out so far. */
struct outcome {
    struct lwcmp_http http;
    int err;
    uint8_t content[64];
    size_t n;
};

/* Feeds one piece in an allocation of exactly its size. */
static inline void feed(struct outcome *o, const char *p, size_t n)
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

static inline void begin(struct outcome *o)
{
    memset(o, 0xa5, sizeof(*o));
    o->err = 0;
    o->n = 0;
    lwcmp_http_begin(&o->http);
}

static inline void feed_split(struct outcome *o, const char *answer, size_t at)
{
    begin(o);
    feed(o, answer, at);
    feed(o, answer + at, strlen(answer) - at);
}

static inline void feed_bytes(struct outcome *o, const char *answer)
{
    begin(o);
    for (; *answer != '\0'; answer++) {
        feed(o, answer, 1);
    }
}

static inline void check(struct outcome *o, const struct row *row)
{
    if (!o->err && !o->http.done) {
        o->err = lwcmp_http_close(&o->http);
    }
    assert_int_equal(o->err, row->err);
    assert_int_equal(o->http.status, row->status);
    assert_int_equal(o->n, strlen(row->content));
    assert_memory_equal(o->content, row->content, o->n);
    if (o->err) {
        return;
    }
    assert_true(o->http.done);
    assert_int_equal(o->http.keep, row->keep);
    assert_int_equal(lwcmp_http_close(&o->http), 0);
    assert_false(o->http.keep);
}

/* In one piece, in every two, and byte by byte: always the same. */
static inline void check_row(const struct row *row)
{
    struct outcome o;
    size_t at;

    failing = row->answer;
    for (at = 0; at <= strlen(row->answer); at++) {
        feed_split(&o, row->answer, at);
        check(&o, row);
    }
    feed_bytes(&o, row->answer);
    check(&o, row);
    failing = NULL;
}

static inline void check_rows(const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        check_row(&rows[i]);
    }
}

/* Names the row at which a table's test has stopped. */
static inline int name_failing(void **state)
{
    (void)state;
    if (failing) {
        print_error("at: %s\n", failing);
    }
    failing = NULL;
    return 0;
}

#endif
