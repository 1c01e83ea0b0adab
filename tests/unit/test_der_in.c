/* SPDX-License-Identifier: Apache-2.0 */
/* src/der_in.c */
#include "vectors.h"

#include "der_in.h"

#define NO_BYTES ((struct lwcmp_bytes){NULL, 0})

static struct lwcmp_der_in start(struct lwcmp_bytes bytes, int *err)
{
    struct lwcmp_der_in in;

    *err = 0;
    lwcmp_der_in_init(&in, bytes, err);
    return in;
}

static void check_element(char *const field[])
{
    struct lwcmp_bytes der = vectors_hex(field[0]);
    struct lwcmp_bytes all = {(const uint8_t *)"", 1};
    struct lwcmp_bytes content = all;
    int err;
    struct lwcmp_der_in in = start(der, &err);

    lwcmp_der_get_any(&in, &all);
    CHECK_INT(err, vectors_error(field[1]));
    CHECK_BYTES(all, err ? NO_BYTES : der);
    CHECK((all.p == NULL) == (err != 0));
    CHECK(!lwcmp_der_more(&in));

    in = start(der, &err);
    lwcmp_der_get(&in, der.p[0], &content);
    CHECK_INT(err, vectors_error(field[1]));
    CHECK(err ? content.p == NULL && content.n == 0
              : content.p + content.n == der.p + der.n);
    vectors_free(der);
}

static void test_elements(void **state)
{
    (void)state;
    vectors_each("der/element.txt", 2, check_element);
}

static void test_element_of_other_tag(void **state)
{
    struct lwcmp_bytes der = vectors_hex("040101");
    struct lwcmp_bytes content;
    int err;

    (void)state;
    for (unsigned tag = 0; tag < 0x100; tag++) {
        struct lwcmp_der_in in = start(der, &err);

        vectors_at("tag %02x", tag);
        CHECK(lwcmp_der_next_is(&in, (uint8_t)tag) == (tag == 0x04));
        lwcmp_der_get(&in, (uint8_t)tag, &content);
        CHECK_INT(err, tag == 0x04 ? 0 : LWCMP_ERR_SYNTAX);
        CHECK_INT(content.n, tag == 0x04);
    }
    vectors_free(der);
}

static void check_integer(char *const field[])
{
    struct lwcmp_bytes der = vectors_hex(field[0]);
    int32_t value = 77;
    int err;
    struct lwcmp_der_in in = start(der, &err);

    lwcmp_der_get_int(&in, &value);
    if (strcmp(field[1], "SYNTAX") == 0) {
        CHECK_INT(err, LWCMP_ERR_SYNTAX);
        CHECK_INT(value, 0);
    } else {
        CHECK_INT(err, 0);
        CHECK_INT(value, strtol(field[1], NULL, 10));
        CHECK_INT(in.n, 0);
    }
    vectors_free(der);
}

static void test_integers(void **state)
{
    (void)state;
    vectors_each("der/integer.txt", 2, check_integer);
}

static void check_bits(char *const field[])
{
    bool bad = strcmp(field[1], "SYNTAX") == 0;
    bool none = bad || strcmp(field[1], "-") == 0;
    struct lwcmp_bytes der = vectors_hex(field[0]);
    struct lwcmp_bytes due = vectors_hex(none ? "" : field[1]);
    struct lwcmp_bytes octets;
    int err;
    struct lwcmp_der_in in = start(der, &err);

    lwcmp_der_get_bits(&in, &octets);
    CHECK_INT(err, bad ? LWCMP_ERR_SYNTAX : 0);
    CHECK_BYTES(octets, due);
    CHECK((octets.p == NULL) == bad);
    vectors_free(due);
    vectors_free(der);
}

static void test_bit_strings(void **state)
{
    (void)state;
    vectors_each("der/bits.txt", 2, check_bits);
}

static void test_finish(void **state)
{
    struct lwcmp_bytes der = vectors_hex("0500ff");
    struct lwcmp_bytes element;
    int err;
    struct lwcmp_der_in in = start((struct lwcmp_bytes){der.p, 2}, &err);

    (void)state;
    lwcmp_der_get_any(&in, &element);
    lwcmp_der_finish(&in);
    assert_int_equal(err, 0);

    in = start(der, &err);
    lwcmp_der_get_any(&in, &element);
    assert_int_equal(err, 0);
    lwcmp_der_finish(&in);
    assert_int_equal(err, LWCMP_ERR_SYNTAX);

    in = start(NO_BYTES, &err);
    lwcmp_der_finish(&in);
    assert_int_equal(err, 0);
    assert_false(lwcmp_der_more(&in));
    lwcmp_der_get_any(&in, &element);
    assert_int_equal(err, LWCMP_ERR_SYNTAX);
    vectors_free(der);
}

/* The inner element wants more than its parent has; the octets are there. */
static void test_child_cannot_leave_its_parent(void **state)
{
    static const char *const messages[] = {"300304020102", "30020405+5",
                                           "300104+200", "30030482+300",
                                           "300404820100+256"};
    struct lwcmp_der_in child;
    struct lwcmp_bytes element;
    int err;

    (void)state;
    for (size_t i = 0; i < COUNT(messages); i++) {
        struct lwcmp_bytes der = vectors_hex(messages[i]);
        struct lwcmp_der_in in = start(der, &err);

        vectors_at("%s", messages[i]);
        lwcmp_der_enter(&in, LWCMP_DER_SEQUENCE, &child);
        CHECK_INT(err, 0);
        CHECK_INT(child.n, der.p[1]);
        lwcmp_der_get_any(&child, &element);
        CHECK_INT(err, LWCMP_ERR_SYNTAX);
        CHECK(element.p == NULL && element.n == 0);
        vectors_free(der);
    }
}

static void test_children_and_siblings(void **state)
{
    struct lwcmp_bytes der = vectors_hex("30050201053000020130");
    struct lwcmp_der_in child;
    struct lwcmp_der_in grandchild;
    int32_t value;
    int err;
    struct lwcmp_der_in in = start(der, &err);

    (void)state;
    lwcmp_der_enter(&in, LWCMP_DER_SEQUENCE, &child);
    lwcmp_der_get_int(&in, &value);
    assert_int_equal(value, 0x30);
    lwcmp_der_get_int(&child, &value);
    assert_int_equal(value, 5);
    lwcmp_der_enter(&child, LWCMP_DER_SEQUENCE, &grandchild);
    assert_int_equal(grandchild.n, 0);
    lwcmp_der_finish(&grandchild);
    assert_false(lwcmp_der_more(&grandchild));
    lwcmp_der_finish(&child);
    lwcmp_der_finish(&in);
    assert_int_equal(err, 0);
    lwcmp_der_get_int(&child, &value);
    assert_int_equal(err, LWCMP_ERR_SYNTAX);
    vectors_free(der);
}

/* Whatever comes next, nothing is handed out and the error stays. */
static void test_first_error_sticks(void **state)
{
    struct lwcmp_bytes der = vectors_hex("300a020105040101030200ff");
    struct lwcmp_bytes bytes = der;
    struct lwcmp_der_in child;
    struct lwcmp_der_in other;
    int32_t value = 9;
    int err;
    struct lwcmp_der_in in = start(der, &err);

    (void)state;
    lwcmp_der_enter(&in, LWCMP_DER_SEQUENCE, &child);
    lwcmp_der_fail(&child, LWCMP_ERR_STATUS);
    lwcmp_der_fail(&in, LWCMP_ERR_SYNTAX);
    assert_false(lwcmp_der_more(&child));
    assert_false(lwcmp_der_next_is(&child, LWCMP_DER_INTEGER));
    lwcmp_der_get_int(&child, &value);
    assert_int_equal(value, 0);
    lwcmp_der_get(&child, LWCMP_DER_INTEGER, &bytes);
    assert_true(bytes.p == NULL && bytes.n == 0);
    bytes = der;
    lwcmp_der_get_any(&child, &bytes);
    assert_true(bytes.p == NULL && bytes.n == 0);
    bytes = der;
    lwcmp_der_get_bits(&child, &bytes);
    assert_true(bytes.p == NULL && bytes.n == 0);
    lwcmp_der_enter(&child, LWCMP_DER_INTEGER, &other);
    assert_true(other.p == NULL && other.n == 0);
    assert_false(lwcmp_der_enter_if(&child, LWCMP_DER_INTEGER, &other));
    assert_true(other.p == NULL && other.n == 0);
    lwcmp_der_skip_if(&child, LWCMP_DER_INTEGER);
    lwcmp_der_finish(&child);
    assert_int_equal(child.n, 10);
    assert_int_equal(err, LWCMP_ERR_STATUS);
    vectors_free(der);
}

static void test_enter_if(void **state)
{
    struct lwcmp_bytes der = vectors_hex("a003020105");
    struct lwcmp_bytes bad = vectors_hex("a00302");
    struct lwcmp_der_in child;
    int err;
    struct lwcmp_der_in in = start(der, &err);

    (void)state;
    assert_false(lwcmp_der_enter_if(&in, LWCMP_DER_CTX(1), &child));
    assert_true(child.p == NULL && child.n == 0 && child.err == &err);
    assert_int_equal(in.n, der.n);
    assert_true(lwcmp_der_enter_if(&in, LWCMP_DER_CTX(0), &child));
    assert_int_equal(child.n, 3);
    assert_int_equal(in.n, 0);
    assert_false(lwcmp_der_enter_if(&in, LWCMP_DER_CTX(0), &child));
    assert_int_equal(err, 0);

    in = start(bad, &err);
    (void)lwcmp_der_enter_if(&in, LWCMP_DER_CTX(0), &child);
    assert_int_equal(child.n, 0);
    assert_int_equal(err, LWCMP_ERR_SYNTAX);
    vectors_free(bad);
    vectors_free(der);
}

static void test_skip_if(void **state)
{
    struct lwcmp_bytes der = vectors_hex("020105040101");
    struct lwcmp_bytes bad = vectors_hex("0202ff");
    int err;
    struct lwcmp_der_in in = start(der, &err);

    (void)state;
    lwcmp_der_skip_if(&in, LWCMP_DER_OCTET_STRING);
    assert_int_equal(in.n, 6);
    lwcmp_der_skip_if(&in, LWCMP_DER_INTEGER);
    assert_int_equal(in.n, 3);
    lwcmp_der_skip_if(&in, LWCMP_DER_OCTET_STRING);
    lwcmp_der_skip_if(&in, LWCMP_DER_OCTET_STRING);
    lwcmp_der_finish(&in);
    assert_int_equal(err, 0);

    in = start(bad, &err);
    lwcmp_der_skip_if(&in, LWCMP_DER_INTEGER);
    assert_int_equal(err, LWCMP_ERR_SYNTAX);
    vectors_free(bad);
    vectors_free(der);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_elements),
        cmocka_unit_test(test_element_of_other_tag),
        cmocka_unit_test(test_integers),
        cmocka_unit_test(test_bit_strings),
        cmocka_unit_test(test_finish),
        cmocka_unit_test(test_child_cannot_leave_its_parent),
        cmocka_unit_test(test_children_and_siblings),
        cmocka_unit_test(test_first_error_sticks),
        cmocka_unit_test(test_enter_if),
        cmocka_unit_test(test_skip_if),
    };

    return cmocka_run_group_tests_name("der_in", tests, NULL, NULL);
}
