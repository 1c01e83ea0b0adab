/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SubjectPublicKeyInfo (RFC 5280 4.1.2.7) is an AlgorithmIdentifier and a BIT
 * STRING; what is in the latter is what PSA imports and exports (RFC 5480 2.2,
 * RFC 8017 A.1.1). So no key is ever taken apart here.
 */
#include "spki.h"

#include <string.h>

#include <mbedtls/asn1.h>
#include <mbedtls/asn1write.h>

#include "bytes.h"

#define EC PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1)
#define RSA PSA_KEY_TYPE_RSA_PUBLIC_KEY

#define SEQUENCE (MBEDTLS_ASN1_CONSTRUCTED | MBEDTLS_ASN1_SEQUENCE)

/*
 * DER leaves no choice in writing an AlgorithmIdentifier, so it is compared as
 * a whole; the second octet is its length. What is not here is not supported,
 * curves that are given by their parameters (RFC 3279 2.3.5) among it.
 */
static const struct algorithm {
    psa_key_type_t type;
    uint16_t bits; /* 0: those of the key */
    uint8_t der[21];
} algorithms[] = {
    {EC, 256, {0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
               0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07}},
#if defined(PSA_WANT_ECC_SECP_R1_384)
    {EC,
     384,
     {0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06,
      0x05, 0x2b, 0x81, 0x04, 0x00, 0x22}},
#endif
#if defined(PSA_WANT_ECC_SECP_R1_521)
    {EC,
     521,
     {0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06,
      0x05, 0x2b, 0x81, 0x04, 0x00, 0x23}},
#endif
#if defined(PSA_WANT_KEY_TYPE_RSA_PUBLIC_KEY)
    {RSA,
     0,
     {0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01,
      0x01, 0x05, 0x00}},
    /* Without the NULL: met in the field, never written. */
    {RSA,
     0,
     {0x30, 0x0b, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01,
      0x01}},
#endif
};

#define ALGORITHMS_END (algorithms + sizeof algorithms / sizeof algorithms[0])

static size_t der_size(const struct algorithm *a)
{
    return a->der[1] + 2u;
}

/* Tag and length in front of n octets, fewer than 0x10000: their size. */
static size_t head_size(size_t n)
{
    return n < 0x80 ? 2 : n < 0x100 ? 3 : 4;
}

/*
 * Enters an element. Mbed TLS also takes lengths in a longer form than need be,
 * which is not DER.
 */
static bool enter(unsigned char **p, const unsigned char *end, int tag,
                  size_t *n)
{
    const unsigned char *start = *p;

    return mbedtls_asn1_get_tag(p, end, n, tag) == 0 &&
           (size_t)(*p - start) == head_size(*n);
}

/* Splits `spki` into its AlgorithmIdentifier and what the BIT STRING holds. */
static bool split(struct lwcmp_bytes spki, struct lwcmp_bytes *alg,
                  struct lwcmp_bytes *key)
{
    /* Mbed TLS takes no pointer to const, but it only reads. */
    unsigned char *p = (unsigned char *)(uintptr_t)spki.p;
    const unsigned char *end = spki.p + spki.n;
    size_t n;

    if (!enter(&p, end, SEQUENCE, &n) || n != (size_t)(end - p)) {
        return false;
    }
    alg->p = p;
    if (!enter(&p, end, SEQUENCE, &n)) {
        return false;
    }
    p += n;
    alg->n = (size_t)(p - alg->p);
    /* Keys are whole octets: there are no unused bits. */
    if (!enter(&p, end, MBEDTLS_ASN1_BIT_STRING, &n) ||
        n != (size_t)(end - p) || n == 0 || *p != 0) {
        return false;
    }
    key->p = p + 1;
    key->n = n - 1;
    return true;
}

/* A point that is not compressed: 4, x and y (SEC 1 2.3.3). */
static int check_point(struct lwcmp_bytes key, size_t bits)
{
    size_t half = (bits + 7) / 8;

    if (key.n == 1 + 2 * half && key.p[0] == 4) {
        return LWCMP_OK;
    }
    /* A compressed one is correct, but PSA does not take it. */
    return key.n == 1 + half ? LWCMP_ERR_ALGORITHM : LWCMP_ERR_CERT_SYNTAX;
}

/*
 * Bits of the modulus of an RSAPublicKey, rounded down to whole octets; 0 if
 * it is no positive number in DER. The rest of it is left to PSA.
 */
static size_t rsa_bits(struct lwcmp_bytes key)
{
    unsigned char *p = (unsigned char *)(uintptr_t)key.p;
    const unsigned char *end = key.p + key.n;
    size_t n;

    if (!enter(&p, end, SEQUENCE, &n) ||
        !enter(&p, end, MBEDTLS_ASN1_INTEGER, &n) || n < 2 || p[0] >= 0x80 ||
        (p[0] == 0 && p[1] < 0x80)) {
        return 0;
    }
    return 8 * (n - 1);
}

static const struct algorithm *find_der(struct lwcmp_bytes der)
{
    const struct algorithm *a;

    for (a = algorithms; a != ALGORITHMS_END; a++) {
        if (lwcmp_bytes_are(&der, a->der, der_size(a))) {
            return a;
        }
    }
    return NULL;
}

int lwcmp_psa_spki_read(struct lwcmp_bytes spki, psa_key_attributes_t *is,
                        struct lwcmp_bytes *key)
{
    const struct algorithm *a;
    struct lwcmp_bytes alg;
    size_t bits;

    if (!split(spki, &alg, key)) {
        return LWCMP_ERR_CERT_SYNTAX;
    }
    a = find_der(alg);
    if (a == NULL) {
        return LWCMP_ERR_ALGORITHM;
    }
    bits = a->bits != 0 ? a->bits : rsa_bits(*key);
    psa_set_key_type(is, a->type);
    psa_set_key_bits(is, bits);
    if (a->bits != 0) {
        return check_point(*key, bits);
    }
    return bits != 0 ? LWCMP_OK : LWCMP_ERR_CERT_SYNTAX;
}

#if LWCMP_WITH_CMS
int lwcmp_psa_spki_alg(struct lwcmp_bytes alg, psa_key_attributes_t *is)
{
    const struct algorithm *a = find_der(alg);

    if (a == NULL) {
        return LWCMP_ERR_ALGORITHM;
    }
    psa_set_key_type(is, PSA_KEY_TYPE_KEY_PAIR_OF_PUBLIC_KEY(a->type));
    psa_set_key_bits(is, a->bits);
    psa_set_key_algorithm(
        is, a->bits != 0 ? PSA_ALG_ECDSA(PSA_ALG_ANY_HASH)
                         : PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_ANY_HASH));
    return LWCMP_OK;
}
#endif

static const struct algorithm *find_type(const psa_key_attributes_t *is)
{
    psa_key_type_t type = psa_get_key_type(is);
    const struct algorithm *a;

    for (a = algorithms; a != ALGORITHMS_END; a++) {
        if (PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(type) == a->type &&
            (a->bits == 0 || a->bits == psa_get_key_bits(is))) {
            return a;
        }
    }
    return NULL;
}

#if LWCMP_WITH_ARCHIVE
int lwcmp_psa_spki_alg_of(const psa_key_attributes_t *is,
                          struct lwcmp_bytes *alg)
{
    const struct algorithm *a = find_type(is);

    if (a == NULL) {
        return LWCMP_ERR_ALGORITHM;
    }
    alg->p = a->der;
    alg->n = der_size(a);
    return LWCMP_OK;
}
#endif

int lwcmp_psa_spki_wrap(const psa_key_attributes_t *is, uint8_t *out,
                        size_t cap, size_t *n)
{
    const struct algorithm *a = find_type(is);
    uint8_t head[sizeof a->der + 9];
    uint8_t *p = head + sizeof head;
    size_t size;

    if (a == NULL) {
        return LWCMP_ERR_ALGORITHM;
    }
    /* Mbed TLS writes backwards. There is room for all of it. */
    *--p = 0; /* unused bits */
    (void)mbedtls_asn1_write_len(&p, head, *n + 1);
    (void)mbedtls_asn1_write_tag(&p, head, MBEDTLS_ASN1_BIT_STRING);
    (void)mbedtls_asn1_write_raw_buffer(&p, head, a->der, der_size(a));
    size = *n + (size_t)(head + sizeof head - p);
    (void)mbedtls_asn1_write_len(&p, head, size);
    (void)mbedtls_asn1_write_tag(&p, head, SEQUENCE);
    size = (size_t)(head + sizeof head - p);
    if (cap - *n < size) {
        return LWCMP_ERR_BUFFER;
    }
    memmove(out + size, out, *n);
    memcpy(out, p, size);
    *n += size;
    return LWCMP_OK;
}
