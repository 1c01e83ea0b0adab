/* SPDX-License-Identifier: Apache-2.0 */
/* src/http_post.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "http.h"

#define ROOMY 256

static const struct {
    const char *host, *path, *label;
    size_t content_n;
    int err;
    const char *head;
} posts[] = {
    {"127.0.0.1:8080", "/pkix/", NULL, 1000, 0,
     "POST /pkix/ HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n"
     "Content-Type: application/pkixcmp\r\nContent-Length: 1000\r\n\r\n"},
    {"ca.test", "/.well-known/cmp", "initialization", 65535, 0,
     "POST /.well-known/cmp/initialization HTTP/1.1\r\nHost: ca.test\r\n"
     "Content-Type: application/pkixcmp\r\nContent-Length: 65535\r\n\r\n"},
    {"[::1]", "/pkix/", "keyupdate", 0, 0,
     "POST /pkix/keyupdate HTTP/1.1\r\nHost: [::1]\r\n"
     "Content-Type: application/pkixcmp\r\nContent-Length: 0\r\n\r\n"},
    {"h", "/", NULL, 9, 0,
     "POST / HTTP/1.1\r\nHost: h\r\n"
     "Content-Type: application/pkixcmp\r\nContent-Length: 9\r\n\r\n"},
    {"", "/", NULL, 9, LWCMP_ERR_CONFIG, ""},
    {"h", "", NULL, 9, LWCMP_ERR_CONFIG, ""},
    {"h", "pkix", NULL, 9, LWCMP_ERR_CONFIG, ""},
    {"h h", "/", NULL, 9, LWCMP_ERR_CONFIG, ""},
    {"h\r\nX: x", "/", NULL, 9, LWCMP_ERR_CONFIG, ""},
    {"h\x7f", "/", NULL, 9, LWCMP_ERR_CONFIG, ""},
    {"h\xc3\xa4", "/", NULL, 9, LWCMP_ERR_CONFIG, ""},
    {"h", "/a b", NULL, 9, LWCMP_ERR_CONFIG, ""},
    {"h", "/a\n", NULL, 9, LWCMP_ERR_CONFIG, ""},
};

static void test_http_01_http_02_post(void **state)
{
    size_t i, cap, n, want;
    char *p;
    int err;

    (void)state;
    for (i = 0; i < sizeof(posts) / sizeof(posts[0]); i++) {
        want = strlen(posts[i].head);
        for (cap = want > 0 ? 0 : ROOMY; cap <= ROOMY; cap++) {
            p = malloc(cap);
            n = 1;
            err = lwcmp_http_post(p, cap, posts[i].host, posts[i].path,
                                  posts[i].label, posts[i].content_n, &n);
            if (!posts[i].err && cap < want) {
                assert_int_equal(err, LWCMP_ERR_BUFFER);
                assert_int_equal(n, 0);
            } else {
                assert_int_equal(err, posts[i].err);
                assert_int_equal(n, want);
                assert_memory_equal(p, posts[i].head, n);
            }
            free(p);
        }
    }
}

/* Only the headers that are needed: they cost air time on every message. */
static void test_post_size(void **state)
{
    char head[128];
    size_t n;

    (void)state;
    assert_int_equal(lwcmp_http_post(head, sizeof(head), "127.0.0.1:8080",
                                     "/pkix/", NULL, 1000, &n),
                     0);
    assert_int_equal(n, 103);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_http_01_http_02_post),
        cmocka_unit_test(test_post_size),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
