/* SPDX-License-Identifier: Apache-2.0 */
#include "cert.h"

#include <string.h>

#include "bytes.h"

/*
 * Name ::= SEQUENCE OF SET OF SEQUENCE { OBJECT IDENTIFIER, ANY }
 *
 * Looked into because we are going to send it in a message of our own.
 */
void lwcmp_cert_check_name(struct lwcmp_der_in *in, struct lwcmp_bytes name)
{
    struct lwcmp_der_in rdns;
    struct lwcmp_der_in set;
    struct lwcmp_der_in attribute;
    struct lwcmp_bytes part;

    lwcmp_der_in_init(&set, name, in->err);
    lwcmp_der_enter(&set, LWCMP_DER_SEQUENCE, &rdns);
    while (lwcmp_der_more(&rdns)) {
        lwcmp_der_enter(&rdns, LWCMP_DER_SET, &set);
        do {
            lwcmp_der_enter(&set, LWCMP_DER_SEQUENCE, &attribute);
            lwcmp_der_get(&attribute, LWCMP_DER_OID, &part);
            lwcmp_der_get_any(&attribute, &part);
            lwcmp_der_finish(&attribute);
        } while (lwcmp_der_more(&set));
    }
}

/*
 * AuthorityKeyIdentifier ::= SEQUENCE {            -- RFC 5280 4.2.1.1
 *     keyIdentifier  [0] IMPLICIT OCTET STRING OPTIONAL, ... }
 */
static void read_aki(struct lwcmp_der_in *in, struct lwcmp_cert *cert)
{
    struct lwcmp_der_in seq;

    lwcmp_der_enter(in, LWCMP_DER_SEQUENCE, &seq);
    if (lwcmp_der_next_is(&seq, LWCMP_DER_CTX_PRIM(0))) {
        lwcmp_der_get(&seq, LWCMP_DER_CTX_PRIM(0), &cert->aki);
    }
}

/* KeyUsage ::= BIT STRING { digitalSignature (0), ... }  -- 4.2.1.3 */
static void read_key_usage(struct lwcmp_der_in *in, struct lwcmp_cert *cert)
{
    struct lwcmp_bytes bits;

    lwcmp_der_get(in, LWCMP_DER_BIT_STRING, &bits);
    cert->has_key_usage = true;
    cert->digital_signature = bits.n >= 2 && (bits.p[1] & 0x80) != 0;
}

/* ExtKeyUsageSyntax ::= SEQUENCE SIZE (1..MAX) OF KeyPurposeId -- 4.2.1.12 */
static void read_ext_key_usage(struct lwcmp_der_in *in, struct lwcmp_cert *cert)
{
    struct lwcmp_der_in seq;
    struct lwcmp_bytes oid;

    lwcmp_der_enter(in, LWCMP_DER_SEQUENCE, &seq);
    while (lwcmp_der_more(&seq)) {
        lwcmp_der_get(&seq, LWCMP_DER_OID, &oid);
        if (lwcmp_oid_is(oid, lwcmp_oid_cmc_ca) ||
            lwcmp_oid_is(oid, lwcmp_oid_cmc_ra)) {
            cert->cmc = true;
        }
    }
}

enum {
    SKI,
    AKI,
    KEY_USAGE,
    EXT_KEY_USAGE,
    SAN,
    KNOWN
};

static int find_extension(struct lwcmp_bytes oid)
{
    static const uint8_t *const known[KNOWN] = {
        lwcmp_oid_subject_key_id, lwcmp_oid_authority_key_id,
        lwcmp_oid_key_usage, lwcmp_oid_ext_key_usage,
        lwcmp_oid_subject_alt_name};
    int i = 0;

    while (i < KNOWN && !lwcmp_oid_is(oid, known[i])) {
        i++;
    }
    return i;
}

/*
 * Extension ::= SEQUENCE {                         -- RFC 5280 4.1
 *     extnID     OBJECT IDENTIFIER,
 *     critical   BOOLEAN DEFAULT FALSE,
 *     extnValue  OCTET STRING }
 *
 * None may stand there twice (4.2): which one would count?
 */
static void read_extension(struct lwcmp_bytes element, struct lwcmp_cert *cert,
                           unsigned *seen, int *err)
{
    struct lwcmp_der_in in;
    struct lwcmp_der_in seq;
    struct lwcmp_bytes oid;
    int which;

    lwcmp_der_in_init(&in, element, err);
    lwcmp_der_enter(&in, LWCMP_DER_SEQUENCE, &seq);
    lwcmp_der_get(&seq, LWCMP_DER_OID, &oid);
    lwcmp_der_skip_if(&seq, LWCMP_DER_BOOLEAN);
    lwcmp_der_enter(&seq, LWCMP_DER_OCTET_STRING, &in);
    lwcmp_der_finish(&seq);
    which = find_extension(oid);
    switch (which) {
    case SKI:
        lwcmp_der_get(&in, LWCMP_DER_OCTET_STRING, &cert->ski);
        break;
    case AKI:
        read_aki(&in, cert);
        break;
    case KEY_USAGE:
        read_key_usage(&in, cert);
        break;
    case EXT_KEY_USAGE:
        read_ext_key_usage(&in, cert);
        break;
    case SAN:
        cert->san = element;
        lwcmp_der_get(&in, LWCMP_DER_SEQUENCE, &oid);
        break;
    default:
        return;
    }
    lwcmp_der_finish(&in);
    if (*seen & 1u << which) {
        lwcmp_der_fail(&in, LWCMP_ERR_SYNTAX);
    }
    *seen |= 1u << which;
}

/* extensions [3] EXPLICIT Extensions OPTIONAL, the last of TBSCertificate */
static void read_extensions(struct lwcmp_der_in *tbs, struct lwcmp_cert *cert)
{
    struct lwcmp_der_in tagged;
    struct lwcmp_der_in seq;
    struct lwcmp_bytes element;
    unsigned seen = 0;

    lwcmp_der_skip_if(tbs, LWCMP_DER_CTX_PRIM(1)); /* issuerUniqueID */
    lwcmp_der_skip_if(tbs, LWCMP_DER_CTX_PRIM(2)); /* subjectUniqueID */
    if (!lwcmp_der_enter_if(tbs, LWCMP_DER_CTX(3), &tagged)) {
        return;
    }
    lwcmp_der_enter(&tagged, LWCMP_DER_SEQUENCE, &seq);
    lwcmp_der_finish(&tagged);
    while (lwcmp_der_more(&seq)) {
        lwcmp_der_get_any(&seq, &element);
        read_extension(element, cert, &seen, tbs->err);
    }
}

/*
 * TBSCertificate ::= SEQUENCE {                    -- RFC 5280 4.1
 *     version         [0]  EXPLICIT Version DEFAULT v1,
 *     serialNumber         CertificateSerialNumber,
 *     signature            AlgorithmIdentifier,
 *     issuer               Name,
 *     validity             Validity,
 *     subject              Name,
 *     subjectPublicKeyInfo SubjectPublicKeyInfo, ... }
 */
static void read_tbs(struct lwcmp_der_in *in, struct lwcmp_cert *cert)
{
    struct lwcmp_der_in tbs;
    struct lwcmp_bytes element;

    lwcmp_der_enter(in, LWCMP_DER_SEQUENCE, &tbs);
    lwcmp_der_skip_if(&tbs, LWCMP_DER_CTX(0));
    lwcmp_der_get(&tbs, LWCMP_DER_INTEGER, &cert->serial);
    lwcmp_der_get_whole(&tbs, LWCMP_DER_SEQUENCE, &element);
    lwcmp_der_get_whole(&tbs, LWCMP_DER_SEQUENCE, &cert->issuer);
    lwcmp_der_get_whole(&tbs, LWCMP_DER_SEQUENCE, &element);
    lwcmp_der_get_whole(&tbs, LWCMP_DER_SEQUENCE, &cert->subject);
    lwcmp_der_get_whole(&tbs, LWCMP_DER_SEQUENCE, &cert->spki);
    read_extensions(&tbs, cert);
    lwcmp_der_finish(&tbs);
    lwcmp_cert_check_name(&tbs, cert->issuer);
    lwcmp_cert_check_name(&tbs, cert->subject);
}

/* AlgorithmIdentifier, be it known or not: 0 if it is not. */
static uint8_t read_sig(struct lwcmp_bytes alg, int *err)
{
    struct lwcmp_der_in in;
    struct lwcmp_der_in seq;
    struct lwcmp_bytes part;
    uint8_t sig;
    int unknown = 0;

    lwcmp_der_in_init(&in, alg, err);
    lwcmp_der_enter(&in, LWCMP_DER_SEQUENCE, &seq);
    lwcmp_der_get(&seq, LWCMP_DER_OID, &part);
    if (lwcmp_der_more(&seq)) {
        lwcmp_der_get_any(&seq, &part);
    }
    lwcmp_der_finish(&seq);
    lwcmp_der_in_init(&in, alg, &unknown);
    lwcmp_alg_get(&in, LWCMP_ALG_SIG, &sig);
    return sig;
}

/*
 * Certificate ::= SEQUENCE {
 *     tbsCertificate      TBSCertificate,
 *     signatureAlgorithm  AlgorithmIdentifier,
 *     signatureValue      BIT STRING }
 *
 * A signature algorithm that we do not know is no error here: whether the
 * certificate can be validated is for the provider to say.
 */
int lwcmp_cert_read(struct lwcmp_bytes der, struct lwcmp_cert *cert)
{
    struct lwcmp_der_in in;
    struct lwcmp_der_in seq;
    struct lwcmp_bytes alg;
    struct lwcmp_bytes bits;
    int err = 0;

    memset(cert, 0, sizeof *cert);
    cert->der = der;
    lwcmp_der_in_init(&in, der, &err);
    lwcmp_der_enter(&in, LWCMP_DER_SEQUENCE, &seq);
    lwcmp_der_finish(&in);
    read_tbs(&seq, cert);
    lwcmp_der_get_whole(&seq, LWCMP_DER_SEQUENCE, &alg);
    lwcmp_der_get_bits(&seq, &bits);
    lwcmp_der_finish(&seq);
    cert->sig = read_sig(alg, &err);
    return err ? LWCMP_ERR_CERT_SYNTAX : 0;
}

bool lwcmp_cert_next(struct lwcmp_bytes *row, struct lwcmp_bytes *der)
{
    struct lwcmp_der_in in;
    int err = 0;

    lwcmp_der_in_init(&in, *row, &err);
    if (!lwcmp_der_more(&in)) {
        return false;
    }
    lwcmp_der_get_whole(&in, LWCMP_DER_SEQUENCE, der);
    row->p = in.p;
    row->n = in.n;
    return err == 0;
}

bool lwcmp_cert_in_row(struct lwcmp_bytes certificate, struct lwcmp_bytes row)
{
    struct lwcmp_bytes der;

    while (lwcmp_cert_next(&row, &der)) {
        if (lwcmp_bytes_equal(der, certificate)) {
            return true;
        }
    }
    return false;
}

bool lwcmp_cert_issued_by(const struct lwcmp_cert *cert,
                          const struct lwcmp_cert *ca)
{
    return lwcmp_bytes_equal(cert->issuer, ca->subject) &&
           (cert->aki.n == 0 || ca->ski.n == 0 ||
            lwcmp_bytes_equal(cert->aki, ca->ski));
}
