/* SPDX-License-Identifier: Apache-2.0 */
/* What an attempt has taught, by the way it has ended. */
#include "lifecycle_own.h"

/* PKIFailureInfo (RFC 9810 5.2.3) */
/* certRevoked, signerNotTrusted */
#define CERT_REVOKED (1UL << 10 | 1UL << 20)
/* transactionIdInUse, systemUnavail, systemFailure: another time, perhaps */
#define TEMPORARY (1UL << 21 | 1UL << 24 | 1UL << 25)
/* badCertTemplate, duplicateCertReq: with another key, perhaps */
#define KEY_IN_USE (1UL << 19 | 1UL << 26)

/* One more, as far as it is counted. */
static void count(uint8_t *n)
{
    *n = (uint8_t)(*n + (*n < UINT8_MAX));
}

static bool is_stuck(int err)
{
    switch (err) {
    case LWCMP_ERR_CONFIG:
    case LWCMP_ERR_STATE:
    case LWCMP_ERR_NO_ANCHOR:
    case LWCMP_ERR_NO_IDENTITY:
    case LWCMP_ERR_JOURNAL:
        return true;
    default:
        return false;
    }
}

/* The server has answered, or somebody in its place. */
static bool is_claim(const struct lwcmp_life_result *result)
{
    return !result->status.authenticated && result->error >= LWCMP_ERR_SYNTAX;
}

/* One that went on may be refused for that; it is asked anew, soon. */
static bool is_refusal(const struct lwcmp_life_result *result)
{
    return result->status.authenticated && !result->resumed &&
           (result->error == LWCMP_ERR_REJECTED ||
            result->error == LWCMP_ERR_PEER_ERROR) &&
           (result->status.fail_info & (TEMPORARY | KEY_IN_USE)) == 0;
}

/* Twice as much as before, up to the limit. */
static uint32_t back_off(const struct lwcmp_life_policy *policy,
                         uint32_t window)
{
    uint32_t max = lwcmp_life_pause_max(policy);

    if (window == 0) {
        window = policy->pause_first ? policy->pause_first : 2;
        return window < max ? window : max;
    }
    return window <= max / 2 ? 2 * window : max;
}

/*
 * The authority is there and is at work. What it says of trust anchors is no
 * word on the identity.
 */
static bool take_answer(struct lwcmp_life *life,
                        const struct lwcmp_life_result *result)
{
    bool worth = life->failures > 0 || life->claims > 0;

    life->failures = life->claims = 0;
    life->window = 0;
    if (result->error == LWCMP_ERR_WAITING) {
        life->least = 1; /* at least; the journal knows how long */
        return worth;
    }
    worth = worth || life->least > 0 || life->refused != 0;
    life->least = 0;
    life->succeeded = true;
    if (result->task != LWCMP_LIFE_ANCHORS) {
        life->refused = 0;
        life->revoked = false;
    }
    return worth;
}

/*
 * A way that is closed for now; the identity is of no use any more if nobody
 * renews it, or it cannot sign.
 */
static void close_way(struct lwcmp_life *life,
                      const struct lwcmp_life_result *result)
{
    if (result->task != LWCMP_LIFE_ANCHORS) {
        life->refused = (uint8_t)result->task;
    }
    life->revoked |= result->task == LWCMP_LIFE_RENEW &&
                     (result->error == LWCMP_ERR_KEY ||
                      (result->status.authenticated &&
                       (result->status.fail_info & CERT_REVOKED) != 0));
}

/* Claims that go on after so many: it was not the transaction. */
static void take_claims(const struct lwcmp_life_policy *policy,
                        struct lwcmp_life *life,
                        const struct lwcmp_life_result *result)
{
    bool claim = is_claim(result);
    bool enough = policy->claims_max > 0 && life->claims >= policy->claims_max;

    if (enough || result->status.authenticated) {
        life->claims = 0;
        life->floor = result->error == LWCMP_ERR_EXPIRED ? 0 : life->floor;
    }
    if (claim) {
        count(&life->claims);
    }
    if (claim && enough) {
        close_way(life, result);
    }
}

static bool take_failure(const struct lwcmp_life_policy *policy,
                         struct lwcmp_life *life,
                         const struct lwcmp_life_result *result)
{
    count(&life->failures);
    life->least = result->retry_after;
    life->window = back_off(policy, life->window);
    take_claims(policy, life, result);
    if (is_refusal(result)) {
        life->window =
            policy->pause_refused ? policy->pause_refused : LWCMP_LIFE_DAY;
        close_way(life, result);
    } else if (result->error == LWCMP_ERR_KEY) {
        close_way(life, result);
    }
    return true;
}

bool lwcmp_life_note(const struct lwcmp_life_policy *policy,
                     struct lwcmp_life *life,
                     const struct lwcmp_life_result *result)
{
    life->succeeded = life->after_reset = false;
    if (result->error == 0 || result->error == LWCMP_ERR_WAITING) {
        return take_answer(life, result);
    }
    if (is_stuck(result->error)) {
        life->stuck = true;
        return false;
    }
    return take_failure(policy, life, result);
}
