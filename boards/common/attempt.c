/* SPDX-License-Identifier: Apache-2.0 */
#include "attempt.h"

#include "lwip/client.h"
#include "lwip/network.h"
#include "lwcmp/platform.h"
#include "board.h"
#include "facts.h"
#include "memory.h"
#include "say.h"
#include "words.h"

#define EXCHANGE_MS 30000 /* for one message and its answer */
#define PATIENCE_MS 10000 /* without an address, until the next line */
#define LINES_MAX 6       /* until the network is started anew */
#define WAIT_MAX 86400    /* seconds between two polls */
#define POLLS_SOON 10     /* as soon as the CA wants; later ones are rare, */
#define POLLS_APART 300   /* since each of them is a write to flash */

/* One turn of the main loop: nothing in it blocks. */
static void breathe(void)
{
    lwcmp_network_poll();
    lwcmp_board_feed();
}

/* Network and watchdog get what they need meanwhile. */
static void pause(uint32_t seconds)
{
    uint32_t start = lwcmp_platform_uptime();

    while (seconds > 0) {
        breathe();
        lwcmp_board_idle();
        if (lwcmp_platform_uptime() - start >= 1000) {
            start += 1000;
            seconds--;
        }
    }
}

void lwcmp_attempt_later(uint32_t seconds)
{
    if (seconds == 0) {
        return;
    }
    lwcmp_say_begin("again");
    lwcmp_say_text("in ");
    lwcmp_say_number(seconds);
    lwcmp_say_text(" s");
    lwcmp_say_end();
    pause(seconds);
}

static void wait_for_address(void)
{
    uint32_t start = lwcmp_platform_uptime();
    unsigned lines = 0;

    while (!lwcmp_network_is_up()) {
        breathe();
        lwcmp_board_idle();
        if (lwcmp_platform_uptime() - start < PATIENCE_MS) {
            continue;
        }
        start += PATIENCE_MS;
        lwcmp_say("network", "no address from DHCP yet; asking on");
        if (++lines % LINES_MAX == 0) {
            /* One random number that failed has silenced it for good. */
            (void)lwcmp_network_begin();
        }
    }
}

static void say_addresses(void)
{
    struct lwcmp_network_address a = lwcmp_network_address();

    lwcmp_say_begin("network");
    lwcmp_say_address(a.own);
    lwcmp_say_text(", router ");
    lwcmp_say_address(a.router);
    lwcmp_say_text(", name server ");
    lwcmp_say_address(a.dns);
    lwcmp_say_end();
}

int lwcmp_attempt_network(bool anew)
{
    int err;

    if (!anew && lwcmp_network_is_up()) {
        return 0;
    }
    err = lwcmp_network_begin();
    if (err) {
        lwcmp_say("network", lwcmp_words_error(err));
        return err;
    }
    wait_for_address();
    say_addresses();
    return 0;
}

static void say_message(const char *arrow, struct lwcmp_bytes message)
{
    lwcmp_say_begin(arrow);
    lwcmp_say_text(lwcmp_words_message(message));
    lwcmp_say_text(", ");
    lwcmp_say_number((uint32_t)message.n);
    lwcmp_say_text(" bytes");
    lwcmp_say_end();
}

/* What the callbacks know. */
struct attempt {
    struct lwcmp *c;
    const struct lwcmp_device *d;
    bool exact; /* there is a clock, and nothing speaks against it */
};

static void tell_time(struct attempt *a)
{
    struct lwcmp_time time = lwcmp_facts_time(a->d, lwcmp_heard_time(a->c));

    a->exact = time.clock == LWCMP_TIME_EXACT;
    lwcmp_set_time(a->c, time);
}

static void sent(void *context, struct lwcmp_bytes message)
{
    (void)context;
    say_message("->", message);
}

/* A certificate may be younger than the transaction. */
static void received(void *context, struct lwcmp_bytes message)
{
    say_message("<-", message);
    tell_time(context);
}

/* A CA that wants a year, or a century, is asked all the same. */
static uint32_t pause_between_polls(const struct lwcmp *c, unsigned polls)
{
    uint32_t seconds = lwcmp_wait_seconds(c);

    if (polls > POLLS_SOON && seconds < POLLS_APART) {
        seconds = POLLS_APART;
    }
    return seconds < WAIT_MAX ? seconds : WAIT_MAX;
}

static void wait_for_ca(const struct lwcmp *c, unsigned polls)
{
    uint32_t seconds = pause_between_polls(c, polls);

    lwcmp_say_begin("waiting");
    lwcmp_say_text("the CA wants time; asking again in ");
    lwcmp_say_number(seconds);
    lwcmp_say_text(" s");
    lwcmp_say_end();
    pause(seconds);
}

static void drive(struct attempt *a, struct lwcmp_client *client)
{
    struct lwcmp *c = a->c;
    unsigned polls = 0;

    for (;;) {
        breathe();
        switch (lwcmp_client_turn(client)) {
        case LWCMP_STEP:
            if (a->exact) {
                tell_time(a); /* the answer may have said another one */
            }
            break;
        case LWCMP_EXCHANGE:
            lwcmp_board_idle();
            break;
        case LWCMP_DECIDE:
            (void)lwcmp_accept(c);
            break;
        case LWCMP_WAIT:
            wait_for_ca(c, ++polls);
            break;
        case LWCMP_PROVE: /* not configured: a product tries its cloud here */
            (void)lwcmp_proven(c, true);
            break;
        case LWCMP_DONE:
            return;
        }
    }
}

static const char *const stages[] = {
    [LWCMP_CLIENT_IDLE] = "",
    [LWCMP_CLIENT_LOOKUP] = ", while looking up the server's name",
    [LWCMP_CLIENT_CONNECT] = ", while connecting",
    [LWCMP_CLIENT_SEND] = ", while sending",
    [LWCMP_CLIENT_RECEIVE] = ", while waiting for the answer",
};

static void say_failure(struct lwcmp *c, const struct lwcmp_client *client)
{
    struct lwcmp_status status = lwcmp_server_status(c);
    int err = lwcmp_result(c);

    if (err == 0) {
        return;
    }
    lwcmp_words_status(&status);
    lwcmp_say_begin("failed");
    lwcmp_say_text(lwcmp_words_error(err));
    if (err == LWCMP_ERR_NETWORK || err == LWCMP_ERR_TIMEOUT) {
        lwcmp_say_text(stages[client->stage]);
    } else if (err == LWCMP_ERR_HTTP && client->http_status != 0) {
        lwcmp_say_text(": HTTP status ");
        lwcmp_say_number((uint32_t)client->http_status);
    }
    lwcmp_say_end();
}

static struct lwcmp_config configure(struct lwcmp_device *d)
{
    return (struct lwcmp_config){
        .buffer = d->buffer,
        .buffer_size = sizeof d->buffer,
        .store = &d->store,
        .key_slot = {LWCMP_DEVICE_KEY_1, LWCMP_DEVICE_KEY_2},
        .reference = d->secret.reference,
        .secret = d->secret_key,
        .anchors = d->factory.anchors,
        .accept_ca_pubs = d->factory.learn,
        .recipient = d->factory.recipient,
        .implicit_confirm = d->factory.implicit,
    };
}

/*
 * Memory that was short is told by name, not as a bad certificate. It may have
 * been somebody's answer that was too large, so another attempt follows.
 */
static int judge_memory(struct lwcmp_device *d, int err, size_t contexts)
{
    lwcmp_memory_say(&d->log, contexts);
    if (err && lwcmp_memory_was_short()) {
        lwcmp_say("memory", "too little for Mbed TLS: LWCMP_CRYPTO_ARENA");
        return LWCMP_ERR_CRYPTO;
    }
    return err;
}

bool lwcmp_attempt(struct lwcmp_device *d, struct lwcmp_life_result *result)
{
    /* Too large for the stack of a small device; there is one at a time. */
    static struct lwcmp c;
    static struct lwcmp_client client;
    static struct attempt attempt;
    const struct lwcmp_config config = configure(d);
    const struct lwcmp_client_server server = {
        .host = d->factory.host,
        .path = d->factory.path,
        .port = d->factory.port,
        .label = d->factory.label,
        .timeout = EXCHANGE_MS,
    };
    const struct lwcmp_client_observer observer = {&attempt, sent, received};
    struct lwcmp_request request = {.operation = LWCMP_KUR};
    uint64_t heard;

    if (result->task == LWCMP_LIFE_ENROL) {
        request.operation = LWCMP_IR;
        request.subject = d->factory.subject;
    }
    attempt = (struct attempt){&c, d, false};
    lwcmp_memory_begin();
    if (!result->resumed) {
        (void)lwcmp_begin(&c, &config, &request);
    } else {
        (void)lwcmp_resume(&c, &config, &request);
    }
    lwcmp_client_begin(&client, &c, &server, &observer);
    drive(&attempt, &client);
    say_failure(&c, &client);
    result->retry_after = client.retry_after;
    result->status = lwcmp_server_status(&c);
    heard = lwcmp_heard_time(&c);
    lwcmp_client_end(&client);
    result->error = judge_memory(d, lwcmp_end(&c), sizeof c + sizeof client);
    return lwcmp_facts_heard(d, heard, !result->error);
}
