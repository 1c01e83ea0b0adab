/* SPDX-License-Identifier: Apache-2.0 */
/*
 * src/anchors.c with a provider that says what it is told to; with real
 * certificates it is tested in psa/test_anchors_psa.c.
 */
#include "anchors_fixture.h"

/* The old one stays beside the new one, by one write. */
static void test_successor(void **state)
{
    (void)state;
    set("o", "x");
    set_time(LWCMP_TIME_EXACT, 1800000000);
    assert_int_equal(update_by('n', 'l'), 0);
    check_learned("on");
    assert_int_equal(ram.writes, 1);
    assert_int_equal(ram.operations, 2);
    assert_int_equal(provider.calls, 2);
    check_asked(0, 'n', 'l');
    check_asked(1, 'l', 'o');
    assert_int_equal(provider.time.clock, LWCMP_TIME_EXACT);
    assert_true(provider.time.seconds == 1800000000);
}

/* One that is in the firmware has a successor as well. */
static void test_first_one_learned(void **state)
{
    (void)state;
    set("", "o");
    assert_int_equal(update_by('n', 'l'), 0);
    check_learned("n");
    check_asked(1, 'l', 'o');
}

/* Learned and configured: the first that fits, whatever the others are. */
static void test_any_anchor_may_vouch(void **state)
{
    static const char order[] = "oxez";

    (void)state;
    for (unsigned at = 0; at < 4; at++) {
        again();
        vectors_at("anchor %c", order[at]);
        set("ox", "ez");
        for (unsigned i = 1; i <= at; i++) {
            provider.says[i] =
                i == 1 ? LWCMP_ERR_ALGORITHM : LWCMP_ERR_UNTRUSTED;
        }
        CHECK_INT(update_by('n', 'l'), 0);
        CHECK_INT(provider.calls, at + 2);
        check_asked(at + 1, 'l', order[at]);
        check_learned("oxn");
    }
}

/* What the provider says of the pair, of two anchors, and what we do. */
static void test_lcp_4_3_2_03_wrong_link(void **state)
{
    static const struct {
        int pair, first, second, due;
    } cases[] = {
        {LWCMP_ERR_UNTRUSTED, 0, 0, LWCMP_ERR_CERT_CHAIN},
        {LWCMP_ERR_EXPIRED, 0, 0, LWCMP_ERR_EXPIRED},
        {LWCMP_ERR_NOT_YET_VALID, 0, 0, LWCMP_ERR_NOT_YET_VALID},
        {LWCMP_ERR_ALGORITHM, 0, 0, LWCMP_ERR_ALGORITHM},
        {LWCMP_ERR_CRYPTO, 0, 0, LWCMP_ERR_CRYPTO},
        {0, LWCMP_ERR_UNTRUSTED, LWCMP_ERR_UNTRUSTED, LWCMP_ERR_UNTRUSTED},
        {0, LWCMP_ERR_EXPIRED, LWCMP_ERR_UNTRUSTED, LWCMP_ERR_EXPIRED},
        {0, LWCMP_ERR_UNTRUSTED, LWCMP_ERR_EXPIRED, LWCMP_ERR_EXPIRED},
        {0, LWCMP_ERR_CRYPTO, LWCMP_ERR_UNTRUSTED, LWCMP_ERR_CRYPTO},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        again();
        vectors_at("case %u", (unsigned)i);
        set("o", "z");
        provider.says[0] = cases[i].pair;
        provider.says[1] = cases[i].first;
        provider.says[2] = cases[i].second;
        CHECK_INT(update_by('n', 'l'), cases[i].due);
        CHECK_INT(provider.calls, cases[i].pair ? 1 : 3);
        CHECK_INT(ram.writes, 0);
        check_learned("o");
    }
}

/* A device that trusts nobody learns from nobody. */
static void test_no_anchor(void **state)
{
    (void)state;
    assert_int_equal(update_by('n', 'l'), LWCMP_ERR_UNTRUSTED);
    assert_int_equal(provider.calls, 1);
    assert_int_equal(ram.writes, 0);
}

/* Where basicConstraints are read with the certificate, it does not parse. */
#define NO_SEQUENCE \
    (LWCMP_WITH_EXTENSIONS ? LWCMP_ERR_CERT_SYNTAX : LWCMP_ERR_CERT_CHAIN)

/* Nobody is asked about a pair that is none. */
static void test_no_pair(void **state)
{
    static const struct {
        char new_with_new, new_with_old;
        int due;
    } cases[] = {
        {'n', 'k', LWCMP_ERR_CERT_KEY},   /* another key */
        {'n', 'a', LWCMP_ERR_CERT_KEY},   /* another subject */
        {'s', 'n', LWCMP_ERR_CERT_KEY},   /* likewise */
        {'i', 'l', LWCMP_ERR_CERT_CHAIN}, /* by somebody else */
        {'0', 'l', LWCMP_ERR_CERT_CHAIN}, /* no basicConstraints */
        {'1', 'l', LWCMP_ERR_CERT_CHAIN}, /* empty ones */
        {'2', 'l', LWCMP_ERR_CERT_CHAIN}, /* no CA */
        {'3', 'l', LWCMP_ERR_CERT_CHAIN}, /* an INTEGER for the BOOLEAN */
        {'4', 'l', NO_SEQUENCE},          /* no SEQUENCE */
        {'5', 'l', NO_SEQUENCE},          /* shorter than it says */
        {'n', 'i', LWCMP_ERR_UNTRUSTED},  /* the link has another name */
        {'s', 't', LWCMP_ERR_UNTRUSTED},  /* a subordinate CA as a root */
        {'6', 'l', 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        again();
        vectors_at("%c and %c", cases[i].new_with_new, cases[i].new_with_old);
        set("o", "");
        CHECK_INT(update_by(cases[i].new_with_new, cases[i].new_with_old),
                  cases[i].due);
        CHECK_INT(provider.calls, cases[i].due ? 0 : 2);
        check_learned(cases[i].due ? "o" : "o6");
    }
}

/*
 * keyUsage, if there, has to have keyCertSign; other extensions may stand
 * before and behind.
 */
static void test_extensions(void **state)
{
    static const struct {
        const char *usage; /* hexadecimal */
        const char *dns;
        bool cmc;
        int due;
    } cases[] = {
        {"", "root.example", true, 0},
        {"03020106", NULL, false, 0},
        {"03020204", NULL, true, 0},
        {"03020780", NULL, false, LWCMP_ERR_CERT_CHAIN},
        {"030200fb", NULL, false, LWCMP_ERR_CERT_CHAIN}, /* all others */
        {"030100", NULL, false, LWCMP_ERR_CERT_CHAIN},   /* none */
    };
    struct lwcmp_der_out o;
    uint8_t p[1024];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct lwcmp_bytes usage = vectors_hex(cases[i].usage);
        const struct cert_make what = {
            .subject = "root",
            .issuer = "root",
            .spki = {(const uint8_t *)"\x30\3\4\1\2", 5},
            .ski = 2,
            .usage = usage,
            .constraints = {(const uint8_t *)"\x30\3\1\1\xff", 5},
            .dns = cases[i].dns,
            .cmc = cases[i].cmc,
        };

        vectors_at("keyUsage %s", cases[i].usage);
        lwcmp_der_out_init(&o, p, sizeof p);
        set("", "o");
        CHECK_INT(update(cert_make(&o, &what), certificate['l']), cases[i].due);
        CHECK_INT(o.err, 0);
        forget_paths();
        vectors_free(usage);
    }
}

static void test_garbage(void **state)
{
    static const char *const garbage[] = {
        "", "00", "3000", "3083ffffff", "30847fffffff", "ff", "3080"};
    struct lwcmp_bytes n = certificate['n'];
    struct lwcmp_bytes l = certificate['l'];

    (void)state;
    set("o", "");
    for (size_t i = 0; i < COUNT(garbage); i++) {
        struct lwcmp_bytes bad = vectors_hex(garbage[i]);

        vectors_at("%s", garbage[i]);
        CHECK_INT(update(bad, l), LWCMP_ERR_CERT_SYNTAX);
        CHECK_INT(update(n, bad), LWCMP_ERR_CERT_SYNTAX);
        vectors_free(bad);
    }
    for (n.n = 0; n.n <= certificate['n'].n + 1; n.n++) {
        vectors_at("%u bytes", (unsigned)n.n);
        if (n.n != certificate['n'].n) {
            CHECK_INT(update(n, l), LWCMP_ERR_CERT_SYNTAX);
        }
    }
    assert_int_equal(provider.calls, 0);
    assert_int_equal(ram.operations, 0);
}

/* Any octet of both may be anything; what is kept is what was handed in. */
static void test_mutations(void **state)
{
    static const uint8_t flips[] = {0x01, 0x10, 0x80, 0xff};
    struct lwcmp_bytes pair[2];
    unsigned kept = 0;

    (void)state;
    for (unsigned which = 0; which < 2; which++) {
        for (size_t at = 0; at < certificate["nl"[which] & 0x7f].n; at++) {
            for (size_t i = 0; i < COUNT(flips); i++) {
                pair[0] = vectors_copy(certificate['n'].p, certificate['n'].n);
                pair[1] = vectors_copy(certificate['l'].p, certificate['l'].n);
                ((uint8_t *)pair[which].p)[at] ^= flips[i];
                set("o", "");
                ram.writes = 0;
                if (lwcmp_anchor_update(&anchors, &pair[0], &pair[1]) == 0) {
                    kept++;
                    assert_int_equal(ram.writes, 1);
                } else {
                    check_learned("o");
                }
                forget_paths();
                vectors_free(pair[0]);
                vectors_free(pair[1]);
            }
        }
    }
    assert_true(kept > 0);
}

/* No write wears the flash for nothing, however often the server sends it. */
static void test_known_already(void **state)
{
    (void)state;
    set("on", "x");
    assert_int_equal(update_by('n', 'l'), 0);
    check_learned("on");
    set("x", "on");
    assert_int_equal(update_by('n', 'l'), 0);
    check_learned("x");
    assert_int_equal(ram.writes, 0);
    assert_int_equal(provider.calls, 0);
    /* What does not parse is refused all the same. */
    assert_int_equal(update(certificate['n'], (struct lwcmp_bytes){NULL, 0}),
                     LWCMP_ERR_CERT_SYNTAX);
}

/* What would not fit the buffer could never be loaded again. */
static void test_room(void **state)
{
    size_t old = certificate['o'].n + certificate['x'].n;
    size_t all = old + certificate['n'].n;

    (void)state;
    for (size_t size = 0; size <= all; size++) {
        again();
        vectors_at("%u bytes", (unsigned)size);
        anchors.buffer = malloc(size + (size == 0));
        anchors.buffer_size = size;
        set("ox", "");
        CHECK_INT(update_by('n', 'l'), size < all ? LWCMP_ERR_BUFFER : 0);
        CHECK_INT(provider.calls, size < old ? 0 : 2);
        check_learned(size < all ? "ox" : "oxn");
        free(anchors.buffer);
    }
}

/* Each call fails once; the next attempt does it. */
static void test_store_fails(void **state)
{
    (void)state;
    for (unsigned at = 1; at <= 2; at++) {
        again();
        vectors_at("operation %u", at);
        set("ox", "");
        ram.fail_at = at;
        ram.error = LWCMP_ERR_STORE;
        CHECK_INT(update_by('n', 'l'), LWCMP_ERR_STORE);
        check_learned("ox");
        CHECK_INT(update_by('n', 'l'), 0);
        check_learned("oxn");
    }
}

/* A record with something behind the certificates that is none. */
static void test_damaged_record(void **state)
{
    (void)state;
    set("o", "");
    ram.record[LWCMP_RECORD_ANCHORS].n++;
    assert_int_equal(update_by('n', 'l'), 0);
    check_learned("on");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_successor),
        TEST(test_first_one_learned),
        TEST(test_any_anchor_may_vouch),
        TEST(test_lcp_4_3_2_03_wrong_link),
        TEST(test_no_anchor),
        TEST(test_no_pair),
        TEST(test_extensions),
        TEST(test_garbage),
        TEST(test_mutations),
        TEST(test_known_already),
        TEST(test_room),
        TEST(test_store_fails),
        TEST(test_damaged_record),
    };

    return cmocka_run_group_tests_name("anchors", tests, NULL, NULL);
}
