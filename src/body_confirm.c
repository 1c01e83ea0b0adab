/* SPDX-License-Identifier: Apache-2.0 */
#include "body_confirm.h"

/* certReqId, by its octet. */
static inline void put_id(struct lwcmp_der_out *o, uint8_t id)
{
    if (LWCMP_WITH_P10CR) {
        lwcmp_der_put(o, LWCMP_DER_INTEGER, &id, 1);
    } else {
        lwcmp_der_put_int(o, 0);
    }
}

/*
 * CertConfirmContent ::= SEQUENCE OF CertStatus
 * CertStatus ::= SEQUENCE {
 *     certHash    OCTET STRING,
 *     certReqId   INTEGER,
 *     statusInfo  PKIStatusInfo OPTIONAL,
 *     hashAlg     [0] AlgorithmIdentifier OPTIONAL }   -- needs pvno 3
 *
 * statusInfo is sent always; RFC 9483 4.1.1 wants to see it. A certificate
 * without a hash is rejected by saying nothing of it (RFC 9810 5.3.18).
 */
static inline void put_content(struct lwcmp_der_out *o,
                               const struct lwcmp_bytes *cert_hash,
                               enum lwcmp_verdict verdict, uint8_t id,
                               enum lwcmp_hash hash_alg)
{
    lwcmp_der_open_sequence(o);
    if (cert_hash->n > 0) {
        lwcmp_der_open_sequence(o);
        lwcmp_der_put(o, LWCMP_DER_OCTET_STRING, cert_hash->p, cert_hash->n);
        put_id(o, id);
        if (verdict != LWCMP_VERDICT_UNSAID) {
            lwcmp_pki_status_put(o, verdict == LWCMP_VERDICT_ACCEPTED);
        }
        lwcmp_body_hash_alg_put(o, hash_alg);
        lwcmp_der_close(o);
    }
    lwcmp_der_close(o);
}

#if LWCMP_WITH_CONFIRM_OF
void lwcmp_body_confirm_put_of(struct lwcmp_der_out *o,
                               const struct lwcmp_bytes *cert_hash,
                               enum lwcmp_verdict verdict, uint8_t id,
                               enum lwcmp_hash hash_alg)
{
    put_content(o, cert_hash, verdict, id, hash_alg);
}
#else
void lwcmp_body_confirm_put(struct lwcmp_der_out *o,
                            struct lwcmp_bytes cert_hash, bool accepted)
{
    put_content(o, &cert_hash,
                accepted ? LWCMP_VERDICT_ACCEPTED : LWCMP_VERDICT_REJECTED, 0,
                LWCMP_HASH_NONE);
}
#endif

int lwcmp_body_pkiconf_read(const struct lwcmp_bytes *content)
{
    struct lwcmp_bytes nothing;

    return lwcmp_der_take_only(content, LWCMP_DER_NULL, &nothing);
}
