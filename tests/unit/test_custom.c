/* SPDX-License-Identifier: Apache-2.0 */
/* src/custom.c */
#include "vectors.h"

#include "custom.h"
#include "sig_toy.h"

#if LWCMP_WITH_CUSTOM_SIG
static const struct lwcmp_algorithms both = {.custom_sigs = sig_toy_table,
                                             .custom_sigs_n = 2};
static const struct lwcmp_config config = {.algorithms = &both};
static const struct lwcmp_config empty;

#define KEY 0xa07

/* Octet by octet, with all parameters. */
static void test_find(void **state)
{
    static const struct {
        const char *hex;
        int which; /* -1: none */
    } rows[] = {
        {"30050603883701", 0},
        {"30050603883702", 1},
        {"30050603883703", -1},
        {"300706038837010500", -1},
        {"3006060488370101", -1},
        {"300506038837", -1},
        {"300a06082a8648ce3d040302", -1},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lwcmp_bytes der = vectors_hex(rows[i].hex);

        vectors_at("row %zu", i);
        CHECK(lwcmp_custom_find(&config, &der) ==
              (rows[i].which < 0 ? NULL : &sig_toy_table[rows[i].which]));
        CHECK(lwcmp_custom_find(&empty, &der) == NULL);
        vectors_free(der);
    }
}

static void test_holder(void **state)
{
    (void)state;
    assert_ptr_equal(lwcmp_custom_holder(&config, KEY), &sig_toy_table[0]);
    assert_null(lwcmp_custom_holder(&config, 0x101));
    assert_null(lwcmp_custom_holder(&empty, KEY));
}

static void test_of_spki(void **state)
{
    uint8_t spki[SIG_TOY_SPKI];
    struct lwcmp_bytes der = sig_toy_spki(KEY, spki);
    struct lwcmp_bytes key = {NULL, 0};

    (void)state;
    assert_ptr_equal(lwcmp_custom_of_spki(&config, &der, &key),
                     &sig_toy_table[0]);
    assert_int_equal(key.n, 5);
    assert_ptr_equal(key.p, der.p + der.n - 5);
    assert_null(lwcmp_custom_of_spki(&empty, &der, &key));
    spki[8] = 2;
    assert_ptr_equal(lwcmp_custom_of_spki(&config, &der, &key),
                     &sig_toy_table[1]);
    spki[8] = 3;
    assert_null(lwcmp_custom_of_spki(&config, &der, &key));
}

/* Unused bits, a prefix, something behind: nobody's. */
static void test_of_spki_refused(void **state)
{
    uint8_t spki[SIG_TOY_SPKI + 1];
    struct lwcmp_bytes der = sig_toy_spki(KEY, spki);
    struct lwcmp_bytes key;

    (void)state;
    for (size_t n = 0; n < der.n; n++) {
        struct lwcmp_bytes prefix = vectors_copy(der.p, n);

        assert_null(lwcmp_custom_of_spki(&config, &prefix, &key));
        vectors_free(prefix);
    }
    der.n++;
    assert_null(lwcmp_custom_of_spki(&config, &der, &key));
    der.n--;
    spki[der.n - 6] = 1;
    assert_null(lwcmp_custom_of_spki(&config, &der, &key));
}

/* A table that is not whole would be called where there is nothing. */
static void test_fits(void **state)
{
    static const uint8_t ecdsa[] = {0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86,
                                    0x48, 0xce, 0x3d, 0x04, 0x03, 0x02};
    struct lwcmp_custom_sig bad[11];
    size_t n = 0;

    (void)state;
    assert_true(lwcmp_custom_fits(&config));
    assert_true(lwcmp_custom_fits(&empty));
    for (size_t i = 0; i < COUNT(bad); i++) {
        bad[i] = sig_toy_table[0];
    }
    bad[n++].holds = NULL;
    bad[n++].public_key = NULL;
    bad[n++].match = NULL;
    bad[n++].sign = NULL;
    bad[n++].verify = NULL;
    bad[n++].hash = LWCMP_HASH_NONE;
    bad[n++].hash = LWCMP_SHA1;
    bad[n++].hash = (enum lwcmp_hash)(LWCMP_SHA512 + 1);
    bad[n++].algorithm.n = 0;
    bad[n++].algorithm.n -= 1;
    bad[n++].algorithm = (struct lwcmp_bytes){ecdsa, sizeof ecdsa};
    assert_int_equal(n, COUNT(bad));
    for (size_t i = 0; i < n; i++) {
        struct lwcmp_custom_sig table[2] = {sig_toy_table[0], bad[i]};
        struct lwcmp_algorithms own = {.custom_sigs = table,
                                       .custom_sigs_n = 2};
        struct lwcmp_config c = {.algorithms = &own};

        vectors_at("row %zu", i);
        CHECK(!lwcmp_custom_fits(&c));
        own.custom_sigs_n = 1;
        CHECK(lwcmp_custom_fits(&c));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_find),    cmocka_unit_test(test_holder),
        cmocka_unit_test(test_of_spki), cmocka_unit_test(test_of_spki_refused),
        cmocka_unit_test(test_fits),
    };

    return cmocka_run_group_tests_name("custom", tests, NULL, NULL);
}
#else
#include "absent.h"
#endif
