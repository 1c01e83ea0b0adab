/* SPDX-License-Identifier: Apache-2.0 */
/* tools/lwcmp/url.c */
#include "complaint.h"

#include "lwcmp/config.h"
#include "url.h"

#define WK "/.well-known/cmp"

static const struct {
    const char *text, *host, *port, *authority, *path;
    bool well_known, tls;
} good[] = {
    {"http://h", "h", "80", "h", WK, true, false},
    {"HTTP://h", "h", "80", "h", WK, true, false},
    {"http://h/", "h", "80", "h", "/", false, false},
    {"http://h:8080", "h", "8080", "h:8080", WK, true, false},
    {"http://h:080", "h", "80", "h", WK, true, false},
    {"http://h:65535/p", "h", "65535", "h:65535", "/p", false, false},
    {"http://ca.a_b-c.example/pkix/", "ca.a_b-c.example", "80",
     "ca.a_b-c.example", "/pkix/", false, false},
    {"http://10.0.0.1/a/b", "10.0.0.1", "80", "10.0.0.1", "/a/b", false, false},
    {"http://[::1]", "::1", "80", "[::1]", WK, true, false},
    {"http://[2001:db8::1]:81/x", "2001:db8::1", "81", "[2001:db8::1]:81", "/x",
     false, false},
    {"http://h" WK "/", "h", "80", "h", WK "/", true, false},
    {"http://h" WK "/p/lab", "h", "80", "h", WK "/p/lab", true, false},
    {"http://h" WK "x", "h", "80", "h", WK "x", false, false},
#if LWCMP_WITH_TLS
    {"https://h", "h", "443", "h", WK, true, true},
    {"HTTPS://h:443/p", "h", "443", "h", "/p", false, true},
    {"https://h:80/p", "h", "80", "h:80", "/p", false, true},
    {"https://[::1]:8443", "::1", "8443", "[::1]:8443", WK, true, true},
#endif
    {"http://h:443", "h", "443", "h:443", WK, true, false},
};

static const struct {
    const char *text, *word;
} bad[] = {
    {"", "http://"},
    {"h", "http://"},
    {"ftp://h", "http://"},
#if LWCMP_WITH_TLS
    {"https://", "host name"},
    {"https://h:0", "port"},
#else
    {"https://h", "TLS"},
    {"HTTPS://h", "TLS"},
#endif
    {"httpss://h", "https://"},
    {"http://", "host name"},
    {"http:///p", "host name"},
    {"http://:80", "host name"},
    {"http://h h", "host name"},
    {"http://u@h", "user name"},
    {"http://u:p@h/", "user name"},
    {"http://[::1", "host name"},
    {"http://[h]", "host name"},
    {"http://[1.2.3.4]", "host name"},
    {"http://[]", "host name"},
    {"http://[/]", "host name"},
    {"http://::1", "host name"},
    {"http://h:", "port"},
    {"http://h:0", "port"},
    {"http://h:65536", "port"},
    {"http://h:123456", "port"},
    {"http://h:+80", "port"},
    {"http://h:80:80", "port"},
    {"http://[::1]80", "port"},
    {"http://h?q", "path"},
    {"http://h/p?q", "path"},
    {"http://h/p#f", "path"},
    {"http://h/a b", "path"},
    {"http://h/\xc3\xa4", "path"},
    {"http://h/a\r\nX: y", "path"},
};

static void test_http_09_http_17_http_20_good(void **state)
{
    struct lwcmp_cli_url url;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        assert_int_equal(lwcmp_cli_url_read(good[i].text, &url), 0);
        assert_string_equal(url.host, good[i].host);
        assert_string_equal(url.port, good[i].port);
        assert_string_equal(url.authority, good[i].authority);
        assert_string_equal(url.path, good[i].path);
        assert_int_equal(url.well_known, good[i].well_known);
        assert_int_equal(url.tls, good[i].tls);
    }
}

static void test_bad(void **state)
{
    struct lwcmp_cli_url url;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_int_equal(lwcmp_cli_url_read(bad[i].text, &url),
                         LWCMP_EXIT_USAGE);
        assert_complaint(bad[i].word);
    }
}

/* The longest host and path, and one character more. */
static void test_long(void **state)
{
    struct lwcmp_cli_url url;
    char text[600];

    (void)state;
    (void)snprintf(text, sizeof(text), "http://%0255d:65535/%0254d", 0, 0);
    assert_int_equal(lwcmp_cli_url_read(text, &url), 0);
    assert_int_equal(strlen(url.authority), 255 + 6);
    assert_int_equal(strlen(url.path), 255);
    (void)snprintf(text, sizeof(text), "http://%0256d/", 0);
    assert_int_equal(lwcmp_cli_url_read(text, &url), LWCMP_EXIT_USAGE);
    (void)snprintf(text, sizeof(text), "http://h/%0255d", 0);
    assert_int_equal(lwcmp_cli_url_read(text, &url), LWCMP_EXIT_USAGE);
    assert_complaint("too long");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_http_09_http_17_http_20_good),
        cmocka_unit_test(test_bad),
        cmocka_unit_test(test_long),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
