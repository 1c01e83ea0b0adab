/* SPDX-License-Identifier: Apache-2.0 */
/* tools/lwcmp/quirk_names.c */
#include "complaint.h"

#include "lwcmp/quirks.h"
#include "quirk_names.h"

static struct lwcmp_cli_options o;

/* Reads a preset and a list of quirks for an enrolment by secret. */
static int read(const char *preset, const char *quirk)
{
    o = (struct lwcmp_cli_options){.secret = "pass:x", .preset = preset};
    if (quirk) {
        o.quirk.item[o.quirk.n++] = quirk;
    }
    return lwcmp_cli_quirks_read(&o);
}

#if LWCMP_WITH_QUIRKS
static void test_presets(void **state)
{
    (void)state;
    assert_int_equal(read("LCMP", NULL), 0);
    assert_int_equal(o.quirks, 0);
    assert_false(o.hmac_sha1);
    assert_int_equal(read("legacy", NULL), 0);
    assert_int_equal(o.quirks, LWCMP_PRESET_LEGACY);
    assert_int_equal(o.hmac_sha1, LWCMP_WITH_HMAC_SHA1);
    assert_int_equal(read("legacy", "no-status-info"), 0);
    assert_int_equal(o.quirks, LWCMP_PRESET_LEGACY |
                                   (uint32_t)LWCMP_QUIRK_NO_STATUS_INFO);
    o = (struct lwcmp_cli_options){.cert = "x", .preset = "3gpp"};
    assert_int_equal(lwcmp_cli_quirks_read(&o), 0);
    assert_int_equal(o.quirks, LWCMP_PRESET_3GPP);
    o.implicit_confirm = true; /* there a certificate is confirmed */
    assert_int_equal(lwcmp_cli_quirks_read(&o), LWCMP_EXIT_USAGE);
    assert_complaint("--implicit-confirm");
}

/* Every name stands for another bit, and the help has it. */
static void test_names(void **state)
{
    static const char *const names[] = {
        "null-sender",    "signed-answers",
        "reflected-kid",  "unprotected-negative",
        "ip-for-cr",      "missing-key-usage",
        "no-status-info", "anchor-in-extra-certs"};
    const struct lwcmp_cli_option *option =
        lwcmp_cli_option_find("quirk", LWCMP_CLI_ENROLL);
    uint32_t all = 0;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        assert_int_equal(read(NULL, names[i]), 0);
        assert_int_not_equal(o.quirks, 0);
        assert_int_equal(o.quirks & (o.quirks - 1), 0);
        assert_int_equal(o.quirks & all, 0);
        all |= o.quirks;
        assert_non_null(strstr(option->help, names[i]));
    }
    assert_int_equal(all, LWCMP_PRESET_LEGACY | LWCMP_PRESET_3GPP |
                              (uint32_t)LWCMP_QUIRK_NO_STATUS_INFO);
    assert_int_equal(read(NULL, "ip-for-cr, Null-Sender"), 0);
    assert_int_equal(o.quirks, LWCMP_QUIRK_IP_FOR_CR | LWCMP_QUIRK_NULL_SENDER);
}

/* A secret and a signer go together only where answers may be signed. */
static void test_responder_of_signed_answers(void **state)
{
    (void)state;
    o = (struct lwcmp_cli_options){.secret = "pass:x", .responder = "CN=y"};
    assert_int_equal(lwcmp_cli_quirks_read(&o), LWCMP_EXIT_USAGE);
    assert_complaint("signed-answers");
    o.quirk.item[o.quirk.n++] = "signed-answers";
    assert_int_equal(lwcmp_cli_quirks_read(&o), 0);
}
#else
static void test_left_out(void **state)
{
    (void)state;
    assert_int_equal(read("legacy", NULL), LWCMP_EXIT_USAGE);
    assert_complaint("left out");
    assert_int_equal(read(NULL, "ip-for-cr"), LWCMP_EXIT_USAGE);
    assert_complaint("left out");
    assert_int_equal(read("lcmp", NULL), 0);
}
#endif

/* One line for each that has acted, and none else. */
static void test_what_has_acted(void **state)
{
    (void)state;
    notes = 0;
    lwcmp_cli_quirks_say(0);
    assert_int_equal(notes, 0);
    lwcmp_cli_quirks_say(LWCMP_QUIRK_IP_FOR_CR | LWCMP_QUIRK_NULL_SENDER);
    assert_int_equal(notes, 2);
    lwcmp_cli_quirks_say(0xffffffff);
    assert_int_equal(notes, 2 + 11);
}

static void test_wrong_names(void **state)
{
    (void)state;
    assert_int_equal(read("3GPPP", NULL), LWCMP_EXIT_USAGE);
    assert_complaint("lcmp, 3gpp or legacy");
    assert_int_equal(read("3gpp", NULL), LWCMP_EXIT_USAGE);
    assert_complaint(LWCMP_WITH_QUIRKS ? "--secret" : "left out");
    assert_int_equal(read(NULL, "ip-for-rc"), LWCMP_EXIT_USAGE);
    assert_complaint("ip-for-cr");
    assert_int_equal(read(NULL, "anything"), LWCMP_EXIT_USAGE);
    assert_complaint("help");
    assert_int_equal(read(NULL, "hmac-sha1"), LWCMP_EXIT_USAGE);
    assert_complaint("is an option: --hmac-sha1");
    assert_int_equal(read(NULL, "ip-for-cr,"), LWCMP_EXIT_USAGE);
    assert_complaint("no quirk");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#if LWCMP_WITH_QUIRKS
        cmocka_unit_test(test_presets),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_responder_of_signed_answers),
#else
        cmocka_unit_test(test_left_out),
#endif
        cmocka_unit_test(test_what_has_acted),
        cmocka_unit_test(test_wrong_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
