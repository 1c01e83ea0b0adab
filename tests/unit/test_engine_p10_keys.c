/* SPDX-License-Identifier: Apache-2.0 */
/* A PKCS #10 request goes on after a reset, and the keys in the slots. */
#include "lwcmp/config.h"

#if LWCMP_WITH_P10CR

#include "p10_device.h"
#include "sig_toy.h"

/* The request is lost: the same goes out again. */
static void test_resume_request(void **state)
{
    struct lwcmp_message m;
    uint8_t id[16];
    uint8_t nonce[16];

    (void)state;
    d.gone_at = 1;
    d.gone_why = LWCMP_ERR_NETWORK;
    assert_int_equal(device_run(&d), LWCMP_ERR_NETWORK);
    m = device_sent(&d, 0);
    memcpy(id, m.transaction_id.p, sizeof id);
    memcpy(nonce, m.sender_nonce.p, sizeof nonce);
    assert_int_equal(lwcmp_pending(&d.store).operation, LWCMP_P10CR);
    go_on();
    assert_int_equal(device_run(&d), 0);
    m = device_sent(&d, 0);
    assert_int_equal(m.type, LWCMP_BODY_P10CR);
    assert_memory_equal(m.transaction_id.p, id, sizeof id);
    assert_memory_equal(m.sender_nonce.p, nonce, sizeof nonce);
    check_identity(1);
}

static void test_resume_poll(void **state)
{
    (void)state;
    for (unsigned zero = 0; zero < 2; zero++) {
        d.peer.zero_id = zero;
        d.config.allow_cert_req_id_0 = zero;
        d.off_at = 1;
        assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
        go_on();
        assert_int_equal(device_run(&d), 0);
        assert_int_equal(number_sent(0), zero ? 0 : 0xff);
        check_identity(1);
        start_over(state, true);
    }
}

/* The number has to be known after the reset, and the key need not. */
static void test_resume_certconf(void **state)
{
    (void)state;
    for (unsigned zero = 0; zero < 2; zero++) {
        d.peer.zero_id = zero;
        d.config.allow_cert_req_id_0 = zero;
        d.gone_at = 2;
        d.gone_why = LWCMP_ERR_NETWORK;
        assert_int_equal(device_run(&d), LWCMP_ERR_NETWORK);
        assert_true(lwcmp_pending(&d.store).kept);
        go_on();
        assert_int_equal(device_run(&d), 0);
        assert_int_equal(d.exchanges, 1);
        assert_int_equal(number_sent(0), zero ? 0 : 0xff);
        check_identity(1);
        start_over(state, false);
    }
}

/* It is the last word that counts: what the cp with the certificate says. */
static void test_resume_poll_and_another_number(void **state)
{
    (void)state;
    d.peer.zero_id = true;
    d.config.allow_cert_req_id_0 = true;
    d.off_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    go_on();
    d.peer.zero_id = false;
    d.peer.polls = 0;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(number_sent(0), 0);
    assert_int_equal(number_sent(1), 0xff);
    check_identity(1);
}

/* ECDSA gives another signature each time. */
static void test_resume_signed_anew(void **state)
{
    uint8_t id[16];

    (void)state;
    d.gone_at = 1;
    d.gone_why = LWCMP_ERR_NETWORK;
    assert_int_equal(device_run(&d), LWCMP_ERR_NETWORK);
    memcpy(id, device_sent(&d, 0).transaction_id.p, sizeof id);
    go_on();
    set_csr(&(struct csr_make){.number = NUMBER, .unknown_sig = true});
    assert_int_equal(device_run(&d), 0);
    assert_memory_equal(device_sent(&d, 0).transaction_id.p, id, sizeof id);
    check_identity(1);
}

/* What is kept belongs to the request, or it is asked for anew. */
static void test_resume_with_another_request(void **state)
{
    uint8_t id[16];

    (void)state;
    for (unsigned at = 1; at <= 2; at++) {
        d.gone_at = at;
        d.gone_why = LWCMP_ERR_NETWORK;
        set_csr(&(struct csr_make){.number = NUMBER + 1});
        assert_int_equal(device_run(&d), LWCMP_ERR_NETWORK);
        memcpy(id, device_sent(&d, 0).transaction_id.p, sizeof id);
        go_on();
        set_csr(&(struct csr_make){.number = NUMBER});
        assert_int_equal(device_run(&d), 0);
        assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_P10CR);
        assert_memory_not_equal(device_sent(&d, 0).transaction_id.p, id,
                                sizeof id);
        check_identity(1);
        start_over(state, false);
    }
}

/* Somebody else's key stays what it is; ours was never made. */
static void check_key_stays(lwcmp_key key, uint32_t number)
{
    assert_int_equal(crypto_toy_key_number(key), number);
    assert_int_equal(crypto_toy.calls_of[CRYPTO_TOY_KEY_GENERATE], 0);
}

/* The caller has the key in the slot, says so or not, and can go on. */
static void test_key_in_the_slot(void **state)
{
    (void)state;
    for (unsigned says = 0; says < 2; says++) {
        crypto_toy_key_set(DEVICE_KEY_1, NUMBER);
        d.request.key_is_there = says;
        assert_int_equal(device_run(&d), 0);
        check_identity(1);
        check_key_stays(DEVICE_KEY_1, NUMBER);
        (void)lwcmp_end(&d.c);
        d.request = (struct lwcmp_request){.operation = LWCMP_KUR};
        d.config.secret = 0;
        d.peer.sign = true;
        assert_int_equal(device_run(&d), 0);
        assert_int_equal(device_journal(&d).active, 2);
        device_check_identity(&d);
        start_over(state, false);
    }
}

/* It is not there: a renewal cannot be signed, and that is all. */
static void test_key_elsewhere(void **state)
{
    (void)state;
    assert_int_equal(device_run(&d), 0);
    assert_false(device_has_key(DEVICE_KEY_1));
    (void)lwcmp_end(&d.c);
    d.request = (struct lwcmp_request){.operation = LWCMP_KUR};
    d.config.secret = 0;
    assert_int_equal(device_run(&d), LWCMP_ERR_KEY);
    assert_int_equal(d.exchanges, 0);
    assert_int_equal(device_journal(&d).active, 1);
}

/* It would sign for the certificate, and nobody would believe it. */
static void test_another_key_in_the_slot(void **state)
{
    (void)state;
    for (unsigned says = 0; says < 2; says++) {
        crypto_toy_key_set(DEVICE_KEY_1, NUMBER + 1);
        d.request.key_is_there = says;
        assert_int_equal(device_run(&d), LWCMP_ERR_KEY);
        assert_int_equal(d.exchanges, 0);
        check_key_stays(DEVICE_KEY_1, NUMBER + 1);
        assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_IDLE);
        (void)lwcmp_end(&d.c);
    }
}

static void test_no_key_where_there_should_be_one(void **state)
{
    (void)state;
    d.request.key_is_there = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_KEY);
    assert_int_equal(d.exchanges, 0);
}

/* It would be destroyed with the identity whose place is taken. */
static void test_key_of_the_old_identity(void **state)
{
    struct lwcmp_request p10 = d.request;

    (void)state;
    crypto_toy_key_set(DEVICE_KEY_1, NUMBER);
    assert_int_equal(device_run(&d), 0);
    (void)lwcmp_end(&d.c);
    d.request = p10;
    assert_int_equal(device_run(&d), LWCMP_ERR_KEY);
    assert_int_equal(d.exchanges, 0);
    check_key_stays(DEVICE_KEY_1, NUMBER);
    check_identity(1);
}

/* Like with ir, the old identity goes once the new one is confirmed. */
static void test_takes_the_place_of_an_identity(void **state)
{
    struct lwcmp_request p10 = d.request;

    (void)state;
    d.request = (struct lwcmp_request){.operation = LWCMP_IR};
    assert_int_equal(device_run(&d), 0);
    (void)lwcmp_end(&d.c);
    device_check_identity(&d);
    crypto_toy.calls_of[CRYPTO_TOY_KEY_GENERATE] = 0;
    d.request = p10;
    d.peer.fault = PEER_OTHER_KEY;
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_KEY);
    (void)lwcmp_end(&d.c);
    device_check_identity(&d);
    d.peer.fault = PEER_HONEST;
    assert_int_equal(device_run(&d), 0);
    check_identity(2);
    assert_false(device_has_key(DEVICE_KEY_1));
    assert_int_equal(device_record(&d, LWCMP_RECORD_CERT_1).n, 0);
}

/* A refusal leaves no note, and destroys no key. */
static void test_refused(void **state)
{
    static const enum peer_fault faults[] = {PEER_REJECTS, PEER_KEY_USED,
                                             PEER_OTHER_KEY};

    (void)state;
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        crypto_toy_key_set(DEVICE_KEY_1, NUMBER);
        d.peer.fault = faults[i];
        assert_int_not_equal(device_run(&d), 0);
        check_key_stays(DEVICE_KEY_1, NUMBER);
        assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_IDLE);
        assert_int_equal(device_record(&d, LWCMP_RECORD_CERT_1).n, 0);
        start_over(state, false);
    }
}

/* A provider that cannot tell at the moment is not asked to guess. */
static void test_slots_that_cannot_be_looked_at(void **state)
{
    (void)state;
    for (unsigned at = 1; at <= 2; at++) {
        crypto_toy.fail_of_kind = true;
        crypto_toy.fail_kind = CRYPTO_TOY_KEY_SIG;
        crypto_toy.fail_at = at;
        crypto_toy.fail_with = LWCMP_ERR_CRYPTO;
        assert_int_equal(device_run(&d), LWCMP_ERR_CRYPTO);
        assert_int_equal(d.exchanges, 0);
        start_over(state, false);
    }
}

/* An ir after a p10cr that was cut off has a key of its own. */
static void test_ir_after_it(void **state)
{
    (void)state;
    for (unsigned at = 1; at <= 2; at++) {
        d.gone_at = at;
        d.gone_why = LWCMP_ERR_NETWORK;
        assert_int_equal(device_run(&d), LWCMP_ERR_NETWORK);
        go_on();
        d.request = (struct lwcmp_request){.operation = LWCMP_IR};
        assert_int_equal(device_run(&d), 0);
        assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_IR);
        device_check_identity(&d);
        start_over(state, false);
    }
}

/* The key of an ir that was cut off may be all that the CA knows. */
static void test_after_an_ir(void **state)
{
    struct lwcmp_request p10 = d.request;
    uint32_t key;

    (void)state;
    for (unsigned at = 1; at <= 2; at++) {
        d.request = (struct lwcmp_request){.operation = LWCMP_IR};
        d.gone_at = at;
        d.gone_why = LWCMP_ERR_NETWORK;
        assert_int_equal(device_run(&d), LWCMP_ERR_NETWORK);
        go_on();
        key = crypto_toy_key_number(DEVICE_KEY_1);
        d.request = p10;
        assert_int_equal(device_run(&d), LWCMP_ERR_KEY);
        assert_int_equal(d.exchanges, 0);
        assert_int_equal(crypto_toy_key_number(DEVICE_KEY_1), key);
        /* Without that key there is nothing that could be kept. */
        assert_int_equal(lwcmp_crypto_key_destroy(DEVICE_KEY_1), 0);
        crypto_toy.calls_of[CRYPTO_TOY_KEY_GENERATE] = 0;
        assert_int_equal(device_run(&d), 0);
        assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_P10CR);
        check_identity(1);
        start_over(state, false);
        p10 = d.request;
    }
}

#if LWCMP_WITH_CUSTOM_SIG
#define CUSTOM 0xa31 /* a key of the application's */

/* A CSR of that key, and this one in a slot. */
static void set_custom(unsigned slot, lwcmp_key key)
{
    static const struct lwcmp_algorithms own = {.custom_sigs = sig_toy_table,
                                                .custom_sigs_n = 2};
    static uint8_t spki[SIG_TOY_SPKI];

    d.config.algorithms = &own;
    d.config.key_slot[slot] = key;
    d.peer.really_issues = true;
    set_csr(&(struct csr_make){.spki = sig_toy_spki(CUSTOM, spki),
                               .unknown_sig = true});
}

/* It is there; another one is; it is where it does not belong. */
static void test_custom_key(void **state)
{
    (void)state;
    for (unsigned at = 0; at < 3; at++) {
        set_custom(at / 2, CUSTOM + at % 2);
        assert_int_equal(device_run(&d), at == 0 ? 0 : LWCMP_ERR_KEY);
        assert_int_equal(device_journal(&d).active, at == 0);
        assert_int_equal(d.exchanges, at == 0 ? 2 : 0);
        start_over(state, false);
    }
}
#endif

/* What is kept is no junk, and without an attempt on record nothing is. */
static void test_tidy(void **state)
{
    (void)state;
    d.gone_at = 2;
    d.gone_why = LWCMP_ERR_NETWORK;
    assert_int_equal(device_run(&d), LWCMP_ERR_NETWORK);
    go_on();
    assert_int_equal(lwcmp_tidy(&d.config), 0);
    assert_int_equal(device_run(&d), 0);
    (void)lwcmp_end(&d.c);
    assert_int_equal(lwcmp_tidy(&d.config), 0);
    check_identity(1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        P10(test_resume_request),
        P10_WAITING(test_resume_poll),
        P10(test_resume_certconf),
        P10_WAITING(test_resume_poll_and_another_number),
        P10(test_resume_signed_anew),
        P10(test_resume_with_another_request),
        P10(test_key_in_the_slot),
        P10(test_key_elsewhere),
        P10(test_another_key_in_the_slot),
        P10(test_no_key_where_there_should_be_one),
        P10(test_key_of_the_old_identity),
        P10(test_takes_the_place_of_an_identity),
        P10(test_refused),
        P10(test_slots_that_cannot_be_looked_at),
        P10(test_ir_after_it),
        P10(test_after_an_ir),
#if LWCMP_WITH_CUSTOM_SIG
        P10(test_custom_key),
#endif
        P10(test_tidy),
    };

    return cmocka_run_group_tests_name("engine_p10_keys", tests, NULL, NULL);
}

#else
#include "absent.h"
#endif
