/* SPDX-License-Identifier: Apache-2.0 */
/* EncryptedKey and EnvelopedData, with the three kinds of recipient. */
#include "ber.h"
#include "cms.h"
#include "cms_alg.h"
#include "prot_alg.h"

#if LWCMP_WITH_CMS
#define IV_N 16

/* SharedInfo, with a ukm of up to 90 bytes. */
#define INFO_MAX 128

/* All that is read of it. */
struct work {
    uint8_t *p; /* the EncryptedKey */
    const struct lwcmp_cms_opener *opener;
    struct lwcmp_seal seal;
    struct lwcmp_bytes recipient, content; /* RecipientInfo and its neighbour */
    struct lwcmp_bytes how;    /* keyDerivationAlgorithm, or the originator */
    struct lwcmp_bytes ukm;    /* OCTET STRING, or absent */
    struct lwcmp_bytes keys;   /* RecipientEncryptedKeys */
    struct lwcmp_bytes alg;    /* what it is encrypted by */
    struct lwcmp_alg_id id;    /* the same, taken apart */
    struct lwcmp_bytes type;   /* of the content */
    struct lwcmp_bytes octets; /* encryptedContent, with its tag */
    uint8_t info[INFO_MAX];
};

/* An implicit tag on a SEQUENCE gives way to that of the SEQUENCE. */
static void untag(struct work *w, const struct lwcmp_bytes *element)
{
    w->p[element->p - w->p] = LWCMP_DER_SEQUENCE;
}

/* What has an algorithm in it. */
static int read_part(struct work *w, const struct lwcmp_bytes *element,
                     const struct lwcmp_der_field *fields)
{
    int err;

    untag(w, element);
    err = lwcmp_der_read(element, fields, w);
    return err ? err : lwcmp_alg_read(&w->alg, &w->id);
}

/*
 * KeyTransRecipientInfo ::= SEQUENCE {             -- RFC 5652 6.2.1
 *     version                 CMSVersion,
 *     rid                     RecipientIdentifier,
 *     keyEncryptionAlgorithm  AlgorithmIdentifier,
 *     encryptedKey            OCTET STRING }
 *
 * PasswordRecipientInfo ::= SEQUENCE {             -- RFC 5652 6.2.4
 *     version                 CMSVersion,
 *     keyDerivationAlgorithm  [0] IMPLICIT AlgorithmIdentifier OPTIONAL,
 *     keyEncryptionAlgorithm  AlgorithmIdentifier,
 *     encryptedKey            OCTET STRING }
 */
static const struct lwcmp_der_field ktri_or_pwri[] = {
    {LWCMP_DER_INTEGER, 0, 0, LWCMP_DER_IGNORED},
    {LWCMP_DER_ANY, 0, LWCMP_DER_WHOLE, offsetof(struct work, how)},
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE, offsetof(struct work, alg)},
    {LWCMP_DER_OCTET_STRING, 0, LWCMP_DER_LAST,
     offsetof(struct work, seal.key)},
};

/*
 * KeyAgreeRecipientInfo ::= SEQUENCE {             -- RFC 5652 6.2.2
 *     version                 CMSVersion,
 *     originator              [0] EXPLICIT OriginatorIdentifierOrKey,
 *     ukm                     [1] EXPLICIT OCTET STRING OPTIONAL,
 *     keyEncryptionAlgorithm  AlgorithmIdentifier,
 *     recipientEncryptedKeys  RecipientEncryptedKeys }
 */
static const struct lwcmp_der_field kari[] = {
    {LWCMP_DER_INTEGER, 0, 0, LWCMP_DER_IGNORED},
    {LWCMP_DER_CTX(0), LWCMP_DER_CTX(1), LWCMP_DER_WHOLE,
     offsetof(struct work, how)},
    {LWCMP_DER_CTX(1), LWCMP_DER_OCTET_STRING,
     LWCMP_DER_OPTIONAL | LWCMP_DER_WHOLE, offsetof(struct work, ukm)},
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE, offsetof(struct work, alg)},
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_LAST, offsetof(struct work, keys)},
};

static int set_ktri(struct work *w)
{
    unsigned alg = lwcmp_cms_oid(&w->id.oid);

    w->seal.kind = LWCMP_SEAL_RSA;
    if (alg == LWCMP_CMS_OAEP) {
        w->seal.kind = LWCMP_SEAL_OAEP;
        w->seal.kdf.owf = (enum lwcmp_hash)lwcmp_cms_oaep(&w->id.parameters);
        return w->seal.kdf.owf == LWCMP_HASH_NONE ? LWCMP_ERR_ALGORITHM : 0;
    }
    return alg != LWCMP_CMS_RSA ? LWCMP_ERR_ALGORITHM : 0;
}

/* The AES key that wraps, by the algorithm: id-aes*-wrap. */
static int set_wrap(struct work *w)
{
    struct lwcmp_pbm *kdf = &w->seal.kdf;
    uint8_t n = lwcmp_cms_aes(&w->id.oid, LWCMP_CMS_AES_WRAP);

    if (kdf->key_length == 0) {
        kdf->key_length = n;
    }
    return n == 0 || n != kdf->key_length ? LWCMP_ERR_ALGORITHM : 0;
}

/*
 * originatorKey [1] IMPLICIT SEQUENCE {            -- RFC 5652 6.2.2
 *     algorithm  AlgorithmIdentifier,
 *     publicKey  BIT STRING }
 *
 * RFC 9483 4.1.6.2 names the sender's key by its identifier; that of one
 * message only (RFC 5753 3.1.1) has none. Its curve is that of our own key.
 */
static int read_originator(struct work *w)
{
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_SEQUENCE, 0, 0, LWCMP_DER_IGNORED},
        {LWCMP_DER_BIT_STRING, 0, LWCMP_DER_LAST,
         offsetof(struct work, seal.point)},
    };
    int err;

    untag(w, &w->how);
    err = lwcmp_der_read(&w->how, fields, w);
    return err | lwcmp_der_octets(&w->seal.point);
}

/*
 * RecipientEncryptedKeys ::= SEQUENCE OF SEQUENCE {   -- RFC 5652 6.2.2
 *     rid           KeyAgreeRecipientIdentifier,
 *     encryptedKey  OCTET STRING }
 */
static int read_agreed_key(struct work *w)
{
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_ANY, 0, 0, LWCMP_DER_IGNORED},
        {LWCMP_DER_OCTET_STRING, 0, LWCMP_DER_LAST,
         offsetof(struct work, seal.key)},
    };

    return lwcmp_der_read(&w->keys, fields, w);
}

/*
 * ECC-CMS-SharedInfo ::= SEQUENCE {                -- RFC 5753 7.2
 *     keyInfo      AlgorithmIdentifier,
 *     entityUInfo  [0] EXPLICIT OCTET STRING OPTIONAL,   -- the ukm
 *     suppPubInfo  [2] EXPLICIT OCTET STRING }     -- bits of the AES key
 */
static int make_info(struct work *w)
{
    const uint8_t n = w->seal.kdf.key_length;
    const uint8_t bits[] = {
        LWCMP_DER_CTX(2), 6, LWCMP_DER_OCTET_STRING, 4, 0, 0, (uint8_t)(n >> 5),
        (uint8_t)(n << 3)};
    struct lwcmp_der_out o;

    lwcmp_der_out_init(&o, w->info, sizeof w->info);
    lwcmp_der_open_sequence(&o);
    lwcmp_der_put_raw(&o, w->alg.p, w->alg.n);
    if (w->ukm.p != NULL) {
        lwcmp_der_put(&o, LWCMP_DER_CTX(0), w->ukm.p, w->ukm.n);
    }
    lwcmp_der_put_raw(&o, bits, sizeof bits);
    lwcmp_der_close(&o);
    w->seal.kdf.salt.p = w->info;
    w->seal.kdf.salt.n = o.n;
    return o.err ? LWCMP_ERR_ALGORITHM : 0;
}

/* The parameter of ECDH is the algorithm that wraps (RFC 5753 7.1.4). */
static int set_kari(struct work *w)
{
    unsigned which;
    int err = read_originator(w);

    err |= read_agreed_key(w);
    if (err) {
        return err;
    }
    which = lwcmp_cms_which(&w->id.oid, LWCMP_CMS_ECDH_SHA256, LWCMP_CMS_NEXT);
    if (which == 0) {
        return LWCMP_ERR_ALGORITHM;
    }
    w->seal.kind = LWCMP_SEAL_EC;
    w->seal.kdf.owf = (enum lwcmp_hash)(LWCMP_SHA256 - 1 + which);
    w->alg = w->id.parameters;
    err = lwcmp_alg_read(&w->alg, &w->id);
    if (err == 0) {
        err = set_wrap(w);
    }
    return err ? err : make_info(w);
}

#if LWCMP_WITH_PBM && LWCMP_WITH_PBMAC1
/* Always PBKDF2 and an AES key wrap (RFC 9483 4.1.6.3). */
static int set_pwri(struct work *w)
{
    struct lwcmp_pbm *kdf = &w->seal.kdf;
    int err = LWCMP_ERR_SYNTAX;

    w->seal.kind = LWCMP_SEAL_SECRET;
    if (w->how.p[0] == LWCMP_DER_CTX(0)) {
        untag(w, &w->how);
        err = lwcmp_prot_alg_read_kdf(&w->how, kdf);
    }
    if (err) {
        return err;
    }
    if (kdf->iterations == 0 || kdf->iterations > w->opener->iterations) {
        return LWCMP_ERR_ITERATIONS;
    }
    return kdf->owf == LWCMP_SHA1 ? LWCMP_ERR_ALGORITHM : set_wrap(w);
}
#else
static int set_pwri(struct work *w)
{
    (void)w;
    return LWCMP_ERR_ALGORITHM;
}
#endif

/*
 * RecipientInfo ::= CHOICE {                       -- RFC 5652 6.2
 *     ktri       KeyTransRecipientInfo,
 *     kari  [1]  KeyAgreeRecipientInfo,
 *     pwri  [3]  PasswordRecipientInfo, ... }
 */
static int read_recipient(struct work *w)
{
    uint8_t tag = w->recipient.p[0];
    int err;

    if ((w->opener->iterations > 0) != (tag == LWCMP_DER_CTX(3))) {
        return LWCMP_ERR_WRONG_KIND;
    }
    if (tag != LWCMP_DER_SEQUENCE && tag != LWCMP_DER_CTX(1) &&
        tag != LWCMP_DER_CTX(3)) {
        return LWCMP_ERR_ALGORITHM;
    }
    err = read_part(w, &w->recipient,
                    tag == LWCMP_DER_CTX(1) ? kari : ktri_or_pwri);
    if (err) {
        return err;
    }
    switch (tag) {
    case LWCMP_DER_SEQUENCE:
        return set_ktri(w);
    case LWCMP_DER_CTX(1):
        return set_kari(w);
    default:
        return set_pwri(w);
    }
}

/*
 * EncryptedContentInfo ::= SEQUENCE {              -- RFC 5652 6.1
 *     contentType                 ContentType,
 *     contentEncryptionAlgorithm  AlgorithmIdentifier,
 *     encryptedContent            [0] IMPLICIT OCTET STRING OPTIONAL }
 *
 * The parameter of AES-CBC is its IV (RFC 3565 2.3). It is not detached.
 */
static int read_content(struct work *w)
{
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_OID, 0, 0, offsetof(struct work, type)},
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE, offsetof(struct work, alg)},
        {LWCMP_DER_ANY, 0, LWCMP_DER_WHOLE | LWCMP_DER_LAST,
         offsetof(struct work, octets)},
    };
    int err = read_part(w, &w->content, fields);

    if (err) {
        return err;
    }
    w->seal.key_n = lwcmp_cms_aes(&w->id.oid, LWCMP_CMS_AES_CBC);
    if (w->seal.key_n == 0) {
        return LWCMP_ERR_ALGORITHM;
    }
    err = lwcmp_der_take_only(&w->id.parameters, LWCMP_DER_OCTET_STRING,
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
 * agree on them, so nothing depends on them here. There is exactly one
 * recipient (RFC 9483 4.1.6).
 */
static int read_envelope(struct work *w, const struct lwcmp_bytes *der)
{
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_INTEGER, 0, 0, LWCMP_DER_IGNORED},
        {LWCMP_DER_CTX(0), 0, LWCMP_DER_OPTIONAL, LWCMP_DER_IGNORED},
        {LWCMP_DER_SET, LWCMP_DER_ANY, LWCMP_DER_WHOLE,
         offsetof(struct work, recipient)},
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE,
         offsetof(struct work, content)},
        {LWCMP_DER_CTX(1), 0, LWCMP_DER_OPTIONAL | LWCMP_DER_LAST,
         LWCMP_DER_IGNORED},
    };
    int err;

    untag(w, der);
    err = lwcmp_der_read(der, fields, w);
    if (err == 0) {
        err = read_recipient(w);
    }
    return err ? err : read_content(w);
}

/*
 * encryptedContent, in one piece or, in BER, in many: the implicit tag gives
 * way to that of an OCTET STRING. Any other becomes none of its tags.
 */
static int decrypt(struct work *w, struct lwcmp_bytes *data)
{
    uint8_t *p = w->p + (w->octets.p - w->p);
    int err;

    *p ^= LWCMP_DER_CTX_PRIM(0) ^ LWCMP_DER_OCTET_STRING;
    err = lwcmp_ber_to_der(p, &w->octets.n);
    if (err == 0) {
        err = lwcmp_der_take_only(&w->octets, LWCMP_DER_OCTET_STRING, data);
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
    int err = lwcmp_ber_to_der(p, &der.n);

    if (err == 0 && p[0] != LWCMP_DER_CTX(0)) {
        err = LWCMP_ERR_SYNTAX;
    }
    if (err == 0) {
        err = read_envelope(&w, &der);
    }
    if (err == 0) {
        content->type = w.type;
        err = decrypt(&w, &content->data);
    }
    return err == LWCMP_ERR_SYNTAX ? LWCMP_ERR_CMS : err;
}
#endif
