/* SPDX-License-Identifier: Apache-2.0 */
/* src/engine_custom.c: a CA whose messages have a signature of that kind. */
#include "engine_custom_device.h"

#if LWCMP_WITH_CUSTOM_SIG
/* The CA's messages are signed so. */
static void set_responder(void)
{
    set_own();
    issue_by(&sig_toy_table[0]);
    d.peer.signs_by = &sig_toy_table[0];
}

/* Its certificate comes once; pkiConf has to do without. */
static void test_responder(void **state)
{
    (void)state;
    set_responder();
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(crypto_toy_volatile_keys(), 0);
    assert_int_equal(crypto_toy.calls_of[CRYPTO_TOY_VERIFY], 0);
    assert_int_equal(crypto_toy.calls_of[CRYPTO_TOY_PATH], 0);
    device_check_identity(&d);
}

/* Certified by a root that the provider knows. */
static void test_responder_of_known_root(void **state)
{
    (void)state;
    set_own();
    d.peer.signs_by = &sig_toy_table[0];
    d.peer.really_issues = true;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(crypto_toy_volatile_keys(), 0);
    device_check_identity(&d);
}

static void test_responder_is_pinned(void **state)
{
    uint8_t buffer[512];
    struct cert_make what = {.subject = "Signer", .issuer = "X", .ski = 2};

    (void)state;
    set_responder();
    d.config.responder_certificate =
        peer_custom_signer(&d.peer, what, buffer, sizeof buffer);
    d.peer.fault = PEER_NO_SIGNER;
    assert_int_equal(device_run(&d), 0);
    device_check_identity(&d);
}

/*
 * Two responders, the second of which has the application's algorithm: a key
 * that the provider still holds of the first has no say.
 */
static void test_responder_changes(void **state)
{
    struct cert_make what = {
        .subject = "Signer", .issuer = "Root", .ski = 2, .aki = 1};
    uint8_t anchors[1024];
    uint8_t buffer[512];
    struct lwcmp_bytes second;
    size_t root = peer_root().n;

    (void)state;
    set_own();
    d.peer.signs_by = &sig_toy_table[0];
    d.peer.signs_by_from = 2;
    memcpy(anchors, peer_root().p, root);
    d.config.anchors = (struct lwcmp_bytes){anchors, root};
    assert_int_equal(device_run(&d), LWCMP_ERR_ALGORITHM);
    assert_int_equal(device_journal(&d).active, 0);
    (void)lwcmp_end(&d.c);

    second = peer_custom_signer(&d.peer, what, buffer, sizeof buffer);
    memcpy(anchors + root, second.p, second.n);
    d.config.anchors.n = root + second.n;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(lwcmp_end(&d.c), 0);
    assert_int_equal(crypto_toy_volatile_keys(), 0);
}

static void test_responder_faults(void **state)
{
    static const struct {
        enum peer_fault fault;
        int err;
    } rows[] = {
        {PEER_FLIPPED_PROTECTION, LWCMP_ERR_PROTECTION},
        {PEER_EMPTY_PROTECTION, LWCMP_ERR_PROTECTION},
        {PEER_SHORT_PROTECTION, LWCMP_ERR_PROTECTION},
        {PEER_LONG_PROTECTION, LWCMP_ERR_PROTECTION},
        {PEER_UNPROTECTED, LWCMP_ERR_UNPROTECTED},
        {PEER_UNKNOWN_ALG, LWCMP_ERR_ALGORITHM},
        {PEER_OTHER_KIND, LWCMP_ERR_WRONG_KIND},
        {PEER_DEVICE_SIGNER, LWCMP_ERR_NOT_AUTHORIZED},
        {PEER_SIGNER_MAY_NOT_SIGN, LWCMP_ERR_NOT_AUTHORIZED},
        {PEER_FOREIGN_SIGNER, LWCMP_ERR_UNTRUSTED},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        for (unsigned at = 1; at <= 2; at++) {
            if (at == 2 && rows[i].fault >= PEER_DEVICE_SIGNER) {
                continue; /* it has sent its certificate before */
            }
            vectors_at("fault %d in answer %u", (int)rows[i].fault, at);
            (void)lwcmp_end(&d.c);
            device_free(&d);
            (void)set_up_custom(NULL);
            set_responder();
            d.peer.fault = rows[i].fault;
            d.peer.at = at;
            CHECK_INT(device_run(&d), rows[i].err);
            CHECK(device_journal(&d).active == 0);
        }
    }
}

static void test_responder_without_certificate(void **state)
{
    (void)state;
    set_responder();
    d.peer.fault = PEER_NO_SIGNER;
    assert_int_equal(device_run(&d), LWCMP_ERR_NO_SIGNER);
}

/* One certificate has such a key, and the message another algorithm. */
static void test_responder_of_another_algorithm(void **state)
{
    (void)state;
    set_responder();
    d.peer.signs_by = &sig_toy_table[1];
    assert_int_equal(device_run(&d), LWCMP_ERR_ALGORITHM);
    assert_int_equal(device_journal(&d).active, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_CUSTOM(test_responder),
        TEST_CUSTOM(test_responder_of_known_root),
        TEST_CUSTOM(test_responder_is_pinned),
        TEST_CUSTOM(test_responder_changes),
        TEST_CUSTOM(test_responder_faults),
        TEST_CUSTOM(test_responder_without_certificate),
        TEST_CUSTOM(test_responder_of_another_algorithm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "absent.h"
#endif
