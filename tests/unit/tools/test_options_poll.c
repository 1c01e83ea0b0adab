/* SPDX-License-Identifier: Apache-2.0 */
/* tools/lwcmp/options_check.c for poll, which shares an operation. */
#include "complaint.h"

#include "options.h"

#define WORDS_MAX 32
#define MAC "--server a --ref b --secret c "
#define SIG "--server a --cert b --key c "

/* Splits a text at blanks and reads it as the words behind a verb. */
static int read_verb(struct lwcmp_cli_options *o, unsigned verb,
                     const char *text)
{
    static char copy[2048];
    char *words[WORDS_MAX];
    int n = 0;
    char *p;

    (void)snprintf(copy, sizeof(copy), "%s", text);
    for (p = strtok(copy, " "); p && n < WORDS_MAX; p = strtok(NULL, " ")) {
        words[n++] = p;
    }
    *o = (struct lwcmp_cli_options){.verb = verb};
    return lwcmp_cli_options_read(o, n, words);
}

static const struct {
    const char *text, *word;
} polls[] = {
    {MAC "--transaction 1 --newkey d --certout e", NULL},
    {SIG "--transaction 1 --newkey d --certout e", NULL},
    {MAC "--transaction 1 --state d", NULL},
    {"--server a --transaction 1 --state d", NULL},
    {"--server a --transaction 1 --newkey d --certout e", "who asks"},
    {MAC "--state d", "which request"},
    {MAC "--transaction 1 --certout e", "--newkey"},
    {MAC "--transaction 1 --newkey e", "--certout"},
#if LWCMP_WITH_P10CR
    {MAC "--transaction 1 --csr d --certout e", NULL},
    {MAC "--transaction 1 --csr d --state e", NULL},
    {MAC "--transaction 1 --csr d", "--certout"},
    {MAC "--csr d --certout e", "which request"},
    {MAC "--transaction 1 --csr d --newkey f --certout e", "--newkey"},
    /* The identity there does not ask for what takes its place. */
    {"--server a --transaction 1 --csr d --state e", "who asks"},
#endif
};

static void test_check_poll(void **state)
{
    struct lwcmp_cli_options o;

    (void)state;
    for (size_t i = 0; i < sizeof(polls) / sizeof(polls[0]); i++) {
        assert_int_equal(read_verb(&o, LWCMP_CLI_POLL, polls[i].text), 0);
        o.operation = LWCMP_IR;
        assert_int_equal(lwcmp_cli_options_check(&o),
                         polls[i].word ? LWCMP_EXIT_USAGE : 0);
        if (polls[i].word) {
            assert_complaint(polls[i].word);
        }
        assert_int_equal(o.operation, o.csr ? LWCMP_P10CR : LWCMP_IR);
    }
    assert_int_equal(read_verb(&o, LWCMP_CLI_POLL, "--newkeyout a"),
                     LWCMP_EXIT_USAGE);
    assert_complaint("does not go with poll");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_check_poll),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
