/* SPDX-License-Identifier: Apache-2.0 */
/* src/lifecycle_note.c */
#include "vectors.h"

#include "lwcmp/lifecycle.h"

#define DAY 86400
#define ENROL LWCMP_LIFE_ENROL
#define RENEW LWCMP_LIFE_RENEW
#define ANCHORS LWCMP_LIFE_ANCHORS

#define REVOKED (1u << 10)
#define BUSY (1u << 24)

#define NONE       \
    {              \
        .floor = 0 \
    }
#define AFTER(...)                             \
    {                                          \
        .failures = 1, .least = 7, __VA_ARGS__ \
    }

static const struct lwcmp_life_policy usual;

struct note {
    const char *name;
    struct lwcmp_life before;
    enum lwcmp_life_task task;
    int error;
    int fail_info; /* -1: the answer, if any, is not authenticated */
    struct lwcmp_life after;
    bool worth;
};

static void check_notes(const struct note *n, size_t count)
{
    static const struct lwcmp_life_policy policy = {.claims_max = 3};

    for (; count > 0; count--, n++) {
        struct lwcmp_life life = n->before;
        struct lwcmp_life_result result = {
            .task = n->task,
            .error = n->error,
            .retry_after = 7,
        };

        if (n->fail_info >= 0) {
            result.status.present = true;
            result.status.authenticated = true;
            result.status.fail_info = (uint32_t)n->fail_info;
        }
        vectors_at("%s", n->name);
        CHECK_INT(lwcmp_life_note(&policy, &life, &result), n->worth);
        CHECK_INT(life.failures, n->after.failures);
        CHECK_INT(life.refused, n->after.refused);
        CHECK_INT(life.claims, n->after.claims);
        CHECK_INT(life.floor, n->after.floor);
        CHECK_INT(life.least, n->after.least);
        CHECK_INT(life.window, n->after.window);
        CHECK_INT(life.revoked, n->after.revoked);
        CHECK_INT(life.stuck, n->after.stuck);
        CHECK_INT(life.succeeded, n->error == 0);
        CHECK(!life.after_reset);
    }
}

static void test_success(void **state)
{
    static const struct note cases[] = {
        {"as always", NONE, RENEW, 0, 0, NONE, false},
        {"after a reset", {.after_reset = true}, RENEW, 0, 0, NONE, false},
        {"after a failure", {.failures = 1}, ENROL, 0, 0, NONE, true},
        {"after a claim", {.claims = 1}, ENROL, 0, 0, NONE, true},
        {"after waiting", {.least = 1}, ENROL, 0, 0, NONE, true},
        {"after all",
         {.failures = 9,
          .refused = ENROL,
          .claims = 2,
          .revoked = true,
          .least = 1,
          .window = 2},
         RENEW,
         0,
         0,
         NONE,
         true},
        {"anchors are no word on the identity",
         {.failures = 9, .refused = RENEW, .revoked = true, .window = DAY},
         ANCHORS,
         0,
         0,
         {.refused = RENEW, .revoked = true},
         true},
        {"waiting", NONE, RENEW, LWCMP_ERR_WAITING, 0, {.least = 1}, false},
        {"waiting after a failure",
         {.failures = 1, .least = 5, .window = 3600},
         RENEW,
         LWCMP_ERR_WAITING,
         0,
         {.least = 1},
         true},
        {"waiting after a claim",
         {.claims = 1, .refused = RENEW},
         RENEW,
         LWCMP_ERR_WAITING,
         0,
         {.least = 1, .refused = RENEW},
         true},
    };

    (void)state;
    check_notes(cases, COUNT(cases));
}

static const struct note refusals[] = {
    {"a renewal", NONE, RENEW, LWCMP_ERR_REJECTED, 0,
     AFTER(.refused = RENEW, .window = DAY), true},
    {"by an error message", NONE, RENEW, LWCMP_ERR_PEER_ERROR, 1 << 2,
     AFTER(.refused = RENEW, .window = DAY), true},
    {"revoked", NONE, RENEW, LWCMP_ERR_REJECTED, REVOKED,
     AFTER(.refused = RENEW, .window = DAY, .revoked = true), true},
    {"what is revoked stays so",
     {.revoked = true},
     RENEW,
     LWCMP_ERR_REJECTED,
     0,
     AFTER(.refused = RENEW, .window = DAY, .revoked = true),
     true},
    {"an enrolment, whatever is revoked",
     {.refused = RENEW},
     ENROL,
     LWCMP_ERR_REJECTED,
     REVOKED,
     AFTER(.refused = ENROL, .window = DAY),
     true},
    {"anchors",
     {.refused = RENEW},
     ANCHORS,
     LWCMP_ERR_PEER_ERROR,
     REVOKED,
     AFTER(.refused = RENEW, .window = DAY),
     true},
    {"busy", NONE, RENEW, LWCMP_ERR_PEER_ERROR, BUSY, AFTER(.window = 2), true},
    {"failed", NONE, RENEW, LWCMP_ERR_REJECTED, 1 << 25 | REVOKED,
     AFTER(.window = 2), true},
    {"in use", NONE, ENROL, LWCMP_ERR_PEER_ERROR, 1 << 21, AFTER(.window = 2),
     true},
    {"somebody says so", NONE, RENEW, LWCMP_ERR_REJECTED, -1,
     AFTER(.claims = 1, .window = 2), true},
    {"another error than that", NONE, RENEW, LWCMP_ERR_CERT_CHAIN, 0,
     AFTER(.window = 2), true},
    {"our key is gone", NONE, RENEW, LWCMP_ERR_KEY, -1,
     AFTER(.refused = RENEW, .window = 2, .revoked = true), true},
    {"our secret is gone", NONE, ENROL, LWCMP_ERR_KEY, -1,
     AFTER(.refused = ENROL, .window = 2), true},
    {"for anchors", NONE, ANCHORS, LWCMP_ERR_KEY, -1, AFTER(.window = 2), true},
};

static void test_refusals(void **state)
{
    (void)state;
    check_notes(refusals, COUNT(refusals));
}

static const struct note claims[] = {
    {"an error message",
     {.claims = 1},
     RENEW,
     LWCMP_ERR_PEER_CLAIM,
     -1,
     AFTER(.claims = 2, .window = 2),
     true},
    {"something else",
     {.claims = 2},
     RENEW,
     LWCMP_ERR_SYNTAX,
     -1,
     AFTER(.claims = 3, .window = 2),
     true},
    {"silence",
     {.claims = 1},
     RENEW,
     LWCMP_ERR_TIMEOUT,
     -1,
     AFTER(.claims = 1, .window = 2),
     true},
    {"HTTP",
     {.claims = 1},
     RENEW,
     LWCMP_ERR_CONTENT,
     -1,
     AFTER(.claims = 1, .window = 2),
     true},
    {"only the time speaks against it",
     {.claims = 1, .floor = 9},
     RENEW,
     LWCMP_ERR_EXPIRED,
     -1,
     AFTER(.claims = 2, .window = 2, .floor = 9),
     true},
    {"so many times that it may be the floor that is wrong",
     {.claims = 3, .floor = 9},
     RENEW,
     LWCMP_ERR_EXPIRED,
     -1,
     AFTER(.claims = 1, .window = 2, .refused = RENEW),
     true},
    {"the authority has issued what would have expired",
     {.floor = 9},
     ENROL,
     LWCMP_ERR_EXPIRED,
     0,
     AFTER(.window = 2),
     true},
    {"another word of the authority",
     {.claims = 3, .floor = 9},
     ENROL,
     LWCMP_ERR_CERT_CHAIN,
     0,
     AFTER(.window = 2, .floor = 9),
     true},
    {"a true answer",
     {.claims = 2},
     RENEW,
     LWCMP_ERR_PEER_ERROR,
     BUSY,
     AFTER(.window = 2),
     true},
    {"true, then silence",
     {.claims = 2},
     RENEW,
     LWCMP_ERR_TIMEOUT,
     BUSY,
     AFTER(.window = 2),
     true},
    {"anew, and silence",
     {.claims = 3},
     RENEW,
     LWCMP_ERR_TIMEOUT,
     -1,
     AFTER(.window = 2),
     true},
    {"anew, and a claim: the other way, if there is one",
     {.claims = 3, .floor = 9},
     RENEW,
     LWCMP_ERR_SYNTAX,
     -1,
     AFTER(.claims = 1, .window = 2, .refused = RENEW, .floor = 9),
     true},
    {"likewise",
     {.claims = 3},
     ENROL,
     LWCMP_ERR_PEER_CLAIM,
     -1,
     AFTER(.claims = 1, .window = 2, .refused = ENROL),
     true},
    {"for anchors",
     {.claims = 3},
     ANCHORS,
     LWCMP_ERR_PEER_CLAIM,
     -1,
     AFTER(.claims = 1, .window = 2),
     true},
};

static void test_claims(void **state)
{
    struct lwcmp_life_result claim = {.error = LWCMP_ERR_PEER_CLAIM};
    struct lwcmp_life life = {.claims = 254};

    (void)state;
    check_notes(claims, COUNT(claims));
    for (int i = 0; i < 3; i++) {
        (void)lwcmp_life_note(&usual, &life, &claim);
        assert_int_equal(life.claims, 255);
    }
}

/* Whoever says it, as often as he likes: revoked is for an authority to say. */
static void test_revoked_by_nobody(void **state)
{
    struct lwcmp_life_policy policy = {.claims_max = 3};
    struct lwcmp_life_result claim = {.task = RENEW,
                                      .error = LWCMP_ERR_PEER_CLAIM,
                                      .status = {.fail_info = REVOKED}};
    struct lwcmp_life life = {0};

    (void)state;
    for (int i = 0; i < 20; i++) {
        (void)lwcmp_life_note(&policy, &life, &claim);
        assert_false(life.revoked);
    }
    assert_int_equal(life.refused, RENEW);
}

static void test_stuck(void **state)
{
    (void)state;
    for (int error = 1; error < 100; error++) {
        bool stuck = error == LWCMP_ERR_CONFIG || error == LWCMP_ERR_STATE ||
                     error == LWCMP_ERR_NO_ANCHOR ||
                     error == LWCMP_ERR_NO_IDENTITY ||
                     error == LWCMP_ERR_JOURNAL;
        struct lwcmp_life_result result = {.task = RENEW, .error = error};
        struct lwcmp_life life = {.failures = 3};

        vectors_at("error %d", error);
        CHECK_INT(lwcmp_life_note(&usual, &life, &result), !stuck);
        CHECK_INT(life.stuck, stuck);
        CHECK_INT(life.failures, stuck                        ? 3
                                 : error == LWCMP_ERR_WAITING ? 0
                                                              : 4);
    }
}

static void test_back_off(void **state)
{
    static const struct {
        struct lwcmp_life_policy policy;
        uint32_t windows[6];
    } cases[] = {
        {{.pause_first = 0}, {2, 4, 8, 16, 32, 64}},
        {{.pause_first = 900}, {900, 1800, 3600, 3600, 3600, 3600}},
        {{.pause_first = 1000}, {1000, 2000, 3600, 3600, 3600, 3600}},
        {{.pause_first = 9000}, {3600, 3600, 3600, 3600, 3600, 3600}},
        {{.pause_max = 5}, {2, 4, 5, 5, 5, 5}},
        {{.pause_first = 1, .pause_max = 1}, {1, 1, 1, 1, 1, 1}},
        {{.pause_first = UINT32_MAX / 2 + 1, .pause_max = UINT32_MAX},
         {UINT32_MAX / 2 + 1, UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX,
          UINT32_MAX}},
    };
    struct lwcmp_life_result result = {.error = LWCMP_ERR_NETWORK};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct lwcmp_life life = {0};

        for (size_t n = 0; n < COUNT(cases[i].windows); n++) {
            vectors_at("case %u, failure %u", (unsigned)i, (unsigned)n + 1);
            CHECK(lwcmp_life_note(&cases[i].policy, &life, &result));
            CHECK_INT(life.window, cases[i].windows[n]);
        }
        for (int n = 0; n < 300; n++) {
            (void)lwcmp_life_note(&cases[i].policy, &life, &result);
        }
        CHECK_INT(life.failures, 255);
    }
}

/* First it is asked anew. */
static void test_resumed(void **state)
{
    struct lwcmp_life_result result = {.task = RENEW,
                                       .resumed = true,
                                       .error = LWCMP_ERR_REJECTED,
                                       .status = {.authenticated = true}};
    struct lwcmp_life life = {0};

    (void)state;
    assert_true(lwcmp_life_note(&usual, &life, &result));
    assert_int_equal(life.failures, 1);
    assert_int_equal(life.refused, 0);
    assert_int_equal(life.window, 2);
}

static void test_pause_refused(void **state)
{
    struct lwcmp_life_policy policy = {.pause_refused = 777};
    struct lwcmp_life_result result = {.task = RENEW,
                                       .error = LWCMP_ERR_REJECTED,
                                       .status = {.authenticated = true}};
    struct lwcmp_life life = {0};

    (void)state;
    (void)lwcmp_life_note(&policy, &life, &result);
    assert_int_equal(life.window, 777);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_success),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_claims),
        cmocka_unit_test(test_stuck),
        cmocka_unit_test(test_back_off),
        cmocka_unit_test(test_pause_refused),
        cmocka_unit_test(test_resumed),
        cmocka_unit_test(test_revoked_by_nobody),
    };

    return cmocka_run_group_tests_name("lifecycle_note", tests, NULL, NULL);
}
