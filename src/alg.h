/* SPDX-License-Identifier: Apache-2.0 */
/* The algorithms we know, and their AlgorithmIdentifiers (RFC 9481). */
#ifndef LWCMP_ALG_H
#define LWCMP_ALG_H

#include "lwcmp/crypto.h"
#include "oid.h"

enum lwcmp_alg_kind {
    LWCMP_ALG_HASH, /* value: enum lwcmp_hash */
    LWCMP_ALG_HMAC, /* value: enum lwcmp_hash */
    LWCMP_ALG_SIG   /* value: enum lwcmp_sig */
};

/* AlgorithmIdentifier, taken apart. */
struct lwcmp_alg_id {
    struct lwcmp_bytes oid;
    struct lwcmp_bytes parameters; /* with tag and length, or absent */
};

int lwcmp_alg_read(const struct lwcmp_bytes *der, struct lwcmp_alg_id *id);

/*
 * The algorithm of the kind that has to stand here; 0 for one that we do not
 * know, or with parameters that do not belong to it.
 */
uint8_t lwcmp_alg_find(const struct lwcmp_alg_id *id, enum lwcmp_alg_kind kind);

/* Both at once: LWCMP_ERR_SYNTAX, or LWCMP_ERR_ALGORITHM for a 0. */
int lwcmp_alg_get(const struct lwcmp_bytes *der, enum lwcmp_alg_kind kind,
                  uint8_t *value);

void lwcmp_alg_put(struct lwcmp_der_out *o, enum lwcmp_alg_kind kind,
                   uint8_t value);

/* The hash inside a signature algorithm, for certHash (RFC 9810 5.3.18). */
enum lwcmp_hash lwcmp_alg_sig_hash(enum lwcmp_sig sig);

#endif
