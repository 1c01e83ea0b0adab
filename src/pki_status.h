/* SPDX-License-Identifier: Apache-2.0 */
/* PKIStatusInfo (RFC 9810 5.2.3) and the error message that carries one. */
#ifndef LWCMP_PKI_STATUS_H
#define LWCMP_PKI_STATUS_H

#include "lwcmp/lwcmp.h"
#include "der_out.h"

enum lwcmp_pki_status {
    LWCMP_PKI_ACCEPTED = 0,
    LWCMP_PKI_GRANTED_WITH_MODS = 1,
    LWCMP_PKI_REJECTION = 2,
    LWCMP_PKI_WAITING = 3,
    LWCMP_PKI_REVOCATION_WARNING = 4,
    LWCMP_PKI_LAST = 6
};

/* All three: 0 or LWCMP_ERR_SYNTAX. */

/* PKIFreeText, if present; its first text counts unless there is one. */
int lwcmp_pki_text_read(const struct lwcmp_bytes *der,
                        struct lwcmp_bytes *first);

/* PKIStatusInfo. */
int lwcmp_pki_status_read(const struct lwcmp_bytes *der,
                          struct lwcmp_status *s);

/* ErrorMsgContent: the content of an error body. */
int lwcmp_pki_error_read(const struct lwcmp_bytes *content,
                         struct lwcmp_status *s);

/* Accepted, or rejection because of incorrectData. */
void lwcmp_pki_status_put(struct lwcmp_der_out *o, bool accepted);

#endif
