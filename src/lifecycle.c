/* SPDX-License-Identifier: Apache-2.0 */
/* What to do next, and when. docs/lifecycle.md has the reasons. */
#include "lifecycle_own.h"

static uint32_t lesser(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/*
 * Numbers that are close to each other become any numbers, no two the same:
 * the end of MurmurHash3. Devices with serial numbers in a row are far apart.
 */
static uint32_t scatter(uint32_t x)
{
    x = (x ^ x >> 16) * 0x85ebca6b;
    x = (x ^ x >> 13) * 0xc2b2ae35;
    return x ^ x >> 16;
}

/* That share of n, in 2^-32: a number from 0 to below n. */
static uint32_t scale(uint32_t n, uint32_t part)
{
    return (uint32_t)((uint64_t)n * part >> 32);
}

static uint32_t percent(uint32_t n, uint32_t percent)
{
    return scale(n, lesser(percent, 99) * (UINT32_MAX / 100 + 1));
}

/* 136 years are as long as for ever. */
static uint32_t between(uint64_t from, uint64_t to)
{
    if (to <= from) {
        return 0;
    }
    return to - from < UINT32_MAX ? (uint32_t)(to - from) : UINT32_MAX;
}

/* How long something lives, and how much of that has passed for certain. */
struct span {
    uint32_t life, age;
};

/* What has no dates, or none that make sense, is young for ever. */
static struct span measure(const struct lwcmp_validity *v,
                           const struct lwcmp_time *now)
{
    struct span s = {between(v->from, v->until), 0};

    if (s.life == 0) {
        s.life = UINT32_MAX;
    } else if (now->clock != LWCMP_TIME_UNKNOWN) {
        s.age = between(v->from, now->seconds);
    }
    return s;
}

static bool has_expired(struct span s)
{
    return s.age > s.life;
}

/* Seconds until a successor is due, as far as a day; 0: it is. */
static uint32_t until_due(const struct lwcmp_life_policy *policy, uint32_t seed,
                          struct span s)
{
    uint32_t spread = policy->spread_percent;
    uint32_t due =
        percent(s.life, policy->renew_percent ? policy->renew_percent : 67);

    if (spread != UINT8_MAX) {
        spread = percent(s.life, spread ? spread : 4);
        due += scale(lesser(spread, s.life - due), scatter(seed));
    }
    return s.age < due ? lesser(due - s.age, LWCMP_LIFE_DAY) : 0;
}

/* The identity is of no use any more, and there is another way than its own. */
static bool falls_back(const struct lwcmp_life_policy *policy,
                       const struct lwcmp_life_facts *facts,
                       const struct lwcmp_life *life, struct span s)
{
    return policy->fall_back && facts->has_secret &&
           (has_expired(s) || life->revoked);
}

/* Nobody has confirmed the identity, and a secret may get another one. */
static bool may_do_better(const struct lwcmp_life_facts *facts,
                          const struct lwcmp_life *life)
{
    return facts->pending.doubtful && facts->has_secret &&
           life->refused != LWCMP_LIFE_ENROL;
}

/*
 * What the identity needs. A refusal of one way back leads to the other, so
 * that no device stays where a way is closed.
 */
static enum lwcmp_life_task want(const struct lwcmp_life_policy *policy,
                                 const struct lwcmp_life_facts *facts,
                                 const struct lwcmp_life *life, struct span s)
{
    if (!facts->has_identity) {
        return facts->has_secret ? LWCMP_LIFE_ENROL : LWCMP_LIFE_SERVICE;
    }
    if (may_do_better(facts, life)) {
        return LWCMP_LIFE_ENROL;
    }
    if (falls_back(policy, facts, life, s)) {
        return life->refused == LWCMP_LIFE_ENROL ||
                       (life->refused == 0 && policy->renew_expired)
                   ? LWCMP_LIFE_RENEW
                   : LWCMP_LIFE_ENROL;
    }
    return facts->wants_renewal || until_due(policy, facts->seed, s) == 0
               ? LWCMP_LIFE_RENEW
               : LWCMP_LIFE_NOTHING;
}

/* What is under way, if what it needs is there. */
static enum lwcmp_life_task under_way(const struct lwcmp_life_facts *facts)
{
    if (facts->pending.operation == LWCMP_KUR) {
        return facts->has_identity ? LWCMP_LIFE_RENEW : LWCMP_LIFE_NOTHING;
    }
    return facts->pending.operation != 0 && facts->has_secret
               ? LWCMP_LIFE_ENROL
               : LWCMP_LIFE_NOTHING;
}

/*
 * What is under way comes first, save that a renewal gives way to a secret that
 * has to enrol, and an enrolment to a renewal: it was refused; or the identity
 * is good, and was thought not to be, by a wrong clock perhaps. Then what has
 * come of it is kept all the same.
 */
static bool goes_on(enum lwcmp_life_task begun, enum lwcmp_life_task wanted,
                    bool kept, const struct lwcmp_life *life)
{
    if (begun == LWCMP_LIFE_ENROL) {
        return wanted != LWCMP_LIFE_RENEW ||
               (kept && life->refused != LWCMP_LIFE_ENROL);
    }
    return begun != LWCMP_LIFE_NOTHING && wanted != LWCMP_LIFE_ENROL;
}

/* All is well with the identity, as long as it says. */
static void look_ahead(const struct lwcmp_life_policy *policy,
                       const struct lwcmp_life_facts *facts, struct span s,
                       struct lwcmp_life_advice *a)
{
    a->seconds = until_due(policy, facts->seed, s);
    if (policy->refresh_anchors) {
        s = measure(&facts->anchor, &facts->now);
        a->seconds = lesser(a->seconds, until_due(policy, facts->seed, s));
        if (a->seconds == 0) {
            a->task = LWCMP_LIFE_ANCHORS;
        }
    }
}

/*
 * From what a server wants to the end of the window. The eighth is for a device
 * whose chance is nothing. One that is always the same is still another for
 * each device and failure.
 *
 * After a reset nobody knows how much of that has passed. Power may be there
 * for minutes only, so the turn has to come soon.
 */
static uint32_t draw(const struct lwcmp_life_policy *policy,
                     const struct lwcmp_life_facts *facts,
                     const struct lwcmp_life *life, uint32_t least,
                     uint32_t window)
{
    uint32_t any = scatter(facts->seed + facts->chance + life->failures);
    uint32_t last = least + window;
    uint32_t seconds = least + window / 8;

    if (life->after_reset) {
        last = lesser(last, lwcmp_life_pause_max(policy)) / 8;
        seconds = 0;
    }
    seconds += scale(last - seconds + 1, any);
    return seconds > 0 ? seconds : 1;
}

/*
 * From the last attempt to the next one. While an identity is good there is
 * time, but no pause may take much of it, not even one that a server asks for:
 * anybody may have said so.
 */
static uint32_t pause(const struct lwcmp_life_policy *policy,
                      const struct lwcmp_life_facts *facts,
                      const struct lwcmp_life *life, enum lwcmp_life_task task,
                      struct span s)
{
    uint32_t least = life->least, window = life->window;

    if (life->succeeded) {
        least = task == LWCMP_LIFE_ANCHORS ? LWCMP_LIFE_DAY
                                           : lwcmp_life_pause_max(policy);
    } else if (window == 0 && facts->pending.polls &&
               facts->pending.interval > least) {
        least = facts->pending.interval;
    }
    least = lesser(least, LWCMP_LIFE_DAY);
    if (task == LWCMP_LIFE_ENROL || has_expired(s)) {
        window = lesser(window, lwcmp_life_pause_max(policy));
    } else {
        least = lesser(least, s.life / 8 + 60);
        window = lesser(window, s.life / 8 + 60);
    }
    if (least + window == 0 || policy->no_jitter) {
        return least + window;
    }
    return draw(policy, facts, life, least, window);
}

struct lwcmp_life_advice lwcmp_life_decide(
    const struct lwcmp_life_policy *policy,
    const struct lwcmp_life_facts *facts, const struct lwcmp_life *life)
{
    struct lwcmp_life_advice a = {LWCMP_LIFE_SERVICE, true, LWCMP_LIFE_DAY};
    struct span s = measure(&facts->identity, &facts->now);
    enum lwcmp_life_task begun = under_way(facts);

    if (life->stuck) {
        return a;
    }
    a.task = want(policy, facts, life, s);
    if (goes_on(begun, a.task, facts->pending.kept, life)) {
        a.task = begun;
        a.anew = facts->pending.over ||
                 (policy->claims_max > 0 && life->claims >= policy->claims_max);
    }
    if (a.task == LWCMP_LIFE_NOTHING) {
        look_ahead(policy, facts, s, &a);
    }
    if (a.task != LWCMP_LIFE_NOTHING && a.task != LWCMP_LIFE_SERVICE) {
        a.seconds = pause(policy, facts, life, a.task, s);
        a.seconds -= lesser(a.seconds, facts->slept);
    }
    return a;
}
