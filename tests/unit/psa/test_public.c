/* SPDX-License-Identifier: Apache-2.0 */
/* SubjectPublicKeyInfo out and in, and whether it belongs to a key. */
#include "psa_fixture.h"

#define KEY 7
#define OTHER 8

/* The algorithm identifiers of RFC 5480 2.1.1 in front of the point. */
static const uint8_t p256_head[] = {0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a,
                                    0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06,
                                    0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03,
                                    0x01, 0x07, 0x03, 0x42, 0x00, 0x04};

static const uint8_t p384_head[] = {
    0x30, 0x76, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02,
    0x01, 0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22, 0x03, 0x62, 0x00, 0x04};

static void test_export(void **state)
{
    uint8_t out[256], small[256];
    size_t n = 0, cap, m = 0;

    (void)state;
    assert_int_equal(lwcmp_crypto_key_generate(KEY, LWCMP_EC_P384), 0);
    assert_int_equal(lwcmp_crypto_key_public(KEY, out, sizeof out, &n), 0);
    assert_int_equal(n, 120);
    assert_memory_equal(out, p384_head, sizeof p384_head);
    assert_int_equal(lwcmp_crypto_key_generate(KEY, LWCMP_EC_P256), 0);
    assert_int_equal(lwcmp_crypto_key_public(KEY, out, sizeof out, &n), 0);
    assert_int_equal(n, 91);
    assert_memory_equal(out, p256_head, sizeof p256_head);
    for (cap = 0; cap < n; cap++) {
        assert_int_equal(lwcmp_crypto_key_public(KEY, small, cap, &m),
                         LWCMP_ERR_BUFFER);
    }
    assert_int_equal(lwcmp_crypto_key_public(KEY, small, n, &m), 0);
    assert_int_equal(m, n);
    assert_memory_equal(small, out, n);
    assert_int_equal(lwcmp_crypto_key_destroy(KEY), 0);
}

static void test_match(void **state)
{
    uint8_t out[128];
    struct lwcmp_bytes spki = {out, 0};
    struct lwcmp_bytes rsa = file_read("tests/vectors/path/rsa.spki.der");
    size_t i;

    (void)state;
    assert_int_equal(lwcmp_crypto_key_generate(KEY, LWCMP_EC_P256), 0);
    assert_int_equal(lwcmp_crypto_key_generate(OTHER, LWCMP_EC_P256), 0);
    assert_int_equal(lwcmp_crypto_key_public(KEY, out, sizeof out, &spki.n), 0);
    assert_int_equal(lwcmp_crypto_key_match(KEY, spki), 0);
    assert_int_equal(lwcmp_crypto_key_match(OTHER, spki), LWCMP_ERR_CERT_KEY);
    assert_int_equal(lwcmp_crypto_key_match(KEY, rsa), LWCMP_ERR_CERT_KEY);
    assert_int_equal(lwcmp_crypto_key_match(9, spki), LWCMP_ERR_KEY);
    for (i = 0; i < spki.n; i++) {
        assert_int_equal(
            lwcmp_crypto_key_match(KEY, (struct lwcmp_bytes){out, i}),
            LWCMP_ERR_CERT_KEY);
        out[i] ^= 0x10;
        assert_int_equal(lwcmp_crypto_key_match(KEY, spki), LWCMP_ERR_CERT_KEY);
        out[i] ^= 0x10;
    }
    assert_int_equal(lwcmp_crypto_key_generate(OTHER, LWCMP_EC_P384), 0);
    assert_int_equal(lwcmp_crypto_key_match(OTHER, spki), LWCMP_ERR_CERT_KEY);
    assert_int_equal(lwcmp_crypto_key_destroy(KEY), 0);
    assert_int_equal(lwcmp_crypto_key_destroy(OTHER), 0);
    file_free(rsa);
}

/* Keys are compared, and not how they are written. */
static void test_match_rsa(void **state)
{
    struct lwcmp_bytes rsa = file_read("tests/vectors/path/rsa.key.der");
    struct lwcmp_bytes spki = file_read("tests/vectors/path/rsa.spki.der");
    struct lwcmp_bytes weak = file_read("tests/vectors/path/rsa1024.spki.der");
    lwcmp_key key = key_import(PSA_KEY_TYPE_RSA_KEY_PAIR, PSA_ALG_NONE,
                               PSA_KEY_USAGE_SIGN_HASH, rsa);
    uint8_t out[300];
    size_t n;

    (void)state;
    assert_int_equal(lwcmp_crypto_key_match(key, spki), 0);
    assert_int_equal(lwcmp_crypto_key_match(key, weak), LWCMP_ERR_CERT_KEY);
    assert_int_equal(lwcmp_crypto_key_public(key, out, sizeof out, &n), 0);
    assert_int_equal(n, spki.n);
    assert_memory_equal(out, spki.p, n);
    assert_int_equal(lwcmp_crypto_key_public(key, out, n - 1, &n),
                     LWCMP_ERR_BUFFER);
    /* Without the NULL of the parameters. */
    memcpy(out, spki.p, 17);
    memcpy(out + 17, spki.p + 19, spki.n - 19);
    out[3] = (uint8_t)(out[3] - 2);
    out[5] = (uint8_t)(out[5] - 2);
    assert_int_equal(
        lwcmp_crypto_key_match(key, (struct lwcmp_bytes){out, spki.n - 2}), 0);
    out[spki.n - 3] ^= 1;
    assert_int_equal(
        lwcmp_crypto_key_match(key, (struct lwcmp_bytes){out, spki.n - 2}),
        LWCMP_ERR_CERT_KEY);
    assert_int_equal(lwcmp_crypto_key_destroy(key), 0);
    file_free(rsa);
    file_free(spki);
    file_free(weak);
}

/* A secret has no public part. */
static void test_no_pair(void **state)
{
    lwcmp_key key = key_import(PSA_KEY_TYPE_PASSWORD, PSA_ALG_NONE,
                               PSA_KEY_USAGE_EXPORT, BYTES("secret"));
    struct lwcmp_bytes spki = file_read("tests/vectors/path/leaf.spki.der");
    uint8_t out[300];
    size_t n;

    (void)state;
    assert_int_equal(lwcmp_crypto_key_public(key, out, sizeof out, &n),
                     LWCMP_ERR_KEY);
    assert_int_equal(lwcmp_crypto_key_match(key, spki), LWCMP_ERR_KEY);
    assert_int_equal(lwcmp_crypto_key_destroy(key), 0);
    file_free(spki);
}

static int import(const char *name, enum lwcmp_sig sig)
{
    struct lwcmp_bytes spki = file_read(name);
    lwcmp_key key = 0;
    int err = lwcmp_crypto_public_import(spki, sig, &key);

    assert_true((err == 0) == (key != 0));
    assert_int_equal(lwcmp_crypto_key_destroy(key), 0);
    file_free(spki);
    return err;
}

static void test_import(void **state)
{
    const char *ec = "tests/vectors/path/leaf.spki.der";
    const char *rsa = "tests/vectors/path/rsa.spki.der";
    const char *weak = "tests/vectors/path/rsa1024.spki.der";
    const char *curve = "tests/vectors/path/k256.spki.der";

    (void)state;
    assert_int_equal(import(ec, LWCMP_ECDSA_SHA256), 0);
    assert_int_equal(import(ec, LWCMP_ECDSA_SHA512), 0);
    assert_int_equal(import(ec, LWCMP_RSA_SHA256), LWCMP_ERR_ALGORITHM);
    assert_int_equal(import(ec, LWCMP_SIG_NONE), LWCMP_ERR_ALGORITHM);
    assert_int_equal(import(rsa, LWCMP_RSA_SHA384), 0);
    assert_int_equal(import(rsa, LWCMP_ECDSA_SHA256), LWCMP_ERR_ALGORITHM);
    assert_int_equal(import(weak, LWCMP_RSA_SHA256), LWCMP_ERR_ALGORITHM);
    assert_int_equal(import(curve, LWCMP_ECDSA_SHA256), LWCMP_ERR_ALGORITHM);
}

/* Cut anywhere or with a point off the curve, it is an error of the peer. */
static void test_import_bad(void **state)
{
    struct lwcmp_bytes spki = file_read("tests/vectors/path/leaf.spki.der");
    lwcmp_key key = 0;
    uint8_t *bad;
    size_t n;

    (void)state;
    for (n = 0; n < spki.n; n++) {
        bad = malloc(n + 1);
        assert_non_null(bad);
        memcpy(bad, spki.p, n);
        assert_int_equal(
            lwcmp_crypto_public_import((struct lwcmp_bytes){bad, n},
                                       LWCMP_ECDSA_SHA256, &key),
            LWCMP_ERR_CERT_SYNTAX);
        free(bad);
    }
    bad = malloc(spki.n);
    assert_non_null(bad);
    memcpy(bad, spki.p, spki.n);
    bad[spki.n - 1] ^= 1;
    assert_int_equal(
        lwcmp_crypto_public_import((struct lwcmp_bytes){bad, spki.n},
                                   LWCMP_ECDSA_SHA256, &key),
        LWCMP_ERR_CERT_SYNTAX);
    assert_int_equal(key, 0);
    free(bad);
    file_free(spki);
}

/* No room among PSA's keys is no fault of the peer's. */
static void test_import_full(void **state)
{
    struct lwcmp_bytes spki = file_read("tests/vectors/path/leaf.spki.der");
    lwcmp_key keys[LWCMP_CRYPTO_KEYS + 1] = {0};
    size_t n = 0;
    int err;

    (void)state;
    do {
        err = lwcmp_crypto_public_import(spki, LWCMP_ECDSA_SHA256, &keys[n++]);
    } while (!err && n < sizeof keys / sizeof keys[0]);
    assert_int_equal(err, LWCMP_ERR_CRYPTO);
    assert_int_equal(keys[n - 1], 0);
    while (n > 0) {
        assert_int_equal(lwcmp_crypto_key_destroy(keys[--n]), 0);
    }
    file_free(spki);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_export),      TEST(test_match),  TEST(test_match_rsa),
        TEST(test_no_pair),     TEST(test_import), TEST(test_import_bad),
        TEST(test_import_full),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
