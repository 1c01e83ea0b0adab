/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ML-DSA-65 as an algorithm of the application, with certificates and a
 * certConf that OpenSSL made. Nobody here can verify such a signature: that
 * the right octets get there is what is shown.
 */
#include "psa_fixture.h"

#include "body_confirm.h"
#include "custom_path.h"
#include "vectors.h"

#if LWCMP_WITH_CUSTOM_SIG
#define KEY_SIZE 1952 /* RFC 9881, FIPS 204 */
#define SIGNATURE_SIZE 3309

/* id-ml-dsa-65, without parameters */
static const uint8_t ml_dsa_65[] = {0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48,
                                    0x01, 0x65, 0x03, 0x04, 0x03, 0x12};

static struct {
    struct lwcmp_bytes key, text, signature;
    int result;
} seen;

static bool holds(void *context, lwcmp_key key)
{
    (void)context;
    (void)key;
    return false;
}

static int public_key(void *context, lwcmp_key key, uint8_t *out, size_t cap,
                      size_t *n)
{
    (void)context;
    (void)key;
    (void)out;
    (void)cap;
    (void)n;
    return LWCMP_ERR_KEY;
}

static int match(void *context, lwcmp_key key, struct lwcmp_bytes spki)
{
    (void)context;
    (void)key;
    (void)spki;
    return LWCMP_ERR_CERT_KEY;
}

static int sign(void *context, lwcmp_key key, const struct lwcmp_bytes *parts,
                size_t count, uint8_t *out, size_t cap, size_t *n)
{
    (void)parts;
    (void)count;
    return public_key(context, key, out, cap, n);
}

static int verify(void *context, struct lwcmp_bytes key,
                  const struct lwcmp_bytes *parts, size_t count,
                  struct lwcmp_bytes signature)
{
    (void)context;
    assert_int_equal(count, 1);
    seen.key = key;
    seen.text = parts[0];
    seen.signature = signature;
    return seen.result;
}

static const struct lwcmp_custom_sig table[] = {
    {.algorithm = {ml_dsa_65, sizeof ml_dsa_65},
     .hash = LWCMP_SHA256,
     .hash_alg = true,
     .holds = holds,
     .public_key = public_key,
     .match = match,
     .sign = sign,
     .verify = verify},
};

static const struct lwcmp_algorithms own = {.custom_sigs = table,
                                            .custom_sigs_n = 1};
static const struct lwcmp_config config = {.algorithms = &own};

/* The certConf that OpenSSL has sent for this certificate, octet by octet. */
static void test_pqc_10_lcp_4_1_1_26_cert_conf(void **state)
{
    struct lwcmp_bytes certificate = vectors_pem("cmp/new_ML-DSA-65.crt");
    struct lwcmp_bytes message = vectors_file("cmp/hML-DSA-65.3.der");
    uint8_t hash[LWCMP_HASH_MAX], buffer[128];
    struct lwcmp_bytes cert_hash = {hash, 0};
    struct lwcmp_der_out o;
    struct lwcmp_cert cert;

    (void)state;
    assert_int_equal(lwcmp_cert_read(&certificate, &cert), 0);
    assert_int_equal(cert.sig, LWCMP_SIG_NONE);
    assert_ptr_equal(lwcmp_custom_of_cert(&config, &cert), &table[0]);
    assert_int_equal(lwcmp_crypto_hash(table[0].hash, &cert.der, 1, hash,
                                       sizeof hash, &cert_hash.n),
                     0);
    lwcmp_der_out_init(&o, buffer, sizeof buffer);
    lwcmp_body_confirm_put_of(&o, &cert_hash, LWCMP_VERDICT_ACCEPTED, 0,
                              table[0].hash);
    assert_int_equal(o.err, 0);
    assert_int_equal(o.n, 61);
    assert_memory_equal(buffer, message.p + 164, o.n);
    assert_int_equal(message.p[9], 3); /* pvno */
    vectors_free(certificate);
    vectors_free(message);
}

/* Key, text and signature of a real path; the verdict is the callback's. */
static void test_pqc_01_path(void **state)
{
    struct lwcmp_bytes path[2] = {vectors_pem("cmp/new_ML-DSA-65.crt"),
                                  vectors_pem("cmp/ca_ML-DSA-65.crt")};
    static const struct lwcmp_time unknown;

    (void)state;
    assert_true(lwcmp_custom_fits(&config));
    seen.result = 0;
    assert_int_equal(lwcmp_custom_path(&config, path, 2, &unknown), 0);
    assert_int_equal(seen.key.n, KEY_SIZE);
    assert_int_equal(seen.signature.n, SIGNATURE_SIZE);
    assert_ptr_equal(seen.text.p, path[0].p + 4);
    seen.result = LWCMP_ERR_PROTECTION;
    assert_int_equal(lwcmp_custom_path(&config, path, 2, &unknown),
                     LWCMP_ERR_UNTRUSTED);
    /* Mbed TLS by itself knows no such thing. */
    assert_int_equal(lwcmp_crypto_path(path, 2, &unknown), LWCMP_ERR_ALGORITHM);
    vectors_free(path[0]);
    vectors_free(path[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_pqc_10_lcp_4_1_1_26_cert_conf),
        TEST(test_pqc_01_path),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "../absent.h"
#endif
