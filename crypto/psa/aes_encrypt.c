/* SPDX-License-Identifier: Apache-2.0 */
#include "aes.h"

#include <string.h>

#include "bytes.h"
#include "psa_map.h"

#if LWCMP_WITH_ARCHIVE
#define BLOCK LWCMP_AES_BLOCK
#define HALF (BLOCK / 2)

static int encrypt(lwcmp_key key, const uint8_t in[BLOCK], uint8_t out[BLOCK])
{
    size_t n;

    return lwcmp_psa_error(psa_cipher_encrypt(key, PSA_ALG_ECB_NO_PADDING, in,
                                              BLOCK, out, BLOCK, &n));
}

int lwcmp_psa_aes_wrap(lwcmp_key key, const uint8_t *p, size_t n, uint8_t *out)
{
    uint8_t block[BLOCK], sealed[BLOCK];
    size_t halves = n / HALF;
    int err = 0;

    memset(sealed, 0xa6, HALF);
    memcpy(out + HALF, p, n);
    for (size_t t = 1; t <= 6 * halves && err == 0; t++) {
        uint8_t *half = out + HALF + (t - 1) % halves * HALF;

        memcpy(block, sealed, HALF);
        memcpy(block + HALF, half, HALF);
        err = encrypt(key, block, sealed);
        sealed[HALF - 1] ^= (uint8_t)t; /* at most 24 */
        memcpy(half, sealed + HALF, HALF);
    }
    memcpy(out, sealed, HALF);
    lwcmp_wipe(block, sizeof block);
    return err;
}

int lwcmp_psa_aes_cbc_encrypt(lwcmp_key key, const uint8_t iv[BLOCK],
                              uint8_t *p, size_t cap, size_t *n)
{
    uint8_t pad = (uint8_t)(BLOCK - *n % BLOCK);
    uint8_t block[BLOCK];
    int err = 0;

    if (cap - *n < pad) {
        return LWCMP_ERR_BUFFER;
    }
    memset(p + *n, pad, pad);
    *n += pad;
    for (size_t at = 0; at < *n && err == 0; at += BLOCK) {
        for (size_t i = 0; i < BLOCK; i++) {
            block[i] = p[at + i] ^ iv[i];
        }
        err = encrypt(key, block, p + at);
        iv = p + at;
    }
    lwcmp_wipe(block, sizeof block);
    return err;
}
#endif
