/* SPDX-License-Identifier: Apache-2.0 */
#include "body_pair.h"

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
int lwcmp_body_pair_read(const struct lwcmp_bytes *der,
                         struct lwcmp_response *answer)
{
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_ANY, 0, LWCMP_DER_WHOLE,
         offsetof(struct lwcmp_response, certificate)},
        {LWCMP_DER_CTX(0), 0, LWCMP_DER_OPTIONAL,
         offsetof(struct lwcmp_response, private_key)},
        {LWCMP_DER_CTX(1), 0, LWCMP_DER_OPTIONAL | LWCMP_DER_LAST,
         LWCMP_DER_IGNORED},
    };
    struct lwcmp_bytes *cert = &answer->certificate;
    struct lwcmp_bytes first;
    int err = lwcmp_der_read(der, fields, answer);

    if (err) {
        return err;
    }
    first = *cert;
    if (lwcmp_der_take_only(&first, LWCMP_DER_CTX(0), cert) == 0) {
        return lwcmp_der_take_only(cert, LWCMP_DER_SEQUENCE, &first);
    }
    return lwcmp_der_take_only(&first, LWCMP_DER_CTX(1),
                               &answer->encrypted_cert);
}
#endif
