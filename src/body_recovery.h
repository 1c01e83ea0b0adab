/* SPDX-License-Identifier: Apache-2.0 */
/* krp: the answer to a key recovery request (RFC 9810 5.3.8). */
#ifndef LWCMP_BODY_RECOVERY_H
#define LWCMP_BODY_RECOVERY_H

#include "pki_message.h"
#include "pki_status.h"

#if LWCMP_WITH_RECOVERY
/*
 * Reads KeyRecRepContent with at most one pair of certificate and key; the
 * caCerts are nothing but certificates, DER in a row. LWCMP_ERR_SYNTAX, and
 * LWCMP_ERR_STATUS where status and content contradict each other, or there is
 * more than one pair.
 */
int lwcmp_body_recovery_read(const struct lwcmp_bytes *content,
                             struct lwcmp_response *answer,
                             struct lwcmp_bytes *ca_certs);
#endif

#endif
