/* SPDX-License-Identifier: Apache-2.0 */
/* src/csr.c */
#include "vectors.h"

#include "csr.h"
#include "csr_make.h"
#include "pki_message.h"

#if LWCMP_WITH_P10CR

#define NUMBER 42

/* Attributes: extensionRequest with keyUsage, challengePassword. */
#define EXTENSION_REQUEST "06092a864886f70d01090e"
#define USAGE "300e0603551d0f0101ff040403020780"
#define REQUEST "301f" EXTENSION_REQUEST "31123010" USAGE
#define TWO_VALUES "3031" EXTENSION_REQUEST "31243010" USAGE "3010" USAGE
#define PASSWORD "301506092a864886f70d01090731080c06736563726574"

static uint8_t octets[1024];

static struct lwcmp_bytes make(const struct csr_make *what)
{
    struct lwcmp_der_out o;
    struct lwcmp_bytes der;

    crypto_toy_reset();
    lwcmp_der_out_init(&o, octets, sizeof octets);
    der = csr_make(&o, what);
    assert_int_equal(o.err, 0);
    return der;
}

static int read(const struct csr_make *what, struct lwcmp_csr *csr)
{
    struct lwcmp_bytes der = make(what);

    return lwcmp_csr_read(&der, csr);
}

/* RFC 2986: recorded from openssl, with the offsets that it shows. */
static void test_lcp_4_1_4_03_recorded(void **state)
{
    struct lwcmp_bytes file = vectors_file("cmp/p10.1.der");
    struct lwcmp_message m;
    struct lwcmp_csr csr;

    (void)state;
    vectors_at("p10.1.der");
    assert_int_equal(lwcmp_pki_message_read(&file, &m), 0);
    assert_int_equal(m.type, LWCMP_BODY_P10CR);
    assert_int_equal(lwcmp_csr_read(&m.content, &csr), 0);
    CHECK_PLACE(file, csr.info, "148:115");
    CHECK_PLACE(file, csr.subject, "153:17");
    CHECK_PLACE(file, csr.spki, "170:91");
    CHECK_PLACE(file, csr.signature, "278:71");
    CHECK_PLACE(file, csr.extensions, "-");
    vectors_free(file);
}

static void test_lcp_4_1_4_03_extensions(void **state)
{
    static const struct {
        const char *attributes, *extensions;
        int err;
    } rows[] = {
        {"", "-", 0},
        {REQUEST, USAGE, 0},
        {PASSWORD, "-", 0},
        {PASSWORD REQUEST, USAGE, 0},
        {REQUEST PASSWORD, USAGE, 0},
        {REQUEST REQUEST, "-", LWCMP_ERR_SYNTAX},
        {TWO_VALUES, "-", LWCMP_ERR_SYNTAX},
        /* no value, no Extensions, none in it, one that is none */
        {"300d" EXTENSION_REQUEST "3100", "-", LWCMP_ERR_SYNTAX},
        {"300f" EXTENSION_REQUEST "31020500", "-", LWCMP_ERR_SYNTAX},
        {"300f" EXTENSION_REQUEST "31023000", "-", LWCMP_ERR_SYNTAX},
        {"3011" EXTENSION_REQUEST "310430020500", "-", LWCMP_ERR_SYNTAX},
        /* attributes that are none */
        {"30", "-", LWCMP_ERR_SYNTAX},
        {"0500", "-", LWCMP_ERR_SYNTAX},
        {"3000", "-", LWCMP_ERR_SYNTAX},
        {"300406025504", "-", LWCMP_ERR_SYNTAX},
        {"3006060255040500", "-", LWCMP_ERR_SYNTAX},
        {"30080602550431000500", "-", LWCMP_ERR_SYNTAX},
        /* hostile lengths */
        {"30847fffffff", "-", LWCMP_ERR_SYNTAX},
        {"3080", "-", LWCMP_ERR_SYNTAX},
        {"301f" EXTENSION_REQUEST "31133010" USAGE, "-", LWCMP_ERR_SYNTAX},
        {"301f" EXTENSION_REQUEST "31123011" USAGE, "-", LWCMP_ERR_SYNTAX},
        {"301f" EXTENSION_REQUEST "3112300f" USAGE, "-", LWCMP_ERR_SYNTAX},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lwcmp_csr csr;
        struct csr_make what = {.number = NUMBER};

        vectors_at("attributes '%s'", rows[i].attributes);
        what.attributes = vectors_hex(rows[i].attributes);
        CHECK_INT(read(&what, &csr), rows[i].err);
        if (rows[i].err == 0) {
            CHECK_FIELD(csr.extensions, rows[i].extensions);
        }
        vectors_free(what.attributes);
    }
}

static void test_lcp_4_1_4_03_version_and_attributes(void **state)
{
    struct lwcmp_csr csr;

    (void)state;
    assert_int_equal(read(&(struct csr_make){.number = NUMBER}, &csr), 0);
    assert_int_equal(
        read(&(struct csr_make){.number = NUMBER, .version = 1}, &csr),
        LWCMP_ERR_SYNTAX);
    assert_int_equal(
        read(&(struct csr_make){.number = NUMBER, .version = 200}, &csr),
        LWCMP_ERR_SYNTAX);
    assert_int_equal(
        read(&(struct csr_make){.number = NUMBER, .no_attributes = true}, &csr),
        LWCMP_ERR_SYNTAX);
}

/* Each prefix, each octet more, and each octet changed in each bit. */
static void test_damaged(void **state)
{
    struct csr_make what = {.number = NUMBER};
    struct lwcmp_bytes der;
    struct lwcmp_bytes copy;
    struct lwcmp_csr csr;

    (void)state;
    what.attributes = vectors_hex(PASSWORD REQUEST);
    der = make(&what);
    for (size_t n = 0; n < der.n; n++) {
        vectors_at("prefix of %zu", n);
        copy = vectors_copy(der.p, n);
        CHECK_INT(lwcmp_csr_read(&copy, &csr), LWCMP_ERR_SYNTAX);
        vectors_free(copy);
    }
    octets[der.n] = 0;
    copy = vectors_copy(der.p, der.n + 1);
    assert_int_equal(lwcmp_csr_read(&copy, &csr), LWCMP_ERR_SYNTAX);
    vectors_free(copy);
    for (size_t bit = 0; bit < 8 * der.n; bit++) {
        octets[bit / 8] ^= (uint8_t)(1u << bit % 8);
        copy = vectors_copy(der.p, der.n);
        vectors_at("bit %zu", bit);
        if (lwcmp_csr_read(&copy, &csr) == 0) {
            CHECK(csr.info.p >= copy.p &&
                  csr.info.p + csr.info.n <= copy.p + copy.n);
            (void)lwcmp_csr_check(&csr);
        }
        octets[bit / 8] ^= (uint8_t)(1u << bit % 8);
        vectors_free(copy);
    }
    vectors_free(what.attributes);
}

/* What is between the lines of the table. */
static void test_parts(void **state)
{
    struct lwcmp_bytes der = make(&(struct csr_make){.number = NUMBER});
    struct lwcmp_csr csr;
    size_t subject;
    size_t signature;

    (void)state;
    assert_int_equal(lwcmp_csr_read(&der, &csr), 0);
    subject = (size_t)(csr.subject.p - der.p);
    signature = (size_t)(csr.signature.p - der.p);
    octets[signature - 1] = 1; /* of the signature, one bit is not used */
    octets[signature + csr.signature.n - 1] &= 0xfe;
    assert_int_equal(lwcmp_csr_read(&der, &csr), LWCMP_ERR_SYNTAX);
    octets[signature - 1] = 0;
    assert_int_equal(lwcmp_csr_read(&der, &csr), 0);
    octets[subject + 2] = LWCMP_DER_SEQUENCE; /* where the SET of a Name is */
    assert_int_equal(lwcmp_csr_read(&der, &csr), LWCMP_ERR_SYNTAX);
}

static int check(const struct csr_make *what)
{
    struct lwcmp_csr csr;

    assert_int_equal(read(what, &csr), 0);
    return lwcmp_csr_check(&csr);
}

static void test_lcp_4_1_4_04_check(void **state)
{
    (void)state;
    assert_int_equal(check(&(struct csr_make){.number = NUMBER}), 0);
    assert_int_equal(crypto_toy_volatile_keys(), 0);
    assert_int_equal(
        check(&(struct csr_make){.number = NUMBER, .signer = NUMBER + 1}),
        LWCMP_ERR_PROTECTION);
    assert_int_equal(crypto_toy_volatile_keys(), 0);
}

/* A key elsewhere may be of a kind that we cannot judge. */
static void test_check_of_what_is_not_known(void **state)
{
    struct lwcmp_csr csr;

    (void)state;
    assert_int_equal(check(&(struct csr_make){.number = NUMBER,
                                              .signer = NUMBER + 1,
                                              .unknown_sig = true}),
                     0);
    assert_int_equal(read(&(struct csr_make){.number = NUMBER}, &csr), 0);
    for (unsigned at = 1; at <= 2; at++) {
        crypto_toy.calls = 0;
        crypto_toy.fail_at = at;
        crypto_toy.fail_with = LWCMP_ERR_CRYPTO;
        assert_int_equal(lwcmp_csr_check(&csr), LWCMP_ERR_CRYPTO);
        assert_int_equal(crypto_toy_volatile_keys(), 0);
    }
    crypto_toy.calls = 0;
    crypto_toy.fail_at = 1;
    crypto_toy.fail_with = LWCMP_ERR_ALGORITHM;
    assert_int_equal(lwcmp_csr_check(&csr), 0);
}

/* The key counts, not how its parameters are written. */
static void test_match(void **state)
{
    static const struct {
        const char *spki;
        int err;
    } rows[] = {
        {"300b30050603550401030200aa", 0},
        {"3009300306010103"
         "0200aa",
         0},
        {"300b30050603550401030200ab", LWCMP_ERR_CERT_KEY},
        {"300a30050603550401030100", LWCMP_ERR_CERT_KEY},
        {"300730050603550401", LWCMP_ERR_CERT_KEY},
        {"3000", LWCMP_ERR_CERT_KEY},
        {"", LWCMP_ERR_CERT_KEY},
        {"0500", LWCMP_ERR_CERT_KEY},
        {"300b30050603550401030200aa00", LWCMP_ERR_CERT_KEY},
    };
    struct lwcmp_csr csr = {.spki = vectors_hex(rows[0].spki)};

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lwcmp_bytes spki = vectors_hex(rows[i].spki);

        vectors_at("%s", rows[i].spki);
        CHECK_INT(lwcmp_csr_match(&csr, &spki), rows[i].err);
        vectors_free(spki);
    }
    vectors_free(csr.spki);
    csr.spki = (struct lwcmp_bytes){NULL, 0};
    assert_int_equal(lwcmp_csr_match(&csr, &csr.spki), LWCMP_ERR_CERT_KEY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lcp_4_1_4_03_recorded),
        cmocka_unit_test(test_lcp_4_1_4_03_extensions),
        cmocka_unit_test(test_lcp_4_1_4_03_version_and_attributes),
        cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_lcp_4_1_4_04_check),
        cmocka_unit_test(test_check_of_what_is_not_known),
        cmocka_unit_test(test_match),
    };

    return cmocka_run_group_tests_name("csr", tests, NULL, NULL);
}

#else
#include "absent.h"
#endif
