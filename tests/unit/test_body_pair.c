/* SPDX-License-Identifier: Apache-2.0 */
/* src/body_pair.c */
#include "vectors.h"

#include "body_pair.h"

#if LWCMP_WITH_CMS

/* DER, error, and certificate, encryptedCert, privateKey as offset:length */
static const struct {
    const char *der;
    int err;
    const char *certificate, *encrypted_cert, *private_key;
} cases[] = {
    {"3004a0023000", 0, "4:2", "-", "-"},
    {"3008a0023000a0023000", 0, "4:2", "-", "8:2"},
    {"3008a1023000a0023000", 0, "-", "4:2", "8:2"},
    {"3008a0023000a1023000", 0, "4:2", "-", "-"},
    {"300ca0023000a0023000a1023000", 0, "4:2", "-", "8:2"},
    /* BER inside is for others to read. */
    {"300aa0023000a004a0800000", 0, "4:2", "-", "8:4"},
    {"3004a1023000", 0, "-", "4:2", "-"},
    {"3000", LWCMP_ERR_SYNTAX, "-", "-", "-"},
    {"3002a000", LWCMP_ERR_SYNTAX, "-", "-", "-"},
    {"3004a2023000", LWCMP_ERR_SYNTAX, "-", "-", "-"},
    {"30023000", LWCMP_ERR_SYNTAX, "-", "-", "-"},
    {"3004a0023100", LWCMP_ERR_SYNTAX, "-", "-", "-"},
    {"3006a00430003000", LWCMP_ERR_SYNTAX, "-", "-", "-"},
    {"300aa0023000a2020000", LWCMP_ERR_SYNTAX, "-", "-", "-"},
    {"3006a0800000", LWCMP_ERR_SYNTAX, "-", "-", "-"},
};

static void test_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct lwcmp_bytes der = vectors_hex(cases[i].der);
        struct lwcmp_response pair = {.certificate = {NULL, 0}};

        vectors_at("%s", cases[i].der);
        CHECK_INT(lwcmp_body_pair_read(&der, &pair), cases[i].err);
        if (cases[i].err == 0) {
            CHECK_PLACE(der, pair.certificate, cases[i].certificate);
            CHECK_PLACE(der, pair.encrypted_cert, cases[i].encrypted_cert);
            CHECK_PLACE(der, pair.private_key, cases[i].private_key);
        }
        vectors_free(der);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "absent.h"
#endif
