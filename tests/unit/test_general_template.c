/* SPDX-License-Identifier: Apache-2.0 */
#include "general_fixture.h"

#if LWCMP_WITH_GENM

static void test_lcp_4_3_3_02_the_example(void **state)
{
    struct lwcmp_bytes value = vectors_hex(EXAMPLE);
    struct lwcmp_template t = {.present = false};

    (void)state;
    vectors_at("example");
    assert_int_equal(lwcmp_template_read(value, &t), 0);
    assert_true(t.present);
    CHECK_PLACE(value, t.subject, "11:48");
    CHECK_PLACE(value, t.extensions, "61:58");
    assert_int_equal(t.key_types, 1u << LWCMP_EC_P256 | 1u << LWCMP_RSA_2048);
    vectors_free(value);
}

/* Nothing is wanted. */
static void test_lcp_4_3_3_02_absent(void **state)
{
    struct lwcmp_template t = {.present = true};

    (void)state;
    assert_int_equal(lwcmp_template_read((struct lwcmp_bytes){NULL, 0}, &t), 0);
    assert_false(t.present);
    assert_true(t.key_types == UINT32_MAX);
}

static int read(const char *hex, struct lwcmp_template *t)
{
    struct lwcmp_bytes value = vectors_hex(hex);
    int err = lwcmp_template_read(value, t);

    vectors_at("%s", hex);
    vectors_free(value);
    return err;
}

/* version, serialNumber, signingAlg, validity, publicKey, UIDs. */
static void test_lcp_4_3_3_05_stepped_over(void **state)
{
    struct lwcmp_template t;

    (void)state;
    CHECK_INT(read("30223020800102810107a2020500a3023000a400a5023000a6020500"
                   "8702070088020700",
                   &t),
              0);
    CHECK_INT(t.subject.n, 2);
    CHECK_INT(t.extensions.n, 0);
    CHECK(t.key_types == UINT32_MAX);
}

#define BIT(type) (UINT32_C(1) << (type))

static void test_lcp_4_3_3_06_keys(void **state)
{
    static const struct {
        const char *what, *hex;
        uint32_t types;
    } cases[] = {
        {"P-384",
         "30233000301f301d06092b060105050705010b301006072a8648ce3d020106052b810"
         "40022",
         BIT(LWCMP_EC_P384)},
        {"RSA 3072 and 4096",
         "302630003022300f06092b060105050705010c02020c00300f06092b0601050507050"
         "10c0"
         "2021000",
         BIT(LWCMP_RSA_3072) | BIT(LWCMP_RSA_4096)},
        {"P-521 and P-256",
         "304530003041301d06092b060105050705010b301006072a8648ce3d020106052b810"
         "4002"
         "3302006092b060105050705010b301306072a8648ce3d020106082a8648ce3d03010"
         "7",
         BIT(LWCMP_EC_P521) | BIT(LWCMP_EC_P256)},
        {"Ed25519", "301830003014301206092b060105050705010b300506032b6570", 0},
        {"RSA 1024", "301530003011300f06092b060105050705010c02020400", 0},
        {"a length below zero",
         "301530003011300f06092b060105050705010c0202f800", 0},
        {"a curve where a length is due",
         "302630003022302006092b060105050705010c301306072a8648ce3d020106082a864"
         "8ce3"
         "d030107",
         0},
        {"a length where an algorithm is due",
         "301530003011300f06092b060105050705010b02020800", 0},
        {"another control",
         "302630003022302006092b060105050705010a301306072a8648ce3d020106082a864"
         "8ce3"
         "d030107",
         0},
        {"a longer one",
         "3027300030233021060a2b060105050705010b01301306072a8648ce3d020106082a8"
         "648ce3d030107",
         0},
        {"one of another arc",
         "302630003022302006092b060105050705020b301306072a8648ce3d020106082a864"
         "8ce3d030107",
         0},
        {"a shorter one",
         "302530003021301f06082b0601050507050b301306072a8648ce3d020106082a8648c"
         "e3d0"
         "30107",
         0},
    };
    struct lwcmp_template t;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        CHECK_INT(read(cases[i].hex, &t), 0);
        vectors_at("%s", cases[i].what);
        CHECK_INT(t.key_types, cases[i].types);
    }
}

static void test_what_is_no_template(void **state)
{
    static const struct {
        const char *what, *hex;
    } cases[] = {
        {"an empty list of keys", "300430003000"},
        {"a key that is no SEQUENCE", "3006300030020500"},
        {"a key without an OID", "30083000300430020500"},
        {"a second key that is none",
         "302830003024302006092b060105050705010b301306072a8648ce3d020106082a864"
         "8ce3d0301070500"},
        {"a length that is not DER",
         "301630003012301006092b060105050705010c0203000800"},
        {"no template", "3000"},
        {"one octet", "30"},
        {"something behind it", "3006300030003000"},
        {"something after it", "3002300000"},
        {"a field that is not known", "30043002aa00"},
        {"fields out of order", "300a3008a5023000a3023000"},
        {"a subject that is no Name", "30083006a50430020500"},
        {"a part of it without a value", "300f300da50b3009310730050603550403"},
        {"an empty part", "30083006a50430023100"},
        {"no extension", "30043002a900"},
        {"an extension that is none", "30063004a9020500"},
        {"one with an octet behind it", "300e300ca90a30070603551d11040000"},
        {"one without a value", "300b3009a90730050603551d11"},
        {"a second one without",
         "30143012a91030070603551d11040030050603551d11"},
        {"a text", "0c026e6f"},
        {"cut short", "30043002"},
    };
    struct lwcmp_template t;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int err = read(cases[i].hex, &t);

        vectors_at("%s", cases[i].what);
        CHECK_INT(err, LWCMP_ERR_SYNTAX);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lcp_4_3_3_02_the_example),
        cmocka_unit_test(test_lcp_4_3_3_02_absent),
        cmocka_unit_test(test_lcp_4_3_3_05_stepped_over),
        cmocka_unit_test(test_lcp_4_3_3_06_keys),
        cmocka_unit_test(test_what_is_no_template),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else
#include "absent.h"
#endif
