/* SPDX-License-Identifier: Apache-2.0 */
/* The toy crypto provider; see crypto_toy.h. */
#include "crypto_toy_own.h"

#include <assert.h>
#include <string.h>

#define KEYS 32
#define VOLATILE 0x40000000u /* names of keys that nobody named */

static struct crypto_toy_key keys[KEYS];
static uint32_t generated = 1000;
static uint32_t next_volatile = VOLATILE;

struct crypto_toy crypto_toy;

void crypto_toy_reset(void)
{
    memset(&crypto_toy, 0, sizeof crypto_toy);
    memset(keys, 0, sizeof keys);
    generated = 1000;
    next_volatile = VOLATILE;
}

int crypto_toy_enter(enum crypto_toy_call call)
{
    unsigned number = ++crypto_toy.calls;
    unsigned of_kind = ++crypto_toy.calls_of[call];

    if (crypto_toy.fail_of_kind) {
        number = call == crypto_toy.fail_kind ? of_kind : 0;
    }
    if (crypto_toy.fail_at != 0 &&
        (number == crypto_toy.fail_at ||
         (crypto_toy.fail_forever && number > crypto_toy.fail_at))) {
        return crypto_toy.fail_with;
    }
    return LWCMP_OK;
}

static struct crypto_toy_key *find(lwcmp_key name)
{
    size_t i;

    for (i = 0; i < KEYS; i++) {
        if (keys[i].kind != CRYPTO_TOY_FREE && keys[i].name == name) {
            return &keys[i];
        }
    }
    return NULL;
}

struct crypto_toy_key *crypto_toy_find(lwcmp_key name,
                                       enum crypto_toy_kind kind)
{
    struct crypto_toy_key *k = find(name);

    return k != NULL && k->kind == kind ? k : NULL;
}

static struct crypto_toy_key *add(lwcmp_key name, enum crypto_toy_kind kind)
{
    struct crypto_toy_key *k = find(name);
    size_t i;

    for (i = 0; k == NULL && i < KEYS; i++) {
        if (keys[i].kind == CRYPTO_TOY_FREE) {
            k = &keys[i];
        }
    }
    if (k != NULL) {
        memset(k, 0, sizeof *k);
        k->name = name;
        k->kind = kind;
    }
    return k;
}

struct crypto_toy_key *crypto_toy_add_volatile(enum crypto_toy_kind kind)
{
    return add(next_volatile++, kind);
}

unsigned crypto_toy_volatile_keys(void)
{
    unsigned n = 0;
    size_t i;

    for (i = 0; i < KEYS; i++) {
        n += keys[i].kind != CRYPTO_TOY_FREE && keys[i].name >= VOLATILE;
    }
    return n;
}

void crypto_toy_drop_volatile(void)
{
    size_t i;

    for (i = 0; i < KEYS; i++) {
        if (keys[i].name >= VOLATILE) {
            memset(&keys[i], 0, sizeof keys[i]);
        }
    }
}

static int changing(lwcmp_key name)
{
    return name < VOLATILE && crypto_toy.on_change != NULL
               ? crypto_toy.on_change(name)
               : LWCMP_OK;
}

/* Whatever has the name, if anything has. */
static int destroy(lwcmp_key name)
{
    struct crypto_toy_key *k = find(name);
    int err;

    if (k == NULL) {
        return LWCMP_OK;
    }
    err = changing(name);
    if (err) {
        return err;
    }
    memset(k, 0, sizeof *k);
    return changing(name);
}

void crypto_toy_key_set(lwcmp_key name, uint32_t number)
{
    uint8_t spki[CRYPTO_TOY_SPKI];
    struct crypto_toy_key *k = add(name, CRYPTO_TOY_PAIR);

    assert(k != NULL);
    crypto_toy_spki(number, spki);
    k->number = number;
    k->n = CRYPTO_TOY_MATERIAL;
    crypto_toy_material((struct lwcmp_bytes){spki, sizeof spki}, k->material);
}

uint32_t crypto_toy_key_number(lwcmp_key name)
{
    struct crypto_toy_key *k = crypto_toy_find(name, CRYPTO_TOY_PAIR);

    assert(k != NULL);
    return k->number;
}

enum lwcmp_key_type crypto_toy_key_type(lwcmp_key name)
{
    struct crypto_toy_key *k = crypto_toy_find(name, CRYPTO_TOY_PAIR);

    assert(k != NULL);
    return k->type;
}

void crypto_toy_secret_set(lwcmp_key name, struct lwcmp_bytes secret)
{
    struct crypto_toy_key *k = add(name, CRYPTO_TOY_SECRET);

    assert(k != NULL && secret.n <= CRYPTO_TOY_SECRET_MAX);
    k->n = secret.n;
    memcpy(k->material, secret.p, secret.n);
}

int lwcmp_crypto_random(uint8_t *p, size_t n)
{
    int err = crypto_toy_enter(CRYPTO_TOY_RANDOM);
    struct crypto_toy_hash h;

    if (err) {
        return err;
    }
    crypto_toy_begin(&h, 300);
    crypto_toy_absorb_number(&h, crypto_toy.random++);
    crypto_toy_squeeze(&h, p, n);
    return LWCMP_OK;
}

int lwcmp_crypto_hash(enum lwcmp_hash hash, const struct lwcmp_bytes *parts,
                      size_t count, uint8_t *out, size_t cap, size_t *n)
{
    int err = crypto_toy_enter(CRYPTO_TOY_HASH);
    struct crypto_toy_hash h;

    if (err) {
        return err;
    }
    if (hash == LWCMP_SHA1 || crypto_toy_hash_length(hash) == 0) {
        return LWCMP_ERR_ALGORITHM;
    }
    if (cap < crypto_toy_hash_length(hash)) {
        return LWCMP_ERR_BUFFER;
    }
    crypto_toy_begin(&h, (unsigned)hash);
    crypto_toy_absorb_parts(&h, parts, count);
    *n = crypto_toy_hash_length(hash);
    crypto_toy_squeeze(&h, out, *n);
    return LWCMP_OK;
}

int crypto_toy_replace(lwcmp_key key, uint32_t number, enum lwcmp_key_type type)
{
    int err;

    if (key == 0 || key >= VOLATILE) {
        return LWCMP_ERR_KEY;
    }
    err = destroy(key);
    if (!err) {
        err = changing(key);
    }
    if (err) {
        return err;
    }
    crypto_toy_key_set(key, number);
    find(key)->type = type;
    return changing(key);
}

int lwcmp_crypto_key_generate(lwcmp_key key, enum lwcmp_key_type type)
{
    int err = crypto_toy_enter(CRYPTO_TOY_KEY_GENERATE);

    return err ? err : crypto_toy_replace(key, generated++, type);
}

int lwcmp_crypto_key_destroy(lwcmp_key key)
{
    int err = crypto_toy_enter(CRYPTO_TOY_KEY_DESTROY);

    return err ? err : destroy(key);
}

int lwcmp_crypto_key_sig(lwcmp_key key, enum lwcmp_sig *sig)
{
    static const enum lwcmp_sig sig_of_type[] = {
        LWCMP_ECDSA_SHA256,   LWCMP_ECDSA_SHA384,   LWCMP_ECDSA_SHA512,
        LWCMP_RSA_SHA256,     LWCMP_RSA_SHA256,     LWCMP_RSA_SHA256,
        LWCMP_RSA_PSS_SHA256, LWCMP_RSA_PSS_SHA256, LWCMP_RSA_PSS_SHA256};
    int err = crypto_toy_enter(CRYPTO_TOY_KEY_SIG);
    const struct crypto_toy_key *k = crypto_toy_find(key, CRYPTO_TOY_PAIR);

    if (err) {
        return err;
    }
    if (k == NULL) {
        return LWCMP_ERR_KEY;
    }
    *sig = sig_of_type[k->type & ~(unsigned)LWCMP_KEY_OPEN];
    return LWCMP_OK;
}

int lwcmp_crypto_key_is(lwcmp_key key, enum lwcmp_key_type type)
{
    int err = crypto_toy_enter(CRYPTO_TOY_KEY_IS);
    const struct crypto_toy_key *k = crypto_toy_find(key, CRYPTO_TOY_PAIR);

    if (err) {
        return err;
    }
    return k != NULL && k->type == type ? LWCMP_OK : LWCMP_ERR_KEY;
}

int lwcmp_crypto_key_public(lwcmp_key key, uint8_t *out, size_t cap, size_t *n)
{
    int err = crypto_toy_enter(CRYPTO_TOY_KEY_PUBLIC);
    const struct crypto_toy_key *k = crypto_toy_find(key, CRYPTO_TOY_PAIR);

    if (err) {
        return err;
    }
    if (k == NULL) {
        return LWCMP_ERR_KEY;
    }
    if (cap < CRYPTO_TOY_SPKI) {
        return LWCMP_ERR_BUFFER;
    }
    crypto_toy_spki(k->number, out);
    *n = CRYPTO_TOY_SPKI;
    return LWCMP_OK;
}

int lwcmp_crypto_key_match(lwcmp_key key, struct lwcmp_bytes spki)
{
    int err = crypto_toy_enter(CRYPTO_TOY_KEY_MATCH);
    const struct crypto_toy_key *k = crypto_toy_find(key, CRYPTO_TOY_PAIR);
    uint8_t mine[CRYPTO_TOY_SPKI];

    if (err) {
        return err;
    }
    if (k == NULL) {
        return LWCMP_ERR_KEY;
    }
    crypto_toy_spki(k->number, mine);
    if (spki.n != sizeof mine || memcmp(spki.p, mine, sizeof mine) != 0) {
        return LWCMP_ERR_CERT_KEY;
    }
    return LWCMP_OK;
}

int lwcmp_crypto_sign(lwcmp_key key, enum lwcmp_sig sig,
                      const struct lwcmp_bytes *parts, size_t count,
                      uint8_t *out, size_t cap, size_t *n)
{
    int err = crypto_toy_enter(CRYPTO_TOY_SIGN);
    const struct crypto_toy_key *k = crypto_toy_find(key, CRYPTO_TOY_PAIR);

    if (err) {
        return err;
    }
    if (k == NULL || sig == LWCMP_SIG_NONE) {
        return k == NULL ? LWCMP_ERR_KEY : LWCMP_ERR_ALGORITHM;
    }
    if (cap < CRYPTO_TOY_SIGNATURE) {
        return LWCMP_ERR_BUFFER;
    }
    crypto_toy_sign(sig, k->material, parts, count, out);
    *n = CRYPTO_TOY_SIGNATURE;
    return LWCMP_OK;
}

/* Any bytes will do as a public key, so that real certificates work too. */
int lwcmp_crypto_public_import(struct lwcmp_bytes spki, enum lwcmp_sig sig,
                               lwcmp_key *key)
{
    int err = crypto_toy_enter(CRYPTO_TOY_PUBLIC_IMPORT);
    struct crypto_toy_key *k;

    if (err) {
        return err;
    }
    if (sig == LWCMP_SIG_NONE) {
        return LWCMP_ERR_ALGORITHM;
    }
    k = crypto_toy_add_volatile(CRYPTO_TOY_PUBLIC);
    if (k == NULL) {
        return LWCMP_ERR_CRYPTO;
    }
    k->n = CRYPTO_TOY_MATERIAL;
    crypto_toy_material(spki, k->material);
    *key = k->name;
    return LWCMP_OK;
}

int lwcmp_crypto_verify(lwcmp_key key, enum lwcmp_sig sig,
                        const struct lwcmp_bytes *parts, size_t count,
                        struct lwcmp_bytes sign)
{
    int err = crypto_toy_enter(CRYPTO_TOY_VERIFY);
    const struct crypto_toy_key *k = crypto_toy_find(key, CRYPTO_TOY_PUBLIC);
    uint8_t good[CRYPTO_TOY_SIGNATURE];

    if (err) {
        return err;
    }
    if (k == NULL) {
        return LWCMP_ERR_KEY;
    }
    crypto_toy_sign(sig, k->material, parts, count, good);
    if (crypto_toy.accept_all ||
        (sign.n == sizeof good && memcmp(sign.p, good, sizeof good) == 0)) {
        return LWCMP_OK;
    }
    return LWCMP_ERR_PROTECTION;
}
