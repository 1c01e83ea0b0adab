/* SPDX-License-Identifier: Apache-2.0 */
/* Hashes and random bytes: the examples of FIPS 180-4. */
#include "psa_fixture.h"

static const uint8_t sha256_abc[32] = {
    0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40,
    0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17,
    0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad};

static void test_sha256(void **state)
{
    struct lwcmp_bytes one[] = {BYTES("abc")};
    struct lwcmp_bytes more[] = {BYTES("a"), {NULL, 0}, BYTES("bc")};
    uint8_t out[32];
    size_t n = 0;

    (void)state;
    assert_int_equal(
        lwcmp_crypto_hash(LWCMP_SHA256, one, 1, out, sizeof out, &n), 0);
    assert_int_equal(n, 32);
    assert_memory_equal(out, sha256_abc, 32);
    memset(out, 0, sizeof out);
    assert_int_equal(
        lwcmp_crypto_hash(LWCMP_SHA256, more, 3, out, sizeof out, &n), 0);
    assert_memory_equal(out, sha256_abc, 32);
}

static void test_longer_hashes(void **state)
{
    static const uint8_t sha384[4] = {0xcb, 0x00, 0x75, 0x3f};
    static const uint8_t sha512[4] = {0xdd, 0xaf, 0x35, 0xa1};
    struct lwcmp_bytes abc[] = {BYTES("abc")};
    uint8_t out[LWCMP_HASH_MAX];
    size_t n = 0;

    (void)state;
    assert_int_equal(
        lwcmp_crypto_hash(LWCMP_SHA384, abc, 1, out, sizeof out, &n), 0);
    assert_int_equal(n, 48);
    assert_memory_equal(out, sha384, 4);
    assert_int_equal(
        lwcmp_crypto_hash(LWCMP_SHA512, abc, 1, out, sizeof out, &n), 0);
    assert_int_equal(n, 64);
    assert_memory_equal(out, sha512, 4);
}

static void test_refused(void **state)
{
    struct lwcmp_bytes abc[] = {BYTES("abc")};
    uint8_t out[LWCMP_HASH_MAX];
    size_t n;

    (void)state;
    assert_int_equal(lwcmp_crypto_hash(LWCMP_SHA1, abc, 1, out, 64, &n),
                     LWCMP_ERR_ALGORITHM);
    assert_int_equal(lwcmp_crypto_hash(LWCMP_HASH_NONE, abc, 1, out, 64, &n),
                     LWCMP_ERR_ALGORITHM);
    assert_int_equal(lwcmp_crypto_hash(LWCMP_SHA256, abc, 1, out, 31, &n),
                     LWCMP_ERR_BUFFER);
}

static void test_sec_01_random(void **state)
{
    uint8_t a[16] = {0}, b[16] = {0};

    (void)state;
    assert_int_equal(lwcmp_crypto_random(a, sizeof a), 0);
    assert_int_equal(lwcmp_crypto_random(b, sizeof b), 0);
    assert_memory_not_equal(a, b, sizeof a);
    psa_random_test_fail(true);
    assert_int_equal(lwcmp_crypto_random(a, sizeof a), LWCMP_ERR_RANDOM);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_sha256),
        TEST(test_longer_hashes),
        TEST(test_refused),
        TEST(test_sec_01_random),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
