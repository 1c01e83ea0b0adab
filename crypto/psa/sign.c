/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signatures. PSA gives and takes ECDSA signatures as r and s side by side;
 * messages carry them as DER Ecdsa-Sig-Value (RFC 3279 2.2.3).
 */
#include "psa_map.h"

#include <mbedtls/psa_util.h>

#include "mbedtls_compat.h"

static int key_bits(lwcmp_key key, size_t *bits)
{
    psa_key_attributes_t attributes = psa_key_attributes_init();
    int err = lwcmp_psa_error(psa_get_key_attributes(key, &attributes));

    *bits = psa_get_key_bits(&attributes);
    psa_reset_key_attributes(&attributes);
    return err;
}

static int sign_ecdsa(lwcmp_key key, psa_algorithm_t alg,
                      struct lwcmp_bytes hash, uint8_t *out, size_t cap,
                      size_t *n)
{
    uint8_t raw[PSA_VENDOR_ECDSA_SIGNATURE_MAX_SIZE];
    size_t bits, m;
    int err, ret;

    err = key_bits(key, &bits);
    if (err) {
        return err;
    }
    err = lwcmp_psa_error(
        psa_sign_hash(key, alg, hash.p, hash.n, raw, sizeof raw, &m));
    if (err) {
        return err;
    }
    ret = mbedtls_ecdsa_raw_to_der(bits, raw, m, out, cap, n);
    if (ret != 0) {
        return mbedtls_error_is_room(ret) ? LWCMP_ERR_BUFFER : LWCMP_ERR_CRYPTO;
    }
    return LWCMP_OK;
}

int lwcmp_crypto_sign(lwcmp_key key, enum lwcmp_sig sig,
                      const struct lwcmp_bytes *parts, size_t count,
                      uint8_t *out, size_t cap, size_t *n)
{
    psa_algorithm_t alg = lwcmp_psa_sig_alg(sig);
    uint8_t digest[LWCMP_HASH_MAX];
    struct lwcmp_bytes hash = {digest, 0};
    int err;

    if (alg == PSA_ALG_NONE) {
        return LWCMP_ERR_ALGORITHM;
    }
    err = lwcmp_psa_digest(PSA_ALG_SIGN_GET_HASH(alg), parts, count, digest,
                           sizeof digest, &hash.n);
    if (err) {
        return err;
    }
    if (PSA_ALG_IS_ECDSA(alg)) {
        return sign_ecdsa(key, alg, hash, out, cap, n);
    }
    return lwcmp_psa_error(
        psa_sign_hash(key, alg, hash.p, hash.n, out, cap, n));
}

int lwcmp_crypto_verify(lwcmp_key key, enum lwcmp_sig sig,
                        const struct lwcmp_bytes *parts, size_t count,
                        struct lwcmp_bytes signature)
{
    psa_algorithm_t alg = lwcmp_psa_sig_alg(sig);
    uint8_t hash[LWCMP_HASH_MAX];
    uint8_t raw[PSA_VENDOR_ECDSA_SIGNATURE_MAX_SIZE];
    psa_status_t status = PSA_ERROR_INVALID_SIGNATURE;
    size_t bits, n;
    int err;

    if (alg == PSA_ALG_NONE) {
        return LWCMP_ERR_ALGORITHM;
    }
    err = lwcmp_psa_digest(PSA_ALG_SIGN_GET_HASH(alg), parts, count, hash,
                           sizeof hash, &n);
    if (!err) {
        err = key_bits(key, &bits);
    }
    if (err) {
        return err;
    }
    if (!PSA_ALG_IS_ECDSA(alg)) {
        status = psa_verify_hash(key, alg, hash, n, signature.p, signature.n);
    } else if (signature.n > 0 &&
               mbedtls_ecdsa_der_to_raw(bits, signature.p, signature.n, raw,
                                        sizeof raw, &signature.n) == 0) {
        status = psa_verify_hash(key, alg, hash, n, raw, signature.n);
    }
    err = lwcmp_psa_error(status);
    /* A key of another kind cannot have made the signature. */
    return err == LWCMP_ERR_KEY ? LWCMP_ERR_PROTECTION : err;
}
