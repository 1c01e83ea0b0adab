/* SPDX-License-Identifier: Apache-2.0 */
/* In the place of src/lifecycle.c until that is there. */
#include <string.h>

#include "lwcmp/lifecycle.h"

struct lwcmp_life_advice
lwcmp_life_decide(const struct lwcmp_life_policy *policy,
                  const struct lwcmp_life_facts *facts,
                  const struct lwcmp_life *life)
{
    struct lwcmp_life_advice advice = {LWCMP_LIFE_NOTHING, false, 1};
    uint64_t from = facts->identity.from, until = facts->identity.until;

    if (facts->has_identity && facts->now.seconds > until &&
        facts->has_secret && policy->fall_back && life->refusals > 0) {
        advice.task = LWCMP_LIFE_ENROL;
    } else if (facts->pending.operation != 0) {
        advice.task = facts->pending.operation == LWCMP_KUR ? LWCMP_LIFE_RENEW
                                                            : LWCMP_LIFE_ENROL;
        advice.anew = policy->claims_max > 0 &&
                      life->claims >= policy->claims_max;
    } else if (!facts->has_identity) {
        advice.task =
            facts->has_secret ? LWCMP_LIFE_ENROL : LWCMP_LIFE_SERVICE;
    } else if (facts->now.seconds >= from + (until - from) * 2 / 3) {
        advice.task = LWCMP_LIFE_RENEW;
    }
    if (life->failures > 0) {
        advice.seconds = life->window;
    }
    return advice;
}

bool lwcmp_life_note(const struct lwcmp_life_policy *policy,
                     struct lwcmp_life *life,
                     const struct lwcmp_life_result *result)
{
    bool refused = result->error == LWCMP_ERR_REJECTED ||
                   result->error == LWCMP_ERR_PEER_ERROR;
    bool changed = life->failures > 0 || result->error != 0;

    (void)policy;
    life->failures = result->error != 0;
    life->window = refused ? 86400 : 2;
    life->refusals = result->task == LWCMP_LIFE_RENEW && refused;
    life->claims = result->error == LWCMP_ERR_PEER_CLAIM;
    return changed;
}

int lwcmp_life_read(const struct lwcmp_store *store, struct lwcmp_life *life)
{
    size_t n;

    memset(life, 0, sizeof *life);
    return store->read(store->context, LWCMP_RECORD_LIFE, (uint8_t *)life,
                       sizeof *life, &n);
}

int lwcmp_life_write(const struct lwcmp_store *store,
                     const struct lwcmp_life *life)
{
    struct lwcmp_bytes part = {(const uint8_t *)life, sizeof *life};

    return store->write(store->context, LWCMP_RECORD_LIFE, &part, 1);
}
