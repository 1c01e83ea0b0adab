/* SPDX-License-Identifier: Apache-2.0 */
/* CertifiedKeyPair: a certificate, and what comes encrypted with it. */
#ifndef LWCMP_BODY_PAIR_H
#define LWCMP_BODY_PAIR_H

#include "lwcmp/lwcmp.h"

#if LWCMP_WITH_CMS
/*
 * Sets certificate, encrypted_cert and private_key of an answer that was all
 * zeros: 0, or LWCMP_ERR_SYNTAX. EncryptedKey is not looked into:
 * lwcmp_cms_open() does that, and takes BER.
 */
int lwcmp_body_pair_read(const struct lwcmp_bytes *der,
                         struct lwcmp_response *answer);
#endif

#endif
