/* SPDX-License-Identifier: Apache-2.0 */
/* src/alg.c */
#include "vectors.h"

#include "alg.h"

static void check_get(char *const field[])
{
    struct lwcmp_bytes der = vectors_hex(field[1]);
    uint8_t value = 99;

    int err = lwcmp_alg_get(
        &der, (enum lwcmp_alg_kind)strtol(field[0], NULL, 10), &value);

    CHECK_INT(err, vectors_error(field[2]));
    CHECK_INT(value, err ? 0 : strtol(field[3], NULL, 10));
    vectors_free(der);
}

static void test_get(void **state)
{
    (void)state;
    vectors_each("der/alg.txt", 4, check_get);
}

/* As pyasn1 encodes what RFC 9481 names. */
static const struct {
    enum lwcmp_alg_kind kind;
    uint8_t value;
    const char *der;
} sent[] = {
    {LWCMP_ALG_HASH, LWCMP_SHA256, "300b0609608648016503040201"},
    {LWCMP_ALG_HASH, LWCMP_SHA384, "300b0609608648016503040202"},
    {LWCMP_ALG_HASH, LWCMP_SHA512, "300b0609608648016503040203"},
    {LWCMP_ALG_HMAC, LWCMP_SHA256, "300c06082a864886f70d02090500"},
    {LWCMP_ALG_HMAC, LWCMP_SHA384, "300c06082a864886f70d020a0500"},
    {LWCMP_ALG_HMAC, LWCMP_SHA512, "300c06082a864886f70d020b0500"},
    {LWCMP_ALG_SIG, LWCMP_ECDSA_SHA256, "300a06082a8648ce3d040302"},
    {LWCMP_ALG_SIG, LWCMP_ECDSA_SHA384, "300a06082a8648ce3d040303"},
    {LWCMP_ALG_SIG, LWCMP_ECDSA_SHA512, "300a06082a8648ce3d040304"},
    {LWCMP_ALG_SIG, LWCMP_RSA_SHA256, "300d06092a864886f70d01010b0500"},
    {LWCMP_ALG_SIG, LWCMP_RSA_SHA384, "300d06092a864886f70d01010c0500"},
    {LWCMP_ALG_SIG, LWCMP_RSA_SHA512, "300d06092a864886f70d01010d0500"},
};

static void test_put(void **state)
{
    uint8_t buffer[32];
    struct lwcmp_der_out o;

    (void)state;
    for (size_t i = 0; i < COUNT(sent); i++) {
        struct lwcmp_bytes due = vectors_hex(sent[i].der);

        vectors_at("kind %d, value %d", (int)sent[i].kind, sent[i].value);
        lwcmp_der_out_init(&o, buffer, sizeof buffer);
        lwcmp_alg_put(&o, sent[i].kind, sent[i].value);
        CHECK_INT(o.err, 0);
        CHECK_BYTES(((struct lwcmp_bytes){o.p, o.n}), due);
        vectors_free(due);
    }
}

/* Every value outside of the table is refused, and nothing is written. */
static void test_put_unknown(void **state)
{
    uint8_t buffer[80];
    struct lwcmp_der_out o;

    (void)state;
    for (unsigned kind = LWCMP_ALG_HASH; kind <= LWCMP_ALG_SIG; kind++) {
        unsigned n = 0;

        for (unsigned value = 0; value < 0x100; value++) {
            vectors_at("kind %u, value %u", kind, value);
            lwcmp_der_out_init(&o, buffer, sizeof buffer);
            lwcmp_alg_put(&o, (enum lwcmp_alg_kind)kind, (uint8_t)value);
            CHECK(o.err == (o.n > 0 ? 0 : LWCMP_ERR_ALGORITHM));
            n += o.n > 0;
        }
        CHECK_INT(n, kind == LWCMP_ALG_SIG ? 6 + LWCMP_WITH_PSS * 3
                     : kind == LWCMP_ALG_HMAC && LWCMP_WITH_HMAC_SHA1 ? 4
                                                                      : 3);
    }
}

static void test_sig_hash(void **state)
{
    static const struct {
        enum lwcmp_sig sig;
        enum lwcmp_hash hash;
    } rows[] = {
        {LWCMP_SIG_NONE, LWCMP_HASH_NONE},
        {LWCMP_ECDSA_SHA256, LWCMP_SHA256},
        {LWCMP_ECDSA_SHA384, LWCMP_SHA384},
        {LWCMP_ECDSA_SHA512, LWCMP_SHA512},
        {LWCMP_RSA_SHA256, LWCMP_SHA256},
        {LWCMP_RSA_SHA384, LWCMP_SHA384},
        {LWCMP_RSA_SHA512, LWCMP_SHA512},
        {LWCMP_RSA_PSS_SHA256, LWCMP_SHA256},
        {LWCMP_RSA_PSS_SHA384, LWCMP_SHA384},
        {LWCMP_RSA_PSS_SHA512, LWCMP_SHA512},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        vectors_at("signature %d", (int)rows[i].sig);
        CHECK_INT(lwcmp_alg_sig_hash(rows[i].sig), rows[i].hash);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_get),
        cmocka_unit_test(test_put),
        cmocka_unit_test(test_put_unknown),
        cmocka_unit_test(test_sig_hash),
    };

    return cmocka_run_group_tests_name("alg", tests, NULL, NULL);
}
