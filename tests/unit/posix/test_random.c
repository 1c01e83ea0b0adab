/* SPDX-License-Identifier: Apache-2.0 */
/* port/posix/random.c */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/random.h>
#include <sys/types.h>

#include <cmocka.h>
#include <psa/crypto.h>

static ssize_t returns[4];
static unsigned calls;

/*
 * Found before the function of the C library: gives the next of `returns`,
 * that many bytes that count up, or fails with errno -n.
 */
ssize_t getrandom(void *p, size_t n, unsigned flags)
{
    static uint8_t next;
    ssize_t r = returns[calls++ % 4], i;

    assert_int_equal(flags, 0);
    if (r < 0) {
        errno = (int)-r;
        return -1;
    }
    assert_true((size_t)r <= n);
    for (i = 0; i < r; i++) {
        ((uint8_t *)p)[i] = ++next;
    }
    return r;
}

static psa_status_t get(uint8_t *p, size_t n, size_t *got)
{
    mbedtls_psa_external_random_context_t context;

    memset(&context, 0, sizeof(context));
    memset(p, 0, n);
    calls = 0;
    return mbedtls_psa_external_get_random(&context, p, n, got);
}

/* Short results and signals: it goes on until all is there. */
static void test_fills(void **state)
{
    uint8_t p[8];
    size_t n, i;

    (void)state;
    memcpy(returns, (const ssize_t[4]){3, -EINTR, 1, 4}, sizeof(returns));
    assert_int_equal(get(p, 8, &n), PSA_SUCCESS);
    assert_int_equal(n, 8);
    assert_int_equal(calls, 4);
    for (i = 1; i < 8; i++) {
        assert_int_equal(p[i], (uint8_t)(p[0] + i));
    }
    assert_int_equal(get(p, 0, &n), PSA_SUCCESS);
    assert_int_equal(n, 0);
    assert_int_equal(calls, 0);
}

static void test_fails(void **state)
{
    uint8_t p[8];
    size_t n;

    (void)state;
    memcpy(returns, (const ssize_t[4]){3, -ENOSYS, 5, 5}, sizeof(returns));
    assert_int_equal(get(p, 8, &n), PSA_ERROR_INSUFFICIENT_ENTROPY);
    memcpy(returns, (const ssize_t[4]){3, 0, 5, 5}, sizeof(returns));
    assert_int_equal(get(p, 8, &n), PSA_ERROR_INSUFFICIENT_ENTROPY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fills),
        cmocka_unit_test(test_fails),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
