/* SPDX-License-Identifier: Apache-2.0 */
/* PasswordBasedMac, against messages that OpenSSL protected. */
#include "psa_fixture.h"

static lwcmp_key password(struct lwcmp_bytes value, psa_key_usage_t usage)
{
    return key_import(PSA_KEY_TYPE_PASSWORD, PSA_ALG_NONE, usage, value);
}

/* Runs the derivation to its end; counts the slices. */
static int derive(const struct lwcmp_pbm *pbm, lwcmp_key secret, lwcmp_key *key,
                  unsigned *slices)
{
    uint32_t done = 0;
    int err = 0;

    *key = 0;
    *slices = 0;
    while (!err && done < pbm->iterations) {
        uint32_t before = done;

        err = lwcmp_crypto_pbm(pbm, secret, key, &done);
        if (!err) {
            assert_true(done > before);
            assert_true(done - before <= LWCMP_PBM_SLICE);
        }
        ++*slices;
    }
    return err;
}

/* A recorded message: where its salt, its protection and their end are. */
static int check_message(const char *name, struct lwcmp_bytes secret,
                         enum lwcmp_hash owf, enum lwcmp_hash hmac, size_t end,
                         size_t mac_n)
{
    struct lwcmp_bytes message = file_read(name);
    struct lwcmp_bytes mac = {message.p + end + 5, mac_n};
    struct lwcmp_pbm pbm = {{message.p + 85, 16}, 500, owf, hmac, 0};
    lwcmp_key s = password(secret, PSA_KEY_USAGE_EXPORT);
    struct protected_part p;
    lwcmp_key key;
    unsigned slices;
    int err;

    assert_int_equal(message.n, end + 5 + mac_n);
    protected_part(&p, message, end);
    assert_int_equal(derive(&pbm, s, &key, &slices), 0);
    err = lwcmp_crypto_mac_verify(key, hmac, p.parts, 2, mac);
    assert_int_equal(lwcmp_crypto_key_destroy(key), 0);
    assert_int_equal(lwcmp_crypto_key_destroy(s), 0);
    file_free(message);
    return err;
}

static void test_cmp_5_1_3_1_01_recorded_sha1(void **state)
{
#ifdef PSA_WANT_ALG_SHA_1
    int good = LWCMP_OK, bad = LWCMP_ERR_PROTECTION;
#else
    int good = LWCMP_ERR_ALGORITHM, bad = LWCMP_ERR_ALGORITHM;
#endif

    (void)state;
    assert_int_equal(check_message("tests/vectors/cmp/irpbm.1.der",
                                   BYTES("test"), LWCMP_SHA256, LWCMP_SHA1, 391,
                                   20),
                     good);
    assert_int_equal(check_message("tests/vectors/cmp/irpbm.1.der",
                                   BYTES("Test"), LWCMP_SHA256, LWCMP_SHA1, 391,
                                   20),
                     bad);
}

static void test_cmp_5_1_3_1_02_recorded_sha384(void **state)
{
    const char *name = "tests/vectors/psa/pbm.der";

    (void)state;
    assert_int_equal(check_message(name, BYTES("lwcmp-test"), LWCMP_SHA384,
                                   LWCMP_SHA256, 393, 32),
                     0);
    assert_int_equal(check_message(name, BYTES("lwcmp-tesu"), LWCMP_SHA384,
                                   LWCMP_SHA256, 393, 32),
                     LWCMP_ERR_PROTECTION);
    assert_int_equal(check_message(name, BYTES("lwcmp-test"), LWCMP_SHA256,
                                   LWCMP_SHA256, 393, 32),
                     LWCMP_ERR_PROTECTION);
}

/* The key that `iterations` hashes make, the long way round. */
static lwcmp_key plain(const char *secret, const char *salt,
                       uint32_t iterations, enum lwcmp_hash hmac)
{
    psa_algorithm_t alg =
        PSA_ALG_HMAC(hmac == LWCMP_SHA512 ? PSA_ALG_SHA_512 : PSA_ALG_SHA_256);
    uint8_t k[64];
    size_t n = strlen(secret) + strlen(salt);

    memcpy(k, secret, strlen(secret));
    memcpy(k + strlen(secret), salt, strlen(salt));
    while (iterations-- > 0) {
        uint8_t next[32];

        assert_int_equal(
            psa_hash_compute(PSA_ALG_SHA_256, k, n, next, sizeof next, &n),
            PSA_SUCCESS);
        memcpy(k, next, n);
    }
    return key_import(PSA_KEY_TYPE_HMAC, alg, PSA_KEY_USAGE_VERIFY_MESSAGE,
                      (struct lwcmp_bytes){k, n});
}

static void check_count(uint32_t iterations, unsigned expected_slices,
                        enum lwcmp_hash hmac)
{
    struct lwcmp_pbm pbm = {BYTES("salt"), iterations, LWCMP_SHA256, hmac, 0};
    lwcmp_key s = password(BYTES("secret"), PSA_KEY_USAGE_EXPORT);
    lwcmp_key reference = plain("secret", "salt", iterations, hmac);
    struct lwcmp_bytes text[] = {BYTES("text")};
    uint8_t mac[64];
    lwcmp_key key;
    unsigned slices;
    size_t n;

    assert_int_equal(derive(&pbm, s, &key, &slices), 0);
    assert_int_equal(slices, expected_slices);
    assert_int_equal(lwcmp_crypto_mac(key, hmac, text, 1, mac, sizeof mac, &n),
                     0);
    assert_int_equal(lwcmp_crypto_mac_verify(reference, hmac, text, 1,
                                             (struct lwcmp_bytes){mac, n}),
                     0);
    assert_int_equal(lwcmp_crypto_key_destroy(key), 0);
    assert_int_equal(lwcmp_crypto_key_destroy(reference), 0);
    assert_int_equal(lwcmp_crypto_key_destroy(s), 0);
}

static void test_cmp_5_1_3_1_01_slices(void **state)
{
    (void)state;
    check_count(1, 1, LWCMP_SHA256);
    check_count(2, 1, LWCMP_SHA256);
    check_count(LWCMP_PBM_SLICE, 1, LWCMP_SHA256);
    check_count(LWCMP_PBM_SLICE + 1, 2, LWCMP_SHA256);
    check_count(3 * LWCMP_PBM_SLICE, 3, LWCMP_SHA256);
    check_count(3 * LWCMP_PBM_SLICE + 1, 4, LWCMP_SHA256);
}

/* The hash as it is, also where the HMAC has a longer one. */
static void test_cmp_5_1_3_1_02_key_is_not_expanded(void **state)
{
    (void)state;
    check_count(5, 1, LWCMP_SHA512);
}

/* The finished key stays in its store, and nothing is derived twice. */
static void test_finished(void **state)
{
    struct lwcmp_pbm pbm = {BYTES("salt"), 5, LWCMP_SHA256, LWCMP_SHA256, 0};
    lwcmp_key s = password(BYTES("secret"), PSA_KEY_USAGE_EXPORT);
    lwcmp_key key, same;
    uint8_t out[64];
    unsigned slices;
    uint32_t done = 5;
    size_t n;

    (void)state;
    assert_int_equal(derive(&pbm, s, &key, &slices), 0);
    assert_int_equal(psa_export_key(key, out, sizeof out, &n),
                     PSA_ERROR_NOT_PERMITTED);
    same = key;
    assert_int_equal(lwcmp_crypto_pbm(&pbm, s, &same, &done), 0);
    assert_int_equal(same, key);
    assert_int_equal(done, 5);
    assert_int_equal(lwcmp_crypto_key_destroy(key), 0);
    assert_int_equal(lwcmp_crypto_key_destroy(s), 0);
}

static void test_secrets(void **state)
{
    struct lwcmp_pbm pbm = {BYTES("salt"), 5, LWCMP_SHA256, LWCMP_SHA256, 0};
    uint8_t text[129];
    lwcmp_key s, key;
    unsigned slices;

    (void)state;
    memset(text, 'x', sizeof text);
    s = password(BYTES("secret"), PSA_KEY_USAGE_DERIVE);
    assert_int_equal(derive(&pbm, s, &key, &slices), LWCMP_ERR_KEY);
    assert_int_equal(key, 0);
    assert_int_equal(lwcmp_crypto_key_destroy(s), 0);
    assert_int_equal(derive(&pbm, s, &key, &slices), LWCMP_ERR_KEY);
    s = password((struct lwcmp_bytes){text, 129}, PSA_KEY_USAGE_EXPORT);
    assert_int_equal(derive(&pbm, s, &key, &slices), LWCMP_ERR_KEY);
    assert_int_equal(lwcmp_crypto_key_destroy(s), 0);
    s = password((struct lwcmp_bytes){text, 128}, PSA_KEY_USAGE_EXPORT);
    assert_int_equal(derive(&pbm, s, &key, &slices), 0);
    assert_int_equal(lwcmp_crypto_key_destroy(key), 0);
    assert_int_equal(lwcmp_crypto_key_destroy(s), 0);
}

static void test_parameters(void **state)
{
    struct lwcmp_pbm pbm = {BYTES("salt"), 0, LWCMP_SHA256, LWCMP_SHA256, 0};
    lwcmp_key s = password(BYTES("secret"), PSA_KEY_USAGE_EXPORT);
    lwcmp_key key = 0;
    uint32_t done = 0;

    (void)state;
    assert_int_equal(lwcmp_crypto_pbm(&pbm, s, &key, &done),
                     LWCMP_ERR_ITERATIONS);
    pbm.iterations = 5;
    pbm.owf = LWCMP_SHA1;
    assert_int_equal(lwcmp_crypto_pbm(&pbm, s, &key, &done),
                     LWCMP_ERR_ALGORITHM);
    pbm.owf = LWCMP_SHA256;
    pbm.hmac = LWCMP_HASH_NONE;
    assert_int_equal(lwcmp_crypto_pbm(&pbm, s, &key, &done),
                     LWCMP_ERR_ALGORITHM);
    pbm.hmac = LWCMP_SHA256;
    done = 1;
    assert_int_equal(lwcmp_crypto_pbm(&pbm, s, &key, &done), LWCMP_ERR_STATE);
    done = 0;
    key = s;
    assert_int_equal(lwcmp_crypto_pbm(&pbm, s, &key, &done), LWCMP_ERR_STATE);
    done = 6;
    assert_int_equal(lwcmp_crypto_pbm(&pbm, s, &key, &done), LWCMP_ERR_STATE);
    assert_int_equal(lwcmp_crypto_key_destroy(s), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_cmp_5_1_3_1_01_recorded_sha1),
        TEST(test_cmp_5_1_3_1_02_recorded_sha384),
        TEST(test_cmp_5_1_3_1_01_slices),
        TEST(test_cmp_5_1_3_1_02_key_is_not_expanded),
        TEST(test_finished),
        TEST(test_secrets),
        TEST(test_parameters),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
