/* SPDX-License-Identifier: Apache-2.0 */
#include "general_fixture.h"

#if LWCMP_WITH_GENM

#define TEXT(s)                             \
    {                                       \
        (const uint8_t *)(s), sizeof(s) - 1 \
    }

/* commonName, iPAddress, extKeyUsage; one that nobody asks for. */
static const struct lwcmp_template_value all[] = {
    {TEXT("\x55\x04\x05"), TEXT("4711")},
    {TEXT("\x55\x04\x03"), TEXT("device")},
    {TEXT("\x87"), TEXT("\xc0\x00\x02\x01")},
    {TEXT("\x55\x1d\x25"),
     TEXT("\x30\x0a\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x02")},
};

static uint8_t room[256];

static int apply(const char *hex, size_t n, size_t size,
                 struct lwcmp_request *request)
{
    static struct lwcmp_bytes value;
    struct lwcmp_template t;

    vectors_at("%s", hex);
    vectors_free(value);
    value = vectors_hex(hex);
    CHECK_INT(lwcmp_template_read(value, &t), 0);
    return lwcmp_template_apply(&t, all, n, room, size, request);
}

static void check(struct lwcmp_bytes is, const char *hex)
{
    struct lwcmp_bytes due = vectors_hex(hex);

    CHECK_BYTES(is, due);
    vectors_free(due);
}

static void test_lcp_4_3_3_03_filled(void **state)
{
    struct lwcmp_request request = {.operation = LWCMP_IR};

    (void)state;
    assert_int_equal(apply(EXAMPLE, COUNT(all), sizeof room, &request), 0);
    check(request.subject,
          "3034310f300d06035504030c06646576696365310f300d060355040b0c066d7944"
          "6570743110300e060355040b0c076d7947726f7570");
    check(request.extensions,
          "30210603551d11041a301882107777772e6d795365727665722e636f6d8704c000"
          "0201300e0603551d0f0101ff04040302038830130603551d25040c300a06082b06"
          "010505070302");
    assert_int_equal(request.key_type, LWCMP_EC_P256);
    assert_int_equal(request.operation, LWCMP_IR);
}

/* What cannot be filled is left out, and what holds nothing else with it. */
static void test_lcp_4_3_3_04_left_out(void **state)
{
    struct lwcmp_request request = {.key_type = LWCMP_RSA_2048};

    (void)state;
    assert_int_equal(apply(EXAMPLE, 1, sizeof room, &request), 0);
    check(request.subject, "3023310f300d060355040b0c066d79446570743110300e0603"
                           "55040b0c076d7947726f7570");
    check(request.extensions,
          "301b0603551d110414301282107777772e6d795365727665722e636f6d300e0603"
          "551d0f0101ff040403020388");
    assert_int_equal(request.key_type, LWCMP_RSA_2048);
}

static void test_lcp_4_3_3_03_parts(void **state)
{
    static const struct {
        const char *what, *hex;
        bool own; /* the subject stays */
        const char *subject, *extensions;
    } cases[] = {
        {"nothing", "30023000", false, "", ""},
        {"an empty subject", "30063004a5023000", true, "", ""},
        {"a subject whose only part cannot be filled",
         "3011300fa50d300b3109300706035504061300", false, "", ""},
        {"its kind of string stays", "3011300fa50d300b3109300706035504031300",
         false, "3011310f300d06035504031306646576696365", ""},
        {"by the first value", "3011300fa50d300b3109300706035504051300", false,
         "300f310d300b0603550405130434373131", ""},
        {"two in one part, one to fill",
         "301a3018a51630143112300706035504030c00300706035504061300", false,
         "3011310f300d06035504030c06646576696365", ""},
        {"a critical one to fill", "3010300ea90c300a0603551d250101ff0400",
         false, "", "30160603551d250101ff040c300a06082b06010505070302"},
        {"an empty one that nobody fills", "300d300ba90930070603551d0f0400",
         false, "", ""},
        {"names, none to fill",
         "30153013a911300f0603551d11040830068200a4023000", false, "", ""},
        {"a name that is there, one to fill",
         "30233021a91f301d0603551d110416301482008700a40e300c310a300806035504030"
         "c0178",
         false, "",
         "301f0603551d11041830168704c0000201a40e300c310a300806035504030c0178"},
        {"an extension that nobody knows",
         "30163014a912300806022a0304020500300606022a040400", false, "",
         "300806022a0304020500"},
    };
    static const struct lwcmp_bytes own = TEXT("\x30\x00");

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct lwcmp_request request = {.subject = own, .extensions = own};
        int err = apply(cases[i].hex, COUNT(all), sizeof room, &request);

        vectors_at("%s", cases[i].what);
        CHECK_INT(err, 0);
        CHECK((request.subject.p == own.p) == cases[i].own);
        if (!cases[i].own) {
            check(request.subject, cases[i].subject);
        }
        check(request.extensions, cases[i].extensions);
    }
}

/* The request stays as it was. */
static void test_errors(void **state)
{
    static const struct {
        const char *what, *hex;
        int err;
    } cases[] = {
        {"names that are no SEQUENCE", "3010300ea90c300a0603551d1104030c0161",
         LWCMP_ERR_SYNTAX},
        {"a name that is none", "3011300fa90d300b0603551d11040430028205",
         LWCMP_ERR_SYNTAX},
        {"an octet behind a name", "30123010a90e300c0603551d1104053003820000",
         LWCMP_ERR_SYNTAX},
        {"two rows of names", "30133011a90f300d0603551d110406300282003000",
         LWCMP_ERR_SYNTAX},
        {"a key of 1024 bits", "301530003011300f06092b060105050705010c02020400",
         LWCMP_ERR_ALGORITHM},
    };
    static const uint8_t own[] = {0x30, 0};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct lwcmp_request request = {.subject = {own, sizeof own}};
        int err = apply(cases[i].hex, COUNT(all), sizeof room, &request);

        vectors_at("%s", cases[i].what);
        CHECK_INT(err, cases[i].err);
        CHECK(request.subject.p == own);
        CHECK(request.extensions.p == NULL);
    }
}

/* Not one octet behind the room. */
static void test_room(void **state)
{
    size_t n = 54 + 72;

    (void)state;
    for (size_t size = 0; size <= n; size++) {
        struct lwcmp_request request = {.operation = LWCMP_IR};
        int err;

        memset(room, 0xee, sizeof room);
        err = apply(EXAMPLE, COUNT(all), size, &request);
        CHECK_INT(err, size < n ? LWCMP_ERR_BUFFER : 0);
        CHECK_INT(room[size], 0xee);
        CHECK((request.subject.p != NULL) == (size == n));
    }
}

/* Without a template everything stays. */
static void test_lcp_4_3_3_02_absent(void **state)
{
    static const uint8_t own[] = {0x30, 0};
    struct lwcmp_request request = {
        .subject = {own, sizeof own},
        .extensions = {own, sizeof own},
        .key_type = LWCMP_RSA_4096,
    };

    (void)state;
    assert_int_equal(apply("", COUNT(all), sizeof room, &request), 0);
    assert_ptr_equal(request.subject.p, own);
    assert_ptr_equal(request.extensions.p, own);
    assert_int_equal(request.key_type, LWCMP_RSA_4096);
}

/*
 * The first that may be used, where the wanted one may not. RSA 2048 may, by
 * RSASSA-PSS as well.
 */
static void test_lcp_4_3_3_06_key(void **state)
{
    struct lwcmp_request request = {.key_type = LWCMP_RSA_4096};

    (void)state;
    assert_int_equal(apply(EXAMPLE, 0, sizeof room, &request), 0);
    assert_int_equal(request.key_type, LWCMP_EC_P256);
    request.key_type = LWCMP_RSA_PSS_2048;
    assert_int_equal(apply(EXAMPLE, 0, sizeof room, &request), 0);
    assert_int_equal(request.key_type, LWCMP_RSA_PSS_2048);
}

/* P-384 and RSA 3072; signatures by RSASSA-PSS are by the same keys. */
static void test_lcp_4_3_3_06_keys(void **state)
{
    static const char hex[] =
        "303430003030301d06092b060105050705010b301006072a8648ce3d020106052b8104"
        "0022300f06092b060105050705010c02020c00";
    static const struct {
        enum lwcmp_key_type wanted, due;
    } cases[] = {
        {LWCMP_EC_P256, LWCMP_EC_P384},
        {LWCMP_EC_P384, LWCMP_EC_P384},
        {LWCMP_RSA_2048, LWCMP_EC_P384},
        {LWCMP_RSA_3072, LWCMP_RSA_3072},
        {LWCMP_RSA_PSS_2048, LWCMP_EC_P384},
        {LWCMP_RSA_PSS_3072, LWCMP_RSA_PSS_3072},
        {LWCMP_RSA_PSS_4096, LWCMP_EC_P384},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct lwcmp_request request = {.key_type = cases[i].wanted};

        CHECK_INT(apply(hex, 0, sizeof room, &request), 0);
        CHECK_INT(request.key_type, cases[i].due);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lcp_4_3_3_03_filled),
        cmocka_unit_test(test_lcp_4_3_3_04_left_out),
        cmocka_unit_test(test_lcp_4_3_3_03_parts),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_room),
        cmocka_unit_test(test_lcp_4_3_3_02_absent),
        cmocka_unit_test(test_lcp_4_3_3_06_key),
        cmocka_unit_test(test_lcp_4_3_3_06_keys),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else
#include "absent.h"
#endif
