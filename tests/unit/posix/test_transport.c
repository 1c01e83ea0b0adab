/* SPDX-License-Identifier: Apache-2.0 */
/*
 * port/posix/transport.c against a listening socket of the test itself: the
 * system completes a connection before it is accepted, so both ends can be
 * in one thread.
 */
#define _DEFAULT_SOURCE /* setitimer() */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "posix/transport.h"
#include "scratch.h"

#define SHORT_MS 60
#define LONG_MS 20000

static struct lwcmp_posix_tcp tcp;
static struct lwcmp_transport t;
static char port[8];
static int listener = -1, peer = -1;

/* Listens on a free port, or on `port` if it is set; -1 if it cannot. */
static int listen_on(const char *host, int backlog)
{
    struct addrinfo hints, *a;
    struct sockaddr_storage bound;
    socklen_t n = sizeof(bound);
    int fd, on = 1;

    memset(&hints, 0, sizeof(hints));
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICHOST | AI_PASSIVE;
    assert_int_equal(getaddrinfo(host, port[0] ? port : "0", &hints, &a), 0);
    fd = socket(a->ai_family, a->ai_socktype, 0);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) ||
        bind(fd, a->ai_addr, a->ai_addrlen) ||
        (backlog >= 0 && listen(fd, backlog)) ||
        getsockname(fd, (struct sockaddr *)&bound, &n) ||
        getnameinfo((struct sockaddr *)&bound, n, NULL, 0, port, sizeof(port),
                    NI_NUMERICSERV)) {
        (void)close(fd);
        fd = -1;
    }
    freeaddrinfo(a);
    return fd;
}

static void open_peer(const char *host, unsigned timeout_ms)
{
    listener = listen_on(host, 4);
    assert_true(listener >= 0);
    lwcmp_posix_tcp_init(&tcp, &t, host, port, timeout_ms);
    assert_int_equal(t.connect(t.context), 0);
    peer = accept(listener, NULL, NULL);
    assert_true(peer >= 0);
}

static void shut(int *fd)
{
    if (*fd >= 0) {
        (void)close(*fd);
    }
    *fd = -1;
}

static int descriptors;

static int setup(void **state)
{
    (void)state;
    port[0] = '\0';
    descriptors = open_descriptors();
    lwcmp_posix_tcp_init(&tcp, &t, "127.0.0.1", port, SHORT_MS);
    return 0;
}

/* Nothing stays open, and nothing is closed twice. */
static int teardown(void **state)
{
    int other;

    (void)state;
    t.close(t.context);
    other = dup(STDOUT_FILENO);
    t.close(t.context);
    assert_int_equal(close(other), 0);
    shut(&peer);
    shut(&listener);
    assert_int_equal(open_descriptors(), descriptors);
    return 0;
}

static int send_text(const char *text)
{
    return t.send(t.context, (const uint8_t *)text, strlen(text));
}

static void exchange(void)
{
    uint8_t *p = malloc(4);
    char got[8];
    size_t n = 0;

    assert_int_equal(send_text("request"), 0);
    assert_int_equal(recv(peer, got, 7, MSG_WAITALL), 7);
    assert_memory_equal(got, "request", 7);
    assert_int_equal(send(peer, "answer", 6, 0), 6);
    assert_int_equal(t.receive(t.context, p, 4, &n), 0);
    assert_int_equal(n, 4);
    assert_memory_equal(p, "answ", 4);
    assert_int_equal(t.receive(t.context, p, 4, &n), 0);
    assert_int_equal(n, 2);
    assert_memory_equal(p, "er", 2);
    free(p);
}

static void test_ipv4(void **state)
{
    (void)state;
    open_peer("127.0.0.1", LONG_MS);
    exchange();
    exchange();
    assert_string_equal(lwcmp_posix_tcp_error(&tcp), "");
}

static void test_ipv6(void **state)
{
    int probe = listen_on("::1", 1);

    (void)state;
    if (probe < 0) {
        print_message("this machine has no IPv6\n");
        skip();
    }
    shut(&probe);
    open_peer("::1", LONG_MS);
    exchange();
}

static void test_connect_again(void **state)
{
    (void)state;
    open_peer("127.0.0.1", LONG_MS);
    shut(&peer);
    assert_int_equal(t.connect(t.context), 0);
    peer = accept(listener, NULL, NULL);
    exchange();
}

static void test_refused(void **state)
{
    (void)state;
    listener = listen_on("127.0.0.1", -1); /* bound, not listening */
    assert_int_equal(t.connect(t.context), LWCMP_ERR_NETWORK);
    assert_int_equal(tcp.error, ECONNREFUSED);
    assert_string_equal(lwcmp_posix_tcp_error(&tcp), strerror(ECONNREFUSED));
}

static void test_no_such_host(void **state)
{
    (void)state;
    lwcmp_posix_tcp_init(&tcp, &t, "256.0.0.1 ", "80", SHORT_MS);
    assert_int_equal(t.connect(t.context), LWCMP_ERR_NETWORK);
    assert_true(tcp.resolving);
    assert_string_equal(lwcmp_posix_tcp_error(&tcp), gai_strerror(tcp.error));
}

/* The queue of connections is full: no answer, as from a host that is off. */
static void test_connect_timeout(void **state)
{
    struct lwcmp_posix_tcp queued[4];
    struct lwcmp_transport q[4];
    size_t i;
    int err = 0;

    (void)state;
    listener = listen_on("127.0.0.1", 0);
    for (i = 0; i < 4; i++) {
        lwcmp_posix_tcp_init(&queued[i], &q[i], "127.0.0.1", port, SHORT_MS);
        err = q[i].connect(q[i].context);
    }
    assert_int_equal(err, LWCMP_ERR_TIMEOUT);
    assert_string_equal(lwcmp_posix_tcp_error(&queued[3]), strerror(ETIMEDOUT));
    for (i = 0; i < 4; i++) {
        q[i].close(q[i].context);
    }
}

static void test_peer_closes(void **state)
{
    uint8_t p[4];
    size_t n = 1;
    int i, err = 0;

    (void)state;
    open_peer("127.0.0.1", LONG_MS);
    assert_int_equal(send_text("request"), 0);
    assert_int_equal(shutdown(peer, SHUT_WR), 0);
    assert_int_equal(t.receive(t.context, p, sizeof(p), &n), 0);
    assert_int_equal(n, 0);
    assert_string_equal(lwcmp_posix_tcp_error(&tcp), "");
    shut(&peer); /* with bytes unread: a reset */
    for (i = 0; i < 100 && !err; i++) {
        err = send_text("more"); /* no SIGPIPE */
    }
    assert_int_equal(err, LWCMP_ERR_NETWORK);
}

static void test_reset(void **state)
{
    uint8_t p[4];
    size_t n;

    (void)state;
    open_peer("127.0.0.1", LONG_MS);
    assert_int_equal(send_text("request"), 0);
    shut(&peer); /* with bytes unread: a reset */
    assert_int_equal(t.receive(t.context, p, sizeof(p), &n), LWCMP_ERR_NETWORK);
    assert_int_equal(tcp.error, ECONNRESET);
}

static void test_lcp_3_6_1_05_silent(void **state)
{
    uint8_t p[4];
    size_t n;

    (void)state;
    open_peer("127.0.0.1", SHORT_MS);
    assert_int_equal(send_text("request"), 0);
    assert_int_equal(t.receive(t.context, p, sizeof(p), &n), LWCMP_ERR_TIMEOUT);
    assert_int_equal(tcp.error, ETIMEDOUT);
}

/* Something always comes, yet the exchange ends; the next one begins anew. */
static void test_http_16_trickle(void **state)
{
    uint8_t p[4];
    size_t n;
    int err = 0;

    (void)state;
    open_peer("127.0.0.1", SHORT_MS);
    assert_int_equal(send_text("request"), 0);
    while (!err) {
        assert_int_equal(send(peer, "x", 1, 0), 1);
        err = t.receive(t.context, p, sizeof(p), &n);
    }
    assert_int_equal(err, LWCMP_ERR_TIMEOUT);
    tcp.timeout_ms = LONG_MS;
    assert_int_equal(send_text("request"), 0);
    assert_int_equal(t.receive(t.context, p, sizeof(p), &n), 0);
    assert_int_equal(n, 1);
    assert_string_equal(lwcmp_posix_tcp_error(&tcp), "");
}

/* Sending slowly is no way around the deadline either. */
static void test_slow_sending(void **state)
{
    char got;
    int err;

    (void)state;
    open_peer("127.0.0.1", SHORT_MS);
    do {
        err = send_text("x");
        assert_int_equal(recv(peer, &got, 1, err ? MSG_DONTWAIT : 0),
                         err ? -1 : 1);
    } while (!err);
    assert_int_equal(err, LWCMP_ERR_TIMEOUT);
}

/* The peer never reads. */
static void test_send_timeout(void **state)
{
    size_t n = 64u << 20;
    uint8_t *p = calloc(1, n);

    (void)state;
    assert_non_null(p);
    open_peer("127.0.0.1", SHORT_MS);
    assert_int_equal(t.send(t.context, p, n), LWCMP_ERR_TIMEOUT);
    free(p);
}

/* Reads n bytes that count up and exits with 0 if they are right. */
static pid_t start_reader(size_t n)
{
    static uint8_t p[4096];
    size_t count = 0;
    ssize_t got = 1, i;
    pid_t pid = fork();

    if (pid != 0) {
        return pid;
    }
    while (count < n && got > 0) {
        got = read(peer, p, sizeof(p));
        for (i = 0; i < got; i++) {
            if (p[i] != (uint8_t)(count++ % 251)) {
                _exit(1);
            }
        }
    }
    _exit(count == n ? 0 : 2);
}

/* More than the system takes at once. */
static void test_send_all(void **state)
{
    size_t n = 8u << 20, i;
    uint8_t *p = malloc(n);
    int status = -1;
    pid_t pid;

    (void)state;
    assert_non_null(p);
    for (i = 0; i < n; i++) {
        p[i] = (uint8_t)(i % 251);
    }
    open_peer("127.0.0.1", LONG_MS);
    pid = start_reader(n);
    assert_true(pid > 0);
    assert_int_equal(t.send(t.context, p, n), 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    free(p);
}

static volatile sig_atomic_t alarms;

static void on_alarm(int signal)
{
    (void)signal;
    alarms++;
}

/* Signals neither break nor prolong the waiting. */
static void test_signals(void **state)
{
    const struct itimerval often = {{0, 5000}, {0, 5000}}, never = {{0}, {0}};
    struct sigaction action, old;
    uint8_t p[4];
    size_t n;
    int err;

    (void)state;
    memset(&action, 0, sizeof(action));
    action.sa_handler = on_alarm;
    open_peer("127.0.0.1", SHORT_MS);
    assert_int_equal(sigaction(SIGALRM, &action, &old), 0);
    assert_int_equal(setitimer(ITIMER_REAL, &often, NULL), 0);
    assert_int_equal(send_text("request"), 0);
    err = t.receive(t.context, p, sizeof(p), &n);
    assert_int_equal(setitimer(ITIMER_REAL, &never, NULL), 0);
    assert_int_equal(sigaction(SIGALRM, &old, NULL), 0);
    assert_int_equal(err, LWCMP_ERR_TIMEOUT);
    assert_true(alarms > 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_ipv4),
        TEST(test_ipv6),
        TEST(test_connect_again),
        TEST(test_refused),
        TEST(test_no_such_host),
        TEST(test_connect_timeout),
        TEST(test_peer_closes),
        TEST(test_reset),
        TEST(test_lcp_3_6_1_05_silent),
        TEST(test_http_16_trickle),
        TEST(test_slow_sending),
        TEST(test_send_timeout),
        TEST(test_send_all),
        TEST(test_signals),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
