/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Takes the framing off an answer (RFC 9811, RFC 9112). Nothing that HTTP says
 * changes the state of a transaction: it only decides whether there is a
 * message to look at.
 */
#include "http.h"

#include <string.h>

/* What comes next: a line, or bytes of content. */
enum next {
    STATUS_LINE,
    HEADER_LINE,
    CHUNK_SIZE,
    CHUNK_END,
    TRAILER_LINE,
    CONTENT, /* from here on bytes, not lines */
    CONTENT_TO_CLOSE,
    CHUNK
};

/*
 * The last byte of a line that was cut. It fits nowhere, so that nothing in
 * front of it is taken for the whole.
 */
#define CUT '\n'

/* A line ends with a NUL and has no upper case. */

static bool blank(char c)
{
    return c == ' ' || c == '\t';
}

/* What follows if p begins with `word`, else NULL. */
static const char *after(const char *p, const char *word)
{
    for (; *word != '\0'; word++, p++) {
        if (*p != *word) {
            return NULL;
        }
    }
    return p;
}

/* From 16 on if it is none of the digits above 9. */
static unsigned hex_value(char c)
{
    return c >= 'a' ? (unsigned)(c - 'a') + 10 : 16;
}

/* Leaves *value alone unless a number of 32 bits goes up to `end` or a NUL. */
static int number(const char *p, char end, unsigned base, uint32_t *value)
{
    uint32_t sum = 0;
    unsigned digit;

    do {
        digit = (unsigned)*p - '0';
        if (digit > 9) {
            digit = hex_value(*p);
        }
        if (digit >= base || sum >= UINT32_MAX / 16) {
            return LWCMP_ERR_HTTP;
        }
        sum = sum * base + digit;
        p++;
    } while (*p != '\0' && *p != end);
    *value = sum;
    return 0;
}

/* Ends the line at `end`, or in front of the blanks that lead there. */
static void cut_line(struct lwcmp_http *h, char *end)
{
    while (end > h->line && blank(end[-1])) {
        end--;
    }
    *end = '\0';
}

/* A second way to find the end is refused, as everywhere (RFC 9112 6.3). */
static int content_length(struct lwcmp_http *h, const char *value)
{
    if (h->body != CONTENT_TO_CLOSE) {
        return LWCMP_ERR_HTTP;
    }
    h->body = CONTENT;
    return number(value, '\0', 10, &h->left);
}

/*
 * Parameters mean nothing here, and application/pkixcmp-poll of the drafts of
 * RFC 6712 is to be treated alike (RFC 9811 4).
 */
static int content_type(struct lwcmp_http *h, const char *value)
{
    const char *rest = after(value, "application/pkixcmp");
    const char *more;

    h->pkixcmp = false;
    if (rest) {
        more = after(rest, "-poll");
        if (more) {
            rest = more;
        }
        h->pkixcmp = *rest == '\0' || *rest == ';' || *rest == ' ';
    }
    return 0;
}

/* One close too many costs a connection and nothing else. */
static int connection(struct lwcmp_http *h, const char *value)
{
    for (; *value != '\0'; value++) {
        if (after(value, "close")) {
            h->keep = false;
            break;
        }
        if (after(value, "keep-alive")) {
            h->keep = true;
        }
    }
    return 0;
}

/* A date instead of seconds is of no use without a clock. */
static int retry_after(struct lwcmp_http *h, const char *value)
{
    (void)number(value, '\0', 10, &h->retry_after);
    return 0;
}

#if LWCMP_WITH_CHUNKED
/*
 * The one coding that is undone, and nothing else besides it. 1.0 does not
 * have it (RFC 9112 6.1).
 */
static int transfer_encoding(struct lwcmp_http *h, const char *value)
{
    const char *rest = after(value, "chunked");

    if (!rest || *rest != '\0' || h->body != CONTENT_TO_CLOSE || h->old) {
        return LWCMP_ERR_HTTP;
    }
    h->body = CHUNK_SIZE;
    return 0;
}

/* chunk-size [ chunk-ext ] CRLF (RFC 9112 7.1); the last chunk is of size 0. */
static int chunk_size(struct lwcmp_http *h)
{
    char *p = h->line;
    int err;

    while (*p != '\0' && *p != ';') {
        p++;
    }
    cut_line(h, p);
    err = number(h->line, '\0', 16, &h->left);
    h->next = h->left > 0 ? CHUNK : TRAILER_LINE;
    return err;
}

static int chunk_line(struct lwcmp_http *h)
{
    bool empty = h->line[0] == '\0';

    if (h->next == CHUNK_SIZE) {
        return chunk_size(h);
    }
    if (h->next == TRAILER_LINE) {
        h->done = empty;
        return 0;
    }
    h->next = CHUNK_SIZE;
    return empty ? 0 : LWCMP_ERR_HTTP;
}
#else
static int transfer_encoding(struct lwcmp_http *h, const char *value)
{
    (void)h;
    (void)value;
    return LWCMP_ERR_HTTP;
}

static int chunk_line(struct lwcmp_http *h)
{
    (void)h;
    return LWCMP_ERR_HTTP;
}
#endif

/* Compares the beginning of the line, colon included. */
#define IS(h, name) (memcmp((h)->line, name ":", sizeof(name)) == 0)

static int header(struct lwcmp_http *h, const char *value)
{
    return IS(h, "content-length")      ? content_length(h, value)
           : IS(h, "content-type")      ? content_type(h, value)
           : IS(h, "connection")        ? connection(h, value)
           : IS(h, "retry-after")       ? retry_after(h, value)
           : IS(h, "transfer-encoding") ? transfer_encoding(h, value)
                                        : 0;
}

/* field-line = field-name ":" OWS field-value OWS (RFC 9112 5) */
static int header_line(struct lwcmp_http *h)
{
    const char *p;

    for (p = h->line; *p != ':' && *p != CUT; p++) {
        if ((uint8_t)*p <= ' ') {
            return LWCMP_ERR_HTTP;
        }
    }
    if (p == h->line) {
        return LWCMP_ERR_HTTP;
    }
    do {
        p++;
    } while (blank(*p));
    return header(h, p);
}

/* status-line = HTTP-version SP status-code SP [ reason ] (RFC 9112 4) */
static int status_line(struct lwcmp_http *h)
{
    const char *p = after(h->line, "http/1.");
    uint32_t status = 0;

    if (p && (*p == '0' || *p == '1') && p[1] == ' ') {
        h->keep = *p == '1';
        h->old = !h->keep;
        (void)number(p + 2, ' ', 10, &status);
    }
    if (status < 100 || status > 599) {
        return LWCMP_ERR_HTTP;
    }
    h->status = (uint16_t)status;
    h->next = HEADER_LINE;
    return 0;
}

/*
 * A PKIMessage is looked at whatever the status, 2xx, 4xx or 5xx (RFC 9811
 * 3.1), but a redirection is never followed nor believed.
 */
static int verdict(const struct lwcmp_http *h)
{
    /* Something is left unless a Content-Length of 0 has said otherwise. */
    if (h->pkixcmp && h->left > 0 && h->status / 100 != 3) {
        return 0;
    }
    return h->status == 200 ? LWCMP_ERR_CONTENT : LWCMP_ERR_HTTP;
}

static int head_end(struct lwcmp_http *h)
{
    uint16_t head_n = h->head_n;

    if (h->status < 200) { /* interim: the answer is still to come */
        lwcmp_http_begin(h);
        h->head_n = head_n;
        return 0;
    }
    h->next = h->body;
    return verdict(h);
}

static int take_line(struct lwcmp_http *h)
{
    if (h->next == STATUS_LINE) {
        return status_line(h);
    }
    if (h->next == HEADER_LINE) {
        return h->line[0] == '\0' ? head_end(h) : header_line(h);
    }
    return chunk_line(h);
}

/* A line that goes on in the next one (obs-fold) is refused with that one. */
static int line_end(struct lwcmp_http *h)
{
    if (h->line_n > 0 && blank(h->line[0])) {
        return LWCMP_ERR_HTTP;
    }
    cut_line(h, h->line + h->line_n);
    h->line_n = 0;
    h->cr = false;
    return take_line(h);
}

static bool is_text(uint8_t byte)
{
    return (byte >= 0x20 && byte != 0x7f) || byte == '\t';
}

/* Takes as much text as there is, and room for it: in lower case. */
static size_t line_text(struct lwcmp_http *h, const uint8_t *p, size_t n)
{
    size_t room = LWCMP_HTTP_LINE - (size_t)h->line_n;
    char *to = h->line + h->line_n;
    size_t i;

    n = n < room ? n : room;
    for (i = 0; i < n && is_text(p[i]); i++) {
        to[i] = (char)(p[i] >= 'A' && p[i] <= 'Z' ? p[i] - 'A' + 'a' : p[i]);
    }
    h->line_n = (uint8_t)(h->line_n + i);
    return i;
}

/*
 * A byte that is no text, or has no room. A lone LF ends a line as well (RFC
 * 9112 2.2 leaves it to us): small servers write it, and with one request at a
 * time nobody disagrees about where a line ends. A CR without LF is refused.
 */
static int line_byte(struct lwcmp_http *h, uint8_t byte)
{
    if (byte == '\n') {
        return line_end(h);
    }
    if (h->cr || (byte != '\r' && !is_text(byte))) {
        return LWCMP_ERR_HTTP;
    }
    if (byte == '\r') {
        h->cr = true;
    } else {
        h->line[LWCMP_HTTP_LINE - 1] = CUT;
    }
    return 0;
}

/* Takes a piece of a line, at most *n bytes, and says how many. */
static int line_piece(struct lwcmp_http *h, const uint8_t *p, size_t *n)
{
    size_t text = h->cr ? 0 : line_text(h, p, *n);
    bool more = text < *n;

    *n = text + more;
    if (*n > (size_t)LWCMP_HTTP_HEAD - h->head_n) {
        return LWCMP_ERR_HTTP;
    }
    h->head_n = (uint16_t)(h->head_n + *n);
    return more ? line_byte(h, p[text]) : 0;
}

/* Content without a length ends with the connection, or at 4 GiB. */
void lwcmp_http_begin(struct lwcmp_http *h)
{
    memset(h, 0, sizeof(*h));
    h->body = CONTENT_TO_CLOSE;
    h->left = UINT32_MAX;
}

/*
 * Bytes behind the end of an answer answer nothing (RFC 9112 6.3). The
 * message in front of them is whole and stands for itself, so only the
 * connection is given up.
 */
int lwcmp_http_feed(struct lwcmp_http *h, uint8_t *p, size_t n, size_t *content)
{
    const uint8_t *from = p;
    size_t taken;
    int err;

    *content = 0;
    for (; n > 0 && !h->done; n -= taken) {
        taken = n;
        if (h->next < CONTENT) {
            err = line_piece(h, from, &taken);
            if (err) {
                return err;
            }
        } else {
            taken = n < h->left ? n : h->left;
            memmove(p + *content, from, taken);
            *content += taken;
            h->left -= (uint32_t)taken;
            if (h->left == 0) {
                h->done = !LWCMP_WITH_CHUNKED || h->next != CHUNK;
                h->next = CHUNK_END;
            }
        }
        from += taken;
    }
    if (n > 0) {
        h->keep = false;
    }
    return 0;
}

int lwcmp_http_close(struct lwcmp_http *h)
{
    h->keep = false;
    h->done = h->done || h->next == CONTENT_TO_CLOSE;
    return h->done ? 0 : LWCMP_ERR_NETWORK;
}
