/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A key that the CA has made, and what else is or was in its slot: it takes
 * the place of a key that is kept only when its certificate is fine, and is
 * never taken for the device's own.
 */
#include "engine_central.h"

#if LWCMP_WITH_CENTRAL_KEY
/* A certificate is kept, and nothing is known of its certConf. */
static void keep_one(void)
{
    lose_answer(2);
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_KEPT);
    key.number = NUMBER + 1;
}

/* Switched off as soon as a key of this number is in the slot. */
static void cut_off_after_import(uint32_t number)
{
    unsigned steps = 0;

    d.exchanges = 0;
    d.peer.answers = 0;
    assert_int_equal(lwcmp_begin(&d.c, &d.config, &d.request), 0);
    while (!device_has_key(DEVICE_KEY_1) ||
           crypto_toy_key_number(DEVICE_KEY_1) != number) {
        if (lwcmp_step(&d.c) == LWCMP_EXCHANGE) {
            device_exchange(&d);
        }
        assert_in_range(++steps, 1, 60);
    }
    (void)lwcmp_end(&d.c);
    crypto_toy_drop_volatile();
    d.resume = true;
}

static void ask_for_own_key(void)
{
    d.request.central_key = false;
    d.request.operation = LWCMP_IR;
    d.peer.key = NULL;
}

static void check_own_key(void)
{
    assert_int_equal(device_run(&d), 0);
    assert_int_not_equal(crypto_toy_key_number(DEVICE_KEY_1), NUMBER);
    device_check_identity(&d);
    (void)lwcmp_end(&d.c);
}

/* extraCerts are not protected: whoever strips them must not cost the key. */
static void test_lcp_4_1_6_16_what_is_kept_stays(void **state)
{
    (void)state;
    keep_one();
    d.peer.intermediate = d.peer.omit_chain = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_CHAIN);
    (void)lwcmp_end(&d.c);
    assert_int_equal(crypto_toy_key_number(DEVICE_KEY_1), NUMBER);
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_KEPT);
}

/* Nor does what is no key package, or what the application turns down. */
static void test_lcp_4_1_6_16_nor_by_what_is_turned_down(void **state)
{
    (void)state;
    keep_one();
    key.two_keys = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_CMS);
    (void)lwcmp_end(&d.c);
    key.two_keys = false;
    d.config.decide = d.refuse = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_REFUSED);
    assert_int_equal(d.decisions, 1);
    (void)lwcmp_end(&d.c);
    assert_int_equal(crypto_toy_key_number(DEVICE_KEY_1), NUMBER);
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_KEPT);
}

/* It was opened before: nobody has use for it any more. */
static void test_what_is_turned_down_is_wiped(void **state)
{
    (void)state;
    d.config.decide = d.refuse = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_REFUSED);
    assert_int_equal(d.decisions, 1);
    check_is_wiped();
    (void)lwcmp_end(&d.c);
    d.config.decide = d.refuse = false;
    d.peer.intermediate = d.peer.omit_chain = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_CHAIN);
    check_is_wiped();
    (void)lwcmp_end(&d.c);
    d.peer.intermediate = d.peer.omit_chain = false;
    crypto_toy.fail_of_kind = true;
    crypto_toy.fail_kind = CRYPTO_TOY_KEY_IMPORT;
    crypto_toy.calls_of[CRYPTO_TOY_KEY_IMPORT] = 0;
    crypto_toy.fail_at = 1;
    crypto_toy.fail_with = LWCMP_ERR_CRYPTO;
    assert_int_equal(device_run(&d), LWCMP_ERR_CRYPTO);
    check_is_wiped();
}

static void test_once_decided_it_is_imported(void **state)
{
    (void)state;
    d.config.decide = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.decisions, 1);
    assert_int_equal(crypto_toy_key_number(DEVICE_KEY_1), NUMBER);
    check_is_wiped();
    device_check_identity(&d);
}

/* The CA brings this key in this transaction, and perhaps in no other. */
static void test_the_transaction_goes_on(void **state)
{
    struct lwcmp_journal before;

    (void)state;
    keep_one();
    cut_off_after_import(NUMBER + 1);
    before = device_journal(&d);
    assert_int_equal(device_run(&d), 0);
    assert_memory_equal(device_sent(&d, 0).transaction_id.p,
                        before.transaction_id, sizeof before.transaction_id);
    assert_int_equal(crypto_toy_key_number(DEVICE_KEY_1), NUMBER + 1);
    device_check_identity(&d);
}

/* Nothing was imported where the chain has failed. */
static void test_it_is_not_ours_after_a_failure(void **state)
{
    (void)state;
    d.peer.intermediate = d.peer.omit_chain = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_CHAIN);
    (void)lwcmp_end(&d.c);
    assert_false(device_has_key(DEVICE_KEY_1));
    d.peer.intermediate = d.peer.omit_chain = false;
    ask_for_own_key();
    check_own_key();
}

static void test_it_is_not_ours_after_a_reset(void **state)
{
    (void)state;
    for (int resume = 0; resume < 2; resume++) {
        cut_off_after_import(NUMBER);
        d.resume = resume;
        ask_for_own_key();
        check_own_key();
        (void)tear_down_central(state);
        (void)set_up_signed(state);
    }
}

/* Another attempt with a key of the CA that came to nothing is in between. */
static void test_nor_later(void **state)
{
    (void)state;
    cut_off_after_import(NUMBER);
    d.resume = false;
    lose_answer(1);
    ask_for_own_key();
    check_own_key();
}

/* One that is ours is again asked for after an attempt that got no answer. */
static void test_then_ours_is_ours(void **state)
{
    uint32_t number;

    (void)state;
    cut_off_after_import(NUMBER);
    ask_for_own_key();
    lose_answer(1);
    d.resume = false;
    number = crypto_toy_key_number(DEVICE_KEY_1);
    check_own_key();
    assert_int_equal(crypto_toy_key_number(DEVICE_KEY_1), number);
}

#if LWCMP_WITH_RECOVERY
static void test_nor_is_one_that_came_back(void **state)
{
    (void)state;
    d.request.central_key = false;
    d.request.operation = LWCMP_KRR;
    cut_off_after_import(NUMBER);
    d.request.central_key = true;
    d.request.operation = LWCMP_IR;
    test_nor_later(state);
}
#endif

#if LWCMP_WITH_POLL_BY_ID
/* A key that does not fit: the one of the attempt on record is not lost. */
static void test_polled_for_by_mistake(void **state)
{
    static const uint8_t id[] = {1, 2, 3, 4};

    (void)state;
    ask_for_own_key();
    lose_answer(1);
    d.request.central_key = true;
    d.request.transaction_id = (struct lwcmp_bytes){id, sizeof id};
    d.peer.asked = LWCMP_BODY_IR;
    d.peer.key = &key;
    key.bad_digest = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_PROTECTION);
    assert_true(device_has_key(DEVICE_KEY_1));
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        SIGNED(test_lcp_4_1_6_16_what_is_kept_stays),
        SIGNED(test_lcp_4_1_6_16_nor_by_what_is_turned_down),
        SIGNED(test_what_is_turned_down_is_wiped),
        SIGNED(test_once_decided_it_is_imported),
        SIGNED(test_the_transaction_goes_on),
        SIGNED(test_it_is_not_ours_after_a_failure),
        SIGNED(test_it_is_not_ours_after_a_reset),
        SIGNED(test_nor_later),
        SIGNED(test_then_ours_is_ours),
#if LWCMP_WITH_RECOVERY
        SIGNED(test_nor_is_one_that_came_back),
#endif
#if LWCMP_WITH_POLL_BY_ID
        SIGNED(test_polled_for_by_mistake),
#endif
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "absent.h"
#endif
