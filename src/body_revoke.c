/* SPDX-License-Identifier: Apache-2.0 */
#include "body_revoke.h"

#if LWCMP_WITH_RR

#include "bytes.h"

/*
 * crlEntryDetails: id-ce-reasonCode, 2.5.29.21, with the number at the end
 * (RFC 5280 5.3.1). RFC 9483 4.2 wants to see it, also where it says nothing.
 */
static const uint8_t reason_code[] = {0x30, 0x0c, 0x30, 0x0a, 0x06, 0x03, 0x55,
                                      0x1d, 0x15, 0x04, 0x03, 0x0a, 0x01};

/*
 * RevReqContent ::= SEQUENCE OF RevDetails         -- RFC 9483 4.2: one
 * RevDetails ::= SEQUENCE {                        -- RFC 9810 5.3.9
 *     certDetails      CertTemplate,
 *     crlEntryDetails  Extensions  OPTIONAL }
 * CertTemplate ::= SEQUENCE {                      -- RFC 4211 5
 *     ...
 *     serialNumber  [1] IMPLICIT INTEGER   OPTIONAL,
 *     ...
 *     issuer        [3] EXPLICIT Name      OPTIONAL,   -- Name is a CHOICE
 *     ... }
 */
void lwcmp_body_revoke_put(struct lwcmp_der_out *o,
                           const struct lwcmp_cert *cert,
                           enum lwcmp_reason reason)
{
    const uint8_t number = (uint8_t)reason;

    lwcmp_der_open_sequence(o);
    lwcmp_der_open_sequence(o);
    lwcmp_der_open_sequence(o);
    lwcmp_der_put(o, LWCMP_DER_CTX_PRIM(1), cert->serial.p, cert->serial.n);
    lwcmp_der_put(o, LWCMP_DER_CTX(3), cert->issuer.p, cert->issuer.n);
    lwcmp_der_close(o);
    lwcmp_der_put_raw(o, reason_code, sizeof reason_code);
    lwcmp_der_put_raw(o, &number, 1);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
}

/*
 * revCerts [0] SEQUENCE SIZE (1..MAX) OF CertId
 * CertId ::= SEQUENCE {                            -- RFC 4211 6.5
 *     issuer        GeneralName,                   -- directoryName [4]
 *     serialNumber  INTEGER }
 * One, as there is one status.
 */
static int check_cert_id(const struct lwcmp_bytes *row,
                         const struct lwcmp_cert *cert)
{
    struct cert_id {
        struct lwcmp_bytes issuer, serial;
    } id;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_ANY, 0, LWCMP_DER_WHOLE, offsetof(struct cert_id, issuer)},
        {LWCMP_DER_INTEGER, 0, LWCMP_DER_LAST,
         offsetof(struct cert_id, serial)},
    };
    int err = lwcmp_der_read(row, fields, &id);

    if (err) {
        return err;
    }
    return lwcmp_der_take(&id.issuer, LWCMP_DER_CTX(4), &id.issuer) == 0 &&
                   lwcmp_bytes_equal(&id.issuer, &cert->issuer) &&
                   lwcmp_bytes_equal(&id.serial, &cert->serial)
               ? 0
               : LWCMP_ERR_STATUS;
}

/* grantedWithMods, waiting and the like mean nothing here. */
static int check_status(const struct lwcmp_status *status)
{
    if (status->status == LWCMP_PKI_REJECTION) {
        return 0;
    }
    return (status->status == LWCMP_PKI_ACCEPTED ||
            status->status == LWCMP_PKI_REVOCATION_WARNING) &&
                   status->fail_info == 0
               ? 0
               : LWCMP_ERR_STATUS;
}

/*
 * RevRepContent ::= SEQUENCE {                     -- RFC 9810 5.3.10
 *     status    SEQUENCE SIZE (1..MAX) OF PKIStatusInfo,
 *     revCerts  [0] SEQUENCE SIZE (1..MAX) OF CertId           OPTIONAL,
 *     crls      [1] SEQUENCE SIZE (1..MAX) OF CertificateList  OPTIONAL }
 */
int lwcmp_body_revoke_read(const struct lwcmp_bytes *content,
                           const struct lwcmp_cert *cert,
                           struct lwcmp_status *status)
{
    struct reply {
        struct lwcmp_bytes status, rev_certs;
    } reply;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_SEQUENCE, 0, 0, offsetof(struct reply, status)},
        {LWCMP_DER_CTX(0), LWCMP_DER_SEQUENCE, LWCMP_DER_OPTIONAL,
         offsetof(struct reply, rev_certs)},
        {LWCMP_DER_CTX(1), LWCMP_DER_SEQUENCE,
         LWCMP_DER_OPTIONAL | LWCMP_DER_LAST, LWCMP_DER_IGNORED},
    };
    int err = lwcmp_der_read(content, fields, &reply);

    err |= lwcmp_pki_status_read(&reply.status, status);
    if (err == 0 && reply.rev_certs.p != NULL) {
        err = check_cert_id(&reply.rev_certs, cert);
    }
    return err ? err : check_status(status);
}

#endif
