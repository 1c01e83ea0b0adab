/* SPDX-License-Identifier: Apache-2.0 */
/* src/cms_key.c */
#include "vectors.h"

#include "cms.h"

#if LWCMP_WITH_CMS

static int read(const char *name, bool bare, struct lwcmp_cms_key *key,
                struct lwcmp_bytes *in)
{
    static uint8_t room[LWCMP_CMS_ALG_ROOM];

    *in = vectors_file(name);
    return lwcmp_cms_key_read(in, bare, room, key);
}

/* LCP-4.1.6-10: of EC the number only, and of RSA all of it */
static void test_lcp_4_1_6_10_package(void **state)
{
    struct lwcmp_bytes in, octets, der;
    struct lwcmp_cms_key key;
    struct lwcmp_cert cert;

    (void)state;
    assert_int_equal(read("cms/package.der", false, &key, &in), 0);
    octets = vectors_file("cms/p256.key");
    der = vectors_file("cms/p256-cert.der");
    assert_int_equal(lwcmp_cert_read(&der, &cert), 0);
    CHECK_BYTES(key.octets, octets);
    CHECK_INT(key.alg.n, 21);
    assert_int_equal(key.public.n, 66);
    assert_true(lwcmp_cms_key_is_of(&key, &cert));
    vectors_free(in);
    vectors_free(octets);
    assert_int_equal(read("cms/package-rsa.der", false, &key, &in), 0);
    octets = vectors_file("cms/rsa.key");
    CHECK_BYTES(key.octets, octets);
    assert_false(lwcmp_cms_key_is_of(&key, &cert));
    key.public.n = 0;
    assert_true(lwcmp_cms_key_is_of(&key, &cert));
    vectors_free(in);
    vectors_free(octets);
    vectors_free(der);
}

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
    CHECK_INT(key.alg.p[1], 19);
    vectors_free(in);
    vectors_free(octets);
    /* which does not name its curve */
    in = vectors_hex("3006020101040161");
    assert_int_equal(lwcmp_cms_key_read(&in, true, (uint8_t[24]){0}, &key),
                     LWCMP_ERR_ALGORITHM);
    vectors_free(in);
}

static void test_bad(void **state)
{
    static const char *const bad[] = {"3000", "0500", "", "30023000",
                                      "300430003000"};
    struct lwcmp_bytes in = vectors_file("cms/package.der");
    struct lwcmp_cms_key key;
    uint8_t room[LWCMP_CMS_ALG_ROOM];

    (void)state;
    for (size_t n = 0; n < in.n; n++) {
        struct lwcmp_bytes cut = vectors_copy(in.p, n);

        CHECK_INT(lwcmp_cms_key_read(&cut, n % 2, room, &key), LWCMP_ERR_CMS);
        vectors_free(cut);
    }
    for (size_t bit = 0; bit < 8 * in.n; bit++) {
        struct lwcmp_bytes flipped = vectors_copy(in.p, in.n);
        uint8_t *p = (uint8_t *)(uintptr_t)flipped.p;
        int err;

        p[bit / 8] ^= (uint8_t)(1u << bit % 8);
        err = lwcmp_cms_key_read(&flipped, bit % 2, room, &key);
        CHECK(err == 0 || err == LWCMP_ERR_CMS || err == LWCMP_ERR_ALGORITHM);
        vectors_free(flipped);
    }
    vectors_free(in);
    for (size_t i = 0; i < COUNT(bad); i++) {
        in = vectors_hex(bad[i]);
        CHECK_INT(lwcmp_cms_key_read(&in, true, room, &key), LWCMP_ERR_CMS);
        vectors_free(in);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lcp_4_1_6_10_package),
        cmocka_unit_test(test_bare),
        cmocka_unit_test(test_bad),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
static void test_absent(void **state)
{
    (void)state;
    skip(); /* nothing encrypted is read in this build */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_absent)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#endif
