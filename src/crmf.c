/* SPDX-License-Identifier: Apache-2.0 */
#include "crmf.h"

#include "crmf_control.h"
#include "crmf_key.h"

/*
 * publicKey [6] IMPLICIT SubjectPublicKeyInfo: the provider writes it with
 * the tag of a SEQUENCE, which the implicit tag replaces.
 */
static void put_public_key(struct lwcmp_der_out *o,
                           const struct lwcmp_config *config, lwcmp_key key)
{
    size_t n;
    uint8_t *p = lwcmp_der_room(o, &n);
    int err;

    if (p != NULL) {
        err = lwcmp_own_public(config, key, p, n, &n);
        lwcmp_der_wrote(o, err, n);
        if (o->err == 0) {
            p[0] = LWCMP_DER_CTX(6);
        }
    }
}

/* With an option of crmf_key.c the key may be another's, or not sign. */
#if !LWCMP_WITH_CMS
static inline bool lwcmp_crmf_put_key_type(struct lwcmp_der_out *o,
                                           const struct lwcmp_crmf *crmf)
{
    (void)o;
    (void)crmf;
    return false;
}

static inline bool lwcmp_crmf_put_other_popo(struct lwcmp_der_out *o,
                                             const struct lwcmp_crmf *crmf)
{
    (void)o;
    (void)crmf;
    return false;
}
#endif

/*
 * CertTemplate ::= SEQUENCE {                      -- RFC 4211 5
 *     ...
 *     subject     [5] EXPLICIT Name OPTIONAL,      -- Name is a CHOICE
 *     publicKey   [6] IMPLICIT SubjectPublicKeyInfo OPTIONAL,
 *     ...
 *     extensions  [9] IMPLICIT Extensions OPTIONAL }
 *
 * The subject is always there, empty if need be (RFC 9483 4.1.1).
 */
static void put_template(struct lwcmp_der_out *o, const struct lwcmp_crmf *crmf)
{
    lwcmp_der_open_sequence(o);
    lwcmp_der_put(o, LWCMP_DER_CTX(5), crmf->subject->p, crmf->subject->n);
    if (!lwcmp_crmf_put_key_type(o, crmf)) {
        put_public_key(o, lwcmp_crmf_config(crmf), crmf->key);
    }
    if (crmf->extensions->n > 0) {
        lwcmp_der_put(o, LWCMP_DER_CTX(9), crmf->extensions->p,
                      crmf->extensions->n);
    }
    lwcmp_der_close(o);
}

/*
 * A control of this kind: SEQUENCE {
 *     type   OBJECT IDENTIFIER,                    -- id-regCtrl-oldCertID
 *     value  CertId }
 * CertId ::= SEQUENCE {                            -- RFC 4211 6.5
 *     issuer        GeneralName,                   -- directoryName [4]
 *     serialNumber  INTEGER }
 */
static void put_old_cert_id(struct lwcmp_der_out *o,
                            const struct lwcmp_cert *old)
{
    lwcmp_der_open_sequence(o);
    lwcmp_oid_put(o, lwcmp_oid_old_cert_id);
    lwcmp_der_open_sequence(o);
    lwcmp_der_put(o, LWCMP_DER_CTX(4), old->issuer.p, old->issuer.n);
    lwcmp_der_put(o, LWCMP_DER_INTEGER, old->serial.p, old->serial.n);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
}

/* controls: SEQUENCE SIZE (1..MAX) OF AttributeTypeAndValue */
static void put_controls(struct lwcmp_der_out *o, const struct lwcmp_crmf *crmf)
{
    if (crmf->old == NULL && !lwcmp_crmf_has_control(crmf)) {
        return;
    }
    lwcmp_der_open_sequence(o);
    if (crmf->old != NULL) {
        put_old_cert_id(o, crmf->old);
    }
    lwcmp_crmf_put_control(o, crmf);
    lwcmp_der_close(o);
}

/*
 * popo: signature [1] IMPLICIT POPOSigningKey      -- RFC 4211 4.1
 * POPOSigningKey ::= SEQUENCE {
 *     poposkInput  [0] POPOSigningKeyInput OPTIONAL,
 *     algorithmIdentifier  AlgorithmIdentifier,
 *     signature            BIT STRING }
 *
 * Subject and key stand in the template, so poposkInput is left out and the
 * signature is over the DER of certReq.
 */
static void put_popo(struct lwcmp_der_out *o, const struct lwcmp_config *config,
                     lwcmp_key key, struct lwcmp_bytes cert_req)
{
    struct lwcmp_prot_alg alg = {.kind = LWCMP_PROT_SIG};
    int err = o->err ? o->err : lwcmp_own_sig(config, key, &alg);

    if (err) {
        lwcmp_der_out_fail(o, err);
        return;
    }
    lwcmp_der_open(o, LWCMP_DER_CTX(1));
    lwcmp_prot_alg_put(o, &alg);
    lwcmp_prot_alg_put_bits(o, &alg, key, &cert_req, 1);
    lwcmp_der_close(o);
}

/*
 * CertReqMessages ::= SEQUENCE SIZE (1..MAX) OF CertReqMsg    -- RFC 4211 3
 * CertReqMsg ::= SEQUENCE {
 *     certReq  CertRequest,
 *     popo     ProofOfPossession OPTIONAL, ... }
 * CertRequest ::= SEQUENCE {
 *     certReqId     INTEGER,
 *     certTemplate  CertTemplate,
 *     controls      Controls OPTIONAL }
 */
void lwcmp_crmf_put(struct lwcmp_der_out *o, const struct lwcmp_crmf *crmf)
{
    size_t request;

    lwcmp_der_open_sequence(o);
    lwcmp_der_open_sequence(o);
    request = o->n;
    lwcmp_der_open_sequence(o);
    lwcmp_der_put_int(o, 0);
    put_template(o, crmf);
    put_controls(o, crmf);
    lwcmp_der_close(o);
    if (!lwcmp_crmf_put_other_popo(o, crmf)) {
        put_popo(o, lwcmp_crmf_config(crmf), crmf->key,
                 (struct lwcmp_bytes){o->p + request, o->n - request});
    }
    lwcmp_der_close(o);
    lwcmp_der_close(o);
}
