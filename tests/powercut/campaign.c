/* SPDX-License-Identifier: Apache-2.0 */
#include "campaign.h"

#include <stdio.h>
#include <stdlib.h>

#include "app.h"

#define SHOWN_MAX 3 /* violations of a model that are printed */

static const struct fault none;
static const char letters[] = {0, 0, 'f', 't'}; /* by enum fault_kind */

void campaign_run(struct world *w, size_t model, bool reversed, struct fault a,
                  struct fault b)
{
    bool trace = w->trace;

    world_begin(w, &models[model]);
    w->trace = trace;
    w->reversed = reversed;
    w->fault[0] = a;
    w->fault[1] = b;
    world_flush(w);
    app_live(w);
}

bool campaign_parse(const char *text, struct fault *fault)
{
    char *end;

    fault->point = (unsigned)strtoul(text, &end, 10);
    fault->kind = *end == 'f'   ? FAULT_FAIL
                  : *end == 't' ? FAULT_TWICE
                                : FAULT_CUT;
    return fault->point > 0 && (*end == 0 || end[1] == 0) &&
           (*end == 0 || fault->kind != FAULT_CUT);
}

static void show(const struct world *w, size_t model)
{
    (void)printf("    powercut %zu", model);
    for (unsigned i = 0; i < FAULTS && w->fault[i].point > 0; i++) {
        (void)printf(" %u%.1s", w->fault[i].point, &letters[w->fault[i].kind]);
    }
    (void)printf(": %s\n", w->where);
}

enum outcome {
    OUTCOME_RUN,
    OUTCOME_UNFIT, /* this fault means nothing at this point */
    OUTCOME_OVER   /* the life was over before the last fault */
};

/* Runs and counts. */
static enum outcome try(struct campaign *sum, size_t model, struct fault a,
                        struct fault b)
{
    static struct world w;
    unsigned faults = (a.point > 0 ? 1u : 0u) + (b.point > 0 ? 1u : 0u);

    campaign_run(&w, model, sum->reversed, a, b);
    if (w.unfit || w.faults < faults) {
        return w.unfit ? OUTCOME_UNFIT : OUTCOME_OVER;
    }
    sum->runs++;
    sum->impossible += w.impossible;
    if (w.found != 0 && sum->violations++ < SHOWN_MAX && !sum->reversed) {
        show(&w, model);
    }
    for (unsigned i = 0; i < VERDICTS; i++) {
        sum->found[i] += w.found >> i & 1;
    }
    return OUTCOME_RUN;
}

/* A pair has a cut in it. What comes after the first fault may be anything. */
static void try_pairs(struct campaign *sum, size_t model, struct fault a)
{
    unsigned every = sum->every ? sum->every : 1;
    unsigned last = a.kind == FAULT_CUT ? FAULT_TWICE : FAULT_CUT;
    struct fault b;

    for (unsigned kind = FAULT_CUT; kind <= last; kind++) {
        b.kind = (enum fault_kind)kind;
        b.point = 1 + a.point % every;
        while (try(sum, model, a, b) != OUTCOME_OVER) {
            b.point += every;
        }
    }
}

void campaign_model(struct campaign *sum, size_t model)
{
    enum outcome outcome;
    struct fault a;

    (void)try(sum, model, none, none);
    for (unsigned kind = FAULT_CUT; kind <= FAULT_TWICE; kind++) {
        a.kind = (enum fault_kind)kind;
        a.point = 1;
        while ((outcome = try(sum, model, a, none)) != OUTCOME_OVER) {
            if (outcome == OUTCOME_RUN) {
                try_pairs(sum, model, a);
            }
            a.point++;
        }
    }
}
