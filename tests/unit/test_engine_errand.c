/* SPDX-License-Identifier: Apache-2.0 */
/* What asks for no certificate: neither keys nor journal are touched. */
#include "engine_device.h"

#if LWCMP_WITH_GENM
static const uint8_t ca_certs[] = {0x2b, 0x06, 0x01, 0x05,
                                   0x05, 0x07, 0x04, 0x11};
static const uint8_t genp[] = {0x30, 0x0e, 0x30, 0x0c, 0x06, 0x08, 0x2b, 0x06,
                               0x01, 0x05, 0x05, 0x07, 0x04, 0x11, 0x30, 0x00};

/* A device that asks its CA for certificates, by secret. */
static int set_up_genm(void **state)
{
    (void)set_up(state);
    d.request = (struct lwcmp_request){
        .operation = LWCMP_GENM, .info_type = {ca_certs, sizeof ca_certs}};
    d.peer.reply = (struct lwcmp_bytes){genp, sizeof genp};
    return 0;
}

/* The same where it has enrolled before and signs. */
static int set_up_signed(void **state)
{
    struct lwcmp_request request;

    (void)set_up_genm(state);
    request = d.request;
    d.request = (struct lwcmp_request){.operation = LWCMP_IR};
    d.peer.reply.n = 0;
    device_enrol(&d);
    d.request = request;
    d.peer.reply = (struct lwcmp_bytes){genp, sizeof genp};
    return 0;
}

static void check_answer(void)
{
    struct lwcmp_bytes value = lwcmp_info(&d.c);

    assert_int_equal(value.n, 2);
    assert_memory_equal(value.p, genp + 14, 2);
}

static bool has_note(void)
{
    uint8_t p[256];
    size_t n;

    assert_int_equal(
        d.store.read(d.store.context, LWCMP_RECORD_ERRAND, p, sizeof p, &n), 0);
    return n > 0;
}

static void test_lcp_4_3_01_genm_by_secret(void **state)
{
    (void)state;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.exchanges, 1);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_GENM);
    assert_int_equal(device_sent(&d, 0).recip_nonce.n, 0);
    assert_false(device_sent(&d, 0).implicit_confirm);
    assert_string_equal(lwcmp_label(&d.c), "getcacerts");
    check_answer();
    assert_false(device_has_key(DEVICE_KEY_1));
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_IDLE);
    assert_false(has_note());
}

static void test_lcp_3_1_23_implicit_confirm_is_for_requests(void **state)
{
    (void)state;
    d.config.implicit_confirm = true;
    assert_int_equal(device_run(&d), 0);
    assert_false(device_sent(&d, 0).implicit_confirm);
}

static void test_lcp_4_3_01_genm_by_signature(void **state)
{
    struct lwcmp_journal before = device_journal(&d);
    struct lwcmp_journal after;

    (void)state;
    assert_int_equal(device_run(&d), 0);
    assert_true(device_sent(&d, 0).extra_certs.n > 0);
    check_answer();
    after = device_journal(&d);
    assert_memory_equal(&after, &before, sizeof before);
    device_check_identity(&d);
}

static void test_nobody_to_sign(void **state)
{
    (void)state;
    d.config.secret = 0;
    assert_int_equal(device_run(&d), LWCMP_ERR_NO_IDENTITY);
    assert_int_equal(d.exchanges, 0);
}

static void test_lcp_3_5_04_other_body(void **state)
{
    (void)state;
    d.peer.fault = PEER_WRONG_BODY;
    d.peer.at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_UNEXPECTED);
    assert_int_equal(lwcmp_info(&d.c).n, 0);
}

static void test_lcp_3_5_08_unprotected(void **state)
{
    (void)state;
    d.peer.fault = PEER_UNPROTECTED;
    d.peer.at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_UNPROTECTED);
    assert_int_equal(lwcmp_info(&d.c).n, 0);
}

static void test_lcp_4_3_02_answer_to_another_question(void **state)
{
    static const uint8_t other[] = {0x2b, 0x06, 0x01, 0x05,
                                    0x05, 0x07, 0x04, 0x14};

    (void)state;
    d.request.info_type.p = other;
    assert_int_equal(device_run(&d), LWCMP_ERR_INFO);
    assert_int_equal(lwcmp_info(&d.c).n, 0);
}

static void test_lcp_3_6_4_06_rejection(void **state)
{
    (void)state;
    d.peer.fault = PEER_ERROR;
    d.peer.at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_PEER_ERROR);
    assert_true(lwcmp_server_status(&d.c).authenticated);
    assert_false(has_note());
}

static void check_request(void)
{
    assert_int_equal(lwcmp_begin(&d.c, &d.config, &d.request),
                     LWCMP_ERR_CONFIG);
}

static void test_request_has_to_fit(void **state)
{
    static const uint8_t two[] = {0x05, 0x00, 0x05, 0x00};

    (void)state;
    d.request.info_value = (struct lwcmp_bytes){two, 4};
    check_request();
    d.request.info_value.n = 1;
    check_request();
    d.request.info_value.n = 2;
    assert_int_equal(lwcmp_begin(&d.c, &d.config, &d.request), 0);
    d.request.info_type.n = 0;
    check_request();
    d.request.operation = (enum lwcmp_operation)(LWCMP_GENM + 1);
    check_request();
}

static void wait_for_it(void)
{
    d.peer.waits = true;
    d.peer.polls = 2;
    d.peer.check_after = 60;
}

/* genm, error(waiting); pollReq, pollRep, twice; pollReq, genp */
static void test_lcp_4_4_01_lcp_4_4_03_delayed(void **state)
{
    static const uint8_t minus_one[] = {0x30, 0x05, 0x30, 0x03,
                                        0x02, 0x01, 0xff};

    (void)state;
    wait_for_it();
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.exchanges, 4);
    for (unsigned i = 1; i < 4; i++) {
        assert_int_equal(device_sent(&d, i).type, LWCMP_BODY_POLLREQ);
        assert_memory_equal(device_sent(&d, i).content.p, minus_one,
                            sizeof minus_one);
    }
    check_answer();
    assert_false(has_note());
}

/* A reset meanwhile, and an enrolment that is none of its business. */
static void test_lcp_4_4_10_delayed_over_a_reset(void **state)
{
    (void)state;
    wait_for_it();
    d.off_at = 1;
    (void)device_run(&d);
    assert_true(has_note());
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_IDLE);
    d.off_at = 0;
    d.resume = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_POLLREQ);
    check_answer();
    assert_false(has_note());
}

/* Another question: asked from the start. */
static void test_goes_on_for_the_same_only(void **state)
{
    static const uint8_t null[] = {0x05, 0x00};

    (void)state;
    wait_for_it();
    d.off_at = 1;
    (void)device_run(&d);
    d.off_at = 0;
    d.resume = true;
    d.peer.waits = false;
    d.request.info_value = (struct lwcmp_bytes){null, sizeof null};
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_GENM);
    assert_false(has_note());
}

/* So it is where the note is damaged, wherever. */
static void test_damaged_note(void **state)
{
    uint8_t whole[LWCMP_JOURNAL_MAX];
    size_t n;

    (void)state;
    wait_for_it();
    d.off_at = 1;
    (void)device_run(&d);
    d.off_at = 0;
    d.resume = true;
    d.peer.waits = false;
    assert_int_equal(d.store.read(d.store.context, LWCMP_RECORD_ERRAND, whole,
                                  sizeof whole, &n),
                     0);
    assert_true(n > 0);
    for (size_t i = 0; i < n; i++) {
        const struct lwcmp_bytes part = {whole, n};

        whole[i] ^= 1;
        assert_int_equal(
            d.store.write(d.store.context, LWCMP_RECORD_ERRAND, &part, 1), 0);
        whole[i] ^= 1;
        assert_int_equal(device_run(&d), 0);
        assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_GENM);
        assert_false(has_note());
        (void)lwcmp_end(&d.c);
    }
}

#if LWCMP_WITH_POLL_BY_ID
/* Whole, but what it says would be read from beyond its end. */
static void test_note_that_makes_no_sense(void **state)
{
    struct lwcmp_journal note;

    (void)state;
    wait_for_it();
    d.off_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    (void)lwcmp_end(&d.c);
    assert_int_equal(lwcmp_errand_read(&d.store, &note), 0);
    note.id_n = 200;
    assert_int_equal(lwcmp_errand_write(&d.store, &note), 0);
    d.off_at = 0;
    d.resume = true;
    d.peer.waits = false;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_GENM);
    assert_int_equal(device_sent(&d, 0).transaction_id.n, 16);
}
#endif

static void test_begin_asks_anew(void **state)
{
    (void)state;
    wait_for_it();
    d.off_at = 1;
    (void)device_run(&d);
    d.off_at = 0;
    d.peer.waits = false;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_GENM);
    assert_false(has_note());
}

#define GENM(f) cmocka_unit_test_setup_teardown(f, set_up_genm, tear_down)
#define SIGNED(f) cmocka_unit_test_setup_teardown(f, set_up_signed, tear_down)

/* The certificate that waits still has its signer's at hand. */
static void test_lcp_3_3_05_a_signer_is_left_alone(void **state)
{
    struct lwcmp_request errand = d.request;
    struct store_ram before;

    (void)state;
    device_set_factory(&d);
    d.request = (struct lwcmp_request){.operation = LWCMP_IR};
    d.peer.reply.n = 0;
    d.peer.waits = true;
    d.peer.polls = 1;
    d.off_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    (void)lwcmp_end(&d.c);
    assert_true(device_record(&d, LWCMP_RECORD_SIGNER).n > 0);
    before = d.ram;
    d.off_at = 0;
    d.request = errand;
    d.peer.reply = (struct lwcmp_bytes){genp, sizeof genp};
    d.peer.waits_by_error = d.peer.other_signer = true;
    d.peer.polls = 1;
    assert_int_equal(device_run(&d), 0);
    check_answer();
    assert_memory_equal(&d.ram.record[LWCMP_RECORD_SIGNER],
                        &before.record[LWCMP_RECORD_SIGNER],
                        sizeof before.record[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        GENM(test_lcp_4_3_01_genm_by_secret),
        GENM(test_lcp_3_1_23_implicit_confirm_is_for_requests),
        SIGNED(test_lcp_4_3_01_genm_by_signature),
        GENM(test_nobody_to_sign),
        GENM(test_lcp_3_5_04_other_body),
        GENM(test_lcp_3_5_08_unprotected),
        GENM(test_lcp_4_3_02_answer_to_another_question),
        GENM(test_lcp_3_6_4_06_rejection),
        GENM(test_request_has_to_fit),
        GENM(test_lcp_4_4_01_lcp_4_4_03_delayed),
        GENM(test_lcp_4_4_10_delayed_over_a_reset),
        GENM(test_goes_on_for_the_same_only),
        GENM(test_damaged_note),
#if LWCMP_WITH_POLL_BY_ID
        GENM(test_note_that_makes_no_sense),
#endif
        GENM(test_begin_asks_anew),
        GENM(test_lcp_3_3_05_a_signer_is_left_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "absent.h" /* no general messages */
#endif
