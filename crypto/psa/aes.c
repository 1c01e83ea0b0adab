/* SPDX-License-Identifier: Apache-2.0 */
#include "aes.h"

#include <string.h>

#include "bytes.h"
#include "psa_map.h"

#if LWCMP_WITH_CMS
#define BLOCK LWCMP_AES_BLOCK
#define HALF (BLOCK / 2)

#define USAGE \
    (PSA_KEY_USAGE_DECRYPT | (LWCMP_WITH_ARCHIVE ? PSA_KEY_USAGE_ENCRYPT : 0))

void lwcmp_psa_aes_key(psa_key_attributes_t *key)
{
    psa_set_key_type(key, PSA_KEY_TYPE_AES);
    psa_set_key_algorithm(key, PSA_ALG_ECB_NO_PADDING);
    psa_set_key_usage_flags(key, USAGE);
}

int lwcmp_psa_aes_import(const uint8_t *p, size_t n, lwcmp_key *key)
{
    psa_key_attributes_t attributes = psa_key_attributes_init();
    psa_key_id_t id = 0;
    int err;

    lwcmp_psa_aes_key(&attributes);
    err = lwcmp_psa_error(psa_import_key(&attributes, p, n, &id));
    *key = id;
    return err;
}

static int decrypt(lwcmp_key key, const uint8_t in[BLOCK], uint8_t out[BLOCK])
{
    size_t n;

    return lwcmp_psa_error(psa_cipher_decrypt(key, PSA_ALG_ECB_NO_PADDING, in,
                                              BLOCK, out, BLOCK, &n));
}

/* A is the first half of a block, and what tells in the end whether it fits. */
int lwcmp_psa_aes_unwrap(lwcmp_key key, struct lwcmp_bytes wrapped,
                         uint8_t *out, size_t n)
{
    uint8_t block[BLOCK], plain[BLOCK];
    uint8_t differs = 0;
    size_t halves = n / HALF;
    int err = 0;

    if (wrapped.n != n + HALF) {
        return LWCMP_ERR_DECRYPT;
    }
    memcpy(plain, wrapped.p, HALF);
    memcpy(out, wrapped.p + HALF, n);
    for (size_t t = 6 * halves; t > 0 && err == 0; t--) {
        uint8_t *half = out + (t - 1) % halves * HALF;

        memcpy(block, plain, HALF);
        memcpy(block + HALF, half, HALF);
        block[HALF - 1] ^= (uint8_t)t; /* at most 24 */
        err = decrypt(key, block, plain);
        memcpy(half, plain + HALF, HALF);
    }
    for (size_t i = 0; i < HALF; i++) {
        differs |= plain[i] ^ 0xa6;
    }
    lwcmp_wipe(plain, sizeof plain);
    lwcmp_wipe(block, sizeof block);
    return err == 0 && differs != 0 ? LWCMP_ERR_DECRYPT : err;
}

/* 1 to 16 octets that all say how many; 0 if they do not. */
static size_t padding(const uint8_t last[BLOCK])
{
    unsigned n = last[BLOCK - 1];
    unsigned bad = (n == 0) | (n > BLOCK);

    for (unsigned i = 0; i < BLOCK; i++) {
        bad |= (unsigned)(i + n >= BLOCK) & (unsigned)(last[i] != n);
    }
    return bad ? 0 : n;
}

int lwcmp_psa_aes_cbc(lwcmp_key key, struct lwcmp_bytes iv, uint8_t *p,
                      size_t *n)
{
    uint8_t before[BLOCK], now[BLOCK], plain[BLOCK];
    size_t pad = 0;
    int err = 0;

    if (*n == 0 || *n % BLOCK != 0 || iv.n != BLOCK) {
        return LWCMP_ERR_DECRYPT;
    }
    memcpy(before, iv.p, BLOCK);
    for (size_t at = 0; at < *n && err == 0; at += BLOCK) {
        memcpy(now, p + at, BLOCK);
        err = decrypt(key, now, plain);
        for (size_t i = 0; i < BLOCK; i++) {
            p[at + i] = plain[i] ^ before[i];
        }
        memcpy(before, now, BLOCK);
    }
    lwcmp_wipe(plain, sizeof plain);
    if (err == 0) {
        pad = padding(p + *n - BLOCK);
        *n -= pad;
    }
    return err == 0 && pad == 0 ? LWCMP_ERR_DECRYPT : err;
}
#endif
