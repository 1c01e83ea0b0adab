/* SPDX-License-Identifier: Apache-2.0 */
/* The toy provider encrypts for others. */
#include "crypto_toy_own.h"

#include <string.h>

#if LWCMP_WITH_ARCHIVE
#define BLOCK 16

/* For the sender any key does. Of RSA there is none. */
int lwcmp_crypto_seal(struct lwcmp_bytes spki, struct lwcmp_bytes info,
                      struct lwcmp_sealed *sealed)
{
    int err = crypto_toy_enter(CRYPTO_TOY_SEAL_FOR);
    uint8_t material[CRYPTO_TOY_MATERIAL];
    struct crypto_toy_key *k;

    if (err) {
        return err;
    }
    k = crypto_toy_add_volatile(CRYPTO_TOY_SECRET);
    if (k == NULL) {
        return LWCMP_ERR_CRYPTO;
    }
    memset(sealed, 0, sizeof *sealed);
    sealed->ec = !crypto_toy.seals_rsa;
    sealed->content_key = k->name;
    crypto_toy_spki(1, sealed->room);
    sealed->sender = (struct lwcmp_bytes){sealed->room, CRYPTO_TOY_SPKI};
    crypto_toy_material(spki, material);
    crypto_toy_keyed(700, material, &info, 1, sealed->room + CRYPTO_TOY_SPKI,
                     CRYPTO_TOY_SEAL);
    sealed->key =
        (struct lwcmp_bytes){sealed->room + CRYPTO_TOY_SPKI, CRYPTO_TOY_SEAL};
    return LWCMP_OK;
}

size_t crypto_toy_archived(uint32_t number, struct lwcmp_bytes name,
                           uint8_t *out)
{
    out[0] = 0x04;
    out[1] = CRYPTO_TOY_PRIVATE;
    crypto_toy_private(number, out + 2);
    memcpy(out + 2 + CRYPTO_TOY_PRIVATE, name.p, name.n);
    return 2 + CRYPTO_TOY_PRIVATE + name.n;
}

int lwcmp_crypto_seal_key(lwcmp_key key, struct lwcmp_bytes name,
                          const struct lwcmp_sealed *sealed, uint8_t *out,
                          size_t cap, size_t *n)
{
    int err = crypto_toy_enter(CRYPTO_TOY_SEAL_KEY);
    const struct crypto_toy_key *k = crypto_toy_find(key, CRYPTO_TOY_PAIR);
    uint8_t padding;

    if (err) {
        return err;
    }
    if (k == NULL || (k->type & LWCMP_KEY_OPEN) == 0 ||
        crypto_toy_find(sealed->content_key, CRYPTO_TOY_SECRET) == NULL) {
        return LWCMP_ERR_KEY;
    }
    if (cap < 2 + CRYPTO_TOY_PRIVATE + name.n + BLOCK) {
        return LWCMP_ERR_BUFFER;
    }
    *n = crypto_toy_archived(k->number, name, out);
    padding = (uint8_t)(BLOCK - *n % BLOCK);
    memset(out + *n, padding, padding);
    *n += padding;
    for (size_t i = 0; i < *n; i++) {
        out[i] ^= 0xff;
    }
    return LWCMP_OK;
}
#endif
