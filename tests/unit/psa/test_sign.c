/* SPDX-License-Identifier: Apache-2.0 */
/* Signatures: our own verify, and those that OpenSSL made. */
#include "psa_fixture.h"

#include "vectors.h"

#define KEY 7

static const struct lwcmp_bytes parts[] = {{(const uint8_t *)"one ", 4},
                                           {(const uint8_t *)"two", 3}};
static const struct lwcmp_bytes whole[] = {{(const uint8_t *)"one two", 7}};
static const struct lwcmp_bytes other[] = {{(const uint8_t *)"one twO", 7}};

static lwcmp_key public_of(lwcmp_key key, enum lwcmp_sig sig)
{
    uint8_t spki[600];
    lwcmp_key pub = 0;
    size_t n;

    assert_int_equal(lwcmp_crypto_key_public(key, spki, sizeof spki, &n), 0);
    assert_int_equal(
        lwcmp_crypto_public_import((struct lwcmp_bytes){spki, n}, sig, &pub),
        0);
    return pub;
}

static void round_trip(enum lwcmp_key_type type, enum lwcmp_sig sig)
{
    uint8_t out[160];
    struct lwcmp_bytes s = {out, 0};
    lwcmp_key pub;

    assert_int_equal(lwcmp_crypto_key_generate(KEY, type), 0);
    pub = public_of(KEY, sig);
    assert_int_equal(
        lwcmp_crypto_sign(KEY, sig, parts, 2, out, sizeof out, &s.n), 0);
    assert_int_equal(out[0], 0x30);
    assert_int_equal(s.n, out[1] < 0x80    ? out[1] + 2u
                          : out[1] == 0x81 ? out[2] + 3u
                                           : 0);
    assert_int_equal(lwcmp_crypto_verify(pub, sig, whole, 1, s), 0);
    assert_int_equal(lwcmp_crypto_verify(pub, sig, other, 1, s),
                     LWCMP_ERR_PROTECTION);
    assert_int_equal(lwcmp_crypto_key_destroy(pub), 0);
    assert_int_equal(lwcmp_crypto_key_destroy(KEY), 0);
}

static void test_ecdsa(void **state)
{
    (void)state;
    round_trip(LWCMP_EC_P256, LWCMP_ECDSA_SHA256);
    round_trip(LWCMP_EC_P256, LWCMP_ECDSA_SHA512);
    round_trip(LWCMP_EC_P384, LWCMP_ECDSA_SHA384);
#if LWCMP_CRYPTO_FILES
    round_trip(LWCMP_EC_P521, LWCMP_ECDSA_SHA512);
    round_trip(LWCMP_EC_P521, LWCMP_ECDSA_SHA256);
#endif
}

static void test_bad_signatures(void **state)
{
    uint8_t out[81] = {0};
    lwcmp_key pub;
    size_t n, i;

    (void)state;
    assert_int_equal(lwcmp_crypto_key_generate(KEY, LWCMP_EC_P256), 0);
    pub = public_of(KEY, LWCMP_ECDSA_SHA256);
    assert_int_equal(
        lwcmp_crypto_sign(KEY, LWCMP_ECDSA_SHA256, whole, 1, out, 80, &n), 0);
    for (i = 0; i <= n + 1; i++) {
        assert_int_equal(lwcmp_crypto_verify(pub, LWCMP_ECDSA_SHA256, whole, 1,
                                             (struct lwcmp_bytes){out, i}),
                         i == n ? 0 : LWCMP_ERR_PROTECTION);
    }
    for (i = 0; i < n * 8; i++) {
        out[i / 8] = (uint8_t)(out[i / 8] ^ (1u << i % 8));
        assert_int_equal(lwcmp_crypto_verify(pub, LWCMP_ECDSA_SHA256, whole, 1,
                                             (struct lwcmp_bytes){out, n}),
                         LWCMP_ERR_PROTECTION);
        out[i / 8] = (uint8_t)(out[i / 8] ^ (1u << i % 8));
    }
    assert_int_equal(lwcmp_crypto_verify(pub, LWCMP_ECDSA_SHA256, whole, 1,
                                         (struct lwcmp_bytes){NULL, 0}),
                     LWCMP_ERR_PROTECTION);
    /* Another hash, or another kind of key, than the signature is made by. */
    assert_int_equal(lwcmp_crypto_verify(pub, LWCMP_ECDSA_SHA384, whole, 1,
                                         (struct lwcmp_bytes){out, n}),
                     LWCMP_ERR_PROTECTION);
    assert_int_equal(lwcmp_crypto_verify(pub, LWCMP_RSA_SHA256, whole, 1,
                                         (struct lwcmp_bytes){out, n}),
                     LWCMP_ERR_PROTECTION);
    assert_int_equal(lwcmp_crypto_verify(pub, LWCMP_SIG_NONE, whole, 1,
                                         (struct lwcmp_bytes){out, n}),
                     LWCMP_ERR_ALGORITHM);
    assert_int_equal(lwcmp_crypto_key_destroy(pub), 0);
    assert_int_equal(lwcmp_crypto_verify(pub, LWCMP_ECDSA_SHA256, whole, 1,
                                         (struct lwcmp_bytes){out, n}),
                     LWCMP_ERR_KEY);
    assert_int_equal(lwcmp_crypto_key_destroy(KEY), 0);
}

static void test_sign_refused(void **state)
{
    uint8_t out[80];
    size_t n, cap;

    (void)state;
    assert_int_equal(
        lwcmp_crypto_sign(KEY, LWCMP_ECDSA_SHA256, whole, 1, out, 80, &n),
        LWCMP_ERR_KEY);
    assert_int_equal(lwcmp_crypto_key_generate(KEY, LWCMP_EC_P256), 0);
    assert_int_equal(
        lwcmp_crypto_sign(KEY, LWCMP_SIG_NONE, whole, 1, out, 80, &n),
        LWCMP_ERR_ALGORITHM);
    assert_int_equal(
        lwcmp_crypto_sign(KEY, LWCMP_RSA_SHA256, whole, 1, out, 80, &n),
        LWCMP_ERR_KEY);
    for (cap = 0; cap < 60; cap++) {
        assert_int_equal(
            lwcmp_crypto_sign(KEY, LWCMP_ECDSA_SHA256, whole, 1, out, cap, &n),
            LWCMP_ERR_BUFFER);
    }
    assert_int_equal(lwcmp_crypto_key_destroy(KEY), 0);
}

static void test_alg_01_rsa(void **state)
{
    struct lwcmp_bytes der = file_read("tests/vectors/path/rsa.key.der");
    struct lwcmp_bytes spki = file_read("tests/vectors/path/rsa.spki.der");
    struct lwcmp_bytes sig = file_read("tests/vectors/path/rsa.sig.der");
    struct lwcmp_bytes text[] = {BYTES("lwcmp")};
    uint8_t out[256];
    lwcmp_key key, pub = 0;
    size_t n = 0;

    (void)state;
    key = key_import(PSA_KEY_TYPE_RSA_KEY_PAIR,
                     PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_ANY_HASH),
                     PSA_KEY_USAGE_SIGN_HASH, der);
    assert_int_equal(lwcmp_crypto_key_match(key, spki), 0);
    assert_int_equal(lwcmp_crypto_public_import(spki, LWCMP_RSA_SHA256, &pub),
                     0);
    assert_int_equal(lwcmp_crypto_verify(pub, LWCMP_RSA_SHA256, text, 1, sig),
                     0);
    sig.n--;
    assert_int_equal(lwcmp_crypto_verify(pub, LWCMP_RSA_SHA256, text, 1, sig),
                     LWCMP_ERR_PROTECTION);
    sig.n++;
    assert_int_equal(lwcmp_crypto_verify(pub, LWCMP_RSA_SHA256, whole, 1, sig),
                     LWCMP_ERR_PROTECTION);
    /* PKCS#1 v1.5 is deterministic. */
    assert_int_equal(
        lwcmp_crypto_sign(key, LWCMP_RSA_SHA256, text, 1, out, sizeof out, &n),
        0);
    assert_int_equal(n, sig.n);
    assert_memory_equal(out, sig.p, n);
    assert_int_equal(
        lwcmp_crypto_sign(key, LWCMP_RSA_SHA256, text, 1, out, 255, &n),
        LWCMP_ERR_BUFFER);
    assert_int_equal(lwcmp_crypto_key_destroy(pub), 0);
    assert_int_equal(lwcmp_crypto_key_destroy(key), 0);
    file_free(der);
    file_free(spki);
    file_free(sig);
}

/* The signature is good, and not for another text or hash. */
static void check_known(char *const field[])
{
    struct lwcmp_bytes text[] = {BYTES("lwcmp")},
                       other_text[] = {BYTES("lwcmq")};
    enum lwcmp_sig sig = (enum lwcmp_sig)strtol(field[0], NULL, 10);
    enum lwcmp_sig other_sig = sig % 3 ? sig + 1 : sig - 1;
    struct lwcmp_bytes spki = vectors_hex(field[1]);
    struct lwcmp_bytes signature = vectors_hex(field[2]);
    lwcmp_key key = 0;

    CHECK_INT(lwcmp_crypto_public_import(spki, sig, &key), 0);
    CHECK_INT(lwcmp_crypto_verify(key, sig, text, 1, signature), 0);
    CHECK_INT(lwcmp_crypto_verify(key, sig, other_text, 1, signature),
              LWCMP_ERR_PROTECTION);
    CHECK_INT(lwcmp_crypto_key_destroy(key), 0);
    CHECK_INT(lwcmp_crypto_public_import(spki, other_sig, &key), 0);
    CHECK_INT(lwcmp_crypto_verify(key, other_sig, text, 1, signature),
              LWCMP_ERR_PROTECTION);
    CHECK_INT(lwcmp_crypto_key_destroy(key), 0);
    vectors_free(signature);
    vectors_free(spki);
}

static void test_alg_03_known(void **state)
{
    (void)state;
    vectors_each("psa/signatures.txt", 3, check_known);
}

#if LWCMP_WITH_PSS
static void check_pss(char *const field[])
{
    struct lwcmp_bytes text[] = {BYTES("lwcmp")},
                       other_text[] = {BYTES("lwcmq")};
    enum lwcmp_sig sig = (enum lwcmp_sig)strtol(field[0], NULL, 10);
    struct lwcmp_bytes spki = vectors_hex(field[1]);
    struct lwcmp_bytes signature = vectors_hex(field[2]);
    lwcmp_key key = 0;

    CHECK_INT(lwcmp_crypto_public_import(spki, sig, &key), 0);
    CHECK_INT(lwcmp_crypto_verify(key, sig, text, 1, signature),
              vectors_error(field[3]));
    CHECK_INT(lwcmp_crypto_verify(key, sig, other_text, 1, signature),
              LWCMP_ERR_PROTECTION);
    CHECK_INT(lwcmp_crypto_verify(key, LWCMP_RSA_SHA256, text, 1, signature),
              LWCMP_ERR_PROTECTION);
    CHECK_INT(lwcmp_crypto_verify(key, LWCMP_ECDSA_SHA256, text, 1, signature),
              LWCMP_ERR_PROTECTION);
    CHECK_INT(lwcmp_crypto_key_destroy(key), 0);
    vectors_free(signature);
    vectors_free(spki);
}

static void test_alg_02_known(void **state)
{
    (void)state;
    vectors_each("pss/signatures.txt", 4, check_pss);
}

/* A key of ours signs in one way, by any hash, and says so. */
static void own(enum lwcmp_key_type type, enum lwcmp_sig first)
{
    uint8_t out[256];
    struct lwcmp_bytes s = {out, 0};
    enum lwcmp_sig is;
    lwcmp_key pub;

    assert_int_equal(lwcmp_crypto_key_generate(KEY, type), 0);
    assert_int_equal(lwcmp_crypto_key_sig(KEY, &is), 0);
    assert_int_equal(is, first);
    pub = public_of(KEY, LWCMP_RSA_SHA256);
    for (int sig = LWCMP_RSA_SHA256; sig <= LWCMP_RSA_PSS_SHA512; sig++) {
        bool can = sig >= (int)first && sig < (int)first + 3;

        assert_int_equal(lwcmp_crypto_sign(KEY, (enum lwcmp_sig)sig, parts, 2,
                                           out, sizeof out, &s.n),
                         can ? 0 : LWCMP_ERR_KEY);
        for (int as = LWCMP_RSA_SHA256; can && as <= LWCMP_RSA_PSS_SHA512;
             as++) {
            assert_int_equal(
                lwcmp_crypto_verify(pub, (enum lwcmp_sig)as, whole, 1, s),
                as == sig ? 0 : LWCMP_ERR_PROTECTION);
        }
    }
    assert_int_equal(lwcmp_crypto_key_destroy(pub), 0);
    assert_int_equal(lwcmp_crypto_key_destroy(KEY), 0);
}

static void test_alg_02_own(void **state)
{
    (void)state;
    own(LWCMP_RSA_2048, LWCMP_RSA_SHA256);
    own(LWCMP_RSA_PSS_2048, LWCMP_RSA_PSS_SHA256);
}

/* One that was made without the policy says so. */
static void test_alg_02_not_allowed(void **state)
{
    struct lwcmp_bytes der = file_read("tests/vectors/path/rsa.key.der");
    lwcmp_key key = key_import(PSA_KEY_TYPE_RSA_KEY_PAIR,
                               PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_ANY_HASH),
                               PSA_KEY_USAGE_SIGN_HASH, der);
    uint8_t out[256];
    size_t n;

    (void)state;
    assert_int_equal(lwcmp_crypto_sign(key, LWCMP_RSA_PSS_SHA256, whole, 1, out,
                                       sizeof out, &n),
                     LWCMP_ERR_KEY);
    assert_int_equal(lwcmp_crypto_key_destroy(key), 0);
    file_free(der);
}
#endif

/* The protection of a recorded ir, by the certificate in its extraCerts. */
static void test_recorded(void **state)
{
    struct lwcmp_bytes message = file_read("tests/vectors/cmp/ir.1.der");
    struct lwcmp_bytes spki = {message.p + 633, 91};
    struct lwcmp_bytes sig = {message.p + 440, 71};
    struct protected_part p;
    lwcmp_key pub = 0;

    (void)state;
    protected_part(&p, message, 435);
    assert_int_equal(lwcmp_crypto_public_import(spki, LWCMP_ECDSA_SHA256, &pub),
                     0);
    assert_int_equal(
        lwcmp_crypto_verify(pub, LWCMP_ECDSA_SHA256, p.parts, 2, sig), 0);
    p.head[3] ^= 1;
    assert_int_equal(
        lwcmp_crypto_verify(pub, LWCMP_ECDSA_SHA256, p.parts, 2, sig),
        LWCMP_ERR_PROTECTION);
    assert_int_equal(lwcmp_crypto_key_destroy(pub), 0);
    file_free(message);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_ecdsa),
        TEST(test_bad_signatures),
        TEST(test_sign_refused),
        TEST(test_alg_01_rsa),
        TEST(test_recorded),
        TEST(test_alg_03_known),
#if LWCMP_WITH_PSS
        TEST(test_alg_02_known),
        TEST(test_alg_02_own),
        TEST(test_alg_02_not_allowed),
#endif
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
