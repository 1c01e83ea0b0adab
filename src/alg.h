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

/*
 * AlgorithmIdentifier of the kind that has to stand here. One that we do not
 * know, or with parameters that do not belong to it, fails with
 * LWCMP_ERR_ALGORITHM.
 */
void lwcmp_alg_get(struct lwcmp_der_in *in, enum lwcmp_alg_kind kind,
                   uint8_t *value);
void lwcmp_alg_put(struct lwcmp_der_out *o, enum lwcmp_alg_kind kind,
                   uint8_t value);

/* BIT STRING with a signature over the parts. */
void lwcmp_alg_put_signature(struct lwcmp_der_out *o, lwcmp_key key,
                             enum lwcmp_sig sig,
                             const struct lwcmp_bytes *parts, size_t count);

/* The hash inside a signature algorithm, for certHash (RFC 9810 5.3.18). */
enum lwcmp_hash lwcmp_alg_sig_hash(enum lwcmp_sig sig);

#endif
