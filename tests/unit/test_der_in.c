/* SPDX-License-Identifier: Apache-2.0 */
/* src/der_in.c */
#include "vectors.h"

#include "der_in.h"

#define NO_BYTES ((struct lwcmp_bytes){NULL, 0})

static void check_element(char *const field[])
{
    struct lwcmp_bytes der = vectors_hex(field[0]);
    struct lwcmp_bytes out = {(const uint8_t *)"", 1};
    struct lwcmp_bytes row = der;
    int err = lwcmp_der_take_whole(&row, LWCMP_DER_ANY, &out);

    CHECK_INT(err, vectors_error(field[1]));
    CHECK_BYTES(out, err ? NO_BYTES : der);
    CHECK((out.p == NULL) == (err != 0));
    CHECK_INT(row.n, err ? der.n : 0);

    row = der;
    CHECK_INT(lwcmp_der_take(&row, err ? LWCMP_DER_ANY : der.p[0], &out), err);
    CHECK(err ? out.p == NULL && out.n == 0
              : out.p + out.n == der.p + der.n && out.p > der.p + 1);
    vectors_free(der);
}

static void test_elements(void **state)
{
    (void)state;
    vectors_each("der/element.txt", 2, check_element);
}

/* Longer than we take, but all there: no board has room for it. */
#ifdef __unix__
static void test_element_of_16_mib(void **state)
{
    char *line[] = {"048401000000+16777216", "SYNTAX"};

    (void)state;
    check_element(line);
}
#endif

static void test_element_of_other_tag(void **state)
{
    struct lwcmp_bytes der = vectors_hex("040101");
    struct lwcmp_bytes content;

    (void)state;
    for (unsigned tag = 0; tag < LWCMP_DER_ANY; tag++) {
        struct lwcmp_bytes row = der;

        vectors_at("tag %02x", tag);
        CHECK_INT(lwcmp_der_take(&row, (uint8_t)tag, &content),
                  tag == 0x04 ? 0 : LWCMP_ERR_SYNTAX);
        CHECK_INT(content.n, tag == 0x04);
    }
    vectors_free(der);
}

static void check_integer(char *const field[])
{
    struct lwcmp_bytes der = vectors_hex(field[0]);
    bool bad = strcmp(field[1], "SYNTAX") == 0;
    struct lwcmp_bytes content;

    CHECK_INT(lwcmp_der_take_only(&der, LWCMP_DER_INTEGER, &content),
              bad ? LWCMP_ERR_SYNTAX : 0);
    if (!bad) {
        CHECK_INT(lwcmp_der_number(&content), strtol(field[1], NULL, 10));
    }
    vectors_free(der);
}

static void test_integers(void **state)
{
    (void)state;
    vectors_each("der/integer.txt", 2, check_integer);
    assert_int_equal(lwcmp_der_number(&NO_BYTES), 0);
}

static void check_bits(char *const field[])
{
    bool bad = strcmp(field[1], "SYNTAX") == 0;
    bool none = bad || strcmp(field[1], "-") == 0;
    struct lwcmp_bytes der = vectors_hex(field[0]);
    struct lwcmp_bytes due = vectors_hex(none ? "" : field[1]);
    struct lwcmp_bytes octets;
    int err = lwcmp_der_take_only(&der, LWCMP_DER_BIT_STRING, &octets);

    if (err == 0) {
        err = lwcmp_der_octets(&octets);
    }
    CHECK_INT(err, bad ? LWCMP_ERR_SYNTAX : 0);
    if (!bad) {
        CHECK_BYTES(octets, due);
        CHECK(octets.p != NULL);
    }
    vectors_free(due);
    vectors_free(der);
}

static void test_bit_strings(void **state)
{
    struct lwcmp_bytes empty = NO_BYTES;

    (void)state;
    vectors_each("der/bits.txt", 2, check_bits);
    assert_int_equal(lwcmp_der_octets(&empty), LWCMP_ERR_SYNTAX);
}

static void test_take_only(void **state)
{
    static const struct {
        const char *der;
        int err;
    } rows[] = {
        {"0500", 0},
        {"", LWCMP_ERR_SYNTAX},
        {"0500ff", LWCMP_ERR_SYNTAX},
        {"05000500", LWCMP_ERR_SYNTAX},
        {"0501", LWCMP_ERR_SYNTAX},
        {"0400", LWCMP_ERR_SYNTAX},
    };
    struct lwcmp_bytes content;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lwcmp_bytes der = vectors_hex(rows[i].der);

        vectors_at("'%s'", rows[i].der);
        CHECK_INT(lwcmp_der_take_only(&der, LWCMP_DER_NULL, &content),
                  rows[i].err);
        vectors_free(der);
    }
}

static void test_row(void **state)
{
    struct lwcmp_bytes der = vectors_hex("0201050400300002");
    struct lwcmp_bytes row = der;
    struct lwcmp_bytes out;

    (void)state;
    vectors_at("a row of three, and damage");
    CHECK_INT(lwcmp_der_take(&row, LWCMP_DER_INTEGER, &out), 0);
    CHECK_BYTES(out, ((struct lwcmp_bytes){der.p + 2, 1}));
    CHECK_INT(lwcmp_der_take(&row, LWCMP_DER_OCTET_STRING, &out), 0);
    CHECK(out.p != NULL && out.n == 0);
    CHECK_INT(lwcmp_der_take_whole(&row, LWCMP_DER_ANY, &out), 0);
    CHECK_BYTES(out, ((struct lwcmp_bytes){der.p + 5, 2}));
    for (int again = 0; again < 2; again++) {
        CHECK_INT(lwcmp_der_take_whole(&row, LWCMP_DER_ANY, &out),
                  LWCMP_ERR_SYNTAX);
        CHECK(out.p == NULL && out.n == 0 && row.n == 1);
    }
    vectors_free(der);
}

/* Every kind of field, in places that are not those of the message. */
struct parts {
    struct lwcmp_bytes last, wrapped, whole, any, first;
};

#define AT(member) offsetof(struct parts, member)

static const struct lwcmp_der_field fields[] = {
    {LWCMP_DER_INTEGER, 0, 0, AT(first)},
    {LWCMP_DER_NULL, 0, LWCMP_DER_OPTIONAL, LWCMP_DER_IGNORED},
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_OPTIONAL | LWCMP_DER_WHOLE, AT(whole)},
    {LWCMP_DER_CTX(1), LWCMP_DER_OCTET_STRING, LWCMP_DER_OPTIONAL, AT(wrapped)},
    {LWCMP_DER_SET, 0, LWCMP_DER_OPTIONAL, AT(last)},
    {LWCMP_DER_ANY, 0, LWCMP_DER_OPTIONAL | LWCMP_DER_WHOLE | LWCMP_DER_LAST,
     AT(any)},
};

static void check_field(struct lwcmp_bytes der, struct lwcmp_bytes is,
                        int start, size_t n)
{
    CHECK(start < 0 ? is.p == NULL && is.n == 0
                    : is.p == der.p + start && is.n == n);
}

static void test_read(void **state)
{
    static const struct {
        const char *der;
        int whole, wrapped, last, any; /* where, or -1 */
    } rows[] = {
        {"3003020105", -1, -1, -1, -1},
        {"30050201050500", -1, -1, -1, -1},
        {"30050201053000", 5, -1, -1, -1},
        {"300b02010505003000a1020400", 7, 13, -1, -1},
        {"300702010531000400", -1, -1, 7, 7},
        {"30050201050400", -1, -1, -1, 5},
        {"30070201050c023132", -1, -1, -1, 5},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lwcmp_bytes der = vectors_hex(rows[i].der);
        struct parts parts;

        memset(&parts, 0xff, sizeof parts);
        vectors_at("'%s'", rows[i].der);
        CHECK_INT(lwcmp_der_read(&der, fields, &parts), 0);
        check_field(der, parts.first, 4, 1);
        check_field(der, parts.whole, rows[i].whole, 2);
        check_field(der, parts.wrapped, rows[i].wrapped, 0);
        check_field(der, parts.last, rows[i].last, 0);
        check_field(der, parts.any, rows[i].any,
                    rows[i].any < 0 ? 0 : der.n - (size_t)rows[i].any);
        vectors_free(der);
    }
}

static void test_read_refused(void **state)
{
    static const struct {
        const char *der, *why;
    } rows[] = {
        {"", "nothing"},
        {"3000", "a field is missing"},
        {"30020500", "another one is there"},
        {"300302010500", "bytes behind it"},
        {"3103020105", "no SEQUENCE"},
        {"300502010500", "cut off"},
        {"300702010502020005", "a field that is not DER"},
        {"30050201053001", "a field that leaves its parent"},
        {"300702010504000400", "more than there should be"},
        {"30090201053100310003", "a field twice, and bytes behind"},
        {"3006020105a10104", "tagged: cut off"},
        {"3005020105a100", "tagged: empty"},
        {"3007020105a1020500", "tagged: another element"},
        {"3009020105a10404000400", "tagged: two of them"},
        {"3008020105a103040004", "tagged: one octet too many"},
    };
    struct parts parts;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lwcmp_bytes der = vectors_hex(rows[i].der);

        vectors_at("%s", rows[i].why);
        CHECK_INT(lwcmp_der_read(&der, fields, &parts), LWCMP_ERR_SYNTAX);
        vectors_free(der);
    }
}

static void test_read_one_octet_too_many(void **state)
{
    static const struct lwcmp_der_field one[] = {
        {LWCMP_DER_INTEGER, 0, LWCMP_DER_LAST, LWCMP_DER_IGNORED},
    };
    struct lwcmp_bytes der = vectors_hex("300402010502");

    (void)state;
    vectors_at("one octet too many");
    CHECK_INT(lwcmp_der_read(&der, one, NULL), LWCMP_ERR_SYNTAX);
    vectors_free(der);
}

/* The inner element wants more than its parent has; the octets are there. */
static void test_child_cannot_leave_its_parent(void **state)
{
    static const char *const messages[] = {"300304020102", "30020405+5",
                                           "300104+200", "30030482+300",
                                           "300404820100+256"};
    struct lwcmp_bytes child;
    struct lwcmp_bytes element;

    (void)state;
    for (size_t i = 0; i < COUNT(messages); i++) {
        struct lwcmp_bytes der = vectors_hex(messages[i]);
        struct lwcmp_bytes row = der;

        vectors_at("%s", messages[i]);
        CHECK_INT(lwcmp_der_take(&row, LWCMP_DER_SEQUENCE, &child), 0);
        CHECK_INT(child.n, der.p[1]);
        CHECK_INT(lwcmp_der_take_whole(&child, LWCMP_DER_ANY, &element),
                  LWCMP_ERR_SYNTAX);
        CHECK(element.p == NULL && element.n == 0);
        vectors_free(der);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_elements),
#ifdef __unix__
        cmocka_unit_test(test_element_of_16_mib),
#endif
        cmocka_unit_test(test_element_of_other_tag),
        cmocka_unit_test(test_integers),
        cmocka_unit_test(test_bit_strings),
        cmocka_unit_test(test_take_only),
        cmocka_unit_test(test_row),
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_read_refused),
        cmocka_unit_test(test_read_one_octet_too_many),
        cmocka_unit_test(test_child_cannot_leave_its_parent),
    };

    return cmocka_run_group_tests_name("der_in", tests, NULL, NULL);
}
