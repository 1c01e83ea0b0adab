/* SPDX-License-Identifier: Apache-2.0 */
/* src/cms_key.c */
#include "vectors.h"

#include "cms.h"

#if LWCMP_WITH_CMS

static struct lwcmp_bytes der; /* of a certificate with a key of P-256 */
static struct lwcmp_cert cert;

static int set_up(void **state)
{
    (void)state;
    der = vectors_file("cms/p256-cert.der");
    return lwcmp_cert_read(&der, &cert);
}

static int tear_down(void **state)
{
    (void)state;
    vectors_free(der);
    return 0;
}

static int read(const char *name, bool bare, struct lwcmp_cms_key *key,
                struct lwcmp_bytes *in)
{
    *in = vectors_file(name);
    return lwcmp_cms_key_read(in, bare, &cert.spki, key);
}

/* LCP-4.1.6-10: of EC the number only */
static void test_lcp_4_1_6_10_package(void **state)
{
    struct lwcmp_bytes octets = vectors_file("cms/p256.key");
    struct lwcmp_bytes in;
    struct lwcmp_cms_key key;

    (void)state;
    assert_int_equal(read("cms/package.der", false, &key, &in), 0);
    CHECK_BYTES(key.octets, octets);
    CHECK_INT(key.alg.n, 21);
    assert_int_equal(key.public.n, 66);
    vectors_free(in);
    vectors_free(octets);
}

/* Of RSA all of it; publicKey is that of the certificate, or absent. */
static void test_lcp_4_1_6_16_rsa(void **state)
{
    struct lwcmp_bytes octets = vectors_file("cms/rsa.key");
    struct lwcmp_bytes of = vectors_file("cms/rsa-cert.der");
    struct lwcmp_bytes in;
    struct lwcmp_cms_key key;

    (void)state;
    assert_int_equal(read("cms/package-rsa.der", false, &key, &in),
                     LWCMP_ERR_CERT_KEY);
    assert_int_equal(lwcmp_cert_read(&of, &cert), 0);
    assert_int_equal(lwcmp_cms_key_read(&in, false, &cert.spki, &key), 0);
    CHECK_BYTES(key.octets, octets);
    vectors_free(in);
    vectors_free(of);
    vectors_free(octets);
    in = vectors_hex("300d300b0201003003060129"
                     "040161");
    assert_int_equal(lwcmp_cms_key_read(&in, false, &der, &key), 0);
    assert_null(key.public.p);
    vectors_free(in);
}

/* By itself it is of the kind that the certificate says. */
static void test_bare(void **state)
{
    struct lwcmp_bytes in, octets;
    struct lwcmp_cms_key key;

    (void)state;
    assert_int_equal(read("cms/bare.der", false, &key, &in), LWCMP_ERR_CMS);
    vectors_free(in);
    assert_int_equal(read("cms/bare.der", true, &key, &in), 0);
    octets = vectors_file("cms/p256.key");
    CHECK_BYTES(key.octets, octets);
    CHECK_INT(key.alg.n, 21);
    CHECK(key.alg.p == cert.spki.p + 2);
    CHECK(key.public.p == NULL);
    vectors_free(octets);
    octets = vectors_hex("0500");
    CHECK_INT(lwcmp_cms_key_read(&in, true, &octets, &key), LWCMP_ERR_CMS);
    vectors_free(octets);
    vectors_free(in);
}

/* Attributes are not looked at. */
static void test_attributes(void **state)
{
    struct lwcmp_bytes in = vectors_hex("3011"
                                        "300f020100300306012904016"
                                        "1a0023000");
    struct lwcmp_cms_key key;

    (void)state;
    CHECK_INT(lwcmp_cms_key_read(&in, false, &der, &key), 0);
    CHECK_FIELD(key.octets, "61");
    assert_null(key.public.p);
    vectors_free(in);
}

/* publicKey may be what the certificate ends with, up to all that is in it. */
static void test_end_of_certificate(void **state)
{
    static const struct {
        const char *public;
        int err;
    } cases[] = {
        {"300f0201003003060129040161"
         "81020063",
         0},
        {"30100201003003060129040161"
         "8103006263",
         LWCMP_ERR_CERT_KEY},
        {"30100201003003060129040161"
         "8103620063",
         0},
        {"30110201003003060129040161"
         "810400620063",
         LWCMP_ERR_CERT_KEY},
        {"300d0201003003060129040161"
         "8100",
         0},
    };
    struct lwcmp_bytes spki = vectors_hex("620063");

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct lwcmp_bytes one = vectors_hex(cases[i].public);
        uint8_t package[64] = {LWCMP_DER_SEQUENCE, (uint8_t)one.n};
        struct lwcmp_bytes in = {package, one.n + 2};
        struct lwcmp_cms_key key;

        memcpy(package + 2, one.p, one.n);
        vectors_at("%s", cases[i].public);
        CHECK_INT(lwcmp_cms_key_read(&in, false, &spki, &key), cases[i].err);
        vectors_free(one);
    }
    vectors_free(spki);
}

static void test_bad(void **state)
{
    static const char *const bad[] = {"3000", "0500", "", "30023000",
                                      "300430003000"};
    struct lwcmp_bytes in = vectors_file("cms/package.der");
    struct lwcmp_cms_key key;

    (void)state;
    for (size_t n = 0; n < in.n; n++) {
        struct lwcmp_bytes cut = vectors_copy(in.p, n);

        CHECK_INT(lwcmp_cms_key_read(&cut, n % 2, &cert.spki, &key),
                  LWCMP_ERR_CMS);
        vectors_free(cut);
    }
    for (size_t bit = 0; bit < 8 * in.n; bit++) {
        struct lwcmp_bytes flipped = vectors_copy(in.p, in.n);
        uint8_t *p = (uint8_t *)(uintptr_t)flipped.p;
        int err;

        p[bit / 8] ^= (uint8_t)(1u << bit % 8);
        err = lwcmp_cms_key_read(&flipped, bit % 2, &cert.spki, &key);
        CHECK(err == 0 || err == LWCMP_ERR_CMS || err == LWCMP_ERR_CERT_KEY);
        vectors_free(flipped);
    }
    vectors_free(in);
    for (size_t i = 0; i < COUNT(bad); i++) {
        in = vectors_hex(bad[i]);
        CHECK_INT(lwcmp_cms_key_read(&in, true, &cert.spki, &key),
                  LWCMP_ERR_CMS);
        vectors_free(in);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_lcp_4_1_6_10_package),
        TEST(test_lcp_4_1_6_16_rsa),
        TEST(test_bare),
        TEST(test_attributes),
        TEST(test_end_of_certificate),
        TEST(test_bad),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "absent.h"
#endif
