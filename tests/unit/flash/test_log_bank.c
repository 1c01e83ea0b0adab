/* SPDX-License-Identifier: Apache-2.0 */
/* port/flash/log_bank.c: the bytes, as docs/flash.md has them. */
#include "log_fixture.h"

#include "crc/crc32.h"

/* A bank of 1024 bytes, units of 8: what begins it, and a record. */
static const uint8_t image[] = {
    0x4c, 0x01, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x01, /* kind, version, length; sequence */
    0x00, 0x00, 0x04, 0x08,
    0xd8, 0xe5, 0x87, 0x58, /* bank size and unit, CRC */
    0x00, 0x00, 0x00, 0x00,
    0xff, 0xff, 0xff, 0xff, /* CRC of no payload, padding */
    0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, /* mark */
    0x02, 0x01, 0x00, 0x05,
    0x01, 0x02, 0x03, 0x04, /* kind, version, length; identifier */
    0x05, 0x06, 0x07, 0x08,
    0x46, 0x1f, 0x95, 0xd3, /* identifier, CRC */
    0x68, 0x65, 0x6c, 0x6c,
    0x6f, 0x36, 0x10, 0xa6, /* payload, CRC */
    0x86, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, /* padding */
    0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, /* mark */
    0xff};

static const struct lwcmp_bytes hello = {(const uint8_t *)"hello", 5};

static void test_bytes(void **state)
{
    const uint64_t id = 0x0102030405060708;

    (void)state;
    flash_sim_begin(&sim, 8, 1024, 1);
    assert_int_equal(lwcmp_log_open(&log_, &sim.flash), LWCMP_LOG_NEW);
    assert_int_equal(lwcmp_log_write(&log_, STORE, id, &hello, 1), 0);
    assert_memory_equal(sim.bytes + 1024, image, sizeof image);
}

static void test_read_bytes(void **state)
{
    static uint8_t flash[2048];
    uint8_t p[5];
    size_t n, size;

    (void)state;
    flash_sim_begin(&sim, 8, 1024, 1);
    memset(flash, 0xff, sizeof flash);
    memcpy(flash, image, sizeof image);
    flash_sim_load(&sim, flash);
    assert_int_equal(lwcmp_log_open(&log_, &sim.flash), LWCMP_LOG_GOOD);
    assert_int_equal(lwcmp_log_read(&log_, STORE, 0x0102030405060708, 0, p,
                                    sizeof p, &n, &size),
                     0);
    assert_int_equal(n, 5);
    assert_memory_equal(p, hello.p, 5);
}

/* What a record takes, for each unit. */
static void test_span(void **state)
{
    static const struct {
        uint32_t unit, n, span;
    } rows[] = {{4, 1, 28},    {4, 4, 28},    {4, 5, 32},    {8, 4, 32},
                {8, 5, 40},    {16, 12, 48},  {16, 13, 64},  {32, 12, 64},
                {32, 13, 96},  {4, 107, 132}, {8, 107, 136}, {16, 107, 144},
                {32, 107, 160}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint32_t used;

        flash_sim_begin(&sim, rows[i].unit, 512, 2);
        assert_int_equal(lwcmp_log_open(&log_, &sim.flash), LWCMP_LOG_NEW);
        used = measure().used;
        assert_int_equal(put(STORE, 1, rows[i].n, 1), 0);
        assert_int_equal(measure().used - used, rows[i].span);
        assert_int_equal(measure().live, measure().used);
        assert_int_equal(measure().size, 1024);
    }
}

/* The first write after power came on costs one unit more. */
static void test_cost(void **state)
{
    (void)state;
    flash_sim_begin(&sim, 8, 1024, 1);
    assert_int_equal(lwcmp_log_open(&log_, &sim.flash), LWCMP_LOG_NEW);
    sim.operations = 0;
    assert_int_equal(put(STORE, 1, 107, 1), 0);
    assert_int_equal(sim.operations, 136 / 8);
    assert_int_equal(power_cycle(), LWCMP_LOG_GOOD);
    assert_int_equal(put(STORE, 1, 107, 1), 0);
    assert_int_equal(sim.operations, 2 * 136 / 8 + 1);
    assert_int_equal(put(STORE, 1, 107, 1), 0);
    assert_int_equal(sim.operations, 3 * 136 / 8 + 1);
}

static void test_crc32(void **state)
{
    uint32_t crc = 0;

    (void)state;
    assert_int_equal(lwcmp_crc32(0, "123456789", 9), 0xcbf43926);
    assert_int_equal(lwcmp_crc32(0, NULL, 0), 0);
    for (int i = 0; i < 9; i++) {
        crc = lwcmp_crc32(crc, &"123456789"[i], 1);
    }
    assert_int_equal(crc, 0xcbf43926);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bytes), cmocka_unit_test(test_read_bytes),
        cmocka_unit_test(test_span), cmocka_unit_test(test_cost),
        cmocka_unit_test(test_crc32)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
