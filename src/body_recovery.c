/* SPDX-License-Identifier: Apache-2.0 */
#include "body_recovery.h"

#include <string.h>

#include "body_cert.h"

#if LWCMP_WITH_RECOVERY
/*
 * KeyRecRepContent ::= SEQUENCE {                  -- RFC 9810 5.3.8
 *     status       PKIStatusInfo,
 *     newSigCert   [0] CMPCertificate              OPTIONAL,
 *     caCerts      [1] SEQUENCE SIZE (1..MAX) OF
 *                                 CMPCertificate   OPTIONAL,
 *     keyPairHist  [2] SEQUENCE SIZE (1..MAX) OF
 *                                 CertifiedKeyPair OPTIONAL }
 *
 * newSigCert is for a key that we have not sent. Which of several pairs is the
 * right one nobody here could tell.
 */
int lwcmp_body_recovery_read(const struct lwcmp_bytes *content,
                             struct lwcmp_response *answer,
                             struct lwcmp_bytes *ca_certs)
{
    struct recovery {
        struct lwcmp_bytes status, ca_certs, pairs;
    } recovery;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE,
         offsetof(struct recovery, status)},
        {LWCMP_DER_CTX(0), LWCMP_DER_SEQUENCE, LWCMP_DER_OPTIONAL,
         LWCMP_DER_IGNORED},
        {LWCMP_DER_CTX(1), LWCMP_DER_SEQUENCE, LWCMP_DER_OPTIONAL,
         offsetof(struct recovery, ca_certs)},
        {LWCMP_DER_CTX(2), LWCMP_DER_SEQUENCE,
         LWCMP_DER_OPTIONAL | LWCMP_DER_LAST, offsetof(struct recovery, pairs)},
    };
    struct lwcmp_bytes rest;
    int err = lwcmp_der_read(content, fields, &recovery);

    memset(answer, 0, sizeof *answer);
    if (err == 0) {
        *ca_certs = recovery.ca_certs;
        err = lwcmp_pki_check_row(recovery.ca_certs);
    }
    if (err == 0) {
        err = lwcmp_pki_status_read(&recovery.status, &answer->status);
    }
    if (err == 0 && recovery.pairs.p != NULL) {
        rest = recovery.pairs;
        err = lwcmp_der_take_whole(&rest, LWCMP_DER_SEQUENCE, &recovery.pairs);
        err = err == 0 && rest.n > 0 ? LWCMP_ERR_STATUS : err;
    }
    return err ? err : lwcmp_body_cert_read_pair(&recovery.pairs, answer);
}
#endif
