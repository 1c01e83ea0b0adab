/* SPDX-License-Identifier: Apache-2.0 */
/* Hashes. */
#include "psa_map.h"

int lwcmp_psa_digest(psa_algorithm_t alg, const struct lwcmp_bytes *parts,
                     size_t count, uint8_t *out, size_t cap, size_t *n)
{
    psa_hash_operation_t op = psa_hash_operation_init();
    psa_status_t status = psa_hash_setup(&op, alg);
    size_t i;

    for (i = 0; i < count && status == PSA_SUCCESS; i++) {
        status = psa_hash_update(&op, parts[i].p, parts[i].n);
    }
    if (status == PSA_SUCCESS) {
        status = psa_hash_finish(&op, out, cap, n);
    }
    (void)psa_hash_abort(&op);
    return lwcmp_psa_error(status);
}

int lwcmp_crypto_hash(enum lwcmp_hash hash, const struct lwcmp_bytes *parts,
                      size_t count, uint8_t *out, size_t cap, size_t *n)
{
    psa_algorithm_t alg = lwcmp_psa_hash_alg(hash);

    /* SHA-1 is good for nothing but HMAC. */
    if (alg == PSA_ALG_NONE || alg == PSA_ALG_SHA_1) {
        return LWCMP_ERR_ALGORITHM;
    }
    return lwcmp_psa_digest(alg, parts, count, out, cap, n);
}
