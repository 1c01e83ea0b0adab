/* SPDX-License-Identifier: Apache-2.0 */
#include "lwcmp/config.h"

#if LWCMP_WITH_RR

#include "body_revoke.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* CN=CA, and serial number 300 */
#define NAME                                                                \
    0x30, 0x0d, 0x31, 0x0b, 0x30, 0x09, 0x06, 0x03, 0x55, 0x04, 0x03, 0x0c, \
        0x02, 'C', 'A'
#define SERIAL 0x01, 0x2c
#define ACCEPTED 0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x00
#define READ(...) \
    read((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

static const uint8_t name[] = {NAME};
static const uint8_t serial[] = {SERIAL};
static const struct lwcmp_cert cert = {.issuer = {name, sizeof name},
                                       .serial = {serial, sizeof serial}};
static struct lwcmp_status status;

static int read(const uint8_t *p, size_t n)
{
    const struct lwcmp_bytes content = {p, n};

    return lwcmp_body_revoke_read(&content, &cert, &status);
}

static void check_put(enum lwcmp_reason reason, uint8_t octet)
{
    const uint8_t due[] = {0x30, 0x27, 0x30, 0x25,         /* one RevDetails */
                           0x30, 0x15, 0x81, 0x02, SERIAL, /* serialNumber */
                           0xa3, 0x0f, NAME,               /* issuer */
                           0x30, 0x0c, 0x30, 0x0a,         /* crlEntryDetails */
                           0x06, 0x03, 0x55, 0x1d, 0x15,   /* reasonCode */
                           0x04, 0x03, 0x0a, 0x01, octet};
    struct lwcmp_der_out o;
    uint8_t p[sizeof due];

    lwcmp_der_out_init(&o, p, sizeof p);
    lwcmp_body_revoke_put(&o, &cert, reason);
    assert_int_equal(o.err, 0);
    assert_int_equal(o.n, sizeof due);
    assert_memory_equal(p, due, sizeof due);
}

static void test_lcp_4_2_01_lcp_4_2_02_one_certificate(void **state)
{
    (void)state;
    check_put(LWCMP_REASON_KEY_COMPROMISE, 1);
    check_put(LWCMP_REASON_AA_COMPROMISE, 10);
}

/* Also where it says nothing. */
static void test_lcp_4_2_03_reason_is_always_there(void **state)
{
    (void)state;
    check_put(LWCMP_REASON_UNSPECIFIED, 0);
}

static void test_lcp_4_2_05_accepted(void **state)
{
    (void)state;
    assert_int_equal(READ(0x30, 0x07, ACCEPTED), 0);
    assert_true(status.present);
    assert_int_equal(status.status, LWCMP_PKI_ACCEPTED);
}

static void test_lcp_4_2_05_lcp_4_2_06_rejection(void **state)
{
    (void)state;
    assert_int_equal(READ(0x30, 0x0c, 0x30, 0x0a, 0x30, 0x08, 0x02, 0x01, 0x02,
                          0x03, 0x03, 0x05, 0x00, 0x20),
                     0);
    assert_int_equal(status.status, LWCMP_PKI_REJECTION);
    assert_int_equal(status.fail_info, 1 << 10); /* certRevoked */
    assert_int_equal(READ(0x30, 0x07, 0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02),
                     0);
}

/* Of the other values, one says that it is going to happen. */
static void test_cmp_5_2_3_02_other_status(void **state)
{
    (void)state;
    for (uint8_t i = 0; i < 8; i++) {
        assert_int_equal(
            READ(0x30, 0x07, 0x30, 0x05, 0x30, 0x03, 0x02, 0x01, i),
            i == 0 || i == 2 || i == 4 ? 0
            : i == 7                   ? LWCMP_ERR_SYNTAX
                                       : LWCMP_ERR_STATUS);
    }
}

static void test_lcp_4_2_05_fail_info_without_rejection(void **state)
{
    (void)state;
    for (uint8_t i = 0; i < 7; i++) {
        assert_int_equal(READ(0x30, 0x0c, 0x30, 0x0a, 0x30, 0x08, 0x02, 0x01, i,
                              0x03, 0x03, 0x05, 0x00, 0x20),
                         i == 2 ? 0 : LWCMP_ERR_STATUS);
    }
}

static void test_lcp_4_2_05_one_status(void **state)
{
    (void)state;
    assert_int_equal(READ(0x30, 0x0c, 0x30, 0x0a, 0x30, 0x03, 0x02, 0x01, 0x00,
                          0x30, 0x03, 0x02, 0x01, 0x00),
                     LWCMP_ERR_SYNTAX);
    assert_int_equal(READ(0x30, 0x02, 0x30, 0x00), LWCMP_ERR_SYNTAX);
}

static void test_lcp_4_2_05_rev_certs_and_crls(void **state)
{
    (void)state;
    assert_int_equal(READ(0x30, 0x22, ACCEPTED, 0xa0, 0x19, 0x30, 0x17, 0x30,
                          0x15, 0xa4, 0x0f, NAME, 0x02, 0x02, SERIAL),
                     0);
    assert_int_equal(
        READ(0x30, 0x0d, ACCEPTED, 0xa1, 0x04, 0x30, 0x02, 0x30, 0x00), 0);
}

/* Another serial number, another name, no name of a directory, two. */
static void test_lcp_4_2_05_another_certificate(void **state)
{
    (void)state;
    assert_int_equal(READ(0x30, 0x22, ACCEPTED, 0xa0, 0x19, 0x30, 0x17, 0x30,
                          0x15, 0xa4, 0x0f, NAME, 0x02, 0x02, 0x01, 0x2d),
                     LWCMP_ERR_STATUS);
    assert_int_equal(READ(0x30, 0x15, ACCEPTED, 0xa0, 0x0c, 0x30, 0x0a, 0x30,
                          0x08, 0xa4, 0x02, 0x30, 0x00, 0x02, 0x02, SERIAL),
                     LWCMP_ERR_STATUS);
    assert_int_equal(READ(0x30, 0x22, ACCEPTED, 0xa0, 0x19, 0x30, 0x17, 0x30,
                          0x15, 0xa5, 0x0f, NAME, 0x02, 0x02, SERIAL),
                     LWCMP_ERR_STATUS);
    assert_int_equal(READ(0x30, 0x39, ACCEPTED, 0xa0, 0x30, 0x30, 0x2e, 0x30,
                          0x15, 0xa4, 0x0f, NAME, 0x02, 0x02, SERIAL, 0x30,
                          0x15, 0xa4, 0x0f, NAME, 0x02, 0x02, SERIAL),
                     LWCMP_ERR_SYNTAX);
}

/* Each shorter one, and one with a byte behind it. */
static void test_lcp_3_5_01_cut_short(void **state)
{
    static const uint8_t whole[] = {
        0x30, 0x28, ACCEPTED, 0xa0,   0x19, 0x30, 0x17, 0x30, 0x15, 0xa4, 0x0f,
        NAME, 0x02, 0x02,     SERIAL, 0xa1, 0x04, 0x30, 0x02, 0x30, 0x00, 0x00};
    size_t due = sizeof whole - 1;

    (void)state;
    for (size_t n = 0; n <= sizeof whole; n++) {
        uint8_t *p = malloc(n + 1);

        assert_non_null(p);
        memcpy(p, whole, n);
        assert_int_equal(read(p, n), n == due ? 0 : LWCMP_ERR_SYNTAX);
        free(p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lcp_4_2_01_lcp_4_2_02_one_certificate),
        cmocka_unit_test(test_lcp_4_2_03_reason_is_always_there),
        cmocka_unit_test(test_lcp_4_2_05_accepted),
        cmocka_unit_test(test_lcp_4_2_05_lcp_4_2_06_rejection),
        cmocka_unit_test(test_cmp_5_2_3_02_other_status),
        cmocka_unit_test(test_lcp_4_2_05_fail_info_without_rejection),
        cmocka_unit_test(test_lcp_4_2_05_one_status),
        cmocka_unit_test(test_lcp_4_2_05_rev_certs_and_crls),
        cmocka_unit_test(test_lcp_4_2_05_another_certificate),
        cmocka_unit_test(test_lcp_3_5_01_cut_short),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else
#include "absent.h"
#endif
