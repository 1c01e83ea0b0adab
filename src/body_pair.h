/* SPDX-License-Identifier: Apache-2.0 */
/* CertifiedKeyPair: a certificate, and what comes encrypted with it. */
#ifndef LWCMP_BODY_PAIR_H
#define LWCMP_BODY_PAIR_H

#include "lwcmp/types.h"

#if LWCMP_WITH_CMS
struct lwcmp_pair {
    struct lwcmp_bytes certificate;    /* DER, or instead of it */
    struct lwcmp_bytes encrypted_cert; /* EncryptedKey, with its tag */
    struct lwcmp_bytes private_key;    /* EncryptedKey, or absent */
};

/*
 * 0, or LWCMP_ERR_SYNTAX. EncryptedKey is not looked into: lwcmp_cms_open()
 * does that, and takes BER.
 */
int lwcmp_body_pair_read(const struct lwcmp_bytes *der,
                         struct lwcmp_pair *pair);
#endif

#endif
