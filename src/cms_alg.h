/* SPDX-License-Identifier: Apache-2.0 */
/* What CMS names by OIDs, and nothing else does (RFC 9481 4, 5). */
#ifndef LWCMP_CMS_ALG_H
#define LWCMP_CMS_ALG_H

#include "alg.h"

#if LWCMP_WITH_CMS
/* The arc that an OID is in, and its last octet. */
enum lwcmp_cms_oid {
    LWCMP_CMS_PKCS1 = 0x100,
    LWCMP_CMS_RSA = 0x101,  /* rsaEncryption */
    LWCMP_CMS_OAEP = 0x107, /* id-RSAES-OAEP */
    LWCMP_CMS_MGF1 = 0x108, /* id-mgf1 */
    LWCMP_CMS_DATA = 0x201, /* id-data */
    LWCMP_CMS_SIGNED_DATA = 0x202,
    LWCMP_CMS_CONTENT_TYPE = 0x303,
    LWCMP_CMS_MESSAGE_DIGEST = 0x304,
    LWCMP_CMS_AES_CBC = 0x402,     /* id-aes128-CBC */
    LWCMP_CMS_AES_WRAP = 0x405,    /* id-aes128-wrap */
    LWCMP_CMS_ECDH_SHA256 = 0x501, /* dhSinglePass-stdDH-sha256kdf-scheme */
    LWCMP_CMS_ECDH_SHA512 = 0x503,
    LWCMP_CMS_EC = 0x601,         /* id-ecPublicKey */
    LWCMP_CMS_KEY_PACKAGE = 0x705 /* id-ct-KP-aKeyPackage */
};

/* One of them, or any other number. */
unsigned lwcmp_cms_oid(const struct lwcmp_bytes *oid);

/*
 * Bytes of the key, if it is this one or the same with a longer key; 0 if it is
 * another algorithm.
 */
uint8_t lwcmp_cms_aes(const struct lwcmp_bytes *oid,
                      enum lwcmp_cms_oid with_128);

/*
 * The hash in the parameters of RSAES-OAEP, which has to be that of its mask,
 * too; or 0.
 */
uint8_t lwcmp_cms_oaep(const struct lwcmp_bytes *parameters);
#endif

#endif
