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

/* Where the CA is; the texts are borrowed until lwcmp_client_end(). */
struct lwcmp_client_server {
    const char *host; /* name or IPv4 address */
    const char *path; /* begins with a slash */
    uint16_t port;
    bool label;       /* append the label of the operation (RFC 9483 6.1) */
    uint32_t timeout; /* of one exchange in ms, look-up and connection too */
};

/* What happens, for people; both are optional and get whole PKIMessages. */
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
};

/* The transaction has begun; it and all structs stay where they are. */
void lwcmp_client_begin(struct lwcmp_client *client, struct lwcmp *c,
                        const struct lwcmp_client_server *server,
                        const struct lwcmp_client_observer *observer);

/*
 * One turn. LWCMP_EXCHANGE: the network is at work, poll it and come back.
 * After LWCMP_WAIT or LWCMP_DECIDE, act and come back.
 */
enum lwcmp_want lwcmp_client_turn(struct lwcmp_client *client);

/* Closes the connection, if there is one; at any moment. */
void lwcmp_client_end(struct lwcmp_client *client);

#endif
