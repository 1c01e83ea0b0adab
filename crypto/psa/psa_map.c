/* SPDX-License-Identifier: Apache-2.0 */
/* Errors, algorithms and key strength in the terms of PSA Crypto. */
#include "psa_map.h"

int lwcmp_psa_error(psa_status_t status)
{
    switch (status) {
    case PSA_SUCCESS:
        return LWCMP_OK;
    case PSA_ERROR_BUFFER_TOO_SMALL:
        return LWCMP_ERR_BUFFER;
    case PSA_ERROR_NOT_SUPPORTED:
        return LWCMP_ERR_ALGORITHM;
    case PSA_ERROR_INVALID_SIGNATURE:
        return LWCMP_ERR_PROTECTION;
    case PSA_ERROR_INSUFFICIENT_ENTROPY:
        return LWCMP_ERR_RANDOM;
    case PSA_ERROR_INVALID_HANDLE:
    case PSA_ERROR_DOES_NOT_EXIST:
    case PSA_ERROR_ALREADY_EXISTS:
    case PSA_ERROR_NOT_PERMITTED:
    case PSA_ERROR_INVALID_ARGUMENT:
        return LWCMP_ERR_KEY;
    case PSA_ERROR_INSUFFICIENT_STORAGE:
    case PSA_ERROR_STORAGE_FAILURE:
    case PSA_ERROR_DATA_INVALID:
    case PSA_ERROR_DATA_CORRUPT:
        return LWCMP_ERR_STORE;
    default:
        return LWCMP_ERR_CRYPTO;
    }
}

psa_algorithm_t lwcmp_psa_hash_alg(enum lwcmp_hash hash)
{
    switch (hash) {
    case LWCMP_SHA1:
        return PSA_ALG_SHA_1;
    case LWCMP_SHA256:
        return PSA_ALG_SHA_256;
    case LWCMP_SHA384:
        return PSA_ALG_SHA_384;
    case LWCMP_SHA512:
        return PSA_ALG_SHA_512;
    case LWCMP_HASH_NONE:
    default:
        return PSA_ALG_NONE;
    }
}

#if LWCMP_WITH_PSS
static psa_algorithm_t pss_alg(enum lwcmp_sig sig)
{
    unsigned hash = LWCMP_SHA256 + (unsigned)(sig - LWCMP_RSA_PSS_SHA256);

    return PSA_ALG_RSA_PSS(lwcmp_psa_hash_alg((enum lwcmp_hash)hash));
}
#else
static inline psa_algorithm_t pss_alg(enum lwcmp_sig sig)
{
    (void)sig;
    return PSA_ALG_NONE;
}
#endif

psa_algorithm_t lwcmp_psa_sig_alg(enum lwcmp_sig sig)
{
    switch (sig) {
    case LWCMP_ECDSA_SHA256:
        return PSA_ALG_ECDSA(PSA_ALG_SHA_256);
    case LWCMP_ECDSA_SHA384:
        return PSA_ALG_ECDSA(PSA_ALG_SHA_384);
    case LWCMP_ECDSA_SHA512:
        return PSA_ALG_ECDSA(PSA_ALG_SHA_512);
    case LWCMP_RSA_SHA256:
        return PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_256);
    case LWCMP_RSA_SHA384:
        return PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_384);
    case LWCMP_RSA_SHA512:
        return PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_512);
    case LWCMP_RSA_PSS_SHA256:
    case LWCMP_RSA_PSS_SHA384:
    case LWCMP_RSA_PSS_SHA512:
        return pss_alg(sig);
    case LWCMP_SIG_NONE:
    default:
        return PSA_ALG_NONE;
    }
}

#if LWCMP_WITH_PSS
static void allow_pss(psa_key_attributes_t *key)
{
    psa_set_key_enrollment_algorithm(key, PSA_ALG_RSA_PSS(PSA_ALG_ANY_HASH));
}
#else
static inline void allow_pss(psa_key_attributes_t *key)
{
    (void)key;
}
#endif

void lwcmp_psa_peer_rsa(psa_key_attributes_t *key)
{
    psa_set_key_algorithm(key, PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_ANY_HASH));
    allow_pss(key);
}

int lwcmp_psa_key_type(psa_key_attributes_t *key, enum lwcmp_key_type type)
{
    static const uint16_t sizes[] = {256,  384,  521,  2048, 3072,
                                     4096, 2048, 3072, 4096};
    unsigned which = (unsigned)type & ~LWCMP_PSA_KEY_OPEN;

    if (which > LWCMP_KEY_TYPE_LAST) {
        return LWCMP_ERR_ALGORITHM;
    }
    psa_set_key_bits(key, sizes[which]);
    if (which < LWCMP_RSA_2048) {
        psa_set_key_type(key,
                         PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1));
        psa_set_key_algorithm(key, PSA_ALG_ECDSA(PSA_ALG_ANY_HASH));
    } else {
        psa_set_key_type(key, PSA_KEY_TYPE_RSA_KEY_PAIR);
        psa_set_key_algorithm(key,
                              which < LWCMP_RSA_PSS_2048
                                  ? PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_ANY_HASH)
                                  : PSA_ALG_RSA_PSS(PSA_ALG_ANY_HASH));
    }
    return LWCMP_OK;
}

#if LWCMP_WITH_PSS
static enum lwcmp_sig rsa_sig_of(const psa_key_attributes_t *key)
{
    return PSA_ALG_IS_RSA_PSS(psa_get_key_algorithm(key)) ? LWCMP_RSA_PSS_SHA256
                                                          : LWCMP_RSA_SHA256;
}
#else
static inline enum lwcmp_sig rsa_sig_of(const psa_key_attributes_t *key)
{
    (void)key;
    return LWCMP_RSA_SHA256;
}
#endif

enum lwcmp_sig lwcmp_psa_sig_of(const psa_key_attributes_t *key)
{
    psa_key_type_t type = psa_get_key_type(key);
    size_t bits = psa_get_key_bits(key);

    if (PSA_KEY_TYPE_IS_RSA(type)) {
        return bits >= 2048 ? rsa_sig_of(key) : LWCMP_SIG_NONE;
    }
    if (!PSA_KEY_TYPE_IS_ECC(type) ||
        PSA_KEY_TYPE_ECC_GET_FAMILY(type) != PSA_ECC_FAMILY_SECP_R1) {
        return LWCMP_SIG_NONE;
    }
    switch (bits) {
    case 256:
        return LWCMP_ECDSA_SHA256;
    case 384:
        return LWCMP_ECDSA_SHA384;
    case 521:
        return LWCMP_ECDSA_SHA512;
    default:
        return LWCMP_SIG_NONE;
    }
}

void lwcmp_psa_mac_key(psa_key_attributes_t *key, enum lwcmp_hash hmac)
{
    psa_set_key_type(key, PSA_KEY_TYPE_HMAC);
    psa_set_key_algorithm(key, PSA_ALG_HMAC(lwcmp_psa_hash_alg(hmac)));
    psa_set_key_usage_flags(key, PSA_KEY_USAGE_SIGN_MESSAGE |
                                     PSA_KEY_USAGE_VERIFY_MESSAGE);
}
