/* SPDX-License-Identifier: Apache-2.0 */
/* tools/lwcmp/san_walk.c */
#include "complaint.h"

#include "extensions.h"
#include "san_walk.h"

/* What san.c writes, for the names to be found in. */
static struct lwcmp_bytes make(uint8_t *room, size_t cap)
{
    const struct lwcmp_cli_list list = {{"dns:a.b,ip:1.2.3.4,email:c@d"}, 1};
    struct lwcmp_der_out o;

    lwcmp_der_out_init(&o, room, cap);
    assert_int_equal(lwcmp_cli_san_put(&o, &list, true), 0);
    return (struct lwcmp_bytes){o.p, o.n};
}

static void test_walk(void **state)
{
    uint8_t room[128], tag;
    struct lwcmp_cli_names names;
    struct lwcmp_bytes content;

    (void)state;
    lwcmp_cli_names_begin(&names, make(room, sizeof(room)));
    assert_true(lwcmp_cli_names_next(&names, &tag, &content));
    assert_int_equal(tag, 0x82);
    assert_hex(content.p, content.n, "612e62");
    assert_true(lwcmp_cli_names_next(&names, &tag, &content));
    assert_int_equal(tag, 0x87);
    assert_hex(content.p, content.n, "01020304");
    assert_true(lwcmp_cli_names_next(&names, &tag, &content));
    assert_int_equal(tag, 0x81);
    assert_false(lwcmp_cli_names_next(&names, &tag, &content));
}

/* Neither nothing nor a part of it gives a name. */
static void test_damaged(void **state)
{
    uint8_t room[128], tag;
    struct lwcmp_bytes whole = make(room, sizeof(room)), content;
    struct lwcmp_cli_names names;
    uint8_t *exact;
    size_t n;

    (void)state;
    for (n = 0; n < whole.n; n++) {
        exact = malloc(n + (n == 0));
        assert_non_null(exact);
        memcpy(exact, whole.p, n);
        lwcmp_cli_names_begin(&names, (struct lwcmp_bytes){exact, n});
        assert_false(lwcmp_cli_names_next(&names, &tag, &content));
        free(exact);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_walk),
        cmocka_unit_test(test_damaged),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
