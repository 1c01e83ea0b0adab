/* SPDX-License-Identifier: Apache-2.0 */
/* src/pki_status.c */
#include "vectors.h"

#include "pki_status.h"

static void check_status(char *const field[], int err,
                         const struct lwcmp_status *s)
{
    CHECK_INT(err, vectors_error(field[1]));
    if (err == 0) {
        CHECK(s->present && !s->authenticated);
        CHECK_INT(s->status, strtol(field[2], NULL, 0));
        CHECK_INT(s->fail_info, strtol(field[3], NULL, 0));
        CHECK_FIELD(s->text, field[4]);
    }
}

static void check_get(char *const field[])
{
    struct lwcmp_bytes der = vectors_hex(field[0]);
    struct lwcmp_status s;

    memset(&s, 0xff, sizeof s);
    check_status(field, lwcmp_pki_status_read(&der, &s), &s);
    vectors_free(der);
}

static void test_lcp_3_6_4_02_get(void **state)
{
    (void)state;
    vectors_each("der/status.txt", 5, check_get);
}

static void check_error(char *const field[])
{
    struct lwcmp_bytes der = vectors_hex(field[0]);
    struct lwcmp_status s;

    memset(&s, 0xff, sizeof s);
    check_status(field, lwcmp_pki_error_read(&der, &s), &s);
    vectors_free(der);
}

static void test_cmp_5_3_21_01_error(void **state)
{
    (void)state;
    vectors_each("der/error.txt", 5, check_error);
}

static void check_prefixes(char *const field[])
{
    struct lwcmp_bytes der = vectors_hex(field[0]);
    struct lwcmp_status s;

    for (size_t n = 0; strcmp(field[1], "ok") == 0 && n < der.n; n++) {
        struct lwcmp_bytes prefix = vectors_copy(der.p, n);

        CHECK_INT(lwcmp_pki_status_read(&prefix, &s), LWCMP_ERR_SYNTAX);
        CHECK_INT(lwcmp_pki_error_read(&prefix, &s), LWCMP_ERR_SYNTAX);
        vectors_free(prefix);
    }
    vectors_free(der);
}

static void test_prefixes(void **state)
{
    (void)state;
    vectors_each("der/status.txt", 5, check_prefixes);
    vectors_each("der/error.txt", 5, check_prefixes);
}

/*
 * One text or more in UTF-8, with a language tag or without. Whatever they
 * say, rejected is rejected.
 */
static void test_cmp_5_1_1_02_free_text(void **state)
{
    static const struct {
        const char *text;
        int err;
    } rows[] = {
        {"30030c0161", 0},
        {"300a0c086163636570746564", 0}, /* "accepted" */
        {"30060c01610c0162", 0},
        {"300f0c0df3a08081f3a081a6f3a081a961", 0}, /* in Finnish */
        {"3000", LWCMP_ERR_SYNTAX},
        {"3003130161", LWCMP_ERR_SYNTAX},
        {"30060c0161130162", LWCMP_ERR_SYNTAX},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lwcmp_bytes text = vectors_hex(rows[i].text);
        struct lwcmp_status s;
        struct lwcmp_der_out o;
        uint8_t buffer[64];

        vectors_at("%s", rows[i].text);
        lwcmp_der_out_init(&o, buffer, sizeof buffer);
        lwcmp_der_open(&o, LWCMP_DER_SEQUENCE);
        lwcmp_der_put_int(&o, LWCMP_PKI_REJECTION);
        lwcmp_der_put_raw(&o, text.p, text.n);
        lwcmp_der_close(&o);
        CHECK_INT(lwcmp_pki_status_read(&(struct lwcmp_bytes){o.p, o.n}, &s),
                  rows[i].err);
        CHECK(rows[i].err || s.status == LWCMP_PKI_REJECTION);
        vectors_free(text);
    }
}

static void put(struct lwcmp_der_out *o, const void *accepted)
{
    lwcmp_pki_status_put(o, *(const bool *)accepted);
}

static void check_put(bool accepted, const char *hex)
{
    struct lwcmp_bytes der = vectors_hex(hex);
    struct lwcmp_status s;

    vectors_at("accepted %d", accepted);
    vectors_check_put(put, &accepted, hex);
    CHECK_INT(lwcmp_pki_status_read(&der, &s), 0);
    CHECK_INT(s.status, accepted ? LWCMP_PKI_ACCEPTED : LWCMP_PKI_REJECTION);
    CHECK_INT(s.fail_info, accepted ? 0 : 1 << 7);
    vectors_free(der);
}

/* The octets are those of pyasn1; failInfo is incorrectData (7). */
static void test_lcp_3_6_4_01_put(void **state)
{
    (void)state;
    check_put(true, "3003020100");
    check_put(false, "300702010203020001");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lcp_3_6_4_02_get),
        cmocka_unit_test(test_cmp_5_3_21_01_error),
        cmocka_unit_test(test_prefixes),
        cmocka_unit_test(test_cmp_5_1_1_02_free_text),
        cmocka_unit_test(test_lcp_3_6_4_01_put),
    };

    return cmocka_run_group_tests_name("pki_status", tests, NULL, NULL);
}
