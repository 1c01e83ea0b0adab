/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the files of the toy provider; tests use crypto_toy.h. */
#ifndef CRYPTO_TOY_OWN_H
#define CRYPTO_TOY_OWN_H

#include "crypto_toy.h"

#define CRYPTO_TOY_SECRET_MAX 64
#define CRYPTO_TOY_MATERIAL 32

enum crypto_toy_kind {
    CRYPTO_TOY_FREE,
    CRYPTO_TOY_PAIR,
    CRYPTO_TOY_PUBLIC,
    CRYPTO_TOY_SECRET,
    CRYPTO_TOY_DERIVING,
    CRYPTO_TOY_HMAC
};

struct crypto_toy_key {
    enum crypto_toy_kind kind;
    lwcmp_key name;
    uint32_t number;          /* of a pair */
    enum lwcmp_key_type type; /* likewise */
    size_t n;
    uint8_t material[CRYPTO_TOY_SECRET_MAX];
};

/* Counts a call; the error that it has to end with, or 0. */
int crypto_toy_enter(enum crypto_toy_call call);

/* NULL when there is no key of this name and kind. */
struct crypto_toy_key *crypto_toy_find(lwcmp_key name,
                                       enum crypto_toy_kind kind);

/* Makes a key pair under a name, in place of what has it. */
int crypto_toy_replace(lwcmp_key name, uint32_t number,
                       enum lwcmp_key_type type);

/* A new key with a name of our choice; NULL when the table is full. */
struct crypto_toy_key *crypto_toy_add_volatile(enum crypto_toy_kind kind);

/* A hash that is none. `domain` keeps its uses apart. */
struct crypto_toy_hash {
    uint64_t s[4];
    unsigned at;
};

void crypto_toy_begin(struct crypto_toy_hash *h, unsigned domain);
void crypto_toy_absorb(struct crypto_toy_hash *h, const uint8_t *p, size_t n);
void crypto_toy_absorb_number(struct crypto_toy_hash *h, uint64_t number);
void crypto_toy_absorb_parts(struct crypto_toy_hash *h,
                             const struct lwcmp_bytes *parts, size_t count);
void crypto_toy_squeeze(struct crypto_toy_hash *h, uint8_t *out, size_t n);

/* 0 when there is no such hash. */
size_t crypto_toy_hash_length(enum lwcmp_hash hash);

/* Keyed, of what is signed or authenticated. */
void crypto_toy_keyed(unsigned domain,
                      const uint8_t material[CRYPTO_TOY_MATERIAL],
                      const struct lwcmp_bytes *parts, size_t count,
                      uint8_t *out, size_t n);

/* What a signer and a verifier share: it follows from the public key. */
void crypto_toy_material(struct lwcmp_bytes spki,
                         uint8_t out[CRYPTO_TOY_MATERIAL]);

void crypto_toy_sign(enum lwcmp_sig sig,
                     const uint8_t material[CRYPTO_TOY_MATERIAL],
                     const struct lwcmp_bytes *parts, size_t count,
                     uint8_t out[CRYPTO_TOY_SIGNATURE]);

#endif
