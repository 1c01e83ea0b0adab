/* SPDX-License-Identifier: Apache-2.0 */
#include "body_pair.h"

#include <string.h>

#include "der_in.h"

#if LWCMP_WITH_CMS
/*
 * CertifiedKeyPair ::= SEQUENCE {                  -- RFC 9810 5.3.4
 *     certOrEncCert    CHOICE {
 *         certificate    [0] CMPCertificate,
 *         encryptedCert  [1] EncryptedKey },
 *     privateKey       [0] EncryptedKey        OPTIONAL,
 *     publicationInfo  [1] PKIPublicationInfo  OPTIONAL }
 * All tags are explicit.
 */
int lwcmp_body_pair_read(const struct lwcmp_bytes *der, struct lwcmp_pair *pair)
{
    struct raw {
        struct lwcmp_bytes first, private_key;
    } raw;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_ANY, 0, LWCMP_DER_WHOLE, offsetof(struct raw, first)},
        {LWCMP_DER_CTX(0), 0, LWCMP_DER_OPTIONAL,
         offsetof(struct raw, private_key)},
        {LWCMP_DER_CTX(1), 0, LWCMP_DER_OPTIONAL | LWCMP_DER_LAST,
         LWCMP_DER_IGNORED},
    };
    struct lwcmp_bytes content;
    int err = lwcmp_der_read(der, fields, &raw);

    memset(pair, 0, sizeof *pair);
    if (err) {
        return err;
    }
    pair->private_key = raw.private_key;
    if (raw.first.p[0] == LWCMP_DER_CTX(1)) {
        return lwcmp_der_take_only(&raw.first, LWCMP_DER_CTX(1),
                                   &pair->encrypted_cert);
    }
    err = lwcmp_der_take_only(&raw.first, LWCMP_DER_CTX(0), &content);
    pair->certificate = content;
    return err ? err
               : lwcmp_der_take_only(&pair->certificate, LWCMP_DER_SEQUENCE,
                                     &content);
}
#endif
