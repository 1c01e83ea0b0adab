/* SPDX-License-Identifier: Apache-2.0 */
/* An engine and a transport that play a scene. */
#ifndef LWCMP_TEST_RUN_FAKES_H
#define LWCMP_TEST_RUN_FAKES_H

#include "lwcmp/run.h"
#include "http.h"
#include "scene_engine.h"

static unsigned connects, open_connections, piece, sends, ticks;
static size_t taken;

static const struct script *script(void)
{
    return &scene->connections[connects - 1];
}

static int fake_connect(void *context)
{
    assert_ptr_equal(context, &connects);
    assert_true(connects < CONNECTIONS);
    connects++;
    if (script()->absent) {
        return LWCMP_ERR_NETWORK;
    }
    open_connections++;
    piece = 0;
    return 0;
}

/* The head of a request is not noted, its message is. */
static int fake_send(void *context, const uint8_t *p, size_t n)
{
    (void)context;
    assert_int_equal(open_connections, 1);
    if (script()->deaf && piece > 0) {
        return LWCMP_ERR_NETWORK;
    }
    if (sends++ % 2 == 0) {
        assert_memory_equal(p, "POST /p/label HTTP/1.1\r\nHost: h\r\n", 33);
    } else {
        note(">", p, n);
        ticks = 0;
    }
    return 0;
}

static const char *next_piece(void)
{
    const char *s = script()->pieces[piece];

    if (s == NULL) {
        return script()->endless;
    }
    piece++;
    return s;
}

static int fake_receive(void *context, uint8_t *p, size_t cap, size_t *n)
{
    const char *s = next_piece();

    (void)context;
    *n = 0;
    if (s == NULL) {
        return 0;
    }
    assert_true(ticks < DEADLINE); /* it has been told */
    if (++ticks == DEADLINE || strcmp(s, HANG) == 0) {
        return LWCMP_ERR_TIMEOUT;
    }
    if (strcmp(s, RESET) == 0) {
        return LWCMP_ERR_NETWORK;
    }
    assert_true(strlen(s) <= cap);
    memcpy(p, s, strlen(s));
    *n = strlen(s);
    taken += *n;
    return 0;
}

static void fake_close(void *context)
{
    (void)context;
    assert_int_equal(open_connections, 1);
    open_connections--;
    sends = 0;
}

static const struct lwcmp_transport transport = {
    &connects, fake_connect, fake_send, fake_receive, fake_close};

static void play(const struct scene *s)
{
    engine_play(s);
    connects = open_connections = piece = sends = ticks = 0;
    taken = 0;
}

static const struct lwcmp_url url = {"h", "/p", true};

#endif
