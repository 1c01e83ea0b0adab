/* SPDX-License-Identifier: Apache-2.0 */
#include "lwcmp/config.h"

#if LWCMP_WITH_CRL

#include "vectors.h"

#include "cert_make.h"
#include "crl_make.h"
#include "lwcmp/crl.h"

/* CN=CA, and the CRL that one has, of 2025. */
#define CA "300d310b300906035504030c024341"
#define TIME_2025 "170d3235303130313030303030305a"
#define BY_ISSUER \
    "a113"        \
    "3011"        \
    "a40f" CA

static uint8_t cert_bytes[512], crl_bytes[512], name_bytes[64];
static struct lwcmp_crl_wanted wanted;

static void want_certificate(struct lwcmp_bytes points)
{
    static const uint8_t spki[] = {0x30, 0x00};
    const struct cert_make what = {.subject = "device",
                                   .issuer = "CA",
                                   .spki = {spki, sizeof spki},
                                   .ski = 1,
                                   .points = points};
    struct lwcmp_der_out o;

    lwcmp_der_out_init(&o, cert_bytes, sizeof cert_bytes);
    wanted.certificate = cert_make(&o, &what);
}

static void want_issuer(const char *name)
{
    struct lwcmp_der_out o;

    lwcmp_der_out_init(&o, name_bytes, sizeof name_bytes);
    wanted.issuer = name_make(&o, name);
}

static void have(struct crl_make what)
{
    struct lwcmp_der_out o;

    lwcmp_der_out_init(&o, crl_bytes, sizeof crl_bytes);
    what.issuer = what.issuer ? what.issuer : "CA";
    wanted.have = crl_make(&o, &what);
}

/* In every room that is too small, and in one that is not. */
static void check(const char *hex)
{
    struct lwcmp_bytes due = vectors_hex(hex);
    struct lwcmp_bytes value;

    for (size_t size = 0; size <= due.n; size++) {
        uint8_t *room = malloc(size);

        vectors_at("%u octets", (unsigned)size);
        CHECK_INT(lwcmp_crl_ask(&wanted, room, size, &value),
                  size < due.n ? LWCMP_ERR_BUFFER : 0);
        if (size == due.n) {
            CHECK_BYTES(value, due);
        }
        free(room);
    }
    vectors_free(due);
}

static int ask(void)
{
    static uint8_t room[512];
    struct lwcmp_bytes value;

    return lwcmp_crl_ask(&wanted, room, sizeof room, &value);
}

static int start(void **state)
{
    (void)state;
    memset(&wanted, 0, sizeof wanted);
    return 0;
}

static const struct lwcmp_bytes none;

static void test_lcp_4_3_4_01_lcp_4_3_4_02_by_issuer(void **state)
{
    (void)state;
    want_issuer("CA");
    check("3017"
          "3015" BY_ISSUER);
    wanted.issuer = none;
    want_certificate(none);
    check("3017"
          "3015" BY_ISSUER);
}

static void test_lcp_4_3_4_03_with_time(void **state)
{
    (void)state;
    want_issuer("CA");
    have((struct crl_make){.serial = 1});
    check("3026"
          "3024" BY_ISSUER TIME_2025);
    have((struct crl_make){.from = "20250101000000Z"});
    check("3028"
          "3026" BY_ISSUER "180f32303235303130313030303030305a");
    wanted.issuer = none;
    check("3028"
          "3026" BY_ISSUER "180f32303235303130313030303030305a");
}

/* By the first point at which the CA itself leaves one. */
static void test_lcp_4_3_4_02_by_point(void **state)
{
    (void)state;
    want_certificate(
        (struct lwcmp_bytes)CRL_BYTES("\x30\x09\x30\x07\xa0\x05\xa0\x03"
                                      "\x86\x01\x61"));
    check("3009"
          "3007"
          "a005"
          "a003"
          "860161");
    have((struct crl_make){.serial = 1});
    check("3018"
          "3016"
          "a005"
          "a003"
          "860161" TIME_2025);
    wanted.have = none;
    want_certificate((struct lwcmp_bytes)CRL_BYTES(
        "\x30\x1b\x30\x0d\xa0\x05\xa0\x03\x86\x01\x61\xa2\x04\xa4\x02\x30\x00"
        "\x30\x0a\xa0\x08\xa0\x06\x86\x01\x62\x86\x01\x63"));
    check("300c"
          "300a"
          "a008"
          "a006"
          "860162"
          "860163");
    want_certificate((struct lwcmp_bytes)CRL_BYTES("\x30\x00"));
    check("3017"
          "3015" BY_ISSUER);
    want_certificate((struct lwcmp_bytes)CRL_BYTES("\x30\x02\x05\x00"));
    check("3017"
          "3015" BY_ISSUER);
    /* a name that is none */
    want_certificate(
        (struct lwcmp_bytes)CRL_BYTES("\x30\x05\x30\x03\xa0\x01\x61"));
    check("3017"
          "3015" BY_ISSUER);
    /* and the next point */
    want_certificate((struct lwcmp_bytes)CRL_BYTES(
        "\x30\x0e\x30\x03\xa0\x01\x61\x30\x07\xa0\x05\xa0\x03"
        "\x86\x01\x62"));
    check("3009"
          "3007"
          "a005"
          "a003"
          "860162");
}

/* A CRL says itself where the next one is. */
static void test_lcp_4_3_4_02_by_point_of_a_crl(void **state)
{
    (void)state;
    have((struct crl_make){
        .list = {
            {28, true, CRL_BYTES("\x30\x07\xa0\x05\xa0\x03\x86\x01\x61")}}});
    check("3018"
          "3016"
          "a005"
          "a003"
          "860161" TIME_2025);
}

static void test_refused(void **state)
{
    static const struct lwcmp_bytes one = CRL_BYTES("\x30");

    (void)state;
    assert_int_equal(ask(), LWCMP_ERR_CONFIG);
    wanted.issuer = one;
    assert_int_equal(ask(), LWCMP_ERR_SYNTAX);
    wanted.issuer = none;
    wanted.certificate = one;
    assert_int_equal(ask(), LWCMP_ERR_CERT_SYNTAX);
    wanted.certificate = none;
    want_issuer("CA");
    wanted.have = one;
    assert_int_equal(ask(), LWCMP_ERR_SYNTAX);
    want_issuer("CA");
    have((struct crl_make){.issuer = "Another"});
    assert_int_equal(ask(), LWCMP_ERR_CRL);
    wanted.have.n--;
    assert_int_equal(ask(), LWCMP_ERR_SYNTAX);
    wanted.have = none;
    wanted.issuer.n--;
    assert_int_equal(ask(), LWCMP_ERR_SYNTAX);
    want_issuer("CA");
    want_certificate(none);
    assert_int_equal(ask(), 0);
    wanted.issuer = wanted.certificate; /* of which nothing is asked then */
    assert_int_equal(ask(), 0);
    wanted.certificate.n--;
    assert_int_equal(ask(), LWCMP_ERR_CERT_SYNTAX);
}

#define TEST(f) cmocka_unit_test_setup(f, start)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_lcp_4_3_4_01_lcp_4_3_4_02_by_issuer),
        TEST(test_lcp_4_3_4_03_with_time),
        TEST(test_lcp_4_3_4_02_by_point),
        TEST(test_lcp_4_3_4_02_by_point_of_a_crl),
        TEST(test_refused),
    };

    return cmocka_run_group_tests_name("crl_ask", tests, NULL, NULL);
}

#else
#include "absent.h"
#endif
