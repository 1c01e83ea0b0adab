/* SPDX-License-Identifier: Apache-2.0 */
#include "list.h"

#include <string.h>

static void take(struct lwcmp_cli_words *words, const char *text, size_t n)
{
    while (n > 0 && *text == ' ') {
        text++;
        n--;
    }
    while (n > 0 && text[n - 1] == ' ') {
        n--;
    }
    memcpy(words->word, text, n);
    words->word[n] = '\0';
}

bool lwcmp_cli_next_word(const struct lwcmp_cli_list *list,
                         struct lwcmp_cli_words *words)
{
    const char *text;
    size_t n;

    if (words->item >= list->n) {
        return false;
    }
    text = list->item[words->item] + words->at;
    n = strcspn(text, ",");
    take(words, text, n);
    words->at += n + 1;
    if (text[n] == '\0') {
        words->item++;
        words->at = 0;
    }
    return true;
}
