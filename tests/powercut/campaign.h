/* SPDX-License-Identifier: Apache-2.0 */
/* Runs with a fault at every point and at every pair of points, counted. */
#ifndef POWERCUT_CAMPAIGN_H
#define POWERCUT_CAMPAIGN_H

#include "world.h"

struct campaign {
    /* What to do. */
    bool reversed;
    unsigned every; /* of the pairs, one in so many; 0 is 1 */

    /* What has come of it. */
    unsigned long runs, violations, impossible;
    unsigned long found[VERDICTS]; /* of each kind; a run may have several */
};

/* One run; it is `w` afterwards. */
void campaign_run(struct world *w, size_t model, bool reversed, struct fault a,
                  struct fault b);

/* All of a model; the first violations are printed. */
void campaign_model(struct campaign *sum, size_t model);

/* "12", "12f", "12t"; false: none of these. */
bool campaign_parse(const char *text, struct fault *fault);

#endif
