/* SPDX-License-Identifier: Apache-2.0 */
/* AES key wrap and CBC against known answers. */
#include "psa_fixture.h"

#if LWCMP_WITH_CMS
#include "aes_fixture.h"

/* Every bit of what is wrapped counts. */
static void test_alg_14_unwrap(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(wraps); i++) {
        lwcmp_key kek = aes(wraps[i].kek);
        struct lwcmp_bytes plain = vectors_hex(wraps[i].plain);
        struct lwcmp_bytes wrapped = vectors_hex(wraps[i].wrapped);
        uint8_t *p = (uint8_t *)(uintptr_t)wrapped.p;
        uint8_t out[32];

        assert_int_equal(lwcmp_psa_aes_unwrap(kek, wrapped, out, plain.n), 0);
        assert_memory_equal(out, plain.p, plain.n);
        for (size_t bit = 0; bit < 8 * wrapped.n; bit += 7) {
            p[bit / 8] ^= (uint8_t)(1u << bit % 8);
            assert_int_equal(lwcmp_psa_aes_unwrap(kek, wrapped, out, plain.n),
                             LWCMP_ERR_DECRYPT);
            p[bit / 8] ^= (uint8_t)(1u << bit % 8);
        }
        assert_int_equal(lwcmp_psa_aes_unwrap(kek, wrapped, out, plain.n - 8),
                         LWCMP_ERR_DECRYPT);
        vectors_free(plain);
        vectors_free(wrapped);
        drop(kek);
    }
}

/* NIST SP 800-38A F.2.1, whose last block is no padding. */
static void test_alg_16_cbc(void **state)
{
    lwcmp_key key = aes("2b7e151628aed2a6abf7158809cf4f3c");
    struct lwcmp_bytes iv = vectors_hex("000102030405060708090a0b0c0d0e0f");
    struct lwcmp_bytes in = vectors_hex("7649abac8119b246cee98e9b12e9197d"
                                        "5086cb9b507219ee95db113a917678b2");
    struct lwcmp_bytes due = vectors_hex("6bc1bee22e409f96e93d7e117393172a"
                                         "ae2d8a571e03ac9c9eb76fac45af8e51");
    uint8_t *p = (uint8_t *)(uintptr_t)in.p;
    size_t n = in.n;

    (void)state;
    assert_int_equal(lwcmp_psa_aes_cbc(key, iv, p, &n), LWCMP_ERR_DECRYPT);
    assert_memory_equal(p, due.p, due.n);
    vectors_free(in);
    vectors_free(due);
    vectors_free(iv);
    drop(key);
}

/* The IV makes of one block whatever the test wants. */
static int unpad(lwcmp_key key, const uint8_t want[16], size_t *n)
{
    static const uint8_t zero[16];
    uint8_t once[16] = {0}, p[16] = {0}, iv[16];
    struct lwcmp_bytes as_iv = {zero, sizeof zero};

    *n = sizeof once;
    (void)lwcmp_psa_aes_cbc(key, as_iv, once, n);
    for (size_t i = 0; i < sizeof iv; i++) {
        iv[i] = once[i] ^ want[i];
    }
    as_iv.p = iv;
    *n = sizeof p;
    return lwcmp_psa_aes_cbc(key, as_iv, p, n);
}

/* RFC 5652 6.3: 1 to 16 octets that say how many */
static void test_padding(void **state)
{
    lwcmp_key key = aes("2b7e151628aed2a6abf7158809cf4f3c");
    size_t n;

    (void)state;
    for (unsigned pad = 0; pad < 256; pad++) {
        uint8_t want[16];

        memset(want, (int)pad, sizeof want);
        assert_int_equal(unpad(key, want, &n),
                         pad >= 1 && pad <= 16 ? 0 : LWCMP_ERR_DECRYPT);
        assert_true(pad < 1 || pad > 16 || n == 16 - pad);
        for (unsigned i = 0; i < 15; i++) {
            want[i] ^= 0x80;
            assert_int_equal(
                unpad(key, want, &n),
                pad >= 1 && pad <= 16 && i < 16 - pad ? 0 : LWCMP_ERR_DECRYPT);
            want[i] ^= 0x80;
        }
    }
    drop(key);
}

/* No whole blocks, none, another IV. */
static void test_sizes(void **state)
{
    lwcmp_key key = aes("2b7e151628aed2a6abf7158809cf4f3c");
    uint8_t p[32] = {0};
    struct lwcmp_bytes iv = {p + 16, 16};

    (void)state;
    for (size_t size = 0; size < 16; size++) {
        size_t n = size;

        assert_int_equal(lwcmp_psa_aes_cbc(key, iv, p, &n), LWCMP_ERR_DECRYPT);
    }
    for (iv.n = 0; iv.n < 16; iv.n++) {
        size_t n = 16;

        assert_int_equal(lwcmp_psa_aes_cbc(key, iv, p, &n), LWCMP_ERR_DECRYPT);
    }
    drop(key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_alg_14_unwrap),
        TEST(test_alg_16_cbc),
        TEST(test_padding),
        TEST(test_sizes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "../absent.h"
#endif
