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

#if LWCMP_WITH_CMS
/* Whose key it is encrypted for. */
struct lwcmp_cms_opener {
    lwcmp_key key;
    /* A shared secret: the most that are borne, of PBKDF2; 0: a key pair. */
    uint32_t iterations;
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

/*
 * Whether the SignedData (RFC 5652 5.1) that p[0 .. n - 1] is in DER is
 * well-formed, of one signer, and content type and digest in the signed
 * attributes are those of the content, else it is LWCMP_ERR_PROTECTION. The
 * hash has to be that of the signature (RFC 8933), else it is
 * LWCMP_ERR_ALGORITHM. The tag of the attributes is put right in place, so this
 * works once.
 */
int lwcmp_cms_signed_read(uint8_t *p, size_t n, struct lwcmp_cms_signed *s);

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

/*
 * Reads an AsymmetricKeyPackage with one key (RFC 5958) for the certificate
 * with this SubjectPublicKeyInfo. Its publicKey, if it is there, has to be the
 * one in it, else it is LWCMP_ERR_CERT_KEY. With `bare` an ECPrivateKey does as
 * well; its algorithm is that of the certificate.
 */
int lwcmp_cms_key_read(const struct lwcmp_bytes *der, bool bare,
                       const struct lwcmp_bytes *spki,
                       struct lwcmp_cms_key *key);
#endif

#endif
