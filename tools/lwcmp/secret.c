/* SPDX-License-Identifier: Apache-2.0 */
#include "secret.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fail.h"

#define CAP (sizeof(((struct lwcmp_cli_secret *)0)->p) - 1)

static int complain(const char *option, const char *source, const char *what)
{
    return lwcmp_cli_fail(LWCMP_EXIT_USAGE, "%s %s: %s", option, source, what);
}

static int take_text(struct lwcmp_cli_secret *secret, const char *text)
{
    size_t n = strlen(text);

    if (n > CAP) {
        return EMSGSIZE;
    }
    memcpy(secret->p, text, n);
    secret->n = n;
    return 0;
}

static int take_fd(struct lwcmp_cli_secret *secret, int fd)
{
    uint8_t one_more;
    ssize_t got;

    do {
        got = secret->n < CAP ? read(fd, secret->p + secret->n, CAP - secret->n)
                              : read(fd, &one_more, 1);
        if (got > 0 && secret->n == CAP) {
            return EMSGSIZE;
        }
        if (got > 0) {
            secret->n += (size_t)got;
        }
    } while (got > 0 || (got < 0 && errno == EINTR));
    return got < 0 ? errno : 0;
}

static int take_file(struct lwcmp_cli_secret *secret, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    int error;

    if (fd < 0) {
        return errno;
    }
    error = take_fd(secret, fd);
    (void)close(fd);
    return error;
}

static int take_numbered(struct lwcmp_cli_secret *secret, const char *number)
{
    size_t n = strspn(number, "0123456789");

    return n == 0 || n > 6 || number[n] != '\0' ? EBADF
                                                : take_fd(secret, atoi(number));
}

static int take_variable(struct lwcmp_cli_secret *secret, const char *name)
{
    const char *value = getenv(name);

    return value ? take_text(secret, value) : ENOENT;
}

static int take_pass(struct lwcmp_cli_secret *secret, const char *text)
{
    lwcmp_cli_note("warning: other users can see what is on the command line; "
                   "env:, file:, fd: and stdin are better");
    return take_text(secret, text);
}

static const struct {
    const char *prefix;
    int (*take)(struct lwcmp_cli_secret *secret, const char *rest);
} sources[] = {{"pass:", take_pass},
               {"env:", take_variable},
               {"file:", take_file},
               {"fd:", take_numbered}};

/* errno, or -1: no such kind of source. */
static int take(struct lwcmp_cli_secret *secret, const char *source)
{
    size_t i, n;

    if (strcmp(source, "stdin") == 0) {
        return take_fd(secret, STDIN_FILENO);
    }
    for (i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
        n = strlen(sources[i].prefix);
        if (strncmp(source, sources[i].prefix, n) == 0) {
            return sources[i].take(secret, source + n);
        }
    }
    return -1;
}

static void cut_line_end(struct lwcmp_cli_secret *secret)
{
    if (secret->n > 0 && secret->p[secret->n - 1] == '\n') {
        secret->n--;
        if (secret->n > 0 && secret->p[secret->n - 1] == '\r') {
            secret->n--;
        }
    }
    secret->p[secret->n] = 0;
}

int lwcmp_cli_secret_read(struct lwcmp_cli_secret *secret, const char *option,
                          const char *source)
{
    int error;

    secret->n = 0;
    error = take(secret, source);
    if (error < 0) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "%s takes env:NAME, file:FILE, fd:NUMBER, stdin "
                              "or pass:TEXT",
                              option);
    }
    if (strncmp(source, "pass:", 5) == 0) {
        source = "pass:...";
    }
    if (error == EMSGSIZE) {
        return complain(option, source, "that is too long");
    }
    if (error) {
        return complain(option, source,
                        strncmp(source, "env:", 4) == 0 ? "no such variable"
                                                        : strerror(error));
    }
    cut_line_end(secret);
    return secret->n > 0 ? 0 : complain(option, source, "there is nothing");
}
