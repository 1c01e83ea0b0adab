/* SPDX-License-Identifier: Apache-2.0 */
#include "csr.h"

#if LWCMP_WITH_P10CR

#include "bytes.h"
#include "pki_message.h"

/*
 * Attribute ::= SEQUENCE {                         -- RFC 2986 4.1
 *     type    OBJECT IDENTIFIER,
 *     values  SET SIZE (1..MAX) OF ANY }
 *
 * Only extensionRequest matters: it has one value, Extensions (RFC 2985
 * 5.4.2), and may not stand there twice: which one would count?
 */
static int read_attribute(struct lwcmp_csr *csr)
{
    struct lwcmp_bytes in;
    struct lwcmp_bytes type;
    struct lwcmp_bytes values;
    int err = lwcmp_der_take(&csr->attributes, LWCMP_DER_SEQUENCE, &in);

    err |= lwcmp_der_take(&in, LWCMP_DER_OID, &type);
    err |= lwcmp_der_take_only(&in, LWCMP_DER_SET, &values);
    if (err || !lwcmp_oid_is(&type, lwcmp_oid_extension_request)) {
        return err;
    }
    if (csr->extensions.p != NULL) {
        return LWCMP_ERR_SYNTAX;
    }
    err = lwcmp_der_take_only(&values, LWCMP_DER_SEQUENCE, &csr->extensions);
    return err ? err : lwcmp_pki_check_row(csr->extensions);
}

/*
 * CertificationRequest ::= SEQUENCE {              -- RFC 2986 4.2
 *     certificationRequestInfo  CertificationRequestInfo,
 *     signatureAlgorithm        AlgorithmIdentifier,
 *     signature                 BIT STRING }
 */
static const struct lwcmp_der_field request[] = {
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE, offsetof(struct lwcmp_csr, info)},
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE, offsetof(struct lwcmp_csr, alg)},
    {LWCMP_DER_BIT_STRING, 0, LWCMP_DER_LAST,
     offsetof(struct lwcmp_csr, signature)},
};

/*
 * CertificationRequestInfo ::= SEQUENCE {          -- RFC 2986 4.1
 *     version        INTEGER { v1(0) },
 *     subject        Name,
 *     subjectPKInfo  SubjectPublicKeyInfo,
 *     attributes     [0] IMPLICIT SET OF Attribute }
 */
static const struct lwcmp_der_field request_info[] = {
    {LWCMP_DER_INTEGER, 0, 0, offsetof(struct lwcmp_csr, version)},
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE,
     offsetof(struct lwcmp_csr, subject)},
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE, offsetof(struct lwcmp_csr, spki)},
    {LWCMP_DER_CTX(0), 0, LWCMP_DER_LAST,
     offsetof(struct lwcmp_csr, attributes)},
};

int lwcmp_csr_read(const struct lwcmp_bytes *der, struct lwcmp_csr *csr)
{
    int err = lwcmp_der_read(der, request, csr);

    err |= lwcmp_der_read(&csr->info, request_info, csr);
    if (err || csr->version.n != 1 || csr->version.p[0] != 0) {
        return LWCMP_ERR_SYNTAX;
    }
    csr->extensions.p = NULL;
    csr->extensions.n = 0;
    err = lwcmp_cert_check_name(&csr->subject);
    err |= lwcmp_der_octets(&csr->signature);
    while (err == 0 && csr->attributes.n > 0) {
        err = read_attribute(csr);
    }
    return err;
}

int lwcmp_csr_check(const struct lwcmp_csr *csr)
{
    uint8_t sig;
    lwcmp_key key;
    int err = lwcmp_alg_get(&csr->alg, LWCMP_ALG_SIG, &sig);

    if (err == 0) {
        err = lwcmp_crypto_public_import(csr->spki, (enum lwcmp_sig)sig, &key);
    }
    if (err) {
        return err == LWCMP_ERR_ALGORITHM ? 0 : err;
    }
    err = lwcmp_crypto_verify(key, (enum lwcmp_sig)sig, &csr->info, 1,
                              csr->signature);
    (void)lwcmp_crypto_key_destroy(key);
    return err;
}

/*
 * SubjectPublicKeyInfo ::= SEQUENCE {              -- RFC 5280 4.1
 *     algorithm         AlgorithmIdentifier,
 *     subjectPublicKey  BIT STRING }
 */
static const struct lwcmp_der_field spki_fields[] = {
    {LWCMP_DER_SEQUENCE, 0, 0, LWCMP_DER_IGNORED},
    {LWCMP_DER_BIT_STRING, 0, LWCMP_DER_LAST, 0},
};

/* A CA may write the parameters of the same key in another way. */
int lwcmp_csr_match(const struct lwcmp_csr *csr, const struct lwcmp_bytes *spki)
{
    struct lwcmp_bytes due;
    struct lwcmp_bytes key;

    return lwcmp_der_read(&csr->spki, spki_fields, &due) == 0 &&
                   lwcmp_der_read(spki, spki_fields, &key) == 0 &&
                   lwcmp_bytes_equal(&key, &due)
               ? 0
               : LWCMP_ERR_CERT_KEY;
}

#endif
