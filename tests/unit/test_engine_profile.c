/* SPDX-License-Identifier: Apache-2.0 */
/* The certificate profile in the header: in requests and nowhere else. */
#include "engine_device.h"

#if LWCMP_WITH_CERT_PROFILE && LWCMP_WITH_GENM

#define NAME(s)                             \
    {                                       \
        (const uint8_t *)(s), sizeof(s) - 1 \
    }

/* certProfile with "door". */
static const uint8_t info[] = {0x30, 0x12, 0x06, 0x08, 0x2b, 0x06, 0x01,
                               0x05, 0x05, 0x07, 0x04, 0x15, 0x30, 0x06,
                               0x0c, 0x04, 'd',  'o',  'o',  'r'};

static void check_profile(unsigned i)
{
    struct lwcmp_bytes is = device_sent(&d, i).general_info;

    assert_int_equal(is.n, sizeof info);
    assert_memory_equal(is.p, info, sizeof info);
}

static int set_up_profile(void **state)
{
    (void)set_up(state);
    d.request.profile = (struct lwcmp_bytes)NAME("door");
    return 0;
}

static void check_nowhere_else(void)
{
    check_profile(0);
    for (unsigned i = 1; i < d.exchanges; i++) {
        assert_null(device_sent(&d, i).general_info.p);
    }
}

static void test_lcp_4_1_02_ir(void **state)
{
    (void)state;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.exchanges, 2);
    assert_int_equal(device_sent(&d, 1).type, LWCMP_BODY_CERTCONF);
    check_nowhere_else();
}

static void test_lcp_3_1_26_not_in_poll_req(void **state)
{
    (void)state;
    d.peer.waits = true;
    d.peer.polls = 1;
    d.peer.check_after = 60;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 1).type, LWCMP_BODY_POLLREQ);
    check_nowhere_else();
}

static void test_lcp_3_1_26_kur(void **state)
{
    (void)state;
    device_enrol(&d);
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_KUR);
    check_nowhere_else();
}

static void test_beside_implicit_confirm(void **state)
{
    (void)state;
    d.config.implicit_confirm = true;
    d.peer.implicit = true;
    assert_int_equal(device_run(&d), 0);
    assert_true(device_sent(&d, 0).implicit_confirm);
    assert_int_equal(device_sent(&d, 0).general_info.n, 14 + sizeof info);
    assert_memory_equal(device_sent(&d, 0).general_info.p + 14, info,
                        sizeof info);
}

/* What waits was asked for with another profile. */
static void test_another_profile_asks_anew(void **state)
{
    static const struct lwcmp_bytes names[] = {NAME("door"), NAME("gate")};

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        (void)tear_down(state);
        (void)set_up_profile(state);
        d.peer.waits = true;
        d.peer.polls = 1;
        d.off_at = 1;
        (void)device_run(&d);
        d.off_at = 0;
        d.resume = true;
        d.peer.waits = false;
        d.request.profile = names[i];
        (void)device_run(&d);
        assert_int_equal(device_sent(&d, 0).type,
                         i == 0 ? LWCMP_BODY_POLLREQ : LWCMP_BODY_IR);
    }
}

static int begin_genm(uint8_t number)
{
    static uint8_t type[] = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x04, 0};

    type[7] = number;
    d.request = (struct lwcmp_request){
        .operation = LWCMP_GENM,
        .info_type = {type, sizeof type},
        .profile = NAME("door"),
    };
    return lwcmp_begin(&d.c, &d.config, &d.request);
}

static void test_lcp_3_1_26_genm_for_a_template(void **state)
{
    static const uint8_t genp[] = {0x30, 0x0c, 0x30, 0x0a, 0x06, 0x08, 0x2b,
                                   0x06, 0x01, 0x05, 0x05, 0x07, 0x04, 0x13};

    (void)state;
    assert_int_equal(begin_genm(17), LWCMP_ERR_CONFIG);
    assert_int_equal(begin_genm(20), LWCMP_ERR_CONFIG);
    assert_int_equal(begin_genm(19), 0);
    d.peer.reply = (struct lwcmp_bytes){genp, sizeof genp};
    d.peer.waits = true;
    d.peer.polls = 1;
    d.peer.check_after = 60;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 1).type, LWCMP_BODY_POLLREQ);
    check_nowhere_else();
    assert_int_equal(lwcmp_info(&d.c).n, 0);
}

#define PROFILE(f) cmocka_unit_test_setup_teardown(f, set_up_profile, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PROFILE(test_lcp_4_1_02_ir),
        PROFILE(test_lcp_3_1_26_not_in_poll_req),
        PROFILE(test_lcp_3_1_26_kur),
        PROFILE(test_beside_implicit_confirm),
        PROFILE(test_another_profile_asks_anew),
        PROFILE(test_lcp_3_1_26_genm_for_a_template),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else
#include "absent.h"
#endif
