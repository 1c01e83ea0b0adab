/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the core asks of a crypto provider. The provider is chosen when the
 * program is linked: crypto/psa/ implements this on PSA Crypto and Mbed TLS;
 * a port with other needs writes these functions itself.
 *
 * Keys are named, never seen: private keys and shared secrets stay in the
 * provider. Every function returns 0 or an enum lwcmp_error. `parts` are
 * hashed, signed or authenticated as if they were one piece. Output never
 * exceeds `cap`; too little room is LWCMP_ERR_BUFFER.
 */
#ifndef LWCMP_CRYPTO_H
#define LWCMP_CRYPTO_H

#include "lwcmp/types.h"

enum lwcmp_hash {
    LWCMP_HASH_NONE,
    LWCMP_SHA1, /* in HMAC only, and only if allowed */
    LWCMP_SHA256,
    LWCMP_SHA384,
    LWCMP_SHA512
};

enum lwcmp_sig {
    LWCMP_SIG_NONE,
    LWCMP_ECDSA_SHA256,
    LWCMP_ECDSA_SHA384,
    LWCMP_ECDSA_SHA512,
    LWCMP_RSA_SHA256, /* PKCS#1 v1.5 */
    LWCMP_RSA_SHA384,
    LWCMP_RSA_SHA512,
    LWCMP_RSA_PSS_SHA256, /* MGF1 with the same hash, a salt as long as it */
    LWCMP_RSA_PSS_SHA384,
    LWCMP_RSA_PSS_SHA512
};

/* The kinds of key that a device can make for itself. */
enum lwcmp_key_type {
    LWCMP_EC_P256, /* the default */
    LWCMP_EC_P384,
    LWCMP_EC_P521,
    LWCMP_RSA_2048,
    LWCMP_RSA_3072,
    LWCMP_RSA_4096,
    /* The same, but for signatures by RSASSA-PSS and not by PKCS#1 v1.5. */
    LWCMP_RSA_PSS_2048,
    LWCMP_RSA_PSS_3072,
    LWCMP_RSA_PSS_4096,
    /* Added to one of these: lwcmp_crypto_seal_key() may take the key out of
     * its store. Only with LWCMP_WITH_ARCHIVE. */
    LWCMP_KEY_OPEN = 0x80
};

/* The last one that is built in. */
#define LWCMP_KEY_TYPE_LAST \
    (LWCMP_WITH_PSS ? LWCMP_RSA_PSS_4096 : LWCMP_RSA_4096)

/* Bytes of the longest hash: of SHA-256, if no longer one is built in. */
#if LWCMP_CRYPTO_P384
#define LWCMP_HASH_MAX 64
#else
#define LWCMP_HASH_MAX 32
#endif

/* Cryptographically strong random bytes, or LWCMP_ERR_RANDOM. */
int lwcmp_crypto_random(uint8_t *p, size_t n);

int lwcmp_crypto_hash(enum lwcmp_hash hash, const struct lwcmp_bytes *parts,
                      size_t count, uint8_t *out, size_t cap, size_t *n);

/*
 * Makes a key pair that survives a reset, under the name `key`. A key that
 * has the name already is destroyed first. LWCMP_ERR_ALGORITHM: the provider
 * cannot make this type.
 */
int lwcmp_crypto_key_generate(lwcmp_key key, enum lwcmp_key_type type);

/* Destroys a key and its storage. No such key: success. */
int lwcmp_crypto_key_destroy(lwcmp_key key);

/*
 * The signature algorithm that fits a private key: hash by its strength, that
 * is SHA-384 for P-384, SHA-512 for P-521 and SHA-256 for the others. An RSA
 * key is good for other hashes as well. It is of the kind that it was made for:
 * in PSA, RSASSA-PSS if that is its algorithm (psa_set_key_algorithm()).
 * LWCMP_ERR_KEY means that no key of this name is there that could sign; a
 * provider that cannot tell at the moment returns another error.
 */
int lwcmp_crypto_key_sig(lwcmp_key key, enum lwcmp_sig *sig);

/*
 * Whether a key is of the kind that lwcmp_crypto_key_generate() would make of
 * this type: 0, or LWCMP_ERR_KEY if it is another one or not there.
 */
int lwcmp_crypto_key_is(lwcmp_key key, enum lwcmp_key_type type);

/* The public part as SubjectPublicKeyInfo in DER (RFC 5280 4.1.2.7). */
int lwcmp_crypto_key_public(lwcmp_key key, uint8_t *out, size_t cap, size_t *n);

/*
 * Whether SubjectPublicKeyInfo `spki` is the public part of `key`: 0 if it
 * is, LWCMP_ERR_CERT_KEY if it is not.
 */
int lwcmp_crypto_key_match(lwcmp_key key, struct lwcmp_bytes spki);

/*
 * Signs. ECDSA gives a DER Ecdsa-Sig-Value (RFC 3279 2.2.3), RSA the plain
 * octets. LWCMP_ERR_KEY: not with this key.
 */
int lwcmp_crypto_sign(lwcmp_key key, enum lwcmp_sig sig,
                      const struct lwcmp_bytes *parts, size_t count,
                      uint8_t *out, size_t cap, size_t *n);

/*
 * Takes a public key in; the caller destroys it. Lost at a reset. A key that
 * does not fit the algorithm or is too weak is LWCMP_ERR_ALGORITHM, one that
 * does not parse LWCMP_ERR_CERT_SYNTAX.
 */
int lwcmp_crypto_public_import(struct lwcmp_bytes spki, enum lwcmp_sig sig,
                               lwcmp_key *key);

/* 0, or LWCMP_ERR_PROTECTION when the signature is not good. */
int lwcmp_crypto_verify(lwcmp_key key, enum lwcmp_sig sig,
                        const struct lwcmp_bytes *parts, size_t count,
                        struct lwcmp_bytes signature);

/*
 * Parameters of a MAC by a shared secret: of PasswordBasedMac (RFC 9810
 * 5.1.3.1, RFC 4211 4.4), or of PBMAC1 with PBKDF2 (RFC 9481 6.1.2, RFC 8018).
 */
struct lwcmp_pbm {
    struct lwcmp_bytes salt;
    uint32_t iterations;
    enum lwcmp_hash owf;  /* stretches the secret; of PBKDF2: in an HMAC */
    enum lwcmp_hash hmac; /* hash of the HMAC over the message */
    uint8_t key_length;   /* 16 to 64: PBMAC1 with such a key; 0: the other */
};

/*
 * One slice of the derivation of the MAC's key. Before the first call *key is
 * 0 and *done is 0; afterwards they carry the state. Finished when *done has
 * reached pbm->iterations: *key is then the HMAC key, which the caller
 * destroys, as it destroys an unfinished one. LWCMP_ERR_KEY: there is no such
 * secret, or it may not be used this way.
 *
 * PasswordBasedMac takes LWCMP_PBM_SLICE iterations in a slice, of one hash
 * each, and needs a secret that may be read. PBKDF2 of PBMAC1 does with one
 * that may not, but PSA does it in one piece: the first slice is the last, and
 * in Mbed TLS each iteration costs four blocks of the hash, not one.
 */
int lwcmp_crypto_pbm(const struct lwcmp_pbm *pbm, lwcmp_key secret,
                     lwcmp_key *key, uint32_t *done);

int lwcmp_crypto_mac(lwcmp_key key, enum lwcmp_hash hmac,
                     const struct lwcmp_bytes *parts, size_t count,
                     uint8_t *out, size_t cap, size_t *n);

/* Compares in constant time, at full length; else LWCMP_ERR_PROTECTION. */
int lwcmp_crypto_mac_verify(lwcmp_key key, enum lwcmp_hash hmac,
                            const struct lwcmp_bytes *parts, size_t count,
                            struct lwcmp_bytes mac);

#if LWCMP_WITH_CMS
/* Whose key opens what is sealed, and how (RFC 9481 4, 5). */
enum lwcmp_seal_kind {
    LWCMP_SEAL_RSA = 1, /* PKCS#1 v1.5 */
    LWCMP_SEAL_OAEP,    /* with MGF1 and no label */
    LWCMP_SEAL_EC,      /* ephemeral-static ECDH and the KDF of X9.63 */
    LWCMP_SEAL_SECRET   /* PBKDF2 */
};

/*
 * How something is encrypted by AES-CBC, with a key of its own that is in turn
 * encrypted: by RSA, or by AES key wrap (RFC 3394) with a derived key.
 */
struct lwcmp_seal {
    uint8_t kind;  /* enum lwcmp_seal_kind */
    uint8_t key_n; /* bytes of the AES key of the content: 16, 24 or 32 */
    /*
     * LWCMP_SEAL_OAEP: owf is its hash. LWCMP_SEAL_EC: owf is that of the KDF,
     * salt its SharedInfo. Both derivations: key_length is of the AES key
     * that wraps, 16, 24 or 32.
     */
    struct lwcmp_pbm kdf;
    struct lwcmp_bytes point; /* the sender's public key, not compressed */
    struct lwcmp_bytes key;   /* that of the content, encrypted */
    struct lwcmp_bytes iv;    /* of AES-CBC, 16 bytes */
};

/*
 * Decrypts p[0 .. *n - 1] in place by a key pair or a shared secret, and takes
 * the padding off. LWCMP_ERR_DECRYPT whatever it is that does not fit: another
 * kind of key, the wrapped key, the padding, sizes. LWCMP_ERR_ALGORITHM: not
 * built in, or of RSA not what this key is for, which may be bound to v1.5 or
 * to OAEP. LWCMP_ERR_KEY: the key is not there or may open nothing. What has
 * failed in RSA only shows in the padding (RFC 3218 2.3).
 */
int lwcmp_crypto_unseal(lwcmp_key key, const struct lwcmp_seal *seal,
                        uint8_t *p, size_t *n);

/*
 * Takes a private key in, under the name `key`, as lwcmp_crypto_key_generate()
 * would make one: it survives a reset, and a key that has the name already is
 * destroyed first. Whatever happens meanwhile, it is there as a whole or not
 * at all. `alg` is the AlgorithmIdentifier of RFC 5280 4.1.2.7; `octets` are
 * the number of an EC key (RFC 5915: privateKey), or an RSAPrivateKey (RFC
 * 8017 A.1.2). `type` is what was asked for, and says how an RSA key signs: by
 * RSASSA-PSS if it is such a type, else by PKCS#1 v1.5; the key may be another
 * one. LWCMP_ERR_ALGORITHM: not built in, or too weak. LWCMP_ERR_CMS: it is no
 * such key.
 */
int lwcmp_crypto_key_import(lwcmp_key key, enum lwcmp_key_type type,
                            struct lwcmp_bytes alg, struct lwcmp_bytes octets);
#endif

#if LWCMP_WITH_ARCHIVE
/* A key for a content, and how it comes to its recipient. */
struct lwcmp_sealed {
    bool ec;                   /* by ECDH; else by RSAES-OAEP */
    struct lwcmp_bytes key;    /* of the content, encrypted */
    struct lwcmp_bytes sender; /* of ECDH: SubjectPublicKeyInfo, DER */
    uint8_t iv[16];            /* for AES-CBC */
    lwcmp_key content_key;     /* the caller destroys it */
    uint8_t room[512];         /* for the slices; of ECDH `sender` is first */
};

/*
 * The other way round of lwcmp_crypto_unseal(): makes an AES key and encrypts
 * it for the holder of `spki`. AES has 256 bits, RSAES-OAEP, its MGF1 and the
 * KDF of ECDH, where `info` is the SharedInfo, have SHA-256.
 * LWCMP_ERR_ALGORITHM: that is another kind of key, or it is too weak or, for
 * RSA, too long. LWCMP_ERR_CERT_SYNTAX: it is none.
 */
int lwcmp_crypto_seal(struct lwcmp_bytes spki, struct lwcmp_bytes info,
                      struct lwcmp_sealed *sealed);

/*
 * Writes the private key `key` and whose it is, `name`, a DER Name, as an
 * EncKeyWithID (RFC 4211 4.2.1) that is encrypted by AES-CBC, with a padding.
 * LWCMP_ERR_KEY: it may not leave its store. In the clear it is nowhere but in
 * out[0 .. cap - 1], and not any more when this returns, error or not.
 */
int lwcmp_crypto_seal_key(lwcmp_key key, struct lwcmp_bytes name,
                          const struct lwcmp_sealed *sealed, uint8_t *out,
                          size_t cap, size_t *n);
#endif

/* What the device knows of the time of day. */
enum lwcmp_clock {
    LWCMP_TIME_UNKNOWN,  /* nothing: validity periods are not judged */
    LWCMP_TIME_AT_LEAST, /* not earlier than this: finds what has expired */
    LWCMP_TIME_EXACT     /* a clock that is set, within LWCMP_CLOCK_SKEW */
};

struct lwcmp_time {
    enum lwcmp_clock clock;
    uint64_t seconds; /* since 1970-01-01 00:00:00 UTC */
};

/*
 * Validates one certification path (RFC 5280 section 6): path[0] is the end
 * entity, each next one issued the one before, path[count - 1] is the trust
 * anchor (trusted by being named here; its own signature is not judged).
 * count 1: the end entity is itself an anchor. Returns 0, or
 * LWCMP_ERR_UNTRUSTED, LWCMP_ERR_EXPIRED, LWCMP_ERR_NOT_YET_VALID, or
 * LWCMP_ERR_ALGORITHM where a hash or key is weak or not built in.
 */
int lwcmp_crypto_path(const struct lwcmp_bytes *path, size_t count,
                      const struct lwcmp_time *time);

#endif
