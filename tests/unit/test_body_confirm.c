/* SPDX-License-Identifier: Apache-2.0 */
/* src/body_confirm.c */
#include "vectors.h"

#include "body_confirm.h"

struct confirm {
    bool accepted;
    struct lwcmp_bytes hash;
};

static void put(struct lwcmp_der_out *o, const void *confirm)
{
    const struct confirm *c = confirm;

    lwcmp_body_confirm_put(o, c->hash, c->accepted);
}

#define HASH_16 "000102030405060708090a0b0c0d0e0f"
#define HASH_32 HASH_16 HASH_16
#define HASH_64 HASH_32 HASH_32

/*
 * certReqId 0, statusInfo always, failInfo only with rejection, no hashAlg.
 * The octets are those of pyasn1.
 */
static void test_lcp_4_1_1_28_put(void **state)
{
    struct lwcmp_bytes hash = vectors_hex(HASH_64);
    const struct confirm accepted = {true, {hash.p, 32}};
    const struct confirm rejected = {false, {hash.p, 32}};
    const struct confirm longer = {true, hash};

    (void)state;
    vectors_at("accepted");
    vectors_check_put(put, &accepted,
                      "302c302a0420" HASH_32 "0201003003020100");
    vectors_at("rejected");
    vectors_check_put(put, &rejected,
                      "3030302e0420" HASH_32 "020100300702010203020001");
    vectors_at("hash of 64 octets");
    vectors_check_put(put, &longer, "304c304a0440" HASH_64 "0201003003020100");
    vectors_free(hash);
}

/* What has no hash is rejected by an empty CertConfirmContent. */
static void test_cmp_5_3_18_01_put_without_hash(void **state)
{
    static const struct confirm absent;

    (void)state;
    vectors_at("no hash");
    vectors_check_put(put, &absent, "3000");
}

#if LWCMP_WITH_P10CR
static void put_of(struct lwcmp_der_out *o, const void *confirm)
{
    const struct confirm *c = confirm;

    lwcmp_body_confirm_put_of(o, &c->hash,
                              c->accepted ? LWCMP_VERDICT_ACCEPTED
                                          : LWCMP_VERDICT_REJECTED,
                              0xff, LWCMP_HASH_NONE);
}

/* certReqId -1, as in the cp that it answers. */
static void test_lcp_4_1_4_02_put_of(void **state)
{
    struct lwcmp_bytes hash = vectors_hex(HASH_32);
    const struct confirm accepted = {true, hash};
    const struct confirm rejected = {false, hash};

    (void)state;
    vectors_at("-1, accepted");
    vectors_check_put(put_of, &accepted,
                      "302c302a0420" HASH_32 "0201ff3003020100");
    vectors_at("-1, rejected");
    vectors_check_put(put_of, &rejected,
                      "3030302e0420" HASH_32 "0201ff300702010203020001");
    vectors_free(hash);
}
#endif

#if LWCMP_WITH_CUSTOM_SIG
static void put_by_sha256(struct lwcmp_der_out *o, const void *confirm)
{
    const struct confirm *c = confirm;

    lwcmp_body_confirm_put_of(o, &c->hash,
                              c->accepted ? LWCMP_VERDICT_ACCEPTED
                                          : LWCMP_VERDICT_REJECTED,
                              0, LWCMP_SHA256);
}

static void put_by_sha512(struct lwcmp_der_out *o, const void *confirm)
{
    const struct confirm *c = confirm;

    lwcmp_body_confirm_put_of(o, &c->hash,
                              c->accepted ? LWCMP_VERDICT_ACCEPTED
                                          : LWCMP_VERDICT_REJECTED,
                              0, LWCMP_SHA512);
}

/* hashAlg [0] EXPLICIT, at the end. The octets are those of pyasn1. */
static void test_lcp_4_1_1_26_put_hash_alg(void **state)
{
    struct lwcmp_bytes hash = vectors_hex(HASH_64);
    const struct confirm accepted = {true, {hash.p, 32}};
    const struct confirm rejected = {false, hash};

    (void)state;
    vectors_at("SHA-256");
    vectors_check_put(put_by_sha256, &accepted,
                      "303b30390420" HASH_32 "0201003003020100"
                      "a00d300b0609608648016503040201");
    vectors_at("SHA-512, rejected");
    vectors_check_put(put_by_sha512, &rejected,
                      "305f305d0440" HASH_64 "020100300702010203020001"
                      "a00d300b0609608648016503040203");
    vectors_free(hash);
}
#endif

static void test_pkiconf(void **state)
{
    static const struct {
        const char *hex;
        int err;
    } rows[] = {
        {"0500", 0},
        {"", LWCMP_ERR_SYNTAX},
        {"05", LWCMP_ERR_SYNTAX},
        {"0501", LWCMP_ERR_SYNTAX},
        {"050100", LWCMP_ERR_SYNTAX},
        {"058100", LWCMP_ERR_SYNTAX},
        {"05800000", LWCMP_ERR_SYNTAX},
        {"05000500", LWCMP_ERR_SYNTAX},
        {"050000", LWCMP_ERR_SYNTAX},
        {"3000", LWCMP_ERR_SYNTAX},
        {"30020500", LWCMP_ERR_SYNTAX},
        {"020100", LWCMP_ERR_SYNTAX},
        {"2500", LWCMP_ERR_SYNTAX},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lwcmp_bytes der = vectors_hex(rows[i].hex);

        vectors_at("'%s'", rows[i].hex);
        CHECK_INT(lwcmp_body_pkiconf_read(&der), rows[i].err);
        vectors_free(der);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lcp_4_1_1_28_put),
        cmocka_unit_test(test_cmp_5_3_18_01_put_without_hash),
#if LWCMP_WITH_CUSTOM_SIG
        cmocka_unit_test(test_lcp_4_1_1_26_put_hash_alg),
#endif
        cmocka_unit_test(test_pkiconf),
#if LWCMP_WITH_P10CR
        cmocka_unit_test(test_lcp_4_1_4_02_put_of),
#endif
    };

    return cmocka_run_group_tests_name("body_confirm", tests, NULL, NULL);
}
