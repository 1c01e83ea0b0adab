/* SPDX-License-Identifier: Apache-2.0 */
/* Did you mean ...? By Levenshtein's distance. */
#include "options.h"

#include <string.h>

#define WORD_MAX 32

static size_t least(size_t a, size_t b, size_t c)
{
    size_t m = a < b ? a : b;

    return m < c ? m : c;
}

/* Insertions, removals and replacements that make b out of a. */
static size_t distance(const char *a, const char *b)
{
    size_t row[WORD_MAX + 1];
    size_t i, j, diagonal, above;
    size_t n = strlen(b);

    for (j = 0; j <= n; j++) {
        row[j] = j;
    }
    for (i = 1; a[i - 1]; i++) {
        diagonal = row[0];
        row[0] = i;
        for (j = 1; j <= n; j++) {
            above = row[j];
            row[j] = least(above + 1, row[j - 1] + 1,
                           diagonal + (a[i - 1] != b[j - 1]));
            diagonal = above;
        }
    }
    return row[n];
}

const char *lwcmp_cli_nearest(const char *word, const char *const *names,
                              size_t n)
{
    const char *found = NULL;
    size_t i, d, best = strlen(word) < 5 ? 2 : 3; /* that far is no typo */

    for (i = 0; i < n; i++) {
        d = strlen(names[i]) <= WORD_MAX ? distance(word, names[i]) : best;
        if (d < best && d < strlen(names[i])) {
            best = d;
            found = names[i];
        }
    }
    return found;
}
