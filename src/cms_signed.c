/* SPDX-License-Identifier: Apache-2.0 */
/* SignedData (RFC 5652 5). */
#include "bytes.h"
#include "cms.h"
#include "cms_alg.h"

#if LWCMP_WITH_CMS
/*
 * The signature algorithm of CMS may be the bare rsaEncryption (RFC 3370
 * 3.2); the hash is then the one that is named beside it.
 */
static int read_sig(struct lwcmp_cms_signed *s)
{
    struct lwcmp_alg_id alg;
    int err = lwcmp_alg_get(&s->hash_alg, LWCMP_ALG_HASH, &s->hash);

    if (err == 0) {
        err = lwcmp_alg_read(&s->sig_alg, &alg);
    }
    if (err) {
        return err;
    }
    s->sig = lwcmp_cms_oid(&alg.oid) == LWCMP_CMS_RSA
                 ? (uint8_t)(LWCMP_RSA_SHA256 + s->hash - LWCMP_SHA256)
                 : lwcmp_alg_find(&alg, LWCMP_ALG_SIG);
    return lwcmp_alg_sig_hash((enum lwcmp_sig)s->sig) == s->hash
               ? 0
               : LWCMP_ERR_ALGORITHM;
}

/*
 * Attribute ::= SEQUENCE {                         -- RFC 5652 5.3
 *     attrType    OBJECT IDENTIFIER,
 *     attrValues  SET OF AttributeValue }
 *
 * Of contentType and messageDigest (11.1, 11.2) there is one with one value.
 * The last one would count, and a second one is refused.
 */
static int read_attribute(struct lwcmp_bytes *row, struct lwcmp_bytes is[2])
{
    struct attribute {
        struct lwcmp_bytes type, value;
    } attribute;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_OID, 0, 0, offsetof(struct attribute, type)},
        {LWCMP_DER_SET, 0, LWCMP_DER_LAST, offsetof(struct attribute, value)},
    };
    static const uint8_t tag[] = {LWCMP_DER_OID, LWCMP_DER_OCTET_STRING};
    struct lwcmp_bytes whole;
    unsigned which;
    int err = lwcmp_der_take_whole(row, LWCMP_DER_SEQUENCE, &whole);

    err |= lwcmp_der_read(&whole, fields, &attribute);
    which = lwcmp_cms_which(&attribute.type, LWCMP_CMS_CONTENT_TYPE,
                            LWCMP_CMS_NEXT) -
            1;
    if (err || which > 1) {
        return err;
    }
    return is[which].p != NULL
               ? LWCMP_ERR_SYNTAX
               : lwcmp_der_take_only(&attribute.value, tag[which], &is[which]);
}

/* The attributes are what is signed; by them it is the content. */
static int check_attributes(const struct lwcmp_cms_signed *s)
{
    struct lwcmp_bytes is[2] = {{NULL, 0}};
    struct lwcmp_bytes row;
    uint8_t digest[LWCMP_HASH_MAX];
    size_t n;
    int err = lwcmp_der_take_only(&s->attributes, LWCMP_DER_SET, &row);

    while (err == 0 && row.n > 0) {
        err = read_attribute(&row, is);
    }
    if (err == 0) {
        err = lwcmp_crypto_hash((enum lwcmp_hash)s->hash, &s->content.data, 1,
                                digest, sizeof digest, &n);
    }
    if (err == 0 && (!lwcmp_bytes_equal(&is[0], &s->content.type) ||
                     !lwcmp_bytes_are(&is[1], digest, n))) {
        err = LWCMP_ERR_PROTECTION;
    }
    return err;
}

/*
 * SignedData ::= SEQUENCE {                        -- RFC 5652 5.1
 *     version           CMSVersion,
 *     digestAlgorithms  SET OF DigestAlgorithmIdentifier,
 *     encapContentInfo  EncapsulatedContentInfo,
 *     certificates      [0] IMPLICIT CertificateSet OPTIONAL,
 *     crls              [1] IMPLICIT RevocationInfoChoices OPTIONAL,
 *     signerInfos       SET OF SignerInfo }
 */
static const struct lwcmp_der_field signed_data[] = {
    {LWCMP_DER_INTEGER, 0, 0, LWCMP_DER_IGNORED},
    {LWCMP_DER_SET, 0, 0, LWCMP_DER_IGNORED},
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE,
     offsetof(struct lwcmp_cms_signed, content.data)},
    {LWCMP_DER_CTX(0), 0, LWCMP_DER_OPTIONAL,
     offsetof(struct lwcmp_cms_signed, certificates)},
    {LWCMP_DER_CTX(1), 0, LWCMP_DER_OPTIONAL, LWCMP_DER_IGNORED},
    {LWCMP_DER_SET, 0, LWCMP_DER_LAST,
     offsetof(struct lwcmp_cms_signed, signer)},
};

/*
 * EncapsulatedContentInfo ::= SEQUENCE {           -- RFC 5652 5.2
 *     eContentType  ContentType,
 *     eContent      [0] EXPLICIT OCTET STRING OPTIONAL }
 */
static const struct lwcmp_der_field content_info[] = {
    {LWCMP_DER_OID, 0, 0, offsetof(struct lwcmp_cms_signed, content.type)},
    {LWCMP_DER_CTX(0), LWCMP_DER_OCTET_STRING, LWCMP_DER_LAST,
     offsetof(struct lwcmp_cms_signed, content.data)},
};

/*
 * SignerInfo ::= SEQUENCE {                        -- RFC 5652 5.3
 *     version             CMSVersion,
 *     sid                 SignerIdentifier,
 *     digestAlgorithm     AlgorithmIdentifier,
 *     signedAttrs         [0] IMPLICIT SignedAttributes OPTIONAL,
 *     signatureAlgorithm  AlgorithmIdentifier,
 *     signature           OCTET STRING,
 *     unsignedAttrs       [1] IMPLICIT UnsignedAttributes OPTIONAL }
 *
 * Content other than id-data always has signed attributes.
 */
static const struct lwcmp_der_field signer_info[] = {
    {LWCMP_DER_INTEGER, 0, 0, LWCMP_DER_IGNORED},
    {LWCMP_DER_ANY, 0, LWCMP_DER_WHOLE,
     offsetof(struct lwcmp_cms_signed, signer)},
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE,
     offsetof(struct lwcmp_cms_signed, hash_alg)},
    {LWCMP_DER_CTX(0), 0, LWCMP_DER_WHOLE,
     offsetof(struct lwcmp_cms_signed, attributes)},
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE,
     offsetof(struct lwcmp_cms_signed, sig_alg)},
    {LWCMP_DER_OCTET_STRING, 0, 0,
     offsetof(struct lwcmp_cms_signed, signature)},
    {LWCMP_DER_CTX(1), 0, LWCMP_DER_OPTIONAL | LWCMP_DER_LAST,
     LWCMP_DER_IGNORED},
};

/*
 * What is read further is read where it will be put itself. The attributes are
 * signed with the tag of a SET OF (RFC 5652 5.4).
 */
int lwcmp_cms_signed_read(uint8_t *p, size_t n, struct lwcmp_cms_signed *s)
{
    const struct lwcmp_bytes der = {p, n};
    int err = lwcmp_der_read(&der, signed_data, s);

    err |= lwcmp_der_read(&s->content.data, content_info, s);
    err |= lwcmp_der_read(&s->signer, signer_info, s);
    if (err == 0) {
        p[s->attributes.p - p] = LWCMP_DER_SET;
        err = read_sig(s);
    }
    if (err == 0) {
        err = check_attributes(s);
    }
    return err == LWCMP_ERR_SYNTAX ? LWCMP_ERR_CMS : err;
}

/*
 * SignerIdentifier ::= CHOICE {                    -- RFC 5652 5.3
 *     issuerAndSerialNumber     SEQUENCE { Name, INTEGER },
 *     subjectKeyIdentifier [0]  IMPLICIT OCTET STRING }
 */
bool lwcmp_cms_signed_is_by(const struct lwcmp_cms_signed *s,
                            const struct lwcmp_cert *cert)
{
    struct issued {
        struct lwcmp_bytes issuer, serial;
    } issued;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE,
         offsetof(struct issued, issuer)},
        {LWCMP_DER_INTEGER, 0, LWCMP_DER_LAST, offsetof(struct issued, serial)},
    };
    struct lwcmp_bytes ski;

    if (lwcmp_der_take_only(&s->signer, LWCMP_DER_CTX_PRIM(0), &ski) == 0) {
        return ski.n > 0 && lwcmp_bytes_equal(&ski, &cert->ski);
    }
    return lwcmp_der_read(&s->signer, fields, &issued) == 0 &&
           lwcmp_bytes_equal(&issued.issuer, &cert->issuer) &&
           lwcmp_bytes_equal(&issued.serial, &cert->serial);
}

int lwcmp_cms_signed_verify(const struct lwcmp_cms_signed *s,
                            const struct lwcmp_cert *cert)
{
    enum lwcmp_sig sig = (enum lwcmp_sig)s->sig;
    lwcmp_key key;
    int err = lwcmp_crypto_public_import(cert->spki, sig, &key);

    if (err == 0) {
        err = lwcmp_crypto_verify(key, sig, &s->attributes, 1, s->signature);
        (void)lwcmp_crypto_key_destroy(key);
    }
    return err;
}
#endif
