/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Plays scenes (scenes.h) on the wire: between the client on lwIP and a server
 * that does what the script says, one piece in each turn of the main loop.
 */
#ifndef STAGE_H
#define STAGE_H

#include <stdlib.h>

#include "scene_engine.h"
#include "lwip/client.h"
#include "lwip/network.h"
#include "wire.h"

#define TICK 10 /* ms of a turn */
#define TIMEOUT 3000

static struct lwcmp engine;         /* nobody looks into it */
static struct lwcmp_client *client; /* its own memory: late uses are found */
static struct lwcmp_client_server server;
static unsigned piece, on_connection;
static size_t request_at; /* of the next in wire.in */
static bool asked;        /* and the answer is not complete */
static const char *host_header;
static bool patient_server; /* the next piece when the last has come */

static const struct script *script(void)
{
    return &scene->connections[wire.connects - 1];
}

/* Where the message begins in a whole request, and its size; else NULL. */
static const uint8_t *request_in(const char *p, size_t *n)
{
    const char *end = strstr(p, "\r\n\r\n");
    const char *length = strstr(p, "Content-Length: ");
    char start[64];

    if (!end || !length) {
        return NULL;
    }
    (void)snprintf(start, sizeof(start), "POST /p/label HTTP/1.1\r\nHost: %s\r",
                   host_header);
    assert_memory_equal(p, start, strlen(start));
    *n = strtoul(length + 16, NULL, 10);
    return (const uint8_t *)end + 4;
}

static void take_request(void)
{
    const uint8_t *m;
    size_t n;

    assert_true(wire.in_n < sizeof(wire.in));
    wire.in[wire.in_n] = 0;
    m = request_in((const char *)wire.in + request_at, &n);
    if (m && (size_t)(wire.in + wire.in_n - m) >= n) {
        note(">", m, n > 20 ? 20 : n);
        asked = true;
        request_at = (size_t)(m + n - wire.in);
    }
}

static void play_piece(void)
{
    const char *s = script()->pieces[piece];

    if (!s) {
        s = script()->endless;
    } else if (strcmp(s, HANG) != 0) {
        piece++;
    }
    if (!s) {
        wire_close();
    } else if (strcmp(s, RESET) == 0) {
        wire_abort();
    } else if (strcmp(s, HANG) != 0) {
        wire_send(s, strlen(s));
    }
}

/* Like a blocking reader's, the script goes on while the engine wants more. */
static void act(void)
{
    if (wire.connects != on_connection) {
        on_connection = wire.connects;
        piece = 0;
        request_at = 0;
        asked = false;
    }
    assert_true(wire.connects < CONNECTIONS);
    wire.refuse = scene->connections[wire.connects].absent;
    wire.deaf = wire.connects > 0 && script()->deaf && piece > 0;
    if (!exchanging) {
        asked = false;
    }
    if (wire.in_n > request_at) {
        take_request();
    }
    if (asked && wire.is_open && (!patient_server || wire_is_quiet())) {
        play_piece();
    }
}

static void stage_open(const struct scene *s,
                       const struct lwcmp_client_observer *observer)
{
    engine_play(s);
    wire_reset();
    on_connection = 0;
    asked = false;
    client = malloc(sizeof(*client));
    assert_non_null(client);
    lwcmp_client_begin(client, &engine, &server, observer);
}

/* What becomes of a name server's silence or of a closed connection. */
static void pass(uint32_t ms)
{
    uint32_t i;

    for (i = 0; i < ms / TICK; i++) {
        wire_tick(TICK);
        lwcmp_network_poll();
    }
}

/* Until the server knows, too: a segment may get lost even now. */
static void stage_close(void)
{
    lwcmp_client_end(client);
    free(client);
    client = NULL;
    pass(5000);
    assert_false(wire.is_open);
}

static enum lwcmp_want turn(void)
{
    act();
    wire_tick(TICK);
    lwcmp_network_poll();
    return lwcmp_client_turn(client);
}

static void wait_for_ca(void)
{
    uint32_t seconds = lwcmp_wait_seconds(&engine);
    char text[32];
    int n = snprintf(text, sizeof(text), "wait %u on %d", (unsigned)seconds,
                     wire.is_open);

    note("", (const uint8_t *)text, (size_t)n);
    pass(seconds * 1000);
}

/* Until the end, or until LWCMP_WAIT where nobody waits. */
static void run(bool patient)
{
    unsigned turns;

    for (turns = 0; turns < 4 * TIMEOUT / TICK; turns++) {
        switch (turn()) {
        case LWCMP_STEP:
        case LWCMP_EXCHANGE:
            break;
        case LWCMP_DECIDE:
            (void)lwcmp_accept(&engine);
            break;
        case LWCMP_WAIT:
            if (!patient) {
                return;
            }
            wait_for_ca();
            break;
        case LWCMP_PROVE:
            note(wire.is_open ? "prove on 1" : "prove on 0", NULL, 0);
            (void)lwcmp_proven(&engine, true);
            break;
        case LWCMP_DONE:
            return;
        }
    }
    fail_msg("no end");
}

/* The network is up, and whatever a test may change is as usual. */
static int stage_usual(void **state)
{
    (void)state;
    server = (struct lwcmp_client_server){
        .host = "10.0.0.80", .path = "/p", .label = true, .timeout = TIMEOUT};
    host_header = server.host;
    patient_server = false;
    return 0;
}

static int stage_begin(void **state)
{
    (void)state;
    wire.now = UINT32_MAX - 30000; /* it will wrap */
    wire_reset();
    assert_int_equal(lwcmp_network_begin(), 0);
    pass(5000);
    assert_true(lwcmp_network_is_up());
    return 0;
}

#endif
