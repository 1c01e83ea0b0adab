/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An engine and a transport that play a scene: the lwcmp_ functions here are
 * found before those of the library. The engine has messages to send, one
 * after the other, and keeps what comes back.
 */
#ifndef LWCMP_TEST_RUN_FAKES_H
#define LWCMP_TEST_RUN_FAKES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lwcmp/run.h"
#include "http.h"
#include "run_scenes.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct scene *scene;
static unsigned connects, open_connections, piece, sends, ticks;
static size_t taken;
static char log_text[512];

static void note(const char *what, const uint8_t *p, size_t n)
{
    size_t used = strlen(log_text);
    int more = snprintf(log_text + used, sizeof(log_text) - used, "%s%.*s;",
                        what, (int)n, n ? (const char *)p : "");

    assert_true(more > 0 && used + (size_t)more < sizeof(log_text));
}

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

/* The engine. */
static uint8_t buffer[256];
static size_t buffer_n, received, message, out_n;
static bool exchanging, decided, answered, waiting, waited;
static int error;

enum lwcmp_want lwcmp_step(struct lwcmp *c)
{
    static bool pause;
    const char *m = message < 3 ? scene->messages[message] : NULL;

    (void)c;
    pause = !pause;
    if (pause) {
        return LWCMP_STEP;
    }
    waited = waited || waiting;
    waiting = !error && message == 1 && scene->wait > 0 && !waited;
    if (waiting) {
        return LWCMP_WAIT;
    }
    if (!error && message == (scene->wait ? 2 : 1) && !decided) {
        return LWCMP_DECIDE;
    }
    if (error || m == NULL) {
        return LWCMP_DONE;
    }
    assert_false(exchanging); /* it would go out twice */
    memset(buffer, 0, sizeof(buffer));
    out_n = strlen(m);
    memcpy(buffer, m, out_n);
    exchanging = true;
    received = 0;
    return LWCMP_EXCHANGE;
}

struct lwcmp_bytes lwcmp_output(const struct lwcmp *c)
{
    (void)c;
    assert_true(exchanging);
    return (struct lwcmp_bytes){buffer, out_n};
}

const char *lwcmp_label(const struct lwcmp *c)
{
    (void)c;
    return "label";
}

/* The output is gone as soon as the room has been asked for. */
uint8_t *lwcmp_room(struct lwcmp *c, size_t *n)
{
    (void)c;
    assert_true(exchanging);
    if (received == 0) {
        memset(buffer, '?', sizeof(buffer));
    }
    *n = buffer_n - received;
    *n = *n > 7 ? 7 : *n; /* less than there is: it has to be asked again */
    return buffer + received;
}

int lwcmp_received(struct lwcmp *c, size_t n, bool last)
{
    (void)c;
    assert_true(exchanging);
    received += n;
    assert_true(received <= buffer_n);
    if (last) {
        note("<", buffer, received);
        exchanging = false;
        message++;
    }
    return 0;
}

int lwcmp_failed(struct lwcmp *c, int why)
{
    (void)c;
    assert_true(exchanging);
    assert_int_not_equal(why, 0);
    exchanging = false;
    error = why;
    return 0;
}

struct lwcmp_bytes lwcmp_certificate(const struct lwcmp *c)
{
    (void)c;
    return (struct lwcmp_bytes){(const uint8_t *)"cert", 4};
}

int lwcmp_accept(struct lwcmp *c)
{
    (void)c;
    note("accept", NULL, 0);
    decided = true;
    return 0;
}

int lwcmp_refuse(struct lwcmp *c)
{
    (void)c;
    note("refuse", NULL, 0);
    error = LWCMP_ERR_REFUSED;
    return 0;
}

uint32_t lwcmp_wait_seconds(const struct lwcmp *c)
{
    (void)c;
    assert_true(waiting);
    return scene->wait;
}

int lwcmp_result(const struct lwcmp *c)
{
    (void)c;
    return waiting ? LWCMP_ERR_WAITING : error;
}

static void play(const struct scene *s)
{
    scene = s;
    connects = open_connections = piece = sends = ticks = 0;
    taken = 0;
    buffer_n = s && s->room ? s->room : sizeof(buffer);
    received = message = out_n = 0;
    exchanging = decided = answered = waiting = waited = false;
    error = 0;
    log_text[0] = '\0';
}

static const struct lwcmp_url url = {"h", "/p", true};

#endif
