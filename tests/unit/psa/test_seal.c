/* SPDX-License-Identifier: Apache-2.0 */
/* What is encrypted for somebody else: he, and nobody else, can open it. */
#include "psa_fixture.h"
#include "vectors.h"

#include "cms.h"
#include "cms_put.h"

#if LWCMP_WITH_ARCHIVE
#define KEY 0x4711
#define EC PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)

static const uint8_t name_octets[] = {0x30, 0x02, 0x31, 0x00};
static const struct lwcmp_bytes name = {name_octets, sizeof name_octets};

static struct lwcmp_bytes cms_file(const char *base, const char *rest)
{
    char path[64];

    (void)snprintf(path, sizeof path, "tests/vectors/cms/%s%s", base, rest);
    return file_read(path);
}

/* The private key that opens what is for the certificate of this name. */
static lwcmp_key recipient(const char *base)
{
    struct lwcmp_bytes octets = cms_file(base, ".key");
    lwcmp_key key =
        strcmp(base, "rsa") == 0
            ? key_import(PSA_KEY_TYPE_RSA_KEY_PAIR,
                         PSA_ALG_RSA_OAEP(PSA_ALG_SHA_256),
                         PSA_KEY_USAGE_DECRYPT, octets)
            : key_import(EC, PSA_ALG_ECDH, PSA_KEY_USAGE_DERIVE, octets);

    file_free(octets);
    return key;
}

static int put(const char *base, uint8_t *out, size_t cap, size_t *n)
{
    struct lwcmp_bytes der = cms_file(base, "-cert.der");
    struct lwcmp_cert cert;
    struct lwcmp_der_out o;

    assert_int_equal(lwcmp_cert_read(&der, &cert), 0);
    lwcmp_der_out_init(&o, out, cap);
    lwcmp_cms_put_key(&o, KEY, &name, &cert);
    *n = o.n;
    file_free(der);
    return o.err;
}

static void make_key(enum lwcmp_key_type type)
{
    assert_int_equal(lwcmp_crypto_key_generate(
                         KEY, (enum lwcmp_key_type)(type | LWCMP_KEY_OPEN)),
                     0);
}

static const char *const recipients[] = {"p256", "p384", "rsa"};

static void test_alg_14_alg_16_cms_02_open(void **state)
{
    uint8_t out[1024];
    size_t n;

    (void)state;
    make_key(LWCMP_EC_P256);
    for (size_t i = 0; i < COUNT(recipients); i++) {
        struct lwcmp_cms_opener opener = {.key = recipient(recipients[i])};
        struct lwcmp_cms_content content;

        vectors_at("%s", recipients[i]);
        CHECK_INT(put(recipients[i], out, sizeof out, &n), 0);
        CHECK_INT(lwcmp_cms_open(out, n, &opener, &content), 0);
        CHECK_INT(content.data.p[0], LWCMP_DER_SEQUENCE);
        CHECK_INT(lwcmp_crypto_key_destroy(opener.key), 0);
    }
    assert_int_equal(lwcmp_crypto_key_destroy(KEY), 0);
}

/* Everything in it is new each time. */
static void test_new_each_time(void **state)
{
    struct lwcmp_bytes der = cms_file("p256", "-cert.der");
    struct lwcmp_sealed s[2];
    struct lwcmp_cert cert;

    (void)state;
    assert_int_equal(lwcmp_cert_read(&der, &cert), 0);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(lwcmp_crypto_seal(cert.spki, BYTES("info"), &s[i]), 0);
        assert_true(s[i].ec);
        assert_int_equal(s[i].key.n, 40);
        assert_ptr_equal(s[i].sender.p, s[i].room);
        assert_int_equal(lwcmp_crypto_key_destroy(s[i].content_key), 0);
    }
    assert_int_equal(s[0].sender.n, s[1].sender.n);
    assert_memory_not_equal(s[0].sender.p, s[1].sender.p, s[0].sender.n);
    assert_memory_not_equal(s[0].key.p, s[1].key.p, 40);
    assert_memory_not_equal(s[0].iv, s[1].iv, 16);
    file_free(der);
}

/* A recipient's key that is weak, unknown or none. */
static void test_bad_recipient(void **state)
{
    static const struct {
        const char *file;
        int err;
    } cases[] = {
        {"tests/vectors/path/rsa1024.spki.der", LWCMP_ERR_ALGORITHM},
        {"tests/vectors/path/k256.spki.der", LWCMP_ERR_ALGORITHM},
    };
    struct lwcmp_bytes spki;
    struct lwcmp_sealed sealed;
    uint8_t *p;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        vectors_at("%s", cases[i].file);
        spki = file_read(cases[i].file);
        CHECK_INT(lwcmp_crypto_seal(spki, BYTES("info"), &sealed),
                  cases[i].err);
        file_free(spki);
    }
    spki = file_read("tests/vectors/path/leaf.spki.der");
    p = (uint8_t *)(uintptr_t)spki.p;
    p[spki.n - 1] ^= 1; /* not on the curve */
    assert_int_equal(lwcmp_crypto_seal(spki, BYTES("info"), &sealed),
                     LWCMP_ERR_CERT_SYNTAX);
    spki.n--;
    assert_int_equal(lwcmp_crypto_seal(spki, BYTES("info"), &sealed),
                     LWCMP_ERR_CERT_SYNTAX);
    file_free(spki);
}

static void test_no_random_bytes(void **state)
{
    struct lwcmp_bytes spki = file_read("tests/vectors/path/leaf.spki.der");
    struct lwcmp_sealed sealed;

    (void)state;
    psa_random_test_fail(true);
    assert_int_equal(lwcmp_crypto_seal(spki, BYTES("info"), &sealed),
                     LWCMP_ERR_RANDOM);
    file_free(spki);
}

/* Wherever the room ends, nothing of the key is left in it. */
static void test_room(void **state)
{
    uint8_t out[640], private[32];
    size_t n;
    size_t private_n;
    size_t whole;

    (void)state;
    make_key(LWCMP_EC_P256);
    assert_int_equal(psa_export_key(KEY, private, sizeof private, &private_n),
                     0);
    assert_int_equal(put("p256", out, sizeof out, &whole), 0);
    for (size_t cap = whole - 250; cap < whole; cap++) {
        vectors_at("%zu", cap);
        CHECK_INT(put("p256", out, cap, &n), LWCMP_ERR_BUFFER);
        for (size_t i = 0; i + private_n <= cap; i++) {
            CHECK(memcmp(out + i, private, private_n) != 0);
        }
    }
    assert_int_equal(lwcmp_crypto_key_destroy(KEY), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_alg_14_alg_16_cms_02_open),
        TEST(test_new_each_time),
        TEST(test_bad_recipient),
        TEST(test_no_random_bytes),
        TEST(test_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "../absent.h"
#endif
