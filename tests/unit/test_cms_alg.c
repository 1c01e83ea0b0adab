/* SPDX-License-Identifier: Apache-2.0 */
/* src/cms_alg.c */
#include "vectors.h"

#include "cms_alg.h"

#if LWCMP_WITH_CMS
/* OIDs, what RSA, AES-CBC, AES wrap and ECDH make of them. */
static const struct {
    const char *oid;
    int rsa, cbc, wrap, ecdh;
} oids[] = {
    {"2a864886f70d010101", 1, 0, 0, 0},
    {"2a864886f70d010107", 7, 0, 0, 0},
    {"2a864886f70d010108", 8, 0, 0, 0},
    {"2a864886f70d0101", 0, 0, 0, 0},
    {"2a864886f70d01010100", 0, 0, 0, 0},
    {"6086480165030401"
     "02",
     0, 16, 0, 0},
    {"6086480165030401"
     "16",
     0, 24, 0, 0},
    {"6086480165030401"
     "2a",
     0, 32, 0, 0},
    {"6086480165030401"
     "05",
     0, 0, 16, 0},
    {"6086480165030401"
     "19",
     0, 0, 24, 0},
    {"6086480165030401"
     "2d",
     0, 0, 32, 0},
    {"6086480165030401"
     "01",
     0, 0, 0, 0}, /* AES-ECB */
    {"6086480165030401"
     "06",
     0, 0, 0, 0}, /* AES-GCM */
    {"6086480165030401"
     "3e",
     0, 0, 0, 0},
    {"6086480165030401"
     "41",
     0, 0, 0, 0},
    {"608648016503040102"
     "00",
     0, 0, 0, 0},
    {"6086480165030402"
     "02",
     0, 0, 0, 0},
    {"2b8104010b"
     "00",
     0, 0, 0, 0}, /* with SHA-224 */
    {"2b8104010b"
     "01",
     0, 0, 0, LWCMP_SHA256},
    {"2b8104010b"
     "02",
     0, 0, 0, LWCMP_SHA384},
    {"2b8104010b"
     "03",
     0, 0, 0, LWCMP_SHA512},
    {"2b8104010b"
     "04",
     0, 0, 0, 0},
    {"2b8104010e"
     "01",
     0, 0, 0, 0}, /* with a cofactor */
    {"2b810510864"
     "83f0002",
     0, 0, 0, 0}, /* with SHA-1 */
    {"", 0, 0, 0, 0},
};

static int pkcs1(const struct lwcmp_bytes *oid)
{
    unsigned number = lwcmp_cms_oid(oid);

    return number % 16 == 1 ? (int)(number / 16) : 0;
}

static int ecdh(const struct lwcmp_bytes *oid)
{
    unsigned which =
        lwcmp_cms_which(oid, LWCMP_CMS_ECDH_SHA256, LWCMP_CMS_NEXT);

    return which > 0 ? (int)(LWCMP_SHA256 - 1 + which) : 0;
}

static void test_oids(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(oids); i++) {
        struct lwcmp_bytes oid = vectors_hex(oids[i].oid);

        vectors_at("%s", oids[i].oid);
        CHECK_INT(pkcs1(&oid), oids[i].rsa);
        CHECK_INT(lwcmp_cms_aes(&oid, LWCMP_CMS_AES_CBC), oids[i].cbc);
        CHECK_INT(lwcmp_cms_aes(&oid, LWCMP_CMS_AES_WRAP), oids[i].wrap);
        CHECK_INT(ecdh(&oid), oids[i].ecdh);
        vectors_free(oid);
    }
}

/* The others, and what is none of them. */
static void test_numbers(void **state)
{
    static const struct {
        const char *oid;
        unsigned number;
    } numbers[] = {
        {"2a864886f70d010701", LWCMP_CMS_DATA},
        {"2a864886f70d010702", LWCMP_CMS_SIGNED_DATA},
        {"2a864886f70d010903", LWCMP_CMS_CONTENT_TYPE},
        {"2a864886f70d010904", LWCMP_CMS_MESSAGE_DIGEST},
        {"2a8648ce3d0201", LWCMP_CMS_EC},
        {"60864801650201024e05", LWCMP_CMS_KEY_PACKAGE},
        {"60864801650201024e", 0},
        {"2a8648ce3d0301", 0},
        {"2a864886f70d0107", 0},
        {"2a864886f70d01070100", 0},
        {"2a864886f70d010801", 0},
        {"01", 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(numbers); i++) {
        struct lwcmp_bytes oid = vectors_hex(numbers[i].oid);

        vectors_at("%s", numbers[i].oid);
        CHECK_INT(lwcmp_cms_oid(&oid), numbers[i].number);
        vectors_free(oid);
    }
}

#define SHA256 "300b0609608648016503040201"
#define SHA384 "300b0609608648016503040202"
#define SHA1 "300706052b0e03021a"

/* RSAES-OAEP-params (RFC 8017 A.2.1) */
static const struct {
    const char *der;
    uint8_t hash;
} params[] = {
    {"302b"
     "a00d" SHA256 "a11a3018"
     "06092a864886f70d010108" SHA256,
     LWCMP_SHA256},
    {"302b"
     "a00d" SHA384 "a11a3018"
     "06092a864886f70d010108" SHA384,
     LWCMP_SHA384},
    /* a label, which only shows when it does not decrypt */
    {"302f"
     "a00d" SHA256 "a11a3018"
     "06092a864886f70d010108" SHA256 "a2023000",
     LWCMP_SHA256},
    {"302b"
     "a00d" SHA256 "a11a3018"
     "06092a864886f70d010108" SHA384,
     0},
    {"302b"
     "a00d" SHA256 "a11a3018"
     "06092a864886f70d010107" SHA256,
     0},
    {"3000", 0}, /* SHA-1 */
    {"300f"
     "a00d" SHA256,
     0}, /* SHA-1 in the mask */
    {"3027"
     "a009" SHA1 "a11a3018"
     "06092a864886f70d010108" SHA256,
     0},
    {"301e"
     "a00d" SHA256 "a10d300b"
     "06092a864886f70d010108",
     0},
    {"302b"
     "a00d" SHA256 "a11a3018"
     "06092a864886f70d010108" SHA256 "00",
     0},
    {"0500", 0},
    {"", 0},
};

static void test_oaep(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(params); i++) {
        struct lwcmp_bytes der = vectors_hex(params[i].der);

        vectors_at("%s", params[i].der);
        CHECK_INT(lwcmp_cms_oaep(&der), params[i].hash);
        vectors_free(der);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_oids),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_oaep),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "absent.h"
#endif
