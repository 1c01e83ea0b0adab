/* SPDX-License-Identifier: Apache-2.0 */
/* tools/lwcmp/name.c */
#include "complaint.h"

#include "name.h"
#include "stream.h"

#define CN_A "310a300806035504030c0161"

static const struct {
    const char *text, *hex;
} good[] = {
    {"CN=a", "300c" CN_A},
    {"/CN=a", "300c" CN_A},
    {"cn= a ", "300c" CN_A},
    {"C=FI,CN=a", "3019310b3009060355040613024649" CN_A},
    {" C=FI , CN=a", "3019310b3009060355040613024649" CN_A},
    {"/C=FI/CN=a", "3019310b3009060355040613024649" CN_A},
    {"CN=a,C=FI", "3019" CN_A "310b3009060355040613024649"},
    {"CN=a\\,b", "300e310c300a06035504030c03612c62"},
    {"/CN=a,b", "300e310c300a06035504030c03612c62"},
    {"/CN=a\\/b", "300e310c300a06035504030c03612f62"},
    {"CN=a\\2cb", "300e310c300a06035504030c03612c62"},
    {"CN=a\\2Cb", "300e310c300a06035504030c03612c62"},
    {"CN=\\ a\\ ", "300e310c300a06035504030c03206120"},
    {"CN=a=b", "300e310c300a06035504030c03613d62"},
    {"CN=\xc3\xa4", "300d310b300906035504030c02c3a4"},
    {"serialNumber=1", "300c310a30080603550405130131"},
    {"SN=1", "300c310a30080603550405130131"},
    {"DC=example", "30193117301506"
                   "0a0992268993f22c640119"
                   "1607"
                   "6578616d706c65"},
    {"E=a@b", "30143112301006092a864886f70d010901"
              "1603"
              "614062"},
    {"2.5.4.3=a", "300c" CN_A},
    {"1.2.840.113549=a", "300f310d300b06062a864886f70d0c0161"},
};

static const struct {
    const char *text, *word;
} bad[] = {
    {"", "CN=device 1"},
    {"/", "CN=device 1"},
    {"device", "\"device\""},
    {"CN=a,", "\"\""},
    {"CN=a,b", "\"b\""},
    {"CN=a,,O=b", "\"\""},
    {"=a", "\"=a\""},
    {"CN=", "CN is empty"},
    {"CN=  ", "CN is empty"},
    {"X=a", "\"X\""},
    {"CN =a", "\"CN \""},
    {"1=a", "\"1\""},
    {"1.50=a", "\"1.50\""},
    {"C=F", "two letters"},
    {"C=FIN", "two letters"},
    {"C=\xc3\xa4", "letters, digits"},
    {"serialNumber=a_b", "letters, digits"},
    {"DC=\xc3\xa4", "ASCII"},
    {"CN=\xc3", "UTF-8"},
    {"CN=\xed\xa0\x80", "UTF-8"},
    {"CN=a+O=b", "\\+"},
    {"CN=\"a\"", "\\\""},
    {"CN=a\\", "\\\\"},
    {"CN=a123456789a123456789a123456789a123456789a123456789a123456789a1234",
     "too long"},
};

static int encode(const char *text, struct lwcmp_der_out *o, uint8_t *room)
{
    lwcmp_der_out_init(o, room, LWCMP_CLI_NAME_MAX);
    return lwcmp_cli_name_put(o, "--subject", text);
}

static void test_good(void **state)
{
    uint8_t room[LWCMP_CLI_NAME_MAX];
    struct lwcmp_der_out o;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        assert_int_equal(encode(good[i].text, &o, room), 0);
        assert_hex(o.p, o.n, good[i].hex);
    }
}

static void test_bad(void **state)
{
    uint8_t room[LWCMP_CLI_NAME_MAX];
    struct lwcmp_der_out o;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_int_equal(encode(bad[i].text, &o, room), LWCMP_EXIT_USAGE);
        assert_non_null(strstr(complaint, "--subject"));
        assert_complaint(bad[i].word);
    }
}

/* The longest value there is room for, and one more. */
static void test_long(void **state)
{
    uint8_t room[LWCMP_CLI_NAME_MAX];
    struct lwcmp_der_out o;
    char text[300] = "UID=";

    (void)state;
    memset(text + 4, 'a', 255);
    assert_int_equal(encode(text, &o, room), 0);
    text[4 + 255] = 'a';
    assert_int_equal(encode(text, &o, room), LWCMP_EXIT_USAGE);
    assert_complaint("too long");
    text[4 + 256] = 'a';
    assert_int_equal(encode(text, &o, room), LWCMP_EXIT_USAGE);
    assert_complaint("too long");
}

static const struct {
    const char *text, *printed;
} names[] = {
    {"CN=a", "CN=a"},
    {"/C=FI/O=A, B\\+\\\"C\\\\/CN=x=y", "C=FI,O=A\\, B\\+\\\"C\\\\,CN=x=y"},
    {"SN=1,E=a@b,title=t", "serialNumber=1,emailAddress=a@b,title=t"},
    {"CN=\\0a\xe2\x82\xac\\00", "CN=\\x0a\xe2\x82\xac\\x00"},
    {"1.2.840.1=a,2.999=b", "1.2.840.1=a,2.999=b"},
};

static void test_printed(void **state)
{
    uint8_t room[LWCMP_CLI_NAME_MAX];
    struct lwcmp_der_out o;
    FILE *f;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        assert_int_equal(encode(names[i].text, &o, room), 0);
        f = stream_begin();
        lwcmp_cli_name_print(f, (struct lwcmp_bytes){o.p, o.n});
        assert_wrote(f, names[i].printed);
    }
}

/* Two attributes in one set, which we can read but not ask for. */
static void test_printed_set(void **state)
{
    static const uint8_t name[] = {
        0x30, 0x16, 0x31, 0x14, 0x30, 0x08, 0x06, 0x03, 0x55, 0x04, 0x03, 0x0c,
        0x01, 0x61, 0x30, 0x08, 0x06, 0x03, 0x55, 0x04, 0x0b, 0x0c, 0x01, 0x62};
    FILE *f = stream_begin();

    (void)state;
    lwcmp_cli_name_print(f, (struct lwcmp_bytes){name, sizeof(name)});
    assert_wrote(f, "CN=a+OU=b");
}

#define DER(s)                              \
    {                                       \
        (const uint8_t *)(s), sizeof(s) - 1 \
    }
#define PAIR_A "\x30\x08\x06\x03\x55\x04\x03\x0c\x01\x61"
#define PAIR_P "\x30\x08\x06\x03\x55\x04\x03\x13\x01\x61"
#define NAME_A "\x30\x0c\x31\x0a" PAIR_A

/* However the strings are encoded, and only so. */
static void test_same(void **state)
{
    static const struct {
        struct lwcmp_bytes a, b;
        bool same;
    } cases[] = {
        {DER(NAME_A), DER(NAME_A), true},
        {DER(NAME_A), DER("\x30\x0c\x31\x0a" PAIR_P), true},
        {DER(NAME_A),
         DER("\x30\x0c\x31\x0a\x30\x08\x06\x03\x55\x04\x03\x0c\x01\x62"),
         false},
        {DER(NAME_A),
         DER("\x30\x0c\x31\x0a\x30\x08\x06\x03\x55\x04\x04\x0c\x01\x61"),
         false},
        {DER(NAME_A), DER("\x30\x18\x31\x0a" PAIR_A "\x31\x0a" PAIR_A), false},
        {DER(NAME_A), DER("\x30\x16\x31\x14" PAIR_A PAIR_A), false},
        {DER("\x30\x16\x31\x14" PAIR_A PAIR_P),
         DER("\x30\x16\x31\x14" PAIR_A PAIR_A), true},
        {DER(NAME_A), DER("\x30\x00"), false},
        {DER("\x30\x00"), DER("\x30\x00"), true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(lwcmp_cli_name_is_same(cases[i].a, cases[i].b),
                         cases[i].same);
        assert_int_equal(lwcmp_cli_name_is_same(cases[i].b, cases[i].a),
                         cases[i].same);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),        cmocka_unit_test(test_bad),
        cmocka_unit_test(test_long),        cmocka_unit_test(test_printed),
        cmocka_unit_test(test_printed_set), cmocka_unit_test(test_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
