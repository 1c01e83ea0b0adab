/* SPDX-License-Identifier: Apache-2.0 */
/* What CMS names by OIDs, and nothing else does (RFC 9481 4, 5). */
#ifndef LWCMP_CMS_ALG_H
#define LWCMP_CMS_ALG_H

#include "alg.h"

#if LWCMP_WITH_CMS
/* The last octet of an OID, times 16, and the arc that it is in. */
enum lwcmp_cms_oid {
    LWCMP_CMS_RSA = 0x11,  /* rsaEncryption */
    LWCMP_CMS_OAEP = 0x71, /* id-RSAES-OAEP */
    LWCMP_CMS_MGF1 = 0x81, /* id-mgf1 */
    LWCMP_CMS_DATA = 0x12, /* id-data */
    LWCMP_CMS_SIGNED_DATA = 0x22,
    LWCMP_CMS_CONTENT_TYPE = 0x33,
    LWCMP_CMS_MESSAGE_DIGEST = 0x43,
    LWCMP_CMS_AES_CBC = 0x24,     /* id-aes128-CBC */
    LWCMP_CMS_AES_WRAP = 0x54,    /* id-aes128-wrap */
    LWCMP_CMS_ECDH_SHA256 = 0x15, /* dhSinglePass-stdDH-sha256kdf-scheme */
    LWCMP_CMS_EC = 0x16,          /* id-ecPublicKey */
    LWCMP_CMS_KEY_PACKAGE = 0x57  /* id-ct-KP-aKeyPackage */
};

/* From one OID to the next one in its arc. */
#define LWCMP_CMS_NEXT 16

/* One of them, or any other number. */
unsigned lwcmp_cms_oid(const struct lwcmp_bytes *oid);

/*
 * 1 for this one, 2 and 3 for those that are so much further; 0: none of the
 * three.
 */
unsigned lwcmp_cms_which(const struct lwcmp_bytes *oid,
                         enum lwcmp_cms_oid first, unsigned apart);

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
