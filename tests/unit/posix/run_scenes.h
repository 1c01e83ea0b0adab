/* SPDX-License-Identifier: Apache-2.0 */
/* What test_run.c plays: what a server does, and what has to come of it. */
#ifndef LWCMP_TEST_RUN_SCENES_H
#define LWCMP_TEST_RUN_SCENES_H

#include <stdbool.h>
#include <stddef.h>

#include "lwcmp/types.h"

#define HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/pkixcmp\r\n"
#define ANSWER(n, text) HEAD "Content-Length: " #n "\r\n\r\n" text

/* Pieces that are events. */
#define HANG "\1"  /* no answer in time */
#define RESET "\2" /* broken; the end of a script is a close */
#define CONNECTIONS 3
#define PIECES 6

/* What comes on one connection. */
struct script {
    const char *pieces[PIECES];
    bool deaf;   /* nothing can be sent after the first answer */
    bool absent; /* does not connect */
};

struct scene {
    struct script connections[CONNECTIONS];
    const char *messages[3]; /* of the engine; it decides after the first */
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
    /* a kept connection that is gone: found out by sending, */
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
};

#endif
