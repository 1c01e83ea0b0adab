/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a CA sends encrypted for one recipient (RFC 9483 4.1.6): EnvelopedData
 * and SignedData (RFC 5652), private keys (RFC 5958). A private key comes as
 *
 *     lwcmp_cms_open()            EncryptedKey, decrypted in place
 *     lwcmp_cms_signed_read()     SignedData in it, and what it says of itself
 *     lwcmp_cms_signed_is_by(),
 *     lwcmp_cms_signed_verify()   who has made the key
 *     lwcmp_cms_key_read()        the key
 *
 * Lengths and strings may be in BER. Everything else that is wrong with the
 * form is LWCMP_ERR_CMS. What was decrypted is the caller's to wipe.
 */
#ifndef LWCMP_CMS_H
#define LWCMP_CMS_H

#include "cert.h"
#include "lwcmp/crypto.h"

extern lwcmp_oid lwcmp_oid_data;
extern lwcmp_oid lwcmp_oid_signed_data;
extern lwcmp_oid lwcmp_oid_key_package;

/* What was encrypted; the slices point into it. */
struct lwcmp_cms_content {
    struct lwcmp_bytes type; /* content octets of the OID */
    struct lwcmp_bytes data;
};

/* Whose key it is encrypted for. */
struct lwcmp_cms_opener {
    lwcmp_key key;
    bool secret;         /* a shared secret, not a key pair */
    uint32_t iterations; /* the most that are borne, of PBKDF2 */
};

/*
 * Decrypts the EncryptedKey (RFC 9810 5.2.2) that p[0 .. n - 1] is, in place.
 * There is one recipient, whose kind has to fit the key, else it is
 * LWCMP_ERR_WRONG_KIND. Which key is meant is not looked at: with another one
 * it does not decrypt. LWCMP_ERR_CMS: the deprecated EncryptedValue, too.
 * LWCMP_ERR_ALGORITHM, LWCMP_ERR_ITERATIONS; else as lwcmp_crypto_unseal().
 */
int lwcmp_cms_open(uint8_t *p, size_t n, const struct lwcmp_cms_opener *opener,
                   struct lwcmp_cms_content *content);

/* SignedData with one signer (RFC 5652 5.1). */
struct lwcmp_cms_signed {
    struct lwcmp_cms_content content;
    struct lwcmp_bytes certificates; /* DER in a row, of whoever it may be */
    struct lwcmp_bytes signer;       /* SignerIdentifier, with its tag */
    struct lwcmp_bytes attributes;   /* that are signed, with their tag */
    struct lwcmp_bytes signature;
    enum lwcmp_sig sig;
};

/*
 * Whether it is well-formed, of one signer, and content type and digest in the
 * signed attributes are those of the content, else it is LWCMP_ERR_PROTECTION.
 * The hash has to be that of the signature (RFC 8933), else it is
 * LWCMP_ERR_ALGORITHM.
 */
int lwcmp_cms_signed_read(const struct lwcmp_bytes *der,
                          struct lwcmp_cms_signed *s);

/* Whether the signer says to have this certificate. */
bool lwcmp_cms_signed_is_by(const struct lwcmp_cms_signed *s,
                            const struct lwcmp_cert *cert);

/* 0, LWCMP_ERR_PROTECTION, or an error of lwcmp_crypto_public_import(). */
int lwcmp_cms_signed_verify(const struct lwcmp_cms_signed *s,
                            const struct lwcmp_cert *cert);

/* A private key, for lwcmp_crypto_key_import(). */
struct lwcmp_cms_key {
    struct lwcmp_bytes alg;
    struct lwcmp_bytes octets;
    struct lwcmp_bytes public; /* content of the BIT STRING, or absent */
};

#define LWCMP_CMS_ALG_ROOM 24

/*
 * An AsymmetricKeyPackage with one key (RFC 5958). With `bare` an ECPrivateKey
 * that names its curve does as well; its algorithm is put into `room` of
 * LWCMP_CMS_ALG_ROOM bytes.
 */
int lwcmp_cms_key_read(const struct lwcmp_bytes *der, bool bare, uint8_t *room,
                       struct lwcmp_cms_key *key);

/* Whether publicKey, if it is there, is the key in the certificate. */
bool lwcmp_cms_key_is_of(const struct lwcmp_cms_key *key,
                         const struct lwcmp_cert *cert);

#endif
