/* SPDX-License-Identifier: Apache-2.0 */
/* src/cms_signed.c; what verifies for real is in psa/test_unseal.c */
#include "vectors.h"

#include "cms.h"
#include "cms_alg.h"
#include "crypto_toy.h"

#if LWCMP_WITH_CMS

/* Which has to be there for writing. */
static int read(const struct lwcmp_bytes *in, struct lwcmp_cms_signed *s)
{
    return lwcmp_cms_signed_read((uint8_t *)(uintptr_t)in->p, in->n, s);
}

static const char *const names[] = {"cms/signed.der", "cms/signed-issuer.der",
                                    "cms/signed-rsa.der"};

/* By hashes of the toy provider the digest in it is a wrong one. */
static void test_digest(void **state)
{
    (void)state;
    crypto_toy_reset();
    for (size_t i = 0; i < COUNT(names); i++) {
        struct lwcmp_bytes in = vectors_file(names[i]);
        struct lwcmp_cms_signed s;

        vectors_at("%s", names[i]);
        CHECK_INT(read(&in, &s), LWCMP_ERR_PROTECTION);
        CHECK_INT(lwcmp_cms_oid(&s.content.type), LWCMP_CMS_KEY_PACKAGE);
        CHECK_INT(s.sig, i == 2 ? LWCMP_RSA_SHA256 : LWCMP_ECDSA_SHA256);
        CHECK(s.certificates.n > 200);
        vectors_free(in);
    }
}

/* By either of its names, and all of it. */
static void test_lcp_4_1_6_09_signer(void **state)
{
    static const struct {
        const char *signer;
        bool is;
    } names_of[] = {
        {"800107", true},
        {"800108", false},
        {"80020707", false},
        {"810107", false},
        {"8001070500", false},
        {"3009300431020500020109", true},
        {"3009300431020500020108", false},
        {"3009300431020501020109", false},
        {"300730023100020109", false},
        {"3109300431020500020109", false},
        {"300b3004310205000201090500", false},
    };
    static const uint8_t ski[] = {7}, serial[] = {9};
    static const uint8_t issuer[] = {0x30, 0x04, 0x31, 0x02, 0x05, 0x00};
    const struct lwcmp_cert cert = {.issuer = {issuer, sizeof issuer},
                                    .serial = {serial, sizeof serial},
                                    .ski = {ski, sizeof ski}};

    (void)state;
    for (size_t i = 0; i < COUNT(names_of); i++) {
        struct lwcmp_cms_signed s = {.sig = LWCMP_SIG_NONE};

        s.signer = vectors_hex(names_of[i].signer);
        vectors_at("%s", names_of[i].signer);
        CHECK_INT(lwcmp_cms_signed_is_by(&s, &cert), names_of[i].is);
        vectors_free(s.signer);
    }
}

static void test_cut(void **state)
{
    struct lwcmp_bytes in = vectors_file("cms/signed.der");
    struct lwcmp_cms_signed s;

    (void)state;
    crypto_toy_reset();
    for (size_t n = 0; n < in.n; n++) {
        struct lwcmp_bytes cut = vectors_copy(in.p, n);

        CHECK_INT(read(&cut, &s), LWCMP_ERR_CMS);
        vectors_free(cut);
    }
    vectors_free(in);
}

/* Never right by chance, and never out of bounds. */
static void test_flipped(void **state)
{
    struct lwcmp_bytes in = vectors_file("cms/signed-issuer.der");
    struct lwcmp_bytes der = vectors_file("cms/p256-cert.der");
    struct lwcmp_cms_signed s;
    struct lwcmp_cert cert;

    (void)state;
    crypto_toy_reset();
    assert_int_equal(lwcmp_cert_read(&der, &cert), 0);
    for (size_t bit = 0; bit < 8 * in.n; bit++) {
        struct lwcmp_bytes bad = vectors_copy(in.p, in.n);
        int err;

        ((uint8_t *)(uintptr_t)bad.p)[bit / 8] ^= (uint8_t)(1u << bit % 8);
        err = read(&bad, &s);
        CHECK(err == LWCMP_ERR_CMS || err == LWCMP_ERR_PROTECTION ||
              err == LWCMP_ERR_ALGORITHM);
        if (err == LWCMP_ERR_PROTECTION) {
            (void)lwcmp_cms_signed_is_by(&s, &cert);
            (void)lwcmp_cms_signed_verify(&s, &cert);
        }
        vectors_free(bad);
    }
    vectors_free(in);
    vectors_free(der);
    assert_int_equal(crypto_toy_volatile_keys(), 0);
}

/* LCP-4.1.6-11: a second contentType, where the digest should be. */
static void test_lcp_4_1_6_11_twice(void **state)
{
    static const uint8_t digest[] = {0x2a, 0x86, 0x48, 0x86, 0xf7,
                                     0x0d, 0x01, 0x09, 0x04, 0x31};
    struct lwcmp_bytes in = vectors_file("cms/signed.der");
    uint8_t *p = (uint8_t *)(uintptr_t)in.p;
    struct lwcmp_cms_signed s;

    (void)state;
    crypto_toy_reset();
    while (memcmp(p, digest, sizeof digest) != 0) {
        p++;
    }
    p[sizeof digest - 2] = 3;
    p[sizeof digest + 1] = LWCMP_DER_OID;
    assert_int_equal(read(&in, &s), LWCMP_ERR_CMS);
    vectors_free(in);
}

/* An empty identifier names nobody, though a certificate may have none. */
static void test_nobody(void **state)
{
    static const uint8_t empty[] = {LWCMP_DER_CTX_PRIM(0), 0};
    struct lwcmp_cms_signed s = {.signer = {empty, sizeof empty}};
    struct lwcmp_cert cert = {.sig = 0};

    (void)state;
    assert_false(lwcmp_cms_signed_is_by(&s, &cert));
    s.signer.n = 0;
    assert_false(lwcmp_cms_signed_is_by(&s, &cert));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_digest),
        cmocka_unit_test(test_lcp_4_1_6_09_signer),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_flipped),
        cmocka_unit_test(test_lcp_4_1_6_11_twice),
        cmocka_unit_test(test_nobody),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "absent.h"
#endif
