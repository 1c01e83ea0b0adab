/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An engine that plays a scene: the lwcmp_ functions here are found before
 * those of the library. It has messages to send, one after the other, and
 * keeps what comes back.
 */
#ifndef SCENE_ENGINE_H
#define SCENE_ENGINE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lwcmp/lwcmp.h"
#include "scenes.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct scene *scene;
static char log_text[512];

static void note(const char *what, const uint8_t *p, size_t n)
{
    size_t used = strlen(log_text);
    int more = snprintf(log_text + used, sizeof(log_text) - used, "%s%.*s;",
                        what, (int)n, n ? (const char *)p : "");

    assert_true(more > 0 && used + (size_t)more < sizeof(log_text));
}

/* Scenes with more room than usual say so. */
#define ROOM 256
static uint8_t buffer[8192];
static size_t buffer_n, received, message, out_n;
static bool exchanging, decided, answered, waiting, waited, proving;
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
        proving = !error && scene->prove && !proving;
        return proving ? LWCMP_PROVE : LWCMP_DONE;
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

int lwcmp_proven(struct lwcmp *c, bool works)
{
    (void)c;
    assert_true(proving);
    note(works ? "works" : "does not work", NULL, 0);
    error = works ? 0 : LWCMP_ERR_REFUSED;
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

static void engine_play(const struct scene *s)
{
    scene = s;
    buffer_n = s->room ? s->room : ROOM;
    received = message = out_n = 0;
    exchanging = decided = answered = waiting = waited = proving = false;
    error = 0;
    log_text[0] = '\0';
}

#endif
