/* SPDX-License-Identifier: Apache-2.0 */
#include "custom.h"

#include "alg.h"
#include "bytes.h"

#if LWCMP_WITH_CUSTOM_SIG
static size_t count(const struct lwcmp_config *config)
{
    return config->algorithms ? config->algorithms->custom_sigs_n : 0;
}

const struct lwcmp_custom_sig *lwcmp_custom_search(
    const struct lwcmp_config *config, const struct lwcmp_bytes *algorithm,
    lwcmp_key key)
{
    for (size_t i = 0; i < count(config); i++) {
        const struct lwcmp_custom_sig *custom =
            &config->algorithms->custom_sigs[i];

        if (algorithm ? lwcmp_bytes_equal(algorithm, &custom->algorithm)
                      : custom->holds(custom->context, key)) {
            return custom;
        }
    }
    return NULL;
}

/*
 * SubjectPublicKeyInfo ::= SEQUENCE {              -- RFC 5280 4.1
 *     algorithm         AlgorithmIdentifier,
 *     subjectPublicKey  BIT STRING }
 */
const struct lwcmp_custom_sig *lwcmp_custom_of_spki(
    const struct lwcmp_config *config, const struct lwcmp_bytes *spki,
    struct lwcmp_bytes *key)
{
    struct info {
        struct lwcmp_bytes algorithm, key;
    } info;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE,
         offsetof(struct info, algorithm)},
        {LWCMP_DER_BIT_STRING, 0, LWCMP_DER_LAST, offsetof(struct info, key)},
    };

    if (lwcmp_der_read(spki, fields, &info) || lwcmp_der_octets(&info.key)) {
        return NULL;
    }
    *key = info.key;
    return lwcmp_custom_find(config, &info.algorithm);
}

static bool is_complete(const struct lwcmp_custom_sig *custom)
{
    uint8_t sig;

    return custom->holds && custom->public_key && custom->match &&
           custom->sign && custom->verify && custom->hash >= LWCMP_SHA256 &&
           custom->hash <= LWCMP_SHA512 &&
           lwcmp_alg_get(&custom->algorithm, LWCMP_ALG_SIG, &sig) ==
               LWCMP_ERR_ALGORITHM;
}

bool lwcmp_custom_fits(const struct lwcmp_config *config)
{
    for (size_t i = 0; i < count(config); i++) {
        if (!is_complete(&config->algorithms->custom_sigs[i])) {
            return false;
        }
    }
    return true;
}
#endif
