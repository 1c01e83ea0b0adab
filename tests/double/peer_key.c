/* SPDX-License-Identifier: Apache-2.0 */
#include "peer_key.h"

#include <string.h>

#include "cms.h"
#include "crypto_toy.h"
#include "peer_inside.h"

#if LWCMP_WITH_CMS
#define BLOCK 16

static const uint8_t salt[] = "salt of the key";
static const uint8_t point[] = {4, 1, 2, 3};
static const uint8_t iv[BLOCK];

/* id-aes128-wrap, and SharedInfo of it without a ukm */
static const uint8_t wrap[] = {0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48,
                               0x01, 0x65, 0x03, 0x04, 0x01, 0x05};
static const uint8_t shared_info[] = {
    0x30, 0x15, 0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03,
    0x04, 0x01, 0x05, 0xa2, 0x06, 0x04, 0x04, 0x00, 0x00, 0x00, 0x80};
static const uint8_t aes_cbc[] = {0x60, 0x86, 0x48, 0x01, 0x65,
                                  0x03, 0x04, 0x01, 0x02};
/* PBKDF2 with HMAC-SHA256 and 1000 iterations, behind its salt */
static const uint8_t rest_of_kdf[] = {0x02, 0x02, 0x03, 0xe8, 0x30, 0x0a,
                                      0x06, 0x08, 0x2a, 0x86, 0x48, 0x86,
                                      0xf7, 0x0d, 0x02, 0x09};
static lwcmp_oid pbkdf2 = {9,    0x2a, 0x86, 0x48, 0x86,
                           0xf7, 0x0d, 0x01, 0x05, 0x0c};
static lwcmp_oid ec_public_key = {7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01};
static lwcmp_oid p256 = {8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};
static lwcmp_oid std_dh_sha256 = {6, 0x2b, 0x81, 0x04, 0x01, 0x0b, 0x01};
static lwcmp_oid data = {9,    0x2a, 0x86, 0x48, 0x86,
                         0xf7, 0x0d, 0x01, 0x07, 0x01};
static lwcmp_oid signed_data = {9,    0x2a, 0x86, 0x48, 0x86,
                                0xf7, 0x0d, 0x01, 0x07, 0x02};
static lwcmp_oid key_package = {10,   0x60, 0x86, 0x48, 0x01, 0x65,
                                0x02, 0x01, 0x02, 0x4e, 0x05};
static lwcmp_oid content_type = {9,    0x2a, 0x86, 0x48, 0x86,
                                 0xf7, 0x0d, 0x01, 0x09, 0x03};
static lwcmp_oid message_digest = {9,    0x2a, 0x86, 0x48, 0x86,
                                   0xf7, 0x0d, 0x01, 0x09, 0x04};

static void put_ec_algorithm(struct lwcmp_der_out *o)
{
    lwcmp_der_open_sequence(o);
    lwcmp_oid_put(o, ec_public_key);
    lwcmp_oid_put(o, p256);
    lwcmp_der_close(o);
}

static void put_one_key(const struct peer_key *key, struct lwcmp_der_out *o)
{
    uint8_t octets[CRYPTO_TOY_PRIVATE];

    crypto_toy_private(key->other ? key->other : key->number, octets);
    lwcmp_der_open_sequence(o);
    lwcmp_der_put_int(o, 0);
    put_ec_algorithm(o);
    lwcmp_der_open(o, LWCMP_DER_OCTET_STRING);
    lwcmp_der_open_sequence(o);
    lwcmp_der_put_int(o, 1);
    lwcmp_der_put(o, LWCMP_DER_OCTET_STRING, octets, sizeof octets);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
}

/* Who signs the key, and with which. */
static struct lwcmp_bytes signer(const struct peer_key *key, lwcmp_key *with,
                                 uint8_t *buffer, size_t cap)
{
    struct cert_make what = {.subject = "KGA",
                             .issuer = "Root",
                             .serial = PEER_KGA_SERIAL,
                             .ski = 6,
                             .aki = 1,
                             .kga = true};

    *with = PEER_SUB_KEY;
    switch (key->signer) {
    case PEER_KEY_BY_ROOT:
        *with = PEER_ROOT_KEY;
        return peer_root();
    case PEER_KEY_BY_RESPONDER:
        *with = PEER_SIGNER_KEY;
        return peer_signer();
    case PEER_KEY_BY_DEVICE:
        what.kga = false;
        break;
    case PEER_KEY_BY_NO_SIGNER:
        what.no_signing = true;
        break;
    case PEER_KEY_BY_STRANGER:
        what.issuer = "Somebody else";
        break;
    case PEER_KEY_BY_KGA:
    case PEER_KEY_WITHOUT_SIGNER:
        break;
    }
    return peer_make(PEER_SUB_KEY, what, buffer, cap);
}

static void put_attribute(struct lwcmp_der_out *o, lwcmp_oid type, uint8_t tag,
                          const uint8_t *p, size_t n)
{
    lwcmp_der_open_sequence(o);
    lwcmp_oid_put(o, type);
    lwcmp_der_open(o, LWCMP_DER_SET);
    lwcmp_der_put(o, tag, p, n);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
}

static void put_signer_info(const struct peer_key *key, lwcmp_key with,
                            uint8_t ski, const struct lwcmp_bytes *content,
                            struct lwcmp_der_out *o)
{
    const uint8_t *type = key->as_data ? data : key_package;
    uint8_t set[128], digest[LWCMP_HASH_MAX], signature[128];
    struct lwcmp_der_out attributes;
    struct lwcmp_bytes part;
    size_t n;

    peer_check(
        lwcmp_crypto_hash(LWCMP_SHA256, content, 1, digest, sizeof digest, &n));
    digest[0] ^= key->bad_digest;
    lwcmp_der_out_init(&attributes, set, sizeof set);
    lwcmp_der_open(&attributes, LWCMP_DER_SET);
    put_attribute(&attributes, content_type, LWCMP_DER_OID, type + 1, type[0]);
    put_attribute(&attributes, message_digest, LWCMP_DER_OCTET_STRING, digest,
                  n);
    lwcmp_der_close(&attributes);
    part = (struct lwcmp_bytes){set, attributes.n};
    peer_check(lwcmp_crypto_sign(with, LWCMP_ECDSA_SHA256, &part, 1, signature,
                                 sizeof signature, &n));
    signature[n - 1] ^= key->bad_signature;
    set[0] = LWCMP_DER_CTX(0);
    lwcmp_der_open(o, LWCMP_DER_SET);
    lwcmp_der_open_sequence(o);
    lwcmp_der_put_int(o, 3);
    lwcmp_der_put(o, LWCMP_DER_CTX_PRIM(0), &ski, 1);
    lwcmp_alg_put(o, LWCMP_ALG_HASH, LWCMP_SHA256);
    lwcmp_der_put_raw(o, set, attributes.n);
    lwcmp_alg_put(o, LWCMP_ALG_SIG, LWCMP_ECDSA_SHA256);
    lwcmp_der_put(o, LWCMP_DER_OCTET_STRING, signature, n);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
}

static void put_signed(const struct peer_key *key, struct lwcmp_der_out *o)
{
    uint8_t package[128], buffer[512];
    struct lwcmp_der_out p;
    struct lwcmp_bytes content, certificate;
    struct lwcmp_cert cert;
    lwcmp_key with;

    lwcmp_der_out_init(&p, package, sizeof package);
    lwcmp_der_open_sequence(&p);
    put_one_key(key, &p);
    if (key->two_keys) {
        put_one_key(key, &p);
    }
    lwcmp_der_close(&p);
    content = (struct lwcmp_bytes){package, p.n};
    certificate = signer(key, &with, buffer, sizeof buffer);
    peer_check(lwcmp_cert_read(&certificate, &cert));
    lwcmp_der_open_sequence(o);
    lwcmp_der_put_int(o, 3);
    lwcmp_der_open(o, LWCMP_DER_SET);
    lwcmp_alg_put(o, LWCMP_ALG_HASH, LWCMP_SHA256);
    lwcmp_der_close(o);
    lwcmp_der_open_sequence(o);
    lwcmp_oid_put(o, key->as_data ? data : key_package);
    lwcmp_der_open(o, LWCMP_DER_CTX(0));
    lwcmp_der_put(o, LWCMP_DER_OCTET_STRING, content.p, content.n);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
    if (key->signer != PEER_KEY_WITHOUT_SIGNER) {
        lwcmp_der_put(o, LWCMP_DER_CTX(0), certificate.p, certificate.n);
    }
    put_signer_info(key, with, cert.ski.p[0], &content, o);
    lwcmp_der_close(o);
}

static void seal(const struct peer *p, uint8_t out[CRYPTO_TOY_SEAL])
{
    static const uint8_t secret[] = "secret of the test";
    static const struct lwcmp_bytes as_secret = {secret, sizeof secret - 1};
    const struct peer_key *key = p->key;
    struct lwcmp_seal s = {.kind = LWCMP_SEAL_SECRET, .iv = {iv, sizeof iv}};

    s.kdf.salt = (struct lwcmp_bytes){salt, sizeof salt};
    if (key->to == 0) {
        crypto_toy_seal(0, &as_secret, &s, out);
    } else {
        s.kind = LWCMP_SEAL_EC;
        s.kdf.salt = (struct lwcmp_bytes){shared_info, sizeof shared_info};
        s.point = (struct lwcmp_bytes){point, sizeof point};
        crypto_toy_seal(crypto_toy_key_number(key->to), NULL, &s, out);
    }
    out[0] ^= key->bad_seal;
}

static void put_pwri(const uint8_t sealed[CRYPTO_TOY_SEAL],
                     struct lwcmp_der_out *o)
{
    lwcmp_der_open(o, LWCMP_DER_CTX(3));
    lwcmp_der_put_int(o, 0);
    lwcmp_der_open(o, LWCMP_DER_CTX(0));
    lwcmp_oid_put(o, pbkdf2);
    lwcmp_der_open_sequence(o);
    lwcmp_der_put(o, LWCMP_DER_OCTET_STRING, salt, sizeof salt);
    lwcmp_der_put_raw(o, rest_of_kdf, sizeof rest_of_kdf);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
    lwcmp_der_put_raw(o, wrap, sizeof wrap);
    lwcmp_der_put(o, LWCMP_DER_OCTET_STRING, sealed, CRYPTO_TOY_SEAL);
    lwcmp_der_close(o);
}

static void put_kari(const uint8_t sealed[CRYPTO_TOY_SEAL],
                     struct lwcmp_der_out *o)
{
    static const uint8_t rid[] = {0xa0, 0x03, 0x04, 0x01, 0x01};
    uint8_t bits[1 + sizeof point] = {0};

    memcpy(bits + 1, point, sizeof point);
    lwcmp_der_open(o, LWCMP_DER_CTX(1));
    lwcmp_der_put_int(o, 3);
    lwcmp_der_open(o, LWCMP_DER_CTX(0));
    lwcmp_der_open(o, LWCMP_DER_CTX(1));
    put_ec_algorithm(o);
    lwcmp_der_put(o, LWCMP_DER_BIT_STRING, bits, sizeof bits);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
    lwcmp_der_open_sequence(o);
    lwcmp_oid_put(o, std_dh_sha256);
    lwcmp_der_put_raw(o, wrap, sizeof wrap);
    lwcmp_der_close(o);
    lwcmp_der_open_sequence(o);
    lwcmp_der_open_sequence(o);
    lwcmp_der_put_raw(o, rid, sizeof rid);
    lwcmp_der_put(o, LWCMP_DER_OCTET_STRING, sealed, CRYPTO_TOY_SEAL);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
}

/* EncryptedKey with what is in the buffer, and room for a padding behind. */
static void put_envelope(const struct peer *p, uint8_t *content, size_t n,
                         struct lwcmp_der_out *o)
{
    uint8_t sealed[CRYPTO_TOY_SEAL];
    uint8_t padding = (uint8_t)(BLOCK - n % BLOCK);

    memset(content + n, padding, padding);
    for (size_t i = 0; i < n + padding; i++) {
        content[i] ^= 0xff;
    }
    seal(p, sealed);
    lwcmp_der_open(o, LWCMP_DER_CTX(0));
    lwcmp_der_put_int(o, 2);
    lwcmp_der_open(o, LWCMP_DER_SET);
    if (p->key->to) {
        put_kari(sealed, o);
    } else {
        put_pwri(sealed, o);
    }
    lwcmp_der_close(o);
    lwcmp_der_open_sequence(o);
    lwcmp_oid_put(o, p->key->as_data ? data : signed_data);
    lwcmp_der_open_sequence(o);
    lwcmp_der_put(o, LWCMP_DER_OID, aes_cbc, sizeof aes_cbc);
    lwcmp_der_put(o, LWCMP_DER_OCTET_STRING, iv, sizeof iv);
    lwcmp_der_close(o);
    lwcmp_der_put(o, LWCMP_DER_CTX_PRIM(0), content, n + padding);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
}

void peer_key_put(struct peer *p, struct lwcmp_der_out *o)
{
    uint8_t content[1024];
    struct lwcmp_der_out c;

    if (p->key == NULL || p->key->number == 0) {
        return;
    }
    lwcmp_der_out_init(&c, content, sizeof content - BLOCK);
    if (p->key->no_content) {
        lwcmp_der_put_int(&c, 1);
    } else {
        put_signed(p->key, &c);
    }
    peer_check(c.err);
    lwcmp_der_open(o, LWCMP_DER_CTX(0));
    put_envelope(p, content, c.n, o);
    lwcmp_der_close(o);
}

bool peer_key_put_cert(struct peer *p, struct lwcmp_der_out *o)
{
    uint8_t content[1024];
    struct lwcmp_der_out c;

    if (p->key == NULL || !p->key->certificate) {
        return false;
    }
    lwcmp_der_out_init(&c, content, sizeof content - BLOCK);
    peer_put_cert(p, &c);
    peer_check(c.err);
    lwcmp_der_open(o, LWCMP_DER_CTX(1));
    put_envelope(p, content, c.n, o);
    lwcmp_der_close(o);
    return true;
}

void peer_key_change(const struct peer *p, struct lwcmp_bytes *spki,
                     uint8_t *buffer)
{
    if (p->key != NULL && p->key->number != 0) {
        crypto_toy_spki(p->key->number, buffer);
        spki->p = buffer;
        spki->n = CRYPTO_TOY_SPKI;
    }
}
#else
void peer_key_change(const struct peer *p, struct lwcmp_bytes *spki,
                     uint8_t *buffer)
{
    (void)p;
    (void)spki;
    (void)buffer;
}

void peer_key_put(struct peer *p, struct lwcmp_der_out *o)
{
    (void)p;
    (void)o;
}

bool peer_key_put_cert(struct peer *p, struct lwcmp_der_out *o)
{
    (void)p;
    (void)o;
    return false;
}
#endif
