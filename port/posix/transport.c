/* SPDX-License-Identifier: Apache-2.0 */
#include "transport.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define DEFAULT_TIMEOUT_MS 30000

static uint64_t now_ms(void)
{
    struct timespec t = {0, 0};

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

/* The system's reason is kept for lwcmp_posix_tcp_error(). */
static int failed(struct lwcmp_posix_tcp *t, int error)
{
    t->error = error;
    return error == ETIMEDOUT ? LWCMP_ERR_TIMEOUT : LWCMP_ERR_NETWORK;
}

static bool again(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

/*
 * Waits until fd is ready for `events` or broken: 0 or errno. The deadline
 * counts even when something is always ready, so that a trickle ends too.
 */
static int wait_ready(int fd, short events, uint64_t deadline)
{
    struct pollfd p = {.fd = fd, .events = events};
    uint64_t now, left;
    int n;

    for (;;) {
        now = now_ms();
        if (now >= deadline) {
            return ETIMEDOUT;
        }
        left = deadline - now;
        n = poll(&p, 1, left > INT_MAX ? INT_MAX : (int)left);
        if (n > 0) {
            return 0;
        }
        if (n < 0 && errno != EINTR) {
            return errno;
        }
    }
}

/*
 * Non-blocking and not inherited. The head of a request and the message are
 * sent one after the other: the second must not wait for the first's
 * acknowledgement.
 */
static int prepare(int fd)
{
    int on = 1;

    if (fcntl(fd, F_SETFD, FD_CLOEXEC) || fcntl(fd, F_SETFL, O_NONBLOCK) ||
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on))) {
        return errno;
    }
    return 0;
}

static int connect_fd(int fd, const struct addrinfo *a, uint64_t deadline)
{
    socklen_t n = sizeof(int);
    int err, result = 0;

    err = prepare(fd);
    if (err) {
        return err;
    }
    if (connect(fd, a->ai_addr, a->ai_addrlen) == 0) {
        return 0;
    }
    /* Interrupted, it goes on like one that is in progress. */
    if (errno != EINPROGRESS && errno != EINTR) {
        return errno;
    }
    err = wait_ready(fd, POLLOUT, deadline);
    if (err) {
        return err;
    }
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &result, &n)) {
        return errno;
    }
    return result;
}

static int try_address(struct lwcmp_posix_tcp *t, const struct addrinfo *a,
                       uint64_t deadline)
{
    int fd = socket(a->ai_family, a->ai_socktype, a->ai_protocol);
    int err;

    if (fd < 0) {
        return errno;
    }
    err = connect_fd(fd, a, deadline);
    if (err) {
        (void)close(fd);
        return err;
    }
    t->fd = fd;
    return 0;
}

/* One silent address must not use up the time of those behind it. */
static int try_all(struct lwcmp_posix_tcp *t, const struct addrinfo *list)
{
    uint64_t end = now_ms() + t->timeout_ms;
    const struct addrinfo *a;
    uint64_t now, count = 0;
    int err = EADDRNOTAVAIL;

    for (a = list; a != NULL; a = a->ai_next) {
        count++;
    }
    for (a = list; a != NULL; a = a->ai_next) {
        now = now_ms();
        if (now >= end) {
            return ETIMEDOUT;
        }
        err = try_address(t, a, now + (end - now) / count--);
        if (!err) {
            break;
        }
    }
    return err;
}

static void tcp_close(void *context)
{
    struct lwcmp_posix_tcp *t = context;

    if (t->fd >= 0) {
        (void)close(t->fd);
    }
    t->fd = -1;
}

static int tcp_connect(void *context)
{
    struct lwcmp_posix_tcp *t = context;
    struct addrinfo hints, *list;
    int err;

    tcp_close(t);
    memset(&hints, 0, sizeof(hints));
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    err = getaddrinfo(t->host, t->port, &hints, &list);
    t->resolving = err != 0 && err != EAI_SYSTEM;
    if (err) {
        return failed(t, err == EAI_SYSTEM ? errno : err);
    }
    err = try_all(t, list);
    freeaddrinfo(list);
    t->answered = true;
    return err ? failed(t, err) : 0;
}

static int tcp_send(void *context, const uint8_t *p, size_t n)
{
    struct lwcmp_posix_tcp *t = context;
    ssize_t sent;
    int err;

    if (t->answered) {
        t->deadline = now_ms() + t->timeout_ms;
        t->answered = false;
    }
    while (n > 0) {
        err = wait_ready(t->fd, POLLOUT, t->deadline);
        if (err) {
            return failed(t, err);
        }
        sent = send(t->fd, p, n, MSG_NOSIGNAL);
        if (sent >= 0) {
            p += sent;
            n -= (size_t)sent;
        } else if (!again(errno)) {
            return failed(t, errno);
        }
    }
    return 0;
}

static int tcp_receive(void *context, uint8_t *p, size_t cap, size_t *n)
{
    struct lwcmp_posix_tcp *t = context;
    ssize_t got;
    int err;

    *n = 0;
    t->answered = true;
    for (;;) {
        err = wait_ready(t->fd, POLLIN, t->deadline);
        if (err) {
            return failed(t, err);
        }
        got = recv(t->fd, p, cap, 0);
        if (got >= 0) {
            *n = (size_t)got;
            t->error = 0;
            return 0;
        }
        if (!again(errno)) {
            return failed(t, errno);
        }
    }
}

void lwcmp_posix_tcp_init(struct lwcmp_posix_tcp *tcp,
                          struct lwcmp_transport *transport, const char *host,
                          const char *port, unsigned timeout_ms)
{
    memset(tcp, 0, sizeof(*tcp));
    tcp->host = host;
    tcp->port = port;
    tcp->timeout_ms = timeout_ms > 0 ? timeout_ms : DEFAULT_TIMEOUT_MS;
    tcp->fd = -1;
    transport->context = tcp;
    transport->connect = tcp_connect;
    transport->send = tcp_send;
    transport->receive = tcp_receive;
    transport->close = tcp_close;
}

const char *lwcmp_posix_tcp_error(const struct lwcmp_posix_tcp *tcp)
{
    if (tcp->error == 0) {
        return "";
    }
    return tcp->resolving ? gai_strerror(tcp->error) : strerror(tcp->error);
}
