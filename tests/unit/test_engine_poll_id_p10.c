/* SPDX-License-Identifier: Apache-2.0 */
/* Polling with nothing but a transactionID for the answer to a p10cr. */
#include "lwcmp/config.h"

#if LWCMP_WITH_P10CR && LWCMP_WITH_POLL_BY_ID

#include "p10_device.h"

static uint8_t id[16];

/* The CA has approved the request, and the store is lost. */
static int set_up_lost(void **state)
{
    (void)set_up_p10_waiting(state);
    d.off_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    memcpy(id, device_journal(&d).transaction_id, sizeof id);
    (void)lwcmp_end(&d.c);
    memset(&d.ram, 0, sizeof d.ram);
    d.off_at = 0;
    d.request.transaction_id = (struct lwcmp_bytes){id, sizeof id};
    return 0;
}

static void test_lcp_4_4_03_minus_one(void **state)
{
    static const uint8_t minus_one[] = {0x30, 0x05, 0x30, 0x03,
                                        0x02, 0x01, 0xff};

    (void)state;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_POLLREQ);
    assert_int_equal(device_sent(&d, 0).recip_nonce.n, 0);
    assert_memory_equal(device_sent(&d, 0).content.p, minus_one,
                        sizeof minus_one);
    check_identity(1);
}

/* An old number is nobody's. */
static void test_after_a_ca_that_counts_from_0(void **state)
{
    struct lwcmp_journal journal = {.marks = LWCMP_MARK_NUMBER_0};

    assert_int_equal(lwcmp_journal_write(&d.store, &journal), 0);
    test_lcp_4_4_03_minus_one(state);
}

#define LOST(f) cmocka_unit_test_setup_teardown(f, set_up_lost, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LOST(test_lcp_4_4_03_minus_one),
        LOST(test_after_a_ca_that_counts_from_0),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else
#include "absent.h"
#endif
