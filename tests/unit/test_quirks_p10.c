/* SPDX-License-Identifier: Apache-2.0 */
/* src/quirks.c, where the caller's PKCS #10 request has gone out. */
#include "lwcmp/quirks.h"

#if LWCMP_WITH_P10CR && LWCMP_WITH_QUIRKS

#include "p10_device.h"
#include "vectors.h"

static void test_lcp_3_5_04_ip_for_p10cr(void **state)
{
    (void)state;
    d.peer.as = LWCMP_BODY_IP;
    assert_int_equal(device_run(&d), LWCMP_ERR_UNEXPECTED);
    d.config.quirks = LWCMP_QUIRK_IP_FOR_CR;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(lwcmp_quirks_used(&d.c), d.config.quirks);
    check_identity(1);
}

/* By the number of such a request, or by 0 where that is allowed. */
static void test_lcp_3_5_08_unprotected_rejection(void **state)
{
    for (unsigned zero = 0; zero < 2; zero++) {
        vectors_at("number 0: %u", zero);
        start_over(state, false);
        d.peer.zero_id = zero;
        d.peer.fault = PEER_UNPROTECTED;
        d.peer.also = PEER_REJECTS;
        d.peer.also_at = 1;
        CHECK_INT(device_run(&d), LWCMP_ERR_UNPROTECTED);
        d.config.quirks = LWCMP_QUIRK_UNPROTECTED_NEGATIVE;
        CHECK_INT(device_run(&d),
                  zero ? LWCMP_ERR_UNPROTECTED : LWCMP_ERR_PEER_CLAIM);
        d.config.allow_cert_req_id_0 = true;
        CHECK_INT(device_run(&d), LWCMP_ERR_PEER_CLAIM);
        CHECK_INT(device_journal(&d).marks, 0);
    }
}

/* It has a switch of its own, and is told all the same. */
static void test_lcp_4_1_4_02_number_0_is_told(void **state)
{
    (void)state;
    d.config.allow_cert_req_id_0 = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(lwcmp_quirks_used(&d.c), 0);
    (void)lwcmp_end(&d.c);
    d.peer.zero_id = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(lwcmp_quirks_used(&d.c), LWCMP_QUIRK_CERT_REQ_ID_0);
}

/* SEQUENCE OF SEQUENCE { certHash, certReqId } */
static void test_lcp_4_1_4_02_no_status_info(void **state)
{
    (void)state;
    d.config.quirks = LWCMP_QUIRK_NO_STATUS_INFO;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(number_sent(1), 0xff);
    assert_int_equal(device_sent(&d, 1).content.n, 2 + 2 + 2 + 32 + 3);
    check_identity(1);
}

#define P10(f) cmocka_unit_test_setup_teardown(f, set_up_p10, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        P10(test_lcp_3_5_04_ip_for_p10cr),
        P10(test_lcp_3_5_08_unprotected_rejection),
        P10(test_lcp_4_1_4_02_number_0_is_told),
        P10(test_lcp_4_1_4_02_no_status_info),
    };

    return cmocka_run_group_tests_name("quirks_p10", tests, NULL, NULL);
}

#else
#include "absent.h"
#endif
