/* SPDX-License-Identifier: Apache-2.0 */
/* The toy provider's MACs. */
#include "crypto_toy_own.h"

#include <string.h>

/* Iterations from `done` to `to`; the first one takes secret and salt. */
static void stretch(const struct lwcmp_pbm *pbm, struct lwcmp_bytes secret,
                    uint8_t k[CRYPTO_TOY_MATERIAL], uint32_t done, uint32_t to)
{
    struct crypto_toy_hash h;

    for (; done < to; done++) {
        crypto_toy_begin(&h, 400u + (unsigned)pbm->owf);
        crypto_toy_absorb_number(&h, pbm->key_length);
        if (done == 0) {
            crypto_toy_absorb(&h, secret.p, secret.n);
            crypto_toy_absorb(&h, pbm->salt.p, pbm->salt.n);
        } else {
            crypto_toy_absorb(&h, k, CRYPTO_TOY_MATERIAL);
        }
        crypto_toy_squeeze(&h, k, CRYPTO_TOY_MATERIAL);
    }
}

/*
 * The whole stretching of a secret, for both ends of a line in one program:
 * the second one finds what the first has computed.
 */
static void stretch_all(const struct lwcmp_pbm *pbm, struct lwcmp_bytes secret,
                        uint8_t k[CRYPTO_TOY_MATERIAL])
{
    static struct {
        uint8_t of[CRYPTO_TOY_MATERIAL], is[CRYPTO_TOY_MATERIAL];
    } known[2];
    static unsigned oldest;
    uint8_t of[CRYPTO_TOY_MATERIAL];
    struct crypto_toy_hash h;

    crypto_toy_begin(&h, 600u + (unsigned)pbm->owf);
    crypto_toy_absorb_number(&h, pbm->key_length);
    crypto_toy_absorb_number(&h, pbm->iterations);
    crypto_toy_absorb(&h, secret.p, secret.n);
    crypto_toy_absorb(&h, pbm->salt.p, pbm->salt.n);
    crypto_toy_squeeze(&h, of, sizeof of);
    for (unsigned i = 0; i < 2; i++) {
        if (memcmp(known[i].of, of, sizeof of) == 0) {
            memcpy(k, known[i].is, sizeof known[i].is);
            return;
        }
    }
    stretch(pbm, secret, k, 0, pbm->iterations);
    memcpy(known[oldest].of, of, sizeof of);
    memcpy(known[oldest].is, k, sizeof known[oldest].is);
    oldest = 1 - oldest;
}

static void stretch_slice(const struct lwcmp_pbm *pbm,
                          struct lwcmp_bytes secret,
                          uint8_t k[CRYPTO_TOY_MATERIAL], uint32_t done,
                          uint32_t to)
{
    if (done == 0 && to == pbm->iterations) {
        stretch_all(pbm, secret, k);
    } else {
        stretch(pbm, secret, k, done, to);
    }
}

static int pbm_check(const struct lwcmp_pbm *pbm, lwcmp_key key, uint32_t done)
{
    if ((key == 0) != (done == 0) || done > pbm->iterations) {
        return LWCMP_ERR_STATE;
    }
    if (pbm->iterations == 0) {
        return LWCMP_ERR_ITERATIONS;
    }
    if ((pbm->owf == LWCMP_SHA1 && pbm->key_length == 0) ||
        crypto_toy_hash_length(pbm->owf) == 0 ||
        crypto_toy_hash_length(pbm->hmac) == 0) {
        return LWCMP_ERR_ALGORITHM;
    }
    return LWCMP_OK;
}

/* Where the slice ends; PBMAC1 has only one. */
static uint32_t slice_end(const struct lwcmp_pbm *pbm, uint32_t done)
{
    uint32_t left = pbm->iterations - done;

    return pbm->key_length == 0 && left > LWCMP_PBM_SLICE
               ? done + LWCMP_PBM_SLICE
               : pbm->iterations;
}

/* As the real one, each slice makes a new key and destroys the old one. */
int lwcmp_crypto_pbm(const struct lwcmp_pbm *pbm, lwcmp_key secret,
                     lwcmp_key *key, uint32_t *done)
{
    int err = crypto_toy_enter(CRYPTO_TOY_PBM);
    uint32_t to = pbm->iterations;
    struct crypto_toy_key *from, *k;
    uint8_t material[CRYPTO_TOY_MATERIAL];

    if (!err) {
        err = pbm_check(pbm, *key, *done);
    }
    if (err || *done == to) {
        return err;
    }
    from = *done == 0 ? crypto_toy_find(secret, CRYPTO_TOY_SECRET)
                      : crypto_toy_find(*key, CRYPTO_TOY_DERIVING);
    if (from == NULL) {
        return LWCMP_ERR_KEY;
    }
    to = slice_end(pbm, *done);
    memcpy(material, from->material, sizeof material);
    stretch_slice(pbm, (struct lwcmp_bytes){from->material, from->n}, material,
                  *done, to);
    k = crypto_toy_add_volatile(to == pbm->iterations ? CRYPTO_TOY_HMAC
                                                      : CRYPTO_TOY_DERIVING);
    if (k == NULL) {
        return LWCMP_ERR_CRYPTO;
    }
    if (*done != 0) {
        memset(from, 0, sizeof *from);
    }
    k->n = sizeof material;
    memcpy(k->material, material, sizeof material);
    *key = k->name;
    *done = to;
    return LWCMP_OK;
}

static void mac(enum lwcmp_hash hmac,
                const uint8_t material[CRYPTO_TOY_MATERIAL],
                const struct lwcmp_bytes *parts, size_t count,
                uint8_t out[LWCMP_HASH_MAX])
{
    crypto_toy_keyed(500u + (unsigned)hmac, material, parts, count, out,
                     crypto_toy_hash_length(hmac));
}

size_t crypto_toy_mac(struct lwcmp_bytes secret, const struct lwcmp_pbm *pbm,
                      const struct lwcmp_bytes *parts, size_t count,
                      uint8_t out[LWCMP_HASH_MAX])
{
    uint8_t material[CRYPTO_TOY_MATERIAL] = {0};

    stretch(pbm, secret, material, 0, pbm->iterations);
    mac(pbm->hmac, material, parts, count, out);
    return crypto_toy_hash_length(pbm->hmac);
}

int lwcmp_crypto_mac(lwcmp_key key, enum lwcmp_hash hmac,
                     const struct lwcmp_bytes *parts, size_t count,
                     uint8_t *out, size_t cap, size_t *n)
{
    int err = crypto_toy_enter(CRYPTO_TOY_MAC);
    const struct crypto_toy_key *k = crypto_toy_find(key, CRYPTO_TOY_HMAC);
    uint8_t full[LWCMP_HASH_MAX];

    if (err) {
        return err;
    }
    if (k == NULL || crypto_toy_hash_length(hmac) == 0) {
        return k == NULL ? LWCMP_ERR_KEY : LWCMP_ERR_ALGORITHM;
    }
    if (cap < crypto_toy_hash_length(hmac)) {
        return LWCMP_ERR_BUFFER;
    }
    mac(hmac, k->material, parts, count, full);
    *n = crypto_toy_hash_length(hmac);
    memcpy(out, full, *n);
    return LWCMP_OK;
}

int lwcmp_crypto_mac_verify(lwcmp_key key, enum lwcmp_hash hmac,
                            const struct lwcmp_bytes *parts, size_t count,
                            struct lwcmp_bytes sent)
{
    int err = crypto_toy_enter(CRYPTO_TOY_MAC_VERIFY);
    const struct crypto_toy_key *k = crypto_toy_find(key, CRYPTO_TOY_HMAC);
    uint8_t good[LWCMP_HASH_MAX];

    if (err) {
        return err;
    }
    if (k == NULL || crypto_toy_hash_length(hmac) == 0) {
        return k == NULL ? LWCMP_ERR_KEY : LWCMP_ERR_ALGORITHM;
    }
    mac(hmac, k->material, parts, count, good);
    if (crypto_toy.accept_all || (sent.n == crypto_toy_hash_length(hmac) &&
                                  memcmp(sent.p, good, sent.n) == 0)) {
        return LWCMP_OK;
    }
    return LWCMP_ERR_PROTECTION;
}
