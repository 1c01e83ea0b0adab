/* SPDX-License-Identifier: Apache-2.0 */
/*
 * HTTP/1.1 for CMP (RFC 9811), bytes in and bytes out: writes the head of a
 * POST, takes the framing off an answer. No sockets.
 */
#ifndef LWCMP_HTTP_H
#define LWCMP_HTTP_H

#include "lwcmp/types.h"

/* The longest header line that is looked at; longer ones are cut. */
#define LWCMP_HTTP_LINE 64

/* The most bytes of head in one answer, interim ones (1xx) included. */
#define LWCMP_HTTP_HEAD 4096

/* The parser of one answer. Its fields belong to it, but for the marked. */
struct lwcmp_http {
    uint8_t state;
    uint8_t line_n;
    bool cr;      /* the last byte was a CR */
    bool head;    /* out: the head is complete; ask for the verdict */
    bool done;    /* out: the answer is complete */
    bool keep;    /* out: the server keeps the connection open */
    bool pkixcmp; /* out: there is content, of type application/pkixcmp */
    bool closing; /* Connection: close */
    bool has_length;
    uint16_t status; /* out: the status code */
    uint16_t head_n; /* bytes of head so far, against endless ones */
    size_t left;     /* bytes of content still to come, if has_length */
    char line[LWCMP_HTTP_LINE];
};

/*
 * Writes the head of POST into p: path and, if not NULL, the label after a
 * slash. content_n is the size of the message that follows. Sets *n;
 * LWCMP_ERR_BUFFER if cap is too small, LWCMP_ERR_CONFIG for an empty host, a
 * path without a slash in front, or anything but visible ASCII in them.
 */
int lwcmp_http_post(char *p, size_t cap, const char *host, const char *path,
                    const char *label, size_t content_n, size_t *n);

/* Before the first byte of an answer. */
void lwcmp_http_begin(struct lwcmp_http *h);

/*
 * Takes n received bytes at p and leaves the *content bytes of content that
 * were among them at p. Fails with LWCMP_ERR_HTTP on what is not HTTP.
 */
int lwcmp_http_feed(struct lwcmp_http *h, uint8_t *p, size_t n,
                    size_t *content);

/* The peer has closed: 0 if that ends the answer, else LWCMP_ERR_NETWORK. */
int lwcmp_http_close(struct lwcmp_http *h);

/*
 * Once the head is complete: 0 if the content is for the CMP layer (RFC 9811
 * 3.1), LWCMP_ERR_HTTP for another status, LWCMP_ERR_CONTENT for status 200
 * with another type or without content.
 */
int lwcmp_http_verdict(const struct lwcmp_http *h);

#endif
