/* SPDX-License-Identifier: Apache-2.0 */
/* tools/lwcmp/text.c, server_said.c */
#include "complaint.h"

#include "server_said.h"
#include "stream.h"
#include "text.h"

static struct lwcmp_bytes bytes_of(const char *text)
{
    return (struct lwcmp_bytes){(const uint8_t *)text, strlen(text)};
}

static const struct {
    const char *in, *out;
} texts[] = {
    {"", ""},
    {"plain ~", "plain ~"},
    {"\xc3\xa4 \xe2\x82\xac \xf0\x9f\x99\x82",
     "\xc3\xa4 \xe2\x82\xac \xf0\x9f\x99\x82"},
    {"\x1b[31m", "\\x1b[31m"},
    {"a\rb\tc\x7f", "a\\x0db\\x09c\\x7f"},
    {"a\nb", "a\\x0ab"},
    {"\xc2\x9b", "\\xc2\\x9b"},          /* CSI in one character */
    {"\xe2\x80\xae", "\\xe2\\x80\\xae"}, /* right-to-left override */
    {"\xef\xbb\xbf", "\\xef\\xbb\\xbf"}, /* byte order mark */
    {"\xff\xfe", "\\xff\\xfe"},
    {"\xc3", "\\xc3"},          /* cut off */
    {"\xc0\x80", "\\xc0\\x80"}, /* not the shortest form */
    {"\xe0\x9f\xbf", "\\xe0\\x9f\\xbf"},
    {"\xed\xa0\x80", "\\xed\\xa0\\x80"},          /* surrogate */
    {"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"}, /* beyond the last */
    {"\xc3(", "\\xc3("},
};

static void test_print(void **state)
{
    FILE *f;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        f = stream_begin();
        lwcmp_cli_print(f, bytes_of(texts[i].in), false);
        assert_wrote(f, texts[i].out);
    }
    f = stream_begin();
    lwcmp_cli_print(f, bytes_of("a\nb\r"), true);
    assert_wrote(f, "a\nb\\x0d");
}

static void test_server_said(void **state)
{
    struct lwcmp_status status = {0};
    FILE *f;

    (void)state;
    f = stream_begin();
    lwcmp_cli_server_said(f, &status);
    status.present = true;
    lwcmp_cli_server_said(f, &status); /* accepted */
    assert_wrote(f, "");

    status.status = 2;
    status.fail_info = 1u << 9 | 1u << 19;
    status.text = bytes_of("no\x1b");
    f = stream_begin();
    lwcmp_cli_server_said(f, &status);
    assert_wrote(f, "The server said: rejection, badPOP, badCertTemplate: "
                    "no\\x1b (not authenticated)\n");

    status.authenticated = true;
    status.fail_info = 1u << 26 | 1u << 0;
    status.text = bytes_of("");
    f = stream_begin();
    lwcmp_cli_server_said(f, &status);
    assert_wrote(f, "The server said: rejection, badAlg, duplicateCertReq\n");
}

static void test_advice(void **state)
{
    (void)state;
    assert_null(lwcmp_cli_advise_fail_info(0, true));
    assert_null(lwcmp_cli_advise_fail_info(1u << 9, true));
    assert_non_null(strstr(lwcmp_cli_advise_fail_info(1u << 1, true), "--ref"));
    assert_non_null(
        strstr(lwcmp_cli_advise_fail_info(1u << 1, false), "trusts"));
    assert_non_null(
        strstr(lwcmp_cli_advise_fail_info(1u << 9 | 1u << 3, true), "clock"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_print),
        cmocka_unit_test(test_server_said),
        cmocka_unit_test(test_advice),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
