/* SPDX-License-Identifier: Apache-2.0 */
/* src/body_cert.c */
#include "vectors.h"

#include "body_cert.h"

static void check_read(char *const field[])
{
    struct lwcmp_bytes der = vectors_hex(field[0]);
    struct lwcmp_response answer;
    int err;

    memset(&answer, 0xff, sizeof answer);
    err = lwcmp_body_cert_read(&der, &answer);
    CHECK_INT(err, vectors_error(field[1]));
    if (err == 0) {
        CHECK(answer.status.present && !answer.status.authenticated);
        CHECK_INT(answer.status.status, strtol(field[2], NULL, 10));
        CHECK_FIELD(answer.certificate, field[3]);
        CHECK_FIELD(answer.ca_pubs, field[4]);
    }
    vectors_free(der);
}

static void test_lcp_1_8_01_lcp_4_1_1_14_lcp_4_1_1_15_read(void **state)
{
    (void)state;
    vectors_each("der/body_cert.txt", 5, check_read);
}

static void check_prefixes(char *const field[])
{
    struct lwcmp_bytes der = vectors_hex(field[0]);
    struct lwcmp_response answer;

    for (size_t n = 0; n < der.n && strcmp(field[1], "ok") == 0; n++) {
        struct lwcmp_bytes prefix = vectors_copy(der.p, n);

        CHECK_INT(lwcmp_body_cert_read(&prefix, &answer), LWCMP_ERR_SYNTAX);
        vectors_free(prefix);
    }
    vectors_free(der);
}

static void test_prefixes(void **state)
{
    (void)state;
    vectors_each("der/body_cert.txt", 5, check_prefixes);
}

struct row {
    const char *content;
    int err;
};

static void check_rows(const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct lwcmp_bytes der = vectors_hex(rows[i].content);
        struct lwcmp_response answer;

        vectors_at("%s", rows[i].content);
        CHECK_INT(lwcmp_body_cert_read(&der, &answer), rows[i].err);
        vectors_free(der);
    }
}

#if LWCMP_WITH_P10CR
/* -1 is expected: 0 is as wrong as any other number. */
static void test_lcp_4_1_4_02_read_of(void **state)
{
    static const struct row rows[] = {
        {"30123010300e0201ff30030201003004a0023000", 0},
        {"300c300a30080201ff3003020103", 0},
        {"30123010300e02010030030201003004a0023000", LWCMP_ERR_CERT_REQ_ID},
        {"30123010300e02010130030201003004a0023000", LWCMP_ERR_CERT_REQ_ID},
        {"30123010300e0201fe30030201003004a0023000", LWCMP_ERR_CERT_REQ_ID},
        {"30133011300f020200ff30030201003004a0023000", LWCMP_ERR_CERT_REQ_ID},
        {"30133011300f0202ff0030030201003004a0023000", LWCMP_ERR_CERT_REQ_ID},
        {"30133011300f0202ffff30030201003004a0023000", LWCMP_ERR_SYNTAX},
        {"300c300a30080201ff3003020100", LWCMP_ERR_STATUS},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lwcmp_bytes der = vectors_hex(rows[i].content);
        struct lwcmp_response answer;

        vectors_at("%s", rows[i].content);
        CHECK_INT(lwcmp_body_cert_read_of(&der, &answer, 0xff), rows[i].err);
        vectors_free(der);
    }
}
#endif

/* A certificate, and the same with a private key: we made that ourselves. */
static void test_lcp_4_1_1_17_private_key(void **state)
{
    static const struct row rows[] = {
        {"30123010300e02010030030201003004a0023000", 0},
        {"301b301930170201003003020100300da0023000a007a0053003020102",
         LWCMP_WITH_CMS ? 0 : LWCMP_ERR_STATUS},
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

/* "waiting"; with a certificate, with failInfo, with both. */
static void test_lcp_4_4_04_waiting(void **state)
{
    static const struct row rows[] = {
        {"300c300a30080201003003020103", 0},
        {"30123010300e02010030030201033004a0023000", LWCMP_ERR_STATUS},
        {"3011300f300d02010030080201030303060040", LWCMP_ERR_STATUS},
        {"301730153013020100300802010303030600403004a0023000",
         LWCMP_ERR_STATUS},
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

/*
 * Recorded answers. The offsets of the certificate are those that openssl
 * asn1parse shows.
 */
static void test_recorded(void **state)
{
    static const struct {
        const char *name;
        int err;
        unsigned status;
        size_t at, n;
    } rows[] = {
        {"cmp/ir.2.der", 0, LWCMP_PKI_ACCEPTED, 194, 377},
        {"cmp/kur.2.der", 0, LWCMP_PKI_ACCEPTED, 194, 377},
        {"cmp/irpbm.2.der", 0, LWCMP_PKI_ACCEPTED, 230, 377},
        {"cmp/p10.2.der", LWCMP_ERR_CERT_REQ_ID, 0, 0, 0},
        {"cmp/poll.2.der", 0, LWCMP_PKI_WAITING, 0, 0},
        {"cmp/ckg.2.der", LWCMP_WITH_CMS ? 0 : LWCMP_ERR_STATUS, 0, 194, 377},
        {"cmp/err.2.der", LWCMP_ERR_SYNTAX, 0, 0, 0},
        {"cmp/ir.4.der", LWCMP_ERR_SYNTAX, 0, 0, 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lwcmp_bytes der = vectors_file(rows[i].name);
        struct lwcmp_message m;
        struct lwcmp_response answer;

        vectors_at("%s", rows[i].name);
        CHECK_INT(lwcmp_pki_message_read(&der, &m), 0);
        CHECK_INT(lwcmp_body_cert_read(&m.content, &answer), rows[i].err);
        if (rows[i].err == 0) {
            CHECK_INT(answer.status.status, rows[i].status);
            CHECK_INT(answer.certificate.n, rows[i].n);
            CHECK(rows[i].n == 0 || answer.certificate.p == der.p + rows[i].at);
            CHECK_INT(answer.ca_pubs.n, 0);
        }
        vectors_free(der);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lcp_1_8_01_lcp_4_1_1_14_lcp_4_1_1_15_read),
        cmocka_unit_test(test_prefixes),
        cmocka_unit_test(test_lcp_4_1_1_17_private_key),
        cmocka_unit_test(test_lcp_4_4_04_waiting),
        cmocka_unit_test(test_recorded),
#if LWCMP_WITH_P10CR
        cmocka_unit_test(test_lcp_4_1_4_02_read_of),
#endif
    };

    return cmocka_run_group_tests_name("body_cert", tests, NULL, NULL);
}
