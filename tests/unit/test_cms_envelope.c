/* SPDX-License-Identifier: Apache-2.0 */
/* src/cms_envelope.c; what opens for real is in psa/test_unseal.c */
#include "vectors.h"

#include "cms.h"
#include "cms_alg.h"
#include "crypto_toy.h"

#if LWCMP_WITH_CMS
/* What is encrypted by a secret opens, too. */
#define BY_SECRET (LWCMP_WITH_PBM && LWCMP_WITH_PBMAC1)

static const char *const names[] = {"cms/kari.der", "cms/kari-ber.der",
                                    "cms/ktri-oaep.der", "cms/ktri.der",
                                    "cms/pwri.der" /* the last one */};

/* Whoever it is for; the toy provider takes any key. */
static int open(struct lwcmp_bytes in, struct lwcmp_cms_content *content)
{
    bool secret = memchr(in.p, LWCMP_DER_CTX(3), in.n < 20 ? in.n : 20) != NULL;
    struct lwcmp_cms_opener opener = {1, secret ? 10000 : 0};

    return lwcmp_cms_open((uint8_t *)(uintptr_t)in.p, in.n, &opener, content);
}

static void start(void)
{
    crypto_toy_reset();
    crypto_toy.accept_all = true;
}

/* Type and place of the content. */
static void test_content(void **state)
{
    (void)state;
    start();
    for (size_t i = 0; i < COUNT(names) - !BY_SECRET; i++) {
        struct lwcmp_bytes in = vectors_file(names[i]);
        struct lwcmp_cms_content content;

        vectors_at("%s", names[i]);
        CHECK_INT(open(in, &content), 0);
        CHECK_INT(lwcmp_cms_oid(&content.type), LWCMP_CMS_SIGNED_DATA);
        CHECK_INT(content.data.n, 32);
        CHECK(content.data.p > in.p && content.data.p + 32 <= in.p + in.n);
        vectors_free(in);
    }
}

static long number(const char *field)
{
    return strtol(field, NULL, 10);
}

/* What the provider gets of it. */
static void check_seal(char *const field[])
{
    const struct lwcmp_seal *seal = &crypto_toy.seal;

    CHECK_INT(seal->kind, number(field[0]));
    CHECK_INT(seal->key_n, number(field[1]));
    CHECK_INT(seal->kdf.owf, number(field[2]));
    CHECK_INT(seal->kdf.key_length, number(field[3]));
    CHECK_INT(seal->kdf.iterations, number(field[4]));
    CHECK_FIELD(seal->kdf.salt, field[5]);
    CHECK_FIELD(seal->point, field[6]);
    CHECK_FIELD(seal->key, "eeeeee");
    CHECK_INT(seal->iv.n, 16);
    for (uint8_t i = 0; i < 16; i++) {
        CHECK_INT(seal->iv.p[i], i);
    }
}

static void check_open(char *const field[])
{
    struct lwcmp_cms_opener opener = {1, (uint32_t)number(field[1])};
    struct lwcmp_bytes in = vectors_hex(field[0]);
    struct lwcmp_cms_content content;
    int err = LWCMP_ERR_ALGORITHM;

    if (opener.iterations == 0 || BY_SECRET) {
        start();
        err =
            lwcmp_cms_open((uint8_t *)(uintptr_t)in.p, in.n, &opener, &content);
        CHECK_INT(err, vectors_error(field[2]));
        CHECK_INT(crypto_toy.calls, err == 0);
    }
    if (err == 0) {
        check_seal(field + 3);
        CHECK_FIELD(content.data, field[10]);
        CHECK(content.data.p == crypto_toy.seal_of);
        CHECK_INT(lwcmp_cms_oid(&content.type), LWCMP_CMS_SIGNED_DATA);
    }
    vectors_free(in);
}

static void test_each_field(void **state)
{
    (void)state;
    vectors_each("der/envelope.txt", 11, check_open);
}

/* Cut off anywhere it is an error, and nothing behind it is read. */
static void test_cut(void **state)
{
    (void)state;
    start();
    for (size_t i = 0; i < COUNT(names); i++) {
        struct lwcmp_bytes in = vectors_file(names[i]);
        struct lwcmp_cms_content content;

        vectors_at("%s", names[i]);
        for (size_t n = 0; n < in.n; n++) {
            struct lwcmp_bytes cut = vectors_copy(in.p, n);

            CHECK_INT(open(cut, &content), LWCMP_ERR_CMS);
            vectors_free(cut);
        }
        vectors_free(in);
    }
}

/* Each bit may be another one: an error, or content within the whole. */
static void test_flipped(void **state)
{
    (void)state;
    start();
    for (size_t i = 0; i < COUNT(names); i++) {
        struct lwcmp_bytes in = vectors_file(names[i]);
        struct lwcmp_cms_content content;

        vectors_at("%s", names[i]);
        for (size_t bit = 0; bit < 8 * in.n; bit++) {
            struct lwcmp_bytes bad = vectors_copy(in.p, in.n);
            int err;

            ((uint8_t *)(uintptr_t)bad.p)[bit / 8] ^= (uint8_t)(1u << bit % 8);
            err = open(bad, &content);
            CHECK(err == 0 || err == LWCMP_ERR_CMS ||
                  err == LWCMP_ERR_ALGORITHM || err == LWCMP_ERR_WRONG_KIND ||
                  err == LWCMP_ERR_ITERATIONS);
            CHECK(err != 0 ||
                  (content.data.p >= bad.p && content.data.n <= bad.n));
            vectors_free(bad);
        }
        vectors_free(in);
    }
}

/* What the provider says comes back. */
static void test_provider(void **state)
{
    struct lwcmp_bytes in = vectors_file("cms/kari.der");
    struct lwcmp_cms_content content;

    (void)state;
    start();
    crypto_toy.fail_at = 1;
    crypto_toy.fail_with = LWCMP_ERR_CRYPTO;
    assert_int_equal(open(in, &content), LWCMP_ERR_CRYPTO);
    vectors_free(in);
    crypto_toy_reset();
    in = vectors_file("cms/kari.der");
    assert_int_equal(open(in, &content), LWCMP_ERR_KEY);
    vectors_free(in);
}

/* LCP-4.1.6-06: recipients that are none of ours. */
static void test_lcp_4_1_6_06_recipients(void **state)
{
    static const struct {
        const char *der;
        int err;
    } others[] = {
        {"a00702010331003000", LWCMP_ERR_CMS},           /* none */
        {"a0090201033102a4003000", LWCMP_ERR_ALGORITHM}, /* ori */
        {"a0090201033102a2003000", LWCMP_ERR_ALGORITHM}, /* kekri */
        {"a0090201033102a1003000", LWCMP_ERR_CMS},       /* empty kari */
        {"a009020103310230003000", LWCMP_ERR_CMS},       /* empty ktri */
        {"a0090201033102a3003000", LWCMP_ERR_CMS},       /* empty pwri */
        {"a00b0201033104a400a4003000", LWCMP_ERR_CMS},   /* two of them */
    };
    struct lwcmp_cms_content content;

    (void)state;
    start();
    for (size_t i = 0; i < COUNT(others); i++) {
        struct lwcmp_bytes in = vectors_hex(others[i].der);

        vectors_at("%s", others[i].der);
        CHECK_INT(open(in, &content), others[i].err);
        vectors_free(in);
    }
}

/* LCP-4.1.6.3-02: PBKDF2 is right, but its tag is not. */
static void test_lcp_4_1_6_3_02_tag(void **state)
{
    static const uint8_t pbkdf2[] = {0x06, 0x09, 0x2a, 0x86, 0x48, 0x86,
                                     0xf7, 0x0d, 0x01, 0x05, 0x0c};
    struct lwcmp_bytes in = vectors_file("cms/pwri.der");
    uint8_t *p = (uint8_t *)(uintptr_t)in.p;
    struct lwcmp_cms_content content;

    (void)state;
    start();
    while (memcmp(p + 2, pbkdf2, sizeof pbkdf2) != 0) {
        p++;
    }
    assert_int_equal(*p, LWCMP_DER_CTX(0));
    *p = LWCMP_DER_SEQUENCE;
    assert_int_equal(open(in, &content),
                     BY_SECRET ? LWCMP_ERR_CMS : LWCMP_ERR_ALGORITHM);
    vectors_free(in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_content),
        cmocka_unit_test(test_each_field),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_flipped),
        cmocka_unit_test(test_provider),
        cmocka_unit_test(test_lcp_4_1_6_06_recipients),
        cmocka_unit_test(test_lcp_4_1_6_3_02_tag),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "absent.h"
#endif
