/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the head of a request (RFC 9811 3, RFC 9112 3). */
#include "http.h"

/* Enough for every size_t. */
#define DIGITS (3 * sizeof(size_t))

static const char slash[] = "/";

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

/* What is not ours must not end a line or a word. */
static int put(struct out *o, const char *s, bool ours)
{
    for (; *s != '\0'; s++) {
        if (!ours && (*s <= ' ' || *s >= 0x7f)) {
            return LWCMP_ERR_CONFIG;
        }
        if (o->n == o->cap) {
            return LWCMP_ERR_BUFFER;
        }
        o->p[o->n++] = *s;
    }
    return 0;
}

/*
 * No Connection header: 1.1 keeps the connection open unless it says close
 * (RFC 9112 9.3), and a server of 1.0 that ignores it closes, which is fine.
 * A path that ends with a slash does not get another.
 */
int lwcmp_http_post(char *p, size_t cap, const char *host, const char *path,
                    const char *label, size_t content_n, size_t *n)
{
    struct out o = {p, cap, 0};
    char digits[DIGITS + 1];
    /* Ours and others in turn. */
    const char *const parts[] = {
        "POST ",
        path,
        label ? slash : "",
        label ? label : "",
        " HTTP/1.1\r\nHost: ",
        host,
        "\r\nContent-Type: application/pkixcmp\r\nContent-Length: ",
        decimal(digits, content_n),
        "\r\n\r\n",
    };
    size_t i;
    int err;

    *n = 0;
    if (path[0] != '/' || host[0] == '\0') {
        return LWCMP_ERR_CONFIG;
    }
    for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (parts[i] == slash && p[o.n - 1] == '/') {
            continue;
        }
        err = put(&o, parts[i], i % 2 == 0);
        if (err) {
            return err;
        }
    }
    *n = o.n;
    return 0;
}
