/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a server does, and what has to come of it: played by the tests of all
 * that drives an engine.
 */
#ifndef SCENES_H
#define SCENES_H

#include <stdbool.h>
#include <stddef.h>

#include "lwcmp/types.h"

#define HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/pkixcmp\r\n"
#define ANSWER(n, text) HEAD "Content-Length: " #n "\r\n\r\n" text

#define CHUNKS HEAD "Transfer-Encoding: chunked\r\n\r\n"
#define LINE_32 "X: a line of a server's thirty\r\n"

/* Pieces that are events. */
#define HANG "\1"  /* no answer in time */
#define RESET "\2" /* broken; the end of a script is a close */
#define CONNECTIONS 3
#define PIECES 6

/* Pieces that the transport takes in one exchange before its time is up. */
#define DEADLINE 300

/* What comes on one connection. */
struct script {
    const char *pieces[PIECES];
    const char *endless; /* comes behind them, again and again */
    bool deaf;           /* nothing can be sent after the first answer */
    bool absent;         /* does not connect */
};

struct scene {
    struct script connections[CONNECTIONS];
    const char *messages[3]; /* of the engine; it decides after the first */
    unsigned wait;           /* seconds after the first, 0: none */
    bool prove;              /* at the end */
    size_t room;             /* of its work buffer, 0: plenty */
    int result;
    int http_status;
    unsigned connects;
    const char *log;
};

static const struct scene scenes[] = {
    /* one connection, pieces of any size */
    {.connections = {{.pieces = {ANSWER(13, "ip:1234567890"), HEAD,
                                 "Content-Len", "gth: 12\r\n\r\npki",
                                 "conf:", "long"}}},
     .messages = {"ir", "certConf"},
     .http_status = 200,
     .connects = 1,
     .log = ">ir;<ip:1234567890;accept;>certConf;<pkiconf:long;"},
    /* a server that closes after each answer, and says so or just does */
    {.connections = {{.pieces = {HEAD "Connection: close\r\n",
                                 "Content-Length: 2\r\n\r\nip"}},
                     {.pieces = {HEAD "\r\npki", "conf"}}},
     .messages = {"ir", "certConf"},
     .http_status = 200,
     .connects = 2,
     .log = ">ir;<ip;accept;>certConf;<pkiconf;"},
    /* answers that are no CMP are not read to their end */
    {.connections = {{.pieces = {"SSH-2.0-OpenSSH_9.2\r\n"}}},
     .messages = {"ir"},
     .result = LWCMP_ERR_HTTP,
     .connects = 1,
     .log = ">ir;"},
    {.connections = {{.pieces = {"HTTP/1.1 404 Not Found\r\n\r\n", HANG}}},
     .messages = {"ir"},
     .result = LWCMP_ERR_HTTP,
     .http_status = 404,
     .connects = 1,
     .log = ">ir;"},
    {.connections = {{.pieces = {"HTTP/1.1 200 OK\r\n\r\n<html>", HANG}}},
     .messages = {"ir"},
     .result = LWCMP_ERR_CONTENT,
     .http_status = 200,
     .connects = 1,
     .log = ">ir;"},
    /* a PKIMessage with an error status is one */
    {.connections = {{.pieces = {"HTTP/1.1 500 No\r\nContent-Type: "
                                 "application/pkixcmp\r\nContent-Length: 5"
                                 "\r\n\r\nerror"}}},
     .messages = {"ir"},
     .http_status = 500,
     .connects = 1,
     .log = ">ir;<error;accept;"},
    /* an answer that just fits, one that does not, one that is empty */
    {.connections = {{.pieces = {HEAD "\r\n123456", "7890"}}},
     .messages = {"ir"},
     .room = 10,
     .http_status = 200,
     .connects = 1,
     .log = ">ir;<1234567890;accept;"},
    {.connections = {{.pieces = {HEAD "\r\n123456", "78901"}}},
     .messages = {"ir"},
     .room = 10,
     .result = LWCMP_ERR_BUFFER,
     .http_status = 200,
     .connects = 1,
     .log = ">ir;"},
    {.connections = {{.pieces = {HEAD "\r\n"}}},
     .messages = {"ir"},
     .http_status = 200,
     .connects = 1,
     .log = ">ir;<;accept;"},
#if LWCMP_WITH_CHUNKED
    /* the same in chunks */
    {.connections = {{.pieces = {CHUNKS "2\r\ni", "p\r\n0\r\n\r\n",
                                 CHUNKS "3\r\npki\r\n", "4\r\nconf\r",
                                 "\n0\r\n", "\r\n"}}},
     .messages = {"ir", "certConf"},
     .http_status = 200,
     .connects = 1,
     .log = ">ir;<ip;accept;>certConf;<pkiconf;"},
    {.connections = {{.pieces = {CHUNKS}, .endless = "4\r\nfour\r\n"}},
     .messages = {"ir"},
     .result = LWCMP_ERR_BUFFER,
     .http_status = 200,
     .connects = 1,
     .log = ">ir;"},
    {.connections = {{.pieces = {CHUNKS "4;"}, .endless = LINE_32}},
     .messages = {"ir"},
     .result = LWCMP_ERR_HTTP,
     .http_status = 200,
     .connects = 1,
     .log = ">ir;"},
    {.connections = {{.pieces = {CHUNKS "2\r\nip\r\n0\r\n"},
                      .endless = LINE_32}},
     .messages = {"ir"},
     .result = LWCMP_ERR_HTTP,
     .http_status = 200,
     .connects = 1,
     .log = ">ir;"},
    {.connections = {{.pieces = {ANSWER(2, "ip"), CHUNKS "4\r\npk", RESET}}},
     .messages = {"ir", "certConf"},
     .result = LWCMP_ERR_NETWORK,
     .http_status = 200,
     .connects = 1,
     .log = ">ir;<ip;accept;>certConf;"},
#endif
    /* a CA that wants time, and nobody who waits */
    {.connections = {{.pieces = {ANSWER(2, "ip")}}},
     .messages = {"ir", "pollReq"},
     .wait = 2,
     .result = LWCMP_ERR_WAITING,
     .http_status = 200,
     .connects = 1,
     .log = ">ir;<ip;"},
};

/* A kept connection that is gone: found out */
static const struct scene gone[] = {
    /* by sending, */
    {.connections = {{.pieces = {ANSWER(2, "ip")}, .deaf = true},
                     {.pieces = {ANSWER(7, "pkiconf")}}},
     .messages = {"ir", "certConf"},
     .http_status = 200,
     .connects = 2,
     .log = ">ir;<ip;accept;>certConf;<pkiconf;"},
    /* by a reset, */
    {.connections = {{.pieces = {ANSWER(2, "ip"), RESET}},
                     {.pieces = {ANSWER(7, "pkiconf")}}},
     .messages = {"ir", "certConf"},
     .http_status = 200,
     .connects = 2,
     .log = ">ir;<ip;accept;>certConf;>certConf;<pkiconf;"},
    /* by a close; but only once, */
    {.connections = {{.pieces = {ANSWER(2, "ip")}}, {.pieces = {RESET}}},
     .messages = {"ir", "certConf"},
     .result = LWCMP_ERR_NETWORK,
     .connects = 2,
     .log = ">ir;<ip;accept;>certConf;>certConf;"},
    {.connections = {{.pieces = {ANSWER(2, "ip")}}, {.absent = true}},
     .messages = {"ir", "certConf"},
     .result = LWCMP_ERR_NETWORK,
     .connects = 2,
     .log = ">ir;<ip;accept;>certConf;"},
    /* not once a byte of an answer has come, */
    {.connections = {{.pieces = {ANSWER(2, "ip"), "H", RESET}}},
     .messages = {"ir", "certConf"},
     .result = LWCMP_ERR_NETWORK,
     .connects = 1,
     .log = ">ir;<ip;accept;>certConf;"},
    {.connections = {{.pieces = {ANSWER(2, "ip"), ANSWER(7, "pki")}}},
     .messages = {"ir", "certConf"},
     .result = LWCMP_ERR_NETWORK,
     .http_status = 200,
     .connects = 1,
     .log = ">ir;<ip;accept;>certConf;"},
    /* not after a silence, and not on a new connection */
    {.connections = {{.pieces = {ANSWER(2, "ip"), HANG}}},
     .messages = {"ir", "certConf"},
     .result = LWCMP_ERR_TIMEOUT,
     .connects = 1,
     .log = ">ir;<ip;accept;>certConf;"},
    {.connections = {{.pieces = {NULL}}},
     .messages = {"ir"},
     .result = LWCMP_ERR_NETWORK,
     .connects = 1,
     .log = ">ir;"},
    {.connections = {{.absent = true}},
     .messages = {"ir"},
     .result = LWCMP_ERR_NETWORK,
     .connects = 1,
     .log = ""},
};

/* Answers without end: bounded */
static const struct scene endless[] = {
    /* by what they may be, */
    {.connections = {{.pieces = {HEAD}, .endless = LINE_32}},
     .messages = {"ir"},
     .result = LWCMP_ERR_HTTP,
     .http_status = 200,
     .connects = 1,
     .log = ">ir;"},
    {.connections = {{.endless = "HTTP/1.1 100 Continue\r\n\r\n"}},
     .messages = {"ir"},
     .result = LWCMP_ERR_HTTP,
     .connects = 1,
     .log = ">ir;"},
    {.connections = {{.pieces = {HEAD "\r\n"}, .endless = LINE_32}},
     .messages = {"ir"},
     .result = LWCMP_ERR_BUFFER,
     .http_status = 200,
     .connects = 1,
     .log = ">ir;"},
    {.connections = {{.pieces = {HEAD "Content-Length: 4000000\r\n\r\n"},
                      .endless = LINE_32}},
     .messages = {"ir"},
     .result = LWCMP_ERR_BUFFER,
     .http_status = 200,
     .connects = 1,
     .log = ">ir;"},
    /* else by time, and then nothing goes out again; also when it was kept */
    {.connections = {{.endless = "X"}},
     .messages = {"ir"},
     .result = LWCMP_ERR_TIMEOUT,
     .connects = 1,
     .log = ">ir;"},
    {.connections = {{.pieces = {ANSWER(2, "ip")}, .endless = "X"}},
     .messages = {"ir", "certConf"},
     .result = LWCMP_ERR_TIMEOUT,
     .connects = 1,
     .log = ">ir;<ip;accept;>certConf;"},
};

/* A new identity that is tried; no connection is kept for that. */
static const struct scene proof = {
    .connections = {{.pieces = {ANSWER(2, "ip"), ANSWER(7, "pkiconf")}}},
    .messages = {"ir", "certConf"},
    .prove = true,
    .http_status = 200,
    .connects = 1,
    .log = ">ir;<ip;accept;>certConf;<pkiconf;prove on 0;works;"};

/* A CA that wants time, and somebody who waits. */
static const struct scene waits[] = {
    /* for a moment on the same connection, */
    {.connections = {{.pieces = {ANSWER(2, "ip"), ANSWER(7, "pollRep")}}},
     .messages = {"ir", "pollReq"},
     .wait = 3,
     .http_status = 200,
     .connects = 1,
     .log = ">ir;<ip;wait 3 on 1;>pollReq;<pollRep;accept;"},
    /* which may be gone by then, */
    {.connections = {{.pieces = {ANSWER(2, "ip")}},
                     {.pieces = {ANSWER(7, "pollRep")}}},
     .messages = {"ir", "pollReq"},
     .wait = 1,
     .http_status = 200,
     .connects = 2,
     .log = ">ir;<ip;wait 1 on 1;>pollReq;>pollReq;<pollRep;accept;"},
    /* and longer on none */
    {.connections = {{.pieces = {ANSWER(2, "ip"), HANG}},
                     {.pieces = {ANSWER(7, "pollRep")}}},
     .messages = {"ir", "pollReq"},
     .wait = 4,
     .http_status = 200,
     .connects = 2,
     .log = ">ir;<ip;wait 4 on 0;>pollReq;<pollRep;accept;"},
};

#endif
