/* SPDX-License-Identifier: Apache-2.0 */
/* The emulator's command line (QEMU: -semihosting-config arg=). */
#include <string.h>

#include "emulator.h"
#include "semihosting.h"

/* What follows the name in the word NAME or NAME=..., or NULL. */
static const char *find(const char *line, const char *name)
{
    size_t n = strlen(name);

    for (const char *p = line; p; p = strchr(p, ' ')) {
        p += *p == ' ';
        if (strncmp(p, name, n) == 0 && strchr("= ", p[n])) {
            return p + n;
        }
    }
    return NULL;
}

static const char *read_line(void)
{
    static char line[128];
    uintptr_t arguments[] = {(uintptr_t)line, sizeof line};

    if (lwcmp_semihosting(SEMIHOSTING_GET_CMDLINE, arguments)) {
        line[0] = '\0';
    }
    return line;
}

bool lwcmp_emulator_word(const char *word)
{
    return find(read_line(), word) != NULL;
}

uint32_t lwcmp_emulator_number(const char *name)
{
    const char *rest = find(read_line(), name);
    uint32_t number = 0;

    if (rest && *rest == '=') {
        while (*++rest >= '0' && *rest <= '9') {
            number = 10 * number + (uint32_t)(*rest - '0');
        }
    }
    return number;
}
