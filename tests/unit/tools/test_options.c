/* SPDX-License-Identifier: Apache-2.0 */
/* tools/lwcmp/options.c, options_check.c, nearest.c */
#include "complaint.h"

#include "options.h"

#define WORDS_MAX 32

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

static int read(struct lwcmp_cli_options *o, enum lwcmp_operation operation,
                const char *text)
{
    int code = read_verb(o, lwcmp_cli_verb_bit(operation), text);

    o->operation = operation;
    return code;
}

static int check(enum lwcmp_operation operation, const char *text)
{
    struct lwcmp_cli_options o;

    assert_int_equal(read(&o, operation, text), 0);
    return lwcmp_cli_options_check(&o);
}

static void test_forms(void **state)
{
    struct lwcmp_cli_options o;

    (void)state;
    assert_int_equal(read(&o, LWCMP_IR,
                          "--server a --ref=b=c -secret pass:d -out=e "
                          "--san f --san g -v"),
                     0);
    assert_string_equal(o.server, "a");
    assert_string_equal(o.ref, "b=c");
    assert_string_equal(o.secret, "pass:d");
    assert_string_equal(o.certout, "e");
    assert_int_equal(o.san.n, 2);
    assert_string_equal(o.san.item[0], "f");
    assert_string_equal(o.san.item[1], "g");
    assert_true(o.verbose);
    assert_false(o.quiet);
    assert_int_equal(read(&o, LWCMP_IR, "--url a"), 0);
    assert_string_equal(o.server, "a");
    assert_int_equal(read(&o, LWCMP_IR, "--ref=--x --subject -y"), 0);
    assert_string_equal(o.ref, "--x");
    assert_string_equal(o.subject, "-y");
}

static const struct {
    enum lwcmp_operation operation;
    const char *text, *word;
} unread[] = {
    {LWCMP_IR, "--sever a", "did you mean --server?"},
    {LWCMP_IR, "--sever=a", "did you mean --server?"},
    {LWCMP_IR, "-servr a", "did you mean --server?"},
    {LWCMP_IR, "--key-useage a", "did you mean --key-usage?"},
    {LWCMP_IR, "--truested a", "did you mean --trusted?"},
    {LWCMP_IR, "--frobnicate", "lwcmp help enroll"},
    {LWCMP_KUR, "--frobnicate", "lwcmp help renew"},
    {LWCMP_IR, "---server a", "two dashes"},
    {LWCMP_IR, "server a", "two dashes"},
    {LWCMP_IR, "--server=a b", "\"b\""},
    {LWCMP_IR, "-", "two dashes"},
    {LWCMP_IR, "--", "two dashes"},
    {LWCMP_IR, "--=a", "two dashes"},
    {LWCMP_IR, "--server", "needs a value"},
    {LWCMP_IR, "--server --ref a", "needs a value"},
    {LWCMP_IR, "--server=", "empty"},
    {LWCMP_IR, "--server a --server b", "twice"},
    {LWCMP_IR, "--server a --url b", "twice"},
    {LWCMP_IR, "--verbose=yes", "no value"},
    {LWCMP_KUR, "--subject CN=a", "does not go with renew"},
    {LWCMP_KUR, "--san a", "does not go with renew"},
    {LWCMP_KUR, "--ref a", "does not go with renew"},
    {LWCMP_CR, "--learn-anchors", "does not go with certify"},
    {LWCMP_P10CR, "--subject CN=a", "does not go with p10cr"},
    {LWCMP_P10CR, "--newkey a", "does not go with p10cr"},
    {LWCMP_P10CR, "--learn-anchors", "does not go with p10cr"},
    {LWCMP_IR, "--cert-req-id-0", "does not go with enroll"},
    {LWCMP_GENM, "--certout a", "does not go with info"},
    {LWCMP_GENM, "--newkeyout a", "does not go with info"},
    {LWCMP_IR, "--info a", "does not go with enroll"},
    {LWCMP_RR, "--newkey a", "does not go with revoke"},
    {LWCMP_IR, "--transaction a", "does not go with enroll"},
    {LWCMP_IR,
     "--san a --san a --san a --san a --san a --san a --san a --san a --san=a "
     "--san=a --san=a --san=a --san=a --san=a --san=a --san=a --san=a",
     "more than 16"},
};

static void test_unread(void **state)
{
    struct lwcmp_cli_options o;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(unread) / sizeof(unread[0]); i++) {
        assert_int_equal(read(&o, unread[i].operation, unread[i].text),
                         LWCMP_EXIT_USAGE);
        assert_complaint(unread[i].word);
    }
}

#define MAC "--server a --ref b --secret c "
#define SIG "--server a --cert b --key c "
#define OUT "--newkeyout d --certout e "

static const struct {
    enum lwcmp_operation operation;
    const char *text, *word; /* NULL: they go together */
} sets[] = {
    {LWCMP_IR, MAC OUT, NULL},
    {LWCMP_IR, SIG OUT, NULL},
    {LWCMP_CR, MAC OUT, NULL},
    {LWCMP_CR, SIG "--newkey d --certout e", NULL},
    {LWCMP_IR, MAC "--state d", NULL},
    {LWCMP_IR, MAC "--newkeyout d --state e", NULL},
    {LWCMP_KUR, "--server a --state d", NULL},
    {LWCMP_KUR, SIG OUT, NULL},
    {LWCMP_IR, MAC OUT "--keytype P384 --timeout 1 --iterations 100", NULL},
    {LWCMP_IR, MAC OUT "--learn-anchors", NULL},
    {LWCMP_IR, "--ref b --secret c " OUT, "--server"},
    {LWCMP_IR, "--server a " OUT, "who asks"},
    {LWCMP_IR, "--server a --state d", "who asks"},
    {LWCMP_KUR, "--server a " OUT, "what to renew"},
    {LWCMP_IR, "--server a --ref b " OUT, "needs --secret"},
    {LWCMP_IR, "--server a --secret b " OUT, "needs --ref"},
    {LWCMP_IR, "--server a --cert b " OUT, "needs --key"},
    {LWCMP_IR, "--server a --key b " OUT, "needs --cert"},
    {LWCMP_IR, MAC OUT "--chain f", "needs --cert"},
#if LWCMP_WITH_TLS
    {LWCMP_IR, MAC OUT "--tls-trusted f --tls-trusted g --tls-host h", NULL},
    {LWCMP_IR, MAC OUT "--tls-cert f --tls-key g --tls-key-pass h", NULL},
    {LWCMP_IR, MAC OUT "--tls-cert f", "needs --tls-key"},
    {LWCMP_IR, MAC OUT "--tls-key f", "needs --tls-cert"},
    {LWCMP_IR, MAC OUT "--tls-key-pass f", "needs --tls-key"},
    {LWCMP_IR, MAC "--newkeyout d --certout f --tls-cert g --tls-key f",
     "two things"},
    {LWCMP_IR, MAC "--newkeyout d --certout f --tls-cert f --tls-key g",
     "two things"},
#endif
    {LWCMP_IR, MAC OUT "--cert f --key g", "excludes"},
    {LWCMP_IR, MAC "--certout e", "--newkeyout"},
    {LWCMP_IR, MAC "--newkeyout d", "--certout"},
    {LWCMP_IR, MAC OUT "--newkey f", "excludes"},
    {LWCMP_IR, MAC "--newkey d --certout e --keytype p256", "excludes"},
    {LWCMP_IR, MAC OUT "--label --no-label", "excludes"},
    {LWCMP_IR, MAC OUT "-v -q", "excludes"},
    {LWCMP_IR, MAC OUT "--responder a --responder-cert b", "excludes"},
    {LWCMP_IR, SIG OUT "--learn-anchors", "needs --secret"},
    {LWCMP_IR, SIG OUT "--iterations 1000", "needs --secret"},
    {LWCMP_IR, MAC OUT "--keytype rsa", "p256"},
    {LWCMP_IR, MAC OUT "--timeout 0", "from 1"},
    {LWCMP_IR, MAC OUT "--timeout 1x", "number"},
    {LWCMP_IR, MAC OUT "--timeout -1", "number"},
    {LWCMP_IR, MAC OUT "--timeout 99999999999999999999", "number"},
    {LWCMP_IR, MAC OUT "--iterations 99", "from 100"},
    {LWCMP_IR, MAC "--newkeyout d --certout d", "two things"},
    {LWCMP_IR, MAC "--newkey d --certout d", "two things"},
    {LWCMP_IR, SIG "--newkeyout d --certout c", "two things"},
    {LWCMP_IR, MAC OUT "--chainout e", "two things"},
    {LWCMP_IR, SIG "--newkeyout d --certout e --responder-cert e",
     "two things"},
#if LWCMP_WITH_P10CR
    {LWCMP_P10CR, MAC "--csr a --certout e", NULL},
    {LWCMP_P10CR, SIG "--csr a --state e --cert-req-id-0", NULL},
    {LWCMP_P10CR, MAC "--certout e", "--csr"},
    {LWCMP_P10CR, MAC "--csr a", "--certout"},
    {LWCMP_P10CR, "--server a --csr a --state e", "who asks"},
    {LWCMP_P10CR, MAC "--csr a --certout a", "two things"},
    {LWCMP_IR, MAC OUT "--csr a", NULL},
    {LWCMP_CR, MAC "--newkey d --certout e --csr a", NULL},
    {LWCMP_IR, MAC OUT "--csr a --subject CN=b", "excludes"},
    {LWCMP_IR, MAC OUT "--csr a --san b", "excludes"},
    {LWCMP_CR, MAC OUT "--csr a --key-usage b", "excludes"},
    {LWCMP_CR, MAC OUT "--csr a --ext-key-usage b", "excludes"},
#else
    {LWCMP_P10CR, MAC "--csr a --certout e", "LWCMP_WITH_P10CR"},
    {LWCMP_IR, MAC OUT "--csr a", "LWCMP_WITH_P10CR"},
#endif
#if LWCMP_WITH_GENM
    {LWCMP_GENM, MAC "--info a", NULL},
    {LWCMP_GENM, SIG "--info a --value d --infoout e", NULL},
    {LWCMP_GENM, "--server a --state b --info c", NULL},
    {LWCMP_GENM, MAC, "what to ask for"},
    {LWCMP_GENM, "--server a --info c", "who asks"},
    {LWCMP_GENM, "--state a --info c", "--server"},
    {LWCMP_GENM, MAC "--info a --value d --infoout d", "two things"},
#endif
#if LWCMP_WITH_RR
    {LWCMP_RR, SIG, NULL},
    {LWCMP_RR, SIG "--revoke c --reason 4", NULL},
    {LWCMP_RR, SIG "--issuer c --serial d", NULL},
    {LWCMP_RR, MAC "--revoke d", NULL},
    {LWCMP_RR, "--server a --state b", NULL},
    {LWCMP_RR, "--server a", "who asks"},
    {LWCMP_RR, MAC, "which certificate"},
    {LWCMP_RR, SIG "--issuer c", "needs --serial"},
    {LWCMP_RR, SIG "--serial c", "needs --issuer"},
    {LWCMP_RR, SIG "--revoke c --issuer d --serial e", "excludes"},
#else
    {LWCMP_RR, SIG "--revoke c", "LWCMP_WITH_RR"},
#endif
};

static void test_check(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
        if (!sets[i].word) {
            assert_int_equal(check(sets[i].operation, sets[i].text), 0);
            continue;
        }
        assert_int_equal(check(sets[i].operation, sets[i].text),
                         LWCMP_EXIT_USAGE);
        assert_complaint(sets[i].word);
    }
}

#define RECORD "--server a --ref b --secret c --subject CN=d "

static const struct {
    const char *text, *word; /* NULL: they go together */
} records[] = {
    {RECORD "--trusted e --out f", NULL},
    {RECORD "--learn-anchors --out f --keep-secret --implicit-confirm", NULL},
    {RECORD "--trusted e --out f --block-size 64", NULL},
    {RECORD "--trusted e --out f --block-size 262144", NULL},
    {RECORD "--out f", "whom the device trusts"},
    {RECORD "--trusted e", "--out"},
    {"--ref b --secret c --subject CN=d --trusted e --out f", "--server"},
    {"--server a --subject CN=d --trusted e --out f", "--secret"},
    {"--server a --secret c --subject CN=d --trusted e --out f", "needs --ref"},
    {"--server a --ref b --secret c --trusted e --out f", "--subject"},
    {RECORD "--trusted e --out f --label --no-label", "excludes"},
    {RECORD "--trusted e --out f --block-size 63", "from 64"},
    {RECORD "--trusted e --out f --block-size 262145", "to 262144"},
    {RECORD "--trusted e --out f --block-size 4k", "number"},
};

static void test_record(void **state)
{
    struct lwcmp_cli_options o;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(records) / sizeof(records[0]); i++) {
        assert_int_equal(read_verb(&o, LWCMP_CLI_FACTORY_PACK, records[i].text),
                         0);
        assert_int_equal(lwcmp_cli_options_check(&o),
                         records[i].word ? LWCMP_EXIT_USAGE : 0);
        if (records[i].word) {
            assert_complaint(records[i].word);
        }
    }
}

/* Each verb has options of its own, which may share a name. */
static void test_options_of_the_factory(void **state)
{
    struct lwcmp_cli_options o;

    (void)state;
    assert_int_equal(read_verb(&o, LWCMP_CLI_FACTORY_PACK, "--out a --url b"),
                     0);
    assert_string_equal(o.out, "a");
    assert_string_equal(o.server, "b");
    assert_null(o.certout);
    assert_int_equal(read(&o, LWCMP_IR, "--out a"), 0);
    assert_string_equal(o.certout, "a");
    assert_null(o.out);
    assert_int_equal(read_verb(&o, LWCMP_CLI_FACTORY_PACK, "--certout a"),
                     LWCMP_EXIT_USAGE);
    assert_complaint("does not go with factory pack");
    assert_int_equal(read_verb(&o, LWCMP_CLI_FACTORY_SHOW, "--out a"),
                     LWCMP_EXIT_USAGE);
    assert_complaint("does not go with factory show");
    assert_int_equal(read_verb(&o, LWCMP_CLI_FACTORY_PACK, "--keep-secrt"),
                     LWCMP_EXIT_USAGE);
    assert_complaint("did you mean --keep-secret?");
    assert_int_equal(read(&o, LWCMP_IR, "--keep-secret"), LWCMP_EXIT_USAGE);
    assert_complaint("does not go with enroll");
    assert_int_equal(read_verb(&o, LWCMP_CLI_FACTORY_SHOW, ""), 0);
    assert_int_equal(lwcmp_cli_options_check(&o), 0);
    assert_int_equal(o.block_size, 4096);
}

static const struct {
    unsigned verb;
    const char *text, *word; /* NULL: they go together */
} questions[] = {
#if LWCMP_WITH_GENM
    {LWCMP_CLI_CACERTS, MAC, NULL},
    {LWCMP_CLI_CACERTS, SIG "--out d", NULL},
    {LWCMP_CLI_ROOTUPDATE, "--server a --state b", NULL},
    {LWCMP_CLI_ROOTUPDATE, MAC "--anchorsout d --oldroot e", NULL},
    {LWCMP_CLI_ROOTUPDATE, MAC, "where the new root goes"},
    {LWCMP_CLI_ROOTUPDATE, MAC "--anchorsout d --oldroot d", "two things"},
#if LWCMP_WITH_CERT_PROFILE
    {LWCMP_CLI_TEMPLATE, MAC "--out d --profile e", NULL},
#endif
    {LWCMP_CLI_TEMPLATE, "--server a", "who asks"},
#else
    {LWCMP_CLI_CACERTS, MAC, "LWCMP_WITH_GENM"},
    {LWCMP_CLI_ROOTUPDATE, "--server a --state b", "LWCMP_WITH_GENM"},
#endif
};

static void test_questions(void **state)
{
    struct lwcmp_cli_options o;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(questions) / sizeof(questions[0]); i++) {
        assert_int_equal(read_verb(&o, questions[i].verb, questions[i].text),
                         0);
        o.operation = LWCMP_GENM;
        assert_int_equal(lwcmp_cli_options_check(&o),
                         questions[i].word ? LWCMP_EXIT_USAGE : 0);
        if (questions[i].word) {
            assert_complaint(questions[i].word);
        }
    }
    assert_int_equal(read_verb(&o, LWCMP_CLI_CACERTS, "--profile a"),
                     LWCMP_EXIT_USAGE);
    assert_complaint("does not go with cacerts");
#if LWCMP_WITH_GENM && LWCMP_WITH_CERT_PROFILE
    assert_int_equal(check(LWCMP_IR, MAC OUT "--template f --profile g"), 0);
#endif
}

/* Nothing is tried without an address. */
static void test_lcp_3_4_01_server(void **state)
{
    (void)state;
    assert_int_equal(check(LWCMP_IR, "--ref b --secret c " OUT),
                     LWCMP_EXIT_USAGE);
    assert_complaint("--server");
    assert_int_equal(check(LWCMP_KUR, "--state d"), LWCMP_EXIT_USAGE);
    assert_complaint("--server");
}

static void test_numbers(void **state)
{
    struct lwcmp_cli_options o;

    (void)state;
    assert_int_equal(read(&o, LWCMP_IR, MAC OUT), 0);
    assert_int_equal(lwcmp_cli_options_check(&o), 0);
    assert_int_equal(o.timeout, 30);
    assert_int_equal(o.iterations, 0);
    assert_int_equal(o.key_type, LWCMP_EC_P256);
    assert_int_equal(read(&o, LWCMP_IR,
                          MAC OUT "--timeout 7 --iterations 2000 "
                                  "--keytype p384"),
                     0);
    assert_int_equal(lwcmp_cli_options_check(&o), 0);
    assert_int_equal(o.timeout, 7);
    assert_int_equal(o.iterations, 2000);
    assert_int_equal(o.key_type, LWCMP_EC_P384);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_unread),
        cmocka_unit_test(test_check),
        cmocka_unit_test(test_lcp_3_4_01_server),
        cmocka_unit_test(test_record),
        cmocka_unit_test(test_options_of_the_factory),
        cmocka_unit_test(test_questions),
        cmocka_unit_test(test_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
