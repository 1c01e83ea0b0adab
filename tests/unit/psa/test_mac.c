/* SPDX-License-Identifier: Apache-2.0 */
/* HMAC: test case 2 of RFC 4231, and every way a MAC can be wrong. */
#include "psa_fixture.h"

static const uint8_t expected[32] = {
    0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e, 0x6a, 0x04, 0x24,
    0x26, 0x08, 0x95, 0x75, 0xc7, 0x5a, 0x00, 0x3f, 0x08, 0x9d, 0x27,
    0x39, 0x83, 0x9d, 0xec, 0x58, 0xb9, 0x64, 0xec, 0x38, 0x43};

static const struct lwcmp_bytes parts[] = {
    {(const uint8_t *)"what do ya want ", 16},
    {(const uint8_t *)"for nothing?", 12}};

static lwcmp_key jefe(void)
{
    return key_import(PSA_KEY_TYPE_HMAC, PSA_ALG_HMAC(PSA_ALG_SHA_256),
                      PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE,
                      BYTES("Jefe"));
}

static void test_mac(void **state)
{
    lwcmp_key key = jefe();
    uint8_t out[32];
    size_t n = 0;

    (void)state;
    assert_int_equal(
        lwcmp_crypto_mac(key, LWCMP_SHA256, parts, 2, out, sizeof out, &n), 0);
    assert_int_equal(n, 32);
    assert_memory_equal(out, expected, 32);
    assert_int_equal(lwcmp_crypto_mac(key, LWCMP_SHA256, parts, 2, out, 31, &n),
                     LWCMP_ERR_BUFFER);
    assert_int_equal(
        lwcmp_crypto_mac(key, LWCMP_HASH_NONE, parts, 2, out, 32, &n),
        LWCMP_ERR_ALGORITHM);
    assert_int_equal(lwcmp_crypto_mac(key, LWCMP_SHA384, parts, 2, out, 32, &n),
                     LWCMP_ERR_KEY);
    assert_int_equal(lwcmp_crypto_key_destroy(key), 0);
    assert_int_equal(lwcmp_crypto_mac(key, LWCMP_SHA256, parts, 2, out, 32, &n),
                     LWCMP_ERR_KEY);
}

static int verify(lwcmp_key key, const uint8_t *mac, size_t n)
{
    return lwcmp_crypto_mac_verify(key, LWCMP_SHA256, parts, 2,
                                   (struct lwcmp_bytes){mac, n});
}

static void test_verify(void **state)
{
    lwcmp_key key = jefe();
    uint8_t mac[33] = {0};
    size_t i;

    (void)state;
    memcpy(mac, expected, 32);
    assert_int_equal(verify(key, mac, 32), 0);
    assert_int_equal(verify(key, NULL, 0), LWCMP_ERR_PROTECTION);
    for (i = 0; i < 32; i++) {
        assert_int_equal(verify(key, mac, i), LWCMP_ERR_PROTECTION);
    }
    assert_int_equal(verify(key, mac, 33), LWCMP_ERR_PROTECTION);
    for (i = 0; i < 32 * 8; i++) {
        mac[i / 8] = (uint8_t)(mac[i / 8] ^ (1u << i % 8));
        assert_int_equal(verify(key, mac, 32), LWCMP_ERR_PROTECTION);
        mac[i / 8] = expected[i / 8];
    }
    assert_int_equal(lwcmp_crypto_mac_verify(key, LWCMP_SHA256, parts, 1,
                                             (struct lwcmp_bytes){mac, 32}),
                     LWCMP_ERR_PROTECTION);
    assert_int_equal(lwcmp_crypto_key_destroy(key), 0);
    assert_int_equal(verify(key, mac, 32), LWCMP_ERR_KEY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_mac),
        TEST(test_verify),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
