/* SPDX-License-Identifier: Apache-2.0 */
/* port/lwip/client.c: the scenes of the blocking loop, on lwIP */
#include "stage.h"

static void play_through(const struct scene *s, bool patient)
{
    stage_open(s, NULL);
    run(patient);
    assert_int_equal(lwcmp_result(&engine), s->result);
    assert_string_equal(log_text, s->log);
    assert_int_equal(client->http_status, s->http_status);
    assert_int_equal(client->retry_after, 0);
    assert_int_equal(wire.connects, s->connects);
    stage_close();
}

static void play_all(const struct scene *all, size_t n, bool patient)
{
    size_t i;

    for (i = 0; i < n; i++) {
        play_through(&all[i], patient);
    }
}

/* The clock begins again at 0 in the middle of an exchange. */
static void test_clock_wraps(void **state)
{
    (void)state;
    assert_true(wire.now > UINT32_MAX / 2);
    pass(UINT32_MAX - 40 - wire.now);
    play_through(&scenes[0], false);
    assert_true(wire.now < UINT32_MAX / 2);
}

static void test_lcp_6_3_01_scenes(void **state)
{
    (void)state;
    play_all(scenes, COUNT(scenes), false);
}

static void test_http_15_kept_connection_is_gone(void **state)
{
    (void)state;
    play_all(gone, COUNT(gone), false);
}

static void test_http_21_endless(void **state)
{
    (void)state;
    play_all(endless, COUNT(endless), false);
}

static void test_waiting(void **state)
{
    (void)state;
    play_all(waits, COUNT(waits), true);
}

static void test_proof(void **state)
{
    (void)state;
    play_all(&proof, 1, true);
}

static void test_http_08_retry_after(void **state)
{
    static const struct scene busy = {
        .connections = {{.pieces = {"HTTP/1.1 503 No\r\n",
                                    "Retry-After: 120\r\n\r\n"}}},
        .messages = {"ir"}};

    (void)state;
    stage_open(&busy, NULL);
    run(false);
    assert_int_equal(lwcmp_result(&engine), LWCMP_ERR_HTTP);
    assert_int_equal(client->http_status, 503);
    assert_int_equal(client->retry_after, 120);
    stage_close();
}

static void sent(void *context, struct lwcmp_bytes m)
{
    assert_ptr_equal(context, &server);
    note("sent ", m.p, m.n);
}

static void came(void *context, struct lwcmp_bytes m)
{
    assert_ptr_equal(context, &server);
    note("received ", m.p, m.n);
}

/* Sees each message once, also one that goes out twice. */
static void test_observer(void **state)
{
    const struct lwcmp_client_observer observer = {
        .context = &server, .sent = sent, .received = came};

    (void)state;
    stage_open(&gone[1], &observer);
    run(false);
    assert_string_equal(log_text, "sent ir;>ir;received ip;<ip;accept;"
                                  "sent certConf;>certConf;>certConf;"
                                  "received pkiconf;<pkiconf;");
    stage_close();
}

/* Nothing is sent to an address that HTTP cannot carry. */
static void test_bad_address(void **state)
{
    static const char long_name[] =
        "a123456789012345678901234567890123456789012345678901234567890."
        "b123456789012345678901234567890123456789012345678901234567890."
        "test";
    const struct lwcmp_client_server bad[] = {
        {.host = "h", .path = "p"},
        {.host = "", .path = "/p"},
        {.host = "", .path = "/p", .port = 8080},
        {.host = "a b", .path = "/p"},
        {.host = long_name, .path = "/"}};
    size_t i;

    (void)state;
    assert_true(sizeof(long_name) == 128 + 1);
    for (i = 0; i < COUNT(bad); i++) {
        server = bad[i];
        stage_open(&scenes[0], NULL);
        run(false);
        assert_int_equal(lwcmp_result(&engine), LWCMP_ERR_CONFIG);
        assert_int_equal(client->stage, LWCMP_CLIENT_IDLE);
        assert_int_equal(wire.frames, 0);
        stage_close();
    }
}

static void test_ports(void **state)
{
    static const struct {
        uint16_t port;
        const char *header;
    } ports[] = {{80, "10.0.0.80"},
                 {8, "10.0.0.80:8"},
                 {8080, "10.0.0.80:8080"},
                 {65535, "10.0.0.80:65535"}};
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(ports); i++) {
        server.port = ports[i].port;
        host_header = ports[i].header;
        play_through(&scenes[0], false);
    }
}

/* A close in between is noticed in time; the next connection is kept. */
static void test_closed_between(void **state)
{
    static const struct scene s = {
        .connections = {{.pieces = {ANSWER(2, "ip")}},
                        {.pieces = {ANSWER(7, "pollRep"),
                                    ANSWER(7, "pkiconf")}}},
        .messages = {"ir", "pollReq", "certConf"},
        .wait = 1};

    (void)state;
    stage_open(&s, NULL);
    while (turn() != LWCMP_WAIT) {
    }
    wire_close();
    pass(100);
    run(true);
    assert_string_equal(log_text, ">ir;<ip;>pollReq;<pollRep;accept;"
                                  ">certConf;<pkiconf;");
    assert_int_equal(wire.connects, 2);
    stage_close();
}

/* Bytes behind an answer belong to nothing, whenever they come. */
static void test_bytes_between(void **state)
{
    const struct scene *s = &waits[1];

    (void)state;
    stage_open(s, NULL);
    while (turn() != LWCMP_WAIT) {
    }
    wire_send("HTTP/1.1 200 OK\r\n", 17);
    pass(100);
    run(true);
    assert_string_equal(log_text, ">ir;<ip;>pollReq;<pollRep;accept;");
    assert_int_equal(wire.connects, 2);
    stage_close();
}

static const struct scene hanging = {.connections = {{.pieces = {HANG}}},
                                     .messages = {"ir"}};

static void test_no_answer(void **state)
{
    (void)state;
    stage_open(&hanging, NULL);
    run(false);
    assert_string_equal(log_text, ">ir;");
    assert_int_equal(lwcmp_result(&engine), LWCMP_ERR_TIMEOUT);
    assert_int_equal(client->stage, LWCMP_CLIENT_RECEIVE);
    stage_close();
}

static void test_default_timeout(void **state)
{
    unsigned i;

    (void)state;
    server.timeout = 0;
    stage_open(&hanging, NULL);
    for (i = 0; i < 29500 / TICK; i++) {
        assert_int_not_equal(turn(), LWCMP_DONE);
    }
    run(false);
    assert_int_equal(lwcmp_result(&engine), LWCMP_ERR_TIMEOUT);
    assert_int_equal(client->stage, LWCMP_CLIENT_RECEIVE);
    stage_close();
}

/* Whatever is under way: nothing of lwIP comes back to a client that ended. */
static void test_end_at_any_moment(void **state)
{
    unsigned turns, i;

    (void)state;
    for (turns = 0; turns < 40; turns++) {
        stage_open(&scenes[0], NULL);
        for (i = 0; i < turns; i++) {
            if (turn() == LWCMP_DECIDE) {
                (void)lwcmp_accept(&engine);
            }
        }
        stage_close();
        pass(1000);
    }
    play_through(&scenes[0], false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_clock_wraps, stage_usual),
        cmocka_unit_test_setup(test_lcp_6_3_01_scenes, stage_usual),
        cmocka_unit_test_setup(test_http_15_kept_connection_is_gone,
                               stage_usual),
        cmocka_unit_test_setup(test_http_21_endless, stage_usual),
        cmocka_unit_test_setup(test_waiting, stage_usual),
        cmocka_unit_test_setup(test_proof, stage_usual),
        cmocka_unit_test_setup(test_http_08_retry_after, stage_usual),
        cmocka_unit_test_setup(test_observer, stage_usual),
        cmocka_unit_test_setup(test_bad_address, stage_usual),
        cmocka_unit_test_setup(test_ports, stage_usual),
        cmocka_unit_test_setup(test_closed_between, stage_usual),
        cmocka_unit_test_setup(test_bytes_between, stage_usual),
        cmocka_unit_test_setup(test_no_answer, stage_usual),
        cmocka_unit_test_setup(test_default_timeout, stage_usual),
        cmocka_unit_test_setup(test_end_at_any_moment, stage_usual),
    };

    return cmocka_run_group_tests(tests, stage_begin, NULL);
}
