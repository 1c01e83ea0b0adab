/* SPDX-License-Identifier: Apache-2.0 */
/* src/body_recovery.c */
#include "vectors.h"

#include "body_recovery.h"

#if LWCMP_WITH_RECOVERY
#define ACCEPTED "3003020100"
#define REJECTED        \
    "30070201020302000" \
    "1"
#define WAITING "3003020103"
#define PAIR "3008a0023000a0023000"

/* DER, error, and certificate, privateKey and caCerts as offset:length */
static const struct {
    const char *name, *der;
    int err;
    const char *certificate, *private_key, *ca_certs;
} cases[] = {
    {"one pair", "3013" ACCEPTED "a20c300a" PAIR, 0, "15:2", "19:2", "-"},
    {"granted with mods",
     "3013"
     "3003020101"
     "a20c300a" PAIR,
     0, "15:2", "19:2", "-"},
    {"with newSigCert and caCerts",
     "301d" ACCEPTED "a0023000"
     "a10430023000"
     "a20c300a" PAIR,
     0, "25:2", "29:2", "15:2"},
    {"caCerts alone of a rejection", "300f" REJECTED "a10430023000", 0, "-",
     "-", "15:2"},
    {"rejected", "3009" REJECTED, 0, "-", "-", "-"},
    {"waiting", "3005" WAITING, 0, "-", "-", "-"},
    {"nothing granted", "3005" ACCEPTED, LWCMP_ERR_STATUS, "-", "-", "-"},
    {"a pair of a rejection", "3017" REJECTED "a20c300a" PAIR, LWCMP_ERR_STATUS,
     "-", "-", "-"},
    {"a pair to wait for", "3013" WAITING "a20c300a" PAIR, LWCMP_ERR_STATUS,
     "-", "-", "-"},
    {"two pairs", "301d" ACCEPTED "a2163014" PAIR PAIR, LWCMP_ERR_STATUS, "-",
     "-", "-"},
    {"an octet behind the pair", "3014" ACCEPTED "a20d300b" PAIR "00",
     LWCMP_ERR_STATUS, "-", "-", "-"},
    {"no pair in the row", "3009" ACCEPTED "a2023000", LWCMP_ERR_SYNTAX, "-",
     "-", "-"},
    {"no status",
     "300e"
     "a20c300a" PAIR,
     LWCMP_ERR_SYNTAX, "-", "-", "-"},
    {"another order", "3019" ACCEPTED "a20c300a" PAIR "a10430023000",
     LWCMP_ERR_SYNTAX, "-", "-", "-"},
    {"another tag", "3013" ACCEPTED "a30c300a" PAIR, LWCMP_ERR_SYNTAX, "-", "-",
     "-"},
    {"a pair that is none", "300b" ACCEPTED "a20430023000", LWCMP_ERR_SYNTAX,
     "-", "-", "-"},
    {"caCerts that are none", "300b" ACCEPTED "a10430020500", LWCMP_ERR_SYNTAX,
     "-", "-", "-"},
    {"something behind", "3009" REJECTED "00", LWCMP_ERR_SYNTAX, "-", "-", "-"},
    {"nothing", "", LWCMP_ERR_SYNTAX, "-", "-", "-"},
};

static void test_cmp_5_3_8_01_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct lwcmp_bytes der = vectors_hex(cases[i].der);
        struct lwcmp_response answer;
        struct lwcmp_bytes ca_certs = {NULL, 0};

        vectors_at("%s", cases[i].name);
        CHECK_INT(lwcmp_body_recovery_read(&der, &answer, &ca_certs),
                  cases[i].err);
        if (cases[i].err == 0) {
            CHECK_PLACE(der, answer.certificate, cases[i].certificate);
            CHECK_PLACE(der, answer.private_key, cases[i].private_key);
            CHECK_PLACE(der, ca_certs, cases[i].ca_certs);
            CHECK(answer.ca_pubs.n == 0);
        }
        vectors_free(der);
    }
}

/* All that is cut off anywhere. */
static void test_truncated(void **state)
{
    static const char whole[] = "3013" ACCEPTED "a20c300a" PAIR;
    struct lwcmp_bytes der = vectors_hex(whole);

    (void)state;
    for (size_t n = 0; n < der.n; n++) {
        uint8_t *p = malloc(n + 1);
        struct lwcmp_bytes cut = {p, n};
        struct lwcmp_response answer;
        struct lwcmp_bytes ca_certs;

        vectors_at("%zu", n);
        memcpy(p, der.p, n);
        CHECK(lwcmp_body_recovery_read(&cut, &answer, &ca_certs) != 0);
        free(p);
    }
    vectors_free(der);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cmp_5_3_8_01_read),
        cmocka_unit_test(test_truncated),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "absent.h"
#endif
