/* SPDX-License-Identifier: Apache-2.0 */
#include "crmf_key.h"

#if LWCMP_WITH_CMS
/*
 * publicKey [6] IMPLICIT SEQUENCE {                -- RFC 9483 4.1.6
 *     algorithm         AlgorithmIdentifier,
 *     subjectPublicKey  BIT STRING }               -- of zero length
 * P-256, P-384, P-521, and RSA, which does not say how many bits.
 */
static const uint8_t p256[] = {0xa6, 0x18, 0x30, 0x13, 0x06, 0x07, 0x2a,
                               0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06,
                               0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03,
                               0x01, 0x07, 0x03, 0x01, 0x00};
static const uint8_t p384[] = {0xa6, 0x15, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86,
                               0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x05, 0x2b,
                               0x81, 0x04, 0x00, 0x22, 0x03, 0x01, 0x00};
static const uint8_t rsa[] = {0xa6, 0x12, 0x30, 0x0d, 0x06, 0x09, 0x2a,
                              0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01,
                              0x01, 0x05, 0x00, 0x03, 0x01, 0x00};

/* The octet in which P-521 differs, from the end. */
#define CURVE 4

/* A publicKey in krr asks for a certificate of it (RFC 9810 5.3.7). */
static inline bool is_recovery(const struct lwcmp_crmf *crmf)
{
#if LWCMP_WITH_RECOVERY
    return crmf->recover;
#else
    (void)crmf;
    return false;
#endif
}

bool lwcmp_crmf_put_key_type(struct lwcmp_der_out *o,
                             const struct lwcmp_crmf *crmf)
{
    const uint8_t *type = rsa;

    if (!crmf->central) {
        return false;
    }
    if (is_recovery(crmf)) {
        return true;
    }
    if (crmf->type == LWCMP_EC_P256) {
        type = p256;
    } else if (crmf->type <= LWCMP_EC_P521) {
        type = p384;
    }
    lwcmp_der_put_raw(o, type, type[1] + 2u);
    if (crmf->type == LWCMP_EC_P521 && o->err == 0) {
        o->p[o->n - CURVE]++;
    }
    return true;
}

/*
 * ProofOfPossession ::= CHOICE {                   -- RFC 4211 4
 *     keyEncipherment  [2] POPOPrivKey,
 *     keyAgreement     [3] POPOPrivKey, ... }
 * POPOPrivKey ::= CHOICE {
 *     subsequentMessage  [1] IMPLICIT INTEGER { encrCert(0) }, ... }
 * The outer tags are explicit. Who makes the key has no need of a proof.
 */
bool lwcmp_crmf_put_other_popo(struct lwcmp_der_out *o,
                               const struct lwcmp_crmf *crmf)
{
    static const uint8_t popo[] = {LWCMP_DER_CTX_PRIM(1), 1, 0};
    bool rsa_key = crmf->type > LWCMP_EC_P521;

    if (crmf->encryption_only) {
        lwcmp_der_put(o, rsa_key ? LWCMP_DER_CTX(2) : LWCMP_DER_CTX(3), popo,
                      sizeof popo);
    }
    return crmf->encryption_only || crmf->central;
}
#endif
