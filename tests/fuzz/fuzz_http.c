/* SPDX-License-Identifier: Apache-2.0 */
/*
 * HTTP answers: four bytes that say how the answer is cut into pieces, then
 * the answer. Cut or whole, it has to mean the same.
 */
#include "fuzz.h"

#include "http.h"

const char fuzz_name[] = "http";

#define CUTS 4

struct outcome {
    struct lwcmp_http http;
    int err;
    bool keep;
    uint8_t *content;
    size_t n;
};

static void feed(struct outcome *r, struct lwcmp_bytes piece)
{
    uint8_t *p = fuzz_copy(piece);
    size_t n = 0;

    r->err = lwcmp_http_feed(&r->http, p, piece.n, &n);
    assert_true(n <= piece.n);
    if (n > 0) {
        memcpy(r->content + r->n, p, n);
    }
    r->n += n;
    free(p);
}

/* Each cut is the size of a piece, taken in turn; 0: all that is left. */
static void read_answer(struct outcome *r, struct lwcmp_bytes answer,
                        const uint8_t cuts[CUTS])
{
    unsigned i = 0;

    memset(r, 0, sizeof *r);
    r->content = malloc(answer.n + 1);
    assert_non_null(r->content);
    lwcmp_http_begin(&r->http);
    while (answer.n > 0 && r->err == 0) {
        size_t n = cuts[i++ % CUTS];

        feed(r, fuzz_take(&answer, n > 0 ? n : answer.n));
    }
    r->keep = r->http.keep;
    if (r->err == 0) {
        r->err = lwcmp_http_close(&r->http);
    }
}

static void compare(const struct outcome *a, const struct outcome *b)
{
    assert_int_equal(a->err, b->err);
    assert_int_equal(a->http.done, b->http.done);
    assert_int_equal(a->http.status, b->http.status);
    assert_int_equal(a->http.retry_after, b->http.retry_after);
    assert_int_equal(a->n, b->n);
    assert_memory_equal(a->content, b->content, a->n);
    if (a->err == 0) {
        assert_int_equal(a->keep, b->keep);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    static const uint8_t whole[CUTS];
    struct lwcmp_bytes in = {p, n};
    struct outcome at_once, cut;
    uint8_t cuts[CUTS];

    for (unsigned i = 0; i < CUTS; i++) {
        cuts[i] = fuzz_u8(&in);
    }
    read_answer(&at_once, in, whole);
    read_answer(&cut, in, cuts);
    compare(&at_once, &cut);
    free(at_once.content);
    free(cut.content);
    return 0;
}
