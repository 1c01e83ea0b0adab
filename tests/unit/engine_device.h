/* SPDX-License-Identifier: Apache-2.0 */
/* A device for each test of an engine, and its CA. */
#ifndef LWCMP_TEST_ENGINE_DEVICE_H
#define LWCMP_TEST_ENGINE_DEVICE_H

#include "device.h"

static struct device d;

static inline int set_up(void **state)
{
    (void)state;
    device_init(&d);
    return 0;
}

/* The same with a CA that wants time. */
static inline int set_up_waiting(void **state)
{
    (void)set_up(state);
    d.peer.waits = true;
    d.peer.polls = 2;
    d.peer.check_after = 60;
    return 0;
}

static inline int tear_down(void **state)
{
    (void)state;
    (void)lwcmp_end(&d.c);
    device_free(&d);
    return 0;
}

/* An attempt whose n-th message brings no answer. */
static inline void lose_answer(unsigned n)
{
    d.gone_at = n;
    d.gone_why = LWCMP_ERR_NETWORK;
    assert_int_equal(device_run(&d), LWCMP_ERR_NETWORK);
    (void)lwcmp_end(&d.c);
    d.gone_at = 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
#define TEST_WAITING(f) \
    cmocka_unit_test_setup_teardown(f, set_up_waiting, tear_down)

/* One row of a table, by its own name; *state is the row. */
#define TEST_OF(f, row) \
    ((struct CMUnitTest){(row)->name, f, set_up, tear_down, (void *)(row)})

#endif
