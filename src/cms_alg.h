/* SPDX-License-Identifier: Apache-2.0 */
/* The algorithms of CMS that have no other use (RFC 9481 4, 5). */
#ifndef LWCMP_CMS_ALG_H
#define LWCMP_CMS_ALG_H

#include "alg.h"

#if LWCMP_WITH_CMS
/* What an RSA key is used for: the last octet of the OID. */
enum lwcmp_cms_rsa {
    LWCMP_CMS_RSA_NONE,
    LWCMP_CMS_RSA = 1,      /* rsaEncryption */
    LWCMP_CMS_RSA_OAEP = 7, /* id-RSAES-OAEP */
    LWCMP_CMS_MGF1 = 8      /* id-mgf1 */
};

enum lwcmp_cms_rsa lwcmp_cms_alg_rsa(const struct lwcmp_bytes *oid);

/* AES in which way: the last octet of its OID with 128 bits. */
enum lwcmp_cms_aes {
    LWCMP_CMS_AES_CBC = 2,
    LWCMP_CMS_AES_WRAP = 5
};

/* Bytes of the key, or 0 if it is another algorithm. */
uint8_t lwcmp_cms_alg_aes(const struct lwcmp_bytes *oid,
                          enum lwcmp_cms_aes way);

/* The hash of the KDF of ECDH, or LWCMP_HASH_NONE. */
enum lwcmp_hash lwcmp_cms_alg_ecdh(const struct lwcmp_bytes *oid);

/*
 * The hash in the parameters of RSAES-OAEP, which has to be that of its mask,
 * too: LWCMP_ERR_SYNTAX or LWCMP_ERR_ALGORITHM.
 */
int lwcmp_cms_alg_oaep(const struct lwcmp_bytes *parameters, uint8_t *hash);
#endif

#endif
