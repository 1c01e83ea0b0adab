/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the head of a request (RFC 9811 3, RFC 9112 3). */
#include "http.h"

struct out {
    char *p;
    size_t cap, n;
    bool full;
};

static void put(struct out *o, const char *s)
{
    for (; *s != '\0'; s++) {
        if (o->n == o->cap) {
            o->full = true;
            return;
        }
        o->p[o->n++] = *s;
    }
}

static void put_number(struct out *o, size_t value)
{
    char digits[3 * sizeof(value) + 1];
    size_t i = sizeof(digits) - 1;

    digits[i] = '\0';
    do {
        digits[--i] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    put(o, &digits[i]);
}

static bool visible(const char *s)
{
    for (; *s != '\0'; s++) {
        if (*s <= ' ' || *s >= 0x7f) {
            return false;
        }
    }
    return true;
}

/* A path that ends with a slash does not get another. */
static void put_label(struct out *o, const char *label)
{
    if (!o->full && o->p[o->n - 1] != '/') {
        put(o, "/");
    }
    put(o, label);
}

/*
 * No Connection header: 1.1 keeps the connection open unless it says close
 * (RFC 9112 9.3), and a server of 1.0 that ignores it closes, which is fine.
 */
int lwcmp_http_post(char *p, size_t cap, const char *host, const char *path,
                    const char *label, size_t content_n, size_t *n)
{
    struct out o = {p, cap, 0, false};

    *n = 0;
    if (host[0] == '\0' || path[0] != '/' || !visible(host) || !visible(path)) {
        return LWCMP_ERR_CONFIG;
    }
    put(&o, "POST ");
    put(&o, path);
    if (label != NULL) {
        put_label(&o, label);
    }
    put(&o, " HTTP/1.1\r\nHost: ");
    put(&o, host);
    put(&o, "\r\nContent-Type: application/pkixcmp\r\nContent-Length: ");
    put_number(&o, content_n);
    put(&o, "\r\n\r\n");
    if (o.full) {
        return LWCMP_ERR_BUFFER;
    }
    *n = o.n;
    return 0;
}
