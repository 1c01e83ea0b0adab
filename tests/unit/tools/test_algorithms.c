/* SPDX-License-Identifier: Apache-2.0 */
/* tools/lwcmp/algorithms.c */
#include "complaint.h"

#include "algorithms.h"

static void test_nothing(void **state)
{
    struct lwcmp_cli_options o = {0};
    struct lwcmp_algorithms algorithms = {0};

    (void)state;
    assert_int_equal(lwcmp_cli_algorithms_read(&o), 0);
    assert_int_equal(o.key_type, LWCMP_EC_P256);
    assert_int_equal(o.rsa_hash, LWCMP_HASH_NONE);
    assert_int_equal(o.mac_hash, LWCMP_HASH_NONE);
    lwcmp_cli_algorithms_wish(&o, &algorithms);
}

static void test_key_types(void **state)
{
    static const struct {
        const char *text;
        enum lwcmp_key_type type;
    } rows[] = {
        {"p256", LWCMP_EC_P256},     {"P384", LWCMP_EC_P384},
        {"p521", LWCMP_EC_P521},     {"rsa2048", LWCMP_RSA_2048},
        {"RSA3072", LWCMP_RSA_3072}, {"rsa4096", LWCMP_RSA_4096},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct lwcmp_cli_options o = {.keytype = rows[i].text};

        assert_int_equal(lwcmp_cli_algorithms_read(&o), 0);
        assert_int_equal(o.key_type, rows[i].type);
    }
}

static void test_pss(void **state)
{
    struct lwcmp_cli_options o = {.keytype = "rsa3072", .rsa_pss = true};
    struct lwcmp_cli_options ec = {.keytype = "p521", .rsa_pss = true};

    (void)state;
    assert_int_equal(lwcmp_cli_key_use(&ec), LWCMP_CLI_KEY_PSS);
    assert_int_equal(lwcmp_cli_algorithms_read(&o), 0);
    assert_int_equal(o.key_type, LWCMP_RSA_PSS_3072);
    assert_int_equal(lwcmp_cli_algorithms_read(&ec), 0);
    assert_int_equal(ec.key_type, LWCMP_EC_P521);
    ec.rsa_pss = false;
    assert_int_equal(lwcmp_cli_key_use(&ec), LWCMP_CLI_KEY_SIGN);
}

static void test_hashes(void **state)
{
    static const struct {
        const char *text;
        enum lwcmp_hash hash;
    } rows[] = {
        {"sha256", LWCMP_HASH_NONE},
        {"SHA384", LWCMP_SHA384},
        {"sha512", LWCMP_SHA512},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct lwcmp_cli_options rsa = {.rsa_hash_text = rows[i].text};
        struct lwcmp_cli_options mac = {.mac_hash_text = rows[i].text};

        assert_int_equal(lwcmp_cli_algorithms_read(&rsa), 0);
        assert_int_equal(rsa.rsa_hash, rows[i].hash);
        assert_int_equal(rsa.mac_hash, LWCMP_HASH_NONE);
        assert_int_equal(lwcmp_cli_algorithms_read(&mac), 0);
        assert_int_equal(mac.mac_hash, rows[i].hash);
        assert_int_equal(mac.rsa_hash, LWCMP_HASH_NONE);
    }
}

static void test_unknown(void **state)
{
    struct lwcmp_cli_options key = {.keytype = "p224"};
    struct lwcmp_cli_options rsa = {.rsa_hash_text = "sha1"};
    struct lwcmp_cli_options mac = {.mac_hash_text = "md5"};

    (void)state;
    assert_int_equal(lwcmp_cli_algorithms_read(&key), LWCMP_EXIT_USAGE);
    assert_complaint("p521");
    assert_int_equal(lwcmp_cli_algorithms_read(&rsa), LWCMP_EXIT_USAGE);
    assert_complaint("--rsa-hash is sha256");
    assert_int_equal(lwcmp_cli_algorithms_read(&mac), LWCMP_EXIT_USAGE);
    assert_complaint("--mac-hash is sha256");
}

#if LWCMP_WITH_PSS && LWCMP_WITH_MAC_HASH
static void test_wish(void **state)
{
    const struct lwcmp_cli_options o = {.rsa_hash = LWCMP_SHA384,
                                        .mac_hash = LWCMP_SHA512};
    struct lwcmp_algorithms algorithms = {0};

    (void)state;
    lwcmp_cli_algorithms_wish(&o, &algorithms);
    assert_int_equal(algorithms.rsa_hash, LWCMP_SHA384);
    assert_int_equal(algorithms.mac_hash, LWCMP_SHA512);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_key_types),
        cmocka_unit_test(test_pss),
        cmocka_unit_test(test_hashes),
        cmocka_unit_test(test_unknown),
#if LWCMP_WITH_PSS && LWCMP_WITH_MAC_HASH
        cmocka_unit_test(test_wish),
#endif
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
