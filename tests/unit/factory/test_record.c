/* SPDX-License-Identifier: Apache-2.0 */
/* port/factory/record.c: parts as a whole */
#include "factory_parts.h"

static void test_record(void **state)
{
    struct lwcmp_bytes flash = {record, sizeof(record)};
    struct lwcmp_factory f;

    (void)state;
    assert_int_equal(lwcmp_factory_read(flash, &f), LWCMP_FACTORY_GOOD);
    assert_string_equal(f.host, "ca.example");
    assert_string_equal(f.path, "/p");
    assert_int_equal(f.port, 8080);
    assert_true(f.label && f.learn && f.keep_secret);
    assert_false(f.implicit);
    assert_ptr_equal(f.subject.p, record + 36);
    assert_int_equal(f.subject.n, 14);
    assert_ptr_equal(f.recipient.p, record + 53);
    assert_int_equal(f.recipient.n, 14);
    assert_ptr_equal(f.anchors.p, record + 70);
    assert_int_equal(f.anchors.n, 11);
}

static void test_secret(void **state)
{
    struct lwcmp_bytes flash = {secret, sizeof(secret)};
    struct lwcmp_factory_secret s;

    (void)state;
    assert_int_equal(lwcmp_factory_read_secret(flash, &s), LWCMP_FACTORY_GOOD);
    assert_ptr_equal(s.reference.p, secret + 11);
    assert_int_equal(s.reference.n, 4);
    assert_ptr_equal(s.secret.p, secret + 18);
    assert_int_equal(s.secret.n, 18);
}

/* Neither part is taken for the other. */
static void test_foreign(void **state)
{
    static const uint8_t zeros[64];

    (void)state;
    assert_int_equal(read_part(&parts[0], secret, sizeof(secret)),
                     LWCMP_FACTORY_FOREIGN);
    assert_int_equal(read_part(&parts[1], record, sizeof(record)),
                     LWCMP_FACTORY_FOREIGN);
    assert_int_equal(read_part(&parts[0], zeros, sizeof(zeros)),
                     LWCMP_FACTORY_FOREIGN);
}

/* Erased flash; what lies behind a blank head does not matter. */
static void test_blank(void **state)
{
    uint8_t flash[64];
    size_t i, at;

    (void)state;
    for (i = 0; i < 2; i++) {
        memset(flash, 0xff, sizeof(flash));
        assert_int_equal(read_part(&parts[i], flash, sizeof(flash)),
                         LWCMP_FACTORY_BLANK);
        flash[8] = 0;
        assert_int_equal(read_part(&parts[i], flash, sizeof(flash)),
                         LWCMP_FACTORY_BLANK);
        assert_int_equal(read_part(&parts[i], flash, 12), LWCMP_FACTORY_BLANK);
        assert_int_equal(read_part(&parts[i], flash, 11), LWCMP_FACTORY_SHORT);
        for (at = 0; at < 8; at++) {
            memset(flash, 0xff, sizeof(flash));
            flash[at] = 0xfe;
            assert_int_equal(read_part(&parts[i], flash, sizeof(flash)),
                             LWCMP_FACTORY_FOREIGN);
        }
    }
}

static void test_version(void **state)
{
    uint8_t flash[128];
    unsigned version;

    (void)state;
    memcpy(flash, record, sizeof(record));
    for (version = 0; version < 255; version++) {
        flash[4] = (uint8_t)version;
        assert_int_equal(read_part(&parts[0], flash, sizeof(record)),
                         version == 1 ? LWCMP_FACTORY_GOOD
                                      : LWCMP_FACTORY_VERSION);
    }
}

/* The flash that is handed over ends early. */
static void test_every_prefix(void **state)
{
    size_t i, n;

    (void)state;
    for (i = 0; i < 2; i++) {
        for (n = 0; n < parts[i].good.n; n++) {
            assert_int_equal(read_part(&parts[i], parts[i].good.p, n),
                             LWCMP_FACTORY_SHORT);
        }
    }
}

/* The power went off while it was written: erased flash from there on. */
static void test_every_cut(void **state)
{
    enum lwcmp_factory_state got;
    uint8_t flash[128];
    size_t i, n;

    (void)state;
    for (i = 0; i < 2; i++) {
        for (n = 0; n < parts[i].good.n; n++) {
            memset(flash, 0xff, sizeof(flash));
            memcpy(flash, parts[i].good.p, n);
            got = read_part(&parts[i], flash, sizeof(flash));
            if (n == 0) {
                assert_int_equal(got, LWCMP_FACTORY_BLANK);
            } else if (n < 4) {
                assert_int_equal(got, LWCMP_FACTORY_FOREIGN);
            } else if (n <= parts[i].good.n - 4) {
                assert_int_equal(got, LWCMP_FACTORY_SHORT);
            } else {
                assert_int_equal(got, LWCMP_FACTORY_DAMAGED);
            }
        }
    }
}

static void test_every_bit(void **state)
{
    enum lwcmp_factory_state got;
    uint8_t flash[256];
    size_t i, bit, at;

    (void)state;
    for (i = 0; i < 2; i++) {
        for (bit = 0; bit < 8 * parts[i].good.n; bit++) {
            at = bit / 8;
            memset(flash, 0xff, sizeof(flash));
            memcpy(flash, parts[i].good.p, parts[i].good.n);
            flash[at] ^= (uint8_t)(1u << bit % 8);
            got = read_part(&parts[i], flash, sizeof(flash));
            assert_int_not_equal(got, LWCMP_FACTORY_GOOD);
            if (at < 4) {
                assert_int_equal(got, LWCMP_FACTORY_FOREIGN);
            } else if (at == 4) {
                assert_int_equal(got, LWCMP_FACTORY_VERSION);
            } else if (at == 5 || at > 7) {
                assert_int_equal(got, LWCMP_FACTORY_DAMAGED);
            }
        }
    }
}

static void test_random_bytes(void **state)
{
    uint32_t seed = 1;
    uint8_t flash[64];
    size_t i, at;
    int run;

    (void)state;
    for (run = 0; run < RUNS; run++) {
        for (i = 0; i < sizeof(flash); i++) {
            flash[i] = (uint8_t)next_random(&seed);
        }
        /* Every other one gets beyond the head. */
        at = run & 1;
        if (run & 2) {
            memcpy(flash, parts[at].good.p, 5);
            flash[6] = 0;
            flash[7] &= 0x3f;
        }
        assert_int_not_equal(read_part(&parts[at], flash, sizeof(flash)),
                             LWCMP_FACTORY_GOOD);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_record),
        cmocka_unit_test(test_secret),
        cmocka_unit_test(test_foreign),
        cmocka_unit_test(test_blank),
        cmocka_unit_test(test_version),
        cmocka_unit_test(test_every_prefix),
        cmocka_unit_test(test_every_cut),
        cmocka_unit_test(test_every_bit),
        cmocka_unit_test(test_random_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
