/* SPDX-License-Identifier: Apache-2.0 */
/* AES key wrap and CBC, the way out, against known answers. */
#include "psa_fixture.h"

#if LWCMP_WITH_ARCHIVE
#include "aes_fixture.h"

static void test_alg_14_wrap(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(wraps); i++) {
        lwcmp_key kek = aes(wraps[i].kek);
        struct lwcmp_bytes plain = vectors_hex(wraps[i].plain);
        struct lwcmp_bytes wrapped = vectors_hex(wraps[i].wrapped);
        uint8_t out[40];

        assert_int_equal(lwcmp_psa_aes_wrap(kek, plain.p, plain.n, out), 0);
        assert_memory_equal(out, wrapped.p, wrapped.n);
        vectors_free(plain);
        vectors_free(wrapped);
        drop(kek);
    }
}

/* NIST SP 800-38A F.2.5, the first three blocks, and a padding behind. */
static void test_alg_16_cbc(void **state)
{
    struct lwcmp_bytes iv = vectors_hex("000102030405060708090a0b0c0d0e0f");
    struct lwcmp_bytes plain = vectors_hex("6bc1bee22e409f96e93d7e117393172a"
                                           "ae2d8a571e03ac9c9eb76fac45af8e51"
                                           "30c81c46a35ce411e5fbc1191a0a52ef");
    struct lwcmp_bytes due = vectors_hex("f58c4c04d6e5f1ba779eabfb5f7bfbd6"
                                         "9cfc4e967edb808d679f777bc6702c7d"
                                         "39f23369a9d9bacfa530e26304231461");
    lwcmp_key key = aes("603deb1015ca71be2b73aef0857d7781"
                        "1f352c073b6108d72d9810a30914dff4");
    uint8_t p[64];

    (void)state;
    for (size_t n = 0; n <= plain.n; n++) {
        size_t size = n;

        memcpy(p, plain.p, n);
        assert_int_equal(
            lwcmp_psa_aes_cbc_encrypt(key, iv.p, p, sizeof p, &size), 0);
        assert_int_equal(size, n / 16 * 16 + 16);
        assert_memory_equal(p, due.p, n / 16 * 16);
        assert_int_equal(lwcmp_psa_aes_cbc(key, iv, p, &size), 0);
        assert_int_equal(size, n);
        assert_memory_equal(p, plain.p, n);
    }
    vectors_free(iv);
    vectors_free(plain);
    vectors_free(due);
    drop(key);
}

/* The padding needs room. */
static void test_cbc_room(void **state)
{
    static const uint8_t iv[16];
    lwcmp_key key = aes("000102030405060708090a0b0c0d0e0f");
    uint8_t p[32] = {0};

    (void)state;
    for (size_t n = 0; n <= 16; n++) {
        size_t size = n;
        size_t due = n / 16 * 16 + 16;

        assert_int_equal(lwcmp_psa_aes_cbc_encrypt(key, iv, p, due - 1, &size),
                         LWCMP_ERR_BUFFER);
        assert_int_equal(size, n);
        assert_int_equal(lwcmp_psa_aes_cbc_encrypt(key, iv, p, due, &size), 0);
    }
    drop(key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_alg_14_wrap),
        TEST(test_alg_16_cbc),
        TEST(test_cbc_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "../absent.h"
#endif
