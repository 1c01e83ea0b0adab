/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Takes the framing off an answer (RFC 9811, RFC 9112). Nothing that HTTP says
 * changes the state of a transaction: it only decides whether there is a
 * message to look at.
 */
#include "http.h"

#include <string.h>

enum state {
    STATUS_LINE,
    HEADER_LINE,
    COUNTED,  /* content of Content-Length bytes */
    TO_CLOSE, /* content up to the end of the connection */
    FINISHED
};

struct text {
    const char *p;
    size_t n;
};

/* Pieces of header lines. */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* `name` is in lower case. */
static bool is(struct text t, const char *name)
{
    size_t i;

    for (i = 0; i < t.n; i++) {
        if (name[i] == '\0' || lower(t.p[i]) != name[i]) {
            return false;
        }
    }
    return name[i] == '\0';
}

static bool blank(char c)
{
    return c == ' ' || c == '\t';
}

static struct text trim(struct text t)
{
    while (t.n > 0 && blank(t.p[0])) {
        t.p++;
        t.n--;
    }
    while (t.n > 0 && blank(t.p[t.n - 1])) {
        t.n--;
    }
    return t;
}

/* Takes what is in front of the next separator, and the separator. */
static struct text split(struct text *in, char separator)
{
    struct text t = {in->p, 0};

    while (t.n < in->n && in->p[t.n] != separator) {
        t.n++;
    }
    in->p += t.n;
    in->n -= t.n;
    if (in->n > 0) {
        in->p++;
        in->n--;
    }
    return t;
}

static bool number(struct text t, size_t *value)
{
    size_t i, digit, v = 0;

    for (i = 0; i < t.n; i++) {
        if (t.p[i] < '0' || t.p[i] > '9') {
            return false;
        }
        digit = (size_t)(t.p[i] - '0');
        if (v > (SIZE_MAX - digit) / 10) {
            return false;
        }
        v = v * 10 + digit;
    }
    *value = v;
    return t.n > 0;
}

/* A line that fills the buffer may have been longer. */
static bool cut(const struct lwcmp_http *h)
{
    return h->line_n == LWCMP_HTTP_LINE;
}

/* The headers that matter. */

/* Two lengths that differ have no meaning (RFC 9112 6.3). */
static int content_length(struct lwcmp_http *h, struct text value)
{
    size_t n;

    if (cut(h) || !number(value, &n) || (h->has_length && n != h->left)) {
        return LWCMP_ERR_HTTP;
    }
    h->has_length = true;
    h->left = n;
    return 0;
}

/* Drafts of RFC 6712 had pkixcmp-poll; to be treated alike (RFC 9811 4). */
static int content_type(struct lwcmp_http *h, struct text value)
{
    struct text type = trim(split(&value, ';'));

    h->pkixcmp =
        is(type, "application/pkixcmp") || is(type, "application/pkixcmp-poll");
    return 0;
}

/* What has been cut off may have been "close". */
static int connection(struct lwcmp_http *h, struct text value)
{
    struct text option;

    h->closing = h->closing || cut(h);
    while (value.n > 0) {
        option = trim(split(&value, ','));
        h->closing = h->closing || is(option, "close");
        h->keep = h->keep || is(option, "keep-alive");
    }
    return 0;
}

/* No coding is undone here; "identity" is none. */
static int transfer_encoding(struct lwcmp_http *h, struct text value)
{
    return !cut(h) && is(value, "identity") ? 0 : LWCMP_ERR_HTTP;
}

static const struct {
    const char *name;
    int (*take)(struct lwcmp_http *h, struct text value);
} headers[] = {
    {"content-length", content_length},
    {"content-type", content_type},
    {"connection", connection},
    {"transfer-encoding", transfer_encoding},
};

/*
 * field-line = field-name ":" OWS field-value OWS (RFC 9112 5). A line that
 * goes on in the next one (obs-fold) begins with a blank and is refused with
 * every other blank in a name.
 */
static int header_line(struct lwcmp_http *h)
{
    struct text value = {h->line, h->line_n};
    struct text name = split(&value, ':');
    size_t i;

    if (name.n == 0 || (name.n == h->line_n && !cut(h))) {
        return LWCMP_ERR_HTTP;
    }
    for (i = 0; i < name.n; i++) {
        if (blank(name.p[i])) {
            return LWCMP_ERR_HTTP;
        }
    }
    for (i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
        if (is(name, headers[i].name)) {
            return headers[i].take(h, trim(value));
        }
    }
    return 0;
}

/* status-line = HTTP-version SP status-code SP [ reason ] (RFC 9112 4) */
static int status_line(struct lwcmp_http *h)
{
    struct text line = {h->line, h->line_n};
    struct text version = split(&line, ' ');
    struct text code = split(&line, ' ');
    size_t status;

    if (version.n != 8 || memcmp(version.p, "HTTP/1.", 7) != 0 ||
        (version.p[7] != '0' && version.p[7] != '1')) {
        return LWCMP_ERR_HTTP;
    }
    if (code.n != 3 || !number(code, &status) || status < 100 || status > 599) {
        return LWCMP_ERR_HTTP;
    }
    h->status = (uint16_t)status;
    h->keep = version.p[7] == '1';
    h->state = HEADER_LINE;
    return 0;
}

static void finish(struct lwcmp_http *h)
{
    h->done = true;
    h->state = FINISHED;
}

/* How the content is framed (RFC 9112 6.3). */
static void head_end(struct lwcmp_http *h)
{
    uint16_t head_n = h->head_n;

    if (h->status < 200) { /* interim: the answer is still to come */
        lwcmp_http_begin(h);
        h->head_n = head_n;
        return;
    }
    h->head = true;
    h->keep = h->keep && !h->closing;
    if (h->status == 204 || h->status == 304) {
        h->has_length = true;
        h->left = 0;
    }
    if (!h->has_length) {
        h->state = TO_CLOSE;
    } else if (h->left > 0) {
        h->state = COUNTED;
    } else {
        h->pkixcmp = false;
        finish(h);
    }
}

static int line_end(struct lwcmp_http *h)
{
    if (h->state == STATUS_LINE) {
        return status_line(h);
    }
    if (h->line_n > 0) {
        return header_line(h);
    }
    head_end(h);
    return 0;
}

static bool forbidden(uint8_t byte)
{
    return (byte < 0x20 && byte != '\t' && byte != '\r') || byte == 0x7f;
}

/*
 * A lone LF ends a line as well (RFC 9112 2.2 leaves it to us): small servers
 * write it, and with one request at a time on a connection there is nobody to
 * disagree with about where a line ends. A CR without LF is refused.
 */
static int head_byte(struct lwcmp_http *h, uint8_t byte)
{
    int err;

    if (++h->head_n > LWCMP_HTTP_HEAD) {
        return LWCMP_ERR_HTTP;
    }
    if (byte == '\n') {
        err = line_end(h);
        h->line_n = 0;
        h->cr = false;
        return err;
    }
    if (h->cr || forbidden(byte)) {
        return LWCMP_ERR_HTTP;
    }
    if (byte == '\r') {
        h->cr = true;
    } else if (!cut(h)) {
        h->line[h->line_n++] = (char)byte;
    }
    return 0;
}

/* Says how many of n bytes are content. */
static size_t counted(struct lwcmp_http *h, size_t n)
{
    if (n > h->left) {
        n = h->left;
    }
    h->left -= n;
    if (h->left == 0) {
        finish(h);
    }
    return n;
}

void lwcmp_http_begin(struct lwcmp_http *h)
{
    memset(h, 0, sizeof(*h));
    h->state = STATUS_LINE;
}

/*
 * Bytes behind the end of an answer answer nothing (RFC 9112 6.3). The
 * message in front of them is whole and stands for itself, so only the
 * connection is given up.
 */
int lwcmp_http_feed(struct lwcmp_http *h, uint8_t *p, size_t n, size_t *content)
{
    size_t i = 0, take;
    int err;

    *content = 0;
    while (i < n) {
        take = 0;
        switch ((enum state)h->state) {
        case STATUS_LINE:
        case HEADER_LINE:
            err = head_byte(h, p[i++]);
            if (err) {
                return err;
            }
            break;
        case COUNTED:
            take = counted(h, n - i);
            break;
        case TO_CLOSE:
            take = n - i;
            break;
        case FINISHED:
            h->keep = false;
            return 0;
        }
        memmove(p + *content, p + i, take);
        *content += take;
        i += take;
    }
    return 0;
}

int lwcmp_http_close(struct lwcmp_http *h)
{
    h->keep = false;
    if (h->state == TO_CLOSE) {
        finish(h);
    }
    return h->done ? 0 : LWCMP_ERR_NETWORK;
}

/*
 * A PKIMessage is looked at whatever the status, 2xx, 4xx or 5xx (RFC 9811
 * 3.1), but a redirection is never followed nor believed.
 */
int lwcmp_http_verdict(const struct lwcmp_http *h)
{
    if (h->pkixcmp && h->status / 100 != 3) {
        return 0;
    }
    return h->status == 200 ? LWCMP_ERR_CONTENT : LWCMP_ERR_HTTP;
}
