/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Blocking convenience over the engine: CMP over HTTP (RFC 9811) on a byte
 * stream, for programs that may wait.
 */
#ifndef LWCMP_RUN_H
#define LWCMP_RUN_H

#include "lwcmp/lwcmp.h"
#include "lwcmp/transport.h"

/* Where the server is, as in http://host/path. */
struct lwcmp_url {
    const char *host; /* for the Host header, with the port if not 80 */
    const char *path; /* begins with a slash */
    bool label;       /* append the label of the operation (RFC 9483 6.1) */
};

/*
 * What happens, as it happens, for people: all of it optional. `sent` and
 * `received` get whole PKIMessages, which live during the call.
 */
struct lwcmp_observer {
    void *context;
    void (*sent)(void *context, struct lwcmp_bytes message);
    void (*received)(void *context, struct lwcmp_bytes message);
    /* At LWCMP_DECIDE: whether to take the certificate; absent: yes. */
    bool (*decide)(void *context, struct lwcmp_bytes certificate);
    /* At LWCMP_PROVE: whether the new identity works; absent: yes. */
    bool (*prove)(void *context);
    /* At LWCMP_WAIT: sleeps and says whether to go on; absent: no. */
    bool (*wait)(void *context, uint32_t seconds);
};

/* What HTTP said in the last exchange. */
struct lwcmp_http_result {
    int status;           /* 0: nothing */
    uint32_t retry_after; /* seconds; 0: nothing, or a date */
};

/*
 * Drives a transaction that lwcmp_begin() or lwcmp_resume() has started until
 * LWCMP_DONE, on one connection where the server keeps it open. Returns
 * lwcmp_result(); the caller still calls lwcmp_end(). *http may be NULL.
 *
 * Where the CA wants time and nobody waits the result is LWCMP_ERR_WAITING:
 * wait lwcmp_wait_seconds() and call it again, or lwcmp_resume() later.
 */
int lwcmp_run(struct lwcmp *c, const struct lwcmp_transport *transport,
              const struct lwcmp_url *url,
              const struct lwcmp_observer *observer,
              struct lwcmp_http_result *http);

#endif
