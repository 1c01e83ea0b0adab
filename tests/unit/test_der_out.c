/* SPDX-License-Identifier: Apache-2.0 */
/* src/der_out.c */
#include "vectors.h"

#include "der_out.h"

#define GUARD 0xa5

/* A writer over `cap` bytes, with a guard behind them. */
static uint8_t *begin(struct lwcmp_der_out *o, size_t cap)
{
    uint8_t *p = malloc(cap + 8);

    assert_non_null(p);
    memset(p, GUARD, cap + 8);
    lwcmp_der_out_init(o, p, cap);
    return p;
}

static void end(uint8_t *p, size_t cap)
{
    for (size_t i = 0; i < 8; i++) {
        CHECK_INT(p[cap + i], GUARD);
    }
    free(p);
}

static void put_zeros(struct lwcmp_der_out *o, size_t n)
{
    struct lwcmp_bytes zeros = {calloc(n + 1, 1), n};

    assert_non_null(zeros.p);
    lwcmp_der_put_raw(o, zeros.p, zeros.n);
    vectors_free(zeros);
}

/* SEQUENCE { [1] { OCTET STRING of n zeros }, INTEGER 5 } */
static void put_nested(struct lwcmp_der_out *o, size_t n)
{
    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    lwcmp_der_open(o, LWCMP_DER_CTX(1));
    lwcmp_der_open(o, LWCMP_DER_OCTET_STRING);
    put_zeros(o, n);
    lwcmp_der_close(o);
    lwcmp_der_close(o);
    lwcmp_der_put_int(o, 5);
    lwcmp_der_close(o);
}

/* The heads in front of the zeros, as pyasn1 encodes them. */
static const struct {
    size_t n;
    const char *heads;
} nested[] = {
    {0x00, "3007a1020400"},
    {0x01, "3008a1030401"},
    {0x78, "307fa17a0478"},
    {0x79, "308180a17b0479"},
    {0x7d, "308184a17f047d"},
    {0x7e, "308186a18180047e"},
    {0x7f, "308187a18181047f"},
    {0x80, "308189a18183048180"},
    {0xf6, "3081ffa181f90481f6"},
    {0xf7, "30820100a181fa0481f7"},
    {0xfc, "30820105a181ff0481fc"},
    {0xfd, "30820107a18201000481fd"},
    {0xff, "30820109a18201020481ff"},
    {0x100, "3082010ba182010404820100"},
    {0x1000, "3082100ba182100404821000"},
    {0xfff0, "3082fffba182fff40482fff0"},
};

static size_t check_nested(size_t i, size_t cap)
{
    struct lwcmp_bytes heads = vectors_hex(nested[i].heads);
    struct lwcmp_der_out o;
    uint8_t *p = begin(&o, cap);
    size_t n;

    vectors_at("0x%x zeros, capacity %u", (unsigned)nested[i].n, (unsigned)cap);
    put_nested(&o, nested[i].n);
    n = heads.n + nested[i].n + 3;
    if (cap < n) {
        CHECK_INT(o.err, LWCMP_ERR_BUFFER);
        CHECK(o.n <= cap);
    } else {
        CHECK_INT(o.err, 0);
        CHECK_INT(o.n, n);
        CHECK_BYTES(((struct lwcmp_bytes){p, heads.n}), heads);
        for (size_t k = heads.n; k < n - 3; k++) {
            CHECK_INT(p[k], 0);
        }
        CHECK(memcmp(p + n - 3, "\x02\x01\x05", 3) == 0);
    }
    end(p, cap);
    vectors_free(heads);
    return n;
}

static void test_nested_lengths(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(nested); i++) {
        size_t n = check_nested(i, 0xffff);

        (void)check_nested(i, n);
    }
}

static void test_every_capacity(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(nested) - 2; i++) {
        size_t n = check_nested(i, 0xffff);

        for (size_t cap = 0; cap < n; cap++) {
            (void)check_nested(i, cap);
        }
    }
}

/* What is longer than 65535 bytes is not written, whatever the capacity. */
static void test_longest(void **state)
{
    struct lwcmp_der_out o;
    uint8_t *p = begin(&o, 0x10000);
    size_t n;

    (void)state;
    vectors_at("capacity 0x10000");
    assert_non_null(lwcmp_der_room(&o, &n));
    assert_int_equal(n, 0xffff);
    put_nested(&o, 0xfff1);
    assert_int_equal(o.err, LWCMP_ERR_BUFFER);
    end(p, 0x10000);

    p = begin(&o, 0xfffe);
    assert_non_null(lwcmp_der_room(&o, &n));
    assert_int_equal(n, 0xfffe);
    end(p, 0xfffe);
}

static void test_read_back(void **state)
{
    struct lwcmp_der_out o;
    struct read_back {
        struct lwcmp_bytes octets, five;
    } back;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_CTX(1), LWCMP_DER_OCTET_STRING, 0,
         offsetof(struct read_back, octets)},
        {LWCMP_DER_INTEGER, 0, LWCMP_DER_LAST,
         offsetof(struct read_back, five)},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(nested); i++) {
        uint8_t *p = begin(&o, 0xffff);
        struct lwcmp_bytes exact;

        vectors_at("0x%x", (unsigned)nested[i].n);
        put_nested(&o, nested[i].n);
        exact = vectors_copy(p, o.n);
        CHECK_INT(lwcmp_der_read(&exact, fields, &back), 0);
        CHECK_INT(back.octets.n, nested[i].n);
        CHECK_INT(lwcmp_der_number(&back.five), 5);
        vectors_free(exact);
        end(p, 0xffff);
    }
}

static void put_int(struct lwcmp_der_out *o, const void *value)
{
    lwcmp_der_put_int(o, *(const uint32_t *)value);
}

static void test_integers(void **state)
{
    static const struct {
        uint32_t value;
        const char *der;
    } rows[] = {
        {0, "020100"},
        {1, "020101"},
        {127, "02017f"},
        {128, "02020080"},
        {255, "020200ff"},
        {256, "02020100"},
        {0x7fff, "02027fff"},
        {0x8000, "0203008000"},
        {0xffff, "020300ffff"},
        {0x10000, "0203010000"},
        {0x7fffff, "02037fffff"},
        {0x800000, "020400800000"},
        {0xffffff, "020400ffffff"},
        {0x1000000, "020401000000"},
        {0x7fffffff, "02047fffffff"},
        {0x80000000, "02050080000000"},
        {0xffffffff, "020500ffffffff"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        vectors_at("%lu", (unsigned long)rows[i].value);
        vectors_check_put(put_int, &rows[i].value, rows[i].der);
    }
}

static void test_put(void **state)
{
    struct lwcmp_der_out o;
    uint8_t *p = begin(&o, 16);
    struct lwcmp_bytes octets = {(const uint8_t *)"\x11\x22", 2};

    (void)state;
    vectors_at("put");
    lwcmp_der_put(&o, LWCMP_DER_OCTET_STRING, octets.p, octets.n);
    lwcmp_der_put(&o, LWCMP_DER_NULL, NULL, 0);
    lwcmp_der_put_raw(&o, NULL, 0);
    lwcmp_der_put_raw(&o, octets.p, octets.n);
    assert_int_equal(o.err, 0);
    assert_int_equal(o.n, 8);
    assert_memory_equal(p, "\x04\x02\x11\x22\x05\x00\x11\x22", 8);
    end(p, 16);
}

static void test_head(void **state)
{
    static const struct {
        size_t n;
        const char *head;
    } rows[] = {
        {0, "3000"},          {0x7f, "307f"},      {0x80, "308180"},
        {0xff, "3081ff"},     {0x100, "30820100"}, {0x1234, "30821234"},
        {0xffff, "3082ffff"},
    };
    uint8_t head[4];

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lwcmp_bytes due = vectors_hex(rows[i].head);
        size_t n = lwcmp_der_head(head, LWCMP_DER_SEQUENCE, rows[i].n);

        vectors_at("0x%x", (unsigned)rows[i].n);
        CHECK_BYTES(((struct lwcmp_bytes){head, n}), due);
        vectors_free(due);
    }
}

static void test_room(void **state)
{
    struct lwcmp_der_out o;
    uint8_t *p = begin(&o, 10);
    uint8_t *room;
    size_t n = 99;

    (void)state;
    vectors_at("room");
    lwcmp_der_put_int(&o, 1);
    room = lwcmp_der_room(&o, &n);
    assert_ptr_equal(room, p + 3);
    assert_int_equal(n, 7);
    memset(room, 0x77, 7);
    lwcmp_der_wrote(&o, 0, 7);
    assert_int_equal(o.err, 0);
    assert_int_equal(o.n, 10);
    room = lwcmp_der_room(&o, &n);
    assert_int_equal(n, 0);
    lwcmp_der_wrote(&o, 0, 1);
    assert_int_equal(o.err, LWCMP_ERR_BUFFER);
    assert_int_equal(o.n, 10);
    assert_null(lwcmp_der_room(&o, &n));
    assert_int_equal(n, 0);
    end(p, 10);
}

static void test_wrote_nothing(void **state)
{
    struct lwcmp_der_out o;
    uint8_t *p = begin(&o, 10);

    (void)state;
    vectors_at("who was to write has failed");
    lwcmp_der_wrote(&o, LWCMP_ERR_KEY, 3);
    assert_int_equal(o.err, LWCMP_ERR_KEY);
    assert_int_equal(o.n, 0);
    end(p, 10);
}

static void test_close_without_open(void **state)
{
    struct lwcmp_der_out o;
    uint8_t *p = begin(&o, 10);

    (void)state;
    vectors_at("nothing is open");
    lwcmp_der_put_int(&o, 1);
    lwcmp_der_close(&o);
    assert_int_equal(o.err, 0);
    assert_int_equal(o.n, 3);
    assert_int_equal(o.depth, 0);
    end(p, 10);
}

/* As many elements as can be open, and one more. */
static void test_depth(void **state)
{
    struct lwcmp_der_out o;
    uint8_t *p = begin(&o, 3 * LWCMP_DER_DEPTH);

    (void)state;
    vectors_at("depth");
    for (int i = 0; i < LWCMP_DER_DEPTH; i++) {
        lwcmp_der_open(&o, LWCMP_DER_SEQUENCE);
    }
    assert_int_equal(o.err, 0);
    for (int i = 0; i < LWCMP_DER_DEPTH; i++) {
        lwcmp_der_close(&o);
    }
    assert_int_equal(o.err, 0);
    assert_int_equal(o.depth, 0);
    assert_int_equal(o.n, 2 * LWCMP_DER_DEPTH);
    assert_int_equal(p[1], 2 * LWCMP_DER_DEPTH - 2);
    for (int i = 0; i <= LWCMP_DER_DEPTH; i++) {
        assert_int_equal(o.err, 0);
        o.n = 0;
        lwcmp_der_open(&o, LWCMP_DER_SEQUENCE);
    }
    assert_int_equal(o.err, LWCMP_ERR_BUFFER);
    assert_int_equal(o.depth, LWCMP_DER_DEPTH);
    end(p, 3 * LWCMP_DER_DEPTH);
}

/* After an error nothing is written, and the error stays. */
static void test_first_error_sticks(void **state)
{
    struct lwcmp_der_out o;
    uint8_t *p = begin(&o, 64);

    (void)state;
    vectors_at("error");
    lwcmp_der_open(&o, LWCMP_DER_SEQUENCE);
    lwcmp_der_out_fail(&o, LWCMP_ERR_KEY);
    lwcmp_der_out_fail(&o, LWCMP_ERR_CRYPTO);
    lwcmp_der_put_int(&o, 1);
    put_nested(&o, 200);
    lwcmp_der_wrote(&o, 0, 1);
    lwcmp_der_close(&o);
    assert_int_equal(o.err, LWCMP_ERR_KEY);
    assert_int_equal(o.n, 2);
    for (size_t i = 2; i < 64; i++) {
        assert_int_equal(p[i], GUARD);
    }
    end(p, 64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nested_lengths),
        cmocka_unit_test(test_every_capacity),
        cmocka_unit_test(test_longest),
        cmocka_unit_test(test_read_back),
        cmocka_unit_test(test_integers),
        cmocka_unit_test(test_put),
        cmocka_unit_test(test_head),
        cmocka_unit_test(test_room),
        cmocka_unit_test(test_wrote_nothing),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_close_without_open),
        cmocka_unit_test(test_first_error_sticks),
    };

    return cmocka_run_group_tests_name("der_out", tests, NULL, NULL);
}
