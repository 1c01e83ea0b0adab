/* SPDX-License-Identifier: Apache-2.0 */
/* A private key that leaves its store, encrypted. */
#include <string.h>

#include <mbedtls/asn1.h>
#include <mbedtls/asn1write.h>

#include "aes.h"
#include "bytes.h"
#include "psa_map.h"
#include "spki.h"

#if LWCMP_WITH_ARCHIVE
#define SEQUENCE (MBEDTLS_ASN1_CONSTRUCTED | MBEDTLS_ASN1_SEQUENCE)
#define DIRECTORY_NAME 0xa4
#define PUBLIC_KEY 0xa1

/* Five heads of up to 4 octets, two INTEGERs, an AlgorithmIdentifier. */
#define HEAD_MAX (5 * 4 + 2 * 3 + LWCMP_PSA_ALG_MAX)

/* Two heads of up to 3, and the octet for unused bits. */
#define PUBLIC_HEAD_MAX 7

/* What stands in front of the key; Mbed TLS writes backwards. */
struct front {
    uint8_t room[HEAD_MAX];
    uint8_t *p;
};

static size_t front_size(const struct front *f)
{
    return (size_t)(f->room + sizeof f->room - f->p);
}

/* Tag and length in front of all that is there by now, and n more bytes. */
static void put_head(struct front *f, uint8_t tag, size_t n)
{
    (void)mbedtls_asn1_write_len(&f->p, f->room, front_size(f) + n);
    (void)mbedtls_asn1_write_tag(&f->p, f->room, tag);
}

static void put_version(struct front *f, uint8_t version)
{
    (void)mbedtls_asn1_write_int(&f->p, f->room, version);
}

/*
 * EncKeyWithID ::= SEQUENCE {                      -- RFC 4211 4.2.1
 *     privateKey  SEQUENCE {
 *         version              INTEGER,            -- 0
 *         privateKeyAlgorithm  AlgorithmIdentifier,
 *         privateKey           OCTET STRING },
 *     identifier  CHOICE { ..., generalName GeneralName } OPTIONAL }
 *
 * In the OCTET STRING is an RSAPrivateKey, as PSA exports it, or
 *
 * ECPrivateKey ::= SEQUENCE {                      -- RFC 5915 3
 *     version     INTEGER { ecPrivkeyVer1(1) },
 *     privateKey  OCTET STRING,
 *     parameters  [0] ECParameters OPTIONAL,       -- stand above
 *     publicKey   [1] BIT STRING OPTIONAL }
 *
 * What is behind the private number has `public_n` bytes, and 0 with RSA; the
 * identifier has `more`.
 */
static void put_front(struct front *f, struct lwcmp_bytes alg, size_t key_n,
                      size_t public_n, size_t more)
{
    f->p = f->room + sizeof f->room;
    if (public_n > 0) {
        put_head(f, MBEDTLS_ASN1_OCTET_STRING, key_n - public_n);
        put_version(f, 1);
        put_head(f, SEQUENCE, key_n);
    }
    put_head(f, MBEDTLS_ASN1_OCTET_STRING, key_n);
    (void)mbedtls_asn1_write_raw_buffer(&f->p, f->room, alg.p, alg.n);
    put_version(f, 0);
    put_head(f, SEQUENCE, key_n);
    put_head(f, SEQUENCE, key_n + more);
}

/* publicKey of an EC key behind the n octets of its private number. */
static int put_public(lwcmp_key key, uint8_t *out, size_t cap, size_t *n)
{
    struct front f = {.p = f.room + sizeof f.room};
    uint8_t *point = out + *n + PUBLIC_HEAD_MAX;
    size_t point_n;
    int err = cap - *n < PUBLIC_HEAD_MAX
                  ? LWCMP_ERR_BUFFER
                  : lwcmp_psa_error(psa_export_public_key(
                        key, point, cap - *n - PUBLIC_HEAD_MAX, &point_n));

    if (err) {
        return err;
    }
    *--f.p = 0; /* unused bits */
    put_head(&f, MBEDTLS_ASN1_BIT_STRING, point_n);
    put_head(&f, PUBLIC_KEY, point_n);
    memcpy(out + *n, f.p, front_size(&f));
    *n += front_size(&f);
    memmove(out + *n, point, point_n);
    *n += point_n;
    return LWCMP_OK;
}

/*
 * Front and identifier around the n octets of the key at `out`, with public_n
 * of its public key among them.
 */
static int wrap(const psa_key_attributes_t *is, struct lwcmp_bytes name,
                size_t public_n, uint8_t *out, size_t cap, size_t *n)
{
    struct front tail = {.p = tail.room + sizeof tail.room};
    struct front f;
    struct lwcmp_bytes alg;
    size_t front_n, tail_n;

    if (lwcmp_psa_spki_alg_of(is, &alg)) {
        return LWCMP_ERR_ALGORITHM;
    }
    put_head(&tail, DIRECTORY_NAME, name.n);
    tail_n = front_size(&tail);
    put_front(&f, alg, *n, public_n, tail_n + name.n);
    front_n = front_size(&f);
    if (cap - *n < front_n + tail_n + name.n) {
        return LWCMP_ERR_BUFFER;
    }
    memmove(out + front_n, out, *n);
    memcpy(out, f.p, front_n);
    *n += front_n;
    memcpy(out + *n, tail.p, tail_n);
    memcpy(out + *n + tail_n, name.p, name.n);
    *n += tail_n + name.n;
    return LWCMP_OK;
}

int lwcmp_crypto_seal_key(lwcmp_key key, struct lwcmp_bytes name,
                          const struct lwcmp_sealed *sealed, uint8_t *out,
                          size_t cap, size_t *n)
{
    psa_key_attributes_t is = psa_key_attributes_init();
    size_t private_n, size = 0;
    int err = lwcmp_psa_error(psa_get_key_attributes(key, &is));

    if (!err) {
        err = lwcmp_psa_error(psa_export_key(key, out, cap, &size));
    }
    private_n = size;
    if (!err && PSA_KEY_TYPE_IS_ECC(psa_get_key_type(&is))) {
        err = put_public(key, out, cap, &size);
    }
    if (!err) {
        err = wrap(&is, name, size - private_n, out, cap, &size);
    }
    if (!err) {
        err = lwcmp_psa_aes_cbc_encrypt(sealed->content_key, sealed->iv, out,
                                        cap, &size);
    }
    if (err) {
        lwcmp_wipe(out, cap);
        return err;
    }
    *n = size;
    return LWCMP_OK;
}
#endif
