/* SPDX-License-Identifier: Apache-2.0 */
/* SignedData (RFC 5652 5). */
#include "bytes.h"
#include "ber.h"
#include "cms.h"
#include "cms_alg.h"

#if LWCMP_WITH_CMS
/* id-contentType, id-messageDigest: RFC 5652 11.1, 11.2 */
static lwcmp_oid oid_content_type = {9,    0x2a, 0x86, 0x48, 0x86,
                                     0xf7, 0x0d, 0x01, 0x09, 0x03};
static lwcmp_oid oid_message_digest = {9,    0x2a, 0x86, 0x48, 0x86,
                                       0xf7, 0x0d, 0x01, 0x09, 0x04};

/*
 * The signature algorithm of CMS may be the bare rsaEncryption (RFC 3370
 * 3.2); the hash is then the one that is named beside it.
 */
static int read_sig(const struct lwcmp_bytes *der, uint8_t hash,
                    enum lwcmp_sig *sig)
{
    struct lwcmp_alg_id alg;
    int err = lwcmp_alg_read(der, &alg);

    if (err) {
        return err;
    }
    *sig = (enum lwcmp_sig)lwcmp_alg_find(&alg, LWCMP_ALG_SIG);
    if (lwcmp_cms_alg_rsa(&alg.oid) == LWCMP_CMS_RSA) {
        *sig = (enum lwcmp_sig)(LWCMP_RSA_SHA256 + hash - LWCMP_SHA256);
    }
    return lwcmp_alg_sig_hash(*sig) == hash ? 0 : LWCMP_ERR_ALGORITHM;
}

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
static int read_signer(const struct lwcmp_bytes *der,
                       struct lwcmp_cms_signed *s)
{
    struct info {
        struct lwcmp_bytes sid, hash, attributes, alg, signature;
    } info;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_INTEGER, 0, 0, LWCMP_DER_IGNORED},
        {LWCMP_DER_ANY, 0, LWCMP_DER_WHOLE, offsetof(struct info, sid)},
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE, offsetof(struct info, hash)},
        {LWCMP_DER_CTX(0), 0, LWCMP_DER_WHOLE,
         offsetof(struct info, attributes)},
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE, offsetof(struct info, alg)},
        {LWCMP_DER_OCTET_STRING, 0, 0, offsetof(struct info, signature)},
        {LWCMP_DER_CTX(1), 0, LWCMP_DER_OPTIONAL | LWCMP_DER_LAST,
         LWCMP_DER_IGNORED},
    };
    uint8_t hash = 0;
    int err = lwcmp_der_read(der, fields, &info);

    if (err == 0) {
        s->signer = info.sid;
        s->attributes = info.attributes;
        s->signature = info.signature;
        err = lwcmp_alg_get(&info.hash, LWCMP_ALG_HASH, &hash);
    }
    return err ? err : read_sig(&info.alg, hash, &s->sig);
}

/*
 * Attribute ::= SEQUENCE {                         -- RFC 5652 5.3
 *     attrType    OBJECT IDENTIFIER,
 *     attrValues  SET OF AttributeValue }
 *
 * Of these two there is one with one value. The last one would count, and a
 * second one is refused.
 */
static int read_attribute(struct lwcmp_bytes *row, struct lwcmp_bytes *type,
                          struct lwcmp_bytes *digest)
{
    struct lwcmp_bytes *to;
    struct lwcmp_bytes attribute;
    struct lwcmp_bytes oid;
    uint8_t tag = LWCMP_DER_OID;
    int err = lwcmp_der_take(row, LWCMP_DER_SEQUENCE, &attribute);

    if (err == 0) {
        err = lwcmp_der_take(&attribute, LWCMP_DER_OID, &oid);
    }
    if (err == 0) {
        err = lwcmp_der_take_only(&attribute, LWCMP_DER_SET, &attribute);
    }
    if (err) {
        return err;
    }
    to = lwcmp_oid_is(&oid, oid_content_type) ? type : NULL;
    if (lwcmp_oid_is(&oid, oid_message_digest)) {
        to = digest;
        tag = LWCMP_DER_OCTET_STRING;
    }
    if (to == NULL) {
        return 0;
    }
    return to->p != NULL ? LWCMP_ERR_SYNTAX
                         : lwcmp_der_take_only(&attribute, tag, to);
}

/* The attributes are what is signed; by them it is the content. */
static int check_attributes(const struct lwcmp_cms_signed *s)
{
    struct lwcmp_bytes row;
    struct lwcmp_bytes type = {NULL, 0};
    struct lwcmp_bytes digest = {NULL, 0};
    uint8_t is[LWCMP_HASH_MAX];
    size_t n;
    int err = lwcmp_der_take_only(&s->attributes, LWCMP_DER_CTX(0), &row);

    while (err == 0 && row.n > 0) {
        err = read_attribute(&row, &type, &digest);
    }
    if (err == 0) {
        err = lwcmp_crypto_hash(lwcmp_alg_sig_hash(s->sig), &s->content.data, 1,
                                is, sizeof is, &n);
    }
    if (err == 0 && (!lwcmp_bytes_equal(&type, &s->content.type) ||
                     !lwcmp_bytes_are(&digest, is, n))) {
        err = LWCMP_ERR_PROTECTION;
    }
    return err;
}

/*
 * EncapsulatedContentInfo ::= SEQUENCE {           -- RFC 5652 5.2
 *     eContentType  ContentType,
 *     eContent      [0] EXPLICIT OCTET STRING OPTIONAL }
 */
static int read_content(const struct lwcmp_bytes *der,
                        struct lwcmp_cms_content *content)
{
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_OID, 0, 0, offsetof(struct lwcmp_cms_content, type)},
        {LWCMP_DER_CTX(0), LWCMP_DER_OCTET_STRING, LWCMP_DER_LAST,
         offsetof(struct lwcmp_cms_content, data)},
    };

    return lwcmp_der_read(der, fields, content);
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
int lwcmp_cms_signed_read(const struct lwcmp_bytes *der,
                          struct lwcmp_cms_signed *s)
{
    struct data {
        struct lwcmp_bytes content, certificates, signers;
    } data;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_INTEGER, 0, 0, LWCMP_DER_IGNORED},
        {LWCMP_DER_SET, 0, 0, LWCMP_DER_IGNORED},
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE,
         offsetof(struct data, content)},
        {LWCMP_DER_CTX(0), 0, LWCMP_DER_OPTIONAL,
         offsetof(struct data, certificates)},
        {LWCMP_DER_CTX(1), 0, LWCMP_DER_OPTIONAL, LWCMP_DER_IGNORED},
        {LWCMP_DER_SET, 0, LWCMP_DER_LAST, offsetof(struct data, signers)},
    };
    int err = lwcmp_der_read(der, fields, &data);

    if (err == 0) {
        s->certificates = data.certificates;
        err = read_content(&data.content, &s->content);
    }
    if (err == 0) {
        err = read_signer(&data.signers, s);
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

/* The attributes are signed with the tag of a SET OF (RFC 5652 5.4). */
int lwcmp_cms_signed_verify(const struct lwcmp_cms_signed *s,
                            const struct lwcmp_cert *cert)
{
    static const uint8_t set = LWCMP_DER_SET;
    const struct lwcmp_bytes parts[] = {
        {&set, 1}, {s->attributes.p + 1, s->attributes.n - 1}};
    lwcmp_key key = 0;
    int err = lwcmp_crypto_public_import(cert->spki, s->sig, &key);

    if (err == 0) {
        err = lwcmp_crypto_verify(key, s->sig, parts, 2, s->signature);
        (void)lwcmp_crypto_key_destroy(key);
    }
    return err;
}
#endif
