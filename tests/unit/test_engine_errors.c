/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Error messages that are wrong in themselves: each ends the attempt by the
 * error of what is wrong, and what they say is not believed. And what is said
 * to be right is confirmed at once.
 */
#include "engine_device.h"
#include "vectors.h"

static const struct error_case {
    const char *name;
    enum peer_fault error, also;
    int err;
} cases[] = {
    {"CMP-7-03 error with pvno 1", PEER_ERROR, PEER_PVNO_1, LWCMP_ERR_VERSION},
    {"CMP-7-03 unprotected error with pvno 1", PEER_CLAIM, PEER_PVNO_1,
     LWCMP_ERR_PEER_CLAIM},
    {"LCP-3.5-02 error with pvno 4", PEER_ERROR, PEER_PVNO_4,
     LWCMP_ERR_VERSION},
    {"LCP-3.5-03 error of another transaction", PEER_ERROR,
     PEER_OTHER_TRANSACTION_ID, LWCMP_ERR_TRANSACTION_ID},
    {"LCP-3.5-06 error with another recipNonce", PEER_ERROR,
     PEER_OTHER_RECIP_NONCE, LWCMP_ERR_RECIP_NONCE},
    {"LCP-3.5-09 error with wrong protection", PEER_ERROR,
     PEER_FLIPPED_PROTECTION, LWCMP_ERR_PROTECTION},
    {"LCP-3.5-10 error with protection of another kind", PEER_ERROR,
     PEER_OTHER_KIND, LWCMP_ERR_WRONG_KIND},
};

/* In the first answer, and in the one to certConf. */
static void test_error(void **state)
{
    const struct error_case *f = *state;

    for (unsigned i = 0; i < 4; i++) {
        bool sign = i % 2 > 0;
        unsigned answer = i / 2 + 1;

        vectors_at("%s, answer %u%s", f->name, answer, sign ? ", signed" : "");
        device_init(&d);
        if (sign) {
            device_enrol(&d);
        }
        d.peer.fault = f->error;
        d.peer.at = answer;
        d.peer.also = f->also;
        d.peer.also_at = answer;
        CHECK_INT(device_run(&d), f->err);
        CHECK(d.exchanges == answer);
        CHECK(!lwcmp_server_status(&d.c).authenticated);
        CHECK(device_journal(&d).active == (sign ? 1 : 0));
        CHECK(device_journal(&d).phase ==
              (answer == 1 ? LWCMP_PHASE_ASKED : LWCMP_PHASE_KEPT));
        (void)lwcmp_end(&d.c);
        device_free(&d);
    }
}

/*
 * That a certificate is turned down rests on what was verified; what comes
 * after it, without protection, does not.
 */
static void test_lcp_3_6_4_05_claim_after_a_rejection(void **state)
{
    struct lwcmp_status status;

    (void)state;
    d.peer.fault = PEER_OTHER_KEY;
    d.peer.at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_KEY);
    assert_true(lwcmp_server_status(&d.c).authenticated);
    (void)lwcmp_end(&d.c);
    d.peer.answers = 0;
    d.peer.also = PEER_CLAIM;
    d.peer.also_at = 2;
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_KEY);
    status = lwcmp_server_status(&d.c);
    assert_true(status.present);
    assert_false(status.authenticated);
}

/* Whatever time the CA allows for it (confirmWaitTime). */
static void test_lcp_4_1_1_32_confirmed_without_delay(void **state)
{
    (void)state;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.exchanges, 2);
    assert_int_equal(device_sent(&d, 1).type, LWCMP_BODY_CERTCONF);
    assert_int_equal(d.waits, 0);
    assert_int_equal(d.waited, 0);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + 2] = {
        TEST(test_lcp_4_1_1_32_confirmed_without_delay),
        TEST(test_lcp_3_6_4_05_claim_after_a_rejection)};

    for (size_t i = 0; i < COUNT(cases); i++) {
        tests[i + 2] = (struct CMUnitTest){cases[i].name, test_error, NULL,
                                           NULL, (void *)&cases[i]};
    }
    return cmocka_run_group_tests_name("engine_errors", tests, NULL, NULL);
}
