/* SPDX-License-Identifier: Apache-2.0 */
/* The engine itself over lwIP: a life of a device, on good and bad wires. */
#include <stdio.h>

#include "device.h"

#include "lwip/client.h"
#include "lwip/network.h"
#include "wire.h"

#define TICK 10

static const struct lwcmp_client_server server = {
    .host = "ca.test", .path = "/.well-known/cmp", .label = true};
static struct device d;
static struct lwcmp_client client;
static size_t request_at;

static void pass(uint32_t ms)
{
    uint32_t i;

    for (i = 0; i < ms / TICK; i++) {
        wire_tick(TICK);
        lwcmp_network_poll();
    }
}

/* The server answers as soon as a request is whole. */
static void serve(void)
{
    static struct crypto_toy toy;
    static uint8_t answer[4096];
    const char *p, *end;
    char head[128];
    size_t n;
    int head_n;

    if (!wire.is_open || request_at >= wire.in_n) {
        return;
    }
    wire.in[wire.in_n] = 0;
    p = (const char *)wire.in + request_at;
    end = strstr(p, "\r\n\r\n");
    if (!end) {
        return;
    }
    n = strtoul(strstr(p, "Content-Length: ") + 16, NULL, 10);
    end += 4;
    if ((size_t)((const char *)wire.in + wire.in_n - end) < n) {
        return;
    }
    request_at = (size_t)(end - (const char *)wire.in) + n;
    toy = crypto_toy;
    n = peer_answer(&d.peer, (struct lwcmp_bytes){(const uint8_t *)end, n},
                    answer, sizeof(answer));
    crypto_toy = toy;
    head_n = snprintf(head, sizeof(head),
                      "HTTP/1.1 200 OK\r\nContent-Type: application/pkixcmp"
                      "\r\nContent-Length: %zu\r\n\r\n",
                      n);
    wire_send(head, (size_t)head_n);
    wire_send(answer, n);
}

static void transact(unsigned lose)
{
    enum lwcmp_want want = LWCMP_STEP;

    wire_reset();
    wire.lose = lose;
    request_at = 0;
    d.peer.answers = 0;
    assert_int_equal(lwcmp_begin(&d.c, &d.config, &d.request), 0);
    lwcmp_client_begin(&client, &d.c, &server, NULL);
    while (want != LWCMP_DONE) {
        serve();
        wire_tick(TICK);
        lwcmp_network_poll();
        want = lwcmp_client_turn(&client);
        if (want == LWCMP_WAIT) {
            pass(lwcmp_wait_seconds(&d.c) * 1000);
        }
    }
    assert_int_equal(lwcmp_result(&d.c), 0);
    assert_int_equal(wire.connects, 1);
    lwcmp_client_end(&client);
    assert_int_equal(lwcmp_end(&d.c), 0);
    pass(5000);
    assert_false(wire.is_open);
}

static void live(unsigned lose)
{
    device_init(&d);
    transact(lose);
    device_check_identity(&d);
    d.config.secret = 0;
    d.peer.sign = true;
    d.request.operation = LWCMP_KUR;
    transact(lose);
    device_check_identity(&d);
    device_free(&d);
}

static void test_life(void **state)
{
    (void)state;
    live(0);
}

/* Each frame of it gets lost once. */
static void test_loss(void **state)
{
    unsigned i;

    (void)state;
    for (i = 1; i < 40; i++) {
        live(i);
    }
}

static void test_polling(void **state)
{
    (void)state;
    device_init(&d);
    d.peer.waits = true;
    d.peer.polls = 2;
    d.peer.check_after = 2;
    transact(0);
    device_check_identity(&d);
    device_free(&d);
}

static int begin_network(void **state)
{
    (void)state;
    wire_reset();
    assert_int_equal(lwcmp_network_begin(), 0);
    pass(5000);
    assert_true(lwcmp_network_is_up());
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_life),
        cmocka_unit_test(test_loss),
        cmocka_unit_test(test_polling),
    };

    return cmocka_run_group_tests(tests, begin_network, NULL);
}
