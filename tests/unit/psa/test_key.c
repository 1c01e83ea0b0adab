/* SPDX-License-Identifier: Apache-2.0 */
/* Device keys: made, kept over a reset, destroyed; their public part. */
#include "psa_fixture.h"

#define KEY 7

static bool key_exists(lwcmp_key key)
{
    enum lwcmp_sig sig;

    return lwcmp_crypto_key_sig(key, &sig) == 0;
}

static void restart(void)
{
    mbedtls_psa_crypto_free();
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
}

static void test_life(void **state)
{
    uint8_t first[128], second[128];
    size_t n = 0, m = 0;

    (void)state;
    assert_false(key_exists(KEY));
    assert_int_equal(lwcmp_crypto_key_generate(KEY, LWCMP_EC_P256), 0);
    assert_true(key_exists(KEY));
    assert_int_equal(lwcmp_crypto_key_public(KEY, first, sizeof first, &n), 0);
    restart();
    assert_true(key_exists(KEY));
    assert_int_equal(lwcmp_crypto_key_public(KEY, second, sizeof second, &m),
                     0);
    assert_int_equal(n, 91);
    assert_int_equal(m, n);
    assert_memory_equal(first, second, n);

    /* A new one takes the place of the old one. */
    assert_int_equal(lwcmp_crypto_key_generate(KEY, LWCMP_EC_P256), 0);
    assert_int_equal(lwcmp_crypto_key_public(KEY, second, sizeof second, &m),
                     0);
    assert_memory_not_equal(first, second, n);

    assert_int_equal(lwcmp_crypto_key_destroy(KEY), 0);
    assert_false(key_exists(KEY));
    assert_int_equal(lwcmp_crypto_key_destroy(KEY), 0);
    restart();
    assert_false(key_exists(KEY));
    assert_int_equal(lwcmp_crypto_key_public(KEY, first, sizeof first, &n),
                     LWCMP_ERR_KEY);
}

static void test_secrecy(void **state)
{
    uint8_t out[128];
    size_t n;

    (void)state;
    assert_int_equal(lwcmp_crypto_key_generate(KEY, LWCMP_EC_P256), 0);
    assert_int_equal(psa_export_key(KEY, out, sizeof out, &n),
                     PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(lwcmp_crypto_key_destroy(KEY), 0);
}

static void test_names(void **state)
{
    (void)state;
    assert_int_equal(lwcmp_crypto_key_generate(0, LWCMP_EC_P256),
                     LWCMP_ERR_KEY);
    assert_int_equal(lwcmp_crypto_key_generate(0x7ffffff0, LWCMP_EC_P256),
                     LWCMP_ERR_KEY);
    assert_int_equal(lwcmp_crypto_key_generate(
                         KEY, (enum lwcmp_key_type)(LWCMP_KEY_TYPE_LAST + 1)),
                     LWCMP_ERR_ALGORITHM);
    assert_false(key_exists(0));
    assert_int_equal(lwcmp_crypto_key_destroy(0), 0);
}

static void test_store_fails(void **state)
{
    (void)state;
    psa_its_ram_fail(true);
    assert_int_equal(lwcmp_crypto_key_generate(KEY, LWCMP_EC_P256),
                     LWCMP_ERR_STORE);
    assert_false(key_exists(KEY));
    psa_its_ram_fail(false);
    assert_int_equal(lwcmp_crypto_key_generate(KEY, LWCMP_EC_P256), 0);
    psa_its_ram_fail(true);
    assert_int_equal(lwcmp_crypto_key_destroy(KEY), LWCMP_ERR_STORE);
    psa_its_ram_fail(false);
    assert_int_equal(lwcmp_crypto_key_destroy(KEY), 0);
    psa_random_test_fail(true);
    assert_int_equal(lwcmp_crypto_key_generate(KEY, LWCMP_EC_P256),
                     LWCMP_ERR_RANDOM);
}

static void test_is(void **state)
{
    static const enum lwcmp_key_type types[] = {
        LWCMP_EC_P256,
        LWCMP_EC_P384,
        LWCMP_RSA_2048,
#if LWCMP_WITH_PSS
        LWCMP_RSA_PSS_2048,
#endif
    };

    (void)state;
    assert_int_equal(lwcmp_crypto_key_is(KEY, LWCMP_EC_P256), LWCMP_ERR_KEY);
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        assert_int_equal(lwcmp_crypto_key_generate(KEY, types[i]), 0);
        for (int type = LWCMP_EC_P256; type <= (int)LWCMP_KEY_TYPE_LAST;
             type++) {
            assert_int_equal(
                lwcmp_crypto_key_is(KEY, (enum lwcmp_key_type)type),
                type == (int)types[i] ? 0 : LWCMP_ERR_KEY);
        }
    }
    assert_int_equal(lwcmp_crypto_key_destroy(KEY), 0);
}

static void test_sig(void **state)
{
    struct lwcmp_bytes rsa = file_read("tests/vectors/path/rsa.key.der");
    enum lwcmp_sig sig = LWCMP_SIG_NONE;
    lwcmp_key key;

    (void)state;
    assert_int_equal(lwcmp_crypto_key_sig(KEY, &sig), LWCMP_ERR_KEY);
    assert_int_equal(lwcmp_crypto_key_generate(KEY, LWCMP_EC_P256), 0);
    assert_int_equal(lwcmp_crypto_key_sig(KEY, &sig), 0);
    assert_int_equal(sig, LWCMP_ECDSA_SHA256);
    assert_int_equal(lwcmp_crypto_key_generate(KEY, LWCMP_EC_P384), 0);
    assert_int_equal(lwcmp_crypto_key_sig(KEY, &sig), 0);
    assert_int_equal(sig, LWCMP_ECDSA_SHA384);
#if LWCMP_CRYPTO_FILES
    assert_int_equal(lwcmp_crypto_key_generate(KEY, LWCMP_EC_P521), 0);
    assert_int_equal(lwcmp_crypto_key_sig(KEY, &sig), 0);
    assert_int_equal(sig, LWCMP_ECDSA_SHA512);
#else
    assert_int_equal(lwcmp_crypto_key_generate(KEY, LWCMP_EC_P521),
                     LWCMP_ERR_ALGORITHM);
#endif
    assert_int_equal(lwcmp_crypto_key_generate(KEY, LWCMP_RSA_2048), 0);
    assert_int_equal(lwcmp_crypto_key_sig(KEY, &sig), 0);
    assert_int_equal(sig, LWCMP_RSA_SHA256);
    assert_int_equal(lwcmp_crypto_key_destroy(KEY), 0);

    key = key_import(PSA_KEY_TYPE_RSA_KEY_PAIR, PSA_ALG_NONE,
                     PSA_KEY_USAGE_SIGN_HASH, rsa);
    assert_int_equal(lwcmp_crypto_key_sig(key, &sig), 0);
    assert_int_equal(sig, LWCMP_RSA_SHA256);
    assert_int_equal(lwcmp_crypto_key_destroy(key), 0);
    key = key_import(PSA_KEY_TYPE_RSA_KEY_PAIR, PSA_ALG_NONE, 0, rsa);
    file_free(rsa);
    assert_false(key_exists(key)); /* it may not sign */
    assert_int_equal(lwcmp_crypto_key_destroy(key), 0);

    key = key_import(PSA_KEY_TYPE_PASSWORD, PSA_ALG_NONE,
                     PSA_KEY_USAGE_SIGN_HASH, BYTES("secret"));
    assert_int_equal(lwcmp_crypto_key_sig(key, &sig), LWCMP_ERR_KEY);
    assert_false(key_exists(key));
    assert_int_equal(lwcmp_crypto_key_destroy(key), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_life),        TEST(test_secrecy), TEST(test_names),
        TEST(test_store_fails), TEST(test_is),      TEST(test_store_fails),
        TEST(test_sig),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
