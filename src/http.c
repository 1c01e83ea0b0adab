/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Takes the framing off an answer (RFC 9811, RFC 9112). Nothing that HTTP says
 * changes the state of a transaction: it only decides whether there is a
 * message to look at.
 */
#include "http.h"

#include <string.h>

/* What the next line is. Behind the head there are none but among chunks. */
enum line {
    STATUS_LINE,
    HEADER_LINE,
    CHUNK_SIZE,
    CHUNK_END,
    TRAILER_LINE
};

/* Lengths of content that are none, and larger than number() gives. */
#define TO_CLOSE SIZE_MAX      /* up to the end of the connection */
#define CHUNKED (SIZE_MAX - 1) /* each chunk has its own */

/*
 * The last byte of a line that was cut. It fits nowhere, so that nothing in
 * front of it is taken for the whole.
 */
#define CUT '\n'

/* Pieces of a line, which ends with a NUL and has no upper case. */

static bool blank(char c)
{
    return c == ' ' || c == '\t';
}

static const char *skip_blanks(const char *p)
{
    while (blank(*p)) {
        p++;
    }
    return p;
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

static bool contains(const char *p, const char *word)
{
    for (; *p != '\0'; p++) {
        if (after(p, word)) {
            return true;
        }
    }
    return false;
}

/* What follows the digits; NULL if there are none, or past 32 bits. */
static const char *number(const char *p, unsigned base, size_t *value)
{
    const char *start = p;
    unsigned digit;

    for (*value = 0;; p++) {
        digit = (unsigned)*p - '0';
        if (digit > 9) {
            digit = (unsigned)*p - 'a' + 10;
        }
        if (digit >= base) {
            return p > start ? p : NULL;
        }
        if (*value >= UINT32_MAX / 16) {
            return NULL;
        }
        *value = *value * base + digit;
    }
}

/* A second way to find the end is refused, as everywhere (RFC 9112 6.3). */
static int content_length(struct lwcmp_http *h, const char *value)
{
    const char *rest;

    if (h->length != TO_CLOSE) {
        return LWCMP_ERR_HTTP;
    }
    rest = number(value, 10, &h->length);
    return rest && *rest == '\0' ? 0 : LWCMP_ERR_HTTP;
}

/*
 * Parameters mean nothing here, and application/pkixcmp-poll of the drafts of
 * RFC 6712 is to be treated alike (RFC 9811 4).
 */
static int content_type(struct lwcmp_http *h, const char *value)
{
    const char *rest = after(value, "application/pkixcmp");
    const char *more = rest ? after(rest, "-poll") : NULL;

    rest = more ? more : rest;
    h->pkixcmp = rest && (*rest == '\0' || *rest == ';' || *rest == ' ');
    return 0;
}

/* One close too many costs a connection and nothing else. */
static int connection(struct lwcmp_http *h, const char *value)
{
    h->keep =
        !contains(value, "close") && (h->keep || contains(value, "keep-alive"));
    return 0;
}

/* A date instead of seconds is of no use without a clock. */
static int retry_after(struct lwcmp_http *h, const char *value)
{
    size_t seconds;
    const char *rest = number(value, 10, &seconds);

    if (rest && *rest == '\0') {
        h->retry_after = (uint32_t)seconds;
    }
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

    if (!rest || *rest != '\0' || h->length != TO_CLOSE || h->minor == '0') {
        return LWCMP_ERR_HTTP;
    }
    h->length = CHUNKED;
    return 0;
}

/* chunk-size [ chunk-ext ] CRLF (RFC 9112 7.1); the last chunk is of size 0. */
static int chunk_size(struct lwcmp_http *h)
{
    const char *rest = number(h->line, 16, &h->left);

    if (!rest) {
        return LWCMP_ERR_HTTP;
    }
    h->next = h->left > 0 ? CHUNK_END : TRAILER_LINE;
    rest = skip_blanks(rest);
    return *rest == '\0' || *rest == ';' ? 0 : LWCMP_ERR_HTTP;
}

static int chunk_line(struct lwcmp_http *h, bool empty)
{
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

static int chunk_line(struct lwcmp_http *h, bool empty)
{
    (void)h;
    (void)empty;
    return LWCMP_ERR_HTTP;
}
#endif

/* The headers that matter. */
static const struct {
    const char *name;
    int (*take)(struct lwcmp_http *h, const char *value);
} headers[] = {
    {"content-length:", content_length},
    {"content-type:", content_type},
    {"connection:", connection},
    {"retry-after:", retry_after},
    {"transfer-encoding:", transfer_encoding},
};

/* field-line = field-name ":" OWS field-value OWS (RFC 9112 5) */
static int header_line(struct lwcmp_http *h)
{
    const char *p;
    size_t i;

    for (i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
        p = after(h->line, headers[i].name);
        if (p) {
            return headers[i].take(h, skip_blanks(p));
        }
    }
    for (p = h->line; *p != ':' && *p != CUT; p++) {
        if (*p == '\0' || blank(*p)) {
            return LWCMP_ERR_HTTP;
        }
    }
    return p > h->line ? 0 : LWCMP_ERR_HTTP;
}

/* status-line = HTTP-version SP status-code SP [ reason ] (RFC 9112 4) */
static int status_line(struct lwcmp_http *h)
{
    const char *p = after(h->line, "http/1.");
    size_t status;

    if (!p || (*p != '0' && *p != '1') || p[1] != ' ') {
        return LWCMP_ERR_HTTP;
    }
    h->minor = *p;
    h->keep = *p == '1';
    p = number(p + 2, 10, &status);
    if (!p || (*p != '\0' && *p != ' ') || status < 100 || status > 599) {
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
    if (h->pkixcmp && h->length > 0 && h->status / 100 != 3) {
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
    h->next = CHUNK_SIZE;
    h->left = h->length == CHUNKED ? 0 : h->length;
    return verdict(h);
}

static int take_line(struct lwcmp_http *h, bool empty)
{
    if (h->next == STATUS_LINE) {
        return status_line(h);
    }
    if (h->next == HEADER_LINE) {
        return empty ? head_end(h) : header_line(h);
    }
    return chunk_line(h, empty);
}

/* A line that goes on in the next one (obs-fold) is refused with that one. */
static int line_end(struct lwcmp_http *h)
{
    char *p = h->line + h->line_n;

    *p = '\0';
    if (blank(h->line[0])) {
        return LWCMP_ERR_HTTP;
    }
    while (p > h->line && blank(p[-1])) {
        *--p = '\0';
    }
    h->line_n = 0;
    h->cr = false;
    return take_line(h, p == h->line);
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
static int line_byte(struct lwcmp_http *h, uint8_t byte)
{
    if (++h->head_n > LWCMP_HTTP_HEAD) {
        return LWCMP_ERR_HTTP;
    }
    if (byte == '\n') {
        return line_end(h);
    }
    if (h->cr || forbidden(byte)) {
        return LWCMP_ERR_HTTP;
    }
    if (byte >= 'A' && byte <= 'Z') {
        byte = (uint8_t)(byte - 'A' + 'a');
    }
    if (byte == '\r') {
        h->cr = true;
    } else if (h->line_n == LWCMP_HTTP_LINE) {
        h->line[LWCMP_HTTP_LINE - 1] = CUT;
    } else {
        h->line[h->line_n++] = (char)byte;
    }
    return 0;
}

void lwcmp_http_begin(struct lwcmp_http *h)
{
    memset(h, 0, sizeof(*h));
    h->length = TO_CLOSE;
}

/* Takes content off the n bytes at p, and says how many. */
static size_t content_bytes(struct lwcmp_http *h, size_t n)
{
    if (h->left == TO_CLOSE) {
        return n;
    }
    if (n > h->left) {
        n = h->left;
    }
    h->left -= n;
    h->done = h->left == 0 && h->length != CHUNKED;
    return n;
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
    while (i < n && !h->done) {
        if (h->left == 0) {
            err = line_byte(h, p[i++]);
            if (err) {
                return err;
            }
        } else {
            take = content_bytes(h, n - i);
            memmove(p + *content, p + i, take);
            *content += take;
            i += take;
        }
    }
    h->keep = h->keep && i == n;
    return 0;
}

int lwcmp_http_close(struct lwcmp_http *h)
{
    h->keep = false;
    h->done = h->done || h->left == TO_CLOSE;
    return h->done ? 0 : LWCMP_ERR_NETWORK;
}
