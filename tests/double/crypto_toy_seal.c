/* SPDX-License-Identifier: Apache-2.0 */
/* The toy provider opens what is encrypted, and takes private keys in. */
#include "crypto_toy_own.h"

#include <string.h>

#if LWCMP_WITH_CMS
#define BLOCK 16

static void seal_key(const uint8_t material[CRYPTO_TOY_MATERIAL],
                     const struct lwcmp_seal *seal,
                     uint8_t out[CRYPTO_TOY_SEAL])
{
    const struct lwcmp_bytes parts[] = {seal->kdf.salt, seal->point, seal->iv};

    crypto_toy_keyed(700u + seal->kind, material, parts, 3, out,
                     CRYPTO_TOY_SEAL);
}

void crypto_toy_seal(uint32_t number, const struct lwcmp_bytes *secret,
                     const struct lwcmp_seal *seal,
                     uint8_t out[CRYPTO_TOY_SEAL])
{
    uint8_t material[CRYPTO_TOY_SECRET_MAX] = {0};
    uint8_t spki[CRYPTO_TOY_SPKI];

    if (secret != NULL) {
        memcpy(material, secret->p, secret->n);
    } else {
        crypto_toy_spki(number, spki);
        crypto_toy_material((struct lwcmp_bytes){spki, sizeof spki}, material);
    }
    seal_key(material, seal, out);
}

/* How many octets the padding has; 0: it does not decrypt. */
static uint8_t opens(const struct crypto_toy_key *k,
                     const struct lwcmp_seal *seal, const uint8_t *p, size_t n)
{
    uint8_t good[CRYPTO_TOY_SEAL];
    uint8_t padding = n > 0 && n % BLOCK == 0 ? p[n - 1] ^ 0xff : 0;

    seal_key(k->material, seal, good);
    return padding <= BLOCK && seal->iv.n == BLOCK &&
                   seal->key.n == sizeof good &&
                   memcmp(seal->key.p, good, sizeof good) == 0
               ? padding
               : 0;
}

static void record(const struct lwcmp_seal *seal)
{
    struct lwcmp_bytes *salt = &crypto_toy.seal.kdf.salt;

    crypto_toy.seal = *seal;
    if (salt->n > 0 && salt->n <= sizeof crypto_toy.seal_salt) {
        memcpy(crypto_toy.seal_salt, salt->p, salt->n);
        salt->p = crypto_toy.seal_salt;
    }
}

int lwcmp_crypto_unseal(lwcmp_key key, const struct lwcmp_seal *seal,
                        uint8_t *p, size_t *n)
{
    int err = crypto_toy_enter(CRYPTO_TOY_UNSEAL);
    bool secret = seal->kind == LWCMP_SEAL_SECRET;
    const struct crypto_toy_key *k =
        crypto_toy_find(key, secret ? CRYPTO_TOY_SECRET : CRYPTO_TOY_PAIR);
    uint8_t padding;

    record(seal);
    crypto_toy.seal_of = p;
    if (err || k == NULL) {
        return err || crypto_toy.accept_all ? err : LWCMP_ERR_KEY;
    }
    padding = opens(k, seal, p, *n);
    *n -= padding;
    for (size_t i = 0; padding > 0 && i < *n; i++) {
        p[i] ^= 0xff;
    }
    return padding == 0 && !crypto_toy.accept_all ? LWCMP_ERR_DECRYPT
                                                  : LWCMP_OK;
}

void crypto_toy_private(uint32_t number, uint8_t out[CRYPTO_TOY_PRIVATE])
{
    for (unsigned i = 0; i < CRYPTO_TOY_PRIVATE; i++) {
        out[i] = (uint8_t)(number >> (24 - 8 * i));
    }
}

/* What asks for RSASSA-PSS gets it, and anything else a key of one kind. */
int lwcmp_crypto_key_import(lwcmp_key key, enum lwcmp_key_type type,
                            struct lwcmp_bytes alg, struct lwcmp_bytes octets)
{
    int err = crypto_toy_enter(CRYPTO_TOY_KEY_IMPORT);
    uint32_t number = 0;

    if (err) {
        return err;
    }
    if (alg.n == 0 || octets.n != CRYPTO_TOY_PRIVATE) {
        return alg.n == 0 ? LWCMP_ERR_ALGORITHM : LWCMP_ERR_CMS;
    }
    for (unsigned i = 0; i < CRYPTO_TOY_PRIVATE; i++) {
        number = number << 8 | octets.p[i];
    }
    return crypto_toy_replace(key, number,
                              type < LWCMP_RSA_PSS_2048 ? LWCMP_EC_P256 : type);
}
#endif
