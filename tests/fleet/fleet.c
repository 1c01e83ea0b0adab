/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 100,000 devices that live by lifecycle.h, and a CA that is away for four
 * hours. One event for each device, in a list for each second; every random
 * number has a fixed seed, so two runs are the same. Prints what the CA saw.
 *
 * The certificates live for 30 days and fall due evenly, except for a batch:
 * 20,000 devices, enrolled in the same hour, with the same dates, since the CA
 * rounds them to the hour. Their renewal falls due a minute after the CA has
 * gone. Devices reset all the time, and a tenth of them in the same second,
 * when the power of a region comes back.
 *
 * Awake again, the CA serves 200 requests in a second. Twice as many more are
 * told to come back by Retry-After; the rest hears nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lwcmp/lifecycle.h"

enum {
    DEVICES = 100000,
    BATCH = 20000,
    HOUR = 3600,
    LIFE = 30 * 24 * HOUR,
    DUE = LIFE / 100 * 67,
    WARM_UP = 30 * HOUR, /* until what the spread delays arrives evenly */
    SHOWN = 12 * HOUR,
    OUT_FROM = WARM_UP + 2 * HOUR,
    OUT_UNTIL = OUT_FROM + 4 * HOUR,
    REGION_AT = OUT_FROM + 5400,
    END = WARM_UP + SHOWN,
    CAPACITY = 200,
    RETRY_AFTER = 120,
    TIMEOUT = 30,
    SAMPLE = 120 /* seconds for each value of the plot */
};

#define EPOCH 1800000000u /* of second 0, at a full hour */
#define NOBODY (-1)

enum phase {
    IDLE,  /* decides at the time of its event */
    TURN,  /* attempts what it has decided */
    ASKED, /* hears nothing until the time of its event */
    GONE   /* has no event before the end */
};

struct device {
    struct lwcmp_life life, record;
    uint64_t from; /* of its certificate */
    uint32_t when, drawn;
    int next, before;
    uint8_t phase, task;
    bool pending, affected;
};

struct world {
    struct lwcmp_life_policy policy;
    struct device device[DEVICES];
    int at[END];        /* the first device with an event then */
    unsigned rate[END]; /* requests */
    unsigned served;    /* in this second */
    uint32_t random;
    unsigned affected, recovered, requests, unlucky;
    uint32_t recovery; /* of 99 % of those affected, after the outage */
    unsigned recovered_at[END];
};

static uint32_t next_random(struct world *w)
{
    w->random ^= w->random << 13;
    w->random ^= w->random >> 17;
    w->random ^= w->random << 5;
    return w->random;
}

static void unlink_event(struct world *w, int i)
{
    struct device *d = &w->device[i];

    if (d->phase == GONE) {
        return;
    }
    if (d->before == NOBODY) {
        w->at[d->when] = d->next;
    } else {
        w->device[d->before].next = d->next;
    }
    if (d->next != NOBODY) {
        w->device[d->next].before = d->before;
    }
    d->phase = GONE;
}

static void set_event(struct world *w, int i, uint32_t when, enum phase phase)
{
    struct device *d = &w->device[i];

    if (when >= END) {
        return;
    }
    d->phase = (uint8_t)phase;
    d->when = when;
    d->before = NOBODY;
    d->next = w->at[when];
    if (d->next != NOBODY) {
        w->device[d->next].before = i;
    }
    w->at[when] = i;
}

static void plan(struct world *w, int i, uint32_t now)
{
    struct device *d = &w->device[i];
    struct lwcmp_life_facts facts = {
        .now = {LWCMP_TIME_EXACT, EPOCH + now},
        .seed = (uint32_t)i, /* serial numbers in a row */
        .chance = d->drawn,
        .has_identity = true,
        .identity = {d->from, d->from + LIFE},
        .pending = {.operation = d->pending ? LWCMP_KUR : 0},
    };
    struct lwcmp_life_advice a =
        lwcmp_life_decide(&w->policy, &facts, &d->life);

    d->task = (uint8_t)a.task;
    set_event(w, i, now + a.seconds,
              a.task == LWCMP_LIFE_NOTHING ? IDLE : TURN);
}

static void note(struct world *w, int i, uint32_t now, int error,
                 uint32_t retry_after)
{
    struct device *d = &w->device[i];
    struct lwcmp_life_result result = {
        .task = (enum lwcmp_life_task)d->task,
        .error = error,
        .retry_after = retry_after,
    };

    if (lwcmp_life_note(&w->policy, &d->life, &result)) {
        d->record = d->life;
    }
    d->drawn = next_random(w);
    plan(w, i, now);
}

static void renewed(struct world *w, int i, uint32_t now)
{
    struct device *d = &w->device[i];

    d->from = EPOCH + now / HOUR * HOUR;
    d->pending = false;
    if (d->affected) {
        d->affected = false;
        w->recovered++;
        w->recovered_at[now]++;
    }
    note(w, i, now, 0, 0);
}

static void attempt(struct world *w, int i, uint32_t now)
{
    struct device *d = &w->device[i];

    d->pending = true;
    w->rate[now]++;
    if (now >= OUT_FROM && now < OUT_UNTIL) {
        if (!d->affected) {
            d->affected = true;
            w->affected++;
        }
        set_event(w, i, now + TIMEOUT, ASKED);
    } else if (w->rate[now] <= CAPACITY) {
        renewed(w, i, now);
    } else if (w->rate[now] <= 3 * CAPACITY) {
        note(w, i, now, LWCMP_ERR_HTTP, RETRY_AFTER);
    } else {
        set_event(w, i, now + TIMEOUT, ASKED);
    }
}

static void happen(struct world *w, int i, uint32_t now)
{
    enum phase phase = (enum phase)w->device[i].phase;

    unlink_event(w, i);
    if (phase == IDLE) {
        plan(w, i, now);
    } else if (phase == TURN) {
        attempt(w, i, now);
    } else {
        note(w, i, now, LWCMP_ERR_TIMEOUT, 0);
    }
}

/* Whatever it was about to do. */
static void reset(struct world *w, int i, uint32_t now)
{
    struct device *d = &w->device[i];

    unlink_event(w, i);
    d->life = d->record;
    d->life.after_reset = true;
    d->drawn = next_random(w);
    plan(w, i, now);
}

static void begin(struct world *w)
{
    memset(w->at, NOBODY, sizeof w->at);
    w->random = 4711;
    for (int i = 0; i < DEVICES; i++) {
        struct device *d = &w->device[i];

        d->phase = GONE;
        d->drawn = next_random(w);
        d->from = i < BATCH ? (uint64_t)EPOCH + OUT_FROM + 60 - DUE
                            : (uint64_t)EPOCH - next_random(w) % DUE;
        plan(w, i, 0);
    }
}

static void live(struct world *w)
{
    begin(w);
    for (uint32_t now = 0; now < END; now++) {
        if (now % 2 == 0) {
            reset(w, (int)(next_random(w) % DEVICES), now);
        }
        for (int i = 3; now == REGION_AT && i < DEVICES; i += 10) {
            reset(w, i, now);
        }
        while (w->at[now] != NOBODY) {
            happen(w, w->at[now], now);
        }
    }
}

/* The most in so many seconds in a row, from one time to another. */
static unsigned most(const struct world *w, uint32_t from, uint32_t until,
                     uint32_t seconds)
{
    unsigned best = 0;

    for (uint32_t at = from; at + seconds <= until; at++) {
        unsigned sum = 0;

        for (uint32_t i = 0; i < seconds; i++) {
            sum += w->rate[at + i];
        }
        best = sum > best ? sum : best;
    }
    return best;
}

static void report(const struct world *w, const char *name)
{
    unsigned recovered = 0, requests = 0, at = OUT_UNTIL;

    for (uint32_t now = WARM_UP; now < END; now++) {
        requests += w->rate[now];
    }
    while (at < END && recovered * 100ull < w->affected * 99ull) {
        recovered += w->recovered_at[at++];
    }
    printf("run %s\n", name);
    printf("peak_rate %u\n", most(w, WARM_UP, END, 1));
    printf("peak_in_10_seconds %u\n", most(w, WARM_UP, END, 10));
    printf("peak_rate_after_outage %u\n", most(w, OUT_UNTIL, END, 1));
    printf("recovery_seconds %u\n", at - OUT_UNTIL);
    printf("affected %u\n", w->affected);
    printf("not_recovered %u\n", w->affected - w->recovered);
    printf("requests %u\n", requests);
    printf("rates");
    for (uint32_t now = WARM_UP; now < END; now += SAMPLE) {
        printf(" %u", most(w, now, now + SAMPLE, 1));
    }
    printf("\n");
}

int main(void)
{
    static const struct {
        const char *name;
        struct lwcmp_life_policy policy;
    } runs[] = {
        {"with_jitter", {.no_jitter = false}},
        {"without_spread", {.spread_percent = 255}},
        {"without_jitter", {.no_jitter = true, .spread_percent = 255}},
    };

    for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++) {
        struct world *w = calloc(1, sizeof *w);

        if (w == NULL) {
            return 1;
        }
        w->policy = runs[i].policy;
        live(w);
        report(w, runs[i].name);
        free(w);
    }
    return 0;
}
