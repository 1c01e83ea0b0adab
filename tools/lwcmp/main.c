/* SPDX-License-Identifier: Apache-2.0 */
/* lwcmp: certificates by CMP, from the command line. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/resource.h>
#include <unistd.h>

#include <mbedtls/build_info.h>

#include "factory.h"
#include "fail.h"
#include "help.h"
#include "options.h"
#include "session.h"
#include "show.h"

static int enroll(int argc, char **argv);
static int certify(int argc, char **argv);
static int renew(int argc, char **argv);
static int p10cr(int argc, char **argv);
static int show(int argc, char **argv);
static int help(int argc, char **argv);
static int version(int argc, char **argv);

/* The second column is what the help of a verb is about, 0: another. */
static const struct verb {
    const char *name;
    int operation;
    int (*run)(int argc, char **argv);
} verbs[] = {
    {"enroll", LWCMP_IR, enroll},
    {"initialize", LWCMP_IR, enroll},
    {"ir", LWCMP_IR, enroll},
    {"certify", LWCMP_CR, certify},
    {"cr", LWCMP_CR, certify},
    {"renew", LWCMP_KUR, renew},
    {"update", LWCMP_KUR, renew},
    {"kur", LWCMP_KUR, renew},
    {"p10cr", LWCMP_P10CR, p10cr},
    {"pkcs10", LWCMP_P10CR, p10cr},
    {"show", 0, show},
    {"factory", 0, lwcmp_cli_factory},
    {"help", 0, help},
    {"--help", 0, help},
    {"-h", 0, help},
    {"version", 0, version},
    {"--version", 0, version},
};
#define VERBS (sizeof(verbs) / sizeof(verbs[0]))

static const struct verb *find(const char *name)
{
    const char *names[VERBS];
    const char *nearest;
    size_t i;

    for (i = 0; i < VERBS; i++) {
        if (strcasecmp(verbs[i].name, name) == 0) {
            return &verbs[i];
        }
        names[i] = verbs[i].name;
    }
    nearest = lwcmp_cli_nearest(name, names, VERBS);
    (void)lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                         nearest ? "there is no verb %s; did you mean %s?"
                                 : "there is no verb %s; `lwcmp help` lists "
                                   "them",
                         name, nearest);
    return NULL;
}

static int transact(enum lwcmp_operation operation, int argc, char **argv)
{
    struct lwcmp_cli_options options = {.verb = lwcmp_cli_verb_bit(operation),
                                        .operation = operation};
    int code = lwcmp_cli_options_read(&options, argc, argv);

    if (code) {
        return code;
    }
    if (options.help) {
        lwcmp_cli_help_verb(operation);
        return 0;
    }
    code = lwcmp_cli_options_check(&options);
    return code ? code : lwcmp_cli_transaction(&options);
}

static int enroll(int argc, char **argv)
{
    return transact(LWCMP_IR, argc, argv);
}

static int certify(int argc, char **argv)
{
    return transact(LWCMP_CR, argc, argv);
}

static int renew(int argc, char **argv)
{
    return transact(LWCMP_KUR, argc, argv);
}

static int p10cr(int argc, char **argv)
{
    return transact(LWCMP_P10CR, argc, argv);
}

static int show(int argc, char **argv)
{
    int i, code = 0;

    if (argc == 0 || strcmp(argv[0], "--help") == 0) {
        lwcmp_cli_help_show();
        return argc == 0 ? LWCMP_EXIT_USAGE : 0;
    }
    for (i = 0; i < argc && !code; i++) {
        code = lwcmp_cli_show_file(argv[i]);
    }
    return code;
}

static int help(int argc, char **argv)
{
    const struct verb *verb = argc > 0 ? find(argv[0]) : NULL;

    if (argc > 0 && !verb) {
        return LWCMP_EXIT_USAGE;
    }
    if (verb && verb->operation) {
        lwcmp_cli_help_verb((enum lwcmp_operation)verb->operation);
    } else if (verb && verb->run == show) {
        lwcmp_cli_help_show();
    } else if (verb && verb->run == lwcmp_cli_factory) {
        lwcmp_cli_help_factory();
    } else {
        lwcmp_cli_help();
    }
    return 0;
}

static int version(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    (void)printf("lwcmp %s, %s\n", LWCMP_VERSION, MBEDTLS_VERSION_STRING_FULL);
    return 0;
}

static void prepare(void)
{
    static const struct rlimit none;
    int fd;

    /* There are secrets in our memory. */
    (void)setrlimit(RLIMIT_CORE, &none);
    /* A server that goes away is an error of send(), not our end. */
    (void)signal(SIGPIPE, SIG_IGN);
    /* The next file or socket would take the place of a closed stream. */
    do {
        fd = open("/dev/null", O_RDONLY);
    } while (fd >= 0 && fd <= STDERR_FILENO);
    (void)close(fd);
}

/* A certificate is in its place even if nobody reads so. */
static int finish(const struct verb *verb, int code)
{
    if (fflush(stdout) == 0 && !ferror(stdout)) {
        return code;
    }
    lwcmp_cli_note("stdout cannot be written");
    return code || verb->operation ? code : LWCMP_EXIT_STORAGE;
}

int main(int argc, char **argv)
{
    const struct verb *verb;

    prepare();
    if (argc < 2) {
        lwcmp_cli_help();
        return LWCMP_EXIT_USAGE;
    }
    verb = find(argv[1]);
    return verb ? finish(verb, verb->run(argc - 2, argv + 2))
                : LWCMP_EXIT_USAGE;
}
