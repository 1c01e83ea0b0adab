/* SPDX-License-Identifier: Apache-2.0 */
#include "url.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lwcmp/config.h"
#include "fail.h"

#define WELL_KNOWN "/.well-known/cmp" /* RFC 9811 3.3 */
#define PORT_MAX 65535

static const struct {
    const char *begin, *port;
} schemes[] = {{"http://", "80"}, {"https://", "443"}}; /* without, with TLS */

static int complain(const char *text, const char *what)
{
    return lwcmp_cli_fail(LWCMP_EXIT_USAGE, "--server %s: %s", text, what);
}

static bool is_host(const char *host)
{
    const char *allowed = "abcdefghijklmnopqrstuvwxyz"
                          "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";

    return host[0] != '\0' && host[strspn(host, allowed)] == '\0';
}

static bool is_address(const char *host)
{
    unsigned char address[16];

    return inet_pton(AF_INET6, host, address) == 1;
}

/* Copies n characters if they fit. */
static bool copy(char *to, size_t cap, const char *from, size_t n)
{
    if (n >= cap) {
        return false;
    }
    memcpy(to, from, n);
    to[n] = '\0';
    return true;
}

/* Behind the host: nothing, or a colon and the number. */
static bool read_port(const char *text, size_t n, struct lwcmp_cli_url *url)
{
    const char *digits = "0123456789";
    unsigned long port;

    if (n == 0) {
        (void)snprintf(url->port, sizeof(url->port), "%s",
                       schemes[url->tls].port);
        return true;
    }
    if (text[0] != ':' ||
        !copy(url->port, sizeof(url->port), text + 1, n - 1) ||
        url->port[strspn(url->port, digits)] != '\0') {
        return false;
    }
    port = strtoul(url->port, NULL, 10);
    (void)snprintf(url->port, sizeof(url->port), "%lu", port);
    return port > 0 && port <= PORT_MAX;
}

static void put_authority(struct lwcmp_cli_url *url, bool brackets)
{
    bool plain = strcmp(url->port, schemes[url->tls].port) == 0;

    (void)snprintf(url->authority, sizeof(url->authority),
                   brackets ? "[%s]%s%s" : "%s%s%s", url->host,
                   plain ? "" : ":", plain ? "" : url->port);
}

/* The n characters between the scheme and the path. */
static const char *read_authority(const char *text, size_t n,
                                  struct lwcmp_cli_url *url)
{
    bool brackets = text[0] == '[';
    const char *host = text + brackets;
    size_t host_n = strcspn(host, brackets ? "]" : ":/?#");
    const char *behind = host + host_n + brackets;

    if (memchr(text, '@', n)) {
        return "no user name, please";
    }
    if (behind > text + n ||
        !copy(url->host, sizeof(url->host), host, host_n) ||
        !(brackets ? is_address(url->host) : is_host(url->host))) {
        return "this is no host name, IPv4 address or [IPv6 address]";
    }
    if (!read_port(behind, (size_t)(text + n - behind), url)) {
        return "a port is a number from 1 to 65535, after a colon";
    }
    put_authority(url, brackets);
    return NULL;
}

static const char *read_path(const char *text, struct lwcmp_cli_url *url)
{
    const size_t n = strlen(WELL_KNOWN);
    const char *p;

    if (text[0] == '\0') {
        text = WELL_KNOWN;
    }
    for (p = text; *p; p++) {
        if (*p <= ' ' || *p > '~' || *p == '?' || *p == '#') {
            return "the path may have no blank, no query and no fragment";
        }
    }
    if (!copy(url->path, sizeof(url->path), text, strlen(text))) {
        return "the path is too long";
    }
    url->well_known = strncmp(text, WELL_KNOWN, n) == 0 &&
                      (text[n] == '\0' || text[n] == '/');
    return NULL;
}

static bool begins(const char *text, const char *scheme)
{
    return strncasecmp(text, scheme, strlen(scheme)) == 0;
}

int lwcmp_cli_url_read(const char *text, struct lwcmp_cli_url *url)
{
    const char *authority, *wrong;
    size_t n;

    url->tls = begins(text, schemes[1].begin);
    if (url->tls && !LWCMP_WITH_TLS) {
        return complain(text, "TLS was left out when this program was built; "
                              "build it with LWCMP_WITH_TLS. CMP protects its "
                              "messages itself, so http:// may do");
    }
    if (!url->tls && !begins(text, schemes[0].begin)) {
        return complain(text, "a URL begins with http:// or https://");
    }
    authority = text + strlen(schemes[url->tls].begin);
    n = strcspn(authority, "/?#");
    wrong = read_authority(authority, n, url);
    if (!wrong) {
        wrong = read_path(authority + n, url);
    }
    return wrong ? complain(text, wrong) : 0;
}
