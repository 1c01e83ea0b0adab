/* SPDX-License-Identifier: Apache-2.0 */
/* src/lifecycle.c: what to do. When is for test_lifecycle_pause.c. */
#include "vectors.h"

#include "lwcmp/lifecycle.h"

#define DAY 86400
#define FROM 1700000000u
#define LIFE (30 * DAY)
#define DUE (LIFE / 100 * 67) /* of the device whose seed is 0 */

#define ENROL LWCMP_LIFE_ENROL
#define RENEW LWCMP_LIFE_RENEW
#define ANCHORS LWCMP_LIFE_ANCHORS
#define NOTHING LWCMP_LIFE_NOTHING
#define SERVICE LWCMP_LIFE_SERVICE

/* Facts: an identity of 30 days, so many seconds old. */
#define DATED                                              \
    .has_identity = true, .identity = {FROM, FROM + LIFE}, \
    .anchor = {FROM, FROM + 10 * LIFE}
#define OLD(age) DATED, .now = {LWCMP_TIME_EXACT, FROM + (age)}
#define PENDING(what) .pending = {.operation = (what)}

struct decision {
    const char *name;
    struct lwcmp_life_policy policy;
    struct lwcmp_life_facts facts;
    struct lwcmp_life life;
    enum lwcmp_life_task task;
    bool begin; /* not resume */
    uint32_t seconds;
};

static void check_decisions(const struct decision *d, size_t count)
{
    struct lwcmp_life_advice a;

    for (; count > 0; count--, d++) {
        vectors_at("%s", d->name);
        a = lwcmp_life_decide(&d->policy, &d->facts, &d->life);
        CHECK_INT(a.task, d->task);
        CHECK_INT(a.anew, d->begin);
        CHECK_INT(a.seconds, d->seconds);
    }
}

static const struct decision dates[] = {
    {"nothing at all", .task = SERVICE, .begin = true, .seconds = DAY},
    {"a secret", .facts = {.has_secret = true}, .task = ENROL, true, 0},
    {"new", {0}, {OLD(0)}, {0}, NOTHING, true, DAY},
    {"a day before", {0}, {OLD(DUE - DAY)}, {0}, NOTHING, true, DAY},
    {"less", {0}, {OLD(DUE - DAY + 1)}, {0}, NOTHING, true, DAY - 1},
    {"a second before", {0}, {OLD(DUE - 1)}, {0}, NOTHING, true, 1},
    {"due", {0}, {OLD(DUE)}, {0}, RENEW, true, 0},
    {"the last second", {0}, {OLD(LIFE)}, {0}, RENEW, true, 0},
    {"expired", {0}, {OLD(LIFE + 1)}, {0}, RENEW, true, 0},
    {"the clock is before the certificate",
     {0},
     {DATED, .now = {LWCMP_TIME_EXACT, 0}},
     {0},
     NOTHING,
     true,
     DAY},
    {"no clock",
     {0},
     {DATED, .now = {0, FROM + LIFE}},
     {0},
     NOTHING,
     true,
     DAY},
    {"at least due",
     {0},
     {DATED, .now = {LWCMP_TIME_AT_LEAST, FROM + DUE}},
     {0},
     RENEW,
     true,
     0},
    {"at least new",
     {0},
     {DATED, .now = {LWCMP_TIME_AT_LEAST, FROM + DUE - 9}},
     {0},
     NOTHING,
     true,
     9},
    {"no dates",
     {0},
     {.has_identity = true, .now = {LWCMP_TIME_EXACT, FROM}},
     {0},
     NOTHING,
     true,
     DAY},
    {"dates that make no sense",
     {0},
     {.has_identity = true,
      .identity = {FROM, FROM},
      .now = {LWCMP_TIME_EXACT, 2 * (uint64_t)FROM}},
     {0},
     NOTHING,
     true,
     DAY},
    {"for ever",
     {0},
     {.has_identity = true,
      .identity = {FROM, 253402300799},
      .now = {LWCMP_TIME_EXACT, FROM + 2000000000u}},
     {0},
     NOTHING,
     true,
     DAY},
    {"wanted by somebody",
     {0},
     {OLD(0), .wants_renewal = true},
     {0},
     RENEW,
     true,
     0},
    {"half", {.renew_percent = 50}, {OLD(LIFE / 2)}, {0}, RENEW, true, 0},
    {"before half",
     {.renew_percent = 50},
     {OLD(LIFE / 2 - 1)},
     {0},
     NOTHING,
     true,
     1},
    {"never before the end",
     {.renew_percent = 255},
     {OLD(LIFE / 100 * 99 - 1)},
     {0},
     NOTHING,
     true,
     1},
    {"and not after it",
     {.renew_percent = 255},
     {OLD(LIFE / 100 * 99)},
     {0},
     RENEW,
     true,
     0},
};

/* What the dates say. */
static void test_dates(void **state)
{
    (void)state;
    check_decisions(dates, COUNT(dates));
}

static const struct decision ways[] = {
    {"no policy for the secret",
     {0},
     {OLD(LIFE + 1), .has_secret = true},
     {0},
     RENEW,
     true,
     0},
    {"no secret", {.fall_back = true}, {OLD(LIFE + 1)}, {0}, RENEW, true, 0},
    {"the secret",
     {.fall_back = true},
     {OLD(LIFE + 1), .has_secret = true},
     {0},
     ENROL,
     true,
     0},
    {"not while it is good",
     {.fall_back = true},
     {OLD(LIFE), .has_secret = true},
     {.refused = RENEW},
     RENEW,
     true,
     0},
    {"not where nobody knows that it is not",
     {.fall_back = true},
     {DATED, .has_secret = true},
     {.refused = RENEW},
     NOTHING,
     true,
     DAY},
    {"it has expired at least",
     {.fall_back = true},
     {DATED, .has_secret = true, .now = {LWCMP_TIME_AT_LEAST, FROM + LIFE + 1}},
     {0},
     ENROL,
     true,
     0},
    {"the CA renews what has expired",
     {.fall_back = true, .renew_expired = true},
     {OLD(LIFE + 1), .has_secret = true},
     {0},
     RENEW,
     true,
     0},
    {"but not this one",
     {.fall_back = true, .renew_expired = true},
     {OLD(LIFE + 1), .has_secret = true},
     {.refused = RENEW},
     ENROL,
     true,
     0},
    {"and the secret is refused, too",
     {.fall_back = true},
     {OLD(LIFE + 1), .has_secret = true},
     {.refused = ENROL},
     RENEW,
     true,
     0},
    {"revoked",
     {.fall_back = true, .renew_expired = true},
     {OLD(0), .has_secret = true},
     {.revoked = true, .refused = RENEW},
     ENROL,
     true,
     0},
    {"revoked, and nothing to be done",
     {.fall_back = true},
     {OLD(0)},
     {.revoked = true, .refused = RENEW},
     NOTHING,
     true,
     DAY},
    {"stuck", {0}, {OLD(DUE)}, {.stuck = true}, SERVICE, true, DAY},
    {"stuck with something under way",
     {0},
     {OLD(DUE), PENDING(LWCMP_KUR)},
     {.stuck = true},
     SERVICE,
     true,
     DAY},
};

/* What else is left when an identity is of no use any more. */
static void test_lcp_4_1_3_02_ways(void **state)
{
    (void)state;
    check_decisions(ways, COUNT(ways));
}

/* An enrolment beside an identity. */
#define BACK              \
    {                     \
        .fall_back = true \
    }
#define IR(age, ...)                               \
    {                                              \
        OLD(age), .has_secret = true, .pending = { \
            .operation = LWCMP_IR,                 \
            __VA_ARGS__                            \
        }                                          \
    }
#define IR_AT(age) IR(age, .over = false)
#define OFF(task)         \
    {                     \
        .refused = (task) \
    }

static const struct decision goes_on[] = {
    {"enrolment",
     {0},
     {.has_secret = true, PENDING(LWCMP_IR)},
     {0},
     ENROL,
     false,
     0},
    {"by cr", {0}, {.has_secret = true, PENDING(LWCMP_CR)}, {0}, ENROL, 0, 0},
    {"its secret is gone", {0}, {PENDING(LWCMP_IR)}, {0}, SERVICE, true, DAY},
    {"begun by a wrong clock", BACK, IR_AT(DUE), {0}, RENEW, true, 0},
    {"a certificate came", BACK, IR(DUE, .kept = true), {0}, ENROL, false, 0},
    {"nobody confirms it", BACK, IR(DUE, .kept = true), OFF(ENROL), RENEW, true,
     0},
    {"refused", BACK, IR_AT(LIFE + 1), OFF(ENROL), RENEW, true, 0},
    {"at work", BACK, IR_AT(LIFE + 1), OFF(RENEW), ENROL, false, 0},
    {"and the identity is good",
     {0},
     {OLD(DUE), PENDING(LWCMP_IR)},
     {0},
     RENEW,
     true,
     0},
    {"a good identity is replaced", {0}, IR_AT(0), {0}, ENROL, false, 0},
    {"renewal, due or not",
     {0},
     {OLD(0), PENDING(LWCMP_KUR)},
     {0},
     RENEW,
     false,
     0},
    {"its identity is gone",
     {0},
     {.has_secret = true, PENDING(LWCMP_KUR)},
     {0},
     ENROL,
     true,
     0},
    {"its identity has expired",
     {.fall_back = true},
     {OLD(LIFE + 1), .has_secret = true, PENDING(LWCMP_KUR)},
     {0},
     ENROL,
     true,
     0},
    {"and the CA renews that",
     {.fall_back = true, .renew_expired = true},
     {OLD(LIFE + 1), .has_secret = true, PENDING(LWCMP_KUR)},
     {0},
     RENEW,
     false,
     0},
    {"over",
     {0},
     {OLD(DUE), .pending = {.operation = LWCMP_KUR, .over = true}},
     {0},
     RENEW,
     true,
     0},
    {"refused once, but another one is under way",
     {0},
     {.has_secret = true, PENDING(LWCMP_IR)},
     OFF(ENROL),
     ENROL,
     false,
     0},
    {"claims, but no limit",
     {0},
     {OLD(DUE), PENDING(LWCMP_KUR)},
     {.claims = 255},
     RENEW,
     false,
     0},
    {"claims below the limit",
     {.claims_max = 6},
     {OLD(DUE), PENDING(LWCMP_KUR)},
     {.claims = 5},
     RENEW,
     false,
     0},
    {"at the limit",
     {.claims_max = 6},
     {OLD(DUE), PENDING(LWCMP_KUR)},
     {.claims = 6},
     RENEW,
     true,
     0},
    {"of an enrolment",
     {.claims_max = 6},
     {.has_secret = true, PENDING(LWCMP_IR)},
     {.claims = 7},
     ENROL,
     true,
     0},
};

static void test_under_way(void **state)
{
    (void)state;
    check_decisions(goes_on, COUNT(goes_on));
}

static void test_anchors(void **state)
{
    static const struct lwcmp_validity young = {FROM, FROM + 10 * LIFE};
    static const struct lwcmp_validity due = {FROM - 9 * LIFE, FROM + LIFE};
    static const struct lwcmp_validity soon = {FROM - LIFE, FROM + LIFE / 2};
    struct lwcmp_life_policy policy = {.refresh_anchors = true};
    struct lwcmp_life_facts facts = {OLD(0)};
    struct lwcmp_life life = {0};
    struct lwcmp_life_advice a;

    (void)state;
    facts.anchor = young;
    assert_int_equal(lwcmp_life_decide(&policy, &facts, &life).task, NOTHING);
    facts.anchor = soon; /* 0.67 * 45 days are 13,020 s after FROM */
    a = lwcmp_life_decide(&policy, &facts, &life);
    assert_int_equal(a.task, NOTHING);
    assert_int_equal(a.seconds, 13 * 1000 - 40);
    facts.anchor = due;
    a = lwcmp_life_decide(&policy, &facts, &life);
    assert_int_equal(a.task, ANCHORS);
    assert_int_equal(a.seconds, 0);
    life.succeeded = true; /* and there was no other anchor */
    a = lwcmp_life_decide(&policy, &facts, &life);
    assert_int_equal(a.task, ANCHORS);
    assert_int_equal(a.seconds, DAY);
    facts.wants_renewal = true; /* comes first */
    assert_int_equal(lwcmp_life_decide(&policy, &facts, &life).task, RENEW);
    facts.wants_renewal = false;
    policy.refresh_anchors = false;
    assert_int_equal(lwcmp_life_decide(&policy, &facts, &life).task, NOTHING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_lcp_4_1_3_02_ways),
        cmocka_unit_test(test_under_way),
        cmocka_unit_test(test_anchors),
    };

    return cmocka_run_group_tests_name("lifecycle", tests, NULL, NULL);
}
