/* SPDX-License-Identifier: Apache-2.0 */
/* src/lifecycle.c: an identity that nobody has confirmed. */
#include "vectors.h"

#include "lwcmp/lifecycle.h"

#define DAY 86400u

static struct lwcmp_life_facts facts;
static struct lwcmp_life life;

static int start(void **state)
{
    (void)state;
    facts = (struct lwcmp_life_facts){
        .now = {LWCMP_TIME_EXACT, 1000 * DAY},
        .has_identity = true,
        .has_secret = true,
        .identity = {1000 * DAY, 1030 * DAY},
        .pending = {.doubtful = true},
    };
    memset(&life, 0, sizeof life);
    return 0;
}

static enum lwcmp_life_task decide(void)
{
    static const struct lwcmp_life_policy policy;

    return lwcmp_life_decide(&policy, &facts, &life).task;
}

/* The secret, if it is left, may get one that is known to be good. */
static void test_secret_gets_another(void **state)
{
    (void)state;
    assert_int_equal(decide(), LWCMP_LIFE_ENROL);
    facts.pending.doubtful = false;
    assert_int_equal(decide(), LWCMP_LIFE_NOTHING);
}

static void test_no_secret(void **state)
{
    (void)state;
    facts.has_secret = false;
    assert_int_equal(decide(), LWCMP_LIFE_NOTHING);
    facts.now.seconds = 1029 * DAY;
    assert_int_equal(decide(), LWCMP_LIFE_RENEW);
}

/* It was spent; the identity is all there is. */
static void test_secret_is_refused(void **state)
{
    (void)state;
    life.refused = LWCMP_LIFE_ENROL;
    assert_int_equal(decide(), LWCMP_LIFE_NOTHING);
    facts.now.seconds = 1029 * DAY;
    assert_int_equal(decide(), LWCMP_LIFE_RENEW);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_secret_gets_another, start),
        cmocka_unit_test_setup(test_no_secret, start),
        cmocka_unit_test_setup(test_secret_is_refused, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
