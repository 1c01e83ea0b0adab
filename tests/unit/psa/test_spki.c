/* SPDX-License-Identifier: Apache-2.0 */
/* The reader and the writer of SubjectPublicKeyInfo, at their boundaries. */
#include "psa_fixture.h"

#include "../../../crypto/psa/spki.h"

#define EC PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)
#define EC_PUBLIC PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1)

/* Where things are in the SubjectPublicKeyInfo of a P-256 key. */
#define ALG 2
#define OID 4
#define CURVE 13
#define BITS 23
#define UNUSED 25
#define POINT 26

#define LEAF "tests/vectors/path/leaf.spki.der"
#define RSA "tests/vectors/path/rsa.spki.der"

/* AlgorithmIdentifiers. */
#define P256                                           \
    "\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06" \
    "\x08\x2a\x86\x48\xce\x3d\x03\x01\x07"
#define P384                                           \
    "\x30\x10\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06" \
    "\x05\x2b\x81\x04\x00\x22"
#define P521                                           \
    "\x30\x10\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06" \
    "\x05\x2b\x81\x04\x00\x23"
#define RSA_OID "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"
#define EC_OID "\x06\x07\x2a\x86\x48\xce\x3d\x02\x01"

/* Reads from memory of exactly that size. */
static int read_exact(struct lwcmp_bytes spki, psa_key_attributes_t *is,
                      struct lwcmp_bytes *key)
{
    uint8_t *p = malloc(spki.n + (spki.n == 0));
    int err;

    assert_non_null(p);
    memcpy(p, spki.p, spki.n);
    err = lwcmp_psa_spki_read((struct lwcmp_bytes){p, spki.n}, is, key);
    if (!err) {
        assert_int_equal(key->p + key->n - p, spki.n);
        key->p = spki.p + (key->p - p);
    }
    free(p);
    return err;
}

static int read_error(struct lwcmp_bytes spki)
{
    psa_key_attributes_t is = psa_key_attributes_init();
    struct lwcmp_bytes key;

    return read_exact(spki, &is, &key);
}

/* Tag, length and content. */
static size_t put(uint8_t *out, uint8_t tag, const uint8_t *p, size_t n)
{
    size_t head = 0;

    out[head++] = tag;
    if (n >= 0x100) {
        out[head++] = 0x82;
        out[head++] = (uint8_t)(n >> 8);
    } else if (n >= 0x80) {
        out[head++] = 0x81;
    }
    out[head++] = (uint8_t)n;
    memmove(out + head, p, n);
    return head + n;
}

/* An error for these two, made into a SubjectPublicKeyInfo. */
static int made(struct lwcmp_bytes alg, struct lwcmp_bytes key)
{
    uint8_t bits[600] = {0}, inside[700], out[700];
    size_t n = alg.n;

    memcpy(bits + 1, key.p, key.n);
    memcpy(inside, alg.p, alg.n);
    n += put(inside + n, 0x03, bits, key.n + 1);
    n = put(out, 0x30, inside, n);
    return read_error((struct lwcmp_bytes){out, n});
}

static int with_byte(const char *name, size_t at, uint8_t value)
{
    struct lwcmp_bytes spki = file_read(name);
    int err;

    ((uint8_t *)(uintptr_t)spki.p)[at] = value;
    err = read_error(spki);
    file_free(spki);
    return err;
}

static void round_trip(size_t bits, struct lwcmp_bytes alg)
{
    psa_key_attributes_t a = psa_key_attributes_init();
    psa_key_attributes_t is = psa_key_attributes_init();
    uint8_t out[200], raw[140];
    struct lwcmp_bytes key, spki = {out, 0};
    psa_key_id_t id;
    size_t n;

    psa_set_key_type(&a, EC);
    psa_set_key_bits(&a, bits);
    assert_int_equal(psa_generate_key(&a, &id), PSA_SUCCESS);
    assert_int_equal(psa_export_public_key(id, raw, sizeof raw, &n), 0);
    assert_int_equal(lwcmp_crypto_key_public(id, out, sizeof out, &spki.n), 0);
    assert_int_equal(read_exact(spki, &is, &key), 0);
    assert_int_equal(psa_get_key_type(&is), EC_PUBLIC);
    assert_int_equal(psa_get_key_bits(&is), bits);
    assert_int_equal(key.n, n);
    assert_memory_equal(key.p, raw, n);
    assert_memory_equal(out + (bits == 521 ? 3 : 2), alg.p, alg.n);
    assert_int_equal(made(alg, key), 0);
    key.n--;
    assert_int_equal(made(alg, key), LWCMP_ERR_CERT_SYNTAX);
    assert_int_equal(psa_destroy_key(id), PSA_SUCCESS);
}

static void test_curves(void **state)
{
    (void)state;
    round_trip(256, BYTES(P256));
    round_trip(384, BYTES(P384));
    round_trip(521, BYTES(P521));
}

static void test_rsa(void **state)
{
    struct lwcmp_bytes spki = file_read(RSA);
    psa_key_attributes_t is = psa_key_attributes_init();
    struct lwcmp_bytes key;

    (void)state;
    assert_int_equal(read_exact(spki, &is, &key), 0);
    assert_int_equal(psa_get_key_type(&is), PSA_KEY_TYPE_RSA_PUBLIC_KEY);
    assert_int_equal(psa_get_key_bits(&is), 2048);
    assert_ptr_equal(key.p, spki.p + 24);
    assert_int_equal(made(BYTES("\x30\x0d" RSA_OID "\x05\x00"), key), 0);
    assert_int_equal(made(BYTES("\x30\x0b" RSA_OID), key), 0);
    assert_int_equal(made(BYTES("\x30\x0d" RSA_OID "\x30\x00"), key),
                     LWCMP_ERR_ALGORITHM);
    assert_int_equal(made(BYTES("\x30\x0e" RSA_OID "\x05\x01\x00"), key),
                     LWCMP_ERR_ALGORITHM);
    assert_int_equal(made(BYTES(P256), key), LWCMP_ERR_CERT_SYNTAX);
    file_free(spki);
}

/* The modulus has to be a positive number in DER, so that its size is true. */
static void test_modulus(void **state)
{
    static const struct lwcmp_bytes bad[] = {
        BYTES(""),
        BYTES("\x04\x02\x05\x00"),
        BYTES("\x30\x00"),
        BYTES("\x30\x02\x02\x00"),
        BYTES("\x30\x03\x02\x01\x05"),
        BYTES("\x30\x04\x02\x02\x00\x05"),
        BYTES("\x30\x04\x02\x02\x80\x05"),
        BYTES("\x30\x04\x02\x03\x40\x05"),
        BYTES("\x30\x04\x03\x02\x40\x05"),
        BYTES("\x30\x81\x04\x02\x02\x40\x05"),
        BYTES("\x30\x05\x02\x81\x02\x40\x05"),
    };
    size_t i;

    (void)state;
    assert_int_equal(
        made(BYTES("\x30\x0b" RSA_OID), BYTES("\x30\x04\x02\x02\x40\x05")), 0);
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(made(BYTES("\x30\x0b" RSA_OID), bad[i]),
                         LWCMP_ERR_CERT_SYNTAX);
    }
}

/* Each size where the length takes another form, and those beside it. */
static void test_sizes(void **state)
{
    uint8_t key[400] = {0x30, 0x04, 0x02, 0x02, 0x40, 0x05};
    size_t n;

    (void)state;
    for (n = 6; n < sizeof key; n++) {
        assert_int_equal(
            made(BYTES("\x30\x0b" RSA_OID), (struct lwcmp_bytes){key, n}), 0);
    }
    assert_int_equal(read_error(BYTES("\x30\x0f\x30\x0b" RSA_OID "\x03\x00")),
                     LWCMP_ERR_CERT_SYNTAX);
}

/* What the reader leaves to PSA: the point's curve, the rest of RSA's key. */
static void test_import(void **state)
{
    static const struct {
        const char *name;
        size_t at;
        enum lwcmp_sig sig;
    } bad[] = {
        {LEAF, POINT + 1, LWCMP_ECDSA_SHA256},
        {LEAF, POINT + 64, LWCMP_ECDSA_SHA256},
        {RSA, 289, LWCMP_RSA_SHA256}, /* the tag of the exponent */
        {RSA, 290, LWCMP_RSA_SHA256}, /* its length */
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct lwcmp_bytes spki = file_read(bad[i].name);
        lwcmp_key key = 0;

        ((uint8_t *)(uintptr_t)spki.p)[bad[i].at] ^= 1;
        assert_int_equal(lwcmp_crypto_public_import(spki, bad[i].sig, &key),
                         LWCMP_ERR_CERT_SYNTAX);
        assert_int_equal(key, 0);
        file_free(spki);
    }
}

/* Cut anywhere, or with anything behind. */
static void test_ends(void **state)
{
    const char *const names[] = {LEAF, RSA};
    size_t i, n;

    (void)state;
    for (i = 0; i < 2; i++) {
        struct lwcmp_bytes spki = file_read(names[i]);
        uint8_t more[400];
        size_t length = i == 0 ? 1 : 3;

        for (n = 0; n < spki.n; n++) {
            assert_int_equal(read_error((struct lwcmp_bytes){spki.p, n}),
                             LWCMP_ERR_CERT_SYNTAX);
        }
        memcpy(more, spki.p, spki.n);
        more[spki.n] = 0;
        assert_int_equal(read_error((struct lwcmp_bytes){more, spki.n}), 0);
        assert_int_equal(read_error((struct lwcmp_bytes){more, spki.n + 1}),
                         LWCMP_ERR_CERT_SYNTAX);
        more[length]++; /* now it is behind the BIT STRING */
        assert_int_equal(read_error((struct lwcmp_bytes){more, spki.n + 1}),
                         LWCMP_ERR_CERT_SYNTAX);
        file_free(spki);
    }
}

static void test_tags(void **state)
{
    unsigned tag;

    (void)state;
    for (tag = 0; tag < 256; tag++) {
        uint8_t t = (uint8_t)tag;

        assert_int_equal(with_byte(LEAF, 0, t),
                         t == 0x30 ? 0 : LWCMP_ERR_CERT_SYNTAX);
        assert_int_equal(with_byte(LEAF, ALG, t),
                         t == 0x30 ? 0 : LWCMP_ERR_CERT_SYNTAX);
        assert_int_equal(with_byte(LEAF, OID, t),
                         t == 0x06 ? 0 : LWCMP_ERR_ALGORITHM);
        assert_int_equal(with_byte(LEAF, CURVE, t),
                         t == 0x06 ? 0 : LWCMP_ERR_ALGORITHM);
        assert_int_equal(with_byte(LEAF, BITS, t),
                         t == 0x03 ? 0 : LWCMP_ERR_CERT_SYNTAX);
        assert_int_equal(with_byte(LEAF, UNUSED, t),
                         t == 0 ? 0 : LWCMP_ERR_CERT_SYNTAX);
        assert_int_equal(with_byte(LEAF, POINT, t),
                         t == 4 ? 0 : LWCMP_ERR_CERT_SYNTAX);
    }
}

/* Lengths that are wrong, indefinite or longer than need be. */
static void test_lengths(void **state)
{
    static const size_t at[] = {1, ALG + 1, BITS + 1};
    static const struct lwcmp_bytes forms[] = {BYTES("\x80"),
                                               BYTES("\x81"),
                                               BYTES("\x82\x00"),
                                               BYTES("\x83\x00\x00"),
                                               BYTES("\x84\x00\x00\x00"),
                                               BYTES("\x85\x00\x00\x00\x00"),
                                               BYTES("\xff")};
    struct lwcmp_bytes spki = file_read(LEAF);
    uint8_t bad[100];
    size_t i, k;

    (void)state;
    for (i = 0; i < sizeof at / sizeof at[0]; i++) {
        for (k = 0; k < 256; k++) {
            assert_int_equal(with_byte(LEAF, at[i], (uint8_t)k) == 0,
                             k == spki.p[at[i]]);
        }
        for (k = 0; k < sizeof forms / sizeof forms[0]; k++) {
            memcpy(bad, spki.p, spki.n);
            memcpy(bad + at[i], forms[k].p, forms[k].n);
            memcpy(bad + at[i] + forms[k].n, spki.p + at[i], spki.n - at[i]);
            bad[1] = i == 0 ? bad[1] : (uint8_t)(bad[1] + forms[k].n);
            assert_int_equal(
                read_error((struct lwcmp_bytes){bad, spki.n + forms[k].n}),
                LWCMP_ERR_CERT_SYNTAX);
        }
    }
    file_free(spki);
}

static void test_unknown(void **state)
{
    static const struct lwcmp_bytes unknown[] = {
        BYTES("\x30\x00"),
        BYTES("\x30\x05\x06\x03\x2b\x65\x70"), /* Ed25519 */
        BYTES("\x30\x09" EC_OID),              /* no curve */
        BYTES("\x30\x0b" EC_OID "\x05\x00"),   /* implicitCurve */
        BYTES("\x30\x0b" EC_OID "\x30\x00"),   /* specifiedCurve */
        BYTES("\x30\x10" EC_OID "\x06\x05\x2b\x81\x04\x00\x0a"), /* k1 */
        /* More than a curve; a length that is longer than need be. */
        BYTES("\x30\x15" EC_OID "\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07"
              "\x05\x00"),
        BYTES("\x30\x14" EC_OID "\x06\x81\x08\x2a\x86\x48\xce\x3d\x03\x01\x07"),
        /* id-ecDH, id-RSASSA-PSS */
        BYTES("\x30\x11\x06\x05\x2b\x81\x04\x01\x0c\x06\x08\x2a\x86\x48\xce"
              "\x3d\x03\x01\x07"),
        BYTES("\x30\x0b\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a"),
    };
    const struct lwcmp_bytes point = BYTES("\x04 a point, or no point at all");
    size_t i;

    (void)state;
    for (i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        assert_int_equal(made(unknown[i], point), LWCMP_ERR_ALGORITHM);
    }
    assert_int_equal(made(BYTES(P256), point), LWCMP_ERR_CERT_SYNTAX);
}

/* A compressed one (33 octets) is correct; one at infinity (1 octet) is not. */
static void test_points(void **state)
{
    uint8_t point[67] = {0};
    size_t n;

    (void)state;
    for (n = 0; n <= sizeof point; n++) {
        int err = n == 33 ? LWCMP_ERR_ALGORITHM : LWCMP_ERR_CERT_SYNTAX;
        struct lwcmp_bytes p = {point, n};

        for (point[0] = 0; point[0] < 8; point[0]++) {
            assert_int_equal(made(BYTES(P256), p),
                             n == 65 && point[0] == 4 ? 0 : err);
        }
    }
}

static void test_wrap(void **state)
{
    struct lwcmp_bytes spki = file_read(RSA);
    psa_key_attributes_t is = psa_key_attributes_init();
    uint8_t out[300];
    size_t n, cap;

    (void)state;
    psa_set_key_type(&is, PSA_KEY_TYPE_RSA_KEY_PAIR);
    psa_set_key_bits(&is, 2048);
    for (cap = spki.n - 24; cap <= spki.n; cap++) {
        n = spki.n - 24;
        memcpy(out, spki.p + 24, n);
        assert_int_equal(lwcmp_psa_spki_wrap(&is, out, cap, &n),
                         cap < spki.n ? LWCMP_ERR_BUFFER : 0);
    }
    assert_int_equal(n, spki.n);
    assert_memory_equal(out, spki.p, n);
    psa_set_key_type(&is, EC);
    psa_set_key_bits(&is, 192);
    assert_int_equal(lwcmp_psa_spki_wrap(&is, out, sizeof out, &n),
                     LWCMP_ERR_ALGORITHM);
    psa_set_key_type(&is, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_MONTGOMERY));
    psa_set_key_bits(&is, 256);
    assert_int_equal(lwcmp_psa_spki_wrap(&is, out, sizeof out, &n),
                     LWCMP_ERR_ALGORITHM);
    file_free(spki);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_curves), TEST(test_rsa),     TEST(test_modulus),
        TEST(test_sizes),  TEST(test_import),  TEST(test_ends),
        TEST(test_tags),   TEST(test_lengths), TEST(test_unknown),
        TEST(test_points), TEST(test_wrap),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
