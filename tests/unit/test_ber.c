/* SPDX-License-Identifier: Apache-2.0 */
/* src/ber.c */
#include "vectors.h"

#include "ber.h"

#if LWCMP_WITH_CMS
static int to_der(struct lwcmp_bytes *in)
{
    return lwcmp_ber_to_der((uint8_t *)(uintptr_t)in->p, &in->n);
}

/* CMS-02: BER, and what it is in DER; "-" if it is refused. */
static const struct {
    const char *ber, *der;
} cases[] = {
    {"0500", "0500"},
    {"3000", "3000"},
    {"3003020101", "3003020101"},
    /* Lengths in a longer form than need be, and without end. */
    {"058100", "0500"},
    {"0401617a", "-"},
    {"04840000000161", "040161"},
    {"30820003020101", "3003020101"},
    {"30800000", "3000"},
    {"30800201010000", "3003020101"},
    {"3080308002010100000201020000", "30083003020101020102"},
    {"300a30800201010000020102", "30083003020101020102"},
    /* Strings in pieces, and pieces of pieces. */
    {"2480040161040262630000", "0403616263"},
    {"240704016104026263", "0403616263"},
    {"248024800401610000240504036263640000", "040461626364"},
    {"24800000", "0400"},
    {"a080248004016104016200000000", "a00404026162"},
    {"24800201010000", "-"},
    {"248030000000", "-"},
    /* Ends where there should be none, and none where there should be one. */
    {"", "-"},
    {"30", "-"},
    {"3001", "-"},
    {"0000", "-"},
    {"30020000", "-"},
    {"3080", "-"},
    {"308000", "-"},
    {"30803080020101000002010200", "-"},
    {"3080000000", "-"},
    {"30800001", "-"},
    {"308005000000", "30020500"},
    {"300000", "-"},
    {"300302010100", "-"},
    {"30053080020101", "-"},
    {"300630800201010000", "-"},
    {"3004020201", "-"},
    {"048061620000", "-"},
    {"30800480616200000000", "-"},
    {"24800480616200000000", "-"},
    /* Tags of more octets than one. */
    {"3f0100", "-"},
    {"30033f2000", "-"},
    {"1f810100", "-"},
    /* Lengths that no machine has. */
    {"0488ffffffffffffffff", "-"},
    {"0484ffffffff", "-"},
    {"3084ffffffff", "-"},
    {"0485000000000161", "-"},
};

static void test_cms_02_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct lwcmp_bytes in = vectors_hex(cases[i].ber);
        int err = to_der(&in);

        vectors_at("%s", cases[i].ber);
        if (strcmp(cases[i].der, "-") == 0) {
            CHECK_INT(err, LWCMP_ERR_SYNTAX);
        } else {
            struct lwcmp_bytes due = vectors_hex(cases[i].der);

            CHECK_INT(err, 0);
            CHECK_BYTES(in, due);
            vectors_free(due);
        }
        vectors_free(in);
    }
}

/* 30 80 24 80 04 82 (n) ... 00 00 00 00, and what it has to become. */
static void check_long(size_t size)
{
    uint8_t ber[512] = {0x30, 0x80, 0x24, 0x80, 0x04, 0x82};
    uint8_t der[512];
    struct lwcmp_der_out o;
    size_t n = 8 + size + 4;

    ber[6] = (uint8_t)(size >> 8);
    ber[7] = (uint8_t)size;
    memset(ber + 8, 'x', size);
    lwcmp_der_out_init(&o, der, sizeof der);
    lwcmp_der_open_sequence(&o);
    lwcmp_der_put(&o, LWCMP_DER_OCTET_STRING, ber + 8, size);
    lwcmp_der_close(&o);
    vectors_at("%zu octets", size);
    CHECK_INT(o.err, 0);
    CHECK_INT(lwcmp_ber_to_der(ber, &n), 0);
    CHECK_BYTES(((struct lwcmp_bytes){ber, n}),
                ((struct lwcmp_bytes){der, o.n}));
}

/* Lengths that take more octets in the end than at the beginning. */
static void test_long(void **state)
{
    (void)state;
    for (size_t size = 120; size < 300; size++) {
        check_long(size);
    }
}

/* It stays as it is; and what it was written as by another. */
static void test_vectors(void **state)
{
    static const char *const names[] = {"cms/signed.der", "cms/kari.der",
                                        "cms/p256-cert.der",
                                        "cms/package-rsa.der"};
    struct lwcmp_bytes ber = vectors_file("cms/signed-ber.der");
    struct lwcmp_bytes der = vectors_file("cms/signed.der");

    (void)state;
    CHECK(ber.n > der.n);
    CHECK_INT(to_der(&ber), 0);
    CHECK_BYTES(ber, der);
    vectors_free(ber);
    vectors_free(der);
    for (size_t i = 0; i < COUNT(names); i++) {
        struct lwcmp_bytes in = vectors_file(names[i]);
        struct lwcmp_bytes copy = vectors_copy(in.p, in.n);

        vectors_at("%s", names[i]);
        CHECK_INT(to_der(&copy), 0);
        CHECK_BYTES(copy, in);
        vectors_free(copy);
        vectors_free(in);
    }
}

/* What is cut off or spoilt ends in an error or within its room. */
static void test_hostile(void **state)
{
    struct lwcmp_bytes ber = vectors_file("cms/signed-ber.der");

    (void)state;
    for (size_t n = 0; n < ber.n; n++) {
        struct lwcmp_bytes cut = vectors_copy(ber.p, n);

        CHECK_INT(to_der(&cut), LWCMP_ERR_SYNTAX);
        vectors_free(cut);
    }
    for (size_t bit = 0; bit < 8 * ber.n; bit++) {
        struct lwcmp_bytes bad = vectors_copy(ber.p, ber.n);

        ((uint8_t *)(uintptr_t)bad.p)[bit / 8] ^= (uint8_t)(1u << bit % 8);
        (void)to_der(&bad);
        CHECK(bad.n <= ber.n);
        vectors_free(bad);
    }
    vectors_free(ber);
}

/* 16 elements inside each other, of either form, and no more. */
static void check_depth(size_t depth, bool endless)
{
    uint8_t p[80] = {0};
    size_t n = (endless ? 4 : 2) * depth;

    for (size_t i = 0; i < depth; i++) {
        p[2 * i] = 0x30;
        p[2 * i + 1] = (uint8_t)(endless ? 0x80 : n - 2 * i - 2);
    }
    vectors_at("%zu elements", depth);
    CHECK_INT(lwcmp_ber_to_der(p, &n), depth <= 16 ? 0 : LWCMP_ERR_SYNTAX);
}

static void test_depth(void **state)
{
    (void)state;
    for (size_t depth = 1; depth <= 20; depth++) {
        check_depth(depth, false);
        check_depth(depth, true);
    }
}

/* No more than offsets of 16 bits can tell. */
static void test_huge(void **state)
{
    size_t n = 65536;
    uint8_t *p = calloc(n, 1);

    (void)state;
    assert_non_null(p);
    p[0] = 0x04;
    p[1] = 0x82;
    p[2] = 0xff;
    p[3] = 0xfb;
    n = 65535;
    assert_int_equal(lwcmp_ber_to_der(p, &n), 0);
    assert_int_equal(n, 65535);
    p[3] = 0xfc;
    n = 65536;
    assert_int_equal(lwcmp_ber_to_der(p, &n), LWCMP_ERR_SYNTAX);
    free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cms_02_cases), cmocka_unit_test(test_long),
        cmocka_unit_test(test_vectors),      cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_depth),        cmocka_unit_test(test_huge),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "absent.h"
#endif
