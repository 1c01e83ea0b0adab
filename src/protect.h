/* SPDX-License-Identifier: Apache-2.0 */
/* Protection of a PKIMessage (RFC 9810 5.1.3): make it and check it. */
#ifndef LWCMP_PROTECT_H
#define LWCMP_PROTECT_H

#include "pki_message.h"

/*
 * Appends the protection to an open message, whose SEQUENCE began the output
 * and has header and body in it so far.
 */
void lwcmp_protect_put(struct lwcmp_der_out *o,
                       const struct lwcmp_prot_alg *alg, lwcmp_key key);

/* 0, or LWCMP_ERR_PROTECTION if it does not verify with this key. */
int lwcmp_protect_check(const struct lwcmp_message *m,
                        const struct lwcmp_prot_alg *alg, lwcmp_key key);

#endif
