/* SPDX-License-Identifier: Apache-2.0 */
#include "lwcmp/config.h"

#if LWCMP_WITH_CRL

#include "vectors.h"

#include "crl_make.h"
#include "lwcmp/crl.h"

#define MANY 1500

static uint8_t bytes[0xffff];

/* Makes it, and looks for a serial number of one octet or more. */
static int find(struct crl_make what, const char *serial, size_t n)
{
    const struct lwcmp_bytes content = {(const uint8_t *)serial, n};
    struct lwcmp_der_out o;
    struct lwcmp_bytes der;
    struct lwcmp_crl crl;

    what.issuer = "CA";
    lwcmp_der_out_init(&o, bytes, sizeof bytes);
    der = crl_make(&o, &what);
    assert_int_equal(o.err, 0);
    assert_int_equal(lwcmp_crl_read(&der, &crl), 0);
    return lwcmp_crl_find(&crl, &content);
}

static void test_path_07_revoked_or_not(void **state)
{
    const struct crl_make one = {.serial = 0x1234};
    const struct crl_make none = {.serial = 0};

    (void)state;
    assert_int_equal(find(one, "\x12\x34", 2), LWCMP_ERR_REVOKED);
    assert_int_equal(find(one, "\x12\x35", 2), 0);
    assert_int_equal(find(one, "\x12", 1), 0);
    assert_int_equal(find(one, "\x00\x12\x34", 3), 0);
    assert_int_equal(find(none, "\x12\x34", 2), 0);
}

/* The first, the last, and one that is not there. */
static void test_many(void **state)
{
    const struct crl_make many = {.serial = 7, .many = MANY};

    (void)state;
    assert_int_equal(find(many, "\x07", 1), LWCMP_ERR_REVOKED);
    assert_int_equal(find(many, "\x01\x86\xa0", 3), LWCMP_ERR_REVOKED);
    assert_int_equal(find(many, "\x01\x8c\x7b", 3), LWCMP_ERR_REVOKED);
    assert_int_equal(find(many, "\x01\x8c\x7c", 3), 0);
}

static const struct {
    struct crl_ext e[2];
    int due;
} entries[] = {
    {{{21, false, CRL_BYTES("\x0a\x01\x01")}}, LWCMP_ERR_REVOKED},
    /* certificateHold is revoked, too; removeFromCRL is for deltas */
    {{{21, true, CRL_BYTES("\x0a\x01\x06")}}, LWCMP_ERR_REVOKED},
    {{{21, false, CRL_BYTES("\x0a\x01\x08")}}, LWCMP_ERR_CRL},
    {{{21, false, CRL_BYTES("\x02\x01\x01")}}, LWCMP_ERR_SYNTAX},
    {{{21, false, CRL_BYTES("\x0a\x00")}}, LWCMP_ERR_SYNTAX},
    {{{21, false, CRL_BYTES("\x0a\x02\x00\x01")}}, LWCMP_ERR_SYNTAX},
    /* invalidityDate */
    {{{24, false,
       CRL_BYTES("\x18\x0f"
                 "20250101000000Z")}},
     LWCMP_ERR_REVOKED},
    /* certificateIssuer: of an indirect CRL */
    {{{29, true, CRL_BYTES("\x30\x00")}}, LWCMP_ERR_CRL},
    {{{29, false, CRL_BYTES("\x30\x00")}}, LWCMP_ERR_CRL},
    {{{CRL_UNKNOWN, true, CRL_BYTES("\x05\x00")}}, LWCMP_ERR_CRL},
    {{{CRL_UNKNOWN, false, CRL_BYTES("\x05\x00")}}, LWCMP_ERR_REVOKED},
    {{{21, false, CRL_BYTES("\x0a\x01\x01")},
      {CRL_UNKNOWN, true, CRL_BYTES("\x05\x00")}},
     LWCMP_ERR_CRL},
};

/* One that is not understood makes all of the CRL useless. */
static void test_path_07_entry_extensions(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(entries); i++) {
        const struct crl_make what = {
            .serial = 7,
            .many = 2,
            .entry = {entries[i].e[0], entries[i].e[1]}};

        vectors_at("case %u", (unsigned)i);
        CHECK_INT(find(what, "\x07", 1), entries[i].due);
        CHECK_INT(find(what, "\x01\x86\xa0", 3), entries[i].due);
        CHECK_INT(find(what, "\x06", 1),
                  entries[i].due == LWCMP_ERR_REVOKED ? 0 : entries[i].due);
    }
}

static void test_dates(void **state)
{
    (void)state;
    assert_int_equal(
        find((struct crl_make){.serial = 7, .date = "20250101000000Z"}, "\x07",
             1),
        LWCMP_ERR_REVOKED);
    assert_int_equal(
        find((struct crl_make){.serial = 7, .date = "20250101000000.1Z"},
             "\x07", 1),
        LWCMP_ERR_SYNTAX);
    assert_int_equal(
        find((struct crl_make){.serial = 7, .date = ""}, "\x07", 1),
        LWCMP_ERR_SYNTAX);
}

/* Entries that are none; the outer lengths are right. */
static void test_no_entries(void **state)
{
    static const struct {
        const char *row;
        int due;
    } cases[] = {
        {"30120201071"
         "70d3235303130313030303030305a",
         0},
        {"30120201071"
         "70d3235303130313030303030305a00",
         LWCMP_ERR_SYNTAX},
        {"30120201071"
         "70d3235303130313030303030305a3000",
         LWCMP_ERR_SYNTAX},
        {"3000", LWCMP_ERR_SYNTAX},
        {"3003020107", LWCMP_ERR_SYNTAX},
        {"3080", LWCMP_ERR_SYNTAX},
        {"0201", LWCMP_ERR_SYNTAX},
    };
    static const struct lwcmp_bytes nobody;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct lwcmp_crl crl = {.revoked = vectors_hex(cases[i].row)};

        vectors_at("case %u", (unsigned)i);
        CHECK_INT(lwcmp_crl_find(&crl, &nobody), cases[i].due);
        vectors_free(crl.revoked);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_path_07_revoked_or_not),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_path_07_entry_extensions),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_no_entries),
    };

    return cmocka_run_group_tests_name("crl_find", tests, NULL, NULL);
}

#else
#include "absent.h"
#endif
