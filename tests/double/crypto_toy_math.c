/* SPDX-License-Identifier: Apache-2.0 */
/* What the toy provider and the test in the server's place both compute. */
#include "crypto_toy_own.h"

#include <string.h>

void crypto_toy_begin(struct crypto_toy_hash *h, unsigned domain)
{
    unsigned i;

    for (i = 0; i < 4; i++) {
        h->s[i] = 0xcbf29ce484222325u + domain * 4 + i;
    }
    h->at = 0;
}

/* One FNV-1a step, mixed into the next lane. */
static void absorb_byte(struct crypto_toy_hash *h, uint8_t byte)
{
    uint64_t *now = &h->s[h->at++ % 4];
    uint64_t *next = &h->s[h->at % 4];

    *now = (*now ^ byte) * 0x100000001b3u;
    *next ^= *now << 29 | *now >> 35;
}

void crypto_toy_absorb(struct crypto_toy_hash *h, const uint8_t *p, size_t n)
{
    size_t i;

    for (i = 0; i < n; i++) {
        absorb_byte(h, p[i]);
    }
}

void crypto_toy_absorb_number(struct crypto_toy_hash *h, uint64_t number)
{
    unsigned i;

    for (i = 0; i < 64; i += 8) {
        absorb_byte(h, (uint8_t)(number >> i));
    }
}

void crypto_toy_absorb_parts(struct crypto_toy_hash *h,
                             const struct lwcmp_bytes *parts, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        crypto_toy_absorb(h, parts[i].p, parts[i].n);
    }
}

void crypto_toy_squeeze(struct crypto_toy_hash *h, uint8_t *out, size_t n)
{
    size_t i;

    for (i = 0; i < 16; i++) {
        absorb_byte(h, 0xff);
    }
    for (i = 0; i < n; i++) {
        absorb_byte(h, (uint8_t)i);
        out[i] = (uint8_t)(h->s[i % 4] >> 40);
    }
}

size_t crypto_toy_hash_length(enum lwcmp_hash hash)
{
    switch (hash) {
    case LWCMP_SHA1:
        return 20;
    case LWCMP_SHA256:
        return 32;
    case LWCMP_SHA384:
        return 48;
    case LWCMP_SHA512:
        return 64;
    case LWCMP_HASH_NONE:
    default:
        return 0;
    }
}

void crypto_toy_keyed(unsigned domain,
                      const uint8_t material[CRYPTO_TOY_MATERIAL],
                      const struct lwcmp_bytes *parts, size_t count,
                      uint8_t *out, size_t n)
{
    struct crypto_toy_hash h;

    crypto_toy_begin(&h, domain);
    crypto_toy_absorb(&h, material, CRYPTO_TOY_MATERIAL);
    crypto_toy_absorb_parts(&h, parts, count);
    crypto_toy_squeeze(&h, out, n);
}

void crypto_toy_spki(uint32_t number, uint8_t out[CRYPTO_TOY_SPKI])
{
    /* id-ecPublicKey with secp256r1 (RFC 5480 2.1.1), uncompressed point. */
    static const uint8_t head[27] = {0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a,
                                     0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06,
                                     0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03,
                                     0x01, 0x07, 0x03, 0x42, 0x00, 0x04};
    struct crypto_toy_hash h;

    crypto_toy_begin(&h, 100);
    crypto_toy_absorb_number(&h, number);
    memcpy(out, head, sizeof head);
    crypto_toy_squeeze(&h, out + sizeof head, CRYPTO_TOY_SPKI - sizeof head);
}

void crypto_toy_material(struct lwcmp_bytes spki,
                         uint8_t out[CRYPTO_TOY_MATERIAL])
{
    struct crypto_toy_hash h;

    crypto_toy_begin(&h, 101);
    crypto_toy_absorb(&h, spki.p, spki.n);
    crypto_toy_squeeze(&h, out, CRYPTO_TOY_MATERIAL);
}

/* SEQUENCE { INTEGER r, INTEGER s }, both of 32 bytes, positive and minimal. */
void crypto_toy_sign(enum lwcmp_sig sig,
                     const uint8_t material[CRYPTO_TOY_MATERIAL],
                     const struct lwcmp_bytes *parts, size_t count,
                     uint8_t out[CRYPTO_TOY_SIGNATURE])
{
    uint8_t rs[64];

    crypto_toy_keyed(200u + (unsigned)sig, material, parts, count, rs,
                     sizeof rs);
    rs[0] = (uint8_t)((rs[0] & 0x3f) | 0x40);
    rs[32] = (uint8_t)((rs[32] & 0x3f) | 0x40);
    out[0] = 0x30;
    out[1] = 68;
    out[2] = 0x02;
    out[3] = 32;
    memcpy(out + 4, rs, 32);
    out[36] = 0x02;
    out[37] = 32;
    memcpy(out + 38, rs + 32, 32);
}

void crypto_toy_signature(uint32_t number, enum lwcmp_sig sig,
                          const struct lwcmp_bytes *parts, size_t count,
                          uint8_t out[CRYPTO_TOY_SIGNATURE])
{
    uint8_t spki[CRYPTO_TOY_SPKI], material[CRYPTO_TOY_MATERIAL];

    crypto_toy_spki(number, spki);
    crypto_toy_material((struct lwcmp_bytes){spki, sizeof spki}, material);
    crypto_toy_sign(sig, material, parts, count, out);
}
