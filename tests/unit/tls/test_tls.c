/* SPDX-License-Identifier: Apache-2.0 */
/*
 * port/tls/tls.c on a stream that plays a server which never gets as far as
 * TLS; tests/interop/test_https.py has those that do.
 */
#include "vectors.h"

#if LWCMP_WITH_TLS
#include <psa/crypto.h>

#include "below.h"

static int start(void **state)
{
    (void)state;
    reset();
    root = vectors_file("path/root.der");
    return psa_crypto_init() == PSA_SUCCESS ? 0 : -1;
}

static int stop(void **state)
{
    (void)state;
    vectors_free(root);
    mbedtls_psa_crypto_free();
    return 0;
}

static int try_init(const struct lwcmp_tls_config *config)
{
    int err = lwcmp_tls_init(&tls, &t, config);

    lwcmp_tls_free(&tls);
    return err;
}

static void test_config(void **state)
{
    struct lwcmp_tls_config good = configuration(), bad = good;
    uint8_t address[16] = {127, 0, 0, 1};

    (void)state;
    assert_int_equal(try_init(&good), 0);
    bad.host = NULL;
    assert_int_equal(try_init(&bad), LWCMP_ERR_CONFIG);
    bad.host = "";
    assert_int_equal(try_init(&bad), LWCMP_ERR_CONFIG);
    bad.address = (struct lwcmp_bytes){address, 4};
    assert_int_equal(try_init(&bad), 0);
    bad.address.n = 16;
    assert_int_equal(try_init(&bad), 0);
    bad.address.n = 5;
    assert_int_equal(try_init(&bad), LWCMP_ERR_CONFIG);
    bad = good;
    bad.chain = root;
    assert_int_equal(try_init(&bad), LWCMP_ERR_CONFIG);
    bad.key = 0x1234; /* there is none */
    assert_int_equal(try_init(&bad), LWCMP_ERR_KEY);
    bad.chain = (struct lwcmp_bytes){NULL, 0};
    assert_int_equal(try_init(&bad), LWCMP_ERR_CONFIG);
    assert_int_equal(below.connects, 0);
}

/* A verification without anchors, or with other than were meant, is none. */
static void test_http_17_anchors(void **state)
{
    struct lwcmp_tls_config config = configuration();
    uint8_t *two = malloc(2 * root.n - 1);

    (void)state;
    assert_non_null(two);
    memcpy(two, root.p, root.n);
    memcpy(two + root.n, root.p, root.n - 1);
    config.anchors.n = 0;
    assert_int_equal(try_init(&config), LWCMP_ERR_NO_ANCHOR);
    config.anchors.n = root.n - 1;
    assert_int_equal(try_init(&config), LWCMP_ERR_CERT_SYNTAX);
    /* One, and another that is cut off. */
    config.anchors = (struct lwcmp_bytes){two, 2 * root.n - 1};
    assert_int_equal(try_init(&config), LWCMP_ERR_CERT_SYNTAX);
    free(two);
}

/* No server is ever on the line after a failure, and the next try is a new. */
static void fail_to_connect(const void *answer, size_t n, const char *end,
                            int error, const char *words)
{
    struct lwcmp_tls_config config = configuration();
    unsigned i;

    assert_int_equal(lwcmp_tls_init(&tls, &t, &config), 0);
    assert_string_equal(lwcmp_tls_reason(&tls), "");
    for (i = 1; i <= 2; i++) {
        below.answer = answer;
        below.answer_n = n;
        below.end = end;
        assert_int_equal(t.connect(t.context), error);
        assert_int_equal(below.connects, i);
        assert_int_equal(below.closes, below.connect_error ? 0 : i);
        assert_false(below.connected);
        assert_non_null(strstr(lwcmp_tls_reason(&tls), words));
        assert_int_equal(*words != '\0', *lwcmp_tls_reason(&tls) != '\0');
    }
    lwcmp_tls_free(&tls);
    assert_false(below.connected);
}

static void test_below_fails(void **state)
{
    (void)state;
    fail_to_connect(NULL, 0, HANG, LWCMP_ERR_TIMEOUT, "");
    reset();
    fail_to_connect(NULL, 0, RESET, LWCMP_ERR_NETWORK, "");
}

static void test_below_does_not_connect(void **state)
{
    (void)state;
    below.connect_error = LWCMP_ERR_TIMEOUT;
    fail_to_connect(NULL, 0, NULL, LWCMP_ERR_TIMEOUT, "");
    assert_int_equal(below.hello_n, 0);
}

static void test_below_does_not_send(void **state)
{
    (void)state;
    below.send_error = LWCMP_ERR_NETWORK;
    fail_to_connect(NULL, 0, NULL, LWCMP_ERR_NETWORK, "");
}

static void test_closed_at_once(void **state)
{
    (void)state;
    fail_to_connect(NULL, 0, NULL, LWCMP_ERR_NETWORK, "cut off");
}

static void test_http_17_no_tls(void **state)
{
    static const char html[] = "HTTP/1.1 400 Bad Request\r\n\r\n";

    (void)state;
    fail_to_connect(html, sizeof(html) - 1, NULL, LWCMP_ERR_TLS, "not TLS");
}

/* A fatal alert (RFC 8446 6) in a record (5.1). */
static void test_http_17_refused(void **state)
{
    static const uint8_t alert[] = {21, 3, 3, 0, 2, 2, 70};

    (void)state;
    fail_to_connect(alert, sizeof(alert), NULL, LWCMP_ERR_TLS, "TLS 1.2");
}

/* It had hung up when we sent, but not without a word. */
static void test_http_17_refused_before_we_sent(void **state)
{
    static const uint8_t alert[] = {21, 3, 3, 0, 2, 2, 116};

    (void)state;
    below.send_error = LWCMP_ERR_NETWORK;
    fail_to_connect(alert, sizeof(alert), RESET, LWCMP_ERR_TLS, "demands");
}

/* Neither a length that leads beyond the buffer, nor half a record. */
static void test_bad_records(void **state)
{
    static const uint8_t too_long[] = {22, 3, 3, 0xff, 0xff, 2, 0};
    static const uint8_t half[] = {22, 3, 3, 0, 80, 2, 0, 0, 76};

    (void)state;
    fail_to_connect(too_long, sizeof(too_long), HANG, LWCMP_ERR_TLS,
                    "handshake failed");
    reset();
    fail_to_connect(half, sizeof(half), NULL, LWCMP_ERR_NETWORK, "cut off");
    reset();
    fail_to_connect(half, sizeof(half), HANG, LWCMP_ERR_TIMEOUT, "");
}

static bool hello_has(const void *p, size_t n)
{
    size_t at;

    for (at = 0; at + n <= below.hello_n; at++) {
        if (memcmp(below.hello + at, p, n) == 0) {
            return true;
        }
    }
    return false;
}

static void say_hello(const struct lwcmp_tls_config *config)
{
    below.hello_n = 0;
    assert_int_equal(lwcmp_tls_init(&tls, &t, config), 0);
    assert_int_equal(t.connect(t.context), LWCMP_ERR_NETWORK);
    lwcmp_tls_free(&tls);
}

/* server_name of RFC 6066 3: the name, by its length; none for an address. */
static void test_http_17_server_name(void **state)
{
    static const char name[] = "\0\0\0\017\0\015\0\0\012ca.example";
    struct lwcmp_tls_config config = configuration();
    uint8_t address[4] = {127, 0, 0, 1};

    (void)state;
    say_hello(&config);
    assert_true(hello_has(name, sizeof(name) - 1));
    config.address = (struct lwcmp_bytes){address, sizeof(address)};
    config.host = "127.0.0.1";
    say_hello(&config);
    assert_false(hello_has("127", 3));
    assert_false(hello_has("\0\0\0\016\0\014\0\0\011", 9));
}

/* A HelloRetryRequest (RFC 8446 4.1.4) for P-384, to the hello that came. */
static size_t put_retry(uint8_t p[128])
{
    static const uint8_t head[] = {
        22,   3,    3,    0,    88,   2,    0,    0,    84,   3,    3,
        0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c,
        0x02, 0x1e, 0x65, 0xb8, 0x91, 0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb,
        0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c};
    static const uint8_t tail[] = {0x13, 0x01, 0, 0,  12, 0, 43, 0, 2,
                                   3,    4,    0, 51, 0,  2, 0,  24};

    assert_int_equal(below.hello[43], 32); /* legacy_session_id */
    memcpy(p, head, sizeof(head));
    memcpy(p + sizeof(head), below.hello + 43, 33);
    memcpy(p + sizeof(head) + 33, tail, sizeof(tail));
    return sizeof(head) + 33 + sizeof(tail);
}

/*
 * Each time that we send gives the server time anew, so it is counted. The
 * answer to a retry is a ChangeCipherSpec (RFC 8446 D.4) and another hello.
 */
static void test_http_16_talk_without_end(void **state)
{
    struct lwcmp_tls_config config = configuration();
    uint8_t retry[128];
    bool enough;

    (void)state;
    for (below.allowed = 0; below.allowed <= 2; below.allowed++) {
        enough = below.allowed == 2;
        below.retry = retry;
        below.hello_n = 0;
        assert_int_equal(lwcmp_tls_init(&tls, &t, &config), 0);
        assert_int_equal(t.connect(t.context),
                         enough ? LWCMP_ERR_NETWORK : LWCMP_ERR_TLS);
        assert_non_null(
            strstr(lwcmp_tls_reason(&tls), enough ? "cut off" : "talking"));
        lwcmp_tls_free(&tls);
    }
}

/*
 * cipher_suites, supported_versions (RFC 8446 4.1.2, 4.2.1): these, in this
 * order, and no others (but for the signal of RFC 5746 3.3).
 */
static void test_http_17_offers(void **state)
{
    static const uint8_t suites[] = {0,    14,   0x13, 0x01, 0x13, 0x02,
                                     0xc0, 0x2b, 0xc0, 0x2c, 0xc0, 0x2f,
                                     0xc0, 0x30, 0x00, 0xff};
    static const uint8_t versions[] = {0, 43, 0, 5, 4, 3, 4, 3, 3};
    struct lwcmp_tls_config config = configuration();

    (void)state;
    say_hello(&config);
    assert_true(hello_has(suites, sizeof(suites)));
    assert_true(hello_has(versions, sizeof(versions)));
}

/* A close that nobody needs is none; nor does a failed init hurt. */
static void test_close_often(void **state)
{
    struct lwcmp_tls_config config = configuration();

    (void)state;
    assert_int_equal(lwcmp_tls_init(&tls, &t, &config), 0);
    t.close(t.context);
    t.close(t.context);
    lwcmp_tls_free(&tls);
    assert_int_equal(below.closes, 0);
    assert_int_equal(below.hello_n, 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_config),
        TEST(test_http_17_anchors),
        TEST(test_below_fails),
        TEST(test_below_does_not_connect),
        TEST(test_below_does_not_send),
        TEST(test_closed_at_once),
        TEST(test_http_17_no_tls),
        TEST(test_http_17_refused),
        TEST(test_http_17_refused_before_we_sent),
        TEST(test_bad_records),
        TEST(test_http_17_server_name),
        TEST(test_http_16_talk_without_end),
        TEST(test_http_17_offers),
        TEST(test_close_often),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else
#include "../absent.h"
#endif
