/* SPDX-License-Identifier: Apache-2.0 */
/*
 * src/quirks.c: with every tolerance on, what nobody is forgiven. After each
 * attack key, journal and anchors are as they would be without any.
 */
#include "lwcmp/config.h"

#if LWCMP_WITH_QUIRKS

#include "quirks_fixture.h"

/* Signed answers to a secret. */
static void signed_by_a_device(void)
{
    d.peer.sign = true;
    d.peer.fault = PEER_DEVICE_SIGNER;
}

static void signed_by_a_stranger(void)
{
    d.peer.sign = true;
    d.peer.fault = PEER_FOREIGN_SIGNER;
}

static void signed_wrongly(void)
{
    d.peer.sign = true;
    d.peer.fault = PEER_FLIPPED_PROTECTION;
}

/* Whoever can sign brings a root of his own, in caPubs and extraCerts. */
static void signed_with_ca_pubs(void)
{
    d.peer.sign = true;
    d.peer.ca_pubs = true;
    d.peer.root_comes = true;
    d.config.anchors.n = 0;
    d.config.accept_ca_pubs = true;
}

/* The signer is believed; his caPubs are not. */
static void believed_with_ca_pubs(void)
{
    signed_with_ca_pubs();
    d.config.anchors = peer_signer();
}

static void mac_for_a_signature(void)
{
    device_set_factory(&d);
    d.peer.fault = PEER_OTHER_KIND;
}

static void bad_mac_of_an_error(void)
{
    spoil(PEER_ERROR, 1, PEER_FLIPPED_PROTECTION);
}

static void bad_mac(void)
{
    d.peer.fault = PEER_FLIPPED_PROTECTION;
}

/* senderKID. */
static void reflected_by_a_device(void)
{
    device_set_factory(&d);
    d.peer.reflects = true;
    d.peer.fault = PEER_DEVICE_SIGNER;
}

static void reflected_and_wrong(void)
{
    device_set_factory(&d);
    d.peer.reflects = true;
    d.peer.fault = PEER_FLIPPED_PROTECTION;
}

static void kid_of_somebody(void)
{
    device_set_factory(&d);
    d.peer.fault = PEER_OTHER_KID;
}

static void kid_of_another_secret(void)
{
    d.peer.fault = PEER_OTHER_KID;
}

/* Without protection. */
static void unprotected_certificate(void)
{
    d.peer.fault = PEER_UNPROTECTED;
}

static void unprotected_nonsense(void)
{
    spoil(PEER_UNPROTECTED, 1, PEER_STATUS_WITHOUT_CERT);
}

static void unprotected_warning(void)
{
    spoil(PEER_UNPROTECTED, 1, PEER_KEY_UPDATE_WARNING);
}

static void unprotected_waiting(void)
{
    d.peer.fault = PEER_UNPROTECTED;
    d.peer.waits = true;
}

static void unprotected_pkiconf(void)
{
    spoil(PEER_UNPROTECTED, 2, PEER_HONEST);
}

static void unprotected_rejection_of_another(void)
{
    d.peer.fault = PEER_UNPROTECTED;
    d.peer.at = 1;
    d.peer.as = LWCMP_BODY_KUP;
}

static void foreign_certificate(void)
{
    d.peer.fault = PEER_OTHER_TRANSACTION_ID;
}

static void certificate_of_cmp1999(void)
{
    d.peer.fault = PEER_PVNO_1;
}

static void error_that_waits(void)
{
    d.peer.fault = PEER_CLAIM_WAITING;
}

/* Bodies. */
static void kup_for_ir(void)
{
    d.peer.as = LWCMP_BODY_KUP;
}

static void cp_for_kur(void)
{
    set_renewal();
    d.peer.as = LWCMP_BODY_CP;
}

static void ip_for_certconf(void)
{
    spoil(PEER_WRONG_BODY, 2, PEER_HONEST);
}

static void pkiconf_for_ir(void)
{
    d.peer.fault = PEER_WRONG_BODY;
}

/* keyUsage. */
static void device_that_may_not_sign(void)
{
    device_set_factory(&d);
    spoil(PEER_SIGNER_MAY_NOT_SIGN, 1, PEER_DEVICE_SIGNER);
}

/* clang-format off */
static const struct attack attacks[] = {
    {"LCP-3.5-18 signed by a device", signed_by_a_device,
     LWCMP_ERR_NOT_AUTHORIZED, ASKED},
    {"LCP-3.5-12 signed by a stranger", signed_by_a_stranger,
     LWCMP_ERR_UNTRUSTED, ASKED},
    {"LCP-3.5-09 signed wrongly", signed_wrongly,
     LWCMP_ERR_PROTECTION, ASKED},
    {"LCP-4.1-12 signed with caPubs", signed_with_ca_pubs,
     LWCMP_ERR_UNTRUSTED, ASKED},
    {"LCP-4.1-12 believed with caPubs", believed_with_ca_pubs,
     LWCMP_ERR_CERT_CHAIN, OURS},
    {"LCP-3.2-02 MAC for a signature", mac_for_a_signature,
     LWCMP_ERR_WRONG_KIND, ASKED},
    {"LCP-3.5-09 bad MAC of an error", bad_mac_of_an_error,
     LWCMP_ERR_PROTECTION, ASKED},
    {"LCP-3.5-09 bad MAC", bad_mac, LWCMP_ERR_PROTECTION, ASKED},
    {"LCP-3.5-18 reflected by a device", reflected_by_a_device,
     LWCMP_ERR_PROTECTION, ASKED},
    {"LCP-3.5-09 reflected and wrong", reflected_and_wrong,
     LWCMP_ERR_PROTECTION, ASKED},
    {"LCP-3.5-11 senderKID of somebody", kid_of_somebody,
     LWCMP_ERR_NO_SIGNER, ASKED},
    {"LCP-3.5-11 senderKID of another secret", kid_of_another_secret,
     LWCMP_ERR_SENDER_KID, ASKED},
    {"LCP-3.5-08 unprotected certificate", unprotected_certificate,
     LWCMP_ERR_UNPROTECTED, ASKED},
    {"LCP-3.5-08 unprotected nonsense", unprotected_nonsense,
     LWCMP_ERR_UNPROTECTED, ASKED},
    {"LCP-3.5-08 unprotected warning", unprotected_warning,
     LWCMP_ERR_UNPROTECTED, ASKED},
    {"LCP-3.5-08 unprotected waiting", unprotected_waiting,
     LWCMP_ERR_UNPROTECTED, ASKED},
    {"LCP-3.5-08 unprotected pkiConf", unprotected_pkiconf,
     LWCMP_ERR_UNPROTECTED, KEPT},
    {"LCP-3.5-04 unprotected kup for ir", unprotected_rejection_of_another,
     LWCMP_ERR_UNEXPECTED, ASKED},
    {"LCP-3.5-03 foreign certificate", foreign_certificate,
     LWCMP_ERR_TRANSACTION_ID, ASKED},
    {"LCP-3.5-02 certificate of cmp1999", certificate_of_cmp1999,
     LWCMP_ERR_VERSION, ASKED},
    {"LCP-3.6.4-05 unprotected error that waits", error_that_waits,
     LWCMP_ERR_PEER_CLAIM, ASKED},
    {"LCP-3.5-04 kup for ir", kup_for_ir, LWCMP_ERR_UNEXPECTED, ASKED},
    {"LCP-3.5-04 cp for kur", cp_for_kur, LWCMP_ERR_UNEXPECTED, ASKED},
    {"LCP-3.5-04 ip for certConf", ip_for_certconf,
     LWCMP_ERR_UNEXPECTED, KEPT},
    {"LCP-3.5-04 pkiConf for ir", pkiconf_for_ir,
     LWCMP_ERR_UNEXPECTED, ASKED},
    {"LCP-3.5-13 device that may not sign", device_that_may_not_sign,
     LWCMP_ERR_NOT_AUTHORIZED, ASKED},
};
/* clang-format on */

#if LWCMP_WITH_POLLING
/*
 * Somebody else's error breaks off the polling, as a broken connection would.
 * Nothing is lost by it.
 */
static void test_lcp_3_6_4_05_error_while_polling(void **state)
{
    static const enum peer_fault faults[] = {
        PEER_OTHER_RECIP_NONCE, PEER_OTHER_TRANSACTION_ID, PEER_PVNO_1};

    for (size_t i = 0; i < COUNT(faults); i++) {
        vectors_at("fault %zu", i);
        (void)tear_down(state);
        (void)set_up_waiting(state);
        d.config.quirks = QUIRKS_ALL;
        spoil(PEER_ERROR, 3, faults[i]);
        CHECK_INT(device_run(&d), LWCMP_ERR_PEER_CLAIM);
        CHECK_INT(device_journal(&d).waits, LWCMP_WAITS_RESPONSE);
        (void)lwcmp_end(&d.c);
        d.resume = true;
        d.peer.fault = d.peer.also = PEER_HONEST;
        CHECK_INT(device_run(&d), 0);
        CHECK_INT(device_sent(&d, 0).type, LWCMP_BODY_POLLREQ);
        device_check_identity(&d);
    }
}

/* Nor does "no protection" speak for a rejection of who polls. */
static void test_lcp_3_5_08_unprotected_poll_rep(void **state)
{
    (void)tear_down(state);
    (void)set_up_waiting(state);
    d.config.quirks = QUIRKS_ALL;
    spoil(PEER_UNPROTECTED, 2, PEER_HONEST);
    assert_int_equal(device_run(&d), LWCMP_ERR_UNPROTECTED);
    assert_int_equal(device_journal(&d).waits, LWCMP_WAITS_RESPONSE);
}
#endif

int main(void)
{
    const struct CMUnitTest others[] = {
        TEST(test_none_acts),
#if LWCMP_WITH_POLLING
        TEST(test_lcp_3_6_4_05_error_while_polling),
        TEST(test_lcp_3_5_08_unprotected_poll_rep),
#endif
    };
    struct CMUnitTest tests[COUNT(attacks) + COUNT(others)];

    for (size_t i = 0; i < COUNT(attacks); i++) {
        tests[i] = TEST_OF(test_attacker, &attacks[i]);
    }
    memcpy(tests + COUNT(attacks), others, sizeof others);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else
#include "absent.h"
#endif
