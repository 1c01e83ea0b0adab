/* SPDX-License-Identifier: Apache-2.0 */
/* tools/lwcmp/pkcs8.c: what it writes, Mbed TLS reads. */
#include "complaint.h"

#include <psa/crypto.h>

#include "compat.h"
#include "pkcs8.h"

static void make(enum lwcmp_key_type type, struct lwcmp_cli_private_key *key)
{
    psa_key_attributes_t a = psa_key_attributes_init();
    mbedtls_svc_key_id_t id;

    psa_set_key_type(&a, type == LWCMP_RSA_2048 ? PSA_KEY_TYPE_RSA_KEY_PAIR
                                                : PSA_KEY_TYPE_ECC_KEY_PAIR(
                                                      PSA_ECC_FAMILY_SECP_R1));
    psa_set_key_bits(&a, type == LWCMP_RSA_2048  ? 2048
                         : type == LWCMP_EC_P384 ? 384
                         : type == LWCMP_EC_P521 ? 521
                                                 : 256);
    psa_set_key_usage_flags(&a, PSA_KEY_USAGE_EXPORT);
    assert_int_equal(psa_generate_key(&a, &id), PSA_SUCCESS);
    assert_int_equal(psa_export_key(id, key->d, sizeof(key->d), &key->d_n),
                     PSA_SUCCESS);
    if (type != LWCMP_RSA_2048) {
        assert_int_equal(
            psa_export_public_key(id, key->q, sizeof(key->q), &key->q_n),
            PSA_SUCCESS);
    }
    assert_int_equal(psa_destroy_key(id), PSA_SUCCESS);
    key->type = type;
}

static void assert_same(const uint8_t *pem, size_t n,
                        const struct lwcmp_cli_private_key *key)
{
    psa_key_attributes_t a = psa_key_attributes_init();
    uint8_t d[sizeof(key->d)];
    mbedtls_pk_context pk;
    mbedtls_svc_key_id_t id;

    mbedtls_pk_init(&pk);
    assert_int_equal(mbedtls_pk_parse(&pk, pem, n + 1, NULL, 0), 0);
    assert_int_equal(
        mbedtls_pk_get_psa_attributes(&pk, PSA_KEY_USAGE_SIGN_HASH, &a), 0);
    psa_set_key_usage_flags(&a, PSA_KEY_USAGE_EXPORT);
    assert_int_equal(mbedtls_pk_import_into_psa(&pk, &a, &id), 0);
    assert_int_equal(psa_export_key(id, d, sizeof(d), &n), PSA_SUCCESS);
    assert_int_equal(n, key->d_n);
    assert_memory_equal(d, key->d, n);
    assert_int_equal(psa_destroy_key(id), PSA_SUCCESS);
    mbedtls_pk_free(&pk);
}

static void test_write(void **state)
{
    static const enum lwcmp_key_type types[] = {LWCMP_EC_P256, LWCMP_EC_P384,
                                                LWCMP_EC_P521, LWCMP_RSA_2048};
    const char *begin = "-----BEGIN PRIVATE KEY-----\n";
    struct lwcmp_cli_private_key key;
    uint8_t pem[4096];
    size_t i, n, cap;

    (void)state;
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        make(types[i], &key);
        assert_int_equal(lwcmp_cli_pkcs8_write(&key, pem, sizeof(pem), &n), 0);
        assert_int_equal(strlen((char *)pem), n);
        assert_memory_equal(pem, begin, strlen(begin));
        assert_same(pem, n, &key);
        cap = n;
        assert_int_equal(lwcmp_cli_pkcs8_write(&key, pem, cap, &n),
                         LWCMP_ERR_BUFFER);
    }
    mbedtls_psa_crypto_free();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_write)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
