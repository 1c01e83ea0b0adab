/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A CA that errs, or somebody who plays one: each fault in the first answer
 * and in the answer to certConf, under MAC and under signature. Whatever
 * happens, there is one clear error and the old identity is untouched.
 */
#include "device.h"
#include "vectors.h"

enum {
    MAC = 1,
    SIG = 2,
    BOTH = 3
};

/* What is left in the journal. */
enum left {
    CLEARED, /* an authenticated refusal: nothing to go on with */
    ASKED,   /* the fate of the request is unknown */
    KEPT,    /* the fate of the certConf is unknown */
    DONE     /* a new identity */
};

struct fault_case {
    const char *name;
    enum peer_fault fault;
    int kinds;
    int err;         /* if the first answer has the fault */
    enum left left;  /* and what is left then */
    int err_confirm; /* if the answer to certConf has it; 1: not applicable */
    enum left left_confirm;
};

#define NA 1

/* clang-format off */
static const struct fault_case cases[] = {
    {"LCP-3.5-01 trailing byte", PEER_TRAILING_BYTE, BOTH,
     LWCMP_ERR_SYNTAX, ASKED, LWCMP_ERR_SYNTAX, KEPT},
    {"LCP-3.5-02 CMP-7-03 pvno 1", PEER_PVNO_1, BOTH,
     LWCMP_ERR_VERSION, ASKED, LWCMP_ERR_VERSION, KEPT},
    {"LCP-3.5-02 pvno 4", PEER_PVNO_4, BOTH,
     LWCMP_ERR_VERSION, ASKED, LWCMP_ERR_VERSION, KEPT},
    {"LCP-3.5-02 CMP-7-04 pvno 3", PEER_PVNO_3, BOTH, 0, DONE, 0, DONE},
    {"LCP-3.5-02 pvno 512", PEER_PVNO_512, BOTH,
     LWCMP_ERR_VERSION, ASKED, LWCMP_ERR_VERSION, KEPT},
    {"LCP-3.5-03 no transactionID", PEER_NO_TRANSACTION_ID, BOTH,
     LWCMP_ERR_TRANSACTION_ID, ASKED, LWCMP_ERR_TRANSACTION_ID, KEPT},
    {"LCP-3.5-03 other transactionID", PEER_OTHER_TRANSACTION_ID, BOTH,
     LWCMP_ERR_TRANSACTION_ID, ASKED, LWCMP_ERR_TRANSACTION_ID, KEPT},
    {"LCP-3.5-05 no senderNonce", PEER_NO_SENDER_NONCE, BOTH,
     LWCMP_ERR_SENDER_NONCE, ASKED, LWCMP_ERR_SENDER_NONCE, KEPT},
    {"LCP-3.5-05 short senderNonce", PEER_SHORT_SENDER_NONCE, BOTH,
     LWCMP_ERR_SENDER_NONCE, ASKED, LWCMP_ERR_SENDER_NONCE, KEPT},
    {"LCP-3.5-05 long senderNonce",
     PEER_LONG_SENDER_NONCE, BOTH, 0, DONE, 0, DONE},
    {"LCP-3.5-05 huge senderNonce", PEER_HUGE_SENDER_NONCE, BOTH,
     LWCMP_ERR_SENDER_NONCE, ASKED, LWCMP_ERR_SENDER_NONCE, KEPT},
    {"LCP-3.5-06 no recipNonce", PEER_NO_RECIP_NONCE, BOTH,
     LWCMP_ERR_RECIP_NONCE, ASKED, LWCMP_ERR_RECIP_NONCE, KEPT},
    {"LCP-3.5-06 other recipNonce", PEER_OTHER_RECIP_NONCE, BOTH,
     LWCMP_ERR_RECIP_NONCE, ASKED, LWCMP_ERR_RECIP_NONCE, KEPT},
    {"LCP-3.5-11 senderKID of another secret", PEER_OTHER_KID, MAC,
     LWCMP_ERR_SENDER_KID, ASKED, LWCMP_ERR_SENDER_KID, KEPT},
    {"LCP-3.5-11 senderKID of another signer", PEER_OTHER_KID, SIG,
     LWCMP_ERR_NO_SIGNER, ASKED, LWCMP_ERR_SENDER_KID, KEPT},
    {"LCP-3.5-21 no senderKID", PEER_NO_KID, BOTH, 0, DONE, 0, DONE},
    {"LCP-3.5-21 NULL-DN sender", PEER_NULL_SENDER, BOTH, 0, DONE, 0, DONE},
    {"LCP-3.5-21 long sender", PEER_LONG_SENDER, BOTH, 0, DONE, 0, DONE},
    {"LCP-3.5-21 sender with another kind of name",
     PEER_OTHER_SENDER, BOTH, 0, DONE, 0, DONE},
    {"LCP-3.5-08 unprotected", PEER_UNPROTECTED, BOTH,
     LWCMP_ERR_UNPROTECTED, ASKED, LWCMP_ERR_UNPROTECTED, KEPT},
    {"LCP-3.1-12 no protectionAlg", PEER_NO_PROTECTION_ALG, BOTH,
     LWCMP_ERR_UNPROTECTED, ASKED, LWCMP_ERR_UNPROTECTED, KEPT},
    {"LCP-3.5-09 LCP-3.6.1-03 flipped bit", PEER_FLIPPED_PROTECTION, BOTH,
     LWCMP_ERR_PROTECTION, ASKED, LWCMP_ERR_PROTECTION, KEPT},
    {"LCP-3.5-09 empty protection", PEER_EMPTY_PROTECTION, BOTH,
     LWCMP_ERR_PROTECTION, ASKED, LWCMP_ERR_PROTECTION, KEPT},
    {"LCP-3.5-09 short protection", PEER_SHORT_PROTECTION, BOTH,
     LWCMP_ERR_PROTECTION, ASKED, LWCMP_ERR_PROTECTION, KEPT},
    {"LCP-3.5-09 long protection", PEER_LONG_PROTECTION, BOTH,
     LWCMP_ERR_PROTECTION, ASKED, LWCMP_ERR_PROTECTION, KEPT},
    {"LCP-3.2-02 LCP-3.5-10 other kind", PEER_OTHER_KIND, BOTH,
     LWCMP_ERR_WRONG_KIND, ASKED, LWCMP_ERR_WRONG_KIND, KEPT},
    {"LCP-3.5-10 unknown algorithm", PEER_UNKNOWN_ALG, BOTH,
     LWCMP_ERR_ALGORITHM, ASKED, LWCMP_ERR_ALGORITHM, KEPT},
    {"CMP-5.1.3.2-01 DHBasedMac", PEER_DH_MAC, BOTH,
     LWCMP_ERR_ALGORITHM, ASKED, LWCMP_ERR_ALGORITHM, KEPT},
    {"CMP-5.1.3.1-03 few iterations", PEER_FEW_ITERATIONS, MAC,
     LWCMP_ERR_ITERATIONS, ASKED, LWCMP_ERR_ITERATIONS, KEPT},
    {"CMP-5.1.3.1-03 many iterations", PEER_MANY_ITERATIONS, MAC,
     LWCMP_ERR_ITERATIONS, ASKED, LWCMP_ERR_ITERATIONS, KEPT},
    {"CMP-5.1.3.1-03 short salt", PEER_SHORT_SALT, MAC,
     LWCMP_ERR_ALGORITHM, ASKED, LWCMP_ERR_ALGORITHM, KEPT},
    {"CMP-5.1.3.1-04 same PBM parameters",
     PEER_SAME_PBM, MAC, 0, DONE, 0, DONE},
    {"LCP-3.5-12 no signer",
     PEER_NO_SIGNER, SIG, LWCMP_ERR_NO_SIGNER, ASKED, NA, DONE},
    {"LCP-3.5-12 junk before the signer",
     PEER_JUNK_CERT, SIG, 0, DONE, NA, DONE},
    {"LCP-3.5-12 signer without a key identifier",
     PEER_SIGNER_WITHOUT_KID, SIG, 0, DONE, NA, DONE},
    {"LCP-3.4-04 LCP-3.5-18 LCP-3.5-19 signed by a device",
     PEER_DEVICE_SIGNER, SIG, LWCMP_ERR_NOT_AUTHORIZED, ASKED, NA, DONE},
    {"LCP-3.5-13 signer may not sign", PEER_SIGNER_MAY_NOT_SIGN, SIG,
     LWCMP_ERR_NOT_AUTHORIZED, ASKED, NA, DONE},
    {"LCP-3.5-12 LCP-3.5-19 foreign signer", PEER_FOREIGN_SIGNER, SIG,
     LWCMP_ERR_UNTRUSTED, ASKED, NA, DONE},
    {"LCP-3.5-04 wrong body", PEER_WRONG_BODY, BOTH,
     LWCMP_ERR_UNEXPECTED, ASKED, LWCMP_ERR_UNEXPECTED, KEPT},
    {"LCP-4.1.1-14 certReqId 1", PEER_CERT_REQ_ID, BOTH,
     LWCMP_ERR_CERT_REQ_ID, ASKED, NA, DONE},
    {"LCP-4.1.1-18 rejection",
     PEER_REJECTS, BOTH, LWCMP_ERR_REJECTED, CLEARED, NA, DONE},
    {"CMP-5.2.3-01 keyUpdateWarning", PEER_KEY_UPDATE_WARNING, BOTH,
     LWCMP_ERR_REJECTED, CLEARED, NA, DONE},
    {"LCP-4.1.1-15 accepted without certificate",
     PEER_STATUS_WITHOUT_CERT, BOTH,
     LWCMP_ERR_STATUS, ASKED, NA, DONE},
    {"LCP-4.1.1-15 grantedWithMods",
     PEER_GRANTED_WITH_MODS, BOTH, 0, DONE, NA, DONE},
    /*
     * Turned down in certConf. A chain may have been spoiled on the way, so
     * the key is not given up for it.
     */
    {"LCP-4.1.1-22 LCP-3.6.1-02 other key", PEER_OTHER_KEY, BOTH,
     LWCMP_ERR_CERT_KEY, CLEARED, NA, DONE},
    {"LCP-4.1.1-22 LCP-3.6.1-02 foreign chain", PEER_FOREIGN_CHAIN, BOTH,
     LWCMP_ERR_CERT_CHAIN, ASKED, NA, DONE},
    {"LCP-4.1.1-22 LCP-3.6.1-02 no certificate at all", PEER_BAD_CERT, BOTH,
     LWCMP_ERR_CERT_SYNTAX, CLEARED, NA, DONE},
    {"LCP-4.1.1-22 LCP-3.6.1-02 unknown signature", PEER_UNKNOWN_SIG, BOTH,
     LWCMP_ERR_ALGORITHM, CLEARED, NA, DONE},
    {"LCP-3.6.4-06 error", PEER_ERROR, BOTH,
     LWCMP_ERR_PEER_ERROR, CLEARED, LWCMP_ERR_PEER_ERROR, KEPT},
    {"LCP-3.6.4-04 busy", PEER_BUSY, BOTH,
     LWCMP_ERR_PEER_ERROR, ASKED, LWCMP_ERR_PEER_ERROR, KEPT},
    {"LCP-3.5-01 error that does not parse", PEER_BAD_ERROR, BOTH,
     LWCMP_ERR_SYNTAX, ASKED, LWCMP_ERR_SYNTAX, KEPT},
    {"LCP-3.5-01 pkiConf that does not parse", PEER_BAD_PKICONF, BOTH,
     0, DONE, LWCMP_ERR_SYNTAX, KEPT},
    {"LCP-3.6.4-05 unprotected error", PEER_CLAIM, BOTH,
     LWCMP_ERR_PEER_CLAIM, ASKED, LWCMP_ERR_PEER_CLAIM, KEPT},
    {"LCP-3.6.4-05 unprotected error, waiting", PEER_CLAIM_WAITING, BOTH,
     LWCMP_ERR_PEER_CLAIM, ASKED, LWCMP_ERR_PEER_CLAIM, KEPT},
};
/* clang-format on */

static struct device d;

static void check_left(enum left left, uint8_t active_before)
{
    struct lwcmp_journal journal = device_journal(&d);
    uint8_t fresh = active_before == 1 ? 2 : 1;

    CHECK(journal.active == (left == DONE ? fresh : active_before));
    CHECK(journal.phase == (left == ASKED  ? LWCMP_PHASE_ASKED
                            : left == KEPT ? LWCMP_PHASE_KEPT
                                           : LWCMP_PHASE_IDLE));
    /* A key that the journal does not name is gone. */
    CHECK(device_has_key(d.config.key_slot[fresh - 1]) == (left != CLEARED));
    if (journal.active != 0) {
        device_check_identity(&d);
    }
}

/* Nothing goes out after an answer that cannot be believed (3.6.1). */
static unsigned exchanges_due(const struct fault_case *f, unsigned answer)
{
    bool turned_down =
        f->fault == PEER_OTHER_KEY || f->fault == PEER_FOREIGN_CHAIN ||
        f->fault == PEER_BAD_CERT || f->fault == PEER_UNKNOWN_SIG;

    return answer == 2 || f->err == 0 || turned_down ? 2 : 1;
}

static void run_case(const struct fault_case *f, int kind, unsigned answer)
{
    int err = answer == 1 ? f->err : f->err_confirm;
    enum left left = answer == 1 ? f->left : f->left_confirm;
    uint8_t active = 0;

    if ((f->kinds & kind) == 0 || err == NA) {
        return;
    }
    vectors_at("%s, %s, answer %u", f->name, kind == MAC ? "MAC" : "signature",
               answer);
    device_init(&d);
    if (kind == SIG) {
        device_enrol(&d);
        active = 1;
    }
    d.peer.fault = f->fault;
    d.peer.at = answer;
    CHECK_INT(device_run(&d), err);
    CHECK(d.exchanges == exchanges_due(f, answer));
    check_left(left, active);
    CHECK(lwcmp_end(&d.c) == err);
    CHECK(crypto_toy_volatile_keys() == 0);
    device_free(&d);
}

static void test_fault(void **state)
{
    for (unsigned answer = 1; answer <= 2; answer++) {
        run_case(*state, MAC, answer);
        run_case(*state, SIG, answer);
    }
}

/* Too late for certConf, so the device only stops. */
static void test_lcp_3_6_1_04_other_key_confirmed_implicitly(void **state)
{
    (void)state;
    vectors_at("other key, implicit confirmation");
    device_init(&d);
    device_enrol(&d);
    d.config.implicit_confirm = true;
    d.peer.implicit = true;
    d.peer.fault = PEER_OTHER_KEY;
    CHECK_INT(device_run(&d), LWCMP_ERR_CERT_KEY);
    CHECK(d.exchanges == 1);
    check_left(CLEARED, 1);
    device_free(&d);
}

/* It has no certHash, so certConf rejects it without a CertStatus. */
static void test_cmp_5_3_18_01_unknown_signature(void **state)
{
    struct lwcmp_message m;

    (void)state;
    device_init(&d);
    d.peer.fault = PEER_UNKNOWN_SIG;
    assert_int_equal(device_run(&d), LWCMP_ERR_ALGORITHM);
    assert_true(lwcmp_server_status(&d.c).authenticated);
    assert_int_equal(d.exchanges, 2);
    m = device_sent(&d, 1);
    assert_int_equal(m.type, LWCMP_BODY_CERTCONF);
    assert_int_equal(m.content.n, 2);
    assert_memory_equal(m.content.p, "\x30\x00", 2);
    device_free(&d);
}

/* What the server said is handed up, marked for what it is. */
static void test_server_status(void **state)
{
    struct lwcmp_status s;

    (void)state;
    device_init(&d);
    d.peer.fault = PEER_REJECTS;
    assert_int_equal(device_run(&d), LWCMP_ERR_REJECTED);
    s = lwcmp_server_status(&d.c);
    assert_true(s.present && s.authenticated);
    assert_int_equal(s.status, 2);
    assert_int_equal(s.fail_info, 1 << 9); /* badPOP */
    assert_int_equal(s.text.n, 4);
    assert_memory_equal(s.text.p, "why?", 4);

    d.peer.fault = PEER_CLAIM;
    assert_int_equal(device_run(&d), LWCMP_ERR_PEER_CLAIM);
    s = lwcmp_server_status(&d.c);
    assert_true(s.present && !s.authenticated);
    assert_memory_equal(s.text.p, "why?", 4);

    /* Half of what does not parse is nothing to show. */
    d.peer.fault = PEER_BAD_ERROR;
    assert_int_equal(device_run(&d), LWCMP_ERR_SYNTAX);
    assert_false(lwcmp_server_status(&d.c).present);
    device_free(&d);
}

/* A wrong secret: the answer's MAC does not verify. */
static void test_wrong_secret(void **state)
{
    static const uint8_t wrong[] = "wrong";

    (void)state;
    device_init(&d);
    crypto_toy_secret_set(0x201, (struct lwcmp_bytes){wrong, 5});
    d.config.secret = 0x201;
    assert_int_equal(device_run(&d), LWCMP_ERR_PROTECTION);
    assert_int_equal(device_journal(&d).active, 0);
    device_free(&d);
}

/* Each authorisation by itself. */
static void test_lcp_3_5_18_responder_by_name(void **state)
{
    static const uint8_t signer[] = {0x30, 0x11, 0x31, 0x0f, 0x30, 0x0d, 0x06,
                                     0x03, 0x55, 0x04, 0x03, 0x0c, 0x06, 'S',
                                     'i',  'g',  'n',  'e',  'r'};

    (void)state;
    device_init(&d);
    device_enrol(&d);
    d.config.responder_name = (struct lwcmp_bytes){signer, sizeof signer};
    d.peer.fault = PEER_DEVICE_SIGNER;
    assert_int_equal(device_run(&d), 0);
    d.config.responder_name.n = 0;
    d.config.responder_certificate = peer_root();
    assert_int_equal(device_run(&d), LWCMP_ERR_NO_SIGNER);
    device_free(&d);
}

/* The provider's word on a path is the last. */
static void test_lcp_3_5_12_path_is_refused(void **state)
{
    static const int errors[] = {LWCMP_ERR_UNTRUSTED, LWCMP_ERR_EXPIRED,
                                 LWCMP_ERR_NOT_YET_VALID};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        vectors_at("path error %d", errors[i]);
        device_init(&d);
        device_enrol(&d);
        crypto_toy.path_result = errors[i];
        CHECK(device_run(&d) == errors[i]);
        check_left(ASKED, 1);
        device_free(&d);
    }
}

/*
 * The signer's path is not asked for under MAC, so that this is the one of
 * the new certificate: it is turned down in certConf.
 */
static void test_lcp_3_6_1_02_new_path_is_refused(void **state)
{
    static const int errors[][2] = {
        {LWCMP_ERR_UNTRUSTED, LWCMP_ERR_CERT_CHAIN},
        {LWCMP_ERR_EXPIRED, LWCMP_ERR_EXPIRED},
        {LWCMP_ERR_NOT_YET_VALID, LWCMP_ERR_NOT_YET_VALID}};

    (void)state;
    for (size_t i = 0; i < COUNT(errors); i++) {
        vectors_at("path error %d", errors[i][0]);
        device_init(&d);
        crypto_toy.path_result = errors[i][0];
        CHECK(device_run(&d) == errors[i][1]);
        CHECK(d.exchanges == 2);
        check_left(ASKED, 0);
        device_free(&d);
    }
}

/* What was wrong first is the result, whatever becomes of the certConf. */
static void test_rejection_is_answered_badly(void **state)
{
    static const enum peer_fault faults[] = {PEER_ERROR, PEER_BUSY,
                                             PEER_BAD_PKICONF};

    (void)state;
    for (size_t i = 0; i < COUNT(faults); i++) {
        vectors_at("fault %d in the answer to certConf", (int)faults[i]);
        device_init(&d);
        device_enrol(&d);
        d.peer.fault = PEER_OTHER_KEY;
        d.peer.at = 1;
        d.peer.also = faults[i];
        d.peer.also_at = 2;
        CHECK_INT(device_run(&d), LWCMP_ERR_CERT_KEY);
        check_left(CLEARED, 1);
        device_free(&d);
    }
}

int main(void)
{
    const struct CMUnitTest others[] = {
        cmocka_unit_test(test_lcp_3_6_1_04_other_key_confirmed_implicitly),
        cmocka_unit_test(test_cmp_5_3_18_01_unknown_signature),
        cmocka_unit_test(test_server_status),
        cmocka_unit_test(test_wrong_secret),
        cmocka_unit_test(test_lcp_3_5_18_responder_by_name),
        cmocka_unit_test(test_lcp_3_5_12_path_is_refused),
        cmocka_unit_test(test_lcp_3_6_1_02_new_path_is_refused),
        cmocka_unit_test(test_rejection_is_answered_badly),
    };
    struct CMUnitTest tests[COUNT(cases) + COUNT(others)];

    for (size_t i = 0; i < COUNT(cases); i++) {
        tests[i] = (struct CMUnitTest){cases[i].name, test_fault, NULL, NULL,
                                       (void *)&cases[i]};
    }
    memcpy(tests + COUNT(cases), others, sizeof others);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
