/* SPDX-License-Identifier: Apache-2.0 */
/* src/engine_status.c: who is on a list may not speak for a CA. */
#include "lwcmp/config.h"

#if LWCMP_WITH_CRL

#include "crl_make.h"
#include "engine_central.h"
#include "peer_inside.h"
#include "vectors.h"

#define SIGNER 0x1234 /* the serial number that all certificates have */
#define IN_2030 1893456000u
#define IN_2046 2398377600u

static uint8_t crl_bytes[1024];

/* CRLs of the root, one behind the other, each with one on the list. */
static void add(struct crl_make what)
{
    struct lwcmp_der_out o;
    size_t n = d.config.crls.n;

    what.issuer = what.issuer ? what.issuer : "Root";
    what.signer = what.signer ? what.signer : PEER_ROOT_KEY;
    lwcmp_der_out_init(&o, crl_bytes + n, sizeof crl_bytes - n);
    (void)crl_make(&o, &what);
    assert_int_equal(o.err, 0);
    d.config.crls = (struct lwcmp_bytes){crl_bytes, n + o.n};
}

static void add_revoked(uint32_t serial)
{
    add((struct crl_make){.serial = serial});
}

/* A renewal, which the CA answers by signature. */
static int set_up_renewal(void **state)
{
    (void)set_up(state);
    device_enrol(&d);
    return 0;
}

static void test_lcp_3_5_14_revoked_signer(void **state)
{
    struct lwcmp_journal before = device_journal(&d);

    (void)state;
    add_revoked(SIGNER);
    assert_int_equal(device_run(&d), LWCMP_ERR_REVOKED);
    assert_int_equal(d.exchanges, 1);
    assert_int_equal(device_journal(&d).active, before.active);
    device_check_identity(&d);
    assert_false(lwcmp_server_status(&d.c).authenticated);
}

static void test_lcp_3_5_14_not_revoked(void **state)
{
    (void)state;
    d.config.require_status = true;
    add_revoked(SIGNER + 1);
    assert_int_equal(device_run(&d), 0);
    device_check_identity(&d);
}

/* What is not known is no obstacle, unless it has to be known. */
static void test_lcp_3_5_14_no_crl(void **state)
{
    (void)state;
    d.config.require_status = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_CRL);
    assert_int_equal(d.exchanges, 1);
    (void)lwcmp_end(&d.c);
    d.config.require_status = false;
    assert_int_equal(device_run(&d), 0);
}

static void test_lcp_3_5_14_expired_crl(void **state)
{
    (void)state;
    d.config.require_status = true;
    d.time = (struct lwcmp_time){LWCMP_TIME_AT_LEAST, IN_2030};
    add((struct crl_make){.until = "290101000000Z"});
    assert_int_equal(device_run(&d), LWCMP_ERR_CRL);
    (void)lwcmp_end(&d.c);
    add((struct crl_make){.until = "310101000000Z"});
    assert_int_equal(device_run(&d), 0);
}

static void test_lcp_3_5_14_forged_crl(void **state)
{
    (void)state;
    d.config.require_status = true;
    add((struct crl_make){.signer = PEER_DEVICE_KEY, .serial = SIGNER});
    assert_int_equal(device_run(&d), LWCMP_ERR_CRL);
}

/* He is known from before a reset: he is looked up again. */
static void test_lcp_3_5_14_remembered_signer(void **state)
{
    (void)state;
    d.peer.polls = 2;
    d.peer.check_after = 60;
    d.peer.waits = true;
    d.off_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    (void)lwcmp_end(&d.c);
    d.off_at = 0;
    d.resume = true;
    d.peer.fault = PEER_NO_SIGNER;
    add_revoked(SIGNER);
    assert_int_equal(device_run(&d), LWCMP_ERR_REVOKED);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_POLLREQ);
    (void)lwcmp_end(&d.c);
    d.config.crls.n = 0;
    add_revoked(SIGNER + 1);
    d.config.require_status = true;
    assert_int_equal(device_run(&d), 0);
}

/* So is another one who brings the answer in the end. */
static void test_lcp_3_5_14_other_signer(void **state)
{
    (void)state;
    d.peer.polls = 1;
    d.peer.check_after = 1;
    d.peer.waits = true;
    d.off_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    (void)lwcmp_end(&d.c);
    d.off_at = 0;
    d.resume = true;
    d.peer.polls = 0;
    d.peer.other_signer = true;
    add_revoked(SIGNER);
    assert_int_equal(device_run(&d), LWCMP_ERR_REVOKED);
}

/* Nobody has anything to say of an anchor. */
static void test_pinned_responder(void **state)
{
    (void)state;
    d.config.responder_certificate = peer_signer();
    d.config.require_status = true;
    d.peer.fault = PEER_DEVICE_SIGNER;
    add_revoked(SIGNER);
    assert_int_equal(device_run(&d), 0);
}

/* A CA above the new certificate; by MAC, so that nobody signs. */
static void test_lcp_4_1_1_22_revoked_ca_of_new_certificate(void **state)
{
    (void)state;
    d.peer.intermediate = true;
    add_revoked(SIGNER);
    assert_int_equal(device_run(&d), LWCMP_ERR_REVOKED);
    assert_int_equal(d.exchanges, 2);
    assert_int_equal(device_sent(&d, 1).type, LWCMP_BODY_CERTCONF);
    assert_int_equal(device_journal(&d).active, 0);
}

/* The new one itself is not looked up, and need not be known. */
static void test_new_certificate(void **state)
{
    (void)state;
    d.config.require_status = true;
    d.peer.intermediate = true;
    assert_int_equal(device_run(&d), 0);
    (void)lwcmp_end(&d.c);
    device_free(&d);
    (void)set_up(state);
    add_revoked(SIGNER);
    assert_int_equal(device_run(&d), 0);
}

/* Trouble of the platform is no verdict on a certificate. */
static void test_provider_fails(void **state)
{
    (void)state;
    d.peer.intermediate = true;
    add_revoked(SIGNER + 1);
    crypto_toy.fail_of_kind = true;
    crypto_toy.fail_kind = CRYPTO_TOY_PUBLIC_IMPORT;
    crypto_toy.fail_at = 1;
    crypto_toy.fail_with = LWCMP_ERR_CRYPTO;
    assert_int_equal(device_run(&d), LWCMP_ERR_CRYPTO);
    assert_int_equal(d.exchanges, 1);
}

/* caPubs count under a MAC only, where nobody has a status. */
static void test_lcp_3_5_15_signed_ca_pubs(void **state)
{
    (void)state;
    device_set_factory(&d);
    d.config.accept_ca_pubs = true;
    d.peer.ca_pubs = true;
    d.peer.more_ca_pubs = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_record(&d, LWCMP_RECORD_ANCHORS).n, 0);
}

static void test_crls_have_to_parse(void **state)
{
    (void)state;
    add_revoked(1);
    d.config.crls.n--;
    assert_int_equal(device_run(&d), LWCMP_ERR_CONFIG);
    d.config.crls.n = 0;
    add((struct crl_make){.from = "2513"});
    assert_int_equal(device_run(&d), LWCMP_ERR_CONFIG);
}

/* A CRL that is beyond us is passed over: it may be the CA's latest idea. */
static void test_crl_that_is_not_understood(void **state)
{
    static const struct crl_ext unknown = {CRL_UNKNOWN, true,
                                           CRL_BYTES("\x05\x00")};

    (void)state;
    add((struct crl_make){.serial = SIGNER, .list = {unknown}});
    assert_int_equal(device_run(&d), 0);
    (void)lwcmp_end(&d.c);
    d.config.require_status = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_CRL);
}

/* CRLs come from CAs, and some of those leave nextUpdate away (5.1.2.5). */
static void test_path_07_crl_without_next_update(void **state)
{
    (void)state;
    add((struct crl_make){.serial = SIGNER, .until = ""});
    assert_int_equal(device_run(&d), 0);
    (void)lwcmp_end(&d.c);
    d.config.require_status = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_CRL);
}

/* One long call in each step: a CRL of each CA is one signature. */
static void test_one_call_in_a_step(void **state)
{
    unsigned most = 0;
    unsigned before;

    (void)state;
    add_revoked(1);
    add_revoked(2);
    add_revoked(3);
    d.peer.answers = 0;
    assert_int_equal(lwcmp_begin(&d.c, &d.config, &d.request), 0);
    for (;;) {
        enum lwcmp_want want;

        before = crypto_toy.calls_of[CRYPTO_TOY_VERIFY];
        want = lwcmp_step(&d.c);
        before = crypto_toy.calls_of[CRYPTO_TOY_VERIFY] - before;
        most = before > most ? before : most;
        if (want == LWCMP_EXCHANGE) {
            device_exchange(&d);
        } else if (want != LWCMP_STEP) {
            break;
        }
    }
    assert_int_equal(lwcmp_result(&d.c), 0);
    assert_int_equal(most, 1);
}

#if LWCMP_WITH_CENTRAL_KEY
/* Who has made a key for us is looked up, too, and it is turned down. */
static void test_lcp_4_1_6_13_revoked_key_maker(void **state)
{
    (void)state;
    d.config.require_status = true;
    add_revoked(PEER_KGA_SERIAL);
    assert_int_equal(device_run(&d), LWCMP_ERR_REVOKED);
    assert_int_equal(d.exchanges, 2);
    assert_int_equal(device_sent(&d, 1).type, LWCMP_BODY_CERTCONF);
    assert_false(device_has_key(DEVICE_KEY_1));
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_IDLE);
    check_is_wiped();
    (void)lwcmp_end(&d.c);
    d.config.crls.n = 0;
    add_revoked(PEER_KGA_SERIAL + 1);
    assert_int_equal(device_run(&d), 0);
}
#endif

#define RENEWAL(f) cmocka_unit_test_setup_teardown(f, set_up_renewal, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RENEWAL(test_lcp_3_5_14_revoked_signer),
        RENEWAL(test_lcp_3_5_14_not_revoked),
        RENEWAL(test_lcp_3_5_14_no_crl),
        RENEWAL(test_lcp_3_5_14_expired_crl),
        RENEWAL(test_lcp_3_5_14_forged_crl),
        RENEWAL(test_lcp_3_5_14_remembered_signer),
        RENEWAL(test_lcp_3_5_14_other_signer),
        RENEWAL(test_pinned_responder),
        TEST(test_lcp_4_1_1_22_revoked_ca_of_new_certificate),
        TEST(test_new_certificate),
        TEST(test_provider_fails),
        TEST(test_lcp_3_5_15_signed_ca_pubs),
        RENEWAL(test_crls_have_to_parse),
        RENEWAL(test_crl_that_is_not_understood),
        RENEWAL(test_path_07_crl_without_next_update),
        RENEWAL(test_one_call_in_a_step),
#if LWCMP_WITH_CENTRAL_KEY
        SIGNED(test_lcp_4_1_6_13_revoked_key_maker),
#endif
    };

    return cmocka_run_group_tests_name("engine_status", tests, NULL, NULL);
}

#else
#include "absent.h"
#endif
