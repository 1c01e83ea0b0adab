/* SPDX-License-Identifier: Apache-2.0 */
#include "lwcmp/config.h"

#if LWCMP_WITH_CRL

#include "cert.h"
#include "crl_fixture.h"

static int check(bool required)
{
    return lwcmp_crl_check_path(&crls, path, 3, &now, required);
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
    assert_int_equal(lwcmp_crl_check_path(&crls, path, 0, &now, true), 0);
    assert_int_equal(lwcmp_crl_check_path(&crls, path + 2, 1, &now, true), 0);
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
        {CRL_BYTES("\x30\x07\xa0\x05\xa0\x03\x86\x01\x65"), LISTED, 0},
    };
    /* Points "a" and "b"; "d" of an indirect CRL; "e" with reasons */
    static const struct lwcmp_bytes points =
        CRL_BYTES("\x30\x2e\x30\x07\xa0\x05\xa0\x03\x86\x01\x61"
                  "\x30\x07\xa0\x05\xa0\x03\x86\x01\x62"
                  "\x30\x0d\xa0\x05\xa0\x03\x86\x01\x64"
                  "\xa2\x04\xa4\x02\x30\x00"
                  "\x30\x0b\xa0\x05\xa0\x03\x86\x01\x65\x81\x02\x06\x40");
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

/* The same certificate with issuerUniqueID, which hides no extensions. */
static struct lwcmp_bytes add_unique_id(const struct lwcmp_bytes *der)
{
    static uint8_t room[1024];
    static const uint8_t id[] = {LWCMP_DER_CTX_PRIM(1), 2, 0, 0};
    struct lwcmp_der_out out;
    struct lwcmp_signed s;
    struct lwcmp_cert cert;
    struct lwcmp_bytes in;
    size_t n;

    assert_int_equal(lwcmp_cert_read(der, &cert), 0);
    assert_int_equal(lwcmp_signed_read(der, &s), 0);
    assert_int_equal(lwcmp_der_take_only(&s.tbs, LWCMP_DER_SEQUENCE, &in), 0);
    n = (size_t)(cert.spki.p + cert.spki.n - in.p);
    lwcmp_der_out_init(&out, room, sizeof room);
    lwcmp_der_open_sequence(&out);
    lwcmp_der_open_sequence(&out);
    lwcmp_der_put_raw(&out, in.p, n);
    lwcmp_der_put_raw(&out, id, sizeof id);
    lwcmp_der_put_raw(&out, in.p + n, in.n - n);
    lwcmp_der_close(&out);
    lwcmp_der_put_raw(&out, in.p + in.n,
                      (size_t)(der->p + der->n - in.p) - in.n);
    lwcmp_der_close(&out);
    assert_int_equal(out.err, 0);
    return (struct lwcmp_bytes){room, out.n};
}

static void test_path_07_parts_and_unique_ids(void **state)
{
    path[1] = add_unique_id(&path[1]);
    test_path_07_parts_for_cas(state);
}

/*
 * Trouble of the platform is told as such, and no key is left behind. The
 * first of the errors that a peer makes is none.
 */
static void test_provider_fails(void **state)
{
    static const enum crypto_toy_call calls[] = {CRYPTO_TOY_PUBLIC_IMPORT,
                                                 CRYPTO_TOY_VERIFY};

    (void)state;
    (void)add(&by_ca);
    for (size_t i = 0; i < 2 * COUNT(calls); i++) {
        enum crypto_toy_call call = calls[i / 2];

        vectors_at("call %u", (unsigned)i);
        crypto_toy.fail_of_kind = true;
        crypto_toy.fail_kind = call;
        crypto_toy.fail_at = crypto_toy.calls_of[call] + 1;
        crypto_toy.fail_with = i % 2 ? LWCMP_ERR_HTTP : LWCMP_ERR_TLS_CERT;
        CHECK_INT(check(false), i % 2 ? 0 : LWCMP_ERR_TLS_CERT);
        CHECK_INT(crypto_toy_volatile_keys(), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_lcp_3_5_14_nothing_is_known),
        TEST(test_lcp_3_5_14_revoked),
        TEST(test_path_07_what_counts),
        TEST(test_path_07_parts),
        TEST(test_path_07_no_point),
        TEST(test_path_07_parts_for_cas),
        TEST(test_path_07_parts_and_unique_ids),
        TEST(test_provider_fails),
    };

    return cmocka_run_group_tests_name("crl_path", tests, NULL, NULL);
}

#else
#include "absent.h"
#endif
