/* SPDX-License-Identifier: Apache-2.0 */
/* src/bytes.c */
#include "vectors.h"

#include "bytes.h"

static void test_equal(void **state)
{
    static const struct {
        const char *a, *b;
        bool equal;
    } rows[] = {
        {"", "", true},          {"00", "00", true},
        {"0102", "0102", true},  {"0102", "0103", false},
        {"0102", "0202", false}, {"0102", "01", false},
        {"01", "0102", false},   {"", "00", false},
        {"00", "", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lwcmp_bytes a = vectors_hex(rows[i].a);
        struct lwcmp_bytes b = vectors_hex(rows[i].b);

        vectors_at("'%s' and '%s'", rows[i].a, rows[i].b);
        CHECK(lwcmp_bytes_equal(&a, &b) == rows[i].equal);
        vectors_free(a);
        vectors_free(b);
    }
}

static void test_equal_absent(void **state)
{
    const struct lwcmp_bytes absent = {NULL, 0};
    const struct lwcmp_bytes empty = {(const uint8_t *)"", 0};
    const struct lwcmp_bytes zero = {(const uint8_t *)"", 1};

    (void)state;
    assert_true(lwcmp_bytes_equal(&absent, &absent));
    assert_true(lwcmp_bytes_equal(&absent, &empty));
    assert_false(lwcmp_bytes_equal(&absent, &zero));
    assert_false(lwcmp_bytes_equal(&zero, &absent));
}

/* All that was asked for, and no byte beside it. */
static void test_wipe(void **state)
{
    uint8_t p[18];

    (void)state;
    for (size_t n = 0; n <= 16; n++) {
        memset(p, 0xaa, sizeof p);
        lwcmp_wipe(p + 1, n);
        for (size_t i = 0; i < sizeof p; i++) {
            vectors_at("byte %u of %u", (unsigned)i, (unsigned)n);
            CHECK_INT(p[i], i >= 1 && i <= n ? 0 : 0xaa);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equal),
        cmocka_unit_test(test_equal_absent),
        cmocka_unit_test(test_wipe),
    };

    return cmocka_run_group_tests_name("bytes", tests, NULL, NULL);
}
