/* SPDX-License-Identifier: Apache-2.0 */
/* src/validity.c */
#include "vectors.h"

#include "cert_make.h"
#include "lwcmp/lifecycle.h"

static int read(struct lwcmp_bytes der, struct lwcmp_validity *validity)
{
    return lwcmp_validity_next(&der, validity);
}

static void check_file(char *const field[])
{
    struct lwcmp_bytes der = vectors_pem(field[0]);
    struct lwcmp_validity validity;

    CHECK_INT(read(der, &validity), 0);
    CHECK(validity.from == strtoull(field[1], NULL, 10));
    CHECK(validity.until == strtoull(field[2], NULL, 10));
    vectors_free(der);
}

static void test_files(void **state)
{
    (void)state;
    vectors_each("der/validity.txt", 3, check_file);
}

static uint8_t buffer[1024];

static struct lwcmp_bytes make(const char *from, const char *until)
{
    struct lwcmp_der_out o;
    const struct cert_make what = {
        .subject = "subject",
        .issuer = "issuer",
        .spki = {(const uint8_t *)"\x30\x02\x05\x00", 4},
        .from = from,
        .until = until,
    };

    lwcmp_der_out_init(&o, buffer, sizeof buffer);
    return cert_make(&o, &what);
}

/* Both are read, in either kind; RFC 5280 4.1.2.5 has one without an end. */
static void test_kinds(void **state)
{
    static const struct {
        const char *from, *until;
        uint64_t from_seconds, until_seconds;
    } good[] = {
        {"260101000000Z", "99991231235959Z", 1767225600, 253402300799},
        {"20260101000000Z", "491231235959Z", 1767225600, 2524607999},
        {"500101000000Z", "19700101000001Z", 0, 1},
        {"450101000000Z", "250101000000Z", 2366841600, 1735689600},
    };
    struct lwcmp_validity validity;

    (void)state;
    for (size_t i = 0; i < COUNT(good); i++) {
        struct lwcmp_bytes der = make(good[i].from, good[i].until);

        vectors_at("%s to %s", good[i].from, good[i].until);
        CHECK_INT(read(der, &validity), 0);
        CHECK(validity.from == good[i].from_seconds);
        CHECK(validity.until == good[i].until_seconds);
    }
}

static void check_refused(struct lwcmp_bytes der)
{
    struct lwcmp_bytes exact = vectors_copy(der.p, der.n);
    struct lwcmp_validity validity = {1, 1};

    CHECK_INT(read(exact, &validity), LWCMP_ERR_CERT_SYNTAX);
    CHECK(validity.from == 0 && validity.until == 0);
    vectors_free(exact);
}

/* What does not read as a whole says nothing, not even half of it. */
static void test_refused(void **state)
{
    static const char good[] = "260101000000Z";
    struct lwcmp_bytes der;

    (void)state;
    vectors_at("from");
    check_refused(make("260229000000Z", good));
    vectors_at("until");
    check_refused(make(good, "20260101000060Z"));
    vectors_at("an end short");
    der = make(good, good);
    der.n--;
    check_refused(der);
    vectors_at("nothing");
    check_refused((struct lwcmp_bytes){NULL, 0});
}

/* One after the other, until something else comes. */
static void test_row(void **state)
{
    uint8_t p[sizeof buffer];
    struct lwcmp_bytes row = make("260101000000Z", "270101000000Z");
    struct lwcmp_validity validity;
    size_t n = row.n;

    (void)state;
    memcpy(p, row.p, n);
    row = make("260101000000Z", "280101000000Z");
    memcpy(p + n, row.p, row.n);
    row = (struct lwcmp_bytes){p, n + row.n + 1};
    p[row.n - 1] = 0x30;
    assert_int_equal(lwcmp_validity_next(&row, &validity), 0);
    assert_true(validity.until == 1798761600);
    assert_int_equal(lwcmp_validity_next(&row, &validity), 0);
    assert_true(validity.until == 1830297600);
    assert_int_equal(lwcmp_validity_next(&row, &validity),
                     LWCMP_ERR_CERT_SYNTAX);
}

/* Where the sequence of the two times begins. */
static uint8_t *find_times(struct lwcmp_bytes der)
{
    for (size_t i = 0; i + 4 < der.n; i++) {
        if (memcmp(der.p + i, "\x30\x1e\x17\x0d", 4) == 0) {
            return (uint8_t *)der.p + i;
        }
    }
    fail_msg("no times");
    return NULL;
}

/* Two times, no fewer, no more, of the two kinds. */
static void test_shape(void **state)
{
    static const char good[] = "260101000000Z";
    static const struct {
        const char *name;
        size_t at;
        uint8_t octet;
    } cases[] = {
        {"another tag", 2, 0x16},        {"another tag behind", 17, 0x0c},
        {"tag of no kind", 2, 0xff},     {"long tag", 17, 0x1f},
        {"all in the first", 3, 28},     {"the first too short", 3, 12},
        {"the second too long", 18, 14}, {"the second short", 18, 12},
        {"the second empty", 18, 0},
    };
    struct lwcmp_validity validity;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct lwcmp_bytes der = make(good, good);

        vectors_at("%s", cases[i].name);
        CHECK_INT(read(der, &validity), 0);
        find_times(der)[cases[i].at] = cases[i].octet;
        check_refused(der);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files),   cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_refused), cmocka_unit_test(test_row),
        cmocka_unit_test(test_shape),
    };

    return cmocka_run_group_tests_name("validity", tests, NULL, NULL);
}
