/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Trust anchors over a life: a new root takes its place beside the old one,
 * which goes when it has expired (RFC 9810 4.4, RFC 9483 4.3.2).
 */
#ifndef LWCMP_ANCHORS_H
#define LWCMP_ANCHORS_H

#include "lwcmp/crypto.h"
#include "lwcmp/store.h"

/*
 * Where the anchors are, and room to work in. Between transactions only: the
 * engine writes the same record where it learns from caPubs.
 */
struct lwcmp_anchors {
    const struct lwcmp_store *store; /* the learned ones */
    struct lwcmp_bytes configured;   /* DER in a row, as in lwcmp_config */
    /*
     * Holds the learned ones while they are worked on, and nothing of what is
     * handed in. More than fit are never kept: give it no more room than the
     * work buffer of lwcmp_config has left behind an answer.
     */
    uint8_t *buffer;
    size_t buffer_size;
    struct lwcmp_time time;
};

/*
 * A root's successor, as a server that was authenticated has sent it: the new
 * key in a certificate by itself, and in one by the old key. Where the two
 * belong together and the old key is that of an anchor that is known,
 * `new_with_new` is kept beside it, in LWCMP_RECORD_ANCHORS; learned anchors
 * that have expired go in the same write. One that is known already is
 * success, without a write. As in all paths, the time is that of the two
 * certificates and not of the anchor.
 *
 * LWCMP_ERR_CERT_SYNTAX if one of the two does not parse, LWCMP_ERR_CERT_KEY
 * if they do not belong together, LWCMP_ERR_CERT_CHAIN if new_with_new is no
 * self-signed CA certificate, LWCMP_ERR_UNTRUSTED if new_with_old is not a
 * root's word for itself, issued by an anchor of the same name,
 * LWCMP_ERR_EXPIRED or LWCMP_ERR_NOT_YET_VALID by the time, LWCMP_ERR_BUFFER,
 * LWCMP_ERR_STORE, or what else the provider says. After an error nothing has
 * changed.
 */
int lwcmp_anchor_update(const struct lwcmp_anchors *anchors,
                        const struct lwcmp_bytes *new_with_new,
                        const struct lwcmp_bytes *new_with_old);

/*
 * Removes the learned anchors that have expired for certain, in one write.
 * Where not one is left that has not expired, learned or configured, all of
 * them stay: it may be the clock that is wrong.
 */
int lwcmp_anchors_clear(const struct lwcmp_anchors *anchors);

#endif
