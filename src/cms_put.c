/* SPDX-License-Identifier: Apache-2.0 */
/*
 * EnvelopedData for one recipient, whom it names by issuer and serial number,
 * since each certificate has these. What does not depend on the recipient is
 * here as it is sent.
 */
#include "cms_put.h"

#include "lwcmp/crypto.h"

#if LWCMP_WITH_ARCHIVE
/*
 * contentType and what of contentEncryptionAlgorithm stands before the IV (RFC
 * 5652 6.1): id-ct-encKeyWithID (RFC 4211 4.2.1), id-aes256-CBC (RFC 3565 4.1).
 */
static const uint8_t content_info[] = {
    0x06, 0x0b, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09,
    0x10, 0x01, 0x15, 0x30, 0x1d, 0x06, 0x09, 0x60, 0x86, 0x48,
    0x01, 0x65, 0x03, 0x04, 0x01, 0x2a, 0x04, 0x10};

/*
 * id-RSAES-OAEP with SHA-256, and MGF1 with SHA-256 (RFC 8017 A.2.1); the
 * hashes have NULL for parameters, which RFC 4055 2.1 wants here.
 */
static const uint8_t oaep[] = {
    0x30, 0x3c, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01,
    0x01, 0x07, 0x30, 0x2f, 0xa0, 0x0f, 0x30, 0x0d, 0x06, 0x09, 0x60,
    0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0xa1,
    0x1c, 0x30, 0x1a, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d,
    0x01, 0x01, 0x08, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
    0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00};

/* dhSinglePass-stdDH-sha256kdf-scheme with id-aes256-wrap (RFC 5753 7.1.4) */
static const uint8_t ecdh[] = {0x30, 0x15, 0x06, 0x06, 0x2b, 0x81, 0x04, 0x01,
                               0x0b, 0x01, 0x30, 0x0b, 0x06, 0x09, 0x60, 0x86,
                               0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2d};

/*
 * ECC-CMS-SharedInfo: that key wrap, no ukm, and the 256 bits of its key (RFC
 * 5753 7.2). The ephemeral key makes each one new.
 */
static const uint8_t shared_info[] = {
    0x30, 0x15, 0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03,
    0x04, 0x01, 0x2d, 0xa2, 0x06, 0x04, 0x04, 0x00, 0x00, 0x01, 0x00};

/*
 * IssuerAndSerialNumber ::= SEQUENCE {             -- RFC 5652 10.2.4
 *     issuer        Name,
 *     serialNumber  INTEGER }
 */
static void put_rid(struct lwcmp_der_out *o, const struct lwcmp_cert *cert)
{
    lwcmp_der_open_sequence(o);
    lwcmp_der_put_raw(o, cert->issuer.p, cert->issuer.n);
    lwcmp_der_put(o, LWCMP_DER_INTEGER, cert->serial.p, cert->serial.n);
    lwcmp_der_close(o);
}

/*
 * KeyTransRecipientInfo ::= SEQUENCE {             -- RFC 5652 6.2.1
 *     version                 INTEGER,             -- 0
 *     rid                     RecipientIdentifier,
 *     keyEncryptionAlgorithm  AlgorithmIdentifier,
 *     encryptedKey            OCTET STRING }
 */
static void put_ktri(struct lwcmp_der_out *o, const struct lwcmp_sealed *sealed,
                     const struct lwcmp_cert *to)
{
    lwcmp_der_open_sequence(o);
    lwcmp_der_put_int(o, 0);
    put_rid(o, to);
    lwcmp_der_put_raw(o, oaep, sizeof oaep);
    lwcmp_der_put(o, LWCMP_DER_OCTET_STRING, sealed->key.p, sealed->key.n);
    lwcmp_der_close(o);
}

/*
 * KeyAgreeRecipientInfo ::= [1] IMPLICIT SEQUENCE { -- RFC 5652 6.2.2
 *     version                 INTEGER,              -- 3
 *     originator              [0] CHOICE { ...,     -- explicit
 *         originatorKey       [1] IMPLICIT SEQUENCE {
 *             algorithm  AlgorithmIdentifier,
 *             publicKey  BIT STRING } },
 *     keyEncryptionAlgorithm  AlgorithmIdentifier,
 *     recipientEncryptedKeys  SEQUENCE OF SEQUENCE {
 *         rid           KeyAgreeRecipientIdentifier,
 *         encryptedKey  OCTET STRING } }
 * With the tag of a SEQUENCE originatorKey is a SubjectPublicKeyInfo.
 */
static void put_kari(struct lwcmp_der_out *o, struct lwcmp_sealed *sealed,
                     const struct lwcmp_cert *to)
{
    sealed->room[0] = LWCMP_DER_CTX(1);
    lwcmp_der_open(o, LWCMP_DER_CTX(1));
    lwcmp_der_put_int(o, 3);
    lwcmp_der_put(o, LWCMP_DER_CTX(0), sealed->sender.p, sealed->sender.n);
    lwcmp_der_put_raw(o, ecdh, sizeof ecdh);
    lwcmp_der_open_sequence(o);
    lwcmp_der_open_sequence(o);
    put_rid(o, to);
    lwcmp_der_put(o, LWCMP_DER_OCTET_STRING, sealed->key.p, sealed->key.n);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
}

/*
 * EncryptedContentInfo ::= SEQUENCE {              -- RFC 5652 6.1
 *     contentType                 OBJECT IDENTIFIER,
 *     contentEncryptionAlgorithm  AlgorithmIdentifier,
 *     encryptedContent            [0] IMPLICIT OCTET STRING OPTIONAL }
 */
static void put_content(struct lwcmp_der_out *o, lwcmp_key key,
                        const struct lwcmp_bytes *name,
                        const struct lwcmp_sealed *sealed)
{
    size_t n;
    uint8_t *p;
    int err;

    lwcmp_der_open_sequence(o);
    lwcmp_der_put_raw(o, content_info, sizeof content_info);
    lwcmp_der_put_raw(o, sealed->iv, sizeof sealed->iv);
    lwcmp_der_open(o, LWCMP_DER_CTX_PRIM(0));
    p = lwcmp_der_room(o, &n);
    if (p != NULL) {
        err = lwcmp_crypto_seal_key(key, *name, sealed, p, n, &n);
        lwcmp_der_wrote(o, err, n);
    }
    lwcmp_der_close(o);
    lwcmp_der_close(o);
}

/*
 * EncryptedKey: [0] IMPLICIT EnvelopedData         -- RFC 9810 5.2.2
 * EnvelopedData ::= SEQUENCE {                     -- RFC 5652 6.1
 *     version               INTEGER,               -- 0 with ktri, else 2
 *     recipientInfos        SET OF RecipientInfo,
 *     encryptedContentInfo  EncryptedContentInfo }
 */
void lwcmp_cms_put_key(struct lwcmp_der_out *o, lwcmp_key key,
                       const struct lwcmp_bytes *name,
                       const struct lwcmp_cert *to)
{
    static const struct lwcmp_bytes info = {shared_info, sizeof shared_info};
    struct lwcmp_sealed sealed;
    int err = lwcmp_crypto_seal(to->spki, info, &sealed);

    if (err) {
        lwcmp_der_out_fail(o, err);
        return;
    }
    lwcmp_der_open(o, LWCMP_DER_CTX(0));
    lwcmp_der_put_int(o, sealed.ec ? 2 : 0);
    lwcmp_der_open(o, LWCMP_DER_SET);
    if (sealed.ec) {
        put_kari(o, &sealed, to);
    } else {
        put_ktri(o, &sealed, to);
    }
    lwcmp_der_close(o);
    put_content(o, key, name, &sealed);
    lwcmp_der_close(o);
    (void)lwcmp_crypto_key_destroy(sealed.content_key);
}
#endif
