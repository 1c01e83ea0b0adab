/* SPDX-License-Identifier: Apache-2.0 */
/*
 * port/run/run.c between an engine and a transport that are both of this
 * test: its lwcmp_ functions are found before those of the library. The
 * engine has messages to send, one after the other, and keeps what comes back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lwcmp/run.h"
#include "run_scenes.h"

static const struct scene *scene;
static unsigned connects, open_connections, piece, sends;
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
    }
    return 0;
}

static int fake_receive(void *context, uint8_t *p, size_t cap, size_t *n)
{
    const char *s = script()->pieces[piece];

    (void)context;
    *n = 0;
    if (s == NULL) {
        return 0;
    }
    piece++;
    if (strcmp(s, HANG) == 0) {
        return LWCMP_ERR_TIMEOUT;
    }
    if (strcmp(s, RESET) == 0) {
        return LWCMP_ERR_NETWORK;
    }
    assert_true(strlen(s) <= cap);
    memcpy(p, s, strlen(s));
    *n = strlen(s);
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
static bool exchanging, decided, answered;
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
    if (!error && message == 1 && !decided) {
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

int lwcmp_result(const struct lwcmp *c)
{
    (void)c;
    return error;
}

static void play(const struct scene *s)
{
    scene = s;
    connects = open_connections = piece = sends = 0;
    buffer_n = s && s->room ? s->room : sizeof(buffer);
    received = message = out_n = 0;
    exchanging = decided = answered = false;
    error = 0;
    log_text[0] = '\0';
}

static const struct lwcmp_url url = {"h", "/p", true};

static void test_scenes(void **state)
{
    struct lwcmp c;
    int status;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(scenes) / sizeof(scenes[0]); i++) {
        play(&scenes[i]);
        status = 1;
        assert_int_equal(lwcmp_run(&c, &transport, &url, NULL, &status),
                         scenes[i].result);
        assert_string_equal(log_text, scenes[i].log);
        assert_int_equal(status, scenes[i].http_status);
        assert_int_equal(connects, scenes[i].connects);
        assert_int_equal(open_connections, 0);
        play(&scenes[i]);
        assert_int_equal(lwcmp_run(&c, &transport, &url, NULL, NULL),
                         scenes[i].result);
    }
}

static void sent(void *context, struct lwcmp_bytes m)
{
    assert_ptr_equal(context, &url);
    note("sent ", m.p, m.n);
}

static void taken(void *context, struct lwcmp_bytes m)
{
    assert_ptr_equal(context, &url);
    note("received ", m.p, m.n);
}

static bool decide(void *context, struct lwcmp_bytes certificate)
{
    assert_ptr_equal(context, &url);
    note("decide ", certificate.p, certificate.n);
    return answered;
}

/* Sees each message once, also one that goes out twice, and decides. */
static void test_observer(void **state)
{
    const struct lwcmp_observer observer = {(void *)(uintptr_t)&url, sent,
                                            taken, decide};
    struct lwcmp c;

    (void)state;
    play(&scenes[3]);
    assert_int_equal(lwcmp_run(&c, &transport, &url, &observer, NULL),
                     LWCMP_ERR_REFUSED);
    assert_string_equal(log_text, "sent ir;>ir;received ip;<ip;"
                                  "decide cert;refuse;");
    play(&scenes[3]);
    answered = true;
    assert_int_equal(lwcmp_run(&c, &transport, &url, &observer, NULL), 0);
    assert_string_equal(log_text,
                        "sent ir;>ir;received ip;<ip;decide cert;accept;"
                        "sent certConf;>certConf;>certConf;"
                        "received pkiconf;<pkiconf;");
}

/* Nothing is sent to an address that HTTP cannot carry. */
static void test_bad_url(void **state)
{
    const struct lwcmp_url bad = {"h", "no slash", false};
    struct lwcmp c;

    (void)state;
    play(&scenes[0]);
    assert_int_equal(lwcmp_run(&c, &transport, &bad, NULL, NULL),
                     LWCMP_ERR_CONFIG);
    assert_int_equal(connects, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scenes),
        cmocka_unit_test(test_observer),
        cmocka_unit_test(test_bad_url),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
