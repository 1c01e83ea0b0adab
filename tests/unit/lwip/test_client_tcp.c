/* SPDX-License-Identifier: Apache-2.0 */
/* port/lwip/client_tcp.c: names, segments, and where an exchange may stop */
#include "stage.h"

#define LONG 5000

static char long_message[LONG + 1];

static const struct scene *const usual = &scenes[0];

/* An answer that is there, and one that never comes. */
static const struct scene one = {.connections = {{.pieces = {ANSWER(2, "ip")}}},
                                 .messages = {"ir"}};
static const struct scene hanging = {.connections = {{.pieces = {HANG}}},
                                     .messages = {"ir"}};

static void assert_end(int result, enum lwcmp_client_stage stage)
{
    assert_int_equal(lwcmp_result(&engine), result);
    assert_int_equal(client->stage, stage);
    stage_close();
}

static void play_usual(void)
{
    stage_open(usual, NULL);
    run(false);
    assert_string_equal(log_text, usual->log);
    assert_int_equal(wire.connects, 1);
    assert_end(0, LWCMP_CLIENT_IDLE);
}

/* A name that no cache knows yet. */
static void use_name(const char *name)
{
    server.host = name;
    host_header = name;
}

static void test_literal_address(void **state)
{
    (void)state;
    play_usual();
    assert_int_equal(wire.lookups, 0);
}

static void test_name(void **state)
{
    (void)state;
    use_name("ca.test");
    play_usual();
    assert_int_equal(wire.lookups, 1);
    play_usual(); /* it is known for a minute */
    assert_int_equal(wire.lookups, 0);
    pass(61000);
    play_usual();
    assert_int_equal(wire.lookups, 1);
}

static void test_unknown_name(void **state)
{
    (void)state;
    use_name("unknown.test");
    stage_open(usual, NULL);
    wire.unknown_name = true;
    run(false);
    assert_int_equal(wire.connects, 0);
    assert_end(LWCMP_ERR_NETWORK, LWCMP_CLIENT_LOOKUP);
}

/* The answer has to have the number of the question. */
static void test_forged_name(void **state)
{
    (void)state;
    use_name("forged.test");
    stage_open(usual, NULL);
    wire.no_dns = true;
    while (wire.lookups == 0) {
        (void)turn();
    }
    wire_answer_dns(wire.dns_id ^ 1, wire.dns_port);
    run(false);
    assert_int_equal(wire.connects, 0);
    assert_end(LWCMP_ERR_TIMEOUT, LWCMP_CLIENT_LOOKUP);
}

/*
 * Nobody waits for the answer any more: the client is gone, or another one
 * wants to know. That one waits until the first question has come to its end.
 */
static void test_late_name(void **state)
{
    (void)state;
    pass(60000); /* until earlier questions are forgotten */
    use_name("late.test");
    stage_open(usual, NULL);
    wire.no_dns = true;
    run(false);
    assert_end(LWCMP_ERR_TIMEOUT, LWCMP_CLIENT_LOOKUP);
    wire_answer_dns(wire.dns_id, wire.dns_port);
    pass(100);
    use_name("other.test");
    play_usual();
}

static void test_question_in_the_way(void **state)
{
    (void)state;
    pass(60000);
    use_name("first.test");
    stage_open(usual, NULL);
    wire.no_dns = true;
    while (wire.lookups == 0) {
        (void)turn();
    }
    lwcmp_client_end(client);
    free(client);
    use_name("second.test");
    stage_open(usual, NULL);
    run(false);
    assert_string_equal(log_text, usual->log);
    assert_int_equal(wire.lookups, 2); /* the first once more */
    assert_end(0, LWCMP_CLIENT_IDLE);
}

static void test_no_answer_to_syn(void **state)
{
    (void)state;
    stage_open(usual, NULL);
    wire.silent = true;
    run(false);
    assert_end(LWCMP_ERR_TIMEOUT, LWCMP_CLIENT_CONNECT);
    play_usual();
}

static void test_refused(void **state)
{
    static const struct scene absent = {.connections = {{.absent = true}},
                                        .messages = {"ir"}};

    (void)state;
    stage_open(&absent, NULL);
    run(false);
    assert_end(LWCMP_ERR_NETWORK, LWCMP_CLIENT_CONNECT);
}

/* TCP must not send again what is the engine's by then. */
static void test_not_acknowledged(void **state)
{
    (void)state;
    stage_open(usual, NULL);
    wire.hold = true;
    run(false);
    assert_true(wire.was_reset);
    assert_end(LWCMP_ERR_TIMEOUT, LWCMP_CLIENT_SEND);
    pass(60000);
    assert_int_equal(wire.in_n, 0);
    play_usual();
}

/* Without its begin the request is no whole one, and the answer early. */
static void assert_early(bool then_close)
{
    const char *const answer = ANSWER(2, "ip");
    size_t i;

    stage_open(&one, NULL);
    wire.hold_at = 50;
    while (wire.in_n < 50) {
        (void)turn();
    }
    wire_send(answer, strlen(answer));
    if (then_close) {
        wire_close();
    }
    for (i = 0; i < 50; i++) {
        (void)turn();
        assert_int_equal(received, 0);
        assert_memory_equal(buffer, "ir", 2);
    }
    wire.hold_at = 0;
    piece = 1; /* it has been played */
}

/* Content waits until the message in its place is not needed any more. */
static void test_early_answer(void **state)
{
    (void)state;
    assert_early(false);
    run(false);
    assert_string_equal(log_text, ">ir;<ip;accept;");
    assert_int_equal(client->http_status, 200);
    assert_end(0, LWCMP_CLIENT_IDLE);
    assert_early(true);
    run(false);
    assert_non_null(strstr(log_text, "<ip;accept;"));
    assert_end(0, LWCMP_CLIENT_IDLE);
}

/* It counts as one, so the message does not go out again. */
static void test_early_answer_then_reset(void **state)
{
    static const struct scene again = {
        .connections = {{.pieces = {ANSWER(2, "ip"), HANG}}},
        .messages = {"ir", "certConf"}};

    (void)state;
    stage_open(&again, NULL);
    while (strstr(log_text, "accept") == NULL) {
        if (turn() == LWCMP_DECIDE) {
            (void)lwcmp_accept(&engine);
        }
    }
    wire.hold_at = (uint32_t)wire.in_n + 10;
    while (wire.in_n < wire.hold_at) {
        (void)turn();
    }
    wire_send("HTTP/1.1 400", 12);
    (void)turn();
    wire_abort();
    run(false);
    assert_int_equal(wire.connects, 1);
    assert_end(LWCMP_ERR_NETWORK, LWCMP_CLIENT_SEND);
}

/* An answer that is complete counts, even if the connection breaks with it. */
static void test_answer_then_reset(void **state)
{
    const char *const answer = ANSWER(2, "ip");

    (void)state;
    stage_open(&hanging, NULL);
    while (client->stage != LWCMP_CLIENT_RECEIVE) {
        (void)turn();
    }
    wire_send(answer, strlen(answer));
    wire_abort();
    run(false);
    assert_string_equal(log_text, ">ir;<ip;accept;");
    assert_end(0, LWCMP_CLIENT_IDLE);
}

/* A message of several segments, small and large; the peer's window, too. */
static void test_long_message(void **state)
{
    static const struct {
        uint16_t mss, window;
    } peers[] = {
        {1460, 8192}, {0, 8192}, {536, 2000}, {1460, 1460}, {100, 400}};
    const struct scene s = {.connections = {{.pieces = {ANSWER(2, "ip")}}},
                            .messages = {long_message},
                            .room = LONG + 1};
    size_t i;

    (void)state;
    server.timeout = 30000;
    for (i = 0; i < LONG; i++) {
        long_message[i] = (char)('a' + i % 26);
    }
    for (i = 0; i < COUNT(peers); i++) {
        stage_open(&s, NULL);
        wire.mss = peers[i].mss;
        wire.window = peers[i].window;
        run(false);
        assert_memory_equal(wire.in + wire.in_n - LONG, long_message, LONG);
        assert_end(0, LWCMP_CLIENT_IDLE);
    }
}

/* What does not fit into the first segment does not wait for an answer. */
static void test_two_segments(void **state)
{
    const struct scene s = {.messages = {long_message + LONG - 2000},
                            .room = LONG + 1};
    unsigned i;

    (void)state;
    memset(long_message, 'm', LONG);
    stage_open(&s, NULL);
    wire.hold = true;
    for (i = 0; i < 10; i++) {
        (void)turn();
    }
    assert_int_equal(wire.frames, 5); /* three to connect */
    stage_close();
}

/* A frame that the driver could not take is not missed for seconds. */
static void test_controller_is_busy(void **state)
{
    (void)state;
    stage_open(usual, NULL);
    while (wire.connects == 0) {
        (void)turn();
    }
    wire.lose_next = 2;
    run(false);
    assert_int_equal(wire.lose_next, 0);
    assert_string_equal(log_text, usual->log);
    assert_end(0, LWCMP_CLIENT_IDLE);
}

/* Whatever frame gets lost, the outcome is the same. */
static void test_loss(void **state)
{
    unsigned i, n;

    (void)state;
    patient_server = true;
    play_usual();
    n = wire.frames;
    assert_in_range(n, 10, 40);
    server.timeout = 20000;
    for (i = 1; i <= n; i++) {
        stage_open(usual, NULL);
        wire.lose = i;
        run(false);
        assert_string_equal(log_text, usual->log);
        assert_int_equal(wire.connects, 1);
        assert_end(0, LWCMP_CLIENT_IDLE);
    }
}

/* Each connection begins somewhere else, and not where the clock says. */
static void test_sequence_numbers(void **state)
{
    unsigned i;

    (void)state;
    for (i = 0; i < 5; i++) {
        stage_open(&gone[1], NULL);
        run(false);
        stage_close();
        assert_true(wire.isn[1] - wire.isn[0] > 1000000);
    }
}

/* Not before the address is there; the last test, for it stays that way. */
static void test_network_goes_down(void **state)
{
    unsigned frames;

    (void)state;
    stage_open(&hanging, NULL);
    while (client->stage != LWCMP_CLIENT_RECEIVE) {
        (void)turn();
    }
    stage_close();
    stage_open(&hanging, NULL);
    wire.no_entropy = true;
    frames = wire.frames;
    run(false);
    assert_int_equal(wire.frames, frames);
    assert_end(LWCMP_ERR_NETWORK, LWCMP_CLIENT_CONNECT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_literal_address, stage_usual),
        cmocka_unit_test_setup(test_name, stage_usual),
        cmocka_unit_test_setup(test_unknown_name, stage_usual),
        cmocka_unit_test_setup(test_forged_name, stage_usual),
        cmocka_unit_test_setup(test_late_name, stage_usual),
        cmocka_unit_test_setup(test_question_in_the_way, stage_usual),
        cmocka_unit_test_setup(test_no_answer_to_syn, stage_usual),
        cmocka_unit_test_setup(test_refused, stage_usual),
        cmocka_unit_test_setup(test_not_acknowledged, stage_usual),
        cmocka_unit_test_setup(test_early_answer, stage_usual),
        cmocka_unit_test_setup(test_early_answer_then_reset, stage_usual),
        cmocka_unit_test_setup(test_answer_then_reset, stage_usual),
        cmocka_unit_test_setup(test_long_message, stage_usual),
        cmocka_unit_test_setup(test_two_segments, stage_usual),
        cmocka_unit_test_setup(test_controller_is_busy, stage_usual),
        cmocka_unit_test_setup(test_loss, stage_usual),
        cmocka_unit_test_setup(test_sequence_numbers, stage_usual),
        cmocka_unit_test_setup(test_network_goes_down, stage_usual),
    };

    return cmocka_run_group_tests(tests, stage_begin, NULL);
}
