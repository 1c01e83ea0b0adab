/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The storage port: a handful of small records that survive a reset.
 *
 * write() and remove() are atomic and durable: when they return 0 the new
 * state is on the medium; whatever happens during the call, a later read()
 * gives the old record or the new one, whole. That is all that lwcmp needs to
 * survive a power cut at any moment.
 */
#ifndef LWCMP_STORE_H
#define LWCMP_STORE_H

#include "lwcmp/types.h"

enum lwcmp_record {
    LWCMP_RECORD_JOURNAL = 1, /* at most LWCMP_JOURNAL_MAX bytes */
    LWCMP_RECORD_CERT_1 = 2,  /* a certificate and its chain, DER in a row, */
    LWCMP_RECORD_CERT_2 = 3,  /* the end entity's first, without the anchor */
    LWCMP_RECORD_ANCHORS = 4, /* learned from a CA, DER in a row */
    LWCMP_RECORD_SIGNER = 5,  /* who signs for the CA, DER, and its chain */
    LWCMP_RECORD_LIFE = 6,    /* lwcmp/lifecycle.h */
    LWCMP_RECORD_ERRAND = 7   /* like a journal: an errand that waits */
};

#define LWCMP_JOURNAL_MAX 128

struct lwcmp_store {
    void *context; /* handed to each function */

    /*
     * Reads a whole record into p and sets *n. An absent record is success
     * with *n = 0. A record longer than cap is LWCMP_ERR_BUFFER, an unreadable
     * one LWCMP_ERR_STORE.
     */
    int (*read)(void *context, enum lwcmp_record id, uint8_t *p, size_t cap,
                size_t *n);

    /* Puts the parts, one after the other, in place of the record. */
    int (*write)(void *context, enum lwcmp_record id,
                 const struct lwcmp_bytes *parts, size_t count);

    /* Removes the record. An absent record is success. */
    int (*remove)(void *context, enum lwcmp_record id);
};

#endif
