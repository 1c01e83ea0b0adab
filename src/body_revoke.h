/* SPDX-License-Identifier: Apache-2.0 */
/* rr and rp: the revocation of one certificate (RFC 9810 5.3.9, 5.3.10). */
#ifndef LWCMP_BODY_REVOKE_H
#define LWCMP_BODY_REVOKE_H

#include "cert.h"
#include "pki_status.h"

/* Writes RevReqContent; issuer and serial of the certificate name it. */
void lwcmp_body_revoke_put(struct lwcmp_der_out *o,
                           const struct lwcmp_cert *cert,
                           enum lwcmp_reason reason);

/*
 * Reads RevRepContent with one status, which is accepted, revocationWarning or
 * rejection. LWCMP_ERR_SYNTAX; LWCMP_ERR_STATUS for another status, for a
 * failInfo without rejection, or where it is about another certificate.
 */
int lwcmp_body_revoke_read(const struct lwcmp_bytes *content,
                           const struct lwcmp_cert *cert,
                           struct lwcmp_status *status);

#endif
