/* SPDX-License-Identifier: Apache-2.0 */
/* protectionAlg of PKIHeader: which protection, with which parameters. */
#ifndef LWCMP_PROT_ALG_H
#define LWCMP_PROT_ALG_H

#include "alg.h"
#include "lwcmp/lwcmp.h"

enum lwcmp_prot_kind {
    LWCMP_PROT_NONE,
    LWCMP_PROT_MAC,
    LWCMP_PROT_SIG
};

/*
 * Reads an AlgorithmIdentifier: LWCMP_ERR_SYNTAX or LWCMP_ERR_ALGORITHM. What
 * is bearable, an iteration count for one, is not judged here.
 */
int lwcmp_prot_alg_read(const struct lwcmp_bytes *der,
                        struct lwcmp_prot_alg *alg);
void lwcmp_prot_alg_put(struct lwcmp_der_out *o,
                        const struct lwcmp_prot_alg *alg);

#if LWCMP_WITH_PBM && LWCMP_WITH_PBMAC1
/*
 * PBKDF2 (RFC 8018 A.2) alone, as AlgorithmIdentifier: likewise. Sets salt,
 * iterations, owf and, if it is given, key_length.
 */
int lwcmp_prot_alg_read_kdf(const struct lwcmp_bytes *der,
                            struct lwcmp_pbm *pbm);
#endif

/* BIT STRING with the signature or MAC over the parts. */
void lwcmp_prot_alg_put_bits(struct lwcmp_der_out *o,
                             const struct lwcmp_prot_alg *alg, lwcmp_key key,
                             const struct lwcmp_bytes *parts, size_t count);

#endif
