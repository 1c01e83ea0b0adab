/* SPDX-License-Identifier: Apache-2.0 */
#include "vectors.h"

#include "lwcmp/general.h"

#if LWCMP_WITH_GENM

static int read_hex(const char *hex,
                    int (*read)(struct lwcmp_bytes, struct lwcmp_bytes *),
                    size_t *n)
{
    struct lwcmp_bytes value = vectors_hex(hex);
    struct lwcmp_bytes out;
    int err = read(value, &out);

    vectors_at("%s", hex);
    *n = out.n;
    vectors_free(value);
    return err;
}

static void test_lcp_4_3_1_01_ca_certs(void **state)
{
    static const struct {
        const char *hex;
        int err;
        size_t n;
    } cases[] = {
        {"", 0, 0},
        {"300430003000", 0, 4},
        {"3000", LWCMP_ERR_SYNTAX, 0},
        {"30020500", LWCMP_ERR_SYNTAX, 0},
        {"3004300030", LWCMP_ERR_SYNTAX, 0},
        {"3002300000", LWCMP_ERR_SYNTAX, 0},
        {"0c00", LWCMP_ERR_SYNTAX, 0},
        {"0500", LWCMP_ERR_SYNTAX, 0},
        {"30", LWCMP_ERR_SYNTAX, 0},
    };
    size_t n;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        CHECK_INT(read_hex(cases[i].hex, lwcmp_ca_certs_read, &n),
                  cases[i].err);
        if (cases[i].err == 0) {
            CHECK_INT(n, cases[i].n);
        }
    }
}

static void test_crls_hold_one(void **state)
{
    size_t n;

    (void)state;
    CHECK_INT(read_hex("", lwcmp_crls_read, &n), 0);
    CHECK_INT(n, 0);
    CHECK_INT(read_hex("300430020500", lwcmp_crls_read, &n), 0);
    CHECK_INT(n, 4);
    CHECK_INT(read_hex("300430003000", lwcmp_crls_read, &n), LWCMP_ERR_INFO);
    CHECK_INT(read_hex("3000", lwcmp_crls_read, &n), LWCMP_ERR_SYNTAX);
    CHECK_INT(read_hex("30020500", lwcmp_crls_read, &n), LWCMP_ERR_SYNTAX);
}

static void test_info_types(void **state)
{
    static const uint8_t due[] = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x04, 20};
    const struct lwcmp_bytes type = LWCMP_INFO_ROOT_CA_CERT;

    (void)state;
    assert_int_equal(type.n, sizeof due);
    assert_memory_equal(type.p, due, sizeof due);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lcp_4_3_1_01_ca_certs),
        cmocka_unit_test(test_crls_hold_one),
        cmocka_unit_test(test_info_types),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else
#include "absent.h"
#endif
