/* SPDX-License-Identifier: Apache-2.0 */
/* src/pss.c, by way of src/alg.c */
#include "vectors.h"

#include "cert.h"
#include "prot_alg.h"

#define DER_OF_SHA256                          \
    "304106092a864886f70d01010a3034a00f300d06" \
    "096086480165030402010500a11c301a06092a86" \
    "4886f70d010108300d0609608648016503040201" \
    "0500a203020120"

#if LWCMP_WITH_PSS
static void check_find(char *const field[])
{
    struct lwcmp_bytes der = vectors_hex(field[0]);
    uint8_t sig = 99;

    CHECK_INT(lwcmp_alg_get(&der, LWCMP_ALG_SIG, &sig),
              vectors_error(field[1]));
    CHECK_INT(sig, strtol(field[2], NULL, 10));
    vectors_free(der);
}

static void test_alg_02_find(void **state)
{
    (void)state;
    vectors_each("der/pss.txt", 3, check_find);
}

/* Cut anywhere, it is no AlgorithmIdentifier; nothing is read beyond. */
static void test_prefixes(void **state)
{
    struct lwcmp_bytes der = vectors_hex(DER_OF_SHA256);
    uint8_t sig;

    (void)state;
    for (size_t n = 0; n < der.n; n++) {
        struct lwcmp_bytes prefix = vectors_copy(der.p, n);

        vectors_at("%zu octets", n);
        CHECK_INT(lwcmp_alg_get(&prefix, LWCMP_ALG_SIG, &sig),
                  LWCMP_ERR_SYNTAX);
        vectors_free(prefix);
    }
    vectors_free(der);
}

/* Whatever octet changes, it is not the same algorithm any more. */
static void test_flips(void **state)
{
    struct lwcmp_bytes der = vectors_hex(DER_OF_SHA256);
    uint8_t *p = (uint8_t *)(uintptr_t)der.p;
    uint8_t sig;

    (void)state;
    for (size_t i = 0; i < der.n; i++) {
        for (unsigned bit = 0; bit < 8; bit++) {
            p[i] ^= (uint8_t)(1u << bit);
            vectors_at("octet %zu, bit %u", i, bit);
            CHECK(lwcmp_alg_get(&der, LWCMP_ALG_SIG, &sig) != 0);
            p[i] ^= (uint8_t)(1u << bit);
        }
    }
    vectors_free(der);
}

/* It is a signature and nothing else. */
static void test_other_kinds(void **state)
{
    struct lwcmp_bytes der = vectors_hex(DER_OF_SHA256);
    uint8_t value;

    (void)state;
    assert_int_equal(lwcmp_alg_get(&der, LWCMP_ALG_HASH, &value),
                     LWCMP_ERR_ALGORITHM);
    assert_int_equal(lwcmp_alg_get(&der, LWCMP_ALG_HMAC, &value),
                     LWCMP_ERR_ALGORITHM);
    vectors_free(der);
}

static void put(struct lwcmp_der_out *o, const void *alg)
{
    lwcmp_prot_alg_put(o, alg);
}

/* The octets are those of the vectors. */
static void test_alg_02_put(void **state)
{
    struct lwcmp_prot_alg alg = {.kind = LWCMP_PROT_SIG,
                                 .sig = LWCMP_RSA_PSS_SHA256};

    (void)state;
    vectors_at("SHA-256");
    vectors_check_put(put, &alg, DER_OF_SHA256);
    vectors_at("SHA-384");
    alg.sig = LWCMP_RSA_PSS_SHA384;
    vectors_check_put(put, &alg,
                      "304106092a864886f70d01010a3034a00f300d06"
                      "096086480165030402020500a11c301a06092a86"
                      "4886f70d010108300d0609608648016503040202"
                      "0500a203020130");
    vectors_at("SHA-512");
    alg.sig = LWCMP_RSA_PSS_SHA512;
    vectors_check_put(put, &alg,
                      "304106092a864886f70d01010a3034a00f300d06"
                      "096086480165030402030500a11c301a06092a86"
                      "4886f70d010108300d0609608648016503040203"
                      "0500a203020140");
}

/* certHash is by the hash in the parameters of the certificate. */
static void test_lcp_4_1_1_24_certificate(void **state)
{
    static const struct {
        const char *file;
        enum lwcmp_hash hash;
    } rows[] = {
        {"pss/sha256.der", LWCMP_SHA256},  {"pss/sha384.der", LWCMP_SHA384},
        {"pss/sha512.der", LWCMP_SHA512},  {"pss/root.der", LWCMP_SHA256},
        {"pss/sha1.der", LWCMP_HASH_NONE}, {"pss/salt.der", LWCMP_HASH_NONE},
        {"pss/mgf.der", LWCMP_HASH_NONE},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lwcmp_bytes der = vectors_file(rows[i].file);
        struct lwcmp_cert cert;

        vectors_at("%s", rows[i].file);
        CHECK_INT(lwcmp_cert_read(&der, &cert), 0);
        CHECK_INT(lwcmp_alg_sig_hash((enum lwcmp_sig)cert.sig), rows[i].hash);
        vectors_free(der);
    }
}

static void test_alg_02_protection(void **state)
{
    struct lwcmp_bytes der = vectors_hex(DER_OF_SHA256);
    struct lwcmp_prot_alg alg;

    (void)state;
    assert_int_equal(lwcmp_prot_alg_read(&der, &alg), 0);
    assert_int_equal(alg.kind, LWCMP_PROT_SIG);
    assert_int_equal(alg.sig, LWCMP_RSA_PSS_SHA256);
    vectors_free(der);
}
#else
/* An algorithm that is not known. */
static void test_left_out(void **state)
{
    struct lwcmp_bytes der = vectors_hex(DER_OF_SHA256);
    struct lwcmp_prot_alg alg = {.kind = LWCMP_PROT_SIG,
                                 .sig = LWCMP_RSA_PSS_SHA256};
    uint8_t buffer[80];
    struct lwcmp_der_out o;

    (void)state;
    lwcmp_der_out_init(&o, buffer, sizeof buffer);
    lwcmp_prot_alg_put(&o, &alg);
    assert_int_equal(o.err, LWCMP_ERR_ALGORITHM);
    assert_int_equal(lwcmp_prot_alg_read(&der, &alg), LWCMP_ERR_ALGORITHM);
    vectors_free(der);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
#if LWCMP_WITH_PSS
        cmocka_unit_test(test_alg_02_find),
        cmocka_unit_test(test_prefixes),
        cmocka_unit_test(test_flips),
        cmocka_unit_test(test_other_kinds),
        cmocka_unit_test(test_alg_02_put),
        cmocka_unit_test(test_lcp_4_1_1_24_certificate),
        cmocka_unit_test(test_alg_02_protection),
#else
        cmocka_unit_test(test_left_out),
#endif
    };

    return cmocka_run_group_tests_name("pss", tests, NULL, NULL);
}
