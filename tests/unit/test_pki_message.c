/* SPDX-License-Identifier: Apache-2.0 */
/* src/pki_message.c */
#include "vectors.h"

#include <stdio.h>

#include "body_cert.h"
#include "body_confirm.h"
#include "cert.h"

static void check_read(char *const field[])
{
    struct lwcmp_bytes der = vectors_hex(field[0]);
    struct lwcmp_message m;
    int err;

    memset(&m, 0xff, sizeof m);
    err = lwcmp_pki_message_read(&der, &m);
    CHECK_INT(err, vectors_error(field[1]));
    if (err == 0) {
        CHECK_INT(m.type, strtol(field[2], NULL, 10));
        CHECK_FIELD(m.content, field[3]);
        CHECK((m.protection.p != NULL) == (field[4][0] == '1'));
        CHECK_FIELD(m.protection, field[5]);
        CHECK_FIELD(m.extra_certs, field[6]);
    }
    vectors_free(der);
}

static void test_lcp_3_5_01_read(void **state)
{
    (void)state;
    vectors_each("der/message.txt", 7, check_read);
}

#define HEADER "020102a4023000a4023000"

/*
 * What is verified are the octets as they came; so it has to be DER. BER has
 * longer and open lengths.
 */
static void test_cmp_5_1_3_03_ber(void **state)
{
    static const struct {
        const char *message;
        int err;
    } rows[] = {
        {"3011300b" HEADER "b3020500", 0},
        {"308111300b" HEADER "b3020500", LWCMP_ERR_SYNTAX},
        {"3080300b" HEADER "b30205000000", LWCMP_ERR_SYNTAX},
        {"301230810b" HEADER "b3020500", LWCMP_ERR_SYNTAX},
        {"30133080" HEADER "0000b3020500", LWCMP_ERR_SYNTAX},
        {"3012300b" HEADER "b381020500", LWCMP_ERR_SYNTAX},
        {"3013300b" HEADER "b38005000000", LWCMP_ERR_SYNTAX},
        {"3012300b" HEADER "b303058100", LWCMP_ERR_SYNTAX},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lwcmp_bytes der = vectors_hex(rows[i].message);
        struct lwcmp_message m;

        vectors_at("%s", rows[i].message);
        CHECK_INT(lwcmp_pki_message_read(&der, &m), rows[i].err);
        if (rows[i].err == 0) {
            CHECK_PLACE(der, m.covered, "2:17");
        }
        vectors_free(der);
    }
}

static struct lwcmp_bytes recorded(const char *file)
{
    char name[64];

    snprintf(name, sizeof name, "cmp/%s", file);
    return vectors_file(name);
}

static void check_recorded(char *const field[])
{
    struct lwcmp_bytes der = recorded(field[0]);
    struct lwcmp_message m;

    CHECK_INT(lwcmp_pki_message_read(&der, &m), 0);
    CHECK_INT(m.pvno.n, 1);
    CHECK_INT(m.pvno.p[0], strtol(field[1], NULL, 10));
    CHECK_INT(m.type, strtol(field[2], NULL, 10));
    CHECK_PLACE(der, m.covered, field[3]);
    CHECK_PLACE(der, m.sender, field[4]);
    CHECK_PLACE(der, m.protection_alg, field[5]);
    CHECK_PLACE(der, m.sender_kid, field[6]);
    CHECK_PLACE(der, m.transaction_id, field[7]);
    CHECK_PLACE(der, m.sender_nonce, field[8]);
    CHECK_PLACE(der, m.recip_nonce, field[9]);
    CHECK(m.implicit_confirm == (field[10][0] == '1'));
    CHECK((m.protection.p != NULL) == (field[11][0] != '-'));
    CHECK_PLACE(der, m.protection, field[11]);
    CHECK_PLACE(der, m.extra_certs, field[12]);
    CHECK_PLACE(der, m.content, field[13]);
    vectors_free(der);
}

static void test_recorded(void **state)
{
    (void)state;
    vectors_each("der/messages.txt", 14, check_recorded);
}

/* Every prefix, and one octet too many. */
static void check_cut(char *const field[])
{
    struct lwcmp_bytes der = recorded(field[0]);
    struct lwcmp_bytes longer = vectors_copy(der.p, der.n);
    struct lwcmp_message m;

    for (size_t n = 0; n < der.n; n++) {
        struct lwcmp_bytes prefix = vectors_copy(der.p, n);

        vectors_at("%u octets of %s", (unsigned)n, field[0]);
        CHECK_INT(lwcmp_pki_message_read(&prefix, &m), LWCMP_ERR_SYNTAX);
        vectors_free(prefix);
    }
    vectors_at("%s and one octet more", field[0]);
    longer.p = realloc((void *)longer.p, der.n + 1);
    assert_non_null(longer.p);
    for (unsigned last = 0; last < 0x100; last++) {
        ((uint8_t *)longer.p)[der.n] = (uint8_t)last;
        longer.n = der.n + 1;
        CHECK_INT(lwcmp_pki_message_read(&longer, &m), LWCMP_ERR_SYNTAX);
    }
    vectors_free(longer);
    vectors_free(der);
}

static void test_lcp_3_5_01_prefixes(void **state)
{
    (void)state;
    vectors_each("der/messages.txt", 14, check_cut);
}

static bool is_within(struct lwcmp_bytes der, struct lwcmp_bytes slice)
{
    return slice.p == NULL ? slice.n == 0
                           : slice.p >= der.p && slice.n <= der.n &&
                                 slice.p + slice.n <= der.p + der.n;
}

/* Reads on into whatever the body and the certificates are. */
static void read_on(struct lwcmp_bytes der, const struct lwcmp_message *m)
{
    struct lwcmp_bytes row = m->extra_certs;
    struct lwcmp_response answer;
    struct lwcmp_prot_alg alg;
    struct lwcmp_status status;
    struct lwcmp_cert cert;
    struct lwcmp_bytes one;

    (void)lwcmp_prot_alg_read(&m->protection_alg, &alg);
    CHECK(is_within(der, alg.pbm.salt));
    if (lwcmp_body_cert_read(&m->content, &answer) == 0) {
        CHECK(is_within(der, answer.certificate));
        CHECK(is_within(der, answer.ca_pubs));
        CHECK(is_within(der, answer.status.text));
        (void)lwcmp_cert_read(&answer.certificate, &cert);
    }
    (void)lwcmp_pki_error_read(&m->content, &status);
    (void)lwcmp_body_pkiconf_read(&m->content);
    while (lwcmp_cert_next(&row, &one)) {
        CHECK(is_within(der, one));
        if (lwcmp_cert_read(&one, &cert) == 0) {
            CHECK(is_within(one, cert.ski) && is_within(one, cert.aki));
            CHECK(is_within(one, cert.spki) && is_within(one, cert.san));
        }
    }
}

static void check_mutant(struct lwcmp_bytes der)
{
    struct lwcmp_message m;

    if (lwcmp_pki_message_read(&der, &m) != 0) {
        return;
    }
    CHECK(m.type <= LWCMP_BODY_LAST);
    CHECK(is_within(der, m.covered) && is_within(der, m.content));
    CHECK(is_within(der, m.protection) && is_within(der, m.extra_certs));
    CHECK(is_within(der, m.sender) && is_within(der, m.protection_alg));
    CHECK(is_within(der, m.sender_kid) && is_within(der, m.transaction_id));
    CHECK(is_within(der, m.sender_nonce) && is_within(der, m.recip_nonce));
    read_on(der, &m);
}

/* Each octet takes each value; the sanitizers look on. */
static void test_lcp_3_5_01_mutations(void **state)
{
    static const char *const names[] = {"ir.2.der", "irpbm.2.der", "err.2.der",
                                        "irimp.2.der", "irpbm.4.der"};

    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        struct lwcmp_bytes der = recorded(names[i]);
        uint8_t *p = (uint8_t *)der.p;

        for (size_t at = 0; at < der.n; at++) {
            const uint8_t was = p[at];

            vectors_at("octet %u of %s", (unsigned)at, names[i]);
            for (unsigned value = 0; value < 0x100; value++) {
                p[at] = (uint8_t)value;
                check_mutant(der);
            }
            p[at] = was;
        }
        vectors_free(der);
    }
}

static void test_check_row(void **state)
{
    static const struct {
        const char *row;
        int err;
    } rows[] = {
        {"", LWCMP_ERR_SYNTAX},
        {"3000", 0},
        {"30003000", 0},
        {"3001", LWCMP_ERR_SYNTAX},
        {"300005", LWCMP_ERR_SYNTAX},
        {"30000500", LWCMP_ERR_SYNTAX},
        {"0500", LWCMP_ERR_SYNTAX},
        {"308000", LWCMP_ERR_SYNTAX},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lwcmp_bytes row = vectors_hex(rows[i].row);

        vectors_at("'%s'", rows[i].row);
        CHECK_INT(lwcmp_pki_check_row(row), rows[i].err);
        vectors_free(row);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lcp_3_5_01_read),
        cmocka_unit_test(test_cmp_5_1_3_03_ber),
        cmocka_unit_test(test_recorded),
        cmocka_unit_test(test_lcp_3_5_01_prefixes),
        cmocka_unit_test(test_lcp_3_5_01_mutations),
        cmocka_unit_test(test_check_row),
    };

    return cmocka_run_group_tests_name("pki_message", tests, NULL, NULL);
}
