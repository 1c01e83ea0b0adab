/* SPDX-License-Identifier: Apache-2.0 */
/* port/posix/transport.c: a host of several addresses */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

#include <cmocka.h>

#include "posix/transport.h"
#include "scratch.h"

#define COUNT 3

static struct sockaddr_in addresses[COUNT];
static struct addrinfo list[COUNT];
static unsigned lists;

/* Found before those of the C library: the resolver of this test. */
int getaddrinfo(const char *host, const char *port,
                const struct addrinfo *hints, struct addrinfo **result)
{
    (void)port;
    if (strcmp(host, "broken.test") == 0) {
        errno = ENOMEM;
        return EAI_SYSTEM;
    }
    if (strcmp(host, "ca.test") != 0) {
        return EAI_NONAME;
    }
    assert_int_equal(hints->ai_socktype, SOCK_STREAM);
    assert_int_equal(hints->ai_family, AF_UNSPEC);
    *result = list;
    lists++;
    return 0;
}

void freeaddrinfo(struct addrinfo *result)
{
    assert_ptr_equal(result, list);
    lists--;
}

/* A free port of 127.0.0.1; `backlog` < 0: it will refuse. */
static int listen_at(size_t i, int backlog)
{
    socklen_t n = sizeof(addresses[i]);
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    assert_true(fd >= 0);
    addresses[i].sin_port = 0;
    assert_int_equal(bind(fd, (struct sockaddr *)&addresses[i], n), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&addresses[i], &n), 0);
    if (backlog >= 0) {
        assert_int_equal(listen(fd, backlog), 0);
    }
    return fd;
}

static int setup(void **state)
{
    size_t i;

    (void)state;
    memset(list, 0, sizeof(list));
    memset(addresses, 0, sizeof(addresses));
    for (i = 0; i < COUNT; i++) {
        addresses[i].sin_family = AF_INET;
        addresses[i].sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        list[i].ai_family = AF_INET;
        list[i].ai_socktype = SOCK_STREAM;
        list[i].ai_addr = (struct sockaddr *)&addresses[i];
        list[i].ai_addrlen = sizeof(addresses[i]);
        list[i].ai_next = i + 1 < COUNT ? &list[i + 1] : NULL;
    }
    return 0;
}

static const char *said;

static int connect_to(const char *host, unsigned timeout_ms)
{
    static struct lwcmp_posix_tcp tcp;
    struct lwcmp_transport t;
    int before = open_descriptors(), err;

    lwcmp_posix_tcp_init(&tcp, &t, host, "80", timeout_ms);
    err = t.connect(t.context);
    t.close(t.context);
    assert_int_equal(lists, 0);
    assert_int_equal(open_descriptors(), before);
    said = lwcmp_posix_tcp_error(&tcp);
    return err;
}

static void test_last_answers(void **state)
{
    int fd0 = listen_at(0, -1), fd1 = listen_at(1, -1), fd2 = listen_at(2, 1);

    (void)state;
    assert_int_equal(connect_to("ca.test", 20000), 0);
    assert_true(accept(fd2, NULL, NULL) >= 0);
    close(fd0);
    close(fd1);
    close(fd2);
}

static void test_all_refuse(void **state)
{
    int fd0 = listen_at(0, -1), fd1 = listen_at(1, -1), fd2 = listen_at(2, -1);

    (void)state;
    assert_int_equal(connect_to("ca.test", 20000), LWCMP_ERR_NETWORK);
    close(fd0);
    close(fd1);
    close(fd2);
}

/* A family that this machine does not have is passed over. */
static void test_unknown_family(void **state)
{
    int fd1 = listen_at(1, 1);

    (void)state;
    list[0].ai_family = -1;
    assert_int_equal(connect_to("ca.test", 20000), 0);
    close(fd1);
}

/* The first does not answer: its queue of connections is full. */
static void test_first_is_silent(void **state)
{
    int fd0 = listen_at(0, 0), fd1 = listen_at(1, -1), fd2 = listen_at(2, 1);
    struct lwcmp_posix_tcp queued[4];
    struct lwcmp_transport q[4];
    size_t i;

    (void)state;
    list[0].ai_next = NULL;
    for (i = 0; i < 4; i++) {
        lwcmp_posix_tcp_init(&queued[i], &q[i], "ca.test", "80", 30);
        (void)q[i].connect(q[i].context);
    }
    assert_int_equal(connect_to("ca.test", 30), LWCMP_ERR_TIMEOUT);
    list[0].ai_next = &list[1];
    assert_int_equal(connect_to("ca.test", 600), 0);
    assert_true(accept(fd2, NULL, NULL) >= 0);
    for (i = 0; i < 4; i++) {
        q[i].close(q[i].context);
    }
    close(fd0);
    close(fd1);
    close(fd2);
}

static void test_no_name(void **state)
{
    (void)state;
    assert_int_equal(connect_to("other.test", 20000), LWCMP_ERR_NETWORK);
    assert_string_equal(said, gai_strerror(EAI_NONAME));
    assert_int_equal(connect_to("broken.test", 20000), LWCMP_ERR_NETWORK);
    assert_string_equal(said, strerror(ENOMEM));
}

/* Refused at once, without a packet: TCP has no broadcast. */
static void test_impossible(void **state)
{
    (void)state;
    addresses[0].sin_addr.s_addr = htonl(INADDR_BROADCAST);
    list[0].ai_next = NULL;
    assert_int_equal(connect_to("ca.test", 20000), LWCMP_ERR_NETWORK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_last_answers, setup),
        cmocka_unit_test_setup(test_all_refuse, setup),
        cmocka_unit_test_setup(test_unknown_family, setup),
        cmocka_unit_test_setup(test_first_is_silent, setup),
        cmocka_unit_test_setup(test_no_name, setup),
        cmocka_unit_test_setup(test_impossible, setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
