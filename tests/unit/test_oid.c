/* SPDX-License-Identifier: Apache-2.0 */
/* src/oid.c */
#include "vectors.h"

#include "oid.h"

/* The encodings are those of pyasn1. */
static const struct row {
    const char *dotted, *der;
    lwcmp_oid *oid;
} rows[] = {
    {"2.5.4.3", "0603550403", &lwcmp_oid_common_name},
    {"1.3.6.1.5.5.7.3.27", "06082b0601050507031b", &lwcmp_oid_cmc_ca},
    {"1.3.6.1.5.5.7.3.28", "06082b0601050507031c", &lwcmp_oid_cmc_ra},
    {"1.3.6.1.5.5.7.5.1.5", "06092b0601050507050105", &lwcmp_oid_old_cert_id},
    {"1.2.840.113533.7.66.13", "06092a864886f67d07420d", &lwcmp_oid_pbm},
#if LWCMP_WITH_P10CR
    {"1.2.840.113549.1.9.14", "06092a864886f70d01090e",
     &lwcmp_oid_extension_request},
#endif
};

static void test_put(void **state)
{
    uint8_t buffer[16];
    struct lwcmp_der_out o;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lwcmp_bytes due = vectors_hex(rows[i].der);

        vectors_at("%s", rows[i].dotted);
        lwcmp_der_out_init(&o, buffer, sizeof buffer);
        lwcmp_oid_put(&o, *rows[i].oid);
        CHECK_INT(o.err, 0);
        CHECK_BYTES(((struct lwcmp_bytes){o.p, o.n}), due);
        vectors_free(due);
    }
}

static void test_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lwcmp_bytes der = vectors_hex(rows[i].der);
        struct lwcmp_bytes content = {der.p + 2, der.n - 2};

        for (size_t k = 0; k < COUNT(rows); k++) {
            vectors_at("%s is %s", rows[i].dotted, rows[k].dotted);
            CHECK(lwcmp_oid_is(&content, *rows[k].oid) == (i == k));
        }
        vectors_free(der);
    }
}

/* Neither a beginning nor a continuation nor any other octet will do. */
static void test_is_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lwcmp_bytes der = vectors_hex(rows[i].der);
        uint8_t other[16];
        size_t n = der.n - 2;

        for (size_t cut = 0; cut < n; cut++) {
            struct lwcmp_bytes prefix = vectors_copy(der.p + 2, cut);

            vectors_at("%u octets of %s", (unsigned)cut, rows[i].dotted);
            CHECK(!lwcmp_oid_is(&prefix, *rows[i].oid));
            vectors_free(prefix);
            memcpy(other, der.p + 2, n);
            other[cut] ^= 1;
            CHECK(!lwcmp_oid_is(&(struct lwcmp_bytes){other, n}, *rows[i].oid));
        }
        memcpy(other, der.p + 2, n);
        other[n] = 0;
        vectors_at("%s and more", rows[i].dotted);
        CHECK(!lwcmp_oid_is(&(struct lwcmp_bytes){other, n + 1}, *rows[i].oid));
        vectors_free(der);
    }
    assert_false(lwcmp_oid_is(&(struct lwcmp_bytes){NULL, 0}, lwcmp_oid_pbm));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_put),
        cmocka_unit_test(test_is),
        cmocka_unit_test(test_is_whole),
    };

    return cmocka_run_group_tests_name("oid", tests, NULL, NULL);
}
