/* SPDX-License-Identifier: Apache-2.0 */
/* Path validation, one certificate fault at a time (tests/vectors/path). */
#include "psa_fixture.h"

#define NOW 1893456000 /* 2030-01-01 00:00:00 UTC */

static const struct lwcmp_time now = {LWCMP_TIME_EXACT, NOW};

/*
 * Validates the certificates of these names, the end entity first. The list
 * ends with NULL. Each is in a buffer of exactly its size.
 */
static int validate_in(const char *folder, const char *const *names,
                       const struct lwcmp_time *time)
{
    struct lwcmp_bytes path[8] = {{NULL, 0}};
    size_t count, i;
    int err;

    for (count = 0; names[count] != NULL; count++) {
        char file[80];

        snprintf(file, sizeof file, "tests/vectors/%s/%s.der", folder,
                 names[count]);
        path[count] = file_read(file);
    }
    err = lwcmp_crypto_path(path, count, time);
    for (i = 0; i < count; i++) {
        file_free(path[i]);
    }
    return err;
}

static int validate(const char *const *names, const struct lwcmp_time *time)
{
    return validate_in("path", names, time);
}

#define PATH(...) ((const char *const[]){__VA_ARGS__, NULL})

static void test_good(void **state)
{
    (void)state;
    assert_int_equal(validate(PATH("leaf", "root"), &now), 0);
    assert_int_equal(validate(PATH("leaf2", "sub", "root"), &now), 0);
    assert_int_equal(validate(PATH("leaf3", "sub2", "sub", "root"), &now), 0);
    assert_int_equal(validate(PATH("p384-leaf", "p384", "rsa"), &now), 0);
    assert_int_equal(validate(PATH("short-leaf", "short", "root"), &now), 0);
    /* keyUsage may be absent (RFC 5280 6.1.4 (n)). */
    assert_int_equal(validate(PATH("nousage-leaf", "nousage", "root"), &now),
                     0);
}

/* An anchor in the middle of a hierarchy is as good as its root. */
static void test_path_09_anchor_below_root(void **state)
{
    (void)state;
    assert_int_equal(validate(PATH("leaf2", "sub"), &now), 0);
    assert_int_equal(validate(PATH("leaf3", "sub2", "sub"), &now), 0);
    /* Trusted by name: that it is version 1 is the firmware's business. */
    assert_int_equal(validate(PATH("v1-leaf", "v1"), &now), 0);
}

static void test_lone_anchor(void **state)
{
    (void)state;
    assert_int_equal(validate(PATH("pinned"), &now), 0);
    assert_int_equal(validate(PATH("leaf"), &now), 0);
    assert_int_equal(validate(PATH("root"), &now), 0);
    assert_int_equal(validate(PATH("expired"), &now), LWCMP_ERR_EXPIRED);
    assert_int_equal(validate(PATH("future"), &now), LWCMP_ERR_NOT_YET_VALID);
}

static void test_empty(void **state)
{
    struct lwcmp_bytes none = {NULL, 0};

    (void)state;
    assert_int_equal(lwcmp_crypto_path(&none, 0, &now), LWCMP_ERR_UNTRUSTED);
    assert_int_equal(lwcmp_crypto_path(&none, 1, &now), LWCMP_ERR_UNTRUSTED);
}

static void test_path_01_wrong_issuer(void **state)
{
    (void)state;
    /* The name is right, the key is not. */
    assert_int_equal(validate(PATH("forged", "root"), &now),
                     LWCMP_ERR_UNTRUSTED);
    assert_int_equal(validate(PATH("leaf", "impostor"), &now),
                     LWCMP_ERR_UNTRUSTED);
    assert_int_equal(validate(PATH("leaf2", "sub", "impostor"), &now),
                     LWCMP_ERR_UNTRUSTED);
    /* The key is right, the name is not. */
    assert_int_equal(validate(PATH("leaf", "alias"), &now),
                     LWCMP_ERR_UNTRUSTED);
    /* Neither is. */
    assert_int_equal(validate(PATH("leaf", "sub"), &now), LWCMP_ERR_UNTRUSTED);
    assert_int_equal(validate(PATH("leaf", "rsa"), &now), LWCMP_ERR_UNTRUSTED);
}

/* What is judged is the path given, in its order, and no other. */
static void test_path_01_order(void **state)
{
    (void)state;
    assert_int_equal(validate(PATH("leaf2", "root"), &now),
                     LWCMP_ERR_UNTRUSTED);
    assert_int_equal(validate(PATH("leaf", "sub", "root"), &now),
                     LWCMP_ERR_UNTRUSTED);
    assert_int_equal(validate(PATH("leaf3", "sub", "sub2", "root"), &now),
                     LWCMP_ERR_UNTRUSTED);
    assert_int_equal(validate(PATH("leaf2", "sub", "leaf", "root"), &now),
                     LWCMP_ERR_UNTRUSTED);
    assert_int_equal(validate(PATH("root", "sub", "leaf2"), &now),
                     LWCMP_ERR_UNTRUSTED);
    assert_int_equal(validate(PATH("pinned", "pinned"), &now),
                     LWCMP_ERR_UNTRUSTED);
    assert_int_equal(validate(PATH("pinned", "root"), &now),
                     LWCMP_ERR_UNTRUSTED);
}

static void test_path_02_not_an_issuer(void **state)
{
    (void)state;
    assert_int_equal(validate(PATH("noca-leaf", "noca", "root"), &now),
                     LWCMP_ERR_UNTRUSTED);
    assert_int_equal(validate(PATH("nobasic-leaf", "nobasic", "root"), &now),
                     LWCMP_ERR_UNTRUSTED);
    assert_int_equal(validate(PATH("nosign-leaf", "nosign", "root"), &now),
                     LWCMP_ERR_UNTRUSTED);
    assert_int_equal(validate(PATH("v1-leaf", "v1", "root"), &now),
                     LWCMP_ERR_UNTRUSTED);
    assert_int_equal(validate(PATH("deep-leaf", "deep", "short", "root"), &now),
                     LWCMP_ERR_UNTRUSTED);
    /* As anchors they are no better, nor is a pathLenConstraint. */
    assert_int_equal(validate(PATH("noca-leaf", "noca"), &now),
                     LWCMP_ERR_UNTRUSTED);
    assert_int_equal(validate(PATH("nosign-leaf", "nosign"), &now),
                     LWCMP_ERR_UNTRUSTED);
    assert_int_equal(validate(PATH("deep-leaf", "deep", "short"), &now),
                     LWCMP_ERR_UNTRUSTED);
}

static void test_path_03_path_04_critical_extensions(void **state)
{
    (void)state;
    assert_int_equal(validate(PATH("unknown-leaf", "unknown", "root"), &now),
                     LWCMP_ERR_UNTRUSTED);
    assert_int_equal(
        validate(PATH("constrained-leaf", "constrained", "root"), &now),
        LWCMP_ERR_UNTRUSTED);
    assert_int_equal(validate(PATH("unknown", "root"), &now),
                     LWCMP_ERR_UNTRUSTED);
}

static void test_alg_18_algorithms(void **state)
{
    (void)state;
    assert_int_equal(validate(PATH("sha1", "root"), &now), LWCMP_ERR_ALGORITHM);
    assert_int_equal(validate(PATH("rsa1024-leaf", "rsa1024", "root"), &now),
                     LWCMP_ERR_ALGORITHM);
    assert_int_equal(validate(PATH("rsa1024-leaf", "rsa1024"), &now),
                     LWCMP_ERR_ALGORITHM);
    assert_int_equal(validate(PATH("rsa1024", "root"), &now),
                     LWCMP_ERR_ALGORITHM);
    assert_int_equal(validate(PATH("k256", "root"), &now), LWCMP_ERR_ALGORITHM);
}

#if LWCMP_WITH_PSS
/*
 * By RSASSA-PSS, as RFC 9481 3.1 wants it. A salt of another length is no
 * weakness, and Mbed TLS takes it in a certificate.
 */
static void test_alg_02_pss(void **state)
{
    static const struct {
        const char *name;
        int err;
    } rows[] = {
        {"sha256", 0},
        {"sha384", 0},
        {"sha512", 0},
        {"sha1", LWCMP_ERR_ALGORITHM},
        {"mgf", LWCMP_ERR_UNTRUSTED},
        {"salt", 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int err = validate_in("pss", PATH(rows[i].name, "root"), &now);

        if (err != rows[i].err) {
            fail_msg("%s: %d", rows[i].name, err);
        }
    }
    assert_int_equal(validate_in("pss", PATH("sha256", "sha384"), &now),
                     LWCMP_ERR_UNTRUSTED);
}
#endif

/* 2028-03-01 00:00:00 is the last good second of what has expired. */
static void test_path_01_path_11_times(void **state)
{
    struct lwcmp_time time = {LWCMP_TIME_UNKNOWN, 0};

    (void)state;
    assert_int_equal(validate(PATH("expired", "root"), &time), 0);
    assert_int_equal(validate(PATH("future", "root"), &time), 0);
    time.seconds = UINT64_MAX;
    assert_int_equal(validate(PATH("expired", "root"), &time), 0);

    time.clock = LWCMP_TIME_AT_LEAST;
    time.seconds = 0;
    assert_int_equal(validate(PATH("expired", "root"), &time), 0);
    time.seconds = 1835481600;
    assert_int_equal(validate(PATH("expired", "root"), &time), 0);
    assert_int_equal(validate(PATH("future", "root"), &time), 0);
    time.seconds++;
    assert_int_equal(validate(PATH("expired", "root"), &time),
                     LWCMP_ERR_EXPIRED);
    assert_int_equal(validate(PATH("oldsub-leaf", "oldsub", "root"), &time),
                     LWCMP_ERR_EXPIRED);
    time.seconds = UINT64_MAX;
    assert_int_equal(validate(PATH("leaf", "root"), &time), LWCMP_ERR_EXPIRED);

    time.clock = LWCMP_TIME_EXACT;
    time.seconds = 1835481600;
    assert_int_equal(validate(PATH("expired", "root"), &time), 0);
    assert_int_equal(validate(PATH("oldsub-leaf", "oldsub", "root"), &time), 0);
    assert_int_equal(validate(PATH("future", "root"), &time),
                     LWCMP_ERR_NOT_YET_VALID);
    time.seconds++;
    assert_int_equal(validate(PATH("expired", "root"), &time),
                     LWCMP_ERR_EXPIRED);
    assert_int_equal(validate(PATH("oldsub-leaf", "oldsub", "root"), &time),
                     LWCMP_ERR_EXPIRED);
}

/*
 * From 2000-03-01 and 2100-03-01 on, to 2120-01-01, all inclusive. A clock may
 * be behind that of the CA by the skew.
 */
static void test_path_08_bounds(void **state)
{
    struct lwcmp_time time = {LWCMP_TIME_EXACT, 951868799 - LWCMP_CLOCK_SKEW};

    (void)state;
    assert_int_equal(validate(PATH("leaf", "root"), &time),
                     LWCMP_ERR_NOT_YET_VALID);
    time.seconds++;
    assert_int_equal(validate(PATH("leaf", "root"), &time), 0);
    time.seconds = 4107542399 - LWCMP_CLOCK_SKEW;
    assert_int_equal(validate(PATH("future", "root"), &time),
                     LWCMP_ERR_NOT_YET_VALID);
    time.seconds++;
    assert_int_equal(validate(PATH("future", "root"), &time), 0);
    time.seconds = 4733510400;
    assert_int_equal(validate(PATH("leaf", "root"), &time), 0);
    time.seconds++;
    assert_int_equal(validate(PATH("leaf", "root"), &time), LWCMP_ERR_EXPIRED);
}

/* The anchor's own validity is not judged; what is untrusted stays so. */
static void test_path_09_time_is_second(void **state)
{
    (void)state;
    assert_int_equal(validate(PATH("oldroot-leaf", "oldroot"), &now), 0);
    assert_int_equal(validate(PATH("expired", "impostor"), &now),
                     LWCMP_ERR_UNTRUSTED);
}

/* One byte more or less, at each place of the path. */
static void test_exact_der(void **state)
{
    struct lwcmp_bytes good[3] = {file_read("tests/vectors/path/leaf2.der"),
                                  file_read("tests/vectors/path/sub.der"),
                                  file_read("tests/vectors/path/root.der")};
    size_t i;

    (void)state;
    for (i = 0; i < 3; i++) {
        struct lwcmp_bytes path[3] = {good[0], good[1], good[2]};
        uint8_t *longer = calloc(1, good[i].n + 1);

        assert_non_null(longer);
        memcpy(longer, good[i].p, good[i].n);
        path[i].p = longer;
        assert_int_equal(lwcmp_crypto_path(path, 3, &now), 0);
        path[i].n = good[i].n + 1;
        assert_int_equal(lwcmp_crypto_path(path, 3, &now), LWCMP_ERR_UNTRUSTED);
        path[i].n = good[i].n - 1;
        assert_int_equal(lwcmp_crypto_path(path, 3, &now), LWCMP_ERR_UNTRUSTED);
        free(longer);
    }
    for (i = 0; i < 3; i++) {
        file_free(good[i]);
    }
}

/* No prefix of a certificate is taken, and none is read beyond its end. */
static void test_prefixes(void **state)
{
    struct lwcmp_bytes leaf = file_read("tests/vectors/path/leaf.der");
    struct lwcmp_bytes root = file_read("tests/vectors/path/root.der");
    size_t n;

    (void)state;
    for (n = 0; n < leaf.n; n++) {
        uint8_t *p = malloc(n + (n == 0));
        struct lwcmp_bytes path[2] = {{p, n}, root};

        assert_non_null(p);
        memcpy(p, leaf.p, n);
        assert_int_equal(lwcmp_crypto_path(path, 2, &now), LWCMP_ERR_UNTRUSTED);
        free(p);
    }
    file_free(leaf);
    file_free(root);
}

/* Every bit of the end entity's certificate is covered by something. */
static void test_path_01_flips(void **state)
{
    struct lwcmp_bytes leaf = file_read("tests/vectors/path/leaf.der");
    struct lwcmp_bytes root = file_read("tests/vectors/path/root.der");
    uint8_t *p = malloc(leaf.n);
    struct lwcmp_bytes path[2] = {{p, leaf.n}, root};
    size_t i;

    (void)state;
    assert_non_null(p);
    memcpy(p, leaf.p, leaf.n);
    assert_int_equal(lwcmp_crypto_path(path, 2, &now), 0);
    for (i = 0; i < leaf.n; i++) {
        p[i] ^= 1;
        assert_int_not_equal(lwcmp_crypto_path(path, 2, &now), 0);
        p[i] ^= 1;
    }
    free(p);
    file_free(leaf);
    file_free(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_good),
        TEST(test_path_09_anchor_below_root),
        TEST(test_lone_anchor),
        TEST(test_empty),
        TEST(test_path_01_wrong_issuer),
        TEST(test_path_01_order),
        TEST(test_path_02_not_an_issuer),
        TEST(test_path_03_path_04_critical_extensions),
        TEST(test_alg_18_algorithms),
#if LWCMP_WITH_PSS
        TEST(test_alg_02_pss),
#endif
        TEST(test_path_01_path_11_times),
        TEST(test_path_08_bounds),
        TEST(test_path_09_time_is_second),
        TEST(test_exact_der),
        TEST(test_prefixes),
        TEST(test_path_01_flips),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
