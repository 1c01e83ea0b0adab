/* SPDX-License-Identifier: Apache-2.0 */
/* port/run/run.c between an engine and a transport of this test */
#include "run_fakes.h"

/* As many bytes as one answer may have, and what was on the way with them. */
#define ENOUGH (LWCMP_HTTP_HEAD + ROOM + 512)

static void play_through(const struct scene *s,
                         const struct lwcmp_observer *observer)
{
    struct lwcmp_http_result http = {1, 1};
    struct lwcmp c;

    play(s);
    assert_int_equal(lwcmp_run(&c, &transport, &url, observer, &http),
                     s->result);
    assert_string_equal(log_text, s->log);
    assert_int_equal(http.status, s->http_status);
    assert_int_equal(http.retry_after, 0);
    assert_int_equal(connects, s->connects);
    assert_int_equal(open_connections, 0);
    assert_true(taken <= ENOUGH);
}

static void play_all(const struct scene *all, size_t n)
{
    struct lwcmp c;
    size_t i;

    for (i = 0; i < n; i++) {
        play_through(&all[i], NULL);
        play(&all[i]);
        assert_int_equal(lwcmp_run(&c, &transport, &url, NULL, NULL),
                         all[i].result);
    }
}

static void test_lcp_6_3_01_scenes(void **state)
{
    (void)state;
    play_all(scenes, COUNT(scenes));
}

static void test_http_15_kept_connection_is_gone(void **state)
{
    (void)state;
    play_all(gone, COUNT(gone));
}

static void test_http_21_endless(void **state)
{
    (void)state;
    play_all(endless, COUNT(endless));
}

static void test_http_08_retry_after(void **state)
{
    static const struct scene busy = {
        .connections = {{.pieces = {"HTTP/1.1 503 No\r\n",
                                    "Retry-After: 120\r\n\r\n"}}},
        .messages = {"ir"}};
    struct lwcmp_http_result http;
    struct lwcmp c;

    (void)state;
    play(&busy);
    assert_int_equal(lwcmp_run(&c, &transport, &url, NULL, &http),
                     LWCMP_ERR_HTTP);
    assert_int_equal(http.status, 503);
    assert_int_equal(http.retry_after, 120);
}

/* Whether there is a connection meanwhile can be seen. */
static bool wait_noting(void *context, uint32_t seconds)
{
    char text[32];
    int n = snprintf(text, sizeof(text), "wait %u on %u", (unsigned)seconds,
                     open_connections);

    (void)context;
    note("", (const uint8_t *)text, (size_t)n);
    return true;
}

static bool wait_no_more(void *context, uint32_t seconds)
{
    assert_ptr_equal(context, &url);
    assert_int_equal(seconds, 4);
    return false;
}

static void test_waiting(void **state)
{
    const struct lwcmp_observer patient = {.wait = wait_noting};
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(waits); i++) {
        play_through(&waits[i], &patient);
    }
}

/* Stopped, and gone on with after a time, in the same context. */
static void test_waiting_elsewhere(void **state)
{
    const struct lwcmp_observer impatient = {.context = (void *)(uintptr_t)&url,
                                             .wait = wait_no_more};
    struct lwcmp c;

    (void)state;
    play(&waits[2]);
    assert_int_equal(lwcmp_run(&c, &transport, &url, &impatient, NULL),
                     LWCMP_ERR_WAITING);
    assert_int_equal(open_connections, 0);
    assert_string_equal(log_text, ">ir;<ip;");
    assert_int_equal(lwcmp_run(&c, &transport, &url, &impatient, NULL), 0);
    assert_string_equal(log_text, ">ir;<ip;>pollReq;<pollRep;accept;");
}

static void sent(void *context, struct lwcmp_bytes m)
{
    assert_ptr_equal(context, &url);
    note("sent ", m.p, m.n);
}

static void came(void *context, struct lwcmp_bytes m)
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
    const struct lwcmp_observer observer = {.context = (void *)(uintptr_t)&url,
                                            .sent = sent,
                                            .received = came,
                                            .decide = decide};
    struct lwcmp c;

    (void)state;
    play(&gone[1]);
    assert_int_equal(lwcmp_run(&c, &transport, &url, &observer, NULL),
                     LWCMP_ERR_REFUSED);
    assert_string_equal(log_text, "sent ir;>ir;received ip;<ip;"
                                  "decide cert;refuse;");
    play(&gone[1]);
    answered = true;
    assert_int_equal(lwcmp_run(&c, &transport, &url, &observer, NULL), 0);
    assert_string_equal(log_text,
                        "sent ir;>ir;received ip;<ip;decide cert;accept;"
                        "sent certConf;>certConf;>certConf;"
                        "received pkiconf;<pkiconf;");
}

static bool prove(void *context)
{
    note("prove on 0", NULL, 0);
    assert_int_equal(open_connections, 0);
    return context == NULL;
}

/* Who is not asked says yes. */
static void test_proof(void **state)
{
    const struct lwcmp_observer yes = {.prove = prove};
    const struct lwcmp_observer no = {.context = (void *)(uintptr_t)&url,
                                      .prove = prove};
    struct lwcmp c;

    (void)state;
    play_through(&proof, &yes);
    play(&proof);
    assert_int_equal(lwcmp_run(&c, &transport, &url, &no, NULL),
                     LWCMP_ERR_REFUSED);
    play(&proof);
    assert_int_equal(lwcmp_run(&c, &transport, &url, NULL, NULL), 0);
    assert_non_null(strstr(log_text, "<pkiconf;works;"));
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
        cmocka_unit_test(test_lcp_6_3_01_scenes),
        cmocka_unit_test(test_http_15_kept_connection_is_gone),
        cmocka_unit_test(test_http_21_endless),
        cmocka_unit_test(test_http_08_retry_after),
        cmocka_unit_test(test_waiting),
        cmocka_unit_test(test_waiting_elsewhere),
        cmocka_unit_test(test_observer),
        cmocka_unit_test(test_proof),
        cmocka_unit_test(test_bad_url),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
