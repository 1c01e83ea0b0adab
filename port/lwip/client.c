/* SPDX-License-Identifier: Apache-2.0 */
/* The engine's side of the client: exchanges, one after the other. */
#include "client.h"

#include <string.h>

#include "lwcmp/platform.h"
#include "client_tcp.h"
#include "network.h"

/*
 * Seconds for which a connection may be silent. Servers end one soon, and what
 * is in between may forget it without a word.
 */
#define SILENCE_MAX 3

#define TIMEOUT_DEFAULT 30000

/* The message goes out from the begin, on a new connection if there is none. */
static void begin_attempt(struct lwcmp_client *client)
{
    lwcmp_http_begin(&client->http);
    client->answer = (struct lwcmp_bytes){NULL, 0};
    client->written = 0;
    client->unacked = 0;
    client->error = 0;
    client->has_head = false;
    client->answered = false;
    client->kept = client->pcb != NULL;
    client->stage = client->kept ? LWCMP_CLIENT_SEND : LWCMP_CLIENT_LOOKUP;
}

static void end_exchange(struct lwcmp_client *client, int err)
{
    const struct lwcmp_client_observer *o = client->observer;

    client->open = false;
    client->http_status = client->http.status;
    client->retry_after = client->http.retry_after;
    if (err || !client->http.keep) {
        lwcmp_client_disconnect(client);
    }
    if (err) {
        (void)lwcmp_failed(client->c, err);
        return;
    }
    client->stage = LWCMP_CLIENT_IDLE;
    if (o && o->received) {
        o->received(o->context, client->answer);
    }
    /* What the engine makes of the answer, its next step says. */
    (void)lwcmp_received(client->c, 0, true);
}

static void begin_exchange(struct lwcmp_client *client)
{
    const struct lwcmp_client_observer *o = client->observer;
    int err;

    if (client->spoiled) {
        lwcmp_client_disconnect(client);
    }
    client->since = lwcmp_platform_uptime();
    client->message = lwcmp_output(client->c);
    client->open = true;
    if (o && o->sent) {
        o->sent(o->context, client->message);
    }
    begin_attempt(client);
    /* No connection is made to an address that HTTP cannot carry. */
    err = client->kept ? 0 : lwcmp_client_check(client);
    if (err) {
        client->stage = LWCMP_CLIENT_IDLE;
        end_exchange(client, err);
    }
}

/* 0, or why the attempt has failed. */
static int go_on(struct lwcmp_client *client)
{
    uint32_t timeout = client->server->timeout;

    if (client->error || client->http.done) {
        return client->error;
    }
    if (timeout == 0) {
        timeout = TIMEOUT_DEFAULT;
    }
    if (lwcmp_platform_uptime() - client->since >= timeout) {
        return LWCMP_ERR_TIMEOUT;
    }
    return lwcmp_client_advance(client);
}

/*
 * A server may close a connection that it had kept at any time, also while
 * our message is on its way. As long as no byte of an answer has come, the
 * message counts as not delivered (RFC 9811 3.3), so it goes out once more,
 * the same bytes on a new connection.
 */
static void exchange(struct lwcmp_client *client)
{
    int err = go_on(client);

    if (err == LWCMP_ERR_NETWORK && client->kept && !client->answered) {
        lwcmp_client_disconnect(client);
        begin_attempt(client);
    } else if (err || client->http.done) {
        end_exchange(client, err);
    }
}

static enum lwcmp_want step(struct lwcmp_client *client)
{
    enum lwcmp_want want = lwcmp_step(client->c);

    switch (want) {
    case LWCMP_EXCHANGE:
        begin_exchange(client);
        break;
    case LWCMP_WAIT:
        if (lwcmp_wait_seconds(client->c) > SILENCE_MAX) {
            lwcmp_client_disconnect(client);
        }
        break;
    case LWCMP_PROVE:
    case LWCMP_DONE:
        lwcmp_client_disconnect(client);
        break;
    case LWCMP_STEP:
    case LWCMP_DECIDE:
        break;
    }
    return want;
}

void lwcmp_client_begin(struct lwcmp_client *client, struct lwcmp *c,
                        const struct lwcmp_client_server *server,
                        const struct lwcmp_client_observer *observer)
{
    memset(client, 0, sizeof(*client));
    client->c = c;
    client->server = server;
    client->observer = observer;
}

enum lwcmp_want lwcmp_client_turn(struct lwcmp_client *client)
{
    if (!client->open) {
        return step(client);
    }
    exchange(client);
    return LWCMP_EXCHANGE;
}

void lwcmp_client_end(struct lwcmp_client *client)
{
    lwcmp_client_disconnect(client);
    client->open = false;
}
