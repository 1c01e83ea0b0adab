/* SPDX-License-Identifier: Apache-2.0 */
/* Private keys that come from somewhere else. */
#include "psa_fixture.h"
#include "vectors.h"

#include "cms.h"

#if LWCMP_WITH_CMS
#define SLOT 0x4711

static struct lwcmp_bytes cms_file(const char *name)
{
    char path[64];

    (void)snprintf(path, sizeof path, "tests/vectors/cms/%s", name);
    return file_read(path);
}

/* The key in the file goes into the slot. */
static int import_as(enum lwcmp_key_type type, const char *file, bool bare)
{
    const char *of = strstr(file, "rsa") ? "rsa-cert.der" : "p256-cert.der";
    struct lwcmp_bytes der = cms_file(of);
    struct lwcmp_bytes in = cms_file(file);
    struct lwcmp_cms_key key;
    struct lwcmp_cert cert;
    int err = lwcmp_cert_read(&der, &cert);

    if (err == 0) {
        err = lwcmp_cms_key_read(&in, bare, &cert.spki, &key);
    }
    if (err == 0) {
        err = lwcmp_crypto_key_import(SLOT, type, key.alg, key.octets);
    }
    file_free(in);
    file_free(der);
    return err;
}

static int import(const char *file, bool bare)
{
    return import_as(LWCMP_EC_P256, file, bare);
}

/* Whether the slot has the key of this certificate. */
static int match(const char *file)
{
    struct lwcmp_bytes der = cms_file(file);
    struct lwcmp_cert cert;
    int err;

    assert_int_equal(lwcmp_cert_read(&der, &cert), 0);
    err = lwcmp_crypto_key_match(SLOT, cert.spki);
    file_free(der);
    return err;
}

/* In the place of another key; it signs. */
static void test_lcp_4_1_6_10_lcp_4_1_6_16_import(void **state)
{
    enum lwcmp_sig sig;

    (void)state;
    assert_int_equal(lwcmp_crypto_key_generate(SLOT, LWCMP_EC_P256), 0);
    assert_int_equal(match("p256-cert.der"), LWCMP_ERR_CERT_KEY);
    assert_int_equal(import("package.der", false), 0);
    assert_int_equal(match("p256-cert.der"), 0);
    assert_int_equal(lwcmp_crypto_key_sig(SLOT, &sig), 0);
    assert_int_equal(sig, LWCMP_ECDSA_SHA256);
    assert_int_equal(import("package-rsa.der", false), 0);
    assert_int_equal(match("rsa-cert.der"), 0);
    assert_int_equal(lwcmp_crypto_key_sig(SLOT, &sig), 0);
    assert_int_equal(sig, LWCMP_RSA_SHA256);
    assert_int_equal(lwcmp_crypto_key_destroy(SLOT), 0);
}

/* An RSA key signs as was asked for, and is one that generate would make. */
static void test_alg_02_signs_as_asked_for(void **state)
{
    static const struct {
        enum lwcmp_key_type type;
        const char *file;
        enum lwcmp_sig sig;
    } cases[] = {
#if LWCMP_WITH_PSS
        {LWCMP_RSA_PSS_2048, "package-rsa.der", LWCMP_RSA_PSS_SHA256},
        {LWCMP_RSA_PSS_3072, "package-rsa.der", LWCMP_RSA_PSS_SHA256},
        {LWCMP_RSA_PSS_2048, "package.der", LWCMP_ECDSA_SHA256},
#endif
        {LWCMP_RSA_2048, "package-rsa.der", LWCMP_RSA_SHA256},
        {LWCMP_EC_P384, "package-rsa.der", LWCMP_RSA_SHA256},
        {LWCMP_EC_P384, "package.der", LWCMP_ECDSA_SHA256},
    };
    enum lwcmp_sig sig;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        vectors_at("case %u", (unsigned)i);
        CHECK_INT(import_as(cases[i].type, cases[i].file, false), 0);
        CHECK_INT(lwcmp_crypto_key_sig(SLOT, &sig), 0);
        CHECK_INT(sig, cases[i].sig);
        if (strstr(cases[i].file, "rsa")) {
            uint8_t out[256];
            size_t n;
            const struct lwcmp_bytes part = BYTES("to be signed");

            CHECK_INT(
                lwcmp_crypto_sign(SLOT, sig, &part, 1, out, sizeof out, &n), 0);
        }
    }
    assert_int_equal(lwcmp_crypto_key_destroy(SLOT), 0);
}

static void test_bare(void **state)
{
    (void)state;
    assert_int_equal(import("bare.der", false), LWCMP_ERR_CMS);
    assert_int_equal(import("bare.der", true), 0);
    assert_int_equal(match("p256-cert.der"), 0);
    assert_int_equal(lwcmp_crypto_key_destroy(SLOT), 0);
}

/* What is no key leaves none behind. */
static void test_bad(void **state)
{
    static const uint8_t p256[] = {0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48,
                                   0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
                                   0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};
    static const uint8_t rsa[] = {0x30, 0x0d, 0x06, 0x09, 0x2a,
                                  0x86, 0x48, 0x86, 0xf7, 0x0d,
                                  0x01, 0x01, 0x01, 0x05, 0x00};
    static const uint8_t other[] = {0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70};
    struct lwcmp_bytes ec = {p256, sizeof p256};
    struct lwcmp_bytes number = BYTES("01234567890123456789012345678901");
    struct lwcmp_bytes zero = BYTES(
        "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    enum lwcmp_sig sig;

    (void)state;
    assert_int_equal(lwcmp_crypto_key_import(SLOT, LWCMP_EC_P256, ec, number),
                     0);
    number.n--;
    assert_int_equal(lwcmp_crypto_key_import(SLOT, LWCMP_EC_P256, ec, number),
                     LWCMP_ERR_CMS);
    assert_int_equal(lwcmp_crypto_key_sig(SLOT, &sig), LWCMP_ERR_KEY);
    assert_int_equal(lwcmp_crypto_key_import(SLOT, LWCMP_EC_P256, ec, zero),
                     LWCMP_ERR_CMS);
    assert_int_equal(
        lwcmp_crypto_key_import(SLOT, LWCMP_EC_P256,
                                (struct lwcmp_bytes){rsa, sizeof rsa}, number),
        LWCMP_ERR_CMS);
    assert_int_equal(lwcmp_crypto_key_import(
                         SLOT, LWCMP_EC_P256,
                         (struct lwcmp_bytes){other, sizeof other}, number),
                     LWCMP_ERR_ALGORITHM);
    assert_int_equal(lwcmp_crypto_key_sig(SLOT, &sig), LWCMP_ERR_KEY);
}

/* RSA of 1024 bits: it is seen when it is in, and goes again. */
static void test_weak(void **state)
{
    psa_key_attributes_t a = psa_key_attributes_init();
    static const uint8_t rsa[] = {0x30, 0x0d, 0x06, 0x09, 0x2a,
                                  0x86, 0x48, 0x86, 0xf7, 0x0d,
                                  0x01, 0x01, 0x01, 0x05, 0x00};
    uint8_t weak[1024];
    psa_key_id_t id;
    size_t n;
    enum lwcmp_sig sig;

    (void)state;
    psa_set_key_type(&a, PSA_KEY_TYPE_RSA_KEY_PAIR);
    psa_set_key_bits(&a, 1024);
    psa_set_key_usage_flags(&a, PSA_KEY_USAGE_EXPORT);
    assert_int_equal(psa_generate_key(&a, &id), PSA_SUCCESS);
    assert_int_equal(psa_export_key(id, weak, sizeof weak, &n), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(id), PSA_SUCCESS);
    assert_int_equal(
        lwcmp_crypto_key_import(SLOT, LWCMP_EC_P256,
                                (struct lwcmp_bytes){rsa, sizeof rsa},
                                (struct lwcmp_bytes){weak, n}),
        LWCMP_ERR_ALGORITHM);
    assert_int_equal(lwcmp_crypto_key_sig(SLOT, &sig), LWCMP_ERR_KEY);
}

/* A store that fails: an error, and no half of a key. */
static void test_no_store(void **state)
{
    enum lwcmp_sig sig;

    (void)state;
    psa_its_ram_fail(true);
    assert_int_equal(import("package.der", false), LWCMP_ERR_STORE);
    psa_its_ram_fail(false);
    assert_int_equal(lwcmp_crypto_key_sig(SLOT, &sig), LWCMP_ERR_KEY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_lcp_4_1_6_10_lcp_4_1_6_16_import),
        TEST(test_alg_02_signs_as_asked_for),
        TEST(test_bare),
        TEST(test_bad),
        TEST(test_weak),
        TEST(test_no_store),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "../absent.h"
#endif
