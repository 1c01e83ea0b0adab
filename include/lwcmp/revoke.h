/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Revocation, LWCMP_RR (RFC 9483 4.2, LWCMP_WITH_RR). With the result 0
 * lwcmp_server_status() has the status accepted (0), or revocationWarning (4):
 * the CA has taken the request, and the certificate is going to be revoked.
 *
 * The identity in the store is left as it is, even if that is what was revoked.
 * It is worth nothing then: a CA answers the next request that it signs by
 * certRevoked, and so a second LWCMP_RR, where the answer to the first was
 * lost. It is for the application to take the device out of service, or to
 * enrol anew, by LWCMP_IR with a secret or the maker's certificate.
 */
#ifndef LWCMP_REVOKE_H
#define LWCMP_REVOKE_H

#include "lwcmp/types.h"

/* Why: CRLReason (RFC 5280 5.3.1). There is no 7. */
enum lwcmp_reason {
    LWCMP_REASON_UNSPECIFIED = 0, /* or not to be told */
    LWCMP_REASON_KEY_COMPROMISE = 1,
    LWCMP_REASON_CA_COMPROMISE = 2,
    LWCMP_REASON_AFFILIATION_CHANGED = 3,
    LWCMP_REASON_SUPERSEDED = 4,
    LWCMP_REASON_CESSATION_OF_OPERATION = 5,
    LWCMP_REASON_CERTIFICATE_HOLD = 6,
    LWCMP_REASON_REMOVE_FROM_CRL = 8, /* ends the hold */
    LWCMP_REASON_PRIVILEGE_WITHDRAWN = 9,
    LWCMP_REASON_AA_COMPROMISE = 10
};

/*
 * What is revoked: a certificate, DER; or that of an issuer, DER Name, with a
 * serial number, content octets of the INTEGER; or, if nothing of it is there,
 * the one that signs. By secret it has to be named.
 */
struct lwcmp_revocation {
    struct lwcmp_bytes certificate;
    struct lwcmp_bytes issuer, serial;
    enum lwcmp_reason reason;
};

#endif
