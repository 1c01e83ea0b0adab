/* SPDX-License-Identifier: Apache-2.0 */
/*
 * HTTP/1.1 for CMP (RFC 9811), bytes in and bytes out: writes the head of a
 * POST, takes the framing off an answer. No sockets.
 */
#ifndef LWCMP_HTTP_H
#define LWCMP_HTTP_H

#include "lwcmp/types.h"

/* As much of a line is looked at. */
#define LWCMP_HTTP_LINE 64

/*
 * The most bytes of lines in one answer: interim answers (1xx), its head, and
 * what frames its chunks.
 */
#define LWCMP_HTTP_HEAD 4096

/* The parser of one answer. Its fields belong to it, but for the marked. */
struct lwcmp_http {
    uint8_t next; /* what comes next */
    uint8_t body; /* what comes behind the head */
    uint8_t line_n;
    bool done;            /* out: the answer is complete */
    bool keep;            /* out: the server keeps the connection open */
    bool cr;              /* the last byte was a CR */
    bool pkixcmp;         /* Content-Type is application/pkixcmp */
    bool old;             /* the version is 1.0 and not 1.1 */
    uint16_t status;      /* out: the status code, 0 before there is one */
    uint16_t head_n;      /* out: bytes of lines so far, 0 if nothing came */
    uint32_t retry_after; /* out: in seconds, 0 if the server does not say */
    uint32_t left;        /* bytes of content that are still to come */
    char line[LWCMP_HTTP_LINE + 1];
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
 * were among them at p. LWCMP_ERR_HTTP for what is not HTTP; at the end of a
 * head whose content is not for the CMP layer (RFC 9811 3.1) LWCMP_ERR_CONTENT
 * if the status is 200, else LWCMP_ERR_HTTP. After an error the answer and the
 * connection are of no more use.
 */
int lwcmp_http_feed(struct lwcmp_http *h, uint8_t *p, size_t n,
                    size_t *content);

/* The peer has closed: 0 if that ends the answer, else LWCMP_ERR_NETWORK. */
int lwcmp_http_close(struct lwcmp_http *h);

#endif
