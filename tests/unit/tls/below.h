/* SPDX-License-Identifier: Apache-2.0 */
/* The stream below TLS: it plays a server and keeps what it is told. */
#ifndef LWCMP_TEST_TLS_BELOW_H
#define LWCMP_TEST_TLS_BELOW_H

#include "tls/tls.h"
#include "vectors.h"

#define HANG "hang"   /* the server says nothing more */
#define RESET "reset" /* the connection breaks */

static struct {
    const uint8_t *answer; /* what the server says to anything */
    size_t answer_n;
    const char *end; /* after that; NULL: it closes */
    int connect_error, send_error;
    unsigned connects, closes;
    bool connected;
    uint8_t hello[2048]; /* what was sent first */
    size_t hello_n;
    uint8_t *retry;   /* room for a HelloRetryRequest in place of an answer */
    unsigned allowed; /* what may then still be sent */
} below;

static struct lwcmp_tls tls;
static size_t put_retry(uint8_t p[128]); /* of the test */

static int below_connect(void *context)
{
    assert_ptr_equal(context, &below);
    assert_false(below.connected);
    below.connects++;
    below.connected = below.connect_error == 0;
    return below.connect_error;
}

static int below_send(void *context, const uint8_t *p, size_t n)
{
    (void)context;
    assert_true(below.connected);
    if (below.hello_n == 0) {
        assert_true(n <= sizeof(below.hello));
        memcpy(below.hello, p, n);
        below.hello_n = n;
    }
    return below.send_error;
}

static int below_receive(void *context, uint8_t *p, size_t cap, size_t *n)
{
    (void)context;
    assert_true(below.connected);
    if (below.retry) {
        below.answer = below.retry;
        below.answer_n = put_retry(below.retry);
        below.retry = NULL;
        tls.sends = below.allowed;
    }
    *n = cap < below.answer_n ? cap : below.answer_n;
    if (*n > 0) {
        memcpy(p, below.answer, *n);
        below.answer += *n;
        below.answer_n -= *n;
        return 0;
    }
    if (below.end == NULL) {
        return 0;
    }
    return strcmp(below.end, HANG) == 0 ? LWCMP_ERR_TIMEOUT : LWCMP_ERR_NETWORK;
}

static void below_close(void *context)
{
    (void)context;
    below.closes += below.connected;
    below.connected = false;
}

static struct lwcmp_bytes root;
static struct lwcmp_transport t;

static struct lwcmp_tls_config configuration(void)
{
    return (struct lwcmp_tls_config){
        .below = {&below, below_connect, below_send, below_receive,
                  below_close},
        .host = "ca.example",
        .anchors = root,
    };
}

static void reset(void)
{
    memset(&below, 0, sizeof(below));
}

#endif
