/* SPDX-License-Identifier: Apache-2.0 */
/* tools/lwcmp/san.c, key_usage.c, list.c */
#include "complaint.h"

#include "extensions.h"

#define SAN "0603551d11"
#define KEY_USAGE "0603551d0f0101ff"
#define EXT_KEY_USAGE "0603551d25"

static struct lwcmp_cli_list list_of(const char *a, const char *b)
{
    struct lwcmp_cli_list list = {{a, b}, b ? 2 : 1};

    return list;
}

static const struct {
    const char *first, *second;
    bool critical;
    const char *hex;
} sans[] = {
    {"dns:a.b", NULL, false,
     "300e" SAN "0407"
     "3005"
     "8203612e62"},
    {"DNS:a.b", NULL, false,
     "300e" SAN "0407"
     "3005"
     "8203612e62"},
    {"a.b", NULL, false,
     "300e" SAN "0407"
     "3005"
     "8203612e62"},
    {"a.b", NULL, true,
     "3011" SAN "0101ff"
     "0407"
     "3005"
     "8203612e62"},
    {"*.b", NULL, false,
     "300e" SAN "0407"
     "3005"
     "82032a2e62"},
    {"ip:1.2.3.4", NULL, false,
     "300f" SAN "0408"
     "3006"
     "870401020304"},
    {"1.2.3.4", NULL, false,
     "300f" SAN "0408"
     "3006"
     "870401020304"},
    {"ip:2001:db8::1", NULL, false,
     "301b" SAN "0414"
     "3012"
     "871020010db8000000000000000000000001"},
    {"2001:db8::1", NULL, false,
     "301b" SAN "0414"
     "3012"
     "871020010db8000000000000000000000001"},
    {"email:a@b", NULL, false,
     "300e" SAN "0407"
     "3005"
     "8103614062"},
    {"a@b", NULL, false,
     "300e" SAN "0407"
     "3005"
     "8103614062"},
    {"uri:urn:x", NULL, false,
     "3010" SAN "0409"
     "3007"
     "860575726e3a78"},
    {"x://y", NULL, false,
     "3010" SAN "0409"
     "3007"
     "8605783a2f2f79"},
    {"a, b", NULL, false,
     "300f" SAN "0408"
     "3006"
     "820161"
     "820162"},
    {"a", "b", false,
     "300f" SAN "0408"
     "3006"
     "820161"
     "820162"},
};

static const char *const bad_sans[] = {
    "",    "a,",      ",a",    "dns:",         "ip:a",  "ip:1.2.3",
    "ip:", "email:a", "uri:a", "a b",          "a\x01", "\xc3\xa4",
    ".a",  "a..b",    "x:y",   "ip:1.2.3.4/8",
};

static void test_san(void **state)
{
    uint8_t room[LWCMP_CLI_EXTENSIONS_MAX];
    struct lwcmp_cli_list list;
    struct lwcmp_der_out o;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(sans) / sizeof(sans[0]); i++) {
        list = list_of(sans[i].first, sans[i].second);
        lwcmp_der_out_init(&o, room, sizeof(room));
        assert_int_equal(lwcmp_cli_san_put(&o, &list, sans[i].critical), 0);
        assert_hex(o.p, o.n, sans[i].hex);
    }
    for (i = 0; i < sizeof(bad_sans) / sizeof(bad_sans[0]); i++) {
        list = list_of(bad_sans[i], NULL);
        lwcmp_der_out_init(&o, room, sizeof(room));
        assert_int_equal(lwcmp_cli_san_put(&o, &list, false), LWCMP_EXIT_USAGE);
        assert_complaint("--san");
    }
}

struct row {
    const char *text, *hex; /* NULL: not taken */
};

static void check_rows(int (*put)(struct lwcmp_der_out *o,
                                  const struct lwcmp_cli_list *list),
                       const char *option, const struct row *rows, size_t n)
{
    uint8_t room[LWCMP_CLI_EXTENSIONS_MAX];
    struct lwcmp_cli_list list;
    struct lwcmp_der_out o;
    size_t i;
    int code;

    for (i = 0; i < n; i++) {
        list = list_of(rows[i].text, NULL);
        lwcmp_der_out_init(&o, room, sizeof(room));
        code = put(&o, &list);
        if (rows[i].hex) {
            assert_int_equal(code, 0);
            assert_hex(o.p, o.n, rows[i].hex);
        } else {
            assert_int_equal(code, LWCMP_EXIT_USAGE);
            assert_complaint(option);
        }
    }
}

static const struct row key_usages[] = {
    {"digitalSignature", "300e" KEY_USAGE "0404"
                         "03020780"},
    {"DIGITALSIGNATURE", "300e" KEY_USAGE "0404"
                         "03020780"},
    {"nonRepudiation", "300e" KEY_USAGE "0404"
                       "03020640"},
    {"contentCommitment", "300e" KEY_USAGE "0404"
                          "03020640"},
    {"keyEncipherment", "300e" KEY_USAGE "0404"
                        "03020520"},
    {"dataEncipherment", "300e" KEY_USAGE "0404"
                         "03020410"},
    {"keyAgreement", "300e" KEY_USAGE "0404"
                     "03020308"},
    {"keyCertSign", "300e" KEY_USAGE "0404"
                    "03020204"},
    {"cRLSign", "300e" KEY_USAGE "0404"
                "03020102"},
    {"encipherOnly", "300e" KEY_USAGE "0404"
                     "03020001"},
    {"decipherOnly", "300f" KEY_USAGE "0405"
                     "0303070080"},
    {"keyAgreement,digitalSignature", "300e" KEY_USAGE "0404"
                                      "03020388"},
    {"digitalSignature,decipherOnly", "300f" KEY_USAGE "0405"
                                      "0303078080"},
    {"digitalSignatur", NULL},
    {"digitalSignature,", NULL},
};

static void test_key_usage(void **state)
{
    (void)state;
    check_rows(lwcmp_cli_key_usage_put, "--key-usage", key_usages,
               sizeof(key_usages) / sizeof(key_usages[0]));
}

static const struct row purposes[] = {
    {"clientAuth", "3013" EXT_KEY_USAGE "040c"
                   "300a"
                   "06082b06010505070302"},
    {"1.3.6.1.5.5.7.3.2", "3013" EXT_KEY_USAGE "040c"
                          "300a"
                          "06082b06010505070302"},
    {"cmcRA,1.2.3", "3017" EXT_KEY_USAGE "0410"
                    "300e"
                    "06082b0601050507031c"
                    "06022a03"},
    {"clientAut", NULL},
    {"1.2.3.", NULL},
    {"clientAuth,,serverAuth", NULL},
};

static void test_ext_key_usage(void **state)
{
    (void)state;
    check_rows(lwcmp_cli_ext_key_usage_put, "--ext-key-usage", purposes,
               sizeof(purposes) / sizeof(purposes[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_san),
        cmocka_unit_test(test_key_usage),
        cmocka_unit_test(test_ext_key_usage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
