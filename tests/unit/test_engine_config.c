/* SPDX-License-Identifier: Apache-2.0 */
/* What lwcmp_begin() refuses, and what configuration and request change. */
#include "device.h"
#include "lwcmp/quirks.h"
#include "vectors.h"

static struct device d;
static struct lwcmp_config good;
static struct lwcmp_request good_request;

static int set_up(void **state)
{
    (void)state;
    device_init(&d);
    good = d.config;
    good_request = d.request;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    (void)lwcmp_end(&d.c);
    d.config.buffer = good.buffer;
    device_free(&d);
    return 0;
}

static void afresh(void)
{
    (void)tear_down(NULL);
    (void)set_up(NULL);
}

static struct lwcmp_bytes name(const char *cn)
{
    static uint8_t buffer[64];
    struct lwcmp_der_out o;

    lwcmp_der_out_init(&o, buffer, sizeof buffer);
    return name_make(&o, cn);
}

/* Nothing is read, written or sent; then all is as it was. */
static void check_refused(const char *change)
{
    unsigned operations = d.ram.operations;

    vectors_at("%s", change);
    CHECK_INT(device_run(&d), LWCMP_ERR_CONFIG);
    CHECK(lwcmp_step(&d.c) == LWCMP_DONE);
    CHECK_INT(lwcmp_result(&d.c), LWCMP_ERR_CONFIG);
    CHECK(d.ram.operations == operations && d.exchanges == 0);
    d.config = good;
    d.request = good_request;
}

#define REFUSE(change) \
    (change);          \
    check_refused(#change)

static void test_device_has_to_be_complete(void **state)
{
    (void)state;
    REFUSE(d.config.buffer = NULL);
    REFUSE(d.config.buffer_size = 0);
    REFUSE(d.config.store = NULL);
    REFUSE(d.config.key_slot[0] = 0);
    REFUSE(d.config.key_slot[1] = 0);
    REFUSE(d.config.key_slot[1] = d.config.key_slot[0]);
}

/* Rows of certificates and single ones, each with each kind of junk. */
static void test_certificates_have_to_parse(void **state)
{
    static const uint8_t cut[] = {0x30, 0x03, 0x01};
    static const uint8_t empty[] = {0x30, 0x00};
    struct lwcmp_bytes *const fields[] = {&d.config.anchors, &d.config.chain,
                                          &d.config.certificate,
                                          &d.config.responder_certificate};
    uint8_t longer[512];
    const struct lwcmp_bytes junk[] = {
        {cut, sizeof cut}, {empty, sizeof empty}, {longer, peer_root().n + 1}};

    (void)state;
    memcpy(longer, peer_root().p, peer_root().n);
    longer[peer_root().n] = 0;
    good.key = DEVICE_FACTORY_KEY;
    for (size_t i = 0; i < COUNT(fields); i++) {
        for (size_t k = 0; k < COUNT(junk); k++) {
            d.config = good;
            *fields[i] = junk[k];
            check_refused("junk for a certificate");
        }
    }
}

static void test_lcp_3_4_02_credentials_come_in_pairs(void **state)
{
    (void)state;
    REFUSE(d.config.certificate = peer_root()); /* without its key */
    REFUSE(d.config.reference.n = 0);
    REFUSE(d.config.secret = 0);
    d.request.operation = LWCMP_CR;
    REFUSE(d.config.secret = 0);
}

static void test_cmp_5_1_3_1_03_iterations_have_bounds(void **state)
{
    (void)state;
    REFUSE(d.config.pbm_iterations = LWCMP_PBM_ITERATIONS_MIN - 1);
    REFUSE(d.config.pbm_iterations = LWCMP_PBM_ITERATIONS_MAX + 1);
    d.config.pbm_iterations = LWCMP_PBM_ITERATIONS_MAX;
    assert_int_equal(device_run(&d), 0);
}

static void test_request_has_to_be_one(void **state)
{
    (void)state;
    REFUSE(d.request.operation = (enum lwcmp_operation)0);
    REFUSE(d.request.operation = (enum lwcmp_operation)(LWCMP_KUR + 1));
    REFUSE(d.request.key_type = (enum lwcmp_key_type)(LWCMP_KEY_TYPE_LAST + 1));
    good_request.operation = LWCMP_KUR;
    d.request = good_request;
    REFUSE(d.request.subject = name("other"));
    REFUSE(d.request.extensions = peer_root());
    assert_int_equal(device_run(&d), LWCMP_ERR_NO_IDENTITY);
    assert_int_equal(d.ram.writes, 0);
}

/* A certificate is no Name, and junk no row of extensions. */
static void test_names_have_to_parse(void **state)
{
    static const uint8_t cut[] = {0x30, 0x03, 0x01};

    (void)state;
    REFUSE(d.config.recipient = peer_root());
    REFUSE(d.config.responder_name = peer_root());
    REFUSE(d.request.subject = peer_root());
    REFUSE(d.request.extensions = ((struct lwcmp_bytes){cut, sizeof cut}));
}

static struct lwcmp_prot_alg sent_alg(unsigned i)
{
    struct lwcmp_message m = device_sent(&d, i);
    struct lwcmp_prot_alg alg;

    assert_int_equal(lwcmp_prot_alg_read(&m.protection_alg, &alg), 0);
    return alg;
}

static void test_cmp_5_1_3_1_iterations_of_our_own(void **state)
{
    static const struct {
        bool pbmac1;
        uint32_t configured, sent;
    } cases[] = {
        {false, 0, LWCMP_PBM_ITERATIONS},
        {false, 100, 100},
#if LWCMP_WITH_PBMAC1
        {true, 0, LWCMP_PBM_ITERATIONS},
        {true, 2000, 2000},
#endif
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        vectors_at("iterations, row %zu", i);
        afresh();
        d.config.pbmac1 = cases[i].pbmac1;
        d.config.pbm_iterations = cases[i].configured;
        CHECK_INT(device_run(&d), 0);
        CHECK(sent_alg(0).pbm.iterations == cases[i].sent);
        CHECK(sent_alg(0).pbm.key_length == (cases[i].pbmac1 ? 32 : 0));
    }
}

#if LWCMP_WITH_HMAC_SHA1
/* Built in is one thing, allowed another. */
static void test_alg_08_hmac_sha1_has_to_be_allowed(void **state)
{
    static const struct lwcmp_pbm cases[] = {
        {.iterations = 100, .owf = LWCMP_SHA256, .hmac = LWCMP_SHA1},
#if LWCMP_WITH_PBMAC1
        {.iterations = 100,
         .owf = LWCMP_SHA1,
         .hmac = LWCMP_SHA256,
         .key_length = 32},
#endif
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        vectors_at("HMAC-SHA1, row %zu", i);
        afresh();
        d.peer.pbm = cases[i];
        CHECK_INT(device_run(&d), LWCMP_ERR_ALGORITHM);
        CHECK(device_journal(&d).active == 0);
        CHECK_INT(lwcmp_quirks_used(&d.c), 0);
        d.config.allow_hmac_sha1 = true;
        CHECK_INT(device_run(&d), 0);
        CHECK_INT(lwcmp_quirks_used(&d.c),
                  LWCMP_WITH_QUIRKS ? LWCMP_QUIRK_HMAC_SHA1 : 0);
        device_check_identity(&d);
    }
}
#endif

/* What is allowed for old servers changes nothing else. */
static void test_allowed_sha1_allows_nothing_else(void **state)
{
    (void)state;
    d.config.allow_hmac_sha1 = true;
    d.peer.fault = PEER_SHORT_SALT;
    assert_int_equal(device_run(&d), LWCMP_ERR_ALGORITHM);
    d.peer.fault = PEER_HONEST;
    assert_int_equal(device_run(&d), 0);
    device_check_identity(&d);
}

/*
 * The first message goes to the configured recipient or to nobody; the later
 * ones to whoever has answered, if it has a name that could be kept.
 */
static void test_lcp_3_1_06_recipient(void **state)
{
    static const uint8_t null_dn[] = {0x30, 0x00};
    static const struct {
        bool configured;
        enum peer_fault sender;
        const char *first, *second;
    } cases[] = {
        {false, PEER_HONEST, NULL, "Signer"},
        {false, PEER_OTHER_SENDER, NULL, NULL},
        {false, PEER_LONG_SENDER, NULL, NULL},
        {true, PEER_HONEST, "Our CA", "Signer"},
        {true, PEER_OTHER_SENDER, "Our CA", "Our CA"},
        {true, PEER_LONG_SENDER, "Our CA", "Our CA"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct lwcmp_bytes nobody = {null_dn, sizeof null_dn};

        vectors_at("recipient, row %zu", i);
        afresh();
        if (cases[i].configured) {
            d.config.recipient = name("Our CA");
        }
        d.peer.fault = cases[i].sender;
        CHECK_INT(device_run(&d), 0);
        CHECK_BYTES(device_sent(&d, 0).recipient,
                    cases[i].first ? name(cases[i].first) : nobody);
        CHECK_BYTES(device_sent(&d, 1).recipient,
                    cases[i].second ? name(cases[i].second) : nobody);
    }
}

static void test_lcp_3_1_07_recipient_of_a_renewal(void **state)
{
    (void)state;
    vectors_at("recipient of kur");
    device_enrol(&d);
    d.config.recipient = name("Our CA");
    assert_int_equal(device_run(&d), 0);
    CHECK_BYTES(device_sent(&d, 0).recipient, name("Our CA"));
}

static bool was_asked(const char *part, size_t n)
{
    struct lwcmp_bytes ir = device_sent(&d, 0).content;
    bool found = false;

    for (size_t i = 0; i + n <= ir.n; i++) {
        found = found || memcmp(ir.p + i, part, n) == 0;
    }
    return found;
}

static void test_lcp_4_1_1_04_subject_and_extensions(void **state)
{
    static const uint8_t extension[] = {0x30, 0x0b, 0x06, 0x03, 0x55,
                                        0x1d, 0x0f, 0x04, 0x04, 0x03,
                                        0x02, 0x07, 0x80};

    (void)state;
    assert_int_equal(device_run(&d), 0);
    assert_true(was_asked("\xa5\x02\x30\x00", 4)); /* no subject */
    afresh();
    d.request.subject = name("we");
    d.request.extensions = (struct lwcmp_bytes){extension, sizeof extension};
    assert_int_equal(device_run(&d), 0);
    assert_true(was_asked("\xa5\x0f\x30\x0d\x31", 5));
    assert_true(was_asked("\x0c\x02we", 4));
    assert_true(was_asked("\xa9\x0d\x30\x0b\x06\x03\x55\x1d\x0f", 9));
}

/* The key is of the type that was asked for, and signs as fits that type. */
static void test_key_types(void **state)
{
    static const enum lwcmp_sig due[] = {LWCMP_ECDSA_SHA256, LWCMP_ECDSA_SHA384,
                                         LWCMP_ECDSA_SHA512, LWCMP_RSA_SHA256,
                                         LWCMP_RSA_SHA256,   LWCMP_RSA_SHA256};

    (void)state;
    for (size_t i = 0; i < COUNT(due); i++) {
        vectors_at("key type %zu", i);
        afresh();
        d.request.key_type = (enum lwcmp_key_type)i;
        device_enrol(&d);
        CHECK(crypto_toy_key_type(DEVICE_KEY_1) == d.request.key_type);
        CHECK_INT(device_run(&d), 0);
        CHECK(sent_alg(0).sig == due[i]);
        CHECK(crypto_toy_key_type(DEVICE_KEY_2) == d.request.key_type);
    }
}

static void test_time_is_handed_on(void **state)
{
    (void)state;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(crypto_toy.path_time.clock, LWCMP_TIME_UNKNOWN);
    afresh();
    d.time = (struct lwcmp_time){LWCMP_TIME_EXACT, 1800000000};
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(crypto_toy.path_time.clock, LWCMP_TIME_EXACT);
    assert_int_equal(crypto_toy.path_time.seconds, 1800000000);
}

/* Where the store has no identity, LWCMP_KUR renews the given one. */
static void test_renewal_of_a_given_certificate(void **state)
{
    (void)state;
    vectors_at("renewal of a given certificate");
    device_set_factory(&d);
    d.request.operation = LWCMP_KUR;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_KUR);
    CHECK_BYTES(device_sent(&d, 0).sender, name("factory"));
    CHECK_BYTES(device_sent(&d, 0).recipient, name("Maker"));
    CHECK_BYTES(device_sent(&d, 0).extra_certs, d.config.certificate);
    assert_int_equal(device_journal(&d).active, 1);
    device_check_identity(&d);
    assert_true(device_has_key(DEVICE_FACTORY_KEY));
}

/* Nobody would take what such a certificate has signed (RFC 9483 3.2). */
static void test_lcp_1_2_01_given_certificate_may_not_sign(void **state)
{
    (void)state;
    device_set_certificate(&d, (struct cert_make){.subject = "factory",
                                                  .issuer = "Maker",
                                                  .no_signing = true});
    assert_int_equal(device_run(&d), LWCMP_ERR_KEY);
    assert_int_equal(d.exchanges, 0);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_device_has_to_be_complete),
        TEST(test_certificates_have_to_parse),
        TEST(test_lcp_3_4_02_credentials_come_in_pairs),
        TEST(test_cmp_5_1_3_1_03_iterations_have_bounds),
        TEST(test_request_has_to_be_one),
        TEST(test_names_have_to_parse),
        TEST(test_cmp_5_1_3_1_iterations_of_our_own),
#if LWCMP_WITH_HMAC_SHA1
        TEST(test_alg_08_hmac_sha1_has_to_be_allowed),
#endif
        TEST(test_allowed_sha1_allows_nothing_else),
        TEST(test_lcp_3_1_06_recipient),
        TEST(test_lcp_3_1_07_recipient_of_a_renewal),
        TEST(test_lcp_4_1_1_04_subject_and_extensions),
        TEST(test_key_types),
        TEST(test_time_is_handed_on),
        TEST(test_renewal_of_a_given_certificate),
        TEST(test_lcp_1_2_01_given_certificate_may_not_sign),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
