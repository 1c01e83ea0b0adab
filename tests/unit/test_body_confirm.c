/* SPDX-License-Identifier: Apache-2.0 */
/* src/body_confirm.c */
#include "vectors.h"

#include "body_confirm.h"

static void check_put(bool accepted, struct lwcmp_bytes hash, const char *hex)
{
    struct lwcmp_bytes due = vectors_hex(hex);

    for (size_t cap = 0; cap <= due.n; cap++) {
        uint8_t *p = malloc(cap);
        struct lwcmp_der_out o;

        vectors_at("%s, capacity %u", hex, (unsigned)cap);
        lwcmp_der_out_init(&o, p, cap);
        lwcmp_body_confirm_put(&o, hash, accepted);
        CHECK_INT(o.err, cap < due.n ? LWCMP_ERR_BUFFER : 0);
        if (o.err == 0) {
            CHECK_BYTES(((struct lwcmp_bytes){o.p, o.n}), due);
        }
        free(p);
    }
    vectors_free(due);
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

    (void)state;
    check_put(true, (struct lwcmp_bytes){hash.p, 32},
              "302c302a0420" HASH_32 "0201003003020100");
    check_put(false, (struct lwcmp_bytes){hash.p, 32},
              "3030302e0420" HASH_32 "020100300702010203020001");
    check_put(true, (struct lwcmp_bytes){hash.p, 64},
              "304c304a0440" HASH_64 "0201003003020100");
    vectors_free(hash);
}

/* What has no hash is rejected by an empty CertConfirmContent. */
static void test_cmp_5_3_18_01_put_without_hash(void **state)
{
    const struct lwcmp_bytes absent = {NULL, 0};

    (void)state;
    check_put(false, absent, "3000");
}

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
        cmocka_unit_test(test_pkiconf),
    };

    return cmocka_run_group_tests_name("body_confirm", tests, NULL, NULL);
}
