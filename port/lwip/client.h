/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Drives the engine over HTTP (RFC 9811) on lwIP's raw API, for a main loop
 * that must not block: each turn does at most one step of the engine.
 *
 *     lwcmp_begin(&c, &config, &request);
 *     lwcmp_client_begin(&client, &c, &server, &observer);
 *     for (;;) {
 *         lwcmp_network_poll();
 *         switch (lwcmp_client_turn(&client)) {
 *         case LWCMP_STEP:     watchdog_feed();                   break;
 *         case LWCMP_EXCHANGE: watchdog_feed(); sleep_a_tick();   break;
 *         case LWCMP_DECIDE:   lwcmp_accept(&c);                  break;
 *         case LWCMP_WAIT:     sleep_for(lwcmp_wait_seconds(&c)); break;
 *         case LWCMP_DONE:     lwcmp_client_end(&client);
 *                              return lwcmp_end(&c);
 *         }
 *     }
 */
#ifndef LWCMP_LWIP_CLIENT_H
#define LWCMP_LWIP_CLIENT_H

#include "lwcmp/lwcmp.h"
#include "http.h"

struct tcp_pcb;

/* Where the CA is; it and its texts are borrowed until lwcmp_client_end(). */
struct lwcmp_client_server {
    const char *host; /* name, up to 127 characters, or IPv4 address */
    const char *path; /* begins with a slash */
    uint16_t port;    /* 0: 80 */
    bool label;       /* append the label of the operation (RFC 9483 6.1) */
    uint32_t timeout; /* of one exchange in ms, look-up and connection too;
                         0: 30 s */
};

/*
 * What happens, for people; both are optional and get whole PKIMessages, which
 * live during the call.
 */
struct lwcmp_client_observer {
    void *context;
    void (*sent)(void *context, struct lwcmp_bytes message);
    void (*received)(void *context, struct lwcmp_bytes message);
};

/* How far an exchange has come; after a failure where it stopped. */
enum lwcmp_client_stage {
    LWCMP_CLIENT_IDLE,
    LWCMP_CLIENT_LOOKUP,
    LWCMP_CLIENT_CONNECT,
    LWCMP_CLIENT_SEND,
    LWCMP_CLIENT_RECEIVE
};

/* Fields belong to the client, but for the marked. */
struct lwcmp_client {
    enum lwcmp_client_stage stage; /* out */
    int http_status;               /* out: 0 if there was none */
    uint32_t retry_after;          /* out: seconds, 0 if not said */
    /* the rest */
    struct lwcmp *c;
    const struct lwcmp_client_server *server;
    const struct lwcmp_client_observer *observer;
    struct tcp_pcb *pcb; /* lwIP's, NULL without a connection */
    struct lwcmp_http http;
    struct lwcmp_bytes message, answer; /* both in the work buffer */
    size_t written;   /* bytes of the message that TCP has taken */
    size_t unacked;   /* bytes of the request that the peer has not */
    uint32_t address; /* of the server, as lwIP has it */
    uint32_t since;   /* uptime at the begin of the exchange */
    int error;        /* found out between two turns */
    bool open;        /* an exchange is under way, */
    bool kept;        /* on the connection of the one before */
    bool has_head;    /* TCP has taken the head */
    bool answered;    /* a byte of an answer has come */
    bool spoiled;     /* the connection is of no more use afterwards */
};

/*
 * The transaction has begun; it and all structs stay where they are until
 * lwcmp_client_end(). observer may be NULL.
 */
void lwcmp_client_begin(struct lwcmp_client *client, struct lwcmp *c,
                        const struct lwcmp_client_server *server,
                        const struct lwcmp_client_observer *observer);

/*
 * One turn. LWCMP_EXCHANGE: the network is at work, poll it and come back.
 * After LWCMP_WAIT or LWCMP_DECIDE, act and come back.
 */
enum lwcmp_want lwcmp_client_turn(struct lwcmp_client *client);

/*
 * Closes the connection, if there is one; at any moment. An exchange that is
 * under way stays open in the engine: lwcmp_end() is next.
 */
void lwcmp_client_end(struct lwcmp_client *client);

#endif
