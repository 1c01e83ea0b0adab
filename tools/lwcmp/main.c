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

static int show(int argc, char **argv);
static int help(int argc, char **argv);
static int version(int argc, char **argv);

/* The second column is one of those that send something, or 0. */
static const struct verb {
    const char *name;
    unsigned bit;
    int (*run)(int argc, char **argv);
} verbs[] = {
    {"enroll", LWCMP_CLI_ENROLL, NULL},
    {"initialize", LWCMP_CLI_ENROLL, NULL},
    {"ir", LWCMP_CLI_ENROLL, NULL},
    {"certify", LWCMP_CLI_CERTIFY, NULL},
    {"cr", LWCMP_CLI_CERTIFY, NULL},
    {"renew", LWCMP_CLI_RENEW, NULL},
    {"update", LWCMP_CLI_RENEW, NULL},
    {"kur", LWCMP_CLI_RENEW, NULL},
    {"p10cr", LWCMP_CLI_P10CR, NULL},
    {"pkcs10", LWCMP_CLI_P10CR, NULL},
    {"recover", LWCMP_CLI_RECOVER, NULL},
    {"krr", LWCMP_CLI_RECOVER, NULL},
    {"info", LWCMP_CLI_INFO, NULL},
    {"genm", LWCMP_CLI_INFO, NULL},
    {"cacerts", LWCMP_CLI_CACERTS, NULL},
    {"crl", LWCMP_CLI_CRL, NULL},
    {"rootupdate", LWCMP_CLI_ROOTUPDATE, NULL},
    {"template", LWCMP_CLI_TEMPLATE, NULL},
    {"revoke", LWCMP_CLI_REVOKE, NULL},
    {"rr", LWCMP_CLI_REVOKE, NULL},
    {"poll", LWCMP_CLI_POLL, NULL},
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

static int transact(unsigned bit, int argc, char **argv)
{
    struct lwcmp_cli_options options = {
        .verb = bit,
        .operation = (enum lwcmp_operation)lwcmp_cli_verb_find(bit)->operation,
        .central_key = bit == LWCMP_CLI_RECOVER,
    };
    int code = lwcmp_cli_options_read(&options, argc, argv);

    if (code) {
        return code;
    }
    if (options.help) {
        lwcmp_cli_help_verb(bit);
        return 0;
    }
    code = lwcmp_cli_options_check(&options);
    return code ? code : lwcmp_cli_transaction(&options);
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
    if (verb && verb->bit) {
        lwcmp_cli_help_verb(verb->bit);
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
    return code || verb->bit ? code : LWCMP_EXIT_STORAGE;
}

static int run(const struct verb *verb, int argc, char **argv)
{
    return verb->bit ? transact(verb->bit, argc, argv) : verb->run(argc, argv);
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
    return verb ? finish(verb, run(verb, argc - 2, argv + 2))
                : LWCMP_EXIT_USAGE;
}
