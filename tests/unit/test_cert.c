/* SPDX-License-Identifier: Apache-2.0 */
/* src/cert.c */
#include "vectors.h"

#include <stdio.h>

#include "cert.h"

static void check_read(char *const field[])
{
    struct lwcmp_bytes der = vectors_pem(field[0]);
    struct lwcmp_cert cert;

    memset(&cert, 0xff, sizeof cert);
    CHECK_INT(lwcmp_cert_read(&der, &cert), 0);
    CHECK_BYTES(cert.der, der);
    CHECK_FIELD(cert.serial, field[1]);
    CHECK_FIELD(cert.issuer, field[2]);
    CHECK_FIELD(cert.subject, field[3]);
    CHECK_FIELD(cert.ski, field[4]);
    CHECK_FIELD(cert.aki, field[5]);
    CHECK_INT(cert.sig, strtol(field[6], NULL, 10));
    CHECK((cert.key_usage.p != NULL) == (field[7][0] == '1'));
    CHECK(lwcmp_cert_may_sign(&cert) ==
          (field[7][0] != '1' || field[8][0] == '1'));
    CHECK(cert.cmc == (field[9][0] == '1'));
    CHECK_PLACE(der, cert.spki, field[10]);
    CHECK_PLACE(der, cert.san, field[11]);
    vectors_free(der);
}

/*
 * EC, RSA, Ed25519, Ed448, ML-DSA; version 1 without extensions; an unknown
 * critical extension, which is the provider's to judge.
 */
static void test_read(void **state)
{
    (void)state;
    vectors_each("der/certs.txt", 12, check_read);
}

static void check_prefixes(char *const field[])
{
    struct lwcmp_bytes der = vectors_pem(field[0]);
    struct lwcmp_bytes longer = vectors_copy(der.p, der.n);
    struct lwcmp_cert cert;

    for (size_t n = 0; n < der.n; n++) {
        struct lwcmp_bytes prefix = vectors_copy(der.p, n);

        CHECK_INT(lwcmp_cert_read(&prefix, &cert), LWCMP_ERR_CERT_SYNTAX);
        vectors_free(prefix);
    }
    longer.p = realloc((void *)longer.p, ++longer.n);
    assert_non_null(longer.p);
    ((uint8_t *)longer.p)[der.n] = 0;
    CHECK_INT(lwcmp_cert_read(&longer, &cert), LWCMP_ERR_CERT_SYNTAX);
    vectors_free(longer);
    vectors_free(der);
}

static void test_prefixes(void **state)
{
    (void)state;
    vectors_each("der/certs.txt", 12, check_prefixes);
}

static void check_edge(char *const field[])
{
    struct lwcmp_bytes der = vectors_hex(field[0]);
    struct lwcmp_cert cert;

    CHECK_INT(lwcmp_cert_read(&der, &cert), vectors_error(field[1]));
    if (strcmp(field[1], "ok") == 0) {
        CHECK_FIELD(cert.ski, field[2]);
        CHECK_FIELD(cert.aki, field[3]);
        CHECK((cert.key_usage.p != NULL) == (field[4][0] == '1'));
        CHECK(lwcmp_cert_may_sign(&cert) ==
              (field[4][0] != '1' || field[5][0] == '1'));
        CHECK(cert.cmc == (field[6][0] == '1'));
    }
    vectors_free(der);
}

static void test_path_06_edges(void **state)
{
    (void)state;
    vectors_each("der/cert.txt", 7, check_edge);
}

/* Each octet takes each value; the sanitizers look on. */
static void test_mutations(void **state)
{
    struct lwcmp_bytes der = vectors_pem("der/v3.crt");
    uint8_t *p = (uint8_t *)der.p;
    struct lwcmp_cert cert;
    unsigned bad = 0;

    (void)state;
    for (size_t at = 0; at < der.n; at++) {
        const uint8_t was = p[at];

        for (unsigned value = 0; value < 0x100; value++) {
            p[at] = (uint8_t)value;
            bad += lwcmp_cert_read(&der, &cert) != 0;
        }
        p[at] = was;
    }
    assert_int_equal(lwcmp_cert_read(&der, &cert), 0);
    assert_true(bad > 10000);
    vectors_free(der);
}

#define GOOD_NAME "300e310c300a06035504030c03737276"
#define BAD_NAME "300e300c300a06035504030c03737276" /* a SEQUENCE for the SET */

/* What is equal to the known Name, or to the other one, is not looked into. */
static void test_read_of(void **state)
{
    static const struct {
        const char *subject, *issuer, *known;
        bool good;
    } rows[] = {
        {GOOD_NAME, GOOD_NAME, "", true},
        {GOOD_NAME, GOOD_NAME, GOOD_NAME, true},
        {GOOD_NAME, BAD_NAME, "", false},
        {GOOD_NAME, BAD_NAME, GOOD_NAME, false},
        {BAD_NAME, GOOD_NAME, GOOD_NAME, false},
        {BAD_NAME, BAD_NAME, GOOD_NAME, false},
        {BAD_NAME, BAD_NAME, "", false},
        {BAD_NAME, BAD_NAME, BAD_NAME, true},
        {BAD_NAME, GOOD_NAME, BAD_NAME, true},
        {GOOD_NAME, BAD_NAME, BAD_NAME, false},
    };
    struct lwcmp_cert cert;
    char hex[300];

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lwcmp_bytes known = vectors_hex(rows[i].known);
        struct lwcmp_bytes der;

        vectors_at("subject %s, issuer %s, known %s", rows[i].subject,
                   rows[i].issuer, rows[i].known);
        snprintf(hex, sizeof hex,
                 "303d3031020101300406022a03%s3000%s300406022a03300406022a03"
                 "0302004d",
                 rows[i].issuer, rows[i].subject);
        der = vectors_hex(hex);
        CHECK_INT(lwcmp_cert_read_of(&der, &known, &cert),
                  rows[i].good ? 0 : LWCMP_ERR_CERT_SYNTAX);
        vectors_free(der);
        vectors_free(known);
    }
}

static void test_next(void **state)
{
    struct lwcmp_bytes all = vectors_hex("300030020500300130000500");
    struct lwcmp_bytes row = {all.p, 6};
    struct lwcmp_bytes der = {NULL, 0};

    (void)state;
    vectors_at("a row of two");
    assert_true(lwcmp_cert_next(&row, &der));
    CHECK_BYTES(der, ((struct lwcmp_bytes){all.p, 2}));
    assert_true(lwcmp_cert_next(&row, &der));
    CHECK_BYTES(der, ((struct lwcmp_bytes){all.p + 2, 4}));
    assert_int_equal(row.n, 0);
    assert_false(lwcmp_cert_next(&row, &der));

    vectors_at("a row that is damaged behind the first");
    row = (struct lwcmp_bytes){all.p, 1};
    assert_false(lwcmp_cert_next(&row, &der));
    row = (struct lwcmp_bytes){all.p + 8, 4};
    assert_true(lwcmp_cert_next(&row, &der));
    assert_false(lwcmp_cert_next(&row, &der));
    assert_false(lwcmp_cert_next(&row, &der));
    assert_true(der.p == NULL && der.n == 0);

    row = (struct lwcmp_bytes){NULL, 0};
    assert_false(lwcmp_cert_next(&row, &der));
    vectors_free(all);
}

static void test_in_row(void **state)
{
    static const struct {
        const char *certificate, *row;
        bool found;
    } rows[] = {
        {"3000", "3000", true},
        {"3000", "300205003000", true},
        {"30020500", "300030020500", true},
        {"30020500", "30020501", false},
        {"3000", "", false},
        {"3000", "30023000", false}, /* inside of another one */
        {"3000", "05003000", false}, /* behind the damage */
        {"3000", "30013000", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lwcmp_bytes certificate = vectors_hex(rows[i].certificate);
        struct lwcmp_bytes row = vectors_hex(rows[i].row);

        vectors_at("%s in '%s'", rows[i].certificate, rows[i].row);
        CHECK(lwcmp_cert_in_row(&certificate, row) == rows[i].found);
        vectors_free(row);
        vectors_free(certificate);
    }
}

#define NAME(c)                          \
    {                                    \
        (const uint8_t *)"\x30\x01" c, 3 \
    }
#define KID(c)                              \
    {                                       \
        (const uint8_t *)(c), sizeof(c) - 1 \
    }

static void test_issued_by(void **state)
{
    static const struct {
        struct lwcmp_bytes issuer, aki, subject, ski;
        bool issued;
    } rows[] = {
        {NAME("a"), KID("1"), NAME("a"), KID("1"), true},
        {NAME("a"), KID(""), NAME("a"), KID("1"), true},
        {NAME("a"), KID("1"), NAME("a"), KID(""), true},
        {NAME("a"), KID(""), NAME("a"), KID(""), true},
        {NAME("a"), KID("1"), NAME("a"), KID("2"), false},
        {NAME("a"), KID("1"), NAME("a"), KID("12"), false},
        {NAME("a"), KID("1"), NAME("b"), KID("1"), false},
        {NAME("a"), KID(""), NAME("b"), KID(""), false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct lwcmp_cert cert = {.issuer = rows[i].issuer,
                                        .aki = rows[i].aki};
        const struct lwcmp_cert ca = {.subject = rows[i].subject,
                                      .ski = rows[i].ski};

        vectors_at("row %u", (unsigned)i);
        CHECK(lwcmp_cert_issued_by(&cert, &ca) == rows[i].issued);
    }
}

#if LWCMP_WITH_EXTENSIONS
#define NUMBER "300a0603551d140403020107" /* cRLNumber, 7 */

/* By a table that knows cRLNumber alone; `number` is its content. */
static void test_extensions(void **state)
{
    static const struct lwcmp_known known[] = {{20, LWCMP_DER_INTEGER, 0},
                                               {0, 0, 0}};
    static const struct {
        const char *row;
        int err;
        const char *number;
        bool odd;
    } rows[] = {
        {"", 0, "-", false},
        {NUMBER, 0, "07", false},
        {"300d0603551d140101ff0403020107", 0, "07", false}, /* critical */
        {"30090603551d6304020500" NUMBER, 0, "07", false},
        {NUMBER "300c0603551d630101ff04020500", 0, "07", true},
        {NUMBER NUMBER, LWCMP_ERR_SYNTAX, "", false},
        {"300a0603551d140403040107", LWCMP_ERR_SYNTAX, "", false},
        {"300b0603551d14040402010700", LWCMP_ERR_SYNTAX, "", false},
        {NUMBER "30", LWCMP_ERR_SYNTAX, "", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lwcmp_bytes all = vectors_hex(rows[i].row);
        struct lwcmp_bytes row = all;
        struct lwcmp_bytes number = {NULL, 0};
        bool odd = false;

        vectors_at("'%s'", rows[i].row);
        CHECK_INT(lwcmp_cert_extensions(&row, known, &number, &odd),
                  rows[i].err);
        if (rows[i].err == 0) {
            CHECK_FIELD(number, rows[i].number);
            CHECK(odd == rows[i].odd);
        }
        vectors_free(all);
    }
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_prefixes),
        cmocka_unit_test(test_path_06_edges),
        cmocka_unit_test(test_mutations),
        cmocka_unit_test(test_read_of),
        cmocka_unit_test(test_next),
        cmocka_unit_test(test_in_row),
        cmocka_unit_test(test_issued_by),
#if LWCMP_WITH_EXTENSIONS
        cmocka_unit_test(test_extensions),
#endif
    };

    return cmocka_run_group_tests_name("cert", tests, NULL, NULL);
}
