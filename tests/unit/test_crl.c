/* SPDX-License-Identifier: Apache-2.0 */
#include "lwcmp/config.h"

#if LWCMP_WITH_CRL

#include "vectors.h"

#include "crl_make.h"
#include "lwcmp/crl.h"

#define UNTIL_2045 2366841600u /* 2045-01-01 */
#define FROM_2025 1735689600u  /* 2025-01-01 */

static uint8_t bytes[1024];

static struct lwcmp_bytes make(struct crl_make what)
{
    struct lwcmp_der_out o;
    struct lwcmp_bytes der;

    what.issuer = "CA";
    lwcmp_der_out_init(&o, bytes, sizeof bytes);
    der = crl_make(&o, &what);
    assert_int_equal(o.err, 0);
    return der;
}

/* In a buffer of exactly its size, and with all its entries. */
static int read_all(const uint8_t *p, size_t n)
{
    static const struct lwcmp_bytes nobody;
    struct lwcmp_bytes der = vectors_copy(p, n);
    struct lwcmp_crl crl;
    int err = lwcmp_crl_read(&der, &crl);

    if (err == 0) {
        err = lwcmp_crl_find(&crl, &nobody);
    }
    vectors_free(der);
    return err;
}

static int read_made(struct crl_make what)
{
    struct lwcmp_bytes der = make(what);

    return read_all(der.p, der.n);
}

static const struct crl_make full = {
    .serial = 5,
    .aki = 7,
    .entry = {{21, false, CRL_BYTES("\x0a\x01\x01")}},
    .list = {{20, false, CRL_BYTES("\x02\x02\x01\x00")},
             {28, true, CRL_BYTES("\x30\x00")}}};

static void test_fields(void **state)
{
    static const uint8_t time[] = "\x17\x0d"
                                  "250101000000Z";
    struct lwcmp_bytes der = make(full);
    struct lwcmp_crl crl;

    (void)state;
    assert_int_equal(lwcmp_crl_read(&der, &crl), 0);
    assert_int_equal(crl.issuer.n, 15);
    assert_int_equal(crl.issuer.p[0], 0x30);
    assert_int_equal(crl.this_update.n, 15);
    assert_memory_equal(crl.this_update.p, time, 15);
    assert_true(crl.valid.from == FROM_2025);
    assert_true(crl.valid.until == UNTIL_2045);
    assert_int_equal(crl.number.n, 2);
    assert_int_equal(crl.number.p[0], 1);
    assert_int_equal(crl.aki.n, 1);
    assert_int_equal(crl.aki.p[0], 7);
    assert_int_equal(crl.sig, LWCMP_ECDSA_SHA256);
    assert_null(crl.point.p);
    assert_int_equal(crl.only, 0);
}

/* No beginning of a CRL is one, and nothing stands behind it. */
static void test_truncated(void **state)
{
    struct lwcmp_bytes der = make(full);

    (void)state;
    for (size_t n = 0; n < der.n; n++) {
        vectors_at("%u octets", (unsigned)n);
        CHECK_INT(read_all(der.p, n), LWCMP_ERR_SYNTAX);
    }
    CHECK_INT(read_all(der.p, der.n), 0);
    bytes[der.n] = 0;
    CHECK_INT(read_all(der.p, der.n + 1), LWCMP_ERR_SYNTAX);
}

/* Whatever stands there: the sanitizers see to the rest. */
static void test_damaged_everywhere(void **state)
{
    static const uint8_t with[] = {0x00, 0x01, 0x30, 0x80, 0x84, 0xff};
    struct lwcmp_bytes der = make(full);
    unsigned refused = 0;

    (void)state;
    for (size_t i = 0; i < der.n; i++) {
        for (size_t j = 0; j < sizeof with; j++) {
            uint8_t was = bytes[i];

            bytes[i] = with[j];
            refused += read_all(der.p, der.n) != 0;
            bytes[i] = was;
        }
    }
    assert_true(refused > der.n * 3);
}

static void test_versions(void **state)
{
    (void)state;
    assert_int_equal(read_made((struct crl_make){.version = 1}), 0);
    assert_int_equal(read_made((struct crl_make){.version = 255}), 0);
    assert_int_equal(read_made((struct crl_make){.version = 255, .aki = 1}),
                     LWCMP_ERR_SYNTAX);
    assert_int_equal(read_made((struct crl_make){.version = 2}),
                     LWCMP_ERR_SYNTAX);
}

static void test_algorithms(void **state)
{
    struct lwcmp_crl crl;
    struct lwcmp_bytes der;

    (void)state;
    assert_int_equal(read_made((struct crl_make){.other_alg = true}),
                     LWCMP_ERR_SYNTAX);
    der = make((struct crl_make){.unknown_sig = true});
    assert_int_equal(lwcmp_crl_read(&der, &crl), 0);
    assert_int_equal(crl.sig, 0);
}

static void test_times(void **state)
{
    static const struct {
        const char *from, *until;
        int due;
    } cases[] = {
        {"20250101000000Z", "20450101000000Z", 0},
        {"250101000000Z", "", LWCMP_ERR_CRL},
        {"", "250101000000Z", LWCMP_ERR_CRL}, /* is taken for thisUpdate */
        {"251301000000Z", NULL, LWCMP_ERR_SYNTAX},
        {NULL, "20450101000000.5Z", LWCMP_ERR_SYNTAX},
        {NULL, "20450101000060Z", LWCMP_ERR_SYNTAX},
        {"2501010000Z", NULL, LWCMP_ERR_SYNTAX},
        {"250101000000+0000", NULL, LWCMP_ERR_SYNTAX},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        vectors_at("case %u", (unsigned)i);
        CHECK_INT(read_made((struct crl_make){.from = cases[i].from,
                                              .until = cases[i].until}),
                  cases[i].due);
    }
    /* A list of entries where nextUpdate should be */
    CHECK_INT(read_made((struct crl_make){.serial = 5, .until = ""}),
              LWCMP_ERR_CRL);
}

static const struct {
    struct crl_ext e[2];
    int due;
} lists[] = {
    {{{20, false, CRL_BYTES("\x02\x01\x01")}}, 0},
    {{{20, false, CRL_BYTES("\x02\x02\x00\x01")}}, LWCMP_ERR_SYNTAX},
    {{{20, false, CRL_BYTES("\x04\x01\x01")}}, LWCMP_ERR_SYNTAX},
    {{{20, false, CRL_BYTES("\x02\x01\x01\x00")}}, LWCMP_ERR_SYNTAX},
    {{{20, false, CRL_BYTES("\x02\x01\x01")},
      {20, false, CRL_BYTES("\x02\x01\x01")}},
     LWCMP_ERR_SYNTAX},
    {{{35, false, CRL_BYTES("\x30\x00")}}, 0},
    {{{35, false, CRL_BYTES("\x31\x00")}}, LWCMP_ERR_SYNTAX},
    /* authorityKeyIdentifier is never critical (RFC 5280 4.2.1.1) */
    {{{35, true, CRL_BYTES("\x30\x00")}}, LWCMP_ERR_CRL},
    /* deltaCRLIndicator, whatever it says of itself */
    {{{27, true, CRL_BYTES("\x02\x01\x01")}}, LWCMP_ERR_CRL},
    {{{27, false, CRL_BYTES("\x02\x01\x01")}}, LWCMP_ERR_CRL},
    {{{CRL_UNKNOWN, true, CRL_BYTES("\x05\x00")}}, LWCMP_ERR_CRL},
    {{{CRL_UNKNOWN, false, CRL_BYTES("\x05\x00")}}, 0},
    {{{CRL_UNKNOWN, false, CRL_BYTES("\x05\x00")},
      {CRL_UNKNOWN, true, CRL_BYTES("\x05\x00")}},
     LWCMP_ERR_CRL},
    /* issuingDistributionPoint: indirect, of attribute certificates */
    {{{28, true, CRL_BYTES("\x30\x03\x84\x01\xff")}}, LWCMP_ERR_CRL},
    {{{28, true, CRL_BYTES("\x30\x03\x85\x01\xff")}}, LWCMP_ERR_CRL},
    {{{28, true, CRL_BYTES("\x30\x03\x81\x01\x00")}}, LWCMP_ERR_SYNTAX},
    {{{28, true, CRL_BYTES("\x30\x03\x82\x01\x01")}}, LWCMP_ERR_SYNTAX},
    {{{28, true, CRL_BYTES("\x30\x02\x84\x00")}}, LWCMP_ERR_SYNTAX},
    {{{28, true, CRL_BYTES("\x30\x03\x85\x01\x01")}}, LWCMP_ERR_SYNTAX},
    {{{28, true, CRL_BYTES("\x30\x03\x86\x01\xff")}}, LWCMP_ERR_SYNTAX},
    {{{28, true, CRL_BYTES("\x30\x06\x82\x01\xff\x81\x01\xff")}},
     LWCMP_ERR_SYNTAX},
    {{{28, true, CRL_BYTES("\x30\x01")}}, LWCMP_ERR_SYNTAX},
    {{{28, true, CRL_BYTES("\x30\x01\x00")}}, LWCMP_ERR_SYNTAX},
    {{{28, true, CRL_BYTES("\x30\x04\x81\x01\xff\x00")}}, LWCMP_ERR_SYNTAX},
    /* a name of a distribution point that is none */
    {{{28, true, CRL_BYTES("\x30\x02\xa0\x00")}}, LWCMP_ERR_SYNTAX},
    {{{28, true, CRL_BYTES("\x30\x03\xa0\x01\x61")}}, LWCMP_ERR_SYNTAX},
    {{{28, true, CRL_BYTES("\x30\x05\xa0\x03\xa0\x02\x86")}}, LWCMP_ERR_SYNTAX},
    {{{28, true, CRL_BYTES("\x30\x05\xa0\x03\xa0\x00\x00")}}, LWCMP_ERR_SYNTAX},
};

static void test_path_07_extensions(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(lists); i++) {
        vectors_at("case %u", (unsigned)i);
        CHECK_INT(read_made((struct crl_make){
                      .list = {lists[i].e[0], lists[i].e[1]}}),
                  lists[i].due);
    }
}

/* What an issuingDistributionPoint limits. */
static void test_parts(void **state)
{
    static const struct crl_ext parts[] = {
        {28, true, CRL_BYTES("\x30\x03\x81\x01\xff")},
        {28, true, CRL_BYTES("\x30\x03\x82\x01\xff")},
        {28, true, CRL_BYTES("\x30\x04\x83\x02\x06\x40")},
        {28, false, CRL_BYTES("\x30\x07\xa0\x05\xa0\x03\x86\x01\x61")},
    };
    struct lwcmp_bytes der;
    struct lwcmp_crl crl;

    (void)state;
    for (size_t i = 0; i < COUNT(parts); i++) {
        vectors_at("part %u", (unsigned)i);
        der = make((struct crl_make){.list = {parts[i]}});
        CHECK_INT(lwcmp_crl_read(&der, &crl), 0);
        CHECK_INT(crl.only, i == 3 ? 0 : 1 << i);
        CHECK_INT(crl.point.n, i == 3 ? 5 : 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_damaged_everywhere),
        cmocka_unit_test(test_versions),
        cmocka_unit_test(test_algorithms),
        cmocka_unit_test(test_times),
        cmocka_unit_test(test_path_07_extensions),
        cmocka_unit_test(test_parts),
    };

    return cmocka_run_group_tests_name("crl", tests, NULL, NULL);
}

#else
#include "absent.h"
#endif
