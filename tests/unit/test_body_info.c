/* SPDX-License-Identifier: Apache-2.0 */
#include "body_info.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#if LWCMP_WITH_GENM
/* id-it n, and one of another arc (id-kp-cmcCA). */
#define ID_IT(n)                                    \
    {                                               \
        0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x04, n \
    }
#define TYPE(...)                                        \
    (&(struct lwcmp_bytes){(const uint8_t[])__VA_ARGS__, \
                           sizeof((const uint8_t[])__VA_ARGS__)})

static const uint8_t ca_certs[] = {0x30, 0x0e, 0x30, 0x0c, 0x06, 0x08,
                                   0x2b, 0x06, 0x01, 0x05, 0x05, 0x07,
                                   0x04, 0x11, 0x30, 0x00};

static int read(const uint8_t *p, size_t n, uint8_t asked,
                struct lwcmp_bytes *value)
{
    const uint8_t oid[] = ID_IT(asked);
    const struct lwcmp_bytes content = {p, n};
    const struct lwcmp_bytes type = {oid, sizeof oid};

    return lwcmp_body_info_read(&content, &type, value);
}

static void test_lcp_4_3_01_one_question(void **state)
{
    static const uint8_t expected[] = {0x30, 0x0c, 0x30, 0x0a, 0x06,
                                       0x08, 0x2b, 0x06, 0x01, 0x05,
                                       0x05, 0x07, 0x04, 0x11};
    static const uint8_t null[] = {0x05, 0x00};
    struct lwcmp_bytes value = {NULL, 0};
    struct lwcmp_der_out o;
    uint8_t p[64];

    (void)state;
    lwcmp_der_out_init(&o, p, sizeof p);
    lwcmp_body_info_put(&o, TYPE(ID_IT(17)), &value);
    assert_int_equal(o.err, 0);
    assert_int_equal(o.n, sizeof expected);
    assert_memory_equal(p, expected, sizeof expected);

    value = (struct lwcmp_bytes){null, sizeof null};
    lwcmp_der_out_init(&o, p, sizeof p);
    lwcmp_body_info_put(&o, TYPE(ID_IT(17)), &value);
    assert_int_equal(o.n, sizeof expected + 2);
    assert_int_equal(p[1], 0x0e);
    assert_memory_equal(p + sizeof expected, null, sizeof null);
}

static void test_lcp_4_3_02_one_answer(void **state)
{
    struct lwcmp_bytes value;

    (void)state;
    assert_int_equal(read(ca_certs, sizeof ca_certs, 17, &value), 0);
    assert_int_equal(value.n, 2);
    assert_ptr_equal(value.p, ca_certs + 14);
}

static void test_lcp_4_3_02_no_value_is_no_error(void **state)
{
    static const uint8_t nothing[] = {0x30, 0x0c, 0x30, 0x0a, 0x06, 0x08, 0x2b,
                                      0x06, 0x01, 0x05, 0x05, 0x07, 0x04, 0x11};
    struct lwcmp_bytes value;

    (void)state;
    assert_int_equal(read(nothing, sizeof nothing, 17, &value), 0);
    assert_int_equal(value.n, 0);
}

/* The number of the answer is another where RFC 9483 says so. */
static void test_lcp_4_3_2_02_lcp_4_3_4_01_answer_has_its_number(void **state)
{
    static const uint8_t pairs[][2] = {{10, 11}, {17, 17}, {19, 19},
                                       {20, 18}, {22, 23}, {6, 6}};
    uint8_t p[sizeof ca_certs];
    struct lwcmp_bytes value;

    (void)state;
    memcpy(p, ca_certs, sizeof p);
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        for (uint8_t n = 1; n < 30; n++) {
            p[13] = n;
            assert_int_equal(read(p, sizeof p, pairs[i][0], &value),
                             n == pairs[i][1] ? 0 : LWCMP_ERR_INFO);
        }
    }
}

static void test_lcp_4_3_02_one_answer_and_no_more(void **state)
{
    static const uint8_t none[] = {0x30, 0x00};
    uint8_t more[sizeof ca_certs + 1] = {0};
    uint8_t two[2 + 2 * 14] = {0x30, 2 * 14};
    struct lwcmp_bytes value = {NULL, 0};

    (void)state;
    memcpy(two + 2, ca_certs + 2, 14);
    memcpy(two + 16, ca_certs + 2, 14);
    assert_int_equal(read(two, sizeof two, 17, &value), LWCMP_ERR_INFO);
    assert_int_equal(value.n, 0);
    assert_int_equal(read(none, sizeof none, 17, &value), LWCMP_ERR_INFO);
    memcpy(more, ca_certs, sizeof ca_certs);
    more[1]++;
    assert_int_equal(read(more, sizeof more, 17, &value), LWCMP_ERR_INFO);
}

static void test_other_arc(void **state)
{
    static const uint8_t cmc[] = {0x30, 0x0c, 0x30, 0x0a, 0x06, 0x08, 0x2b,
                                  0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x11};
    const struct lwcmp_bytes content = {cmc, sizeof cmc};
    const struct lwcmp_bytes same = {cmc + 6, 8};
    struct lwcmp_bytes value;

    (void)state;
    assert_int_equal(read(cmc, sizeof cmc, 17, &value), LWCMP_ERR_INFO);
    assert_int_equal(lwcmp_body_info_read(&content, &same, &value), 0);
}

/* Each shorter one, and one with a byte behind it. */
static void test_lcp_3_5_01_cut_short(void **state)
{
    uint8_t longer[sizeof ca_certs + 1] = {0};
    struct lwcmp_bytes value;

    (void)state;
    for (size_t n = 0; n < sizeof ca_certs; n++) {
        uint8_t *p = malloc(n + 1);

        assert_non_null(p);
        memcpy(p, ca_certs, n);
        assert_int_equal(read(p, n, 17, &value), LWCMP_ERR_SYNTAX);
        free(p);
    }
    memcpy(longer, ca_certs, sizeof ca_certs);
    assert_int_equal(read(longer, sizeof longer, 17, &value), LWCMP_ERR_SYNTAX);
}

static void test_http_10_labels(void **state)
{
    (void)state;
    assert_string_equal(lwcmp_body_info_label(TYPE(ID_IT(17))), "getcacerts");
    assert_string_equal(lwcmp_body_info_label(TYPE(ID_IT(20))),
                        "getrootupdate");
    assert_string_equal(lwcmp_body_info_label(TYPE(ID_IT(19))),
                        "getcertreqtemplate");
    assert_string_equal(lwcmp_body_info_label(TYPE(ID_IT(22))), "getcrls");
    assert_string_equal(lwcmp_body_info_label(TYPE(ID_IT(6))), "");
    assert_string_equal(lwcmp_body_info_label(TYPE({0x2a})), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lcp_4_3_01_one_question),
        cmocka_unit_test(test_lcp_4_3_02_one_answer),
        cmocka_unit_test(test_lcp_4_3_02_no_value_is_no_error),
        cmocka_unit_test(test_lcp_4_3_2_02_lcp_4_3_4_01_answer_has_its_number),
        cmocka_unit_test(test_lcp_4_3_02_one_answer_and_no_more),
        cmocka_unit_test(test_other_arc),
        cmocka_unit_test(test_lcp_3_5_01_cut_short),
        cmocka_unit_test(test_http_10_labels),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "absent.h" /* no general messages */
#endif
