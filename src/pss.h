/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RSASSA-PSS, the one signature algorithm whose parameters matter (RFC 4055
 * 3.1). For alg.c, which knows the others.
 */
#ifndef LWCMP_PSS_H
#define LWCMP_PSS_H

#include "alg.h"

#if LWCMP_WITH_PSS
/*
 * enum lwcmp_sig; 0 for another algorithm, or for parameters other than those
 * of RFC 9481 3.1: MGF1 with the hash of the message, a salt as long as it.
 */
uint8_t lwcmp_pss_find(const struct lwcmp_alg_id *id);

/* AlgorithmIdentifier; LWCMP_ERR_ALGORITHM for another enum lwcmp_sig. */
void lwcmp_pss_put(struct lwcmp_der_out *o, uint8_t sig);
#else
static inline uint8_t lwcmp_pss_find(const struct lwcmp_alg_id *id)
{
    (void)id;
    return 0;
}

static inline void lwcmp_pss_put(struct lwcmp_der_out *o, uint8_t sig)
{
    (void)sig;
    lwcmp_der_out_fail(o, LWCMP_ERR_ALGORITHM);
}
#endif

#endif
