/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opens what is encrypted for a key of the device (RFC 9481 4, 5). The key of
 * the content is on the stack for a moment, and in PSA as a volatile one.
 */
#include <string.h>

#include "aes.h"
#include "bytes.h"
#include "psa_map.h"

#if LWCMP_WITH_CMS
#define SHARED_MAX 66 /* of P-521 */

/* What the sender has got wrong looks like an argument of ours. */
static int sender_error(psa_status_t status)
{
    switch (status) {
    case PSA_ERROR_INVALID_ARGUMENT:
    case PSA_ERROR_INVALID_PADDING:
    case PSA_ERROR_BUFFER_TOO_SMALL:
        return LWCMP_ERR_DECRYPT;
    default:
        return lwcmp_psa_error(status);
    }
}

/*
 * X9.63 (SEC 1 3.6.1), whose counter is behind the secret. The key that wraps
 * takes one hash, or with SHA-256 not more than that.
 */
static int derive(const struct lwcmp_pbm *kdf, struct lwcmp_bytes shared,
                  lwcmp_key *wraps)
{
    static const uint8_t counter[4] = {0, 0, 0, 1};
    const struct lwcmp_bytes parts[] = {
        shared, {counter, sizeof counter}, kdf->salt};
    uint8_t hash[LWCMP_HASH_MAX];
    size_t n;
    int err = lwcmp_crypto_hash(kdf->owf, parts, 3, hash, sizeof hash, &n);

    if (!err) {
        err = lwcmp_psa_aes_import(hash, kdf->key_length, wraps);
    }
    lwcmp_wipe(hash, sizeof hash);
    return err;
}

int lwcmp_psa_agree(lwcmp_key key, const struct lwcmp_seal *seal,
                    lwcmp_key *wraps)
{
    uint8_t secret[SHARED_MAX];
    struct lwcmp_bytes shared = {secret, 0};
    int err = sender_error(
        psa_raw_key_agreement(PSA_ALG_ECDH, key, seal->point.p, seal->point.n,
                              secret, sizeof secret, &shared.n));

    if (!err) {
        err = derive(&seal->kdf, shared, wraps);
    }
    lwcmp_wipe(secret, sizeof secret);
    return err;
}

static int stretch(lwcmp_key key, const struct lwcmp_seal *seal,
                   lwcmp_key *wraps)
{
    psa_key_attributes_t attributes = psa_key_attributes_init();

    lwcmp_psa_aes_key(&attributes);
    return lwcmp_psa_pbkdf2_as(&seal->kdf, &attributes, key, wraps);
}

/* The key of the content, from under an AES key wrap. */
static int unwrap(lwcmp_key key, const struct lwcmp_seal *seal,
                  uint8_t *content_key)
{
    lwcmp_key wraps = 0;
    int err = seal->kind == LWCMP_SEAL_EC ? lwcmp_psa_agree(key, seal, &wraps)
                                          : stretch(key, seal, &wraps);

    if (!err) {
        err = lwcmp_psa_aes_unwrap(wraps, seal->key, content_key, seal->key_n);
        (void)psa_destroy_key(wraps);
    }
    return err;
}

/* v1.5 or OAEP, and its hash: the sender has chosen, and the key is for one. */
static int rsa_error(psa_status_t status)
{
    return status == PSA_ERROR_NOT_PERMITTED ? LWCMP_ERR_ALGORITHM
                                             : sender_error(status);
}

/*
 * A sender who can try shall not learn whether it was the RSA that failed, so
 * a random key takes the place of one that is none (RFC 3218 2.3.2).
 */
static int decrypt_rsa(lwcmp_key key, const struct lwcmp_seal *seal,
                       uint8_t *content_key)
{
    psa_algorithm_t alg =
        seal->kind == LWCMP_SEAL_RSA
            ? PSA_ALG_RSA_PKCS1V15_CRYPT
            : PSA_ALG_RSA_OAEP(lwcmp_psa_hash_alg(seal->kdf.owf));
    uint8_t plain[LWCMP_AES_KEY_MAX];
    size_t n = 0;
    int err = lwcmp_crypto_random(content_key, seal->key_n);

    if (!err) {
        err =
            rsa_error(psa_asymmetric_decrypt(key, alg, seal->key.p, seal->key.n,
                                             NULL, 0, plain, sizeof plain, &n));
    }
    if (!err && n == seal->key_n) {
        memcpy(content_key, plain, n);
    }
    lwcmp_wipe(plain, sizeof plain);
    return err == LWCMP_ERR_DECRYPT ? LWCMP_OK : err;
}

/* An RSA key that may not open anything: we have to be told, not the sender. */
static bool is_shut(const psa_key_attributes_t *key)
{
    return PSA_KEY_TYPE_IS_RSA(psa_get_key_type(key)) &&
           (psa_get_key_usage_flags(key) & PSA_KEY_USAGE_DECRYPT) == 0;
}

/* Whether it is a key of the kind that is meant. */
static int check_key(lwcmp_key key, const struct lwcmp_seal *seal)
{
    psa_key_attributes_t attributes = psa_key_attributes_init();
    int err = lwcmp_psa_error(psa_get_key_attributes(key, &attributes));
    psa_key_type_t type = psa_get_key_type(&attributes);
    bool fits = PSA_KEY_TYPE_IS_RSA(type);

    if (seal->kind == LWCMP_SEAL_EC) {
        fits = PSA_KEY_TYPE_IS_ECC(type);
    } else if (seal->kind == LWCMP_SEAL_SECRET) {
        fits = type == PSA_KEY_TYPE_PASSWORD;
    }
    if (err == 0 && !fits) {
        err = LWCMP_ERR_DECRYPT;
    } else if (err == 0 && is_shut(&attributes)) {
        err = LWCMP_ERR_KEY;
    }
    psa_reset_key_attributes(&attributes);
    return err;
}

int lwcmp_crypto_unseal(lwcmp_key key, const struct lwcmp_seal *seal,
                        uint8_t *p, size_t *n)
{
    uint8_t content_key[LWCMP_AES_KEY_MAX];
    lwcmp_key opens;
    int err = check_key(key, seal);

    if (err) {
        return err;
    }
    err = seal->kind == LWCMP_SEAL_RSA || seal->kind == LWCMP_SEAL_OAEP
              ? decrypt_rsa(key, seal, content_key)
              : unwrap(key, seal, content_key);
    if (!err) {
        err = lwcmp_psa_aes_import(content_key, seal->key_n, &opens);
    }
    lwcmp_wipe(content_key, sizeof content_key);
    if (!err) {
        err = lwcmp_psa_aes_cbc(opens, seal->iv, p, n);
        (void)psa_destroy_key(opens);
    }
    return err;
}
#endif
