/* SPDX-License-Identifier: Apache-2.0 */
/* tools/lwcmp/secret.c */
#include "complaint.h"

#include <unistd.h>

#include "secret.h"

static int read_source(struct lwcmp_cli_secret *secret, const char *source)
{
    memset(secret, 0xa5, sizeof(*secret));
    return lwcmp_cli_secret_read(secret, "--secret", source);
}

/* Puts the text into a pipe and reads it by the pipe's number. */
static int read_pipe(struct lwcmp_cli_secret *secret, const char *text)
{
    char source[16];
    int ends[2], code;

    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], text, strlen(text)), strlen(text));
    (void)close(ends[1]);
    (void)snprintf(source, sizeof(source), "fd:%d", ends[0]);
    code = read_source(secret, source);
    (void)close(ends[0]);
    return code;
}

static void assert_secret(const struct lwcmp_cli_secret *secret,
                          const char *text)
{
    assert_int_equal(secret->n, strlen(text));
    assert_string_equal((const char *)secret->p, text);
}

static void test_line_end(void **state)
{
    struct lwcmp_cli_secret secret;

    (void)state;
    assert_int_equal(read_pipe(&secret, "abc"), 0);
    assert_secret(&secret, "abc");
    assert_int_equal(read_pipe(&secret, "abc\n"), 0);
    assert_secret(&secret, "abc");
    assert_int_equal(read_pipe(&secret, "abc\r\n"), 0);
    assert_secret(&secret, "abc");
    assert_int_equal(read_pipe(&secret, "abc\n\n"), 0);
    assert_secret(&secret, "abc\n");
    assert_int_equal(read_pipe(&secret, " abc \r"), 0);
    assert_secret(&secret, " abc \r");
    assert_int_equal(read_pipe(&secret, "\n"), LWCMP_EXIT_USAGE);
    assert_complaint("nothing");
    assert_int_equal(read_pipe(&secret, ""), LWCMP_EXIT_USAGE);
    assert_complaint("nothing");
}

static void test_length(void **state)
{
    struct lwcmp_cli_secret secret;
    char text[300] = {0};

    (void)state;
    memset(text, 'x', 128);
    assert_int_equal(read_pipe(&secret, text), 0);
    assert_secret(&secret, text);
    text[128] = 'x';
    assert_int_equal(read_pipe(&secret, text), LWCMP_EXIT_USAGE);
    assert_complaint("too long");
}

static void test_sources(void **state)
{
    struct lwcmp_cli_secret secret;
    char path[] = "/tmp/lwcmp-test-XXXXXX";
    char source[64];
    int fd = mkstemp(path);

    (void)state;
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "in a file\n", 10), 10);
    (void)close(fd);
    (void)snprintf(source, sizeof(source), "file:%s", path);
    assert_int_equal(read_source(&secret, source), 0);
    assert_secret(&secret, "in a file");
    (void)unlink(path);
    assert_int_equal(read_source(&secret, source), LWCMP_EXIT_USAGE);
    assert_complaint(path);

    assert_int_equal(setenv("LWCMP_TEST_SECRET", "in a variable", 1), 0);
    assert_int_equal(read_source(&secret, "env:LWCMP_TEST_SECRET"), 0);
    assert_secret(&secret, "in a variable");
    (void)unsetenv("LWCMP_TEST_SECRET");
    assert_int_equal(read_source(&secret, "env:LWCMP_TEST_SECRET"),
                     LWCMP_EXIT_USAGE);
    assert_complaint("no such variable");

    assert_int_equal(read_source(&secret, "fd:"), LWCMP_EXIT_USAGE);
    assert_int_equal(read_source(&secret, "fd:x"), LWCMP_EXIT_USAGE);
    assert_int_equal(read_source(&secret, "abc"), LWCMP_EXIT_USAGE);
    assert_complaint("takes env:");
}

/* A secret on the command line is taken with a warning, and never shown. */
static void test_pass(void **state)
{
    struct lwcmp_cli_secret secret;
    char source[400] = "pass:";

    (void)state;
    notes = 0;
    assert_int_equal(read_source(&secret, "pass:abc"), 0);
    assert_secret(&secret, "abc");
    assert_int_equal(notes, 1);
    memset(source + 5, 'q', 300);
    assert_int_equal(read_source(&secret, source), LWCMP_EXIT_USAGE);
    assert_null(strstr(complaint, "qqq"));
    assert_complaint("pass:...");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_line_end),
        cmocka_unit_test(test_length),
        cmocka_unit_test(test_sources),
        cmocka_unit_test(test_pass),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
