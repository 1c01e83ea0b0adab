/* SPDX-License-Identifier: Apache-2.0 */
/* src/pki_header.c */
#include "vectors.h"

#include <stdio.h>

#include "pki_header.h"

static int get(struct lwcmp_bytes der, struct lwcmp_message *m)
{
    memset(m, 0, sizeof *m);
    return lwcmp_pki_header_read(&der, m);
}

static void check_get(char *const field[])
{
    struct lwcmp_bytes der = vectors_hex(field[0]);
    struct lwcmp_message m;
    int err = get(der, &m);

    CHECK_INT(err, vectors_error(field[1]));
    if (err == 0) {
        CHECK_INT(lwcmp_der_number(&m.pvno), strtol(field[2], NULL, 10));
        CHECK_FIELD(m.sender, field[3]);
        CHECK_FIELD(m.protection_alg, field[4]);
        CHECK_FIELD(m.sender_kid, field[5]);
        CHECK_FIELD(m.transaction_id, field[6]);
        CHECK_FIELD(m.sender_nonce, field[7]);
        CHECK_FIELD(m.recip_nonce, field[8]);
        CHECK(m.implicit_confirm == (field[9][0] == '1'));
    }
    vectors_free(der);
}

static void test_lcp_3_1_09_lcp_3_1_24_lcp_3_5_20_get(void **state)
{
    (void)state;
    vectors_each("der/header.txt", 10, check_get);
}

static void check_prefixes(char *const field[])
{
    struct lwcmp_bytes der = vectors_hex(field[0]);
    struct lwcmp_message m;

    for (size_t n = 0; n < der.n && strcmp(field[1], "ok") == 0; n++) {
        struct lwcmp_bytes prefix = vectors_copy(der.p, n);

        CHECK_INT(get(prefix, &m), LWCMP_ERR_SYNTAX);
        vectors_free(prefix);
    }
    vectors_free(der);
}

static void test_prefixes(void **state)
{
    (void)state;
    vectors_each("der/header.txt", 10, check_prefixes);
}

/*
 * The message that an RA has changed for us, in the header of the answer: it
 * has another transactionID and grants implicitConfirm, and counts for nothing.
 */
static void test_cmp_5_1_1_03_orig_pki_message(void **state)
{
    struct lwcmp_bytes der =
        vectors_hex("304c020102a4023000a4023000a403040101"
                    "a83a3038303606082b0601050507040f302a3028"
                    "3022020102a4023000a4023000a403040102"
                    "a810300e300c06082b0601050507040d0500"
                    "b3020500");
    struct lwcmp_message m;

    (void)state;
    vectors_at("origPKIMessage");
    CHECK_INT(get(der, &m), 0);
    CHECK_FIELD(m.transaction_id, "01");
    CHECK(!m.implicit_confirm);
    vectors_free(der);
}

static void put(struct lwcmp_der_out *o, const void *header)
{
    lwcmp_pki_header_put(o, header);
}

#define BYTES(s)                            \
    {                                       \
        (const uint8_t *)(s), sizeof(s) - 1 \
    }
#define ID "00112233445566778899aabbccddeeff"
#define ID_OCTETS \
    BYTES("\x00\x11\x22\x33\x44\x55\x66\x77\x88\x99\xaa\xbb\xcc\xdd\xee\xff")
#define NONCE "0f0e0d0c0b0a09080706050403020100"
#define NONCE_OCTETS \
    BYTES("\x0f\x0e\x0d\x0c\x0b\x0a\x09\x08\x07\x06\x05\x04\x03\x02\x01\x00")
#define IMPLICIT_CONFIRM "a810300e300c06082b0601050507040d0500"
#define ECDSA "a10c300a06082a8648ce3d040302"

static const struct lwcmp_bytes absent;
static const struct lwcmp_bytes null_dn = BYTES("\x30\x00");

static const struct lwcmp_prot_alg ecdsa = {.kind = LWCMP_PROT_SIG,
                                            .sig = LWCMP_ECDSA_SHA256};

/* pvno 2, NULL-DN as recipient, no recipNonce, no generalInfo. */
static void test_lcp_3_1_05_put_first_by_mac(void **state)
{
    static const struct lwcmp_prot_alg pbm = {
        .kind = LWCMP_PROT_MAC,
        .pbm = {.salt = BYTES("\x01\x02\x03\x04\x05\x06\x07\x08"),
                .iterations = 10000,
                .owf = LWCMP_SHA256,
                .hmac = LWCMP_SHA256},
    };
    const struct lwcmp_pki_header h = {
        .sender = &absent,
        .recipient = &null_dn,
        .protection = &pbm,
        .sender_kid = &(struct lwcmp_bytes)BYTES("3078"),
        .transaction_id = ID_OCTETS,
        .sender_nonce = NONCE_OCTETS,
    };

    (void)state;
    vectors_at("MAC");
    vectors_check_put(put, &h,
                      "308184020102"
                      "a411300f310d300b06035504030c0433303738"
                      "a4023000"
                      "a138303606092a864886f67d07420d30290408010203040506070830"
                      "0b060960864801650304020102022710300c06082a864886f70d0209"
                      "0500"
                      "a206040433303738"
                      "a4120410" ID "a5120410" NONCE);
}

static void test_lcp_3_1_04_put_by_signature(void **state)
{
    struct lwcmp_pki_header h = {
        .sender = &(struct lwcmp_bytes)BYTES(
            "\x30\x0d\x31\x0b\x30\x09\x06\x03\x55\x04\x03\x0c"
            "\x02"
            "ee"),
        .recipient = &(struct lwcmp_bytes)BYTES(
            "\x30\x0d\x31\x0b\x30\x09\x06\x03\x55\x04\x03\x0c"
            "\x02"
            "CA"),
        .protection = &ecdsa,
        .sender_kid = &(struct lwcmp_bytes)BYTES("\xaa\xbb"),
        .transaction_id = ID_OCTETS,
        .sender_nonce = NONCE_OCTETS,
        .recip_nonce = ID_OCTETS,
        .implicit_confirm = true,
    };

    (void)state;
    vectors_at("signature");
    vectors_check_put(put, &h,
                      "308187020102"
                      "a40f300d310b300906035504030c026565"
                      "a40f300d310b300906035504030c024341" ECDSA "a2040402aabb"
                      "a4120410" ID "a5120410" NONCE
                      "a6120410" ID IMPLICIT_CONFIRM);
    vectors_at("signature, certificate without subjectKeyIdentifier");
    h.sender_kid = &absent;
    h.implicit_confirm = false;
    vectors_check_put(put, &h,
                      "306f020102"
                      "a40f300d310b300906035504030c026565"
                      "a40f300d310b300906035504030c024341" ECDSA "a4120410" ID
                      "a5120410" NONCE "a6120410" ID);
}

static void test_cmp_5_1_1_01_put_null_dn(void **state)
{
    const struct lwcmp_pki_header h = {
        .sender = &null_dn,
        .recipient = &null_dn,
        .sender_kid = &absent,
        .protection = &ecdsa,
        .transaction_id = ID_OCTETS,
        .sender_nonce = NONCE_OCTETS,
        .implicit_confirm = true,
    };

    (void)state;
    vectors_at("NULL-DN");
    vectors_check_put(put, &h,
                      "3053020102a4023000a4023000" ECDSA "a4120410" ID
                      "a5120410" NONCE IMPLICIT_CONFIRM);
}

static void test_cmp_5_1_1_01_put_short_reference(void **state)
{
    const struct lwcmp_pki_header h = {
        .sender = &absent,
        .recipient = &null_dn,
        .protection = &ecdsa,
        .sender_kid = &(struct lwcmp_bytes)BYTES("7"),
        .transaction_id = ID_OCTETS,
        .sender_nonce = NONCE_OCTETS,
    };

    (void)state;
    vectors_at("a reference of one octet");
    vectors_check_put(put, &h,
                      "3052020102a40e300c310a300806035504030c0137a4023000" ECDSA
                      "a203040137a4120410" ID "a5120410" NONCE);
}

/* What was written is read; without a protection algorithm nothing is. */
static void test_put_and_get(void **state)
{
    struct lwcmp_prot_alg none = {.kind = LWCMP_PROT_NONE};
    struct lwcmp_pki_header h = {
        .sender = &absent,
        .recipient = &null_dn,
        .protection = &ecdsa,
        .sender_kid = &(struct lwcmp_bytes)BYTES("kid"),
        .transaction_id = ID_OCTETS,
        .sender_nonce = NONCE_OCTETS,
        .recip_nonce = BYTES("x"),
        .implicit_confirm = true,
    };
    struct lwcmp_message m;
    struct lwcmp_der_out o;
    uint8_t buffer[256];

    (void)state;
    vectors_at("put and get");
    lwcmp_der_out_init(&o, buffer, sizeof buffer);
    lwcmp_pki_header_put(&o, &h);
    CHECK_INT(o.err, 0);
    CHECK_INT(get((struct lwcmp_bytes){o.p, o.n}, &m), 0);
    CHECK_INT(lwcmp_der_number(&m.pvno), 2);
    CHECK_BYTES(m.sender_kid, *h.sender_kid);
    CHECK_BYTES(m.transaction_id, h.transaction_id);
    CHECK_BYTES(m.sender_nonce, h.sender_nonce);
    CHECK_BYTES(m.recip_nonce, h.recip_nonce);
    CHECK(m.implicit_confirm);

    h.protection = &none;
    lwcmp_der_out_init(&o, buffer, sizeof buffer);
    lwcmp_pki_header_put(&o, &h);
    CHECK_INT(o.err, LWCMP_ERR_ALGORITHM);
}

/* 3 for whoever needs it, where that is built in; never unasked. */
static void test_lcp_3_1_02_pvno(void **state)
{
    struct lwcmp_pki_header h = {
        .sender = &null_dn,
        .recipient = &null_dn,
        .sender_kid = &absent,
        .protection = &ecdsa,
        .transaction_id = ID_OCTETS,
        .sender_nonce = NONCE_OCTETS,
    };

    (void)state;
    vectors_at("cmp2021");
    lwcmp_pki_header_set_cmp2021(&h, true);
    vectors_check_put(put, &h,
                      LWCMP_WITH_CMP2021 ? "3041020103a4023000a4023000" ECDSA
                                           "a4120410" ID "a5120410" NONCE
                                         : "3041020102a4023000a4023000" ECDSA
                                           "a4120410" ID "a5120410" NONCE);
    vectors_at("cmp2000");
    lwcmp_pki_header_set_cmp2021(&h, false);
    vectors_check_put(put, &h,
                      "3041020102a4023000a4023000" ECDSA "a4120410" ID
                      "a5120410" NONCE);
}

#if LWCMP_WITH_CERT_PROFILE
/* Both, either, none; exactly one name (RFC 9810 5.1.1.4). */
static void test_lcp_3_1_27_put_profile(void **state)
{
#define PROFILE "300f06082b0601050507041530030c0161"
    static const struct {
        bool implicit_confirm;
        struct lwcmp_bytes profile;
        const char *info;
    } cases[] = {
        {false, {NULL, 0}, ""},
        {true, {NULL, 0}, IMPLICIT_CONFIRM},
        {false, BYTES("a"), "a8133011" PROFILE},
        {true, BYTES("a"), "a821301f300c06082b0601050507040d0500" PROFILE},
    };
    static const char start[] = "020102a4023000a4023000" ECDSA;
    char hex[256];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct lwcmp_pki_header h = {
            .sender = &null_dn,
            .recipient = &null_dn,
            .protection = &ecdsa,
            .sender_kid = &absent,
            .implicit_confirm = cases[i].implicit_confirm,
        };

        lwcmp_pki_header_set_profile(&h, &cases[i].profile);
        (void)snprintf(hex, sizeof hex, "30%02x%s%s",
                       (unsigned)(strlen(start) + strlen(cases[i].info)) / 2,
                       start, cases[i].info);
        vectors_at("case %u", (unsigned)i);
        vectors_check_put(put, &h, hex);
    }
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lcp_3_1_09_lcp_3_1_24_lcp_3_5_20_get),
        cmocka_unit_test(test_prefixes),
        cmocka_unit_test(test_cmp_5_1_1_03_orig_pki_message),
        cmocka_unit_test(test_lcp_3_1_05_put_first_by_mac),
        cmocka_unit_test(test_lcp_3_1_04_put_by_signature),
        cmocka_unit_test(test_cmp_5_1_1_01_put_null_dn),
        cmocka_unit_test(test_cmp_5_1_1_01_put_short_reference),
        cmocka_unit_test(test_put_and_get),
        cmocka_unit_test(test_lcp_3_1_02_pvno),
#if LWCMP_WITH_CERT_PROFILE
        cmocka_unit_test(test_lcp_3_1_27_put_profile),
#endif
    };

    return cmocka_run_group_tests_name("pki_header", tests, NULL, NULL);
}
