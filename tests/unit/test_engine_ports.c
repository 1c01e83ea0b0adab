/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every call that the engine makes fails: each store operation and each
 * provider call in turn, and each of one kind alone, once and from then on; the
 * work buffer in every size; the server gone at every exchange, or in the
 * middle of its answer. A device that had an identity has one afterwards,
 * nothing is left in the provider and in RAM, and the next attempt works.
 */
#include "device.h"
#include "vectors.h"

static struct device d;

struct life {
    const char *name;
    bool renew;
    bool implicit;
    bool learn;
    bool waits;
    bool kept; /* pkiConf was lost, so a certificate is kept already */
};

static const struct life lives[] = {
    {.name = "enrolment"},
    {.name = "enrolment, learning anchors", .learn = true},
    {.name = "enrolment that waits", .waits = true},
    {.name = "renewal", .renew = true},
    {.name = "renewal after a lost pkiConf", .renew = true, .kept = true},
    {.name = "renewal, implicit confirmation", .renew = true, .implicit = true},
};

static void begin_life(const struct life *life)
{
    device_init(&d);
    if (life->learn) {
        d.config.anchors.n = 0;
        d.config.accept_ca_pubs = true;
        d.peer.ca_pubs = true;
    }
    if (life->renew) {
        device_enrol(&d);
    }
    if (life->kept) {
        d.gone_at = 2;
        d.gone_why = LWCMP_ERR_NETWORK;
        CHECK_INT(device_run(&d), LWCMP_ERR_NETWORK);
        (void)lwcmp_end(&d.c);
        d.gone_at = 0;
    }
    d.peer.waits = life->waits;
    d.peer.polls = 1;
    d.config.implicit_confirm = life->implicit;
    d.peer.implicit = life->implicit;
    crypto_toy.calls = 0;
    memset(crypto_toy.calls_of, 0, sizeof crypto_toy.calls_of);
    d.ram.operations = 0;
}

/* The secret is in the provider and nowhere else. */
static bool is_free_of_secret(const void *p, size_t n)
{
    static const char secret[] = "secret of the test";
    const char *octets = p;

    for (size_t i = 0; i + sizeof secret - 1 <= n; i++) {
        if (memcmp(octets + i, secret, sizeof secret - 1) == 0) {
            return false;
        }
    }
    return true;
}

/* Ends the transaction, of which nothing may be left. */
static void end_transaction(void)
{
    static const struct lwcmp nothing;

    CHECK(is_free_of_secret(&d.c, sizeof d.c));
    (void)lwcmp_end(&d.c);
    CHECK(memcmp(&d.c, &nothing, sizeof nothing) == 0);
    CHECK(is_free_of_secret(d.config.buffer, d.config.buffer_size));
}

/*
 * What has to hold whatever came before; then all is well again. A volatile
 * key that the provider would not destroy is its own affair.
 */
static void end_life(const struct life *life, unsigned undestroyed)
{
    struct lwcmp_journal journal;

    crypto_toy.fail_at = 0;
    d.ram.fail_at = 0;
    d.gone_at = 0;
    end_transaction();
    CHECK(crypto_toy_volatile_keys() <= undestroyed);
    journal = device_journal(&d);
    CHECK(journal.active != 0 || !life->renew);
    if (journal.active != 0) {
        device_check_identity(&d);
    }
    CHECK_INT(device_run(&d), 0);
    device_check_identity(&d);
    end_transaction();
    device_free(&d);
}

/* Returns whether the failing operation was reached. */
static bool fail_store(const struct life *life, unsigned n, bool forever)
{
    int err;
    bool reached;

    vectors_at("%s, store operation %u%s", life->name, n,
               forever ? " and all after it" : "");
    begin_life(life);
    d.ram.fail_at = n;
    d.ram.fail_on = forever;
    d.ram.error = LWCMP_ERR_STORE;
    err = device_run(&d);
    reached = d.ram.operations >= n;
    /* Erasing what is old may fail without harm; a certificate is kept at a
     * second try, and the server's is not needed. */
    CHECK(err == 0 || err == LWCMP_ERR_STORE);
    CHECK(err == LWCMP_ERR_STORE || !reached || !forever ||
          d.ram.operations == n);
    end_life(life, 0);
    return reached;
}

static void test_sec_04_store_fails(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(lives); i++) {
        unsigned n = 1;

        while (fail_store(&lives[i], n, false) &&
               fail_store(&lives[i], n, true)) {
            n++;
        }
        assert_in_range(n, 6, 20);
    }
}

static bool fail_crypto(const struct life *life, unsigned n, bool forever)
{
    int err;
    bool reached;

    vectors_at("%s, provider call %u%s", life->name, n,
               forever ? " and all after it" : "");
    begin_life(life);
    crypto_toy.fail_at = n;
    crypto_toy.fail_with = LWCMP_ERR_CRYPTO;
    crypto_toy.fail_forever = forever;
    err = device_run(&d);
    reached = crypto_toy.calls >= n;
    CHECK(err == 0 || err == LWCMP_ERR_CRYPTO);
    end_life(life, 1);
    return reached;
}

static void test_sec_04_provider_fails(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(lives); i++) {
        unsigned n = 1;

        while (fail_crypto(&lives[i], n, false) &&
               fail_crypto(&lives[i], n, true)) {
            n++;
        }
        assert_in_range(n, 14, 60);
    }
}

/* What each kind of call fails with, and how many keys that may leave. */
static const struct kind {
    const char *name;
    enum crypto_toy_call call;
    int error;
    unsigned undestroyed;
} kinds[] = {
    {"random", CRYPTO_TOY_RANDOM, LWCMP_ERR_RANDOM, 0},
    {"key made", CRYPTO_TOY_KEY_GENERATE, LWCMP_ERR_CRYPTO, 0},
    {"key destroyed", CRYPTO_TOY_KEY_DESTROY, LWCMP_ERR_CRYPTO, 8},
    {"key looked at", CRYPTO_TOY_KEY_SIG, LWCMP_ERR_CRYPTO, 0},
    {"signature", CRYPTO_TOY_SIGN, LWCMP_ERR_CRYPTO, 0},
    {"derivation", CRYPTO_TOY_PBM, LWCMP_ERR_CRYPTO, 0},
};

static bool fail_kind(const struct life *life, const struct kind *kind,
                      unsigned n, bool forever)
{
    int err;

    vectors_at("%s, %s %u%s", life->name, kind->name, n,
               forever ? " and all after it" : "");
    begin_life(life);
    crypto_toy.fail_of_kind = true;
    crypto_toy.fail_kind = kind->call;
    crypto_toy.fail_at = n;
    crypto_toy.fail_with = kind->error;
    crypto_toy.fail_forever = forever;
    err = device_run(&d);
    CHECK(err == kind->error ||
          (err == 0 && (kind->call == CRYPTO_TOY_KEY_DESTROY ||
                        crypto_toy.calls_of[kind->call] < n)));
    n = crypto_toy.calls_of[kind->call] >= n;
    end_life(life, kind->undestroyed);
    return n;
}

static void test_sec_01_one_kind_fails(void **state)
{
    unsigned reached = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(lives); i++) {
        for (size_t k = 0; k < COUNT(kinds); k++) {
            unsigned n = 1;

            while (fail_kind(&lives[i], &kinds[k], n, false) &&
                   fail_kind(&lives[i], &kinds[k], n, true)) {
                n++;
            }
            reached += n - 1;
        }
    }
    assert_in_range(reached, 50, 200);
}

/* From too small for anything to large enough: never past its end. */
static void test_buffer_of_every_size(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(lives); i++) {
        size_t size = 1;
        int err;

        do {
            vectors_at("%s, buffer of %zu", lives[i].name, size);
            begin_life(&lives[i]);
            free(d.config.buffer);
            d.config.buffer = malloc(size);
            d.config.buffer_size = size;
            err = device_run(&d);
            CHECK(err == 0 || err == LWCMP_ERR_BUFFER);
            free(d.config.buffer);
            d.config.buffer = malloc(4096);
            d.config.buffer_size = 4096;
            end_life(&lives[i], 0);
            size++;
        } while (err != 0);
        assert_in_range(size, 500, 2048);
    }
}

/* What is on record if the server does not answer message n. */
static unsigned phase_due(const struct life *life, unsigned n)
{
    return life->kept || (n == 2 && !life->waits) ? LWCMP_PHASE_KEPT
                                                  : LWCMP_PHASE_ASKED;
}

static void test_http_07_server_gone(void **state)
{
    static const int errors[] = {LWCMP_ERR_NETWORK, LWCMP_ERR_TIMEOUT,
                                 LWCMP_ERR_HTTP, LWCMP_ERR_CONTENT};

    (void)state;
    for (size_t i = 0; i < COUNT(lives); i++) {
        for (unsigned n = 1; n <= (lives[i].implicit ? 1u : 2u); n++) {
            for (size_t k = 0; k < 4; k++) {
                vectors_at("%s, gone at %u", lives[i].name, n);
                begin_life(&lives[i]);
                d.gone_at = n;
                d.gone_why = errors[k];
                CHECK(device_run(&d) == errors[k]);
                CHECK(device_journal(&d).phase == phase_due(&lives[i], n));
                end_life(&lives[i], 0);
            }
        }
    }
}

/* The transport fails in turn once and for ever, with nothing or with half. */
static void test_sec_04_network_breaks(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(lives); i++) {
        for (unsigned n = 0; n < (lives[i].implicit ? 4u : 8u); n++) {
            vectors_at("%s, network fails at %u, %s, %s", lives[i].name,
                       n / 4 + 1, n & 1 ? "for ever" : "once",
                       n & 2 ? "within the answer" : "before it");
            begin_life(&lives[i]);
            d.gone_at = n / 4 + 1;
            d.gone_on = n & 1;
            d.breaks_off = n & 2;
            d.gone_why = LWCMP_ERR_NETWORK;
            CHECK_INT(device_run(&d), LWCMP_ERR_NETWORK);
            (void)lwcmp_end(&d.c);
            d.gone_at = d.gone_on ? 1 : 0;
            d.resume = true;
            CHECK_INT(device_run(&d), d.gone_on ? LWCMP_ERR_NETWORK : 0);
            d.resume = false;
            end_life(&lives[i], 0);
        }
    }
}

static void test_damaged_journal(void **state)
{
    struct lwcmp_bytes record;
    unsigned writes;

    (void)state;
    begin_life(&lives[3]);
    d.ram.record[LWCMP_RECORD_JOURNAL].p[7] ^= 1;
    record = device_record(&d, LWCMP_RECORD_CERT_1);
    writes = d.ram.writes;
    assert_int_equal(device_run(&d), LWCMP_ERR_JOURNAL);
    assert_int_equal(d.ram.writes, writes);
    assert_true(record.n > 0);
    assert_true(device_has_key(DEVICE_KEY_1));
    device_free(&d);
}

/* Calls that do not fit the moment change nothing. */
static void test_calls_out_of_order(void **state)
{
    size_t n = 1;

    (void)state;
    device_init(&d);
    assert_int_equal(lwcmp_begin(&d.c, &d.config, &d.request), 0);
    assert_int_equal(lwcmp_result(&d.c), LWCMP_ERR_STATE);
    assert_int_equal(lwcmp_received(&d.c, 0, true), LWCMP_ERR_STATE);
    assert_int_equal(lwcmp_failed(&d.c, LWCMP_ERR_NETWORK), LWCMP_ERR_STATE);
    assert_int_equal(lwcmp_accept(&d.c), LWCMP_ERR_STATE);
    assert_int_equal(lwcmp_refuse(&d.c), LWCMP_ERR_STATE);
    assert_null(lwcmp_room(&d.c, &n));
    assert_int_equal(n, 0);
    assert_null(lwcmp_output(&d.c).p);
    assert_null(lwcmp_certificate(&d.c).p);
    while (lwcmp_step(&d.c) == LWCMP_STEP) {
    }
    /* An open exchange wants the same, with the same bytes. */
    assert_int_equal(lwcmp_step(&d.c), LWCMP_EXCHANGE);
    n = lwcmp_output(&d.c).n;
    assert_int_equal(lwcmp_step(&d.c), LWCMP_EXCHANGE);
    assert_int_equal(lwcmp_output(&d.c).n, n);
    assert_int_equal(lwcmp_received(&d.c, d.config.buffer_size + 1, false),
                     LWCMP_ERR_BUFFER);
    assert_int_equal(lwcmp_failed(&d.c, 0), LWCMP_ERR_STATE);
    /* The answer takes the place of what was sent. */
    assert_non_null(lwcmp_room(&d.c, &n));
    assert_int_equal(lwcmp_received(&d.c, 1, false), 0);
    assert_null(lwcmp_output(&d.c).p);
    assert_int_equal(lwcmp_end(&d.c), LWCMP_ERR_STATE);
    assert_int_equal(crypto_toy_volatile_keys(), 0);
    assert_int_equal(lwcmp_step(&d.c), LWCMP_DONE);
    device_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sec_04_store_fails),
        cmocka_unit_test(test_sec_04_provider_fails),
        cmocka_unit_test(test_sec_01_one_kind_fails),
        cmocka_unit_test(test_buffer_of_every_size),
        cmocka_unit_test(test_http_07_server_gone),
        cmocka_unit_test(test_sec_04_network_breaks),
        cmocka_unit_test(test_damaged_journal),
        cmocka_unit_test(test_calls_out_of_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
