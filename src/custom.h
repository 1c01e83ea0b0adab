/* SPDX-License-Identifier: Apache-2.0 */
/* Signature algorithms that the application brings. */
#ifndef LWCMP_CUSTOM_H
#define LWCMP_CUSTOM_H

#include "lwcmp/lwcmp.h"

#if LWCMP_WITH_CUSTOM_SIG
/* The one of this AlgorithmIdentifier, DER, else of this key; or NULL. */
const struct lwcmp_custom_sig *lwcmp_custom_search(
    const struct lwcmp_config *config, const struct lwcmp_bytes *algorithm,
    lwcmp_key key);

static inline const struct lwcmp_custom_sig *lwcmp_custom_find(
    const struct lwcmp_config *config, const struct lwcmp_bytes *algorithm)
{
    return lwcmp_custom_search(config, algorithm, 0);
}

static inline const struct lwcmp_custom_sig *lwcmp_custom_holder(
    const struct lwcmp_config *config, lwcmp_key key)
{
    return lwcmp_custom_search(config, NULL, key);
}

/* The one of a SubjectPublicKeyInfo, or NULL, and the key in it. */
const struct lwcmp_custom_sig *lwcmp_custom_of_spki(
    const struct lwcmp_config *config, const struct lwcmp_bytes *spki,
    struct lwcmp_bytes *key);

/* Whether the entries of the table are complete, and none is known to us. */
bool lwcmp_custom_fits(const struct lwcmp_config *config);

/* The one of a message's protection, or NULL. */
static inline const struct lwcmp_custom_sig *lwcmp_custom_of(
    const struct lwcmp_prot_alg *alg)
{
    return alg->custom;
}

/* Whether the key to verify with has been found. */
static inline bool lwcmp_custom_has_key(const struct lwcmp_prot_alg *alg)
{
    return alg->key.p != NULL;
}

static inline int lwcmp_custom_verify(const struct lwcmp_prot_alg *alg,
                                      const struct lwcmp_bytes *parts,
                                      size_t count,
                                      const struct lwcmp_bytes *signature)
{
    return alg->custom->verify(alg->custom->context, alg->key, parts, count,
                               *signature);
}
#else
static inline const struct lwcmp_custom_sig *lwcmp_custom_of(
    const struct lwcmp_prot_alg *alg)
{
    (void)alg;
    return NULL;
}

static inline bool lwcmp_custom_has_key(const struct lwcmp_prot_alg *alg)
{
    (void)alg;
    return false;
}

static inline int lwcmp_custom_verify(const struct lwcmp_prot_alg *alg,
                                      const struct lwcmp_bytes *parts,
                                      size_t count,
                                      const struct lwcmp_bytes *signature)
{
    (void)alg;
    (void)parts;
    (void)count;
    (void)signature;
    return LWCMP_ERR_PROTECTION;
}

static inline bool lwcmp_custom_fits(const struct lwcmp_config *config)
{
    (void)config;
    return true;
}
#endif

#endif
