/* SPDX-License-Identifier: Apache-2.0 */
#include "anchors_fixture.h"

#include "lwcmp/general.h"

#if LWCMP_WITH_GENM

static int read_update(const char *hex, struct lwcmp_root_update *update)
{
    struct lwcmp_bytes value = vectors_hex(hex);
    int err = lwcmp_root_update_read(value, update);

    vectors_at("%s", hex);
    vectors_free(value);
    return err;
}

/* newWithNew, newWithOld, oldWithNew: not as in CAKeyUpdAnnContent. */
static void test_cmp_5_3_19_15_order(void **state)
{
    struct lwcmp_bytes value = vectors_hex("300e30020a00a0023000a10430020c00");
    struct lwcmp_root_update update;

    (void)state;
    assert_int_equal(lwcmp_root_update_read(value, &update), 0);
    CHECK_PLACE(value, update.new_with_new, "2:4");
    CHECK_PLACE(value, update.new_with_old, "8:2");
    CHECK_PLACE(value, update.old_with_new, "12:4");
    vectors_free(value);
}

static void test_lcp_4_3_2_02_lcp_4_3_2_04_what_is_no_update(void **state)
{
    static const struct {
        const char *hex;
        int err;
    } cases[] = {
        {"", 0},
        {"30063000a0023000", 0},
        {"30023000", LWCMP_ERR_INFO},
        {"30063000a1023000", LWCMP_ERR_INFO},
        {"3000", LWCMP_ERR_SYNTAX},
        {"3006a00230003000", LWCMP_ERR_SYNTAX},
        {"300a3000a1023000a0023000", LWCMP_ERR_SYNTAX},
        {"300a3000a0023000a2023000", LWCMP_ERR_SYNTAX},
        {"30063000a0020500", LWCMP_ERR_SYNTAX},
        {"30083000a00430003000", LWCMP_ERR_SYNTAX},
        {"3006300030003000", LWCMP_ERR_SYNTAX},
        {"30063000a002300000", LWCMP_ERR_SYNTAX},
        {"0c026e6f", LWCMP_ERR_SYNTAX},
    };
    struct lwcmp_root_update update;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        CHECK_INT(read_update(cases[i].hex, &update), cases[i].err);
    }
}

/* RootCaKeyUpdateContent of certificates of these letters, kept or not. */
static int keep(char new_with_new, char new_with_old)
{
    static uint8_t room[2048];
    const struct lwcmp_bytes *a = &certificate[(unsigned char)new_with_new];
    const struct lwcmp_bytes *b = &certificate[(unsigned char)new_with_old];
    struct lwcmp_der_out o;

    lwcmp_der_out_init(&o, room, sizeof room);
    lwcmp_der_open_sequence(&o);
    lwcmp_der_put_raw(&o, a->p, a->n);
    lwcmp_der_put(&o, LWCMP_DER_CTX(0), b->p, b->n);
    lwcmp_der_close(&o);
    assert_int_equal(o.err, 0);
    return lwcmp_root_update_keep((struct lwcmp_bytes){room, o.n}, &anchors);
}

static void test_lcp_4_3_2_03_kept(void **state)
{
    (void)state;
    set("o", "");
    assert_int_equal(keep('n', 'l'), 0);
    check_learned("on");
    check_asked(0, 'n', 'l');
    check_asked(1, 'l', 'o');
}

static void test_lcp_4_3_2_03_not_kept(void **state)
{
    const struct lwcmp_bytes absent = {NULL, 0};
    const struct lwcmp_bytes null = {(const uint8_t *)"\x05\x00", 2};

    (void)state;
    set("o", "");
    assert_int_equal(lwcmp_root_update_keep(absent, &anchors), 0);
    assert_int_equal(lwcmp_root_update_keep(null, &anchors), LWCMP_ERR_SYNTAX);
    assert_int_equal(keep('n', 'x'), LWCMP_ERR_CERT_KEY);
    provider.says[1] = LWCMP_ERR_UNTRUSTED;
    assert_int_equal(keep('n', 'l'), LWCMP_ERR_UNTRUSTED);
    check_learned("o");
    assert_int_equal(ram.writes, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cmp_5_3_19_15_order),
        cmocka_unit_test(test_lcp_4_3_2_02_lcp_4_3_2_04_what_is_no_update),
        cmocka_unit_test_setup_teardown(test_lcp_4_3_2_03_kept, start, stop),
        cmocka_unit_test_setup_teardown(test_lcp_4_3_2_03_not_kept, start,
                                        stop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else
#include "absent.h"
#endif
