/* SPDX-License-Identifier: Apache-2.0 */
/* EncryptedKey and EnvelopedData, with the three kinds of recipient. */
#include "ber.h"
#include "cms.h"
#include "cms_alg.h"
#include "prot_alg.h"

#if LWCMP_WITH_CMS
/* id-data, id-signedData: RFC 5652 4, 5.1 */
lwcmp_oid lwcmp_oid_data = {9,    0x2a, 0x86, 0x48, 0x86,
                            0xf7, 0x0d, 0x01, 0x07, 0x01};
lwcmp_oid lwcmp_oid_signed_data = {9,    0x2a, 0x86, 0x48, 0x86,
                                   0xf7, 0x0d, 0x01, 0x07, 0x02};

#define IV_N 16

/* SharedInfo, with a ukm of up to 90 bytes. */
#define INFO_MAX 128

struct work {
    uint8_t *p; /* the EncryptedKey */
    const struct lwcmp_cms_opener *opener;
    struct lwcmp_seal seal;
    struct lwcmp_bytes content; /* encryptedContent, with its tag */
    uint8_t info[INFO_MAX];
};

/* An implicit tag on a SEQUENCE gives way to that of the SEQUENCE. */
static void untag(struct work *w, const struct lwcmp_bytes *element)
{
    w->p[element->p - w->p] = LWCMP_DER_SEQUENCE;
}

/*
 * KeyTransRecipientInfo ::= SEQUENCE {             -- RFC 5652 6.2.1
 *     version                 CMSVersion,
 *     rid                     RecipientIdentifier,
 *     keyEncryptionAlgorithm  AlgorithmIdentifier,
 *     encryptedKey            OCTET STRING }
 */
static int read_ktri(struct work *w, const struct lwcmp_bytes *der)
{
    struct ktri {
        struct lwcmp_bytes alg, key;
    } ktri;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_INTEGER, 0, 0, LWCMP_DER_IGNORED},
        {LWCMP_DER_ANY, 0, 0, LWCMP_DER_IGNORED},
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE, offsetof(struct ktri, alg)},
        {LWCMP_DER_OCTET_STRING, 0, LWCMP_DER_LAST, offsetof(struct ktri, key)},
    };
    struct lwcmp_alg_id alg;
    uint8_t hash = 0;
    int err = lwcmp_der_read(der, fields, &ktri);

    if (err == 0) {
        err = lwcmp_alg_read(&ktri.alg, &alg);
    }
    if (err) {
        return err;
    }
    w->seal.key = ktri.key;
    w->seal.kind = LWCMP_SEAL_RSA;
    if (lwcmp_cms_alg_rsa(&alg.oid) == LWCMP_CMS_RSA) {
        return 0;
    }
    w->seal.kind = LWCMP_SEAL_OAEP;
    if (lwcmp_cms_alg_rsa(&alg.oid) != LWCMP_CMS_RSA_OAEP) {
        return LWCMP_ERR_ALGORITHM;
    }
    err = lwcmp_cms_alg_oaep(&alg.parameters, &hash);
    w->seal.kdf.owf = (enum lwcmp_hash)hash;
    return err;
}

/*
 * originatorKey [1] IMPLICIT SEQUENCE {            -- RFC 5652 6.2.2
 *     algorithm  AlgorithmIdentifier,
 *     publicKey  BIT STRING }
 *
 * RFC 9483 4.1.6.2 names the sender's key by its identifier; that of one
 * message only (RFC 5753 3.1.1) has none. Its curve is that of our own key.
 */
static int read_originator(struct work *w, struct lwcmp_bytes row)
{
    struct lwcmp_bytes alg;
    int err = lwcmp_der_take(&row, LWCMP_DER_SEQUENCE, &alg);

    if (err == 0) {
        err = lwcmp_der_take_only(&row, LWCMP_DER_BIT_STRING, &w->seal.point);
    }
    return err ? err : lwcmp_der_octets(&w->seal.point);
}

/*
 * recipientEncryptedKeys SEQUENCE OF SEQUENCE {    -- RFC 5652 6.2.2
 *     rid           KeyAgreeRecipientIdentifier,
 *     encryptedKey  OCTET STRING }
 */
static int read_agreed_key(struct work *w, const struct lwcmp_bytes *keys)
{
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_ANY, 0, 0, LWCMP_DER_IGNORED},
        {LWCMP_DER_OCTET_STRING, 0, LWCMP_DER_LAST,
         offsetof(struct lwcmp_seal, key)},
    };

    return lwcmp_der_read(keys, fields, &w->seal);
}

/* The AES key that wraps, by the algorithm: id-aes*-wrap. */
static int read_wrap(struct work *w, const struct lwcmp_bytes *der)
{
    struct lwcmp_alg_id alg;
    int err = lwcmp_alg_read(der, &alg);
    uint8_t n = err ? 0 : lwcmp_cms_alg_aes(&alg.oid, LWCMP_CMS_AES_WRAP);

    if (err == 0 && (n == 0 || (w->seal.kdf.key_length != 0 &&
                                w->seal.kdf.key_length != n))) {
        err = LWCMP_ERR_ALGORITHM;
    }
    w->seal.kdf.key_length = n;
    return err;
}

/*
 * ECC-CMS-SharedInfo ::= SEQUENCE {                -- RFC 5753 7.2
 *     keyInfo      AlgorithmIdentifier,
 *     entityUInfo  [0] EXPLICIT OCTET STRING OPTIONAL,   -- the ukm
 *     suppPubInfo  [2] EXPLICIT OCTET STRING }     -- bits of the AES key
 */
static int make_info(struct work *w, const struct lwcmp_bytes *wrap,
                     const struct lwcmp_bytes *ukm)
{
    const uint8_t bits[4] = {0, 0, w->seal.kdf.key_length >> 5,
                             (uint8_t)(w->seal.kdf.key_length << 3)};
    struct lwcmp_der_out o;

    lwcmp_der_out_init(&o, w->info, sizeof w->info);
    lwcmp_der_open_sequence(&o);
    lwcmp_der_put_raw(&o, wrap->p, wrap->n);
    if (ukm->p != NULL) {
        lwcmp_der_open(&o, LWCMP_DER_CTX(0));
        lwcmp_der_put(&o, LWCMP_DER_OCTET_STRING, ukm->p, ukm->n);
        lwcmp_der_close(&o);
    }
    lwcmp_der_open(&o, LWCMP_DER_CTX(2));
    lwcmp_der_put(&o, LWCMP_DER_OCTET_STRING, bits, sizeof bits);
    lwcmp_der_close(&o);
    lwcmp_der_close(&o);
    w->seal.kdf.salt.p = w->info;
    w->seal.kdf.salt.n = o.n;
    return o.err ? LWCMP_ERR_ALGORITHM : 0;
}

/*
 * KeyAgreeRecipientInfo ::= SEQUENCE {             -- RFC 5652 6.2.2
 *     version                 CMSVersion,
 *     originator              [0] EXPLICIT OriginatorIdentifierOrKey,
 *     ukm                     [1] EXPLICIT OCTET STRING OPTIONAL,
 *     keyEncryptionAlgorithm  AlgorithmIdentifier,
 *     recipientEncryptedKeys  RecipientEncryptedKeys }
 */
static int read_kari(struct work *w, const struct lwcmp_bytes *der)
{
    struct kari {
        struct lwcmp_bytes originator, ukm, alg, keys;
    } kari;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_INTEGER, 0, 0, LWCMP_DER_IGNORED},
        {LWCMP_DER_CTX(0), LWCMP_DER_CTX(1), 0,
         offsetof(struct kari, originator)},
        {LWCMP_DER_CTX(1), LWCMP_DER_OCTET_STRING, LWCMP_DER_OPTIONAL,
         offsetof(struct kari, ukm)},
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE, offsetof(struct kari, alg)},
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_LAST, offsetof(struct kari, keys)},
    };
    struct lwcmp_alg_id alg;
    int err;

    untag(w, der);
    w->seal.kind = LWCMP_SEAL_EC;
    err = lwcmp_der_read(der, fields, &kari);
    if (err == 0) {
        err = read_originator(w, kari.originator);
    }
    if (err == 0) {
        err = read_agreed_key(w, &kari.keys);
    }
    if (err == 0) {
        err = lwcmp_alg_read(&kari.alg, &alg);
    }
    if (err) {
        return err;
    }
    w->seal.kdf.owf = lwcmp_cms_alg_ecdh(&alg.oid);
    if (w->seal.kdf.owf == LWCMP_HASH_NONE) {
        return LWCMP_ERR_ALGORITHM;
    }
    err = read_wrap(w, &alg.parameters);
    return err ? err : make_info(w, &alg.parameters, &kari.ukm);
}

#if LWCMP_WITH_PBM && LWCMP_WITH_PBMAC1
/*
 * PasswordRecipientInfo ::= SEQUENCE {             -- RFC 5652 6.2.4
 *     version                 CMSVersion,
 *     keyDerivationAlgorithm  [0] IMPLICIT AlgorithmIdentifier OPTIONAL,
 *     keyEncryptionAlgorithm  AlgorithmIdentifier,
 *     encryptedKey            OCTET STRING }
 *
 * Always PBKDF2 and an AES key wrap (RFC 9483 4.1.6.3).
 */
static int read_pwri(struct work *w, const struct lwcmp_bytes *der)
{
    struct pwri {
        struct lwcmp_bytes kdf, alg, key;
    } pwri;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_INTEGER, 0, 0, LWCMP_DER_IGNORED},
        {LWCMP_DER_CTX(0), 0, LWCMP_DER_WHOLE, offsetof(struct pwri, kdf)},
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE, offsetof(struct pwri, alg)},
        {LWCMP_DER_OCTET_STRING, 0, LWCMP_DER_LAST, offsetof(struct pwri, key)},
    };
    struct lwcmp_pbm *kdf = &w->seal.kdf;
    int err;

    untag(w, der);
    w->seal.kind = LWCMP_SEAL_SECRET;
    err = lwcmp_der_read(der, fields, &pwri);
    if (err == 0) {
        w->seal.key = pwri.key;
        untag(w, &pwri.kdf);
        err = lwcmp_prot_alg_read_kdf(&pwri.kdf, kdf);
    }
    if (err == 0 &&
        (kdf->iterations == 0 || kdf->iterations > w->opener->iterations)) {
        err = LWCMP_ERR_ITERATIONS;
    }
    if (err == 0 && kdf->owf == LWCMP_SHA1) {
        err = LWCMP_ERR_ALGORITHM;
    }
    return err ? err : read_wrap(w, &pwri.alg);
}
#else
static int read_pwri(struct work *w, const struct lwcmp_bytes *der)
{
    (void)w;
    (void)der;
    return LWCMP_ERR_ALGORITHM;
}
#endif

/*
 * RecipientInfo ::= CHOICE {                       -- RFC 5652 6.2
 *     ktri       KeyTransRecipientInfo,
 *     kari  [1]  KeyAgreeRecipientInfo,
 *     pwri  [3]  PasswordRecipientInfo, ... }
 * RFC 9483 4.1.6: there is exactly one.
 */
static int read_recipient(struct work *w, const struct lwcmp_bytes *set)
{
    struct lwcmp_bytes content;
    int err = lwcmp_der_take_only(set, LWCMP_DER_ANY, &content);
    uint8_t tag = set->n > 0 ? set->p[0] : 0;

    if (err) {
        return err;
    }
    if (w->opener->secret != (tag == LWCMP_DER_CTX(3))) {
        return LWCMP_ERR_WRONG_KIND;
    }
    switch (tag) {
    case LWCMP_DER_SEQUENCE:
        return read_ktri(w, set);
    case LWCMP_DER_CTX(1):
        return read_kari(w, set);
    case LWCMP_DER_CTX(3):
        return read_pwri(w, set);
    }
    return LWCMP_ERR_ALGORITHM;
}

/*
 * EncryptedContentInfo ::= SEQUENCE {              -- RFC 5652 6.1
 *     contentType                 ContentType,
 *     contentEncryptionAlgorithm  AlgorithmIdentifier,
 *     encryptedContent            [0] IMPLICIT OCTET STRING OPTIONAL }
 *
 * The parameter of AES-CBC is its IV (RFC 3565 2.3). It is not detached.
 */
static int read_content(struct work *w, const struct lwcmp_bytes *der,
                        struct lwcmp_cms_content *content)
{
    struct info {
        struct lwcmp_bytes type, alg, content;
    } info;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_OID, 0, 0, offsetof(struct info, type)},
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE, offsetof(struct info, alg)},
        {LWCMP_DER_ANY, 0, LWCMP_DER_WHOLE | LWCMP_DER_LAST,
         offsetof(struct info, content)},
    };
    struct lwcmp_alg_id alg;
    int err = lwcmp_der_read(der, fields, &info);

    if (err == 0) {
        err = lwcmp_alg_read(&info.alg, &alg);
    }
    if (err) {
        return err;
    }
    content->type = info.type;
    w->content = info.content;
    w->seal.key_n = lwcmp_cms_alg_aes(&alg.oid, LWCMP_CMS_AES_CBC);
    if (w->seal.key_n == 0) {
        return LWCMP_ERR_ALGORITHM;
    }
    err = lwcmp_der_take_only(&alg.parameters, LWCMP_DER_OCTET_STRING,
                              &w->seal.iv);
    return err == 0 && w->seal.iv.n != IV_N ? LWCMP_ERR_SYNTAX : err;
}

/*
 * EnvelopedData ::= SEQUENCE {                     -- RFC 5652 6.1
 *     version               CMSVersion,
 *     originatorInfo        [0] IMPLICIT OriginatorInfo OPTIONAL,
 *     recipientInfos        SET SIZE (1..MAX) OF RecipientInfo,
 *     encryptedContentInfo  EncryptedContentInfo,
 *     unprotectedAttrs      [1] IMPLICIT Attributes OPTIONAL }
 *
 * The versions follow from the rest; RFC 9483 and its erratum 7833 do not
 * agree on them, so nothing depends on them here.
 */
static int read_envelope(struct work *w, const struct lwcmp_bytes *der,
                         struct lwcmp_cms_content *content)
{
    struct envelope {
        struct lwcmp_bytes recipients, content;
    } envelope;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_INTEGER, 0, 0, LWCMP_DER_IGNORED},
        {LWCMP_DER_CTX(0), 0, LWCMP_DER_OPTIONAL, LWCMP_DER_IGNORED},
        {LWCMP_DER_SET, 0, 0, offsetof(struct envelope, recipients)},
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE,
         offsetof(struct envelope, content)},
        {LWCMP_DER_CTX(1), 0, LWCMP_DER_OPTIONAL | LWCMP_DER_LAST,
         LWCMP_DER_IGNORED},
    };
    int err = lwcmp_der_read(der, fields, &envelope);

    if (err == 0) {
        err = read_recipient(w, &envelope.recipients);
    }
    return err ? err : read_content(w, &envelope.content, content);
}

/*
 * encryptedContent, in one piece or, in BER, in many: the implicit tag gives
 * way to that of an OCTET STRING. Any other becomes none of its tags.
 */
static int decrypt(struct work *w, struct lwcmp_cms_content *content)
{
    struct lwcmp_bytes *data = &content->data;
    uint8_t *p = w->p + (w->content.p - w->p);
    int err;

    *p ^= LWCMP_DER_CTX_PRIM(0) ^ LWCMP_DER_OCTET_STRING;
    err = lwcmp_ber_to_der(p, &w->content.n);
    if (err == 0) {
        err = lwcmp_der_take_only(&w->content, LWCMP_DER_OCTET_STRING, data);
    }
    return err ? err
               : lwcmp_crypto_unseal(w->opener->key, &w->seal,
                                     w->p + (data->p - w->p), &data->n);
}

/*
 * EncryptedKey ::= CHOICE {                        -- RFC 9810 5.2.2
 *     encryptedValue  EncryptedValue,              -- deprecated
 *     envelopedData   [0] IMPLICIT EnvelopedData }
 */
int lwcmp_cms_open(uint8_t *p, size_t n, const struct lwcmp_cms_opener *opener,
                   struct lwcmp_cms_content *content)
{
    struct work w = {.p = p, .opener = opener};
    struct lwcmp_bytes der = {p, n};
    int err = n == 0 || p[0] != LWCMP_DER_CTX(0) ? LWCMP_ERR_SYNTAX
                                                 : lwcmp_ber_to_der(p, &der.n);

    if (err == 0) {
        untag(&w, &der);
        err = read_envelope(&w, &der, content);
    }
    if (err == 0) {
        err = decrypt(&w, content);
    }
    return err == LWCMP_ERR_SYNTAX ? LWCMP_ERR_CMS : err;
}
#endif
