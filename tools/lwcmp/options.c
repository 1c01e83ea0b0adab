/* SPDX-License-Identifier: Apache-2.0 */
#include "options.h"

#include <string.h>

#include "fail.h"

#define OPTIONS_MAX 96
#define NAME_CAP 64

/* An option of other verbs, or none: which one might it have been? */
static int complain_unknown(unsigned verb, const char *name)
{
    const char *names[OPTIONS_MAX];
    const char *nearest;
    const char *verb_name = lwcmp_cli_verb_name(verb);
    size_t i, n = 0;

    if (lwcmp_cli_option_find(name, LWCMP_CLI_VERBS)) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "--%s does not go with %s; see `lwcmp help %s`",
                              name, verb_name, verb_name);
    }
    for (i = 0; i < lwcmp_cli_option_count && n < OPTIONS_MAX; i++) {
        const struct lwcmp_cli_option *o = &lwcmp_cli_option_table[i];

        if (o->name && (o->verbs & verb)) {
            names[n++] = o->name;
        }
    }
    nearest = lwcmp_cli_nearest(name, names, n);
    if (nearest) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "there is no option --%s; did you mean --%s?",
                              name, nearest);
    }
    return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                          "there is no option --%s; `lwcmp help %s` lists them",
                          name, verb_name);
}

static int put_text(const struct lwcmp_cli_option *o, const char **text,
                    const char *value)
{
    if (*text) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE, "--%s is given twice", o->name);
    }
    *text = value;
    return 0;
}

static int put_item(const struct lwcmp_cli_option *o,
                    struct lwcmp_cli_list *list, const char *value)
{
    if (list->n == LWCMP_CLI_LIST_MAX) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "--%s is given more than %d times", o->name,
                              LWCMP_CLI_LIST_MAX);
    }
    list->item[list->n++] = value;
    return 0;
}

static int put_value(struct lwcmp_cli_options *options,
                     const struct lwcmp_cli_option *o, const char *value)
{
    void *field = (char *)options + o->where;

    if (strlen(value) >= LWCMP_CLI_TEXT_MAX) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE, "the value of --%s is too long",
                              o->name);
    }
    if (*value == '\0') {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE, "the value of --%s is empty",
                              o->name);
    }
    return o->kind == LWCMP_CLI_TEXT ? put_text(o, field, value)
                                     : put_item(o, field, value);
}

/* The value behind "=" or in the next word; *used is set for the latter. */
static int read_value(struct lwcmp_cli_options *options,
                      const struct lwcmp_cli_option *o, const char *assigned,
                      const char *next, bool *used)
{
    if (o->kind == LWCMP_CLI_FLAG) {
        if (assigned) {
            return lwcmp_cli_fail(LWCMP_EXIT_USAGE, "--%s takes no value",
                                  o->name);
        }
        *(bool *)((char *)options + o->where) = true;
        return 0;
    }
    if (!assigned && (!next || strncmp(next, "--", 2) == 0)) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE, "--%s needs a value: --%s %s",
                              o->name, o->name, o->argument);
    }
    *used = !assigned;
    return put_value(options, o, assigned ? assigned : next);
}

/* The name in "--name=value", with one dash or two. */
static bool take_name(const char *word, char name[NAME_CAP])
{
    size_t dashes = strspn(word, "-");
    size_t n = strcspn(word, "=") - dashes;

    if (dashes == 0 || dashes > 2 || n == 0 || n >= NAME_CAP) {
        return false;
    }
    memcpy(name, word + dashes, n);
    name[n] = '\0';
    return true;
}

static int read_option(struct lwcmp_cli_options *options, const char *word,
                       const char *next, bool *used)
{
    const char *assigned = strchr(word, '=');
    const struct lwcmp_cli_option *o;
    char name[NAME_CAP];

    *used = false;
    if (!take_name(word, name)) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "what is \"%s\"? Options begin with two dashes; "
                              "`lwcmp help %s` lists them",
                              word, lwcmp_cli_verb_name(options->verb));
    }
    o = lwcmp_cli_option_find(name, options->verb);
    if (!o) {
        return complain_unknown(options->verb, name);
    }
    return read_value(options, o, assigned ? assigned + 1 : NULL, next, used);
}

int lwcmp_cli_options_read(struct lwcmp_cli_options *options, int argc,
                           char **argv)
{
    bool used;
    int code, i;

    for (i = 0; i < argc; i++) {
        code = read_option(options, argv[i], i + 1 < argc ? argv[i + 1] : NULL,
                           &used);
        if (code) {
            return code;
        }
        i += used;
    }
    return 0;
}
