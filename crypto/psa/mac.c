/* SPDX-License-Identifier: Apache-2.0 */
/* HMAC at full length. */
#include "psa_map.h"

static int feed(psa_mac_operation_t *op, const struct lwcmp_bytes *parts,
                size_t count)
{
    psa_status_t status = PSA_SUCCESS;
    size_t i;

    for (i = 0; i < count && status == PSA_SUCCESS; i++) {
        status = psa_mac_update(op, parts[i].p, parts[i].n);
    }
    return lwcmp_psa_error(status);
}

int lwcmp_crypto_mac(lwcmp_key key, enum lwcmp_hash hmac,
                     const struct lwcmp_bytes *parts, size_t count,
                     uint8_t *out, size_t cap, size_t *n)
{
    psa_mac_operation_t op = psa_mac_operation_init();
    psa_algorithm_t hash = lwcmp_psa_hash_alg(hmac);
    int err;

    if (hash == PSA_ALG_NONE) {
        return LWCMP_ERR_ALGORITHM;
    }
    err = lwcmp_psa_error(psa_mac_sign_setup(&op, key, PSA_ALG_HMAC(hash)));
    if (!err) {
        err = feed(&op, parts, count);
    }
    if (!err) {
        err = lwcmp_psa_error(psa_mac_sign_finish(&op, out, cap, n));
    }
    (void)psa_mac_abort(&op);
    return err;
}

int lwcmp_crypto_mac_verify(lwcmp_key key, enum lwcmp_hash hmac,
                            const struct lwcmp_bytes *parts, size_t count,
                            struct lwcmp_bytes mac)
{
    psa_mac_operation_t op = psa_mac_operation_init();
    psa_algorithm_t hash = lwcmp_psa_hash_alg(hmac);
    int err;

    if (hash == PSA_ALG_NONE) {
        return LWCMP_ERR_ALGORITHM;
    }
    /* The length is ours to say, never the sender's. */
    if (mac.n != PSA_HASH_LENGTH(hash)) {
        return LWCMP_ERR_PROTECTION;
    }
    err = lwcmp_psa_error(psa_mac_verify_setup(&op, key, PSA_ALG_HMAC(hash)));
    if (!err) {
        err = feed(&op, parts, count);
    }
    if (!err) {
        err = lwcmp_psa_error(psa_mac_verify_finish(&op, mac.p, mac.n));
    }
    (void)psa_mac_abort(&op);
    return err;
}
