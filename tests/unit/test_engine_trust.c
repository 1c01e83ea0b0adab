/* SPDX-License-Identifier: Apache-2.0 */
/* Whose answers and which certificates are believed, and by which anchors. */
#include "engine_device.h"
#include "vectors.h"

/*
 * The configured certificate may answer without any key usage of a CA,
 * without being sent along, and whatever name is configured besides.
 */
static void test_lcp_3_5_18_responder_by_certificate(void **state)
{
    static const uint8_t null_dn[] = {0x30, 0x00};

    (void)state;
    device_enrol(&d);
    d.config.responder_certificate = peer_signer();
    d.config.responder_name = (struct lwcmp_bytes){null_dn, sizeof null_dn};
    d.peer.fault = PEER_NO_SIGNER;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_journal(&d).active, 2);
    device_check_identity(&d);
}

/*
 * Others of the signer's name and key identifier lie before it, but not any
 * number: each is a search for a path, and nobody vouches for the message yet.
 */
static void test_many_candidates(void **state)
{
    (void)state;
    device_set_factory(&d);
    d.config.buffer_size = 16384;
    d.config.buffer = realloc(d.config.buffer, d.config.buffer_size);
    assert_non_null(d.config.buffer);
    d.peer.twins = 7;
    assert_int_equal(device_run(&d), 0);
    (void)lwcmp_end(&d.c);
    d.peer.twins = 8;
    assert_int_equal(device_run(&d), LWCMP_ERR_UNTRUSTED);
}

/* It is an anchor for itself, but none for the new certificate. */
static void test_responder_by_certificate_is_no_anchor(void **state)
{
    (void)state;
    device_set_factory(&d);
    d.config.anchors.n = 0;
    d.config.responder_certificate = peer_signer();
    assert_int_equal(device_run(&d), LWCMP_ERR_NO_ANCHOR);
    assert_int_equal(d.exchanges, 0);
    d.config.allow_no_anchor = true;
    assert_int_equal(device_run(&d), 0);
    device_check_identity(&d);
}

/* No device of the fleet is an anchor, so that is proof enough. */
static void test_lcp_3_5_18_responder_is_an_anchor(void **state)
{
    uint8_t anchors[1024];
    size_t root = peer_root().n;

    (void)state;
    device_enrol(&d);
    memcpy(anchors, peer_root().p, root);
    memcpy(anchors + root, peer_signer().p, peer_signer().n);
    d.config.anchors.p = anchors;
    d.config.anchors.n = root + peer_signer().n;
    d.peer.fault = PEER_NO_SIGNER;
    d.config.responder_certificate = peer_root(); /* not that one */
    assert_int_equal(device_run(&d), LWCMP_ERR_NO_SIGNER);
    d.config.responder_certificate.n = 0;
    assert_int_equal(device_run(&d), 0);
    device_check_identity(&d);
}

/* Nobody's signature can be trusted, so nothing is asked for. */
static void test_lcp_3_4_03_renewal_needs_an_anchor(void **state)
{
    (void)state;
    d.config.anchors.n = 0;
    d.config.allow_no_anchor = true;
    device_enrol(&d);
    assert_int_equal(device_run(&d), LWCMP_ERR_NO_ANCHOR);
    assert_int_equal(d.exchanges, 0);
    device_check_identity(&d);
}

/* Only the anchor that carries the new certificate is learned from caPubs. */
static void test_lcp_4_1_10_other_ca_pubs_are_not_learned(void **state)
{
    (void)state;
    d.config.accept_ca_pubs = true;
    d.peer.ca_pubs = true;
    d.peer.more_ca_pubs = true;
    d.peer.no_root = true;
    assert_int_equal(device_run(&d), 0);
    device_check_identity(&d);
    assert_int_equal(device_record(&d, LWCMP_RECORD_ANCHORS).n, 0);
}

/* With a rejection they come for nothing. */
static void test_lcp_4_1_10_ca_pubs_of_a_rejection(void **state)
{
    (void)state;
    d.config.anchors.n = 0;
    d.config.accept_ca_pubs = true;
    d.peer.ca_pubs = true;
    d.peer.fault = PEER_REJECTS;
    assert_int_equal(device_run(&d), LWCMP_ERR_REJECTED);
    assert_int_equal(device_record(&d, LWCMP_RECORD_ANCHORS).n, 0);
}

/* The root of the very signer that sends it is not learned either. */
static void test_lcp_4_1_12_sec_03_ca_pubs_of_a_signer(void **state)
{
    (void)state;
    device_set_factory(&d);
    d.config.anchors.n = 0;
    d.config.responder_certificate = peer_signer();
    d.config.allow_no_anchor = true;
    d.config.accept_ca_pubs = true;
    d.peer.ca_pubs = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_record(&d, LWCMP_RECORD_ANCHORS).n, 0);
}

/*
 * Nor are those of a signed ip that is believed: whether its signer was
 * revoked, which RFC 9483 3.5 then wants to be known, a device cannot ask.
 */
static void test_lcp_3_5_15_lcp_4_1_11_ca_pubs_of_a_believed_signer(
    void **state)
{
    (void)state;
    device_set_factory(&d);
    d.config.anchors = peer_signer();
    d.config.accept_ca_pubs = true;
    d.peer.ca_pubs = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_CHAIN);
    assert_int_equal(device_record(&d, LWCMP_RECORD_ANCHORS).n, 0);
    assert_int_equal(device_record(&d, LWCMP_RECORD_CERT_1).n, 0);
}

/* What turns the certificate down, or the message, turns its anchor down. */
static void test_lcp_4_1_10_ca_pubs_without_a_certificate(void **state)
{
    static const struct {
        enum peer_fault fault;
        bool refuse;
        int due;
    } cases[] = {
        {PEER_OTHER_KEY, false, LWCMP_ERR_CERT_KEY},
        {PEER_BAD_CERT, false, LWCMP_ERR_CERT_SYNTAX},
        {PEER_FOREIGN_CHAIN, false, LWCMP_ERR_CERT_CHAIN},
        {PEER_FLIPPED_PROTECTION, false, LWCMP_ERR_PROTECTION},
        {PEER_UNPROTECTED, false, LWCMP_ERR_UNPROTECTED},
        {PEER_OTHER_KIND, false, LWCMP_ERR_WRONG_KIND},
        {PEER_STATUS_WITHOUT_CERT, false, LWCMP_ERR_STATUS},
        {PEER_HONEST, true, LWCMP_ERR_REFUSED},
        {PEER_HONEST, false, 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        vectors_at("case %u", (unsigned)i);
        (void)tear_down(NULL);
        (void)set_up(NULL);
        d.config.anchors.n = 0;
        d.config.accept_ca_pubs = true;
        d.config.decide = true;
        d.refuse = cases[i].refuse;
        d.peer.ca_pubs = true;
        d.peer.fault = cases[i].fault;
        d.peer.at = 1;
        CHECK_INT(device_run(&d), cases[i].due);
        CHECK_INT(device_record(&d, LWCMP_RECORD_ANCHORS).n,
                  cases[i].due ? 0 : peer_root().n);
    }
}

/* An ip that was waited for, over a reset, is none the worse. */
static void test_cmp_5_3_2_01_ca_pubs_after_a_reset(void **state)
{
    (void)state;
    d.config.anchors.n = 0;
    d.config.accept_ca_pubs = true;
    d.peer.ca_pubs = true;
    d.peer.waits = true;
    d.peer.polls = 2;
    d.peer.check_after = 60;
    d.off_at = 1;
    (void)device_run(&d);
    assert_int_equal(device_record(&d, LWCMP_RECORD_ANCHORS).n, 0);
    (void)lwcmp_end(&d.c);
    d.off_at = 0;
    d.resume = true;
    assert_int_equal(device_run(&d), 0);
    device_check_identity(&d);
    assert_int_equal(device_record(&d, LWCMP_RECORD_ANCHORS).n, peer_root().n);
}

/* Nor does it help to believe the message that it comes in. */
static void test_cmp_8_9_01_ca_pubs_do_not_vouch_for_themselves(void **state)
{
    (void)state;
    device_set_factory(&d);
    d.config.anchors = d.config.certificate; /* somebody else */
    d.config.accept_ca_pubs = true;
    d.peer.ca_pubs = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_UNTRUSTED);
    assert_int_equal(d.exchanges, 1);
    assert_int_equal(device_record(&d, LWCMP_RECORD_ANCHORS).n, 0);
}

/* However much comes along, the work buffer is all that it gets. */
static void test_cmp_5_1_01_ten_megabytes(void **state)
{
    static const uint8_t some[] = {0x30, 0x83, 0x98, 0x96, 0x80};
    size_t taken = 0;
    size_t room;
    uint8_t *to;

    (void)state;
    assert_int_equal(lwcmp_begin(&d.c, &d.config, &d.request), 0);
    while (lwcmp_step(&d.c) == LWCMP_STEP) {
    }
    for (to = lwcmp_room(&d.c, &room); room > 0; to = lwcmp_room(&d.c, &room)) {
        size_t n = room < sizeof some ? room : sizeof some;

        memcpy(to, some, n);
        assert_int_equal(lwcmp_received(&d.c, n, false), 0);
        taken += n;
    }
    assert_int_equal(taken, d.config.buffer_size);
    assert_int_equal(lwcmp_received(&d.c, 1, false), LWCMP_ERR_BUFFER);
    assert_int_equal(lwcmp_failed(&d.c, LWCMP_ERR_BUFFER), 0);
    assert_int_equal(lwcmp_step(&d.c), LWCMP_DONE);
    assert_int_equal(lwcmp_result(&d.c), LWCMP_ERR_BUFFER);
}

/* Nor does a certificate carry itself. */
static void test_sec_03_new_certificate_is_no_anchor(void **state)
{
    (void)state;
    d.config.anchors.n = 0;
    d.config.accept_ca_pubs = true;
    d.peer.ca_pubs = true;
    d.peer.no_root = true;
    d.peer.fault = PEER_CERT_IN_CA_PUBS;
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_CHAIN);
    assert_int_equal(d.exchanges, 2);
    assert_int_equal(device_record(&d, LWCMP_RECORD_ANCHORS).n, 0);
    assert_int_equal(device_record(&d, LWCMP_RECORD_CERT_1).n, 0);
    assert_int_equal(device_journal(&d).active, 0);
}

/* The chain of the old identity is for its renewal, not for another one. */
static void test_old_chain_is_for_renewal(void **state)
{
    (void)state;
    d.peer.intermediate = true;
    device_enrol(&d);
    d.request.operation = LWCMP_IR;
    d.config.secret = DEVICE_SECRET;
    d.peer.sign = false;
    d.peer.omit_chain = true;
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_CHAIN);
    assert_int_equal(device_journal(&d).active, 1);
    device_check_identity(&d);
}

struct pbm_case {
    const char *name;
    struct lwcmp_pbm pbm;
    bool pbmac1; /* what we send */
    bool salt;   /* of the answer is the peer's */
    bool own;    /* and whether that is our key */
};

/*
 * Our own key serves for an answer with our salt only if all is the same. The
 * peer makes its key of what it sends; how often we do is counted.
 */
static void check_pbm(const struct pbm_case *f)
{
    unsigned slices =
        f->pbmac1 ? 1 : (1500 + LWCMP_PBM_SLICE - 1) / LWCMP_PBM_SLICE;

    vectors_at("%s", f->name);
    (void)tear_down(NULL);
    (void)set_up(NULL);
    d.config.pbmac1 = f->pbmac1;
    d.peer.pbm = f->pbm;
    d.peer.fault = f->salt ? PEER_HONEST : PEER_SAME_PBM;
    d.peer.at = 1;
    d.peer.also = d.peer.fault;
    d.peer.also_at = 2;
    CHECK_INT(device_run(&d), 0);
    CHECK((crypto_toy.calls_of[CRYPTO_TOY_PBM] == slices) == f->own);
    device_check_identity(&d);
    CHECK_INT(lwcmp_end(&d.c), 0);
    CHECK(crypto_toy_volatile_keys() == 0);
}

static void test_cmp_5_1_3_1_04_parameters_differ(void **state)
{
#define PBM(n, o, h, k)                                               \
    {                                                                 \
        .iterations = (n), .owf = LWCMP_SHA##o, .hmac = LWCMP_SHA##h, \
        .key_length = (k)                                             \
    }
    static const struct pbm_case cases[] = {
        {"same", PBM(1500, 256, 256, 0), false, false, true},
        {"salt", PBM(1500, 256, 256, 0), false, true, false},
        {"iterations", PBM(1501, 256, 256, 0), false, false, false},
        {"owf", PBM(1500, 384, 256, 0), false, false, false},
        {"HMAC", PBM(1500, 256, 512, 0), false, false, false},
#if LWCMP_WITH_PBMAC1
        {"PBMAC1, same", PBM(1500, 256, 256, 32), true, false, true},
        {"PBMAC1, key length", PBM(1500, 256, 256, 16), true, false, false},
        {"PBMAC1, prf", PBM(1500, 512, 256, 32), true, false, false},
        {"PBMAC1 in answer", PBM(1500, 256, 256, 32), false, false, false},
        {"PasswordBasedMac in answer", PBM(1500, 256, 256, 0), true, false,
         false},
#endif
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        check_pbm(&cases[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_lcp_3_5_18_responder_by_certificate),
        TEST(test_responder_by_certificate_is_no_anchor),
        TEST(test_lcp_3_5_18_responder_is_an_anchor),
        TEST(test_lcp_3_4_03_renewal_needs_an_anchor),
        TEST(test_lcp_4_1_10_other_ca_pubs_are_not_learned),
        TEST(test_lcp_4_1_10_ca_pubs_of_a_rejection),
        TEST(test_lcp_4_1_12_sec_03_ca_pubs_of_a_signer),
        TEST(test_lcp_3_5_15_lcp_4_1_11_ca_pubs_of_a_believed_signer),
        TEST(test_lcp_4_1_10_ca_pubs_without_a_certificate),
        TEST(test_cmp_5_3_2_01_ca_pubs_after_a_reset),
        TEST(test_cmp_8_9_01_ca_pubs_do_not_vouch_for_themselves),
        TEST(test_cmp_5_1_01_ten_megabytes),
        TEST(test_sec_03_new_certificate_is_no_anchor),
        TEST(test_many_candidates),
        TEST(test_old_chain_is_for_renewal),
        TEST(test_cmp_5_1_3_1_04_parameters_differ),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
