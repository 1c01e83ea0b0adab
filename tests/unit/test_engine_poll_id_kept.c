/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Polling with nothing but a transactionID on a device that has kept a
 * certificate: nothing of it is confirmed or made active that does not belong
 * to that transaction and to the key in the slot.
 */
#include "lwcmp/config.h"

#if LWCMP_WITH_POLL_BY_ID

#include "engine_device.h"

static const uint8_t id[] = {0xf5, 0x42, 0x25, 0x5b};

/* A renewal is kept, and nothing is known of its certConf. */
static void keep_renewal(void)
{
    device_enrol(&d);
    lose_answer(2);
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_KEPT);
    d.resume = true;
}

static void name_the_one_on_record(void)
{
    static struct lwcmp_journal journal;

    journal = device_journal(&d);
    d.request.transaction_id = (struct lwcmp_bytes){journal.transaction_id, 16};
}

static void take_other_key(void)
{
    assert_int_equal(lwcmp_crypto_key_destroy(DEVICE_KEY_2), 0);
    assert_int_equal(lwcmp_crypto_key_generate(DEVICE_KEY_2, LWCMP_EC_P256), 0);
    d.request.key_is_there = true;
}

/*
 * A pollReq comes first, with the certificate that has signed it, and what it
 * brings counts. Where that is a refusal, the old identity stays.
 */
static void check_it_is_polled_for(void)
{
    d.peer.fault = PEER_REJECTS;
    d.peer.at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_REJECTED);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_POLLREQ);
    assert_int_equal(device_sent(&d, 0).recip_nonce.n, 0);
    assert_true(device_sent(&d, 0).extra_certs.n > 0);
    assert_int_equal(device_journal(&d).active, 1);
    device_check_identity(&d);
    assert_true(device_has_key(DEVICE_KEY_2));
}

static void test_what_was_kept_is_lost(void **state)
{
    (void)state;
    keep_renewal();
    name_the_one_on_record();
    d.ram.record[LWCMP_RECORD_CERT_2].n = 0;
    check_it_is_polled_for();
}

static void test_what_was_kept_is_for_another_key(void **state)
{
    (void)state;
    keep_renewal();
    name_the_one_on_record();
    take_other_key();
    check_it_is_polled_for();
}

/* What is kept is of another transaction than the one that is named. */
static void test_what_is_kept_is_of_another(void **state)
{
    (void)state;
    for (unsigned other = 0; other < 2; other++) {
        keep_renewal();
        d.request.transaction_id = (struct lwcmp_bytes){id, sizeof id};
        if (other) {
            take_other_key();
        }
        d.peer.fault = PEER_REJECTS;
        d.peer.at = d.peer.answers + 1;
        check_it_is_polled_for();
        assert_int_equal(device_sent(&d, 0).transaction_id.n, sizeof id);
        assert_memory_equal(device_sent(&d, 0).transaction_id.p, id, sizeof id);
        (void)tear_down(state);
        (void)set_up(state);
    }
}

/* What is kept is confirmed where the transaction is the one that is named. */
static void test_what_is_kept_is_of_the_one_named(void **state)
{
    (void)state;
    keep_renewal();
    name_the_one_on_record();
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_CERTCONF);
    assert_int_equal(device_journal(&d).active, 2);
    device_check_identity(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_what_was_kept_is_lost),
        TEST(test_what_was_kept_is_for_another_key),
        TEST(test_what_is_kept_is_of_another),
        TEST(test_what_is_kept_is_of_the_one_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else
#include "absent.h"
#endif
