/* SPDX-License-Identifier: Apache-2.0 */
/* Paths of an end entity, a CA and a root; the toy provider signs the CRLs. */
#include <stdio.h>

#include "lwcmp/config.h"

#if LWCMP_WITH_CRL

#include "vectors.h"

#include "cert_make.h"
#include "crl_make.h"
#include "crypto_toy.h"
#include "lwcmp/crl.h"

#define ROOT_KEY 0x11
#define CA_KEY 0x12
#define OTHER_KEY 0x13
#define SERIAL 0x1234
#define IN_2024 1704067200u
#define IN_2030 1893456000u
#define IN_2046 2398377600u

static uint8_t bytes[8192], crl_bytes[4096];
static struct lwcmp_der_out o;
static struct lwcmp_bytes path[3], crls;
static struct lwcmp_time now;

static struct lwcmp_bytes make_cert(struct cert_make what, lwcmp_key key)
{
    static uint8_t spki[CRYPTO_TOY_SPKI];
    size_t n;

    assert_int_equal(lwcmp_crypto_key_public(key, spki, sizeof spki, &n), 0);
    what.spki = (struct lwcmp_bytes){spki, n};
    return cert_make(&o, &what);
}

static const struct cert_make leaf = {
    .subject = "device", .issuer = "CA", .serial = SERIAL, .ski = 3, .aki = 2};
static const struct cert_make sub = {.subject = "CA",
                                     .issuer = "root",
                                     .serial = 7,
                                     .ski = 2,
                                     .aki = 1,
                                     .usage = CRL_BYTES("\x03\x02\x01\x06"),
                                     .constraints =
                                         CRL_BYTES("\x30\x03\x01\x01\xff")};
static const struct cert_make root = {
    .subject = "root", .issuer = "root", .ski = 1};
static const struct crl_make by_ca = {
    .issuer = "CA", .signer = CA_KEY, .aki = 2, .serial = 0x999};
static const struct crl_make by_root = {
    .issuer = "root", .signer = ROOT_KEY, .aki = 1, .serial = 0x999};

static int start(void **state)
{
    (void)state;
    crypto_toy_reset();
    crypto_toy_key_set(ROOT_KEY, 1);
    crypto_toy_key_set(CA_KEY, 2);
    crypto_toy_key_set(OTHER_KEY, 3);
    lwcmp_der_out_init(&o, bytes, sizeof bytes);
    path[0] = make_cert(leaf, OTHER_KEY);
    path[1] = make_cert(sub, CA_KEY);
    path[2] = make_cert(root, ROOT_KEY);
    crls = (struct lwcmp_bytes){crl_bytes, 0};
    now = (struct lwcmp_time){LWCMP_TIME_EXACT, IN_2030};
    return o.err;
}

static int stop(void **state)
{
    (void)state;
    return (int)crypto_toy_volatile_keys();
}

static struct lwcmp_bytes add(const struct crl_make *what)
{
    struct lwcmp_der_out to;
    struct lwcmp_bytes der;

    lwcmp_der_out_init(&to, crl_bytes + crls.n, sizeof crl_bytes - crls.n);
    der = crl_make(&to, what);
    assert_int_equal(to.err, 0);
    crls.n += der.n;
    return der;
}

static int verify(struct crl_make what)
{
    struct lwcmp_crl crl;
    struct lwcmp_bytes der = add(&what);
    int err = lwcmp_crl_read(&der, &crl);

    return err ? err : lwcmp_crl_verify(&crl, &path[1], &now);
}

static int check(bool required)
{
    return lwcmp_crl_check_path(crls, path, 3, &now, required);
}

static void test_lcp_4_3_4_04_verify(void **state)
{
    struct crl_make what = by_ca;

    (void)state;
    assert_int_equal(verify(what), 0);
    what.aki = 0;
    assert_int_equal(verify(what), 0);
    what.signer = OTHER_KEY;
    assert_int_equal(verify(what), LWCMP_ERR_PROTECTION);
    what.signer = 0;
    assert_int_equal(verify(what), LWCMP_ERR_PROTECTION);
    what = by_ca;
    what.issuer = "root";
    assert_int_equal(verify(what), LWCMP_ERR_CRL);
    what = by_ca;
    what.aki = 9;
    assert_int_equal(verify(what), LWCMP_ERR_CRL);
    what = by_ca;
    what.unknown_sig = true;
    assert_int_equal(verify(what), LWCMP_ERR_ALGORITHM);
    what = by_ca;
    what.entry[0] = (struct crl_ext){CRL_UNKNOWN, true, CRL_BYTES("\x05\x00")};
    assert_int_equal(verify(what), LWCMP_ERR_CRL);
}

/* cRLSign, in keyUsage where that is there (RFC 5280 4.2.1.3). */
static void test_path_07_who_may_sign_crls(void **state)
{
    static const struct {
        struct lwcmp_bytes usage;
        int due;
    } cases[] = {
        {CRL_BYTES("\x03\x02\x01\x02"), 0},
        {CRL_BYTES("\x03\x02\x01\x06"), 0},
        {CRL_BYTES("\x03\x02\x02\x04"), LWCMP_ERR_CRL},
        {CRL_BYTES("\x03\x01\x00"), LWCMP_ERR_CRL},
        {{NULL, 0}, 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct cert_make what = sub;

        vectors_at("case %u", (unsigned)i);
        what.usage = cases[i].usage;
        path[1] = make_cert(what, CA_KEY);
        CHECK_INT(verify(by_ca), cases[i].due);
    }
    path[1].n--;
    assert_int_equal(verify(by_ca), LWCMP_ERR_CERT_SYNTAX);
}

static void test_times(void **state)
{
    static const struct {
        enum lwcmp_clock clock;
        uint64_t seconds;
        int due;
    } cases[] = {
        {LWCMP_TIME_UNKNOWN, IN_2046, 0},
        {LWCMP_TIME_EXACT, IN_2030, 0},
        {LWCMP_TIME_EXACT, IN_2046, LWCMP_ERR_EXPIRED},
        {LWCMP_TIME_AT_LEAST, IN_2046, LWCMP_ERR_EXPIRED},
        {LWCMP_TIME_EXACT, 2366841600, 0},
        {LWCMP_TIME_EXACT, 2366841601, LWCMP_ERR_EXPIRED},
        {LWCMP_TIME_EXACT, IN_2024, LWCMP_ERR_NOT_YET_VALID},
        {LWCMP_TIME_AT_LEAST, IN_2024, 0},
        {LWCMP_TIME_EXACT, 1735689600 - LWCMP_CLOCK_SKEW, 0},
        {LWCMP_TIME_EXACT, 1735689599 - LWCMP_CLOCK_SKEW,
         LWCMP_ERR_NOT_YET_VALID},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        vectors_at("case %u", (unsigned)i);
        now.clock = cases[i].clock;
        now.seconds = cases[i].seconds;
        CHECK_INT(verify(by_ca), cases[i].due);
    }
}

static int accept(struct crl_make got, const char *from, const char *have)
{
    static const struct lwcmp_bytes nothing;
    struct crl_make old = by_ca;
    struct lwcmp_bytes a;
    struct lwcmp_bytes b;

    got.from = from;
    a = add(&got);
    old.from = have;
    b = have ? add(&old) : nothing;
    return lwcmp_crl_accept(&a, &path[1], &b, &now);
}

static void test_lcp_4_3_4_04_newer_than_what_one_has(void **state)
{
    (void)state;
    assert_int_equal(accept(by_ca, "260101000000Z", NULL), 0);
    assert_int_equal(accept(by_ca, "260101000001Z", "260101000000Z"), 0);
    assert_int_equal(accept(by_ca, "260101000000Z", "20260101000000Z"),
                     LWCMP_ERR_CRL);
    assert_int_equal(accept(by_ca, "260101000000Z", "260101000001Z"),
                     LWCMP_ERR_CRL);
    assert_int_equal(accept(by_root, "270101000000Z", "260101000001Z"),
                     LWCMP_ERR_CRL);
    assert_int_equal(accept(by_ca, "270101000000Z", "269901000000Z"),
                     LWCMP_ERR_SYNTAX);
    path[0].p++;
    assert_int_equal(lwcmp_crl_accept(&path[0], &path[1], &path[0], &now),
                     LWCMP_ERR_SYNTAX);
}

static void test_lcp_3_5_14_nothing_is_known(void **state)
{
    (void)state;
    assert_int_equal(check(false), 0);
    assert_int_equal(check(true), LWCMP_ERR_CRL);
    (void)add(&by_ca);
    assert_int_equal(check(true), LWCMP_ERR_CRL);
    (void)add(&by_root);
    assert_int_equal(check(true), 0);
    assert_int_equal(lwcmp_crl_check_path(crls, path, 0, &now, true), 0);
    assert_int_equal(lwcmp_crl_check_path(crls, path + 2, 1, &now, true), 0);
}

/* At each place of the path, and at each place of the row. */
static void test_lcp_3_5_14_revoked(void **state)
{
    struct crl_make what = by_ca;

    (void)state;
    (void)add(&by_root);
    what.serial = SERIAL;
    (void)add(&what);
    assert_int_equal(check(false), LWCMP_ERR_REVOKED);
    crls.n = 0;
    (void)add(&by_ca);
    what = by_root;
    what.serial = 7;
    (void)add(&what);
    assert_int_equal(check(false), LWCMP_ERR_REVOKED);
    crls.n = 0;
    (void)add(&by_ca);
    what.serial = SERIAL; /* another CA's certificate */
    (void)add(&what);
    assert_int_equal(check(true), 0);
}

enum result {
    LISTED = LWCMP_ERR_REVOKED,
    UNKNOWN = LWCMP_ERR_CRL
};

/* A CRL of the leaf's CA, with it on the list and without. */
static void check_both(struct crl_make what, int listed, int absent)
{
    crls.n = 0;
    (void)add(&by_root);
    what.serial = SERIAL;
    (void)add(&what);
    CHECK_INT(check(true), listed);
    CHECK_INT(check(false), listed == UNKNOWN ? 0 : listed);
    crls.n = 0;
    (void)add(&by_root);
    what.serial = 0x999;
    (void)add(&what);
    CHECK_INT(check(true), absent);
    CHECK_INT(check(false), 0);
}

/* What cannot be used says nothing; an old or a short list says "revoked". */
static void test_path_07_what_counts(void **state)
{
    struct crl_make what = by_ca;

    (void)state;
    vectors_at("a good one");
    check_both(what, LISTED, 0);
    vectors_at("a wrong signature");
    what.signer = OTHER_KEY;
    check_both(what, UNKNOWN, UNKNOWN);
    vectors_at("expired");
    what = by_ca;
    what.until = "290101000000Z";
    check_both(what, LISTED, UNKNOWN);
    vectors_at("of the future");
    what = by_ca;
    what.from = "310101000000Z";
    check_both(what, LISTED, UNKNOWN);
    vectors_at("an entry that nobody understands");
    what = by_ca;
    what.entry[0] = (struct crl_ext){CRL_UNKNOWN, true, CRL_BYTES("\x05\x00")};
    check_both(what, UNKNOWN, UNKNOWN);
    vectors_at("a delta");
    what = by_ca;
    what.list[0] = (struct crl_ext){27, true, CRL_BYTES("\x02\x01\x01")};
    check_both(what, UNKNOWN, UNKNOWN);
}

static void test_path_07_parts(void **state)
{
    static const struct {
        struct lwcmp_bytes idp;
        int listed, absent;
    } cases[] = {
        {CRL_BYTES("\x30\x00"), LISTED, 0},
        {CRL_BYTES("\x30\x03\x81\x01\xff"), LISTED, 0},
        {CRL_BYTES("\x30\x03\x82\x01\xff"), LISTED, UNKNOWN},
        {CRL_BYTES("\x30\x04\x83\x02\x06\x40"), LISTED, UNKNOWN},
        {CRL_BYTES("\x30\x03\x84\x01\xff"), UNKNOWN, UNKNOWN},
        /* another distribution point than "a" or "b" */
        {CRL_BYTES("\x30\x07\xa0\x05\xa0\x03\x86\x01\x61"), LISTED, 0},
        {CRL_BYTES("\x30\x07\xa0\x05\xa0\x03\x86\x01\x62"), LISTED, 0},
        {CRL_BYTES("\x30\x0a\xa0\x08\xa0\x06\x86\x01\x78\x86\x01\x62"), LISTED,
         0},
        {CRL_BYTES("\x30\x07\xa0\x05\xa0\x03\x86\x01\x63"), LISTED, UNKNOWN},
        {CRL_BYTES("\x30\x07\xa0\x05\xa0\x03\x82\x01\x61"), LISTED, UNKNOWN},
        {CRL_BYTES("\x30\x07\xa0\x05\xa1\x03\x86\x01\x61"), LISTED, UNKNOWN},
        {CRL_BYTES("\x30\x07\xa0\x05\xa0\x03\x86\x01\x64"), LISTED, UNKNOWN},
    };
    /* Points "a" and "b", the latter without a; "d" of an indirect CRL */
    static const struct lwcmp_bytes points =
        CRL_BYTES("\x30\x21\x30\x07\xa0\x05\xa0\x03\x86\x01\x61"
                  "\x30\x07\xa0\x05\xa0\x03\x86\x01\x62"
                  "\x30\x0d\xa0\x05\xa0\x03\x86\x01\x64"
                  "\xa2\x04\xa4\x02\x30\x00");
    struct cert_make pointing = leaf;

    (void)state;
    pointing.points = points;
    path[0] = make_cert(pointing, OTHER_KEY);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct crl_make what = by_ca;

        vectors_at("case %u", (unsigned)i);
        what.list[0] = (struct crl_ext){28, true, cases[i].idp};
        check_both(what, cases[i].listed, cases[i].absent);
    }
}

/* A certificate that points nowhere may be in any partition. */
static void test_path_07_no_point(void **state)
{
    struct crl_make what = by_ca;

    (void)state;
    vectors_at("no point");
    what.list[0] = (struct crl_ext){
        28, true, CRL_BYTES("\x30\x07\xa0\x05\xa0\x03\x86\x01\x61")};
    check_both(what, LISTED, UNKNOWN);
}

/* Of a CA, the CRL for end entities says nothing. */
static void test_path_07_parts_for_cas(void **state)
{
    struct crl_make what = by_root;

    (void)state;
    (void)add(&by_ca);
    what.list[0] =
        (struct crl_ext){28, true, CRL_BYTES("\x30\x03\x81\x01\xff")};
    (void)add(&what);
    assert_int_equal(check(true), LWCMP_ERR_CRL);
    what.list[0].value = (struct lwcmp_bytes)CRL_BYTES("\x30\x03\x82\x01\xff");
    (void)add(&what);
    assert_int_equal(check(true), 0);
}

/* Trouble of the platform is told as such, and no key is left behind. */
static void test_provider_fails(void **state)
{
    static const enum crypto_toy_call calls[] = {CRYPTO_TOY_PUBLIC_IMPORT,
                                                 CRYPTO_TOY_VERIFY};

    (void)state;
    (void)add(&by_ca);
    for (size_t i = 0; i < COUNT(calls); i++) {
        vectors_at("call %u", (unsigned)i);
        crypto_toy.fail_of_kind = true;
        crypto_toy.fail_kind = calls[i];
        crypto_toy.fail_at = crypto_toy.calls_of[calls[i]] + 1;
        crypto_toy.fail_with = LWCMP_ERR_CRYPTO;
        CHECK_INT(check(false), LWCMP_ERR_CRYPTO);
        CHECK_INT(crypto_toy_volatile_keys(), 0);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_lcp_4_3_4_04_verify),
        TEST(test_path_07_who_may_sign_crls),
        TEST(test_times),
        TEST(test_lcp_4_3_4_04_newer_than_what_one_has),
        TEST(test_lcp_3_5_14_nothing_is_known),
        TEST(test_lcp_3_5_14_revoked),
        TEST(test_path_07_what_counts),
        TEST(test_path_07_parts),
        TEST(test_path_07_no_point),
        TEST(test_path_07_parts_for_cas),
        TEST(test_provider_fails),
    };

    return cmocka_run_group_tests_name("crl_check", tests, NULL, NULL);
}

#else

int main(void)
{
    puts("1..1\nok 1 - crl_check # SKIP not built in");
    return 0;
}

#endif
