/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys of our own that sign: by the provider, in the way that the
 * configuration chooses, or by the application (custom.h).
 */
#ifndef LWCMP_OWN_SIG_H
#define LWCMP_OWN_SIG_H

#include "custom.h"

/* Whether the configuration has a say. */
#define LWCMP_WITH_OWN_SIG (LWCMP_WITH_PSS || LWCMP_WITH_CUSTOM_SIG)

#if LWCMP_WITH_OWN_SIG
/*
 * What `alg`, a signature, is with this key. Errors are those of
 * lwcmp_crypto_key_sig().
 */
int lwcmp_own_sig(const struct lwcmp_config *config, lwcmp_key key,
                  struct lwcmp_prot_alg *alg);
#else
static inline int lwcmp_own_sig(const struct lwcmp_config *config,
                                lwcmp_key key, struct lwcmp_prot_alg *alg)
{
    (void)config;
    return lwcmp_crypto_key_sig(key, &alg->sig);
}
#endif

#if LWCMP_WITH_CUSTOM_SIG
/* lwcmp_crypto_key_sig(), save that the algorithm does not matter. */
int lwcmp_own_is_there(const struct lwcmp_config *config, lwcmp_key key);

/* lwcmp_crypto_key_public() and lwcmp_crypto_key_match() of such a key. */
int lwcmp_own_public(const struct lwcmp_config *config, lwcmp_key key,
                     uint8_t *out, size_t cap, size_t *n);
int lwcmp_own_match(const struct lwcmp_config *config, lwcmp_key key,
                    const struct lwcmp_bytes *spki);
#else
static inline int lwcmp_own_is_there(const struct lwcmp_config *config,
                                     lwcmp_key key)
{
    enum lwcmp_sig sig;

    (void)config;
    return lwcmp_crypto_key_sig(key, &sig);
}

static inline int lwcmp_own_public(const struct lwcmp_config *config,
                                   lwcmp_key key, uint8_t *out, size_t cap,
                                   size_t *n)
{
    (void)config;
    return lwcmp_crypto_key_public(key, out, cap, n);
}

static inline int lwcmp_own_match(const struct lwcmp_config *config,
                                  lwcmp_key key, const struct lwcmp_bytes *spki)
{
    (void)config;
    return lwcmp_crypto_key_match(key, *spki);
}
#endif

/* Whether the choices of the configuration are some that there are. */
#if LWCMP_WITH_PSS
bool lwcmp_own_sig_fits(const struct lwcmp_config *config);
#else
static inline bool lwcmp_own_sig_fits(const struct lwcmp_config *config)
{
    (void)config;
    return true;
}
#endif

#endif
