/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CRLs with real signatures (tests/vectors/crl), which openssl has judged as
 * well: those of openssl ca, and odd ones.
 */
#include <stdio.h>

#include "lwcmp/config.h"

#if LWCMP_WITH_CRL

#include "lwcmp/crl.h"
#include "psa_fixture.h"

#define IN_2030 1893456000u

static const struct lwcmp_time now = {LWCMP_TIME_EXACT, IN_2030};

static struct lwcmp_bytes load(const char *name)
{
    char file[80];

    snprintf(file, sizeof file, "tests/vectors/crl/%s.der", name);
    return file_read(file);
}

static int verify(const char *name, const char *ca_name)
{
    struct lwcmp_bytes der = load(name);
    struct lwcmp_bytes ca = load(ca_name);
    struct lwcmp_crl crl;
    int err = lwcmp_crl_read(&der, &crl);

    if (err == 0) {
        err = lwcmp_crl_verify(&crl, &ca, &now);
    }
    file_free(der);
    file_free(ca);
    return err;
}

/* A path of a certificate and the CA. */
static int check(const char *crl, const char *cert, bool required)
{
    struct lwcmp_bytes crls = load(crl);
    struct lwcmp_bytes path[] = {load(cert), load("ca")};
    int err = lwcmp_crl_check_path(&crls, path, 2, &now, required);

    file_free(crls);
    file_free(path[0]);
    file_free(path[1]);
    return err;
}

static void test_lcp_4_3_4_04_signatures(void **state)
{
    static const struct {
        const char *crl, *ca;
        int due;
    } cases[] = {
        {"ca-crl", "ca", 0},
        {"users", "ca", 0},
        {"cas", "ca", 0},
        {"reasons", "ca", 0},
        {"forged", "ca", LWCMP_ERR_PROTECTION},
        {"rsa-crl", "ca", LWCMP_ERR_CRL}, /* another key of the same name */
        {"indirect", "ca", LWCMP_ERR_CRL},
        {"delta", "ca", LWCMP_ERR_CRL},
        {"unknown", "ca", LWCMP_ERR_CRL},
        {"unknown-entry", "ca", LWCMP_ERR_CRL},
        {"late", "ca", LWCMP_ERR_NOT_YET_VALID},
        {"ca", "ca", LWCMP_ERR_SYNTAX},
        {"ca-crl", "good", LWCMP_ERR_CRL},
#if LWCMP_CRYPTO_RSA
        {"rsa-crl", "rsa-ca", 0},
#endif
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(verify(cases[i].crl, cases[i].ca), cases[i].due);
    }
}

static void test_path_07_revoked_or_not(void **state)
{
    (void)state;
    assert_int_equal(check("ca-crl", "revoked", false), LWCMP_ERR_REVOKED);
    assert_int_equal(check("ca-crl", "good", true), 0);
    assert_int_equal(check("users", "revoked", false), LWCMP_ERR_REVOKED);
    assert_int_equal(check("users", "good", true), 0);
    assert_int_equal(check("cas", "good", true), LWCMP_ERR_CRL);
    assert_int_equal(check("cas", "good", false), 0);
    assert_int_equal(check("reasons", "good", true), LWCMP_ERR_CRL);
    assert_int_equal(check("reasons", "revoked", true), LWCMP_ERR_REVOKED);
    assert_int_equal(check("forged", "revoked", false), 0);
    assert_int_equal(check("forged", "revoked", true), LWCMP_ERR_CRL);
    assert_int_equal(check("unknown-entry", "revoked", true), LWCMP_ERR_CRL);
    assert_int_equal(check("late", "revoked", false), LWCMP_ERR_REVOKED);
    assert_int_equal(check("late", "good", true), LWCMP_ERR_CRL);
}

/* What openssl writes is understood: number, three entries, times. */
static void test_as_openssl_writes_it(void **state)
{
    static const uint8_t serials[][3] = {{0x12, 0x34}, {0, 0xf2, 0x34}, {3}};
    static const size_t lengths[] = {2, 3, 1};
    struct lwcmp_bytes der = load("ca-crl");
    struct lwcmp_crl crl;

    (void)state;
    assert_int_equal(lwcmp_crl_read(&der, &crl), 0);
    assert_int_equal(crl.number.n, 2);
    assert_memory_equal(crl.number.p, "\x10\xf0", 2);
    assert_int_equal(crl.aki.n, 20);
    assert_true(crl.point.n > 0);
    assert_true(crl.valid.from == 1772323200u &&
                crl.valid.until == 2087942400u);
    for (size_t i = 0; i < 3; i++) {
        const struct lwcmp_bytes serial = {serials[i], lengths[i]};

        assert_int_equal(lwcmp_crl_find(&crl, &serial), LWCMP_ERR_REVOKED);
    }
    file_free(der);
}

/* The question has the point of the certificate, else that of the CRL. */
static void test_lcp_4_3_4_02_question(void **state)
{
    uint8_t a[256];
    uint8_t b[256];
    struct lwcmp_crl_wanted wanted = {.certificate = load("good"),
                                      .have = load("ca-crl")};
    struct lwcmp_bytes by_cert;
    struct lwcmp_bytes by_crl;

    (void)state;
    assert_int_equal(lwcmp_crl_ask(&wanted, a, sizeof a, &by_cert), 0);
    file_free(wanted.certificate);
    wanted.certificate.n = 0;
    assert_int_equal(lwcmp_crl_ask(&wanted, b, sizeof b, &by_crl), 0);
    assert_int_equal(by_cert.n, by_crl.n);
    assert_memory_equal(by_cert.p, by_crl.p, by_crl.n);
    file_free(wanted.have);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, psa_start, psa_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_lcp_4_3_4_04_signatures),
        TEST(test_path_07_revoked_or_not),
        TEST(test_as_openssl_writes_it),
        TEST(test_lcp_4_3_4_02_question),
    };

    return cmocka_run_group_tests_name("crl_psa", tests, NULL, NULL);
}

#else
#include "../absent.h"
#endif
