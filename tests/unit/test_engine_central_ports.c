/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A key that the CA has made, where everything fails in turn: it is in its
 * slot as a whole or not at all, and nowhere else.
 */
#include "engine_central.h"

#if LWCMP_WITH_CENTRAL_KEY
/* Ended in between, at any step: what was decrypted is gone. */
static void test_ended_early(void **state)
{
    unsigned steps = 0;

    (void)state;
    for (unsigned n = 1; n != 0; n++) {
        enum lwcmp_want want = LWCMP_STEP;

        assert_int_equal(lwcmp_begin(&d.c, &d.config, &d.request), 0);
        for (unsigned i = 0; i < n && want != LWCMP_DONE; i++) {
            want = lwcmp_step(&d.c);
            if (want == LWCMP_EXCHANGE) {
                device_exchange(&d);
            }
        }
        (void)lwcmp_end(&d.c);
        check_is_wiped();
        steps = n;
        n = want == LWCMP_DONE ? UINT32_MAX : n;
        (void)tear_down_central(state);
        (void)set_up_signed(state);
    }
    assert_in_range(steps, 10, 50);
}

/* Each call of provider or store fails; the next attempt works. */
static bool fail_call(void **state, bool store, unsigned n)
{
    bool reached;
    int err;

    vectors_at("%s %u", store ? "store" : "provider", n);
    crypto_toy.calls = 0;
    d.ram.operations = 0;
    if (store) {
        d.ram.fail_at = n;
        d.ram.error = LWCMP_ERR_STORE;
    } else {
        crypto_toy.fail_at = n;
        crypto_toy.fail_with = LWCMP_ERR_CRYPTO;
    }
    err = device_run(&d);
    reached = store ? d.ram.operations >= n : crypto_toy.calls >= n;
    CHECK(err == 0 || err == (store ? LWCMP_ERR_STORE : LWCMP_ERR_CRYPTO));
    crypto_toy.fail_at = 0;
    d.ram.fail_at = 0;
    (void)lwcmp_end(&d.c);
    check_is_wiped();
    d.resume = n % 2;
    if (device_journal(&d).active == 0) {
        CHECK_INT(device_run(&d), 0);
    }
    CHECK_INT(crypto_toy_key_number(DEVICE_KEY_1), NUMBER);
    device_check_identity(&d);
    crypto_toy_drop_volatile();
    (void)tear_down_central(state);
    (void)set_up_signed(state);
    return reached;
}

static void test_all_that_fails(void **state)
{
    unsigned n = 1;
    unsigned m = 1;

    (void)state;
    while (fail_call(state, false, n)) {
        n++;
    }
    while (fail_call(state, true, m)) {
        m++;
    }
    assert_in_range(n, 15, 60);
    assert_in_range(m, 5, 20);
}

/* Work buffers of all sizes: never past the end, and never half a key. */
static void test_buffer_of_every_size(void **state)
{
    size_t size = 400;
    int err;

    do {
        free(d.config.buffer);
        d.config.buffer = malloc(size);
        d.config.buffer_size = size;
        err = device_run(&d);
        vectors_at("%zu", size);
        CHECK(err == 0 || err == LWCMP_ERR_BUFFER);
        CHECK(err == 0 || !device_has_key(DEVICE_KEY_1));
        (void)tear_down_central(state);
        (void)set_up_signed(state);
        size++;
    } while (err != 0);
    assert_in_range(size, 800, 2400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SIGNED(test_ended_early),
        SIGNED(test_all_that_fails),
        SIGNED(test_buffer_of_every_size),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "absent.h"
#endif
