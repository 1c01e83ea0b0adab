/* SPDX-License-Identifier: Apache-2.0 */
/* What we send encrypted for the holder of a certificate (RFC 5652). */
#ifndef LWCMP_CMS_PUT_H
#define LWCMP_CMS_PUT_H

#include "cert.h"

#if LWCMP_WITH_ARCHIVE
/*
 * Writes an EncryptedKey (RFC 9810 5.2.2) with a private key of ours, and with
 * `name` (Name) whose it is. By AES-256 all through; for RSA by OAEP and for EC
 * by ECDH, both with SHA-256. The writer's error is that of
 * lwcmp_crypto_seal() or lwcmp_crypto_seal_key().
 */
void lwcmp_cms_put_key(struct lwcmp_der_out *o, lwcmp_key key,
                       const struct lwcmp_bytes *name,
                       const struct lwcmp_cert *recipient);
#endif

#endif
