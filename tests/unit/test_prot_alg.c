/* SPDX-License-Identifier: Apache-2.0 */
/* src/prot_alg.c */
#include "vectors.h"

#include "crypto_toy.h"
#include "prot_alg.h"

static long number(const char *field)
{
    return strtol(field, NULL, 10);
}

static void check_get(char *const field[])
{
    struct lwcmp_bytes der = vectors_hex(field[0]);
    struct lwcmp_prot_alg alg;
    int err = lwcmp_prot_alg_read(&der, &alg);

    CHECK_INT(err, vectors_error(field[1]));
    if (err == 0) {
        CHECK_INT(alg.kind, number(field[2]));
        CHECK_INT(alg.sig, number(field[3]));
        CHECK_FIELD(alg.pbm.salt, field[4]);
        CHECK_INT(alg.pbm.iterations, number(field[5]));
        CHECK_INT(alg.pbm.owf, number(field[6]));
        CHECK_INT(alg.pbm.hmac, number(field[7]));
        CHECK_INT(alg.pbm.key_length, 0);
    }
    vectors_free(der);
}

static void test_lcp_3_1_14_get(void **state)
{
    (void)state;
    vectors_each("der/prot_alg.txt", 8, check_get);
}

#if LWCMP_WITH_PBMAC1
static void check_pbmac1(char *const field[])
{
    struct lwcmp_bytes der = vectors_hex(field[0]);
    struct lwcmp_prot_alg alg;
    int err = lwcmp_prot_alg_read(&der, &alg);

    CHECK_INT(err, vectors_error(field[1]));
    if (err == 0) {
        CHECK_INT(alg.kind, LWCMP_PROT_MAC);
        CHECK_FIELD(alg.pbm.salt, field[2]);
        CHECK_INT(alg.pbm.iterations, number(field[3]));
        CHECK_INT(alg.pbm.owf, number(field[4]));
        CHECK_INT(alg.pbm.hmac, number(field[5]));
        CHECK_INT(alg.pbm.key_length, number(field[6]));
    }
    vectors_free(der);
}
#else
/* An algorithm that is not known. */
static void check_pbmac1(char *const field[])
{
    struct lwcmp_bytes der = vectors_hex(field[0]);
    struct lwcmp_prot_alg alg;

    CHECK_INT(lwcmp_prot_alg_read(&der, &alg), LWCMP_ERR_ALGORITHM);
    vectors_free(der);
}
#endif

static void test_alg_07_get_pbmac1(void **state)
{
    (void)state;
    vectors_each("der/pbmac1.txt", 7, check_pbmac1);
}

static void check_prefixes(char *const field[])
{
    struct lwcmp_bytes der = vectors_hex(field[0]);
    struct lwcmp_prot_alg alg;

    for (size_t n = 0; strcmp(field[1], "ok") == 0 && n < der.n; n++) {
        struct lwcmp_bytes prefix = vectors_copy(der.p, n);

        CHECK_INT(lwcmp_prot_alg_read(&prefix, &alg), LWCMP_ERR_SYNTAX);
        vectors_free(prefix);
    }
    vectors_free(der);
}

static void test_prefixes(void **state)
{
    (void)state;
    vectors_each("der/prot_alg.txt", 8, check_prefixes);
#if LWCMP_WITH_PBMAC1
    vectors_each("der/pbmac1.txt", 7, check_prefixes);
#endif
}

static void put(struct lwcmp_der_out *o, const void *alg)
{
    lwcmp_prot_alg_put(o, alg);
}

/* The octets are those of pyasn1. */
static void test_alg_08_put_pbm(void **state)
{
    struct lwcmp_prot_alg alg = {
        .kind = LWCMP_PROT_MAC,
        .pbm = {.salt = {(const uint8_t *)"\x01\x02\x03\x04\x05\x06\x07\x08",
                         8},
                .iterations = 10000,
                .owf = LWCMP_SHA256,
                .hmac = LWCMP_SHA256},
    };

    (void)state;
    vectors_at("SHA-256");
    vectors_check_put(put, &alg,
                      "303606092a864886f67d07420d3029040801020304050607"
                      "08300b060960864801650304020102022710300c06082a86"
                      "4886f70d02090500");
    vectors_at("SHA-512 and SHA-384");
    alg.pbm.iterations = 0x7fffffff;
    alg.pbm.owf = LWCMP_SHA512;
    alg.pbm.hmac = LWCMP_SHA384;
    vectors_check_put(put, &alg,
                      "303806092a864886f67d07420d302b040801020304050607"
                      "08300b060960864801650304020302047fffffff300c0608"
                      "2a864886f70d020a0500");
}

#if LWCMP_WITH_PBMAC1
/* As in the vectors; keyLength is always sent. */
static void test_alg_07_put_pbmac1(void **state)
{
    struct lwcmp_prot_alg alg = {
        .kind = LWCMP_PROT_MAC,
        .pbm = {.salt = {(const uint8_t *)"\x00\x11\x22\x33\x44\x55\x66\x77"
                                          "\x88\x99\xaa\xbb\xcc\xdd\xee\xff",
                         16},
                .iterations = 1000,
                .owf = LWCMP_SHA256,
                .hmac = LWCMP_SHA256,
                .key_length = 32},
    };

    (void)state;
    vectors_at("SHA-256");
    vectors_check_put(put, &alg,
                      "305106092a864886f70d01050e3044303406092a864886f7"
                      "0d01050c3027041000112233445566778899aabbccddeeff"
                      "020203e8020120300c06082a864886f70d02090500300c06"
                      "082a864886f70d02090500");
    vectors_at("SHA-512 and SHA-256");
    alg.pbm.owf = LWCMP_SHA512;
    alg.pbm.key_length = 64;
    vectors_check_put(put, &alg,
                      "305106092a864886f70d01050e3044303406092a864886f7"
                      "0d01050c3027041000112233445566778899aabbccddeeff"
                      "020203e8020140300c06082a864886f70d020b0500300c06"
                      "082a864886f70d02090500");
}
#endif

static void test_alg_03_put_signature(void **state)
{
    struct lwcmp_prot_alg alg = {.kind = LWCMP_PROT_SIG};

    (void)state;
    vectors_at("ECDSA");
    alg.sig = LWCMP_ECDSA_SHA256;
    vectors_check_put(put, &alg, "300a06082a8648ce3d040302");
    vectors_at("RSA");
    alg.sig = LWCMP_RSA_SHA512;
    vectors_check_put(put, &alg, "300d06092a864886f70d01010d0500");
}

static void test_put_nothing(void **state)
{
    static const struct lwcmp_prot_alg none;
    uint8_t buffer[64];
    struct lwcmp_der_out o;

    (void)state;
    lwcmp_der_out_init(&o, buffer, sizeof buffer);
    lwcmp_prot_alg_put(&o, &none);
    assert_int_equal(o.err, LWCMP_ERR_ALGORITHM);
}

/* Built in or not; whether it is allowed, the engine says. */
static void test_alg_08_hmac_sha1(void **state)
{
    static const char *const encoded[] = {
        "303c06092a864886f67d07420d302f041000112233445566778899aabbcc"
        "ddeeff300b0609608648016503040201020201f4300a06082b0601050508"
        "0102",
        "303e06092a864886f67d07420d3031041000112233445566778899aabbcc"
        "ddeeff300b0609608648016503040201020201f4300c06082a864886f70d"
        "02070500",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(encoded); i++) {
        struct lwcmp_bytes der = vectors_hex(encoded[i]);
        struct lwcmp_prot_alg alg;

        vectors_at("HMAC-SHA1, row %zu", i);
        CHECK_INT(lwcmp_prot_alg_read(&der, &alg), vectors_error("HMAC_SHA1"));
        CHECK(!LWCMP_WITH_HMAC_SHA1 || alg.pbm.hmac == LWCMP_SHA1);
        vectors_free(der);
    }
}

static const struct lwcmp_prot_alg ecdsa = {.kind = LWCMP_PROT_SIG,
                                            .sig = LWCMP_ECDSA_SHA256};

static const struct lwcmp_bytes signed_parts[] = {
    {(const uint8_t *)"first", 5},
    {(const uint8_t *)"second", 6},
};

static void test_put_bits(void **state)
{
    uint8_t due[CRYPTO_TOY_SIGNATURE];
    uint8_t buffer[3 + CRYPTO_TOY_SIGNATURE];
    struct lwcmp_der_out o;

    (void)state;
    crypto_toy_reset();
    crypto_toy_key_set(7, 1);
    crypto_toy_signature(1, LWCMP_ECDSA_SHA256, signed_parts, 2, due);
    lwcmp_der_out_init(&o, buffer, sizeof buffer);
    lwcmp_prot_alg_put_bits(&o, &ecdsa, 7, signed_parts, 2);
    assert_int_equal(o.err, 0);
    assert_int_equal(o.n, 3 + sizeof due);
    assert_int_equal(buffer[0], LWCMP_DER_BIT_STRING);
    assert_int_equal(buffer[1], 1 + sizeof due);
    assert_int_equal(buffer[2], 0);
    assert_memory_equal(buffer + 3, due, sizeof due);
}

static void test_put_bits_fails(void **state)
{
    uint8_t buffer[128];
    struct lwcmp_der_out o;

    (void)state;
    crypto_toy_reset();
    lwcmp_der_out_init(&o, buffer, sizeof buffer);
    lwcmp_prot_alg_put_bits(&o, &ecdsa, 7, signed_parts, 2);
    assert_int_equal(o.err, LWCMP_ERR_KEY);

    crypto_toy_key_set(7, 1);
    for (size_t cap = 0; cap < 3 + CRYPTO_TOY_SIGNATURE; cap++) {
        struct lwcmp_bytes exact = vectors_copy(buffer, cap);

        vectors_at("capacity %u", (unsigned)cap);
        lwcmp_der_out_init(&o, (uint8_t *)exact.p, cap);
        lwcmp_prot_alg_put_bits(&o, &ecdsa, 7, signed_parts, 2);
        CHECK_INT(o.err, LWCMP_ERR_BUFFER);
        vectors_free(exact);
    }
}

/* A writer that has failed asks nobody for a signature. */
static void test_put_bits_after_an_error(void **state)
{
    uint8_t buffer[128];
    struct lwcmp_der_out o;

    (void)state;
    crypto_toy_reset();
    crypto_toy_key_set(7, 1);
    lwcmp_der_out_init(&o, buffer, sizeof buffer);
    lwcmp_der_out_fail(&o, LWCMP_ERR_STATUS);
    lwcmp_prot_alg_put_bits(&o, &ecdsa, 7, signed_parts, 2);
    assert_int_equal(o.err, LWCMP_ERR_STATUS);
    assert_int_equal(crypto_toy.calls_of[CRYPTO_TOY_SIGN], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lcp_3_1_14_get),
        cmocka_unit_test(test_alg_07_get_pbmac1),
        cmocka_unit_test(test_prefixes),
        cmocka_unit_test(test_alg_08_put_pbm),
#if LWCMP_WITH_PBMAC1
        cmocka_unit_test(test_alg_07_put_pbmac1),
#endif
        cmocka_unit_test(test_alg_03_put_signature),
        cmocka_unit_test(test_put_nothing),
        cmocka_unit_test(test_alg_08_hmac_sha1),
        cmocka_unit_test(test_put_bits),
        cmocka_unit_test(test_put_bits_fails),
        cmocka_unit_test(test_put_bits_after_an_error),
    };

    return cmocka_run_group_tests_name("prot_alg", tests, NULL, NULL);
}
