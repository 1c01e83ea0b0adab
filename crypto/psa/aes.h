/* SPDX-License-Identifier: Apache-2.0 */
/*
 * AES for what comes encrypted: key wrap and CBC, both on nothing but the
 * block cipher of PSA, in the versions 3.6 and 4 of Mbed TLS alike.
 */
#ifndef LWCMP_PSA_AES_H
#define LWCMP_PSA_AES_H

#include <psa/crypto.h>

#include "lwcmp/crypto.h"

#define LWCMP_AES_BLOCK 16
#define LWCMP_AES_KEY_MAX 32

/* What a key is for that is used here. */
void lwcmp_psa_aes_key(psa_key_attributes_t *key);

/* A volatile one, which the caller destroys. */
int lwcmp_psa_aes_import(const uint8_t *p, size_t n, lwcmp_key *key);

/* RFC 3394 2.2.2: out[0 .. n - 1], or LWCMP_ERR_DECRYPT. */
int lwcmp_psa_aes_unwrap(lwcmp_key key, struct lwcmp_bytes wrapped,
                         uint8_t *out, size_t n);

/*
 * Decrypts in place and takes off the padding (RFC 5652 6.3), looking at all
 * of it whatever it is; or LWCMP_ERR_DECRYPT.
 */
int lwcmp_psa_aes_cbc(lwcmp_key key, struct lwcmp_bytes iv, uint8_t *p,
                      size_t *n);

#if LWCMP_WITH_ARCHIVE
/* RFC 3394 2.2.1: n bytes, a multiple of 8, become n + 8. */
int lwcmp_psa_aes_wrap(lwcmp_key key, const uint8_t *p, size_t n, uint8_t *out);

/* Puts the padding on and encrypts in place; LWCMP_ERR_BUFFER. */
int lwcmp_psa_aes_cbc_encrypt(lwcmp_key key, const uint8_t iv[LWCMP_AES_BLOCK],
                              uint8_t *p, size_t cap, size_t *n);
#endif

#endif
