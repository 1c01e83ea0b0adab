/* SPDX-License-Identifier: Apache-2.0 */
#include "app.h"

#include <string.h>

#include "lwcmp/anchors.h"
#include "lwcmp/lifecycle.h"
#include "ask.h"
#include "network.h"
#include "oracle.h"

#define DAY 86400u
#define LIFETIME (30 * DAY) /* of a certificate */
#define ATTEMPTS_MAX 24     /* in a stage: until a certificate expires */
#define BUFFER_SIZE 4096

enum stage {
    STAGE_ENROL,
    STAGE_RENEW,
    STAGE_RENEW_AGAIN, /* under a new trust anchor */
    STAGES
};

static struct lwcmp_config configure(struct world *w)
{
    static uint8_t buffer[BUFFER_SIZE];

    return (struct lwcmp_config){
        .buffer = buffer,
        .buffer_size = sizeof buffer,
        .store = &w->store,
        .key_slot = {DEVICE_KEY_1, DEVICE_KEY_2},
        .reference = w->ca.peer.reference,
        .secret = w->has_secret ? DEVICE_SECRET : 0,
        .pbm_iterations = LWCMP_PBM_ITERATIONS_MIN,
        .anchors =
            w->model->learns ? (struct lwcmp_bytes){NULL, 0} : peer_root(),
        .accept_ca_pubs = w->model->learns,
        .implicit_confirm = w->model->implicit,
        .prove = w->model->proves,
    };
}

/* The root has a successor. That is known by and by, until it is kept. */
static int learn_root(struct world *w)
{
    static uint8_t buffer[BUFFER_SIZE];
    struct lwcmp_config config = configure(w);
    struct lwcmp_anchors anchors = {
        .store = config.store,
        .configured = config.anchors,
        .buffer = buffer,
        .buffer_size = sizeof buffer,
        .time = {LWCMP_TIME_EXACT, w->now},
    };
    struct lwcmp_bytes new_with_new;
    struct lwcmp_bytes new_with_old;

    if (w->stage != STAGE_RENEW_AGAIN) {
        return 0;
    }
    ca_renew_root(&w->ca, &new_with_new, &new_with_old);
    return lwcmp_anchor_update(&anchors, &new_with_new, &new_with_old);
}

static void drive(struct world *w, struct lwcmp *c)
{
    for (;;) {
        switch (lwcmp_step(c)) {
        case LWCMP_STEP:
            break;
        case LWCMP_EXCHANGE:
            network_exchange(w, c);
            break;
        case LWCMP_WAIT:
            w->now += lwcmp_wait_seconds(c);
            break;
        case LWCMP_DECIDE:
            (void)lwcmp_accept(c);
            break;
        case LWCMP_PROVE:
            (void)lwcmp_proven(c, ca_accepts_cert(&w->ca, oracle_next(w)));
            break;
        case LWCMP_DONE:
            return;
        }
    }
}

static struct lwcmp_life_result transact(struct world *w,
                                         const struct lwcmp_life_advice *advice)
{
    static struct lwcmp c;
    struct lwcmp_config config = configure(w);
    struct lwcmp_request request;
    struct lwcmp_life_result result = {.task = advice->task,
                                       .resumed = !advice->anew};

    result.error = ask_request(w, advice->task == LWCMP_LIFE_RENEW, &request);
    if (result.error) {
        return result;
    }

    world_say(w, "        attempt: %s%s",
              advice->task == LWCMP_LIFE_RENEW ? "renew" : "enrol",
              advice->anew ? ", anew" : "");
    memset(&c, 0xa5, sizeof c); /* what is in RAM at a start */
    if (advice->anew) {
        (void)lwcmp_begin(&c, &config, &request);
    } else {
        (void)lwcmp_resume(&c, &config, &request);
    }
    drive(w, &c);
    result.status = lwcmp_server_status(&c);
    result.error = lwcmp_end(&c);
    world_say(w, "        result %d", result.error);
    return result;
}

static struct lwcmp_life_result attempt(struct world *w,
                                        const struct lwcmp_life_advice *advice)
{
    struct lwcmp_life_result result = {.task = advice->task};

    w->attempts++;
    result.error = learn_root(w);
    return result.error ? result : transact(w, advice);
}

static void forget_secret(struct world *w)
{
    struct lwcmp_pending pending = lwcmp_pending(&w->store);

    if (!w->model->keeps_secret && pending.operation == 0 &&
        !pending.doubtful) {
        world_wipe_secret(w);
    }
}

static struct lwcmp_life_facts look(struct world *w)
{
    unsigned slot;
    struct ca_cert *cert = ca_cert(&w->ca, oracle_active(w));
    struct lwcmp_life_facts facts = {
        .now = {LWCMP_TIME_EXACT, w->now},
        .seed = 1,
        .chance = w->chance = w->chance * 1664525u + 1013904223u,
        .has_identity = lwcmp_identity(&w->store, &slot) == 0,
        .has_secret = w->has_secret,
        .pending = lwcmp_pending(&w->store),
    };

    if (w->model->key == KEY_ELSEWHERE && facts.has_identity &&
        facts.pending.operation == LWCMP_P10CR) {
        facts.pending.operation = LWCMP_KUR; /* it is how this one renews */
    }
    if (cert != NULL) {
        facts.identity.from = cert->issued;
        facts.identity.until = cert->issued + LIFETIME;
    }
    return facts;
}

/* Power may have gone before the last transaction had erased the old key. */
static void tidy(struct world *w)
{
    struct lwcmp_config config = configure(w);

    (void)lwcmp_tidy(&config);
}

/* The device is at rest. Its certificate grows old, and then power goes. */
static void next_stage(struct world *w)
{
    struct ca_cert *cert = ca_cert(&w->ca, oracle_active(w));

    world_say(w, "        at rest after stage %u", w->stage);
    oracle_quiet(w);
    if (w->stage == STAGE_ENROL) {
        w->enrolment = w->wear;
    }
    w->stage++;
    w->attempts = 0;
    if (cert != NULL && w->now < cert->issued + LIFETIME * 3 / 4) {
        w->now = cert->issued + LIFETIME * 3 / 4;
    }
    world_flush(w);
    longjmp(w->off, 1);
}

/* What is confirmed too early may end well. Else nothing more is to be seen. */
static bool is_hopeful(const struct world *w)
{
    return (w->found & ~(1u << VERDICT_UNKEPT)) == 0 &&
           w->blame == BLAME_NOBODY;
}

/* From a reset on. It returns when there is nothing more to do. */
static void boot(struct world *w)
{
    const struct lwcmp_life_policy policy = {.fall_back =
                                                 w->model->keeps_secret};
    struct lwcmp_life life = {0};
    struct lwcmp_life_result result;
    struct lwcmp_life_advice advice;
    struct lwcmp_life_facts facts;

    w->ca.now = w->now;
    tidy(w);
    (void)lwcmp_life_read(&w->store, &life);
    while (w->attempts < ATTEMPTS_MAX && is_hopeful(w)) {
        facts = look(w);
        if (facts.has_identity) {
            forget_secret(w);
            facts.has_secret = w->has_secret;
        }
        advice = lwcmp_life_decide(&policy, &facts, &life);
        if (advice.task == LWCMP_LIFE_NOTHING && w->stage < STAGES) {
            next_stage(w);
        }
        if (advice.task != LWCMP_LIFE_ENROL &&
            advice.task != LWCMP_LIFE_RENEW) {
            return;
        }
        w->now += advice.seconds;
        w->ca.now = w->now;
        result = attempt(w, &advice);
        if (lwcmp_life_note(&policy, &life, &result)) {
            (void)lwcmp_life_write(&w->store, &life);
        }
    }
}

void app_live(struct world *w)
{
    if (setjmp(w->off) != 0) {
        world_power_off(w);
    }
    if (w->unfit) {
        return;
    }
    w->boots++;
    world_say(w, "        boot %u", w->boots);
    if (w->stage < STAGES) {
        boot(w);
    } else {
        tidy(w); /* and once more, should that have failed */
        tidy(w);
    }
    oracle_end(w, w->stage == STAGES);
}
