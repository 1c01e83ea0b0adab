/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How the program ends. Functions of the program return 0 or one of these,
 * and whoever finds out what is wrong says so.
 */
#ifndef LWCMP_CLI_FAIL_H
#define LWCMP_CLI_FAIL_H

enum lwcmp_cli_exit {
    LWCMP_EXIT_DONE = 0,
    LWCMP_EXIT_INTERNAL = 1,
    LWCMP_EXIT_USAGE = 2,
    LWCMP_EXIT_WAITING = 4,
    LWCMP_EXIT_NETWORK = 10,
    LWCMP_EXIT_HTTP = 12,
    LWCMP_EXIT_REJECTED = 20,
    LWCMP_EXIT_NOT_AUTHENTIC = 21,
    LWCMP_EXIT_PATH = 22,
    LWCMP_EXIT_CERTIFICATE = 23,
    LWCMP_EXIT_STORAGE = 30
};

/* Says it on stderr and returns the code. */
int lwcmp_cli_fail(int code, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Says something on stderr that is no failure. */
void lwcmp_cli_note(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

#endif
