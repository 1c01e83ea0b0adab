/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the head of a request (RFC 9811 3, RFC 9112 3). */
#include "http.h"

#include <string.h>

/* Enough for every size_t. */
#define DIGITS (3 * sizeof(size_t))

static const char *decimal(char digits[DIGITS + 1], size_t value)
{
    char *p = digits + DIGITS;

    *p = '\0';
    do {
        *--p = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    return p;
}

/*
 * A word comes in front of each %. No Connection header: 1.1 keeps the
 * connection open unless it says close (RFC 9112 9.3), and a server of 1.0 that
 * ignores it closes, which is fine.
 */
static const char head[] = "POST %/% HTTP/1.1\r\n"
                           "Host: %\r\n"
                           "Content-Type: application/pkixcmp\r\n"
                           "Content-Length: %\r\n"
                           "\r\n%";

struct out {
    char *p;
    size_t room;
};

static int put(struct out *o, const char *s, const char *end)
{
    size_t n = (size_t)(end - s);

    if (n > o->room) {
        return LWCMP_ERR_BUFFER;
    }
    memcpy(o->p, s, n);
    o->p += n;
    o->room -= n;
    return 0;
}

/* What is not ours must not end a line or a word. */
static int put_word(struct out *o, const char *s)
{
    const char *end = s;

    while (*end > ' ' && *end < 0x7f) {
        end++;
    }
    return *end == '\0' ? put(o, s, end) : LWCMP_ERR_CONFIG;
}

int lwcmp_http_post(char *p, size_t cap, const char *host, const char *path,
                    const char *label, size_t content_n, size_t *n)
{
    struct out o = {p, cap};
    char digits[DIGITS + 1];
    const char *const words[] = {path, label, host, decimal(digits, content_n),
                                 ""};
    const char *from = head;
    const char *end;
    int err = 0;

    *n = 0;
    if (path[0] != '/' || host[0] == '\0') {
        return LWCMP_ERR_CONFIG;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        end = memchr(from, '%', sizeof head);
        if (*from != '/' || (label && o.p[-1] != '/')) {
            err = put(&o, from, end);
        } /* else no label, or a path that ends with a slash */
        if (err == 0 && words[i]) {
            err = put_word(&o, words[i]);
        }
        if (err) {
            return err;
        }
        from = end + 1;
    }
    *n = cap - o.room;
    return 0;
}
