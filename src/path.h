/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finds the one path from a certificate to a trust anchor, which the provider
 * then validates. What a peer sends in extraCerts may hold anything in any
 * order (RFC 9483 3.3); the provider gets to see only what fits together.
 */
#ifndef LWCMP_PATH_H
#define LWCMP_PATH_H

#include "cert.h"

/* Where to look: DER certificates in rows, which may be empty. */
#define LWCMP_PATH_ANCHORS 3
#define LWCMP_PATH_ROWS 5

struct lwcmp_path_pool {
    const struct lwcmp_bytes *row[LWCMP_PATH_ROWS]; /* anchors come first */
    const struct lwcmp_cert *known; /* one that was read before, or zeros */
};

/*
 * Fills path[0 .. *n - 1] from the certificate, which was read, to an anchor.
 * LWCMP_ERR_UNTRUSTED, and *n is 0, if there is no way within LWCMP_MAX_PATH
 * certificates.
 */
int lwcmp_path_find(const struct lwcmp_cert *certificate,
                    const struct lwcmp_path_pool *pool,
                    struct lwcmp_bytes path[LWCMP_MAX_PATH], uint8_t *n);

#endif
