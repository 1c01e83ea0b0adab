/* SPDX-License-Identifier: Apache-2.0 */
/* Options that may be given several times, and the words in their texts. */
#ifndef LWCMP_CLI_LIST_H
#define LWCMP_CLI_LIST_H

#include <stdbool.h>
#include <stddef.h>

#define LWCMP_CLI_LIST_MAX 16

/* Every text is shorter than this. */
#define LWCMP_CLI_TEXT_MAX 1024

struct lwcmp_cli_list {
    const char *item[LWCMP_CLI_LIST_MAX];
    size_t n;
};

/* Where a walk is; all zero at first. */
struct lwcmp_cli_words {
    size_t item, at;
    char word[LWCMP_CLI_TEXT_MAX];
};

/* The next word between commas, without the blanks around it. */
bool lwcmp_cli_next_word(const struct lwcmp_cli_list *list,
                         struct lwcmp_cli_words *words);

#endif
