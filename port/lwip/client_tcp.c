/* SPDX-License-Identifier: Apache-2.0 */
#include "client_tcp.h"

#include <string.h>

#include <lwip/dns.h>
#include <lwip/tcp.h>

#include "network.h"

/* As long as any head that can be sent; it is on the stack for a moment. */
#define HEAD_MAX 512

/* What stands behind "Host: ". */
#define HOST_MAX (DNS_MAX_NAME_LENGTH + sizeof(":65535"))

#define HTTP_PORT 80

/*
 * The look-up under way. lwIP cannot take a question back, so an answer finds
 * who has asked by its number: others have been given up.
 */
static struct {
    struct lwcmp_client *client;
    uintptr_t number;
} lookup;

static uint16_t server_port(const struct lwcmp_client *client)
{
    return client->server->port ? client->server->port : HTTP_PORT;
}

/* host, and the port where it is not the usual one (RFC 9110 7.2) */
static int write_host(const struct lwcmp_client *client, char p[HOST_MAX])
{
    size_t n = strlen(client->server->host);
    unsigned port = server_port(client);
    unsigned unit = 10000;

    if (n == 0 || n >= DNS_MAX_NAME_LENGTH) {
        return LWCMP_ERR_CONFIG;
    }
    memcpy(p, client->server->host, n);
    if (port != HTTP_PORT) {
        p[n++] = ':';
        while (unit > port) {
            unit /= 10;
        }
        for (; unit > 0; unit /= 10) {
            p[n++] = (char)('0' + port / unit % 10);
        }
    }
    p[n] = '\0';
    return 0;
}

static int write_head(const struct lwcmp_client *client, char p[HEAD_MAX],
                      size_t *n)
{
    const struct lwcmp_client_server *server = client->server;
    const char *label = server->label ? lwcmp_label(client->c) : NULL;
    char host[HOST_MAX];
    int err;

    err = write_host(client, host);
    if (err) {
        return err;
    }
    return lwcmp_http_post(p, HEAD_MAX, host, server->path, label,
                           client->message.n, n);
}

int lwcmp_client_check(const struct lwcmp_client *client)
{
    char head[HEAD_MAX];
    size_t n;

    return write_head(client, head, &n) ? LWCMP_ERR_CONFIG : 0;
}

/* Called by lwIP, maybe long after nobody wants to know any more. */
static void found(const char *name, const ip_addr_t *address, void *number)
{
    struct lwcmp_client *client = lookup.client;

    (void)name;
    if (!client || lookup.number != (uintptr_t)number) {
        return;
    }
    lookup.client = NULL;
    if (address) {
        client->address = ip4_addr_get_u32(ip_2_ip4(address));
        client->stage = LWCMP_CLIENT_CONNECT;
    } else {
        client->error = LWCMP_ERR_NETWORK;
    }
}

static int look_up(struct lwcmp_client *client)
{
    ip_addr_t address;
    err_t err;

    if (lookup.client == client) {
        return 0;
    }
    lookup.client = client;
    lookup.number++;
    err = dns_gethostbyname(client->server->host, &address, found,
                            (void *)lookup.number);
    if (err == ERR_OK) {
        found(NULL, &address, (void *)lookup.number);
    } else if (err != ERR_INPROGRESS) {
        lookup.client = NULL;
    }
    /* No memory: an old question is still out. It comes to an end. */
    return err == ERR_OK || err == ERR_INPROGRESS || err == ERR_MEM
               ? 0
               : LWCMP_ERR_NETWORK;
}

static err_t connected(void *arg, struct tcp_pcb *pcb, err_t err)
{
    struct lwcmp_client *client = arg;

    (void)pcb;
    (void)err; /* always good: failures come to broken() */
    client->stage = LWCMP_CLIENT_SEND;
    return ERR_OK;
}

/* lwIP has done away with the connection. */
static void broken(void *arg, err_t err)
{
    struct lwcmp_client *client = arg;

    (void)err;
    client->pcb = NULL;
    if (!client->error && !client->http.done) {
        client->error = LWCMP_ERR_NETWORK;
    }
}

static err_t sent(void *arg, struct tcp_pcb *pcb, uint16_t n)
{
    struct lwcmp_client *client = arg;

    (void)pcb;
    client->unacked -= n;
    if (client->unacked == 0 && client->written == client->message.n) {
        client->stage = LWCMP_CLIENT_RECEIVE;
    }
    return ERR_OK;
}

/* Hands content to the engine. */
static int take_content(struct lwcmp_client *client, const uint8_t *p, size_t n)
{
    size_t room;
    uint8_t *to;
    int err;

    while (n > 0) {
        to = lwcmp_room(client->c, &room);
        if (room == 0) {
            return LWCMP_ERR_BUFFER;
        }
        if (room > n) {
            room = n;
        }
        if (client->answer.n == 0) {
            client->answer.p = to;
        }
        memcpy(to, p, room);
        p += room;
        n -= room;
        client->answer.n += room;
        err = lwcmp_received(client->c, room, false);
        if (err) {
            return err;
        }
    }
    return 0;
}

static int take_bytes(struct lwcmp_client *client, const struct pbuf *p)
{
    size_t n;
    int err = 0;

    for (; p && !err; p = p->next) {
        err = lwcmp_http_feed(&client->http, p->payload, p->len, &n);
        if (!err) {
            err = take_content(client, p->payload, n);
        }
    }
    return err;
}

static void take_end(struct lwcmp_client *client)
{
    client->spoiled = true;
    if (client->open && !client->error && !client->http.done) {
        client->error = lwcmp_http_close(&client->http);
    }
}

/*
 * Bytes, or the end of them. The answer takes the place of the message, which
 * TCP may have to send again as long as it is not acknowledged; until then
 * bytes are refused, and lwIP brings them again.
 */
static err_t received(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
    struct lwcmp_client *client = arg;

    (void)err;
    if (!p) {
        take_end(client);
        return ERR_OK;
    }
    client->answered = true;
    if (client->open && client->stage != LWCMP_CLIENT_RECEIVE) {
        return ERR_MEM;
    }
    if (!client->open || client->http.done) {
        client->spoiled = true; /* this answers nothing */
    } else if (!client->error) {
        client->error = take_bytes(client, p);
    }
    tcp_recved(pcb, p->tot_len);
    (void)pbuf_free(p);
    return ERR_OK;
}

/* Without memory for it the next turn tries again. */
static int begin_connection(struct lwcmp_client *client)
{
    ip_addr_t address = IPADDR4_INIT(client->address);
    struct tcp_pcb *pcb = tcp_new();
    err_t err;

    if (!pcb) {
        return 0;
    }
    client->pcb = pcb;
    client->spoiled = false;
    tcp_arg(pcb, client);
    tcp_err(pcb, broken);
    tcp_recv(pcb, received);
    tcp_sent(pcb, sent);
    /* The end of a message need not wait until its begin is acknowledged. */
    tcp_nagle_disable(pcb);
    err = tcp_connect(pcb, &address, server_port(client), connected);
    if (err != ERR_OK) {
        lwcmp_client_disconnect(client);
    }
    return err == ERR_OK || err == ERR_MEM ? 0 : LWCMP_ERR_NETWORK;
}

static err_t write_bytes(struct lwcmp_client *client, const void *p, size_t n,
                         uint8_t flags)
{
    err_t err = tcp_write(client->pcb, p, (uint16_t)n, flags);

    if (err == ERR_OK) {
        client->unacked += n;
    }
    return err;
}

static err_t begin_request(struct lwcmp_client *client)
{
    char head[HEAD_MAX];
    err_t err;
    size_t n;

    if (write_head(client, head, &n)) {
        return ERR_VAL;
    }
    err =
        write_bytes(client, head, n, TCP_WRITE_FLAG_COPY | TCP_WRITE_FLAG_MORE);
    client->has_head = err == ERR_OK;
    return err;
}

/* One segment's worth: small ones must not need all of TCP's queue at once. */
static err_t write_piece(struct lwcmp_client *client)
{
    size_t left = client->message.n - client->written;
    size_t n = LWIP_MIN(tcp_sndbuf(client->pcb), tcp_mss(client->pcb));
    err_t err;

    if (n == 0) {
        return ERR_MEM;
    }
    n = LWIP_MIN(n, left);
    err = write_bytes(client, client->message.p + client->written, n,
                      n < left ? TCP_WRITE_FLAG_MORE : 0);
    if (err == ERR_OK) {
        client->written += n;
    }
    return err;
}

static int write_request(struct lwcmp_client *client)
{
    err_t err = client->has_head ? ERR_OK : begin_request(client);

    while (err == ERR_OK && client->written < client->message.n) {
        err = write_piece(client);
    }
    (void)tcp_output(client->pcb);
    /* Without memory the rest goes when the begin is acknowledged. */
    return err == ERR_OK || err == ERR_MEM ? 0 : LWCMP_ERR_NETWORK;
}

int lwcmp_client_advance(struct lwcmp_client *client)
{
    int err = lwcmp_network_is_up() ? 0 : LWCMP_ERR_NETWORK;

    if (!err && client->stage == LWCMP_CLIENT_LOOKUP) {
        err = look_up(client);
    }
    if (!err && client->stage == LWCMP_CLIENT_CONNECT && !client->pcb) {
        err = begin_connection(client);
    }
    if (!err && client->stage == LWCMP_CLIENT_SEND) {
        err = write_request(client);
    }
    return err;
}

/*
 * While bytes of the message are not acknowledged TCP points to them, so the
 * connection is dropped at once. Otherwise it may close in its own time, at a
 * priority at which a new one can have its place.
 */
void lwcmp_client_disconnect(struct lwcmp_client *client)
{
    struct tcp_pcb *pcb = client->pcb;

    if (lookup.client == client) {
        lookup.client = NULL;
    }
    client->pcb = NULL;
    if (!pcb) {
        return;
    }
    tcp_arg(pcb, NULL);
    tcp_err(pcb, NULL);
    tcp_recv(pcb, NULL);
    tcp_sent(pcb, NULL);
    tcp_setprio(pcb, TCP_PRIO_MIN);
    if (client->unacked > 0 || tcp_close(pcb) != ERR_OK) {
        tcp_abort(pcb);
    }
}
