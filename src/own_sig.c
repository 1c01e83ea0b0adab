/* SPDX-License-Identifier: Apache-2.0 */
#include "own_sig.h"

#if LWCMP_WITH_OWN_SIG

#if LWCMP_WITH_PSS
static enum lwcmp_hash rsa_hash(const struct lwcmp_config *config)
{
    return config->algorithms ? config->algorithms->rsa_hash : LWCMP_HASH_NONE;
}

/* An RSA key is good for other hashes than the one that fits it. */
static enum lwcmp_sig choose(const struct lwcmp_config *config,
                             enum lwcmp_sig sig)
{
    enum lwcmp_hash hash = rsa_hash(config);

    return sig >= LWCMP_RSA_SHA256 && hash != LWCMP_HASH_NONE
               ? (enum lwcmp_sig)((unsigned)sig + hash - LWCMP_SHA256)
               : sig;
}

bool lwcmp_own_sig_fits(const struct lwcmp_config *config)
{
    enum lwcmp_hash hash = rsa_hash(config);

    return hash == LWCMP_HASH_NONE ||
           (hash >= LWCMP_SHA256 && hash <= LWCMP_SHA512);
}
#else
static inline enum lwcmp_sig choose(const struct lwcmp_config *config,
                                    enum lwcmp_sig sig)
{
    (void)config;
    return sig;
}
#endif

#if LWCMP_WITH_CUSTOM_SIG
static bool is_custom(const struct lwcmp_config *config, lwcmp_key key,
                      struct lwcmp_prot_alg *alg)
{
    alg->custom = lwcmp_custom_holder(config, key);
    return alg->custom != NULL;
}

int lwcmp_own_is_there(const struct lwcmp_config *config, lwcmp_key key)
{
    struct lwcmp_prot_alg alg;

    return lwcmp_own_sig(config, key, &alg);
}

int lwcmp_own_public(const struct lwcmp_config *config, lwcmp_key key,
                     uint8_t *out, size_t cap, size_t *n)
{
    const struct lwcmp_custom_sig *custom = lwcmp_custom_holder(config, key);

    return custom ? custom->public_key(custom->context, key, out, cap, n)
                  : lwcmp_crypto_key_public(key, out, cap, n);
}

int lwcmp_own_match(const struct lwcmp_config *config, lwcmp_key key,
                    const struct lwcmp_bytes *spki)
{
    const struct lwcmp_custom_sig *custom = lwcmp_custom_holder(config, key);

    return custom ? custom->match(custom->context, key, *spki)
                  : lwcmp_crypto_key_match(key, *spki);
}
#else
static inline bool is_custom(const struct lwcmp_config *config, lwcmp_key key,
                             struct lwcmp_prot_alg *alg)
{
    (void)config;
    (void)key;
    (void)alg;
    return false;
}
#endif

int lwcmp_own_sig(const struct lwcmp_config *config, lwcmp_key key,
                  struct lwcmp_prot_alg *alg)
{
    int err;

    if (is_custom(config, key, alg)) {
        return 0;
    }
    err = lwcmp_crypto_key_sig(key, &alg->sig);
    if (err == 0) {
        alg->sig = choose(config, alg->sig);
    }
    return err;
}

#endif
