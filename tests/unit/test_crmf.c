/* SPDX-License-Identifier: Apache-2.0 */
/* src/crmf.c */
#include "vectors.h"

#include "crmf.h"
#include "crypto_toy.h"

#define KEY 7
#define NUMBER 42

#define SUBJECT "300e310c300a06035504030c03646576"
#define KEY_USAGE "300e0603551d0f0101ff040403020780"
#define ISSUER "30123110300e06035504030c07526f6f74204341"
#define SERIAL "64dd1b2e1c80efdc3363dbf4d094db6946f3bdd6"

/* controls of a recorded kur of OpenSSL */
#define CONTROLS "303b303906092b0601050507050105302ca414" ISSUER "0214" SERIAL

/* What is due is put together from fixed octets and the toy's. */
struct due {
    uint8_t p[512];
    size_t n;
};

static void add(struct due *due, const void *p, size_t n)
{
    assert_true(due->n + n <= sizeof due->p);
    memcpy(due->p + due->n, p, n);
    due->n += n;
}

static void add_hex(struct due *due, const char *hex)
{
    struct lwcmp_bytes octets = vectors_hex(hex);

    add(due, octets.p, octets.n);
    vectors_free(octets);
}

/* [6] IMPLICIT: the first octet of the SEQUENCE is replaced, no other. */
static void add_public_key(struct due *due)
{
    uint8_t spki[CRYPTO_TOY_SPKI];

    crypto_toy_spki(NUMBER, spki);
    assert_int_equal(spki[0], LWCMP_DER_SEQUENCE);
    spki[0] = 0xa6;
    add(due, spki, sizeof spki);
}

/* popo is signed over certReq, from its tag to its end. */
static void add_popo(struct due *due, size_t request)
{
    const struct lwcmp_bytes part = {due->p + request, due->n - request};
    uint8_t signature[CRYPTO_TOY_SIGNATURE];

    crypto_toy_signature(NUMBER, LWCMP_ECDSA_SHA256, &part, 1, signature);
    add_hex(due, "a155300a06082a8648ce3d040302034700");
    add(due, signature, sizeof signature);
}

/* With a configuration that leaves all as it is. */
static void put_crmf(struct lwcmp_der_out *o, struct lwcmp_crmf crmf)
{
    static const struct lwcmp_config config;

    lwcmp_crmf_set_config(&crmf, &config);
    lwcmp_crmf_put(o, &crmf);
}

static void check_put(const struct lwcmp_crmf *crmf, const struct due *due)
{
    for (size_t cap = 0; cap <= due->n; cap++) {
        uint8_t *p = malloc(cap);
        struct lwcmp_der_out o;

        crypto_toy_reset();
        crypto_toy_key_set(KEY, NUMBER);
        lwcmp_der_out_init(&o, p, cap);
        put_crmf(&o, *crmf);
        CHECK_INT(o.err, cap < due->n ? LWCMP_ERR_BUFFER : 0);
        if (o.err == 0) {
            CHECK_BYTES(((struct lwcmp_bytes){o.p, o.n}),
                        ((struct lwcmp_bytes){due->p, due->n}));
        }
        free(p);
    }
}

static const struct lwcmp_bytes none;
static const struct lwcmp_bytes null_dn = {(const uint8_t *)"\x30", 2};

/* One request, number 0, subject [5], publicKey [6], extensions [9]. */
static void test_lcp_4_1_1_01_crmf_01_put(void **state)
{
    struct lwcmp_bytes subject = vectors_hex(SUBJECT);
    struct lwcmp_bytes extensions = vectors_hex(KEY_USAGE);
    const struct lwcmp_crmf crmf = {
        .subject = &subject, .extensions = &extensions, .key = KEY};
    struct due due = {.n = 0};

    (void)state;
    vectors_at("subject and extensions");
    add_hex(&due, "3081e13081de308184020100307fa510" SUBJECT);
    add_public_key(&due);
    add_hex(&due, "a910" KEY_USAGE);
    add_popo(&due, 6);
    check_put(&crmf, &due);
    vectors_free(extensions);
    vectors_free(subject);
}

static void test_lcp_4_1_1_04_put_null_dn(void **state)
{
    const struct lwcmp_crmf crmf = {
        .subject = &null_dn, .extensions = &none, .key = KEY};
    struct due due = {.n = 0};

    (void)state;
    vectors_at("NULL-DN");
    add_hex(&due, "3081c03081bd3064020100305fa5023000");
    add_public_key(&due);
    add_popo(&due, 6);
    check_put(&crmf, &due);
}

static void test_lcp_4_1_3_06_put_old_cert_id(void **state)
{
    struct lwcmp_bytes subject = vectors_hex(SUBJECT);
    struct lwcmp_bytes der = vectors_pem("cmp/new.crt");
    struct lwcmp_cert old;
    struct lwcmp_crmf crmf = {
        .subject = &subject, .extensions = &none, .key = KEY, .old = &old};
    struct due due = {.n = 0};

    (void)state;
    vectors_at("oldCertID");
    assert_int_equal(lwcmp_cert_read(&der, &old), 0);
    add_hex(&due, "3082010d308201093081af020100306da510" SUBJECT);
    add_public_key(&due);
    add_hex(&due, CONTROLS);
    add_popo(&due, 8);
    check_put(&crmf, &due);
    vectors_free(der);
    vectors_free(subject);
}

/* The recorded kur has the same controls. */
static void test_controls_are_those_of_openssl(void **state)
{
    struct lwcmp_bytes kur = vectors_file("cmp/kur.1.der");
    struct lwcmp_bytes controls = vectors_hex(CONTROLS);
    unsigned found = 0;

    (void)state;
    for (size_t i = 0; i + controls.n - 20 <= kur.n; i++) {
        found += memcmp(kur.p + i, controls.p, controls.n - 20) == 0;
    }
    assert_int_equal(found, 1);
    vectors_free(controls);
    vectors_free(kur);
}

static int put(lwcmp_key key)
{
    const struct lwcmp_crmf crmf = {
        .subject = &null_dn, .extensions = &none, .key = key};
    uint8_t buffer[512];
    struct lwcmp_der_out o;

    lwcmp_der_out_init(&o, buffer, sizeof buffer);
    put_crmf(&o, crmf);
    return o.err;
}

/* Whatever the provider says is handed up. */
static void test_provider_fails(void **state)
{
    unsigned calls;

    (void)state;
    crypto_toy_reset();
    assert_int_equal(put(KEY), LWCMP_ERR_KEY);
    crypto_toy_key_set(KEY, NUMBER);
    crypto_toy.calls = 0;
    assert_int_equal(put(KEY), 0);
    calls = crypto_toy.calls;
    assert_true(calls >= 3);
    for (unsigned at = 1; at <= calls; at++) {
        vectors_at("call %u", at);
        crypto_toy.calls = 0;
        crypto_toy.fail_at = at;
        crypto_toy.fail_with = LWCMP_ERR_CRYPTO;
        CHECK_INT(put(KEY), LWCMP_ERR_CRYPTO);
        CHECK_INT(crypto_toy.calls, at); /* and nobody is asked again */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lcp_4_1_1_01_crmf_01_put),
        cmocka_unit_test(test_lcp_4_1_1_04_put_null_dn),
        cmocka_unit_test(test_lcp_4_1_3_06_put_old_cert_id),
        cmocka_unit_test(test_controls_are_those_of_openssl),
        cmocka_unit_test(test_provider_fails),
    };

    return cmocka_run_group_tests_name("crmf", tests, NULL, NULL);
}
