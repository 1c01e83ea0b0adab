/* SPDX-License-Identifier: Apache-2.0 */
/*
 * src/quirks.c: what servers are forgiven, each only by its own name.
 * test_quirks_hostile.c has what nobody is forgiven, test_quirks_sent.c what
 * we send otherwise.
 */
#include "lwcmp/config.h"

#if LWCMP_WITH_QUIRKS

#include "quirks_fixture.h"

static void signed_answers(void)
{
    d.peer.sign = true;
}

static void signed_then_mac(void)
{
    d.peer.sign = true;
    d.peer.turns_at = 2;
}

static void mac_then_signed(void)
{
    d.peer.turns_at = 2;
}

static void reflected(void)
{
    device_set_factory(&d);
    d.peer.reflects = true;
}

static void reflected_in_renewal(void)
{
    set_renewal();
    d.peer.reflects = true;
}

static void unprotected_rejection(void)
{
    spoil(PEER_UNPROTECTED, 1, PEER_REJECTS);
}

static void unprotected_rejection_of_kur(void)
{
    set_renewal();
    unprotected_rejection();
}

static void error_of_another(void)
{
    spoil(PEER_ERROR, 1, PEER_OTHER_TRANSACTION_ID);
}

static void error_with_no_id(void)
{
    spoil(PEER_ERROR, 1, PEER_NO_TRANSACTION_ID);
}

static void error_with_foreign_nonce(void)
{
    spoil(PEER_ERROR, 1, PEER_OTHER_RECIP_NONCE);
}

static void error_of_cmp1999(void)
{
    spoil(PEER_ERROR, 1, PEER_PVNO_1);
}

static void cp_for_ir(void)
{
    d.peer.as = LWCMP_BODY_CP;
}

static void ip_for_cr(void)
{
    d.request.operation = LWCMP_CR;
    d.peer.as = LWCMP_BODY_IP;
}

static void ip_for_kur(void)
{
    set_renewal();
    d.peer.as = LWCMP_BODY_IP;
}

#if LWCMP_WITH_POLLING
static void mac_then_signed_while_polling(void)
{
    d.peer.waits = true;
    d.peer.polls = 1;
    d.peer.check_after = 60;
    d.peer.turns_at = 2;
}

static void ip_for_cr_at_last(void)
{
    ip_for_cr();
    d.peer.waits = true;
    d.peer.polls = 1;
    d.peer.check_after = 60;
}
#endif

static void signer_may_not_sign(void)
{
    device_set_factory(&d);
    d.peer.fault = PEER_SIGNER_MAY_NOT_SIGN;
}

static void first_use(void)
{
    set_first_use();
}

static void first_use_among_others(void)
{
    set_first_use();
    d.peer.other_roots = 1;
    d.peer.intermediate = true;
}

struct habit {
    const char *name;
    void (*arrange)(void);
    enum lwcmp_quirk quirk;
    int strict, lenient;
};

/* clang-format off */
static const struct habit habits[] = {
    {"LCP-3.2-02 signed answers", signed_answers,
     LWCMP_QUIRK_SIGNED_ANSWERS, LWCMP_ERR_WRONG_KIND, 0},
    {"LCP-3.2-02 signed, then a MAC", signed_then_mac,
     LWCMP_QUIRK_SIGNED_ANSWERS, LWCMP_ERR_WRONG_KIND, 0},
    {"LCP-3.2-02 a MAC, then signed", mac_then_signed,
     LWCMP_QUIRK_SIGNED_ANSWERS, LWCMP_ERR_WRONG_KIND, 0},
#if LWCMP_WITH_POLLING
    {"LCP-3.2-02 a MAC, then signed, by polling",
     mac_then_signed_while_polling,
     LWCMP_QUIRK_SIGNED_ANSWERS, LWCMP_ERR_WRONG_KIND, 0},
    {"LCP-3.5-04 ip for cr after polling", ip_for_cr_at_last,
     LWCMP_QUIRK_IP_FOR_CR, LWCMP_ERR_UNEXPECTED, 0},
#endif
    {"LCP-3.5-11 our own senderKID", reflected,
     LWCMP_QUIRK_REFLECTED_KID, LWCMP_ERR_NO_SIGNER, 0},
    {"LCP-3.5-11 our own senderKID, kur", reflected_in_renewal,
     LWCMP_QUIRK_REFLECTED_KID, LWCMP_ERR_NO_SIGNER, 0},
    {"LCP-3.5-08 unprotected rejection", unprotected_rejection,
     LWCMP_QUIRK_UNPROTECTED_NEGATIVE,
     LWCMP_ERR_UNPROTECTED, LWCMP_ERR_PEER_CLAIM},
    {"LCP-3.5-08 unprotected rejection of kur", unprotected_rejection_of_kur,
     LWCMP_QUIRK_UNPROTECTED_NEGATIVE,
     LWCMP_ERR_UNPROTECTED, LWCMP_ERR_PEER_CLAIM},
    {"LCP-3.6.4-05 error of another transaction", error_of_another,
     LWCMP_QUIRK_UNPROTECTED_NEGATIVE,
     LWCMP_ERR_TRANSACTION_ID, LWCMP_ERR_PEER_CLAIM},
    {"LCP-3.6.4-05 error without transactionID", error_with_no_id,
     LWCMP_QUIRK_UNPROTECTED_NEGATIVE,
     LWCMP_ERR_TRANSACTION_ID, LWCMP_ERR_PEER_CLAIM},
    {"LCP-3.6.4-05 error with a foreign nonce", error_with_foreign_nonce,
     LWCMP_QUIRK_UNPROTECTED_NEGATIVE,
     LWCMP_ERR_RECIP_NONCE, LWCMP_ERR_PEER_CLAIM},
    {"CMP-7-03 error of cmp1999", error_of_cmp1999,
     LWCMP_QUIRK_UNPROTECTED_NEGATIVE,
     LWCMP_ERR_VERSION, LWCMP_ERR_PEER_CLAIM},
    {"LCP-3.5-04 cp for ir", cp_for_ir,
     LWCMP_QUIRK_IP_FOR_CR, LWCMP_ERR_UNEXPECTED, 0},
    {"LCP-3.5-04 ip for cr", ip_for_cr,
     LWCMP_QUIRK_IP_FOR_CR, LWCMP_ERR_UNEXPECTED, 0},
    {"LCP-3.5-04 ip for kur", ip_for_kur,
     LWCMP_QUIRK_IP_FOR_CR, LWCMP_ERR_UNEXPECTED, 0},
    {"LCP-3.5-13 signer may not sign", signer_may_not_sign,
     LWCMP_QUIRK_MISSING_KEY_USAGE, LWCMP_ERR_NOT_AUTHORIZED, 0},
    {"LCP-3.3-04 root in extraCerts", first_use,
     LWCMP_QUIRK_ANCHOR_IN_EXTRA_CERTS, LWCMP_ERR_NO_ANCHOR, 0},
    {"LCP-3.3-04 root among others in extraCerts", first_use_among_others,
     LWCMP_QUIRK_ANCHOR_IN_EXTRA_CERTS, LWCMP_ERR_NO_ANCHOR, 0},
};
/* clang-format on */

/* In their way of failing there is no difference to who meets no habit. */
static void run(const struct habit *h, uint32_t quirks, int due)
{
    uint32_t own = (uint32_t)LWCMP_QUIRK_NULL_SENDER |
                   (uint32_t)LWCMP_QUIRK_NO_STATUS_INFO;

    afresh();
    h->arrange();
    d.config.quirks = quirks;
    CHECK_INT(device_run(&d), due);
    CHECK((lwcmp_quirks_used(&d.c) & ~own) ==
          (due == h->strict ? 0 : h->quirk));
    if (due == 0) {
        device_check_identity(&d);
        CHECK(device_journal(&d).phase == LWCMP_PHASE_IDLE);
    }
}

/* Each is forgiven by its own name alone. */
static void test_habit(void **state)
{
    const struct habit *h = *state;

    vectors_at("%s", h->name);
    run(h, 0, h->strict);
    run(h, QUIRKS_ALL & ~(uint32_t)h->quirk, h->strict);
    run(h, (uint32_t)h->quirk, h->lenient);
    run(h, QUIRKS_ALL, h->lenient);
}

/* Where nobody needs it, nothing is noted. */
static void test_nothing_acts_unasked(void **state)
{
    (void)state;
    d.config.quirks = QUIRKS_ALL & ~(uint32_t)(LWCMP_QUIRK_NULL_SENDER |
                                               LWCMP_QUIRK_NO_STATUS_INFO);
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(lwcmp_quirks_used(&d.c), 0);
    (void)lwcmp_end(&d.c);
    assert_int_equal(lwcmp_quirks_used(&d.c), 0);
}

/* Two habits of one server. */
static void test_lcp_3_5_11_reflected_reference(void **state)
{
    (void)state;
    d.peer.sign = true;
    d.peer.reflects = true;
    d.config.quirks = LWCMP_QUIRK_SIGNED_ANSWERS;
    assert_int_equal(device_run(&d), LWCMP_ERR_NO_SIGNER);
    d.config.quirks |= LWCMP_QUIRK_REFLECTED_KID;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(lwcmp_quirks_used(&d.c), d.config.quirks);
}

/* The first signed answer may come after a reset, in answer to certConf. */
static void test_lcp_3_2_02_signed_after_a_reset(void **state)
{
    (void)state;
    d.config.quirks = LWCMP_QUIRK_SIGNED_ANSWERS;
    lose_answer(2);
    d.resume = true;
    d.peer.sign = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(d.exchanges, 1);
    device_check_identity(&d);
}

static void expect_claim(unsigned at)
{
    struct lwcmp_status status = lwcmp_server_status(&d.c);

    vectors_at("claim %u", at);
    CHECK(status.present && !status.authenticated);
    CHECK_INT(status.status, LWCMP_PKI_REJECTION);
    CHECK(status.text.n == 4 && memcmp(status.text.p, "why?", 4) == 0);
}

/* Its text is for people; it moves nothing. */
static void test_lcp_3_6_4_05_text_of_a_claim(void **state)
{
    static void (*const claims[])(void) = {
        unprotected_rejection, error_of_another, error_with_foreign_nonce,
        error_of_cmp1999};

    (void)state;
    for (unsigned i = 0; i < COUNT(claims); i++) {
        afresh();
        claims[i]();
        d.config.quirks = LWCMP_QUIRK_UNPROTECTED_NEGATIVE;
        CHECK_INT(device_run(&d), LWCMP_ERR_PEER_CLAIM);
        expect_claim(i);
        CHECK(device_journal(&d).phase == LWCMP_PHASE_ASKED);
        CHECK(device_journal(&d).waits == LWCMP_WAITS_REQUEST);
        CHECK(device_has_key(DEVICE_KEY_1));
    }
}

/* One that is not known is no wish that can be granted. */
static void test_what_is_not_known_is_refused(void **state)
{
    (void)state;
    for (unsigned bit = 0; bit < 32; bit++) {
        bool known = (QUIRKS_ALL & 1UL << bit) != 0;

        vectors_at("bit %u", bit);
        d.config.quirks = (uint32_t)1 << bit;
        CHECK_INT(lwcmp_begin(&d.c, &d.config, &d.request),
                  known ? 0 : LWCMP_ERR_CONFIG);
        CHECK(lwcmp_quirks_used(&d.c) == 0);
        (void)lwcmp_end(&d.c);
    }
}

int main(void)
{
    const struct CMUnitTest others[] = {
        TEST(test_nothing_acts_unasked),
        TEST(test_lcp_3_5_11_reflected_reference),
        TEST(test_lcp_3_2_02_signed_after_a_reset),
        TEST(test_lcp_3_6_4_05_text_of_a_claim),
        TEST(test_what_is_not_known_is_refused),
    };
    struct CMUnitTest tests[COUNT(habits) + COUNT(others)];

    for (size_t i = 0; i < COUNT(habits); i++) {
        tests[i] = TEST_OF(test_habit, &habits[i]);
    }
    memcpy(tests + COUNT(habits), others, sizeof others);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else
#include "absent.h"
#endif
