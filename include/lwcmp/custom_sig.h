/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signatures that the crypto provider does not know, ML-DSA say (RFC 9881),
 * made and verified by the application. The engine uses them
 *
 * - for messages and proofs of possession, where one of our keys is such;
 * - for messages of a responder whose certificate has such a key;
 * - for certHash of a new certificate that is signed so.
 *
 * Mbed TLS reads no certificate with such a key or signature, so where the
 * end entity's has one, the core validates the path itself, and knows but the
 * shortest: the certificate is an anchor or the pinned one, or an anchor has
 * signed it. A CA below a root is then to be configured as the anchor.
 * Checked are the signature, by whatever algorithm, names, that the anchor may
 * issue (keyCertSign in keyUsage where that is there, cA in basicConstraints
 * unless it is of version 1), validity, and that the end entity's has no
 * critical extension but keyUsage, extKeyUsage, basicConstraints and
 * subjectAltName. Longer paths, and those that have such a signature further
 * up, are LWCMP_ERR_ALGORITHM.
 */
#ifndef LWCMP_CUSTOM_SIG_H
#define LWCMP_CUSTOM_SIG_H

#include "lwcmp/crypto.h"

/*
 * One algorithm. All is borrowed as long as the configuration is. Functions
 * return 0 or an enum lwcmp_error, and their output never exceeds `cap`; too
 * little room is LWCMP_ERR_BUFFER.
 */
struct lwcmp_custom_sig {
    /*
     * AlgorithmIdentifier in DER with its parameters, if it has any, of the
     * signatures and of the public keys alike, as ML-DSA, SLH-DSA, EdDSA and
     * others have it. It is compared octet by octet. None that the core knows
     * itself (enum lwcmp_sig).
     */
    struct lwcmp_bytes algorithm;

    /*
     * The hash for certHash of a certificate that is signed so. `hash_alg`:
     * the algorithm does not say which, so it is named in hashAlg of certConf,
     * which is of pvno 3 then (RFC 9810 5.3.18). ML-DSA: SHA-256 or, for its
     * strength, SHA-512, named; Ed25519: SHA-512, not named (RFC 9481 3.3).
     */
    enum lwcmp_hash hash;
    bool hash_alg;

    void *context; /* for the functions */

    /*
     * Whether this is a key of this algorithm, one that the functions know
     * and not the provider. Such a key in a slot has to be there before
     * (lwcmp_request.key_is_there), and whoever put it there destroys it: for
     * the engine it is enough not to name it any more.
     */
    bool (*holds)(void *context, lwcmp_key key);

    /* The public part as SubjectPublicKeyInfo in DER. */
    int (*public_key)(void *context, lwcmp_key key, uint8_t *out, size_t cap,
                      size_t *n);

    /* 0 if `spki` is the public part of the key, else LWCMP_ERR_CERT_KEY. */
    int (*match)(void *context, lwcmp_key key, struct lwcmp_bytes spki);

    /* The parts are signed as one piece. */
    int (*sign)(void *context, lwcmp_key key, const struct lwcmp_bytes *parts,
                size_t count, uint8_t *out, size_t cap, size_t *n);

    /*
     * 0, or LWCMP_ERR_PROTECTION if the signature is not good. `key` is what
     * the BIT STRING of a SubjectPublicKeyInfo of this algorithm holds; it
     * and the signature are of any length and content.
     */
    int (*verify)(void *context, struct lwcmp_bytes key,
                  const struct lwcmp_bytes *parts, size_t count,
                  struct lwcmp_bytes signature);
};

#endif
