/* SPDX-License-Identifier: Apache-2.0 */
/* PKIMessage and PKIBody (RFC 9810 5.1). */
#ifndef LWCMP_PKI_MESSAGE_H
#define LWCMP_PKI_MESSAGE_H

#include "pki_header.h"

/* Numbers of the PKIBody choices (RFC 9810 5.1.2). */
enum lwcmp_body {
    LWCMP_BODY_IR = 0,
    LWCMP_BODY_IP = 1,
    LWCMP_BODY_CR = 2,
    LWCMP_BODY_CP = 3,
    LWCMP_BODY_P10CR = 4,
    LWCMP_BODY_KUR = 7,
    LWCMP_BODY_KUP = 8,
    LWCMP_BODY_KRR = 9,
    LWCMP_BODY_KRP = 10,
    LWCMP_BODY_RR = 11,
    LWCMP_BODY_RP = 12,
    LWCMP_BODY_PKICONF = 19,
    LWCMP_BODY_GENM = 21,
    LWCMP_BODY_GENP = 22,
    LWCMP_BODY_ERROR = 23,
    LWCMP_BODY_CERTCONF = 24,
    LWCMP_BODY_POLLREQ = 25,
    LWCMP_BODY_POLLREP = 26,
    LWCMP_BODY_LAST = 26
};

/* Takes a whole message apart: LWCMP_ERR_SYNTAX unless its frame and header
 * are DER and nothing is left over. */
int lwcmp_pki_message_read(const struct lwcmp_bytes *der,
                           struct lwcmp_message *m);

/*
 * Certificates or Extension values in a row, if present: LWCMP_ERR_SYNTAX
 * unless there is one and all are SEQUENCEs.
 */
int lwcmp_pki_check_row(struct lwcmp_bytes row);

#endif
