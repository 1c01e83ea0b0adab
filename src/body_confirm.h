/* SPDX-License-Identifier: Apache-2.0 */
/* certConf and pkiConf (RFC 9810 5.3.18, 5.3.17; RFC 9483 4.1.1). */
#ifndef LWCMP_BODY_CONFIRM_H
#define LWCMP_BODY_CONFIRM_H

#include "pki_status.h"

/*
 * Writes CertConfirmContent for request number 0. Without a cert_hash it is
 * a rejection.
 */
void lwcmp_body_confirm_put(struct lwcmp_der_out *o,
                            struct lwcmp_bytes cert_hash, bool accepted);

#if LWCMP_WITH_P10CR
/* The same for another request: `id` is the octet of certReqId. */
void lwcmp_body_confirm_put_of(struct lwcmp_der_out *o,
                               struct lwcmp_bytes cert_hash, bool accepted,
                               uint8_t id);
#endif

/* PKIConfirmContent ::= NULL */
int lwcmp_body_pkiconf_read(const struct lwcmp_bytes *content);

#endif
