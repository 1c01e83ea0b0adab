/* SPDX-License-Identifier: Apache-2.0 */
/* src/path.c, which looks at names and key identifiers, at no signature */
#include "vectors.h"

#include "cert_make.h"
#include "path.h"

/* Certificates with a letter each. */
static const struct {
    char letter;
    const char *subject, *issuer;
    uint8_t ski, aki;
} kinds[] = {
    {'r', "root", "root", 1, 1},
    {'R', "root", "root", 9, 9}, /* of the same name, with another key */
    {'a', "sub A", "root", 2, 1},
    {'b', "sub B", "sub A", 3, 2},
    {'c', "sub C", "sub B", 4, 3},
    {'i', "device", "root", 20, 1},
    {'j', "device", "sub A", 21, 2},
    {'k', "device", "sub B", 22, 3},
    {'l', "device", "sub C", 23, 4},
    {'x', "X", "Y", 5, 6}, /* X and Y issue each other */
    {'y', "Y", "X", 6, 5},
    {'z', "device", "X", 24, 5},
    {'s', "self", "self", 7, 7},
    {'t', "self", "self", 17, 0}, /* of the same name, without aki */
    {'o', "old root", "old root", 8, 8},
    {'q', "root", "old root", 1, 8}, /* root, certified by the old one */
    {'n', "device", "nobody", 25, 10},
    {'0', "plain root", "plain root", 0, 0}, /* no key identifiers */
    {'1', "device", "plain root", 0, 0},
};

static uint8_t buffer[16384];
static struct lwcmp_der_out out;
static struct lwcmp_bytes certificate[0x80];

static int make(void **state)
{
    (void)state;
    lwcmp_der_out_init(&out, buffer, sizeof buffer);
    for (size_t i = 0; i < COUNT(kinds); i++) {
        const struct cert_make what = {
            .subject = kinds[i].subject,
            .issuer = kinds[i].issuer,
            .spki = {(const uint8_t *)"\x30\x02\x05\x00", 4},
            .ski = kinds[i].ski,
            .aki = kinds[i].aki,
        };

        certificate[(unsigned char)kinds[i].letter] = cert_make(&out, &what);
    }
    certificate['?'] = (struct lwcmp_bytes){(const uint8_t *)"\x30\x00", 2};
    certificate['!'] = (struct lwcmp_bytes){(const uint8_t *)"\x04\x00", 2};
    certificate['>'] = (struct lwcmp_bytes){(const uint8_t *)"\x30\x7f", 2};
    return out.err;
}

/* The certificates of these letters, in a row of exactly their size. */
static struct lwcmp_bytes row(const char *letters)
{
    uint8_t p[8192];
    size_t n = 0;

    for (; letters != NULL && *letters != '\0'; letters++) {
        const struct lwcmp_bytes der = certificate[(unsigned char)*letters];

        assert_true(der.n > 0 && n + der.n <= sizeof p);
        memcpy(p + n, der.p, der.n);
        n += der.n;
    }
    return letters == NULL ? (struct lwcmp_bytes){NULL, 0} : vectors_copy(p, n);
}

/* `path`: the letters of the path that is due, or NULL. */
static void check_in(const struct lwcmp_path_pool *pool, char leaf,
                     const char *path)
{
    struct lwcmp_bytes found[LWCMP_MAX_PATH];
    struct lwcmp_cert cert;
    uint8_t n = 99;

    CHECK_INT(lwcmp_cert_read(&certificate[(unsigned char)leaf], &cert), 0);
    CHECK_INT(lwcmp_path_find(&cert, pool, found, &n),
              path ? 0 : LWCMP_ERR_UNTRUSTED);
    CHECK_INT(n, path ? strlen(path) : 0);
    if (path != NULL) {
        for (size_t i = 0; i < n; i++) {
            CHECK_BYTES(found[i], certificate[(unsigned char)path[i]]);
        }
    }
}

/* One that was read before is used as it is, and changes nothing. */
static void check_known(struct lwcmp_path_pool pool, char leaf,
                        const char *path)
{
    static const struct lwcmp_cert none;
    struct lwcmp_cert known;
    struct lwcmp_bytes rest;
    struct lwcmp_bytes der;

    pool.known = &none;
    check_in(&pool, leaf, path);
    pool.known = &known;
    for (size_t i = 0; i < LWCMP_PATH_ROWS; i++) {
        rest = *pool.row[i];
        while (lwcmp_cert_next(&rest, &der)) {
            if (lwcmp_cert_read(&der, &known) == 0) {
                check_in(&pool, leaf, path);
            }
        }
    }
}

static void check(char leaf, const char *const anchors[3],
                  const char *const untrusted[2], const char *path)
{
    struct lwcmp_bytes rows[LWCMP_PATH_ROWS] = {
        row(anchors[0]), row(anchors[1]), row(anchors[2]), row(untrusted[0]),
        row(untrusted[1])};
    struct lwcmp_path_pool pool;

    vectors_at("%c, %s %s %s, %s %s", leaf, anchors[0] ? anchors[0] : "-",
               anchors[1] ? anchors[1] : "-", anchors[2] ? anchors[2] : "-",
               untrusted[0] ? untrusted[0] : "-",
               untrusted[1] ? untrusted[1] : "-");
    for (size_t i = 0; i < COUNT(rows); i++) {
        pool.row[i] = &rows[i];
    }
    check_known(pool, leaf, path);
    for (size_t i = 0; i < COUNT(rows); i++) {
        vectors_free(rows[i]);
    }
}

struct path_row {
    char leaf;
    const char *anchors[3], *untrusted[2], *path;
};

static void check_all(const struct path_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        check(rows[i].leaf, rows[i].anchors, rows[i].untrusted, rows[i].path);
    }
}

static void test_path_12_lengths(void **state)
{
    static const struct path_row rows[] = {
        {'i', {"r"}, {0}, "ir"},
        {'j', {"r"}, {"a"}, "jar"},
        {'k', {"r"}, {"ab"}, "kbar"},
        {'l', {"r"}, {"abc"}, NULL}, /* longer than LWCMP_MAX_PATH */
        {'l', {"a"}, {"abc"}, "lcba"},
        {'j', {"r"}, {0}, NULL},
        {'k', {"r"}, {"b"}, NULL},
        {'k', {"r"}, {"a"}, NULL},
        {'n', {"r"}, {"abc"}, NULL},
        {'i', {0}, {0}, NULL},
        {'1', {"0"}, {0}, "10"},
    };

    (void)state;
    assert_int_equal(LWCMP_MAX_PATH, 4);
    check_all(rows, COUNT(rows));
}

static void test_lcp_3_3_05_any_order_and_duplicates(void **state)
{
    static const char *const orders[] = {
        "abr",  "arb",   "bar",   "bra",   "rab", "rba",  "kab", "kba", "aabb",
        "baba", "bkakr", "czabx", "xyzba", "sba", "?b?a", "ba?", "ba!", "ba>"};
    static const char *const anchors[3] = {"r"};

    (void)state;
    for (size_t i = 0; i < COUNT(orders); i++) {
        check('k', anchors, (const char *const[2]){orders[i]}, "kbar");
        check('k', anchors, (const char *const[2]){NULL, orders[i]}, "kbar");
    }
    check('k', anchors, (const char *const[2]){"a", "b"}, "kbar");
    check('k', anchors, (const char *const[2]){"b", "a"}, "kbar");
}

static void test_each_row_of_anchors(void **state)
{
    static const struct path_row rows[] = {
        {'i', {"r", NULL, NULL}, {0}, "ir"},
        {'i', {NULL, "r", NULL}, {0}, "ir"},
        {'i', {NULL, NULL, "r"}, {0}, "ir"},
        {'i', {"", "os", "sr"}, {0}, "ir"},
        {'i', {"o", "s", "x"}, {0}, NULL},
        {'j', {NULL, NULL, "r"}, {NULL, "a"}, "jar"},
        {'i', {"?r"}, {0}, "ir"},
        {'i', {"r!"}, {0}, "ir"},
        {'i', {"!r"}, {0}, NULL}, /* behind the damage is nothing */
        {'i', {">r"}, {0}, NULL},
        {'i', {"!", "r"}, {0}, "ir"},
    };

    (void)state;
    check_all(rows, COUNT(rows));
}

/* The shortest way; and the key, where it is known, not the name alone. */
static void test_which_issuer(void **state)
{
    static const struct path_row rows[] = {
        {'k', {"b", "r"}, {"ab"}, "kb"},
        {'k', {"ra"}, {"ab"}, "kba"},
        {'j', {"r"}, {"qao"}, "jar"},
        {'j', {"r"}, {"aq"}, "jar"},
        {'j', {"o"}, {"qa"}, "jaqo"},
        {'j', {"o"}, {"rqa"}, NULL}, /* the first that fits is taken */
        {'j', {"Rr"}, {"a"}, "jar"},
        {'j', {"R"}, {"a"}, NULL},
        {'r', {"o"}, {"rq"}, "rqo"}, /* nobody is its own issuer */
        {'j', {"r"}, {"Ra"}, "jar"},
    };

    (void)state;
    check_all(rows, COUNT(rows));
}

static void test_leaf_that_is_an_anchor(void **state)
{
    static const struct path_row rows[] = {
        {'i', {"i"}, {0}, "i"},
        {'i', {"r", "ai"}, {0}, "i"},
        {'s', {"s"}, {0}, "s"},
        {'r', {NULL, NULL, "r"}, {"r"}, "r"},
        {'n', {NULL, NULL, "n"}, {0}, "n"},
    };

    (void)state;
    check_all(rows, COUNT(rows));
}

static void test_lcp_3_3_04_untrusted_is_no_anchor(void **state)
{
    static const struct path_row rows[] = {
        {'i', {0}, {"r"}, NULL},    {'i', {"o"}, {"r", "r"}, NULL},
        {'j', {"o"}, {"ar"}, NULL}, {'s', {"r"}, {"s"}, NULL},
        {'r', {"o"}, {"r"}, NULL},  {'s', {"r"}, {"st"}, NULL},
        {'r', {"R"}, {"r"}, NULL},
    };

    (void)state;
    check_all(rows, COUNT(rows));
}

static void test_path_12_loops_end(void **state)
{
    static const struct path_row rows[] = {
        {'z', {"r"}, {"xy"}, NULL},  {'z', {"r"}, {"yxyx", "xy"}, NULL},
        {'x', {"r"}, {"yx"}, NULL},  {'t', {"r"}, {"tst"}, NULL},
        {'z', {"y"}, {"xy"}, "zxy"},
    };

    (void)state;
    check_all(rows, COUNT(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_path_12_lengths),
        cmocka_unit_test(test_lcp_3_3_05_any_order_and_duplicates),
        cmocka_unit_test(test_each_row_of_anchors),
        cmocka_unit_test(test_which_issuer),
        cmocka_unit_test(test_leaf_that_is_an_anchor),
        cmocka_unit_test(test_lcp_3_3_04_untrusted_is_no_anchor),
        cmocka_unit_test(test_path_12_loops_end),
    };

    return cmocka_run_group_tests_name("path", tests, make, NULL);
}
