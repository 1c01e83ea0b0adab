/* SPDX-License-Identifier: Apache-2.0 */
#include "lwcmp/config.h"

#if LWCMP_WITH_CRL

#include "crl_fixture.h"

static int verify(struct crl_make what)
{
    struct lwcmp_crl crl;
    struct lwcmp_bytes der = add(&what);
    int err = lwcmp_crl_read(&der, &crl);

    return err ? err : lwcmp_crl_verify(&crl, &path[1], &now);
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
        {CRL_BYTES("\x03\x02\x00\x01"), LWCMP_ERR_CRL},
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

/* A list of a part would hide whom the whole one names. */
static void test_path_07_part_in_place_of_all(void **state)
{
    static const struct lwcmp_bytes idps[] = {
        {NULL, 0},
        CRL_BYTES("\x30\x03\x81\x01\xff"),
        CRL_BYTES("\x30\x03\x82\x01\xff"),
        CRL_BYTES("\x30\x04\x83\x02\x06\x40"),
        CRL_BYTES("\x30\x04\x83\x02\x05\x20"),
        CRL_BYTES("\x30\x07\xa0\x05\xa0\x03\x86\x01\x61"),
        CRL_BYTES("\x30\x07\xa0\x05\xa0\x03\x86\x01\x62"),
    };
    struct lwcmp_bytes der[2 * COUNT(idps)];

    (void)state;
    for (size_t i = 0; i < COUNT(der); i++) {
        struct crl_make what = by_ca;

        what.from = i < COUNT(idps) ? "260101000000Z" : "260101000001Z";
        what.list[0] = (struct crl_ext){28, true, idps[i % COUNT(idps)]};
        if (what.list[0].value.n == 0) {
            what.list[0].number = 0;
        }
        der[i] = add(&what);
    }
    for (size_t i = 0; i < COUNT(idps); i++) {
        for (size_t j = 0; j < COUNT(idps); j++) {
            vectors_at("%u in place of %u", (unsigned)i, (unsigned)j);
            CHECK_INT(lwcmp_crl_accept(&der[COUNT(idps) + i], &path[1], &der[j],
                                       &now),
                      i == j ? 0 : LWCMP_ERR_CRL);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_lcp_4_3_4_04_verify),
        TEST(test_path_07_who_may_sign_crls),
        TEST(test_times),
        TEST(test_lcp_4_3_4_04_newer_than_what_one_has),
        TEST(test_path_07_part_in_place_of_all),
    };

    return cmocka_run_group_tests_name("crl_check", tests, NULL, NULL);
}

#else
#include "absent.h"
#endif
