/* SPDX-License-Identifier: Apache-2.0 */
/*
 * src/anchors.c with real certificates (tests/vectors/anchors), which openssl
 * has judged as well. Roots: old 2026 to 2036, new 2034 to 2046, third 2044 to
 * 2056; a link is valid as long as its two roots overlap.
 */
#include "psa_fixture.h"

#include "lwcmp/anchors.h"
#include "store_ram.h"

#define DAY 86400u
#define IN_2035 2051222400 /* 2035-01-01 */
#define IN_2038 2145916800 /* 2038-01-01 */
#define IN_2045 2366841600 /* 2045-01-01 */

static struct store_ram ram;
static struct lwcmp_store store;
static uint8_t buffer[STORE_RAM_MAX];
static struct lwcmp_anchors anchors;
static struct lwcmp_bytes configured;

static struct lwcmp_bytes load(const char *name)
{
    char file[80];

    snprintf(file, sizeof file, "tests/vectors/anchors/%s.der", name);
    return file_read(file);
}

static int start(void **state)
{
    memset(&ram, 0, sizeof ram);
    memset(&anchors, 0, sizeof anchors);
    store = store_ram(&ram);
    anchors.store = &store;
    anchors.buffer = buffer;
    anchors.buffer_size = sizeof buffer;
    anchors.time.clock = LWCMP_TIME_EXACT;
    anchors.time.seconds = IN_2035;
    configured = (struct lwcmp_bytes){NULL, 0};
    return psa_start(state);
}

static int stop(void **state)
{
    file_free(configured);
    return psa_stop(state);
}

/* An anchor of the firmware. */
static void configure(const char *name)
{
    configured = load(name);
    anchors.configured = configured;
}

static void learn(const char *name)
{
    const struct lwcmp_bytes der = load(name);

    assert_int_equal(store.write(&ram, LWCMP_RECORD_ANCHORS, &der, 1), 0);
    ram.writes = 0;
    file_free(der);
}

static int update(const char *new_with_new, const char *new_with_old)
{
    struct lwcmp_bytes a = load(new_with_new);
    struct lwcmp_bytes b = load(new_with_old);
    int err = lwcmp_anchor_update(&anchors, &a, &b);

    file_free(a);
    file_free(b);
    return err;
}

/* Those in the store are of these names, which end with NULL. */
static void check(const char *const *names)
{
    const uint8_t *p = ram.record[LWCMP_RECORD_ANCHORS].p;
    size_t n = 0;

    for (; *names != NULL; names++) {
        struct lwcmp_bytes der = load(*names);

        assert_true(n + der.n <= ram.record[LWCMP_RECORD_ANCHORS].n);
        assert_memory_equal(p + n, der.p, der.n);
        n += der.n;
        file_free(der);
    }
    assert_int_equal(ram.record[LWCMP_RECORD_ANCHORS].n, n);
}

#define NAMES(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Thirty years of a device whose firmware knows the first root. */
static void test_life(void **state)
{
    (void)state;
    configure("old");
    assert_int_equal(update("new", "new-with-old"), 0);
    check(NAMES("new"));
    anchors.time.seconds = IN_2045;
    assert_int_equal(update("third", "third-with-new"), 0);
    check(NAMES("new", "third"));
    assert_int_equal(lwcmp_anchors_clear(&anchors), 0);
    check(NAMES("new", "third"));
    anchors.time.seconds = IN_2045 + 3 * 366 * DAY;
    assert_int_equal(lwcmp_anchors_clear(&anchors), 0);
    check(NAMES("third"));
    assert_int_equal(ram.writes, 3);
}

/* The same of one that has learned it, and has no clock at first. */
static void test_learned(void **state)
{
    (void)state;
    learn("old");
    anchors.time.clock = LWCMP_TIME_UNKNOWN;
    assert_int_equal(update("new", "new-with-old"), 0);
    check(NAMES("old", "new"));
    assert_int_equal(update("new", "new-with-old"), 0);
    assert_int_equal(ram.writes, 1);
    anchors.time.clock = LWCMP_TIME_AT_LEAST;
    anchors.time.seconds = IN_2045;
    assert_int_equal(update("third", "third-with-new"), 0);
    check(NAMES("new", "third"));
    assert_int_equal(ram.writes, 2);
}

/* The next root in one step needs the one between: nobody vouches for it. */
static void test_missed_one(void **state)
{
    (void)state;
    learn("old");
    anchors.time.seconds = IN_2045;
    assert_int_equal(update("third", "third-with-new"), LWCMP_ERR_UNTRUSTED);
    check(NAMES("old"));
}

/*
 * A device that was in a drawer until its only root had expired: the link says
 * how long it holds, as for any certificate below an anchor.
 */
static void test_anchor_that_has_expired(void **state)
{
    (void)state;
    learn("old");
    anchors.time.seconds = IN_2038;
    assert_int_equal(lwcmp_anchors_clear(&anchors), 0);
    check(NAMES("old"));
    assert_int_equal(update("new", "new-with-old"), LWCMP_ERR_EXPIRED);
    check(NAMES("old"));
    assert_int_equal(update("new", "late-with-old"), 0);
    check(NAMES("new"));
}

/* A root that allows no CA below it may have a successor all the same. */
static void test_path_length(void **state)
{
    (void)state;
    learn("short");
    assert_int_equal(update("new", "new-with-short"), 0);
    check(NAMES("short", "new"));
}

/* RFC 9810 4.4.2.3: a device that began with the new root. */
static void test_older_one(void **state)
{
    (void)state;
    learn("new");
    assert_int_equal(update("old", "old-with-new"), 0);
    check(NAMES("new", "old"));
}

static void test_times(void **state)
{
    static const struct {
        enum lwcmp_clock clock;
        uint64_t seconds;
        int due;
    } cases[] = {
        {LWCMP_TIME_EXACT, 2019686400 - LWCMP_CLOCK_SKEW, 0},
        {LWCMP_TIME_EXACT, 2019686399 - LWCMP_CLOCK_SKEW,
         LWCMP_ERR_NOT_YET_VALID},
        {LWCMP_TIME_EXACT, 2082758400, 0},
        {LWCMP_TIME_EXACT, 2082758401, LWCMP_ERR_EXPIRED},
        {LWCMP_TIME_AT_LEAST, 0, 0},
        {LWCMP_TIME_AT_LEAST, 2082758401, LWCMP_ERR_EXPIRED},
        {LWCMP_TIME_AT_LEAST, 4070908800, LWCMP_ERR_EXPIRED},
        {LWCMP_TIME_UNKNOWN, 4070908800, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        learn("old");
        anchors.time.clock = cases[i].clock;
        anchors.time.seconds = cases[i].seconds;
        assert_int_equal(update("new", "new-with-old"), cases[i].due);
    }
}

/* Wrong links, wrong halves, and a subordinate CA that would be a root. */
static void test_lcp_4_3_2_03_refused(void **state)
{
    static const struct {
        const char *root, *link;
        int due;
    } cases[] = {
        {"new", "new-with-alien", LWCMP_ERR_UNTRUSTED},
        {"new", "new", LWCMP_ERR_CERT_CHAIN}, /* self-signed is no link */
        {"new", "third-with-new", LWCMP_ERR_CERT_KEY},
        {"third", "new-with-old", LWCMP_ERR_CERT_KEY},
        {"alien", "new-with-old", LWCMP_ERR_CERT_KEY},
        {"new-with-old", "new", LWCMP_ERR_CERT_CHAIN}, /* in each other's */
        {"new-with-old", "new-with-old", LWCMP_ERR_CERT_CHAIN}, /* place */
        {"unsigned", "new-with-old", LWCMP_ERR_CERT_CHAIN},
        {"no-ca", "new-with-old", LWCMP_ERR_CERT_CHAIN},
        {"no-basic", "new-with-old", LWCMP_ERR_CERT_CHAIN},
        {"no-sign", "new-with-old", LWCMP_ERR_CERT_CHAIN},
        {"new", "link-no-ca", LWCMP_ERR_CERT_CHAIN},
        {"renamed", "new-with-old", LWCMP_ERR_CERT_KEY},
        {"renamed", "renamed-with-old", LWCMP_ERR_UNTRUSTED},
        {"sub", "sub-with-old", LWCMP_ERR_UNTRUSTED},
    };

    (void)state;
    learn("old");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int err = update(cases[i].root, cases[i].link);

        if (err != cases[i].due) {
            fail_msg("%s, %s: %d", cases[i].root, cases[i].link, err);
        }
    }
    assert_int_equal(ram.writes, 0);
    check(NAMES("old"));
}

/* Of both certificates every bit counts; here are some of them. */
static void test_flips(void **state)
{
    struct lwcmp_bytes pair[2] = {load("new"), load("new-with-old")};

    (void)state;
    learn("old");
    for (unsigned which = 0; which < 2; which++) {
        uint8_t *p = (uint8_t *)(uintptr_t)pair[which].p;

        for (size_t i = 0; i < pair[which].n; i += 5) {
            p[i] ^= 1;
            assert_int_not_equal(
                lwcmp_anchor_update(&anchors, &pair[0], &pair[1]), 0);
            p[i] ^= 1;
        }
    }
    assert_int_equal(ram.writes, 0);
    assert_int_equal(lwcmp_anchor_update(&anchors, &pair[0], &pair[1]), 0);
    file_free(pair[0]);
    file_free(pair[1]);
}

#define TEST_ANCHORS(f) cmocka_unit_test_setup_teardown(f, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_ANCHORS(test_life),
        TEST_ANCHORS(test_learned),
        TEST_ANCHORS(test_missed_one),
        TEST_ANCHORS(test_anchor_that_has_expired),
        TEST_ANCHORS(test_path_length),
        TEST_ANCHORS(test_older_one),
        TEST_ANCHORS(test_times),
        TEST_ANCHORS(test_lcp_4_3_2_03_refused),
        TEST_ANCHORS(test_flips),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
