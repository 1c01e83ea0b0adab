/* SPDX-License-Identifier: Apache-2.0 */
/* src/crmf_control.c: the controls of a request, in their order. */
#include "vectors.h"

#include "cert_make.h"
#include "crmf_control.h"
#include "crypto_toy.h"

#if LWCMP_WITH_ARCHIVE && LWCMP_WITH_RECOVERY
#define KEY 7

static const uint8_t null_dn[] = {0x30, 0};
static const struct lwcmp_bytes subject = {null_dn, 2};
static const struct lwcmp_bytes none;
static const struct lwcmp_config config;

static uint8_t row[512];
static struct lwcmp_bytes certificate;
static struct lwcmp_cert cert;
static uint8_t out[2048];

/* A certificate of key 1, as `cert`, too. */
static int set_up(void **state)
{
    uint8_t spki[CRYPTO_TOY_SPKI];
    struct cert_make what = {.subject = "CA", .issuer = "CA", .serial = 77};
    struct lwcmp_der_out o;

    (void)state;
    crypto_toy_reset();
    crypto_toy_key_set(KEY, KEY);
    crypto_toy_key_set(1, 1);
    crypto_toy_spki(1, spki);
    what.spki = (struct lwcmp_bytes){spki, sizeof spki};
    lwcmp_der_out_init(&o, row, sizeof row);
    certificate = cert_make(&o, &what);
    return lwcmp_cert_read(&certificate, &cert);
}

/* CertRequest of what is written; its controls, without their SEQUENCE. */
static struct lwcmp_bytes controls(struct lwcmp_crmf *crmf)
{
    struct lwcmp_der_out o;
    struct lwcmp_bytes in;
    struct lwcmp_bytes b;

    lwcmp_crmf_set_config(crmf, &config);
    lwcmp_der_out_init(&o, out, sizeof out);
    lwcmp_crmf_put(&o, crmf);
    assert_int_equal(o.err, 0);
    in = (struct lwcmp_bytes){out, o.n};
    for (int depth = 0; depth < 3; depth++) {
        assert_int_equal(lwcmp_der_take(&in, LWCMP_DER_SEQUENCE, &in), 0);
    }
    assert_int_equal(lwcmp_der_take(&in, LWCMP_DER_INTEGER, &b), 0);
    assert_int_equal(lwcmp_der_take(&in, LWCMP_DER_SEQUENCE, &b), 0);
    if (in.n == 0) {
        return in;
    }
    assert_int_equal(lwcmp_der_take_only(&in, LWCMP_DER_SEQUENCE, &b), 0);
    return b;
}

/* The next control: the last octet of id-regCtrl, and its value. */
static uint8_t take(struct lwcmp_bytes *in, struct lwcmp_bytes *value)
{
    static const uint8_t reg_ctrl[] = {0x2b, 0x06, 0x01, 0x05,
                                       0x05, 0x07, 0x05, 0x01};
    struct lwcmp_bytes oid;

    assert_int_equal(lwcmp_der_take(in, LWCMP_DER_SEQUENCE, value), 0);
    assert_int_equal(lwcmp_der_take(value, LWCMP_DER_OID, &oid), 0);
    assert_int_equal(oid.n, sizeof reg_ctrl + 1);
    assert_memory_equal(oid.p, reg_ctrl, sizeof reg_ctrl);
    return oid.p[oid.n - 1];
}

static void test_crmf_03_none(void **state)
{
    struct lwcmp_crmf crmf = {
        .subject = &subject, .extensions = &none, .key = KEY};

    (void)state;
    assert_int_equal(controls(&crmf).n, 0);
}

/* Both tags are there: [0] of PKIArchiveOptions, [0] of EncryptedKey. */
static void test_crmf_04_crmf_06_archive(void **state)
{
    struct lwcmp_crmf crmf = {.subject = &subject,
                              .extensions = &none,
                              .key = KEY,
                              .archive = &certificate};
    struct lwcmp_bytes in;
    struct lwcmp_bytes value;

    (void)state;
    assert_int_equal(
        lwcmp_crypto_key_generate(
            KEY, (enum lwcmp_key_type)(LWCMP_EC_P256 | LWCMP_KEY_OPEN)),
        0);
    for (int renewal = 0; renewal < 2; renewal++) {
        crmf.old = renewal ? &cert : NULL;
        in = controls(&crmf);
        if (renewal) {
            assert_int_equal(take(&in, &value), 5);
        }
        assert_int_equal(take(&in, &value), 4);
        assert_int_equal(in.n, 0);
        assert_int_equal(lwcmp_der_take_only(&value, LWCMP_DER_CTX(0), &value),
                         0);
        assert_int_equal(lwcmp_der_take_only(&value, LWCMP_DER_CTX(0), &value),
                         0);
    }
    assert_int_equal(crypto_toy_volatile_keys(), 0);
}

/* A key that may not leave its store, or no certificate: no request. */
static void test_archive_fails(void **state)
{
    struct lwcmp_crmf crmf = {.subject = &subject,
                              .extensions = &none,
                              .key = KEY,
                              .archive = &certificate};
    struct lwcmp_der_out o;

    (void)state;
    lwcmp_crmf_set_config(&crmf, &config);
    lwcmp_der_out_init(&o, out, sizeof out);
    lwcmp_crmf_put(&o, &crmf);
    assert_int_equal(o.err, LWCMP_ERR_KEY);
    crmf.archive = &subject;
    lwcmp_der_out_init(&o, out, sizeof out);
    lwcmp_crmf_put(&o, &crmf);
    assert_int_equal(o.err, LWCMP_ERR_CERT_SYNTAX);
    assert_int_equal(crypto_toy_volatile_keys(), 0);
}

static void put(struct lwcmp_der_out *o, const void *crmf)
{
    lwcmp_crmf_put(o, crmf);
}

/* A name and nothing else, without popo; with a key to encrypt for. */
static void test_cmp_5_3_7_01_recover(void **state)
{
    static const uint8_t octets[] = {0x30, 0x02, 0x05, 0x00};
    static const struct lwcmp_bytes spki = {octets, sizeof octets};
    struct lwcmp_crmf crmf = {.subject = &subject,
                              .extensions = &none,
                              .central = true,
                              .recover = true};

    (void)state;
    vectors_at("by secret");
    vectors_check_put(put, &crmf,
                      "300d300b3009020100"
                      "3004a5023000");
    crmf.answer = &spki;
    vectors_at("signed");
    vectors_check_put(put, &crmf,
                      "3020301e301c020100"
                      "3004a5023000"
                      "3011300f06092b060105050705010630020500");
    assert_int_equal(crypto_toy.calls, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_crmf_03_none, set_up),
        cmocka_unit_test_setup(test_crmf_04_crmf_06_archive, set_up),
        cmocka_unit_test_setup(test_archive_fails, set_up),
        cmocka_unit_test_setup(test_cmp_5_3_7_01_recover, set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "absent.h"
#endif
