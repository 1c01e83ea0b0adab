/* SPDX-License-Identifier: Apache-2.0 */
/* tools/lwcmp/oid_text.c */
#include "complaint.h"

#include "oid_text.h"
#include "stream.h"

static const struct {
    const char *text, *hex; /* NULL: this is none */
} oids[] = {
    {"0.0", "060100"},
    {"1.39", "06014f"},
    {"2.5.4.3", "0603550403"},
    {"2.47", "06017f"},
    {"2.48", "06028100"},
    {"2.999", "06028837"},
    {"1.2.127", "06022a7f"},
    {"1.2.128", "06032a8100"},
    {"1.2.16383", "06032aff7f"},
    {"1.2.16384", "06042a818000"},
    {"1.2.268435455", "06052affffff7f"},
    {"1.2.268435456", "06062a8180808000"},
    {"1.2.840.113549.1.9.1", "06092a864886f70d010901"},
    {"0.9.2342.19200300.100.1.25", "060a0992268993f22c640119"},
    {"1.2.2684354560", "06062a8a80808000"},
    {"1.2.4294967295", "06062a8fffffff7f"},
    {"1.2.18446744073709551616", "060b2a82808080808080808000"},
    /* A UUID (X.667 6), and the least and the most of as many digits. */
    {"2.25.329800735698586629295641978511506172918",
     "06146983f09da7ebcfdee0c7a1a7b2c0948cc8f9d776"},
    {"2.10889035741470030830827987437816582766511",
     "0613ffffffffffffffffffffffffffffffffffff7f"},
    {"2.10889035741470030830827987437816582766512", NULL},
    {"1.2.10889035741470030830827987437816582766592", NULL},
    {"", NULL},
    {"1", NULL},
    {"1.", NULL},
    {".1", NULL},
    {"1..2", NULL},
    {"1.2.", NULL},
    {"1.40", NULL},
    {"0.40", NULL},
    {"3.1", NULL},
    {"01.2", NULL},
    {"1.02", NULL},
    {"1.2.00", NULL},
    {"1.2a", NULL},
    {"1,2", NULL},
    {"-1.2", NULL},
    {"a", NULL},
};

static void test_oid(void **state)
{
    uint8_t room[32];
    struct lwcmp_der_out o;
    size_t i, n;
    char *exact;
    FILE *f;

    (void)state;
    for (i = 0; i < sizeof(oids) / sizeof(oids[0]); i++) {
        n = strlen(oids[i].text);
        exact = malloc(n + (n == 0)); /* no zero behind it */
        assert_non_null(exact);
        memcpy(exact, oids[i].text, n);
        lwcmp_der_out_init(&o, room, sizeof(room));
        if (oids[i].hex) {
            assert_true(lwcmp_cli_oid_put(&o, exact, n));
            assert_hex(o.p, o.n, oids[i].hex);
            f = stream_begin();
            lwcmp_cli_oid_print(f, (struct lwcmp_bytes){o.p, o.n});
            assert_wrote(f, oids[i].text);
        } else {
            assert_false(lwcmp_cli_oid_put(&o, exact, n));
        }
        free(exact);
    }
}

/* Nobody has such numbers, but anybody may send them. */
static void test_too_long(void **state)
{
    static const uint8_t oid[] = {
        6,    0x16, 0x2a, 0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 3};
    FILE *f = stream_begin();

    (void)state;
    lwcmp_cli_oid_print(f, (struct lwcmp_bytes){oid, sizeof(oid)});
    assert_wrote(f, "1.2.(too long).3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_oid),
                                       cmocka_unit_test(test_too_long)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
