/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A toy crypto provider for tests of the core: lwcmp/crypto.h without any
 * crypto. Everything is computed from counters, so that a run can be repeated
 * byte for byte, and everybody can forge everything, so that a test reaches
 * the code behind a signature. Never link it into anything else.
 */
#ifndef CRYPTO_TOY_H
#define CRYPTO_TOY_H

#include "lwcmp/crypto.h"

enum crypto_toy_call {
    CRYPTO_TOY_RANDOM,
    CRYPTO_TOY_HASH,
    CRYPTO_TOY_KEY_GENERATE,
    CRYPTO_TOY_KEY_DESTROY,
    CRYPTO_TOY_KEY_SIG,
    CRYPTO_TOY_KEY_IS,
    CRYPTO_TOY_KEY_PUBLIC,
    CRYPTO_TOY_KEY_MATCH,
    CRYPTO_TOY_SIGN,
    CRYPTO_TOY_PUBLIC_IMPORT,
    CRYPTO_TOY_VERIFY,
    CRYPTO_TOY_PBM,
    CRYPTO_TOY_MAC,
    CRYPTO_TOY_MAC_VERIFY,
    CRYPTO_TOY_PATH,
    CRYPTO_TOY_UNSEAL,
    CRYPTO_TOY_KEY_IMPORT,
    CRYPTO_TOY_SEAL_FOR,
    CRYPTO_TOY_SEAL_KEY,
    CRYPTO_TOY_CALLS /* how many there are */
};

#define CRYPTO_TOY_SPKI 91      /* bytes of every SubjectPublicKeyInfo */
#define CRYPTO_TOY_SIGNATURE 70 /* bytes of every signature */
#define CRYPTO_TOY_PATH_MAX 8
#define CRYPTO_TOY_CERT_MAX 2048

/* Knobs to set before, records to read after. */
struct crypto_toy {
    uint64_t random;   /* the next random bytes are made of this */
    unsigned fail_at;  /* this call fails, counted from 1; 0: none */
    int fail_with;     /* by this error */
    bool fail_forever; /* and so do all after it */
    bool fail_of_kind; /* only those of fail_kind count */
    enum crypto_toy_call fail_kind;
    int path_result; /* what path() answers */
    bool accept_all; /* every signature and MAC is good, every seal opens */
    bool seals_rsa;  /* what is encrypted for is a key of RSA */
    /*
     * Called on either side of each change to a key that has a name; an error
     * is what the call ends with.
     */
    int (*on_change)(lwcmp_key name);

    unsigned calls; /* of all functions */
    unsigned calls_of[CRYPTO_TOY_CALLS];

    /* The last call of path(). */
    size_t path_count;
    size_t path_n[CRYPTO_TOY_PATH_MAX];
    uint8_t path[CRYPTO_TOY_PATH_MAX][CRYPTO_TOY_CERT_MAX];
    struct lwcmp_time path_time;

#if LWCMP_WITH_CMS
    /* The last call of unseal(); its salt is a copy, if there is room. */
    struct lwcmp_seal seal;
    uint8_t seal_salt[128];
    const uint8_t *seal_of; /* what it had to decrypt */
#endif
};

extern struct crypto_toy crypto_toy;

/* No keys, no records, all knobs at rest. */
void crypto_toy_reset(void);

/* How many keys there are that nobody named: what a test should see gone. */
unsigned crypto_toy_volatile_keys(void);

/* Drops them, as a reset does. */
void crypto_toy_drop_volatile(void);

/* Makes key pair `number` (any number) known under a name. */
void crypto_toy_key_set(lwcmp_key name, uint32_t number);

/* The number of a key pair; generated ones count from 1000. */
uint32_t crypto_toy_key_number(lwcmp_key name);

/* What it was made as; the bytes of its public key tell nothing of it. */
enum lwcmp_key_type crypto_toy_key_type(lwcmp_key name);

/* Makes a shared secret known under a name, of up to 64 bytes. */
void crypto_toy_secret_set(lwcmp_key name, struct lwcmp_bytes secret);

/* The server's side: what the holder of key pair `number` has and does. */
void crypto_toy_spki(uint32_t number, uint8_t out[CRYPTO_TOY_SPKI]);
void crypto_toy_signature(uint32_t number, enum lwcmp_sig sig,
                          const struct lwcmp_bytes *parts, size_t count,
                          uint8_t out[CRYPTO_TOY_SIGNATURE]);

/* The server's side: the MAC by a shared secret; returns its length. */
size_t crypto_toy_mac(struct lwcmp_bytes secret, const struct lwcmp_pbm *pbm,
                      const struct lwcmp_bytes *parts, size_t count,
                      uint8_t out[LWCMP_HASH_MAX]);

#if LWCMP_WITH_CMS
#define CRYPTO_TOY_SEAL 24 /* bytes of an encrypted key of AES-128 */

/*
 * The server's side: the encrypted key for the holder of key pair `number`, or
 * of a shared secret if there is one. What is encrypted has a padding like that
 * of AES-CBC, and then each bit is turned over.
 */
void crypto_toy_seal(uint32_t number, const struct lwcmp_bytes *secret,
                     const struct lwcmp_seal *seal,
                     uint8_t out[CRYPTO_TOY_SEAL]);

/* The private key of key pair `number`, as it is imported. */
#define CRYPTO_TOY_PRIVATE 4
void crypto_toy_private(uint32_t number, uint8_t out[CRYPTO_TOY_PRIVATE]);
#endif

#if LWCMP_WITH_ARCHIVE
/* What lwcmp_crypto_seal_key() writes, with tags of DER, before the padding. */
size_t crypto_toy_archived(uint32_t number, struct lwcmp_bytes name,
                           uint8_t *out);
#endif

#endif
