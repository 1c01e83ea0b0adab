/* SPDX-License-Identifier: Apache-2.0 */
/* SubjectPublicKeyInfo in and out. Nothing is allocated or imported here. */
#ifndef LWCMP_PSA_SPKI_H
#define LWCMP_PSA_SPKI_H

#include <psa/crypto.h>

#include "lwcmp/types.h"

/*
 * Type and size of the key in `spki`, and its octets as psa_import_key() takes
 * them. Whether a point is on its curve is left to that.
 * LWCMP_ERR_ALGORITHM: an algorithm, curve or form of point that is not built
 * in. LWCMP_ERR_CERT_SYNTAX: not DER, or not the ASN.1 of such a key.
 */
int lwcmp_psa_spki_read(struct lwcmp_bytes spki, psa_key_attributes_t *is,
                        struct lwcmp_bytes *key);

#if LWCMP_WITH_ARCHIVE
#define LWCMP_PSA_ALG_MAX 21

/* The AlgorithmIdentifier of a key, or LWCMP_ERR_ALGORITHM. */
int lwcmp_psa_spki_alg_of(const psa_key_attributes_t *is,
                          struct lwcmp_bytes *alg);
#endif

#if LWCMP_WITH_CMS
/*
 * Type of the private key that `alg`, an AlgorithmIdentifier, is about, its
 * curve, and the algorithm it signs with, or LWCMP_ERR_ALGORITHM.
 */
int lwcmp_psa_spki_alg(struct lwcmp_bytes alg, psa_key_attributes_t *is);
#endif

/*
 * Makes a SubjectPublicKeyInfo of the *n octets at `out` that
 * psa_export_public_key() has written for a key with the attributes `is`.
 */
int lwcmp_psa_spki_wrap(const psa_key_attributes_t *is, uint8_t *out,
                        size_t cap, size_t *n);

#endif
