/* SPDX-License-Identifier: Apache-2.0 */
/* tools/lwcmp/info_name.c */
#include "complaint.h"

#include "info_name.h"
#include "stream.h"

static const struct {
    const char *text, *printed; /* NULL: this is none */
    uint8_t n;
} names[] = {
    {"caCerts", "1.3.6.1.5.5.7.4.17 (caCerts)", 10},
    {"CACERTS", "1.3.6.1.5.5.7.4.17 (caCerts)", 10},
    {"1.3.6.1.5.5.7.4.20", "1.3.6.1.5.5.7.4.20 (rootCaCert)", 10},
    {"crls", "1.3.6.1.5.5.7.4.23 (crls)", 10},
    {"1.3.6.1.5.5.7.4.99", "1.3.6.1.5.5.7.4.99", 10},
    {"1.3.6.1.5.5.7.3.17", "1.3.6.1.5.5.7.3.17", 10},
    {"1.3.6.1.5.5.7.4.17.1", "1.3.6.1.5.5.7.4.17.1", 11},
    {"1.2.3", "1.2.3", 4},
    {"caCert", NULL, 0},
    {"caCertss", NULL, 0},
    {"", NULL, 0},
};

static void test_names(void **state)
{
    struct lwcmp_der_out o;
    uint8_t room[32];
    FILE *f;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        lwcmp_der_out_init(&o, room, sizeof(room));
        assert_int_equal(lwcmp_cli_info_name_put(&o, names[i].text),
                         names[i].printed != NULL);
        if (names[i].printed) {
            assert_int_equal(o.n, names[i].n);
            f = stream_begin();
            lwcmp_cli_info_name_print(f, (struct lwcmp_bytes){room, o.n});
            assert_wrote(f, names[i].printed);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
