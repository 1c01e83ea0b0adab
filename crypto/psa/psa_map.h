/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Between the terms of lwcmp/crypto.h and those of PSA Crypto. Shared by the
 * files of this provider only.
 */
#ifndef LWCMP_PSA_MAP_H
#define LWCMP_PSA_MAP_H

#include <psa/crypto.h>

#include "lwcmp/crypto.h"

/* Keys made by lwcmp_crypto_key_generate(): where they live. */
#ifndef LWCMP_PSA_KEY_LIFETIME
#define LWCMP_PSA_KEY_LIFETIME PSA_KEY_LIFETIME_PERSISTENT
#endif

/* The longest shared secret in bytes; a longer one is LWCMP_ERR_KEY. */
#ifndef LWCMP_PSA_SECRET_MAX
#define LWCMP_PSA_SECRET_MAX 128
#endif

int lwcmp_psa_error(psa_status_t status);

/* PSA_ALG_NONE when there is no such hash. */
psa_algorithm_t lwcmp_psa_hash_alg(enum lwcmp_hash hash);

/* With its hash; PSA_ALG_NONE when there is no such signature. */
psa_algorithm_t lwcmp_psa_sig_alg(enum lwcmp_sig sig);

/* What the RSA key of a peer is for: signatures of each kind, by any hash. */
void lwcmp_psa_peer_rsa(psa_key_attributes_t *key);

/* What a type of a key may have besides, where that is built in. */
#define LWCMP_PSA_KEY_OPEN ((unsigned)(LWCMP_WITH_ARCHIVE ? LWCMP_KEY_OPEN : 0))

/* Type, size and algorithm of a key to be made: 0 or LWCMP_ERR_ALGORITHM. */
int lwcmp_psa_key_type(psa_key_attributes_t *key, enum lwcmp_key_type type);

/*
 * The signature algorithm that fits a key by type and strength, and by that
 * the rule which keys are strong enough: LWCMP_SIG_NONE for RSA below 2048
 * bits and for curves other than P-256, P-384 and P-521.
 */
enum lwcmp_sig lwcmp_psa_sig_of(const psa_key_attributes_t *key);

/* What a key is for that makes and checks HMACs. */
void lwcmp_psa_mac_key(psa_key_attributes_t *key, enum lwcmp_hash hmac);

/* The key of PBMAC1, in one piece. */
int lwcmp_psa_pbkdf2(const struct lwcmp_pbm *pbm, lwcmp_key secret,
                     lwcmp_key *key);

/* Likewise for a key of another kind, whose size is pbm->key_length. */
int lwcmp_psa_pbkdf2_as(const struct lwcmp_pbm *pbm, psa_key_attributes_t *as,
                        lwcmp_key secret, lwcmp_key *key);

#if LWCMP_WITH_CMS
/* The AES key that wraps, by ECDH with seal->point and the KDF of X9.63. */
int lwcmp_psa_agree(lwcmp_key key, const struct lwcmp_seal *seal,
                    lwcmp_key *wraps);
#endif

/* What a key pair of the device may do, and where it lives. */
void lwcmp_psa_own_key(psa_key_attributes_t *key, lwcmp_key name);

/* Hashes the parts as one piece. */
int lwcmp_psa_digest(psa_algorithm_t alg, const struct lwcmp_bytes *parts,
                     size_t count, uint8_t *out, size_t cap, size_t *n);

#endif
