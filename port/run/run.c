/* SPDX-License-Identifier: Apache-2.0 */
/* The blocking loop: does what the engine wants, over HTTP (RFC 9811). */
#include "lwcmp/run.h"

#include <string.h>

#include "http.h"

/*
 * Seconds for which a connection may be silent. Servers end one soon, and what
 * is in between may forget it without a word.
 */
#define SILENCE_MAX 3

struct run {
    struct lwcmp *c;
    const struct lwcmp_transport *transport;
    const struct lwcmp_url *url;
    const struct lwcmp_observer *observer;
    struct lwcmp_http_result *result;
    bool connected;
    struct lwcmp_http http;
    struct lwcmp_bytes answer; /* so far, in the work buffer */
    /*
     * The head of a request, then the answer piece by piece. It keeps the
     * answer's head out of the work buffer, and the request in there whole
     * until the first byte of content has come: it may have to go out again.
     */
    uint8_t piece[512];
};

static void disconnect(struct run *r)
{
    if (r->connected) {
        r->transport->close(r->transport->context);
    }
    r->connected = false;
}

static int send_request(struct run *r, struct lwcmp_bytes message)
{
    const struct lwcmp_transport *t = r->transport;
    const char *label = r->url->label ? lwcmp_label(r->c) : NULL;
    size_t n;
    int err;

    err = lwcmp_http_post((char *)r->piece, sizeof(r->piece), r->url->host,
                          r->url->path, label, message.n, &n);
    if (err) {
        return err;
    }
    if (!r->connected) {
        err = t->connect(t->context);
        if (err) {
            return err;
        }
        r->connected = true;
    }
    err = t->send(t->context, r->piece, n);
    if (err) {
        return err;
    }
    return t->send(t->context, message.p, message.n);
}

/* Hands n bytes of content to the engine. */
static int take_content(struct run *r, size_t n)
{
    const uint8_t *from = r->piece;
    size_t room;
    uint8_t *to;
    int err;

    while (n > 0) {
        to = lwcmp_room(r->c, &room);
        if (room == 0) {
            return LWCMP_ERR_BUFFER;
        }
        if (room > n) {
            room = n;
        }
        if (r->answer.n == 0) {
            r->answer.p = to;
        }
        memcpy(to, from, room);
        from += room;
        n -= room;
        r->answer.n += room;
        err = lwcmp_received(r->c, room, false);
        if (err) {
            return err;
        }
    }
    return 0;
}

static int take_piece(struct run *r)
{
    const struct lwcmp_transport *t = r->transport;
    size_t n;
    int err;

    err = t->receive(t->context, r->piece, sizeof(r->piece), &n);
    if (err) {
        return err;
    }
    if (n == 0) {
        return lwcmp_http_close(&r->http);
    }
    err = lwcmp_http_feed(&r->http, r->piece, n, &n);
    return err ? err : take_content(r, n);
}

static int attempt(struct run *r, struct lwcmp_bytes message)
{
    int err;

    lwcmp_http_begin(&r->http);
    err = send_request(r, message);
    while (!err && !r->http.done) {
        err = take_piece(r);
    }
    if (err || !r->http.keep) {
        disconnect(r);
    }
    return err;
}

/*
 * A server may close a connection that it had kept at any time, also while
 * our message is on its way. As long as no byte of an answer has come, the
 * message counts as not delivered (RFC 9811 3.3), so it goes out once more,
 * the same bytes on a new connection.
 */
static void exchange(struct run *r)
{
    struct lwcmp_bytes message = lwcmp_output(r->c);
    bool kept = r->connected;
    int err;

    r->answer = (struct lwcmp_bytes){NULL, 0};
    if (r->observer->sent) {
        r->observer->sent(r->observer->context, message);
    }
    err = attempt(r, message);
    if (err == LWCMP_ERR_NETWORK && kept && r->http.head_n == 0) {
        err = attempt(r, message);
    }
    r->result->status = r->http.status;
    r->result->retry_after = r->http.retry_after;
    if (err) {
        (void)lwcmp_failed(r->c, err);
        return;
    }
    if (r->observer->received) {
        r->observer->received(r->observer->context, r->answer);
    }
    /* What the engine makes of the answer, its next step says. */
    (void)lwcmp_received(r->c, 0, true);
}

static void decide(struct run *r)
{
    const struct lwcmp_observer *o = r->observer;

    if (!o->decide || o->decide(o->context, lwcmp_certificate(r->c))) {
        (void)lwcmp_accept(r->c);
    } else {
        (void)lwcmp_refuse(r->c);
    }
}

/* Nothing more is sent; the proof may take long. */
static void prove(struct run *r)
{
    const struct lwcmp_observer *o = r->observer;

    disconnect(r);
    (void)lwcmp_proven(r->c, !o->prove || o->prove(o->context));
}

static bool wait_for_ca(struct run *r)
{
    const struct lwcmp_observer *o = r->observer;
    uint32_t seconds = lwcmp_wait_seconds(r->c);

    if (seconds > SILENCE_MAX) {
        disconnect(r);
    }
    return o->wait && o->wait(o->context, seconds);
}

static void run(struct run *r)
{
    for (;;) {
        switch (lwcmp_step(r->c)) {
        case LWCMP_STEP:
            break;
        case LWCMP_EXCHANGE:
            exchange(r);
            break;
        case LWCMP_DECIDE:
            decide(r);
            break;
        case LWCMP_PROVE:
            prove(r);
            break;
        case LWCMP_WAIT:
            if (!wait_for_ca(r)) {
                return;
            }
            break;
        case LWCMP_DONE:
            return;
        }
    }
}

int lwcmp_run(struct lwcmp *c, const struct lwcmp_transport *transport,
              const struct lwcmp_url *url,
              const struct lwcmp_observer *observer,
              struct lwcmp_http_result *http)
{
    static const struct lwcmp_observer nobody;
    struct lwcmp_http_result unseen = {0, 0};
    struct run r = {.c = c, .transport = transport, .url = url};

    r.observer = observer ? observer : &nobody;
    r.result = http ? http : &unseen;
    *r.result = unseen;
    run(&r);
    disconnect(&r);
    return lwcmp_result(c);
}
