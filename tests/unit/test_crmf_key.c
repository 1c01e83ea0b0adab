/* SPDX-License-Identifier: Apache-2.0 */
/* src/crmf_key.c */
#include "vectors.h"

#include "crmf_key.h"
#include "crypto_toy.h"

#if LWCMP_WITH_CMS

static const struct lwcmp_bytes none;

static void put(struct lwcmp_der_out *o, const void *crmf)
{
    static const struct lwcmp_config config;
    struct lwcmp_crmf copy = *(const struct lwcmp_crmf *)crmf;

    lwcmp_crmf_set_config(&copy, &config);
    lwcmp_crmf_put(o, &copy);
}

#define REQUEST(n1, n2, n3, n4, key) \
    "30" n1 "30" n2 "30" n3 "020100" \
    "30" n4 "a5023000" key

/* An algorithm without a key, and no popo */
static void test_lcp_4_1_6_01_lcp_4_1_6_02_central(void **state)
{
    static const uint8_t null_dn[] = {0x30, 0};
    static const struct lwcmp_bytes subject = {null_dn, 2};
    struct lwcmp_crmf crmf = {
        .subject = &subject, .extensions = &none, .central = true};

    (void)state;
    crypto_toy_reset();
    vectors_at("P-256");
    vectors_check_put(put, &crmf,
                      REQUEST("27", "25", "23", "1e",
                              "a618301306072a8648ce3d"
                              "020106082a8648ce3d030107030100"));
    crmf.type = LWCMP_EC_P384;
    vectors_at("P-521");
    crmf.type = LWCMP_EC_P521;
    vectors_check_put(put, &crmf,
                      REQUEST("24", "22", "20", "1b",
                              "a615301006072a8648ce3d"
                              "020106052b81040023030100"));
    crmf.type = LWCMP_EC_P384;
    vectors_at("P-384");
    vectors_check_put(put, &crmf,
                      REQUEST("24", "22", "20", "1b",
                              "a615301006072a8648ce3d"
                              "020106052b81040022030100"));
    crmf.type = LWCMP_RSA_3072;
    vectors_at("RSA");
    vectors_check_put(put, &crmf,
                      REQUEST("21", "1f", "1d", "18",
                              "a612300d06092a864886f7"
                              "0d0101010500030100"));
    assert_int_equal(crypto_toy.calls, 0);
}

/* Nothing is signed */
static void test_cmp_4_3_4_01_encryption_only(void **state)
{
    static const uint8_t null_dn[] = {0x30, 0};
    static const struct lwcmp_bytes subject = {null_dn, 2};
    static const struct {
        enum lwcmp_key_type type;
        uint8_t popo[5];
    } cases[] = {
        {LWCMP_EC_P256, {0xa3, 0x03, 0x81, 0x01, 0x00}},
        {LWCMP_EC_P384, {0xa3, 0x03, 0x81, 0x01, 0x00}},
        {LWCMP_EC_P521, {0xa3, 0x03, 0x81, 0x01, 0x00}},
        {LWCMP_RSA_2048, {0xa2, 0x03, 0x81, 0x01, 0x00}},
        {LWCMP_RSA_4096, {0xa2, 0x03, 0x81, 0x01, 0x00}},
    };
    struct lwcmp_crmf crmf = {.subject = &subject,
                              .extensions = &none,
                              .key = 7,
                              .encryption_only = true};
    uint8_t p[256];
    struct lwcmp_der_out o;

    (void)state;
    crypto_toy_reset();
    crypto_toy_key_set(7, 7);
    for (size_t i = 0; i < COUNT(cases); i++) {
        crmf.type = cases[i].type;
        lwcmp_der_out_init(&o, p, sizeof p);
        put(&o, &crmf);
        assert_int_equal(o.err, 0);
        assert_memory_equal(o.p + o.n - 5, cases[i].popo, 5);
    }
    assert_int_equal(crypto_toy.calls_of[CRYPTO_TOY_SIGN], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lcp_4_1_6_01_lcp_4_1_6_02_central),
        cmocka_unit_test(test_cmp_4_3_4_01_encryption_only),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "absent.h"
#endif
