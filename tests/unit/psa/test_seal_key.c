/* SPDX-License-Identifier: Apache-2.0 */
/* A private key on its way out: its form, and that it may go at all. */
#include "psa_fixture.h"
#include "vectors.h"

#include "../../../crypto/psa/aes.h" /* below the provider */

#if LWCMP_WITH_ARCHIVE
#define KEY 0x4711

static const uint8_t name_octets[] = {0x30, 0x02, 0x31, 0x00};
static const struct lwcmp_bytes name = {name_octets, sizeof name_octets};

static uint8_t out[4096];

static void make_key(unsigned type)
{
    assert_int_equal(lwcmp_crypto_key_generate(KEY, (enum lwcmp_key_type)type),
                     0);
}

static struct lwcmp_sealed seal(void)
{
    static const uint8_t octets[32] = {1, 2, 3};
    struct lwcmp_sealed sealed = {.iv = {4, 5, 6}};

    assert_int_equal(
        lwcmp_psa_aes_import(octets, sizeof octets, &sealed.content_key), 0);
    return sealed;
}

/* What is written, decrypted. */
static struct lwcmp_bytes write_key(void)
{
    struct lwcmp_sealed sealed = seal();
    size_t n = 0;

    assert_int_equal(
        lwcmp_crypto_seal_key(KEY, name, &sealed, out, sizeof out, &n), 0);
    assert_int_equal(lwcmp_psa_aes_cbc(sealed.content_key,
                                       (struct lwcmp_bytes){sealed.iv, 16}, out,
                                       &n),
                     0);
    assert_int_equal(lwcmp_crypto_key_destroy(sealed.content_key), 0);
    return (struct lwcmp_bytes){out, n};
}

static struct lwcmp_bytes take(struct lwcmp_bytes *in, uint8_t tag)
{
    struct lwcmp_bytes content;

    CHECK_INT(lwcmp_der_take(in, tag, &content), 0);
    return content;
}

static void check_version(struct lwcmp_bytes *in, uint8_t version)
{
    struct lwcmp_bytes is = take(in, LWCMP_DER_INTEGER);

    CHECK(is.n == 1 && is.p[0] == version);
}

/* ECPrivateKey: the number, and the point, with neither zeros nor curve */
static void check_ec(struct lwcmp_bytes in, size_t size)
{
    uint8_t octets[PSA_EXPORT_KEY_PAIR_MAX_SIZE];
    struct lwcmp_bytes b;
    size_t n;

    in = take(&in, LWCMP_DER_SEQUENCE);
    check_version(&in, 1);
    b = take(&in, LWCMP_DER_OCTET_STRING);
    CHECK_INT(b.n, size);
    CHECK_INT(psa_export_key(KEY, octets, sizeof octets, &n), 0);
    CHECK(n == size && memcmp(b.p, octets, n) == 0);
    b = take(&in, LWCMP_DER_CTX(1));
    CHECK_INT(in.n, 0);
    in = take(&b, LWCMP_DER_BIT_STRING);
    CHECK_INT(b.n, 0);
    CHECK_INT(psa_export_public_key(KEY, octets, sizeof octets, &n), 0);
    CHECK(in.n == n + 1 && in.p[0] == 0 && memcmp(in.p + 1, octets, n) == 0);
}

static void check_rsa(struct lwcmp_bytes in)
{
    uint8_t octets[PSA_EXPORT_KEY_PAIR_MAX_SIZE];
    size_t n;

    CHECK_INT(psa_export_key(KEY, octets, sizeof octets, &n), 0);
    CHECK(in.n == n && memcmp(in.p, octets, n) == 0);
}

/* RFC 4211 4.2.1 */
static void check(unsigned type, size_t size)
{
    uint8_t spki[1024];
    struct lwcmp_bytes in;
    struct lwcmp_bytes key;
    struct lwcmp_bytes alg;
    size_t n;

    vectors_at("type %u", type);
    make_key(type | LWCMP_KEY_OPEN);
    CHECK_INT(lwcmp_crypto_key_public(KEY, spki, sizeof spki, &n), 0);
    in = write_key();
    alg = take(&in, LWCMP_DER_SEQUENCE);
    CHECK_INT(in.n, 0);
    in = alg;
    key = take(&in, LWCMP_DER_SEQUENCE);
    CHECK_BYTES(take(&in, LWCMP_DER_CTX(4)), name);
    CHECK_INT(in.n, 0);
    check_version(&key, 0);
    alg = take(&key, LWCMP_DER_SEQUENCE);
    in = (struct lwcmp_bytes){spki, n};
    in = take(&in, LWCMP_DER_SEQUENCE);
    CHECK_BYTES(take(&in, LWCMP_DER_SEQUENCE), alg);
    in = take(&key, LWCMP_DER_OCTET_STRING);
    CHECK_INT(key.n, 0);
    if (size) {
        check_ec(in, size);
    } else {
        check_rsa(in);
    }
    CHECK_INT(lwcmp_crypto_key_destroy(KEY), 0);
}

static void test_crmf_07_form(void **state)
{
    (void)state;
    check(LWCMP_EC_P256, 32);
    check(LWCMP_EC_P384, 48);
    check(LWCMP_RSA_2048, 0);
}

/* It was not made for that; it is not there; and nothing comes out. */
static void test_may_not_leave(void **state)
{
    struct lwcmp_sealed sealed = seal();
    size_t n = 0;

    (void)state;
    make_key(LWCMP_EC_P256);
    for (int i = 0; i < 2; i++) {
        memset(out, 0xaa, sizeof out);
        assert_int_equal(
            lwcmp_crypto_seal_key(KEY, name, &sealed, out, sizeof out, &n),
            LWCMP_ERR_KEY);
        assert_int_equal(n, 0);
        assert_int_equal(lwcmp_crypto_key_destroy(KEY), 0);
    }
    assert_int_equal(lwcmp_crypto_key_destroy(sealed.content_key), 0);
}

/* Without the key of the content: what was there in the clear is wiped. */
static void test_wiped(void **state)
{
    struct lwcmp_sealed sealed = seal();
    size_t n = 0;

    (void)state;
    make_key(LWCMP_EC_P256 | LWCMP_KEY_OPEN);
    assert_int_equal(lwcmp_crypto_key_destroy(sealed.content_key), 0);
    memset(out, 0xaa, sizeof out);
    assert_int_equal(
        lwcmp_crypto_seal_key(KEY, name, &sealed, out, sizeof out, &n),
        LWCMP_ERR_KEY);
    for (size_t i = 0; i < sizeof out; i++) {
        assert_int_equal(out[i], 0);
    }
    assert_int_equal(lwcmp_crypto_key_destroy(KEY), 0);
}

/* A key that may leave is no other's, and the other way round. */
static void test_key_is(void **state)
{
    static const enum lwcmp_key_type open =
        (enum lwcmp_key_type)(LWCMP_EC_P256 | LWCMP_KEY_OPEN);

    (void)state;
    make_key(LWCMP_EC_P256);
    assert_int_equal(lwcmp_crypto_key_is(KEY, LWCMP_EC_P256), 0);
    assert_int_equal(lwcmp_crypto_key_is(KEY, open), LWCMP_ERR_KEY);
    make_key(open);
    assert_int_equal(lwcmp_crypto_key_is(KEY, LWCMP_EC_P256), LWCMP_ERR_KEY);
    assert_int_equal(lwcmp_crypto_key_is(KEY, open), 0);
    assert_int_equal(lwcmp_crypto_key_destroy(KEY), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_crmf_07_form),
        TEST(test_may_not_leave),
        TEST(test_wiped),
        TEST(test_key_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "../absent.h"
#endif
