/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Counts the public-key operations of one renewal: prints signatures made and
 * signatures verified, those of certificates included.
 */
#include "device.h"

#include <stdio.h>

/* Calls of path() and the links that each of them has to verify. */
static unsigned links;

static int run_and_count(struct device *d)
{
    int err = lwcmp_begin(&d->c, &d->config, &d->request);
    unsigned paths = 0;

    d->exchanges = 0;
    d->peer.answers = 0;
    while (err == 0) {
        enum lwcmp_want want = lwcmp_step(&d->c);

        if (crypto_toy.calls_of[CRYPTO_TOY_PATH] > paths) {
            paths = crypto_toy.calls_of[CRYPTO_TOY_PATH];
            links += (unsigned)crypto_toy.path_count - 1;
        }
        if (want == LWCMP_EXCHANGE) {
            device_exchange(d);
        } else if (want == LWCMP_DONE) {
            return lwcmp_result(&d->c);
        }
    }
    return err;
}

static void test_count(void **state)
{
    static struct device d;

    (void)state;
    device_init(&d);
    device_enrol(&d);
    memset(crypto_toy.calls_of, 0, sizeof crypto_toy.calls_of);
    assert_int_equal(run_and_count(&d), 0);
    printf("sign %u\nverify %u\n", crypto_toy.calls_of[CRYPTO_TOY_SIGN],
           crypto_toy.calls_of[CRYPTO_TOY_VERIFY] + links);
    device_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_count)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
