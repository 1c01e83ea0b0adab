/* SPDX-License-Identifier: Apache-2.0 */
/* certConf and pkiConf (RFC 9810 5.3.18, 5.3.17; RFC 9483 4.1.1). */
#ifndef LWCMP_BODY_CONFIRM_H
#define LWCMP_BODY_CONFIRM_H

#include "alg.h"
#include "pki_status.h"

/* What certConf says of a certificate, as statusInfo: or nothing. */
enum lwcmp_verdict {
    LWCMP_VERDICT_REJECTED,
    LWCMP_VERDICT_ACCEPTED,
    LWCMP_VERDICT_UNSAID
};

/* Options that have a say in certConf. */
#define LWCMP_WITH_CONFIRM_OF \
    (LWCMP_WITH_P10CR || LWCMP_WITH_CUSTOM_SIG || LWCMP_WITH_QUIRKS)

/*
 * lwcmp_body_confirm_put() writes CertConfirmContent for request number 0.
 * Without a cert_hash it is a rejection.
 *
 * lwcmp_body_confirm_put_of() does for another request, `id` is the octet of
 * certReqId; and with the algorithm of cert_hash in hashAlg, if it is not 0,
 * for a certificate whose signature does not say which. That wants a message
 * of pvno 3.
 */
#if LWCMP_WITH_CONFIRM_OF
void lwcmp_body_confirm_put_of(struct lwcmp_der_out *o,
                               const struct lwcmp_bytes *cert_hash,
                               enum lwcmp_verdict verdict, uint8_t id,
                               enum lwcmp_hash hash_alg);

static inline void lwcmp_body_confirm_put(struct lwcmp_der_out *o,
                                          struct lwcmp_bytes cert_hash,
                                          bool accepted)
{
    lwcmp_body_confirm_put_of(o, &cert_hash,
                              accepted ? LWCMP_VERDICT_ACCEPTED
                                       : LWCMP_VERDICT_REJECTED,
                              0, LWCMP_HASH_NONE);
}
#else
void lwcmp_body_confirm_put(struct lwcmp_der_out *o,
                            struct lwcmp_bytes cert_hash, bool accepted);
#endif

/* The last field of CertStatus, hashAlg, unless it is 0. */
static inline void lwcmp_body_hash_alg_put(struct lwcmp_der_out *o,
                                           enum lwcmp_hash hash_alg)
{
    if (hash_alg != LWCMP_HASH_NONE) {
        lwcmp_der_open(o, LWCMP_DER_CTX(0));
        lwcmp_alg_put(o, LWCMP_ALG_HASH, (uint8_t)hash_alg);
        lwcmp_der_close(o);
    }
}

/* PKIConfirmContent ::= NULL */
int lwcmp_body_pkiconf_read(const struct lwcmp_bytes *content);

#endif
