/* SPDX-License-Identifier: Apache-2.0 */
/* ip, cp and kup: the answer to a certificate request (RFC 9810 5.3.4). */
#ifndef LWCMP_BODY_CERT_H
#define LWCMP_BODY_CERT_H

#include "pki_message.h"
#include "pki_status.h"

/*
 * Reads CertRepMessage with one response to request number 0: errors are
 * LWCMP_ERR_SYNTAX, LWCMP_ERR_CERT_REQ_ID, and LWCMP_ERR_STATUS where status
 * and content contradict each other (RFC 9483 4.1.1).
 */
#if LWCMP_WITH_P10CR
/* The same for another request: `id` is the octet of certReqId. */
int lwcmp_body_cert_read_of(const struct lwcmp_bytes *content,
                            struct lwcmp_response *answer, uint8_t id);

static inline int lwcmp_body_cert_read(const struct lwcmp_bytes *content,
                                       struct lwcmp_response *answer)
{
    return lwcmp_body_cert_read_of(content, answer, 0);
}
#else
int lwcmp_body_cert_read(const struct lwcmp_bytes *content,
                         struct lwcmp_response *answer);
#endif

/* Whether there is a certificate in it, if need be an encrypted one. */
static inline bool lwcmp_body_has_cert(const struct lwcmp_response *answer)
{
#if LWCMP_WITH_CMS
    if (answer->encrypted_cert.n > 0) {
        return true;
    }
#endif
    return answer->certificate.n > 0;
}

#if LWCMP_WITH_RECOVERY
/* A CertifiedKeyPair, or none, and whether it goes with the status. */
int lwcmp_body_cert_read_pair(const struct lwcmp_bytes *der,
                              struct lwcmp_response *answer);
#endif

#endif
