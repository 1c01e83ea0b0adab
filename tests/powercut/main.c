/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The whole life of a device, with its power cut at every point, at every pair
 * of points, and with one call or message going wrong as well.
 *
 * powercut [every=N] [json=FILE]     all models
 * powercut [reversed] MODEL          one of them
 * powercut [reversed] MODEL FAULT... one run with up to two faults, told
 *
 * A FAULT is the number of a point. 12 cuts the power there, 12f lets the call
 * fail or loses the message, 12t lets the message come twice; 0 is no fault. A
 * second one is counted from the first.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "campaign.h"

static void report(size_t model, const struct campaign *sum)
{
    char text[128];

    model_describe(&models[model], text, sizeof text);
    (void)printf("%3zu %-66s %7lu runs, %lu violations", model, text, sum->runs,
                 sum->violations);
    if (model_can_lose(&models[model])) {
        (void)printf(", impossible by the CA's design: %lu", sum->impossible);
    }
    (void)putchar('\n');
    (void)fflush(stdout);
}

static void add(struct campaign *total, const struct campaign *sum)
{
    total->runs += sum->runs;
    total->violations += sum->violations;
    total->impossible += sum->impossible;
    for (unsigned i = 0; i < VERDICTS; i++) {
        total->found[i] += sum->found[i];
    }
}

/* All models, in the order of writes as it is or turned round. */
static struct campaign run_all(bool reversed, unsigned every)
{
    struct campaign total = {.reversed = reversed};

    for (size_t i = 0; i < model_count; i++) {
        struct campaign sum = {.reversed = reversed, .every = every};

        campaign_model(&sum, i);
        if (!reversed) {
            report(i, &sum);
        }
        add(&total, &sum);
    }
    return total;
}

static int write_json(const char *path, const struct campaign *good,
                      const struct campaign *reversed)
{
    FILE *f = fopen(path, "w");

    if (f == NULL) {
        return EXIT_FAILURE;
    }
    (void)fprintf(f,
                  "{\"powercut_runs\": %lu, \"powercut_violations\": %lu, "
                  "\"powercut_violations_when_order_reversed\": %lu}\n",
                  good->runs, good->violations, reversed->violations);
    return fclose(f) ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* What the first enrolment writes, with certConf. */
static struct wear measure(bool waits)
{
    static const struct fault none;
    static struct world w;
    size_t i = 0;

    while (models[i].waits != waits || models[i].learns || models[i].implicit) {
        i++;
    }
    campaign_run(&w, i, false, none, none);
    return w.enrolment;
}

static void report_wear(void)
{
    struct wear plain = measure(false);
    struct wear waits = measure(true);

    (void)printf("an enrolment writes %u records and keys, %lu bytes of "
                 "records; each wait for the CA writes %lu\n",
                 plain.writes + plain.removes + plain.keys / 2, plain.bytes,
                 (waits.bytes - plain.bytes) / (waits.writes - plain.writes));
}

/* One in so many of the pairs is enough to see that a wrong order shows. */
#define REVERSED_EVERY 16

static int run_campaign(unsigned every, const char *json)
{
    struct campaign good = run_all(false, every);
    struct campaign reversed = run_all(true, every * REVERSED_EVERY);

    (void)printf("%lu runs, %lu violations, impossible by the CA's design: "
                 "%lu\n",
                 good.runs, good.violations, good.impossible);
    (void)printf("with the order of writes reversed: %lu runs, %lu violations "
                 "(%lu without identity or means, %lu confirmed too early)\n",
                 reversed.runs, reversed.violations,
                 reversed.found[VERDICT_LOST], reversed.found[VERDICT_UNKEPT]);
    report_wear();
    if (json != NULL && write_json(json, &good, &reversed)) {
        (void)fprintf(stderr, "%s cannot be written\n", json);
        return EXIT_FAILURE;
    }
    return good.violations == 0 && reversed.found[VERDICT_LOST] > 0 &&
                   reversed.found[VERDICT_UNKEPT] > 0
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}

static int run_model(size_t model, bool reversed)
{
    struct campaign sum = {.reversed = reversed};

    campaign_model(&sum, model);
    report(model, &sum);
    return sum.violations ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int run_one(size_t model, bool reversed, char **faults, int count)
{
    static struct world w;
    struct fault fault[FAULTS] = {{0}};
    char text[128];

    for (int i = 0; i < count && i < FAULTS; i++) {
        if (strcmp(faults[i], "0") != 0 &&
            !campaign_parse(faults[i], &fault[i])) {
            (void)fprintf(stderr, "%s is no fault\n", faults[i]);
            return EXIT_FAILURE;
        }
    }
    model_describe(&models[model], text, sizeof text);
    (void)printf("%s\n", text);
    w.trace = true;
    campaign_run(&w, model, reversed, fault[0], fault[1]);
    (void)printf("%s%s%s\n", w.found ? "VIOLATION: " : "good", w.where,
                 w.impossible ? ", impossible by the CA's design" : "");
    return w.found ? EXIT_FAILURE : EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    const char *json = NULL;
    unsigned every = 1;
    bool reversed = false;
    size_t model;
    int i = 1;

    for (; i < argc && strchr("erj", argv[i][0]) != NULL; i++) {
        if (strncmp(argv[i], "every=", 6) == 0) {
            every = (unsigned)strtoul(argv[i] + 6, NULL, 10);
        } else if (strncmp(argv[i], "json=", 5) == 0) {
            json = argv[i] + 5;
        } else if (strcmp(argv[i], "reversed") == 0) {
            reversed = true;
        }
    }
    if (i == argc) {
        return run_campaign(every, json);
    }
    model = strtoul(argv[i], NULL, 10);
    if (model >= model_count) {
        (void)fprintf(stderr, "there are models 0 to %zu\n", model_count - 1);
        return EXIT_FAILURE;
    }
    return i + 1 == argc ? run_model(model, reversed)
                         : run_one(model, reversed, argv + i + 1, argc - i - 1);
}
