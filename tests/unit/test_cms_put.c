/* SPDX-License-Identifier: Apache-2.0 */
/*
 * src/cms_put.c: the frame, octet by octet; the openssl program and the lab CA
 * judge what is in it.
 */
#include "vectors.h"

#include "cert_make.h"
#include "cms_put.h"
#include "crypto_toy.h"

#if LWCMP_WITH_ARCHIVE
#define KEY 7

static const uint8_t name_octets[] = {0x30, 0x02, 0x31, 0x00};
static const struct lwcmp_bytes name = {name_octets, sizeof name_octets};

static uint8_t row[512], out[2048];
static struct lwcmp_cert cert;

static int set_up(void **state)
{
    uint8_t spki[CRYPTO_TOY_SPKI];
    struct cert_make what = {.subject = "Archive", .issuer = "CA", .ski = 3};
    struct lwcmp_bytes der;
    struct lwcmp_der_out o;

    (void)state;
    crypto_toy_reset();
    crypto_toy_spki(1, spki);
    what.spki = (struct lwcmp_bytes){spki, sizeof spki};
    lwcmp_der_out_init(&o, row, sizeof row);
    der = cert_make(&o, &what);
    assert_int_equal(
        lwcmp_crypto_key_generate(
            KEY, (enum lwcmp_key_type)(LWCMP_EC_P256 | LWCMP_KEY_OPEN)),
        0);
    return lwcmp_cert_read(&der, &cert);
}

static int put(size_t cap, size_t *n)
{
    struct lwcmp_der_out o;

    lwcmp_der_out_init(&o, out, cap);
    lwcmp_cms_put_key(&o, KEY, &name, &cert);
    *n = o.n;
    return o.err;
}

static struct lwcmp_bytes take(struct lwcmp_bytes *in, uint8_t tag)
{
    struct lwcmp_bytes content;

    vectors_at("%02x at %zu", tag, (size_t)(in->p - out));
    CHECK_INT(lwcmp_der_take(in, tag, &content), 0);
    return content;
}

static void check_is(struct lwcmp_bytes is, const char *hex)
{
    struct lwcmp_bytes due = vectors_hex(hex);

    CHECK_BYTES(is, due);
    vectors_free(due);
}

/* issuerAndSerialNumber */
static void check_rid(struct lwcmp_bytes rid)
{
    struct lwcmp_bytes serial;

    assert_int_equal(rid.n > cert.issuer.n, true);
    assert_memory_equal(rid.p, cert.issuer.p, cert.issuer.n);
    rid.p += cert.issuer.n;
    rid.n -= cert.issuer.n;
    serial = take(&rid, LWCMP_DER_INTEGER);
    CHECK_BYTES(serial, cert.serial);
    CHECK_INT(rid.n, 0);
}

static void check_kari(struct lwcmp_bytes kari)
{
    struct lwcmp_bytes sender;
    struct lwcmp_bytes keys;

    check_is(take(&kari, LWCMP_DER_INTEGER), "03");
    sender = take(&kari, LWCMP_DER_CTX(0));
    CHECK_INT(take(&sender, LWCMP_DER_CTX(1)).n, CRYPTO_TOY_SPKI - 2);
    CHECK_INT(sender.n, 0);
    check_is(take(&kari, LWCMP_DER_SEQUENCE), "06062b8104010b01"
                                              "300b060960864801650304012d");
    keys = take(&kari, LWCMP_DER_SEQUENCE);
    CHECK_INT(kari.n, 0);
    keys = take(&keys, LWCMP_DER_SEQUENCE);
    check_rid(take(&keys, LWCMP_DER_SEQUENCE));
    CHECK_INT(take(&keys, LWCMP_DER_OCTET_STRING).n, CRYPTO_TOY_SEAL);
    CHECK_INT(keys.n, 0);
}

static void check_ktri(struct lwcmp_bytes ktri)
{
    check_is(take(&ktri, LWCMP_DER_INTEGER), "00");
    check_rid(take(&ktri, LWCMP_DER_SEQUENCE));
    check_is(take(&ktri, LWCMP_DER_SEQUENCE),
             "06092a864886f70d010107"
             "302fa00f300d06096086480165030402010500"
             "a11c301a06092a864886f70d010108300d06096086480165030402010500");
    CHECK_INT(take(&ktri, LWCMP_DER_OCTET_STRING).n, CRYPTO_TOY_SEAL);
    CHECK_INT(ktri.n, 0);
}

static void check_content(struct lwcmp_bytes info)
{
    uint8_t due[64];
    struct lwcmp_bytes content;
    size_t n;

    check_is(take(&info, LWCMP_DER_OID), "2a864886f70d0109100115");
    content = take(&info, LWCMP_DER_SEQUENCE);
    check_is(take(&content, LWCMP_DER_OID), "60864801650304012a");
    CHECK_INT(take(&content, LWCMP_DER_OCTET_STRING).n, 16);
    CHECK_INT(content.n, 0);
    content = take(&info, LWCMP_DER_CTX_PRIM(0));
    CHECK_INT(info.n, 0);
    n = crypto_toy_archived(crypto_toy_key_number(KEY), name, due);
    CHECK(content.n > n);
    for (size_t i = 0; i < n; i++) {
        CHECK_INT(content.p[i] ^ 0xff, due[i]);
    }
}

static void test_cmp_5_2_8_3_1_01_put(void **state)
{
    struct lwcmp_bytes in = {out, 0};
    struct lwcmp_bytes recipients;

    (void)state;
    assert_int_equal(put(sizeof out, &in.n), 0);
    in = take(&in, LWCMP_DER_CTX(0));
    check_is(take(&in, LWCMP_DER_INTEGER), "02");
    recipients = take(&in, LWCMP_DER_SET);
    check_kari(take(&recipients, LWCMP_DER_CTX(1)));
    CHECK_INT(recipients.n, 0);
    check_content(take(&in, LWCMP_DER_SEQUENCE));
    CHECK_INT(in.n, 0);
    assert_int_equal(crypto_toy_volatile_keys(), 0);
}

/* To a key of RSA by OAEP, in an envelope of version 0 (RFC 5652 6.1). */
static void test_cmp_5_2_8_3_1_01_put_rsa(void **state)
{
    struct lwcmp_bytes in = {out, 0};
    struct lwcmp_bytes recipients;

    (void)state;
    crypto_toy.seals_rsa = true;
    assert_int_equal(put(sizeof out, &in.n), 0);
    in = take(&in, LWCMP_DER_CTX(0));
    check_is(take(&in, LWCMP_DER_INTEGER), "00");
    recipients = take(&in, LWCMP_DER_SET);
    check_ktri(take(&recipients, LWCMP_DER_SEQUENCE));
    CHECK_INT(recipients.n, 0);
    check_content(take(&in, LWCMP_DER_SEQUENCE));
    CHECK_INT(in.n, 0);
}

/* Wherever the room ends; nothing is left in PSA. */
static void test_buffer(void **state)
{
    size_t n;
    size_t whole;

    (void)state;
    assert_int_equal(put(sizeof out, &whole), 0);
    for (size_t cap = 0; cap < whole; cap++) {
        vectors_at("%zu of %zu", cap, whole);
        CHECK_INT(put(cap, &n), LWCMP_ERR_BUFFER);
        CHECK_INT(crypto_toy_volatile_keys(), 0);
    }
}

static void test_provider_fails(void **state)
{
    size_t n;

    (void)state;
    crypto_toy.fail_with = LWCMP_ERR_RANDOM;
    for (unsigned i = 1; i <= 2; i++) {
        crypto_toy.calls = 0;
        crypto_toy.fail_at = i;
        assert_int_equal(put(sizeof out, &n), LWCMP_ERR_RANDOM);
        assert_int_equal(crypto_toy_volatile_keys(), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_cmp_5_2_8_3_1_01_put, set_up),
        cmocka_unit_test_setup(test_cmp_5_2_8_3_1_01_put_rsa, set_up),
        cmocka_unit_test_setup(test_buffer, set_up),
        cmocka_unit_test_setup(test_provider_fails, set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "absent.h"
#endif
