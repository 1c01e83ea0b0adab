/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Algorithms of our own messages other than the usual ones, which are SHA-256
 * and the signature that fits a key. Those of a CA are none of the caller's
 * choice: what is built in is accepted. Each field has an option of its own.
 */
#ifndef LWCMP_ALGORITHMS_H
#define LWCMP_ALGORITHMS_H

#include "lwcmp/custom_sig.h"

struct lwcmp_algorithms {
#if LWCMP_WITH_MAC_HASH
    /* Of MACs by the shared secret: SHA-384 or SHA-512; 0: SHA-256. */
    enum lwcmp_hash mac_hash;
#endif
#if LWCMP_WITH_PSS
    /*
     * Of signatures by RSA keys, likewise. Whether such a key signs by
     * RSASSA-PSS or by PKCS#1 v1.5 the key says: enum lwcmp_key_type.
     */
    enum lwcmp_hash rsa_hash;
#endif
#if LWCMP_WITH_CUSTOM_SIG
    /* Signatures that the crypto provider does not know. */
    const struct lwcmp_custom_sig *custom_sigs;
    size_t custom_sigs_n;
#endif
    bool unused; /* for a struct that is never empty */
};

#endif
