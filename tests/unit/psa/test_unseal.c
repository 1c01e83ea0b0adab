/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is encrypted for a key of ours, and who signed it; made by the openssl
 * program and by the lab CA (tests/vectors/cms/make.py).
 */
#include "psa_fixture.h"
#include "vectors.h"

#include "bytes.h"
#include "cms.h"
#include "cms_alg.h"

#if LWCMP_WITH_CMS
#define EC PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)

static struct lwcmp_bytes cms_file(const char *name)
{
    char path[64];

    (void)snprintf(path, sizeof path, "tests/vectors/cms/%s", name);
    return file_read(path);
}

/* A key of this test material: rsa, p256, p384, secret. */
static lwcmp_key cms_key(const char *name)
{
    char file[16];
    struct lwcmp_bytes octets;
    lwcmp_key key;

    if (strcmp(name, "secret") == 0) {
        return key_import(PSA_KEY_TYPE_PASSWORD,
                          PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256),
                          PSA_KEY_USAGE_DERIVE | PSA_KEY_USAGE_EXPORT,
                          BYTES("a secret for tests"));
    }
    (void)snprintf(file, sizeof file, "%s.key", name);
    octets = cms_file(file);
    if (strcmp(name, "rsa") != 0) {
        key = key_import(EC, PSA_ALG_ECDH, PSA_KEY_USAGE_DERIVE, octets);
    } else {
        psa_key_attributes_t a = psa_key_attributes_init();
        psa_key_id_t id = 0;

        psa_set_key_type(&a, PSA_KEY_TYPE_RSA_KEY_PAIR);
        psa_set_key_usage_flags(&a, PSA_KEY_USAGE_DECRYPT);
        psa_set_key_algorithm(&a, PSA_ALG_RSA_PKCS1V15_CRYPT);
        psa_set_key_enrollment_algorithm(&a, PSA_ALG_RSA_OAEP(PSA_ALG_SHA_256));
        assert_int_equal(psa_import_key(&a, octets.p, octets.n, &id), 0);
        key = id;
    }
    file_free(octets);
    return key;
}

static int cms_open(const char *file, const char *key,
                    struct lwcmp_cms_content *content, struct lwcmp_bytes *in)
{
    struct lwcmp_cms_opener opener = {cms_key(key),
                                      strcmp(key, "secret") == 0 ? 10000 : 0};
    int err;

    *in = cms_file(file);
    err = lwcmp_cms_open((uint8_t *)(uintptr_t)in->p, in->n, &opener, content);
    assert_int_equal(lwcmp_crypto_key_destroy(opener.key), 0);
    return err;
}

/* The beginning of the names of those that are looked at; "": all. */
static const char *which = "";

/*
 * "nonsense": a random key is in the place of the one that RSA has not given,
 * and what comes of that may look padded once in a while.
 */
static void check_open(char *const field[])
{
    static const struct lwcmp_bytes due =
        BYTES("This was encrypted for a test.");
    struct lwcmp_cms_content content;
    struct lwcmp_bytes in;
    int err;

    if (strncmp(field[0], which, strlen(which)) != 0) {
        return;
    }
    err = cms_open(field[0], field[1], &content, &in);
    if (strcmp(field[2], "nonsense") == 0) {
        CHECK(err == LWCMP_ERR_DECRYPT ||
              (err == 0 && !lwcmp_bytes_equal(&content.data, &due)));
    } else {
        CHECK_INT(err, vectors_error(field[2]));
    }
    if (strcmp(field[2], "ok") == 0) {
        CHECK_BYTES(content.data, due);
    }
    file_free(in);
}

static void open_all(const char *prefix)
{
    which = prefix;
    vectors_each("cms/envelopes", 3, check_open);
}

static void test_lcp_4_1_6_05_lcp_4_1_6_06_lcp_4_1_6_08_cms_02(void **state)
{
    (void)state;
    open_all("");
}

static void test_lcp_4_1_6_1_01_lcp_4_1_6_1_02_alg_13_ktri(void **state)
{
    (void)state;
    open_all("ktri");
}

static void test_lcp_4_1_6_2_01_lcp_4_1_6_2_02_alg_11_kari(void **state)
{
    (void)state;
    open_all("kari");
}

static void test_lcp_4_1_6_2_03_lcp_4_1_6_2_04_shared_info(void **state)
{
    (void)state;
    open_all("o-kari");
}

static void test_lcp_4_1_6_3_02_pwri(void **state)
{
    (void)state;
    open_all("pwri");
}

/* Each for another than it was encrypted for. */
static void test_open_by_another(void **state)
{
    static const struct {
        const char *file, *key;
        int err;
    } cases[] = {
        {"kari.der", "p384", LWCMP_ERR_DECRYPT},
        {"kari.der", "rsa", LWCMP_ERR_DECRYPT},
        {"kari.der", "secret", LWCMP_ERR_WRONG_KIND},
        {"ktri.der", "p256", LWCMP_ERR_DECRYPT},
        {"ktri.der", "secret", LWCMP_ERR_WRONG_KIND},
        {"pwri.der", "p256", LWCMP_ERR_WRONG_KIND},
    };
    struct lwcmp_cms_content content;
    struct lwcmp_bytes in;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        vectors_at("%s for %s", cases[i].file, cases[i].key);
        CHECK_INT(cms_open(cases[i].file, cases[i].key, &content, &in),
                  cases[i].err);
        file_free(in);
    }
}

/* A key that may sign only, and one that is not there. */
static void test_open_without_leave(void **state)
{
    struct lwcmp_bytes octets = cms_file("p256.key");
    struct lwcmp_cms_opener opener = {.iterations = 0};
    struct lwcmp_cms_content content;

    (void)state;
    opener.key = key_import(EC, PSA_ALG_ECDSA(PSA_ALG_ANY_HASH),
                            PSA_KEY_USAGE_SIGN_HASH, octets);
    for (int i = 0; i < 2; i++) {
        struct lwcmp_bytes in = cms_file("kari.der");

        assert_int_equal(
            lwcmp_cms_open((uint8_t *)(uintptr_t)in.p, in.n, &opener, &content),
            LWCMP_ERR_KEY);
        file_free(in);
        assert_int_equal(lwcmp_crypto_key_destroy(opener.key), 0);
    }
    file_free(octets);
}

/* A key that was made here opens, too: the keys of devices may. */
static void test_open_by_a_made_key(void **state)
{
    static const uint8_t point[65] = {4};
    struct lwcmp_seal seal = {
        .kind = LWCMP_SEAL_EC, .key_n = 16, .point = {point, sizeof point}};
    uint8_t p[16] = {0};
    size_t n = sizeof p;

    (void)state;
    assert_int_equal(lwcmp_crypto_key_generate(77, LWCMP_EC_P256), 0);
    seal.kdf.owf = LWCMP_SHA256;
    seal.kdf.key_length = 16;
    assert_int_equal(lwcmp_crypto_unseal(77, &seal, p, &n), LWCMP_ERR_DECRYPT);
    assert_int_equal(lwcmp_crypto_key_destroy(77), 0);
}

/* Into slot 77, by the type that was asked for. */
static void import_rsa(enum lwcmp_key_type type)
{
    static const uint8_t rsa[] = {0x30, 0x0d, 0x06, 0x09, 0x2a,
                                  0x86, 0x48, 0x86, 0xf7, 0x0d,
                                  0x01, 0x01, 0x01, 0x05, 0x00};
    struct lwcmp_bytes octets = cms_file("rsa.key");

    assert_int_equal(
        lwcmp_crypto_key_import(77, type, (struct lwcmp_bytes){rsa, sizeof rsa},
                                octets),
        0);
    file_free(octets);
}

/*
 * The CA chooses between v1.5 and OAEP, PSA has one of them per key: what is
 * not for this key is told to the CA. However it signs.
 */
static void test_alg_13_open_by_a_device_key(void **state)
{
    static const struct {
        const char *file;
        int err;
    } cases[] = {
        {"ktri.der", 0},
        {"ktri-oaep.der", LWCMP_ERR_ALGORITHM},
        {"ktri-oaep-384.der", LWCMP_ERR_ALGORITHM},
    };
    struct lwcmp_cms_opener opener = {.key = 77};
    struct lwcmp_cms_content content;

    (void)state;
    for (size_t i = 0; i < 2 * COUNT(cases); i++) {
        struct lwcmp_bytes in = cms_file(cases[i / 2].file);

        vectors_at("%s, %u", cases[i / 2].file, (unsigned)i % 2);
        import_rsa(LWCMP_WITH_PSS && i % 2 ? LWCMP_RSA_PSS_2048
                                           : LWCMP_RSA_2048);
        CHECK_INT(
            lwcmp_cms_open((uint8_t *)(uintptr_t)in.p, in.n, &opener, &content),
            cases[i / 2].err);
        file_free(in);
    }
    assert_int_equal(lwcmp_crypto_key_destroy(77), 0);
}

/* An RSA key that may sign only: that is no fault of the CA. */
static void test_open_by_a_signing_key(void **state)
{
    struct lwcmp_bytes octets = cms_file("rsa.key");
    struct lwcmp_bytes in = cms_file("ktri.der");
    struct lwcmp_cms_opener opener = {.iterations = 0};
    struct lwcmp_cms_content content;

    (void)state;
    opener.key = key_import(PSA_KEY_TYPE_RSA_KEY_PAIR,
                            PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_ANY_HASH),
                            PSA_KEY_USAGE_SIGN_HASH, octets);
    assert_int_equal(
        lwcmp_cms_open((uint8_t *)(uintptr_t)in.p, in.n, &opener, &content),
        LWCMP_ERR_KEY);
    assert_int_equal(lwcmp_crypto_key_destroy(opener.key), 0);
    file_free(in);
    file_free(octets);
}

/* Which has to be there for writing. */
static int read(const struct lwcmp_bytes *in, struct lwcmp_cms_signed *s)
{
    return lwcmp_cms_signed_read((uint8_t *)(uintptr_t)in->p, in->n, s);
}

static int verify(const char *file, const char *by)
{
    char name[16];
    struct lwcmp_bytes in = cms_file(file);
    struct lwcmp_bytes der;
    struct lwcmp_cms_signed s;
    struct lwcmp_cert cert;
    int err = read(&in, &s);

    (void)snprintf(name, sizeof name, "%s-cert.der", by);
    der = cms_file(name);
    assert_int_equal(lwcmp_cert_read(&der, &cert), 0);
    if (err == 0 && !lwcmp_cms_signed_is_by(&s, &cert)) {
        err = LWCMP_ERR_NO_SIGNER;
    }
    if (err == 0) {
        err = lwcmp_cms_signed_verify(&s, &cert);
    }
    file_free(der);
    file_free(in);
    return err;
}

static void test_lcp_4_1_6_09_lcp_4_1_6_11_lcp_4_1_6_12_signed(void **state)
{
    (void)state;
    assert_int_equal(verify("signed.der", "p256"), 0);
    assert_int_equal(verify("signed.der", "p384"), LWCMP_ERR_NO_SIGNER);
    assert_int_equal(verify("signed-issuer.der", "p256"), 0);
    assert_int_equal(verify("signed-issuer.der", "p384"), LWCMP_ERR_NO_SIGNER);
    assert_int_equal(verify("signed-rsa.der", "rsa"), 0);
    assert_int_equal(verify("signed-bad.der", "p256"), LWCMP_ERR_PROTECTION);
    assert_int_equal(verify("signed-digest.der", "p256"), LWCMP_ERR_PROTECTION);
    assert_int_equal(verify("signed-hash.der", "p256"), LWCMP_ERR_ALGORITHM);
    assert_int_equal(verify("signed-rsa-hash.der", "rsa"),
                     LWCMP_ERR_PROTECTION);
}

/* As OpenSSL 3.5 has signed it: id-data, and a key without its package. */
static void test_of_openssl(void **state)
{
    static const char *const names[] = {"cmp/ckari.sd.der", "cmp/cktri.sd.der"};
    struct lwcmp_bytes der = cms_file("p256-cert.der");
    struct lwcmp_cert cert;

    (void)state;
    assert_int_equal(lwcmp_cert_read(&der, &cert), 0);
    for (size_t i = 0; i < COUNT(names); i++) {
        struct lwcmp_bytes in = vectors_file(names[i]);
        struct lwcmp_cms_signed s;
        struct lwcmp_cms_key key;

        vectors_at("%s", names[i]);
        CHECK_INT(read(&in, &s), 0);
        CHECK_INT(lwcmp_cms_oid(&s.content.type), LWCMP_CMS_DATA);
        CHECK_INT(lwcmp_cms_key_read(&s.content.data, false, &cert.spki, &key),
                  LWCMP_ERR_CMS);
        CHECK_INT(lwcmp_cms_key_read(&s.content.data, true, &cert.spki, &key),
                  0);
        CHECK_INT(
            lwcmp_crypto_key_import(77, LWCMP_EC_P256, key.alg, key.octets), 0);
        CHECK_INT(lwcmp_crypto_key_destroy(77), 0);
        vectors_free(in);
    }
    file_free(der);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_of_openssl),
        TEST(test_lcp_4_1_6_05_lcp_4_1_6_06_lcp_4_1_6_08_cms_02),
        TEST(test_lcp_4_1_6_1_01_lcp_4_1_6_1_02_alg_13_ktri),
        TEST(test_lcp_4_1_6_2_01_lcp_4_1_6_2_02_alg_11_kari),
        TEST(test_lcp_4_1_6_2_03_lcp_4_1_6_2_04_shared_info),
        TEST(test_lcp_4_1_6_3_02_pwri),
        TEST(test_open_by_another),
        TEST(test_open_without_leave),
        TEST(test_open_by_a_made_key),
        TEST(test_alg_13_open_by_a_device_key),
        TEST(test_open_by_a_signing_key),
        TEST(test_lcp_4_1_6_09_lcp_4_1_6_11_lcp_4_1_6_12_signed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "../absent.h"
#endif
