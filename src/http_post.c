/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the head of a request (RFC 9811 3, RFC 9112 3). */
#include "http.h"

/* Enough for every size_t. */
#define DIGITS (3 * sizeof(size_t))

/*
 * Each % stands for a word. No Connection header: 1.1 keeps the connection open
 * unless it says close (RFC 9112 9.3), and a server of 1.0 that ignores it
 * closes, which is fine.
 */
static const char head[] = "POST %/% HTTP/1.1\r\n"
                           "Host: %\r\n"
                           "Content-Type: application/pkixcmp\r\n"
                           "Content-Length: %\r\n"
                           "\r\n";

struct out {
    char *p;
    size_t cap, n;
};

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

static int put(struct out *o, char c)
{
    if (o->n == o->cap) {
        return LWCMP_ERR_BUFFER;
    }
    o->p[o->n++] = c;
    return 0;
}

/* What is not ours must not end a line or a word. NULL is an empty word. */
static int put_word(struct out *o, const char *s)
{
    int err;

    for (; s && *s != '\0'; s++) {
        if (*s <= ' ' || *s >= 0x7f) {
            return LWCMP_ERR_CONFIG;
        }
        err = put(o, *s);
        if (err) {
            return err;
        }
    }
    return 0;
}

int lwcmp_http_post(char *p, size_t cap, const char *host, const char *path,
                    const char *label, size_t content_n, size_t *n)
{
    struct out o = {p, cap, 0};
    char digits[DIGITS + 1];
    const char *const words[] = {path, label, host, decimal(digits, content_n)};
    const char *const *word = words;
    const char *from;
    int err;

    *n = 0;
    if (path[0] != '/' || host[0] == '\0') {
        return LWCMP_ERR_CONFIG;
    }
    for (from = head; *from != '\0'; from++) {
        if (*from == '/' && (!*word || p[o.n - 1] == '/')) {
            continue; /* no label, or a path that ends with a slash */
        }
        err = *from == '%' ? put_word(&o, *word++) : put(&o, *from);
        if (err) {
            return err;
        }
    }
    *n = o.n;
    return 0;
}
