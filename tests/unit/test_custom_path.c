/* SPDX-License-Identifier: Apache-2.0 */
/* src/custom_path.c */
#include "vectors.h"

#include "cert_make.h"
#include "crypto_toy.h"
#include "custom_path.h"
#include "own_sig.h"
#include "sig_toy.h"

#if LWCMP_WITH_CUSTOM_SIG
#define ROOT 0xa01
#define LEAF 0xa02
#define OTHER 0xa03
#define PROVIDED 7

#define T2030 1893456000 /* 2030-01-01 00:00:00 UTC */

static const struct lwcmp_algorithms both = {.custom_sigs = sig_toy_table,
                                             .custom_sigs_n = 2};
static const struct lwcmp_config config = {.algorithms = &both};
static const struct lwcmp_time now = {LWCMP_TIME_EXACT, T2030};

/* Leaf and root; a test changes what it is about. */
static struct cert_make leaf, root;

/* The public key of any key, for cert_make. */
static struct lwcmp_bytes spki_of(lwcmp_key key, uint8_t out[CRYPTO_TOY_SPKI])
{
    size_t n;

    assert_int_equal(lwcmp_own_public(&config, key, out, CRYPTO_TOY_SPKI, &n),
                     0);
    return (struct lwcmp_bytes){out, n};
}

static uint8_t leaf_spki[CRYPTO_TOY_SPKI], root_spki[CRYPTO_TOY_SPKI];

#define DER(s) ((struct lwcmp_bytes){(const uint8_t *)(s), sizeof(s) - 1})
#define IS_CA DER("\x30\x03\x01\x01\xff")

static int set_up(void **state)
{
    (void)state;
    crypto_toy_reset();
    crypto_toy_key_set(PROVIDED, 42);
    leaf = (struct cert_make){.subject = "Leaf",
                              .issuer = "Root",
                              .ski = 2,
                              .aki = 1,
                              .spki = spki_of(LEAF, leaf_spki),
                              .by = &sig_toy_table[0],
                              .by_key = ROOT};
    root = (struct cert_make){.subject = "Root",
                              .issuer = "Root",
                              .ski = 1,
                              .aki = 1,
                              .spki = spki_of(ROOT, root_spki),
                              .constraints = IS_CA,
                              .by = &sig_toy_table[0],
                              .by_key = ROOT};
    return 0;
}

static struct {
    uint8_t p[1024];
    struct lwcmp_bytes path[3];
} made;

static void make(void)
{
    struct lwcmp_der_out o;

    lwcmp_der_out_init(&o, made.p, sizeof made.p);
    made.path[0] = cert_make(&o, &leaf);
    made.path[1] = cert_make(&o, &root);
    made.path[2] = made.path[1];
    assert_int_equal(o.err, 0);
}

static int validate_at(size_t count, const struct lwcmp_time *time)
{
    make();
    return lwcmp_custom_path(&config, made.path, count, time);
}

static int validate(void)
{
    return validate_at(2, &now);
}

/* All of it is the application's; the provider is not asked for anything. */
static void test_good(void **state)
{
    (void)state;
    assert_int_equal(validate(), 0);
    assert_int_equal(crypto_toy.calls_of[CRYPTO_TOY_PATH], 0);
    leaf.aki = 0;
    leaf.ski = 0;
    assert_int_equal(validate(), 0);
}

/* A key of the application's, certified by one that the provider knows. */
static void test_known_issuer(void **state)
{
    (void)state;
    root.spki = spki_of(PROVIDED, root_spki);
    root.by_key = PROVIDED;
    root.by = NULL;
    leaf.by_key = PROVIDED;
    leaf.by = NULL;
    assert_int_equal(validate(), 0);
    assert_int_equal(crypto_toy.calls_of[CRYPTO_TOY_PATH], 0);
    assert_int_equal(crypto_toy.calls_of[CRYPTO_TOY_VERIFY], 1);
    assert_int_equal(crypto_toy_volatile_keys(), 0);
    leaf.by_key = 0; /* nobody */
    assert_int_equal(validate(), LWCMP_ERR_UNTRUSTED);
    leaf.unknown_sig = true;
    assert_int_equal(validate(), LWCMP_ERR_ALGORITHM);
    assert_int_equal(crypto_toy_volatile_keys(), 0);
}

/* The reverse: for a key of the provider's, by the application's. */
static void test_known_key(void **state)
{
    (void)state;
    leaf.spki = spki_of(PROVIDED, leaf_spki);
    assert_int_equal(validate(), 0);
    assert_int_equal(crypto_toy.calls_of[CRYPTO_TOY_PATH], 0);
}

/* What has nothing of the application's is left to the provider. */
static void test_left_to_the_provider(void **state)
{
    (void)state;
    leaf.spki = spki_of(PROVIDED, leaf_spki);
    leaf.by = NULL;
    leaf.by_key = 0;
    crypto_toy.path_result = LWCMP_ERR_EXPIRED;
    assert_int_equal(validate(), LWCMP_ERR_EXPIRED);
    assert_int_equal(crypto_toy.calls_of[CRYPTO_TOY_PATH], 1);
    assert_int_equal(lwcmp_custom_path(&config, made.path, 0, &now),
                     LWCMP_ERR_UNTRUSTED);
}

/* A table with nothing in it knows nobody. */
static void test_empty_table(void **state)
{
    static const struct lwcmp_config empty;

    (void)state;
    make();
    crypto_toy.path_result = LWCMP_ERR_ALGORITHM;
    assert_int_equal(lwcmp_custom_path(&empty, made.path, 2, &now),
                     LWCMP_ERR_ALGORITHM);
}

/* An anchor, or the pinned certificate: trusted, if its time has come. */
static void test_alone(void **state)
{
    (void)state;
    assert_int_equal(validate_at(1, &now), 0);
    leaf.by_key = OTHER;
    assert_int_equal(validate_at(1, &now), 0);
    leaf.until = "291231235959Z";
    assert_int_equal(validate_at(1, &now), LWCMP_ERR_EXPIRED);
}

static void test_longer(void **state)
{
    (void)state;
    assert_int_equal(validate_at(3, &now), LWCMP_ERR_ALGORITHM);
}

static void test_forged(void **state)
{
    (void)state;
    leaf.by_key = OTHER;
    assert_int_equal(validate(), LWCMP_ERR_UNTRUSTED);
    leaf.by_key = 0;
    assert_int_equal(validate(), LWCMP_ERR_UNTRUSTED);
}

static void test_not_the_issuer(void **state)
{
    (void)state;
    leaf.issuer = "Somebody";
    assert_int_equal(validate(), LWCMP_ERR_UNTRUSTED);
    leaf.issuer = "Root";
    leaf.aki = 9;
    assert_int_equal(validate(), LWCMP_ERR_UNTRUSTED);
    leaf.aki = 1;
    root.spki = spki_of(OTHER, root_spki);
    assert_int_equal(validate(), LWCMP_ERR_UNTRUSTED);
    /* A key of another kind has not made the signature. */
    root.spki = spki_of(PROVIDED, root_spki);
    assert_int_equal(validate(), LWCMP_ERR_UNTRUSTED);
    root.spki = spki_of(ROOT, root_spki);
    root_spki[8] = 2;
    assert_int_equal(validate(), LWCMP_ERR_UNTRUSTED);
}

/* keyUsage of the anchor, where it is there, has keyCertSign. */
static void test_anchor_may_sign(void **state)
{
    static const uint8_t cert_sign[] = {0x03, 0x02, 0x02, 0x04};
    static const uint8_t signature[] = {0x03, 0x02, 0x07, 0x80};
    static const uint8_t none[] = {0x03, 0x01, 0x00};

    (void)state;
    root.usage = (struct lwcmp_bytes){cert_sign, sizeof cert_sign};
    assert_int_equal(validate(), 0);
    root.usage = (struct lwcmp_bytes){signature, sizeof signature};
    assert_int_equal(validate(), LWCMP_ERR_UNTRUSTED);
    root.usage = (struct lwcmp_bytes){none, sizeof none};
    assert_int_equal(validate(), LWCMP_ERR_UNTRUSTED);
}

/* So has each device of the fleet a certificate; it is not a CA by that. */
static void test_anchor_is_a_ca(void **state)
{
    static const struct {
        struct lwcmp_bytes constraints;
        int err;
    } rows[] = {
        {IS_CA, 0},
        {DER("\x30\x06\x01\x01\xff\x02\x01\x00"), 0},
        {DER("\x30\x00"), LWCMP_ERR_UNTRUSTED},
        {DER("\x30\x03\x01\x01\x00"), LWCMP_ERR_UNTRUSTED},
        {{NULL, 0}, LWCMP_ERR_UNTRUSTED},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        vectors_at("row %zu", i);
        root.constraints = rows[i].constraints;
        CHECK_INT(validate(), rows[i].err);
    }
    /* That can be said since version 3 only. */
    root.ski = 0;
    root.aki = 0;
    CHECK_INT(validate(), LWCMP_ERR_UNTRUSTED);
    root.version_1 = true;
    CHECK_INT(validate(), 0);
}

static void test_times(void **state)
{
    struct lwcmp_time time = {LWCMP_TIME_EXACT, T2030};

    (void)state;
    leaf.until = "300101000000Z";
    assert_int_equal(validate_at(2, &time), 0);
    time.seconds++;
    assert_int_equal(validate_at(2, &time), LWCMP_ERR_EXPIRED);
    time.clock = LWCMP_TIME_AT_LEAST;
    assert_int_equal(validate_at(2, &time), LWCMP_ERR_EXPIRED);
    time.clock = LWCMP_TIME_UNKNOWN;
    assert_int_equal(validate_at(2, &time), 0);
    leaf.until = NULL;
    leaf.from = "300101000000Z";
    time.clock = LWCMP_TIME_EXACT;
    time.seconds = T2030 - LWCMP_CLOCK_SKEW;
    assert_int_equal(validate_at(2, &time), 0);
    time.seconds--;
    assert_int_equal(validate_at(2, &time), LWCMP_ERR_NOT_YET_VALID);
    time.clock = LWCMP_TIME_AT_LEAST;
    assert_int_equal(validate_at(2, &time), 0);
    leaf.from = "3001010000Z";
    assert_int_equal(validate_at(2, &time), LWCMP_ERR_UNTRUSTED);
    /* The anchor's own does not count. */
    leaf.from = NULL;
    root.until = "200101000000Z";
    assert_int_equal(validate(), 0);
}

/* What must not be passed over and is not known, is not passed over. */
static void test_critical_extensions(void **state)
{
    static const struct {
        const char *hex;
        int err;
    } rows[] = {
        {"300c0603551d1e0101ff04023000", LWCMP_ERR_UNTRUSTED},
        {"30090603551d1e04023000", 0}, /* not critical */
        {"300c0603551d1e010100 04023000", 0},
        {"300c0603551d200101ff04023000", LWCMP_ERR_UNTRUSTED},
        {"300c06032a03040101ff04023000", LWCMP_ERR_UNTRUSTED},
        {"300d0604551d130101 01ff0402 3000", LWCMP_ERR_UNTRUSTED},
        {"300c0603551d130101ff04023000", 0}, /* basicConstraints */
        {"300e0603551d0f0101ff0404 03020780", 0},
        {"300c0603551d250101ff04023000", 0},
        {"300c0603551d110101ff04023000", 0},
        {"300c0603551d0e0101ff04020400", LWCMP_ERR_UNTRUSTED},
        {"300c0603551d1f0101ff04023000", LWCMP_ERR_UNTRUSTED},
        {"30090603551d1f04023000", 0},
        {"300c0603551d230101ff04023000", LWCMP_ERR_UNTRUSTED},
    };

    (void)state;
    leaf.ski = 0;
    leaf.aki = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char hex[80];
        size_t n = 0;

        for (const char *p = rows[i].hex; *p; p++) {
            if (*p != ' ') {
                hex[n++] = *p;
            }
        }
        hex[n] = '\0';
        vectors_at("extension %s", hex);
        leaf.more = vectors_hex(hex);
        CHECK_INT(validate(), rows[i].err);
        vectors_free(leaf.more);
    }
}

/*
 * Every octet of the certificate is covered, the algorithm outside of the
 * signature by being the one inside.
 */
static void test_flips(void **state)
{
    uint8_t *p;

    (void)state;
    crypto_toy.path_result = LWCMP_ERR_ALGORITHM;
    make();
    p = (uint8_t *)(uintptr_t)made.path[0].p;
    for (size_t i = 0; i < made.path[0].n; i++) {
        p[i] ^= 1;
        vectors_at("octet %zu", i);
        CHECK(lwcmp_custom_path(&config, made.path, 2, &now) != 0);
        p[i] ^= 1;
    }
    assert_int_equal(lwcmp_custom_path(&config, made.path, 2, &now), 0);
    assert_int_equal(crypto_toy_volatile_keys(), 0);
}

/* Inside and outside of the signature it is the same algorithm. */
static void test_other_algorithm_inside(void **state)
{
    static const uint8_t first[] = {0x30, 0x05, 0x06, 0x03, 0x88, 0x37, 1};
    uint8_t *p;
    size_t i = 0;

    (void)state;
    make();
    p = (uint8_t *)(uintptr_t)made.path[0].p;
    while (memcmp(p + i, first, sizeof first) != 0) {
        i++;
    }
    p[i + 6] = 2;
    assert_int_equal(lwcmp_custom_path(&config, made.path, 1, &now),
                     LWCMP_ERR_UNTRUSTED);
    p[i + 6] = 1;
    assert_int_equal(lwcmp_custom_path(&config, made.path, 1, &now), 0);
}

#define TEST(f) cmocka_unit_test_setup(f, set_up)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_good),
        TEST(test_known_issuer),
        TEST(test_known_key),
        TEST(test_left_to_the_provider),
        TEST(test_empty_table),
        TEST(test_alone),
        TEST(test_longer),
        TEST(test_forged),
        TEST(test_not_the_issuer),
        TEST(test_anchor_may_sign),
        TEST(test_anchor_is_a_ca),
        TEST(test_times),
        TEST(test_critical_extensions),
        TEST(test_flips),
        TEST(test_other_algorithm_inside),
    };

    return cmocka_run_group_tests_name("custom_path", tests, NULL, NULL);
}
#else
#include "absent.h"
#endif
