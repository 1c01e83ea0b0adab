/* SPDX-License-Identifier: Apache-2.0 */
/* src/own_sig.c */
#include "vectors.h"

#include "crypto_toy.h"
#include "own_sig.h"
#include "prot_alg.h"
#include "sig_toy.h"

#define KEY 7
#define CUSTOM_KEY 0xa07

static int set_up(void **state)
{
    (void)state;
    crypto_toy_reset();
    return 0;
}

static enum lwcmp_sig sig_of(const struct lwcmp_config *config,
                             enum lwcmp_key_type type)
{
    struct lwcmp_prot_alg alg = {.kind = LWCMP_PROT_SIG};

    assert_int_equal(lwcmp_crypto_key_generate(KEY, type), 0);
    assert_int_equal(lwcmp_own_sig(config, KEY, &alg), 0);
    return alg.sig;
}

/* What fits the key, where nothing is said. */
static void test_default(void **state)
{
    static const struct lwcmp_config config;
    struct lwcmp_prot_alg alg = {.kind = LWCMP_PROT_SIG};

    (void)state;
    assert_int_equal(sig_of(&config, LWCMP_EC_P256), LWCMP_ECDSA_SHA256);
    assert_int_equal(sig_of(&config, LWCMP_EC_P521), LWCMP_ECDSA_SHA512);
    assert_int_equal(sig_of(&config, LWCMP_RSA_3072), LWCMP_RSA_SHA256);
    assert_true(lwcmp_own_sig_fits(&config));
    assert_int_equal(lwcmp_own_is_there(&config, KEY), 0);
    assert_int_equal(lwcmp_own_is_there(&config, KEY + 1), LWCMP_ERR_KEY);
    assert_int_equal(lwcmp_own_sig(&config, KEY + 1, &alg), LWCMP_ERR_KEY);
}

#if LWCMP_WITH_PSS
static void test_alg_02_choice(void **state)
{
    static const struct {
        enum lwcmp_key_type type;
        enum lwcmp_hash hash;
        enum lwcmp_sig due;
    } rows[] = {
        {LWCMP_RSA_2048, LWCMP_SHA256, LWCMP_RSA_SHA256},
        {LWCMP_RSA_2048, LWCMP_SHA384, LWCMP_RSA_SHA384},
        {LWCMP_RSA_2048, LWCMP_SHA512, LWCMP_RSA_SHA512},
        {LWCMP_RSA_PSS_4096, LWCMP_HASH_NONE, LWCMP_RSA_PSS_SHA256},
        {LWCMP_RSA_PSS_4096, LWCMP_SHA256, LWCMP_RSA_PSS_SHA256},
        {LWCMP_RSA_PSS_4096, LWCMP_SHA384, LWCMP_RSA_PSS_SHA384},
        {LWCMP_RSA_PSS_4096, LWCMP_SHA512, LWCMP_RSA_PSS_SHA512},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lwcmp_algorithms own = {.rsa_hash = rows[i].hash};
        struct lwcmp_config config = {.algorithms = &own};

        vectors_at("row %zu", i);
        CHECK(lwcmp_own_sig_fits(&config));
        CHECK_INT(sig_of(&config, rows[i].type), rows[i].due);
        CHECK_INT(sig_of(&config, LWCMP_EC_P384), LWCMP_ECDSA_SHA384);
    }
}

static void test_no_such_hash(void **state)
{
    struct lwcmp_algorithms own = {.rsa_hash = LWCMP_SHA1};
    struct lwcmp_config config = {.algorithms = &own};

    (void)state;
    assert_false(lwcmp_own_sig_fits(&config));
    own.rsa_hash = (enum lwcmp_hash)(LWCMP_SHA512 + 1);
    assert_false(lwcmp_own_sig_fits(&config));
}
#endif

#if LWCMP_WITH_CUSTOM_SIG
static const struct lwcmp_algorithms both = {.custom_sigs = sig_toy_table,
                                             .custom_sigs_n = 2};
static const struct lwcmp_config custom = {.algorithms = &both};

/* The provider is not asked for a key that is the application's. */
static void test_custom_key(void **state)
{
    struct lwcmp_prot_alg alg = {.kind = LWCMP_PROT_SIG};
    uint8_t due[SIG_TOY_SPKI];
    uint8_t out[SIG_TOY_SPKI];
    struct lwcmp_bytes spki = sig_toy_spki(CUSTOM_KEY, due);
    size_t n = 0;

    (void)state;
    assert_int_equal(lwcmp_own_is_there(&custom, CUSTOM_KEY), 0);
    assert_int_equal(lwcmp_own_sig(&custom, CUSTOM_KEY, &alg), 0);
    assert_ptr_equal(alg.custom, &sig_toy_table[0]);
    assert_int_equal(alg.sig, LWCMP_SIG_NONE);
    assert_int_equal(lwcmp_own_public(&custom, CUSTOM_KEY, out, sizeof out, &n),
                     0);
    assert_int_equal(n, spki.n);
    assert_memory_equal(out, due, n);
    assert_int_equal(lwcmp_own_public(&custom, CUSTOM_KEY, out, n - 1, &n),
                     LWCMP_ERR_BUFFER);
    assert_int_equal(lwcmp_own_match(&custom, CUSTOM_KEY, &spki), 0);
    due[spki.n - 1] ^= 1;
    assert_int_equal(lwcmp_own_match(&custom, CUSTOM_KEY, &spki),
                     LWCMP_ERR_CERT_KEY);
    assert_int_equal(crypto_toy.calls, 0);
}

/* One of the provider's is, whatever the table holds. */
static void test_other_key(void **state)
{
    struct lwcmp_prot_alg alg = {.kind = LWCMP_PROT_SIG};
    uint8_t out[CRYPTO_TOY_SPKI];
    struct lwcmp_bytes spki = {out, 0};

    (void)state;
    crypto_toy_key_set(KEY, 1);
    assert_int_equal(lwcmp_own_sig(&custom, KEY, &alg), 0);
    assert_null(alg.custom);
    assert_int_equal(alg.sig, LWCMP_ECDSA_SHA256);
    assert_int_equal(lwcmp_own_public(&custom, KEY, out, sizeof out, &spki.n),
                     0);
    assert_int_equal(lwcmp_own_match(&custom, KEY, &spki), 0);
    assert_int_equal(lwcmp_own_is_there(&custom, KEY + 1), LWCMP_ERR_KEY);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_default, set_up),
#if LWCMP_WITH_PSS
        cmocka_unit_test_setup(test_alg_02_choice, set_up),
        cmocka_unit_test_setup(test_no_such_hash, set_up),
#endif
#if LWCMP_WITH_CUSTOM_SIG
        cmocka_unit_test_setup(test_custom_key, set_up),
        cmocka_unit_test_setup(test_other_key, set_up),
#endif
    };

    return cmocka_run_group_tests_name("own_sig", tests, NULL, NULL);
}
