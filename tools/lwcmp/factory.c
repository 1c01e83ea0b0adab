/* SPDX-License-Identifier: Apache-2.0 */
#include "factory.h"

#include <string.h>

#include "fail.h"
#include "help.h"

static int read_options(struct lwcmp_cli_options *options, int argc,
                        char **argv)
{
    int code = lwcmp_cli_options_read(options, argc, argv);

    return code || options->help ? code : lwcmp_cli_options_check(options);
}

static int pack(int argc, char **argv)
{
    struct lwcmp_cli_options options = {.verb = LWCMP_CLI_FACTORY_PACK};
    int code = read_options(&options, argc, argv);

    if (!code && options.help) {
        lwcmp_cli_help_factory();
        return 0;
    }
    return code ? code : lwcmp_cli_factory_pack(&options);
}

/* The file stands in front of the options. */
static int show(int argc, char **argv)
{
    struct lwcmp_cli_options options = {.verb = LWCMP_CLI_FACTORY_SHOW};
    bool is_file = argc > 0 && argv[0][0] != '-';
    int code = read_options(&options, argc - is_file, argv + is_file);

    if (!code && options.help) {
        lwcmp_cli_help_factory();
        return 0;
    }
    if (!code && !is_file) {
        code = lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "say what to show: lwcmp factory show FILE");
    }
    return code ? code : lwcmp_cli_factory_show(&options, argv[0]);
}

int lwcmp_cli_factory(int argc, char **argv)
{
    if (argc > 0 && strcmp(argv[0], "pack") == 0) {
        return pack(argc - 1, argv + 1);
    }
    if (argc > 0 && strcmp(argv[0], "show") == 0) {
        return show(argc - 1, argv + 1);
    }
    if (argc == 0 || strcmp(argv[0], "--help") == 0) {
        lwcmp_cli_help_factory();
        return argc == 0 ? LWCMP_EXIT_USAGE : 0;
    }
    return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                          "there is no factory %s; there are factory pack and "
                          "factory show",
                          argv[0]);
}
