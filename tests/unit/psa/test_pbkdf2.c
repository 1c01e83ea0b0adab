/* SPDX-License-Identifier: Apache-2.0 */
/* PBMAC1: known keys, and messages that Bouncy Castle made. */
#include "psa_fixture.h"

#include "protect.h"

#if LWCMP_WITH_PBMAC1
#define DERIVE PSA_KEY_USAGE_DERIVE
#define EXPORT PSA_KEY_USAGE_EXPORT

/* A secret for PBKDF2 with HMAC-SHA256. */
static lwcmp_key password(struct lwcmp_bytes value, psa_key_usage_t usage)
{
    return key_import(PSA_KEY_TYPE_PASSWORD,
                      PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256), usage, value);
}

/* One slice is all. */
static int derive(const struct lwcmp_pbm *pbm, lwcmp_key secret, lwcmp_key *key)
{
    uint32_t done = 0;
    int err;

    *key = 0;
    err = lwcmp_crypto_pbm(pbm, secret, key, &done);
    assert_int_equal(done, err ? 0 : pbm->iterations);
    assert_true((*key == 0) == (err != 0));
    return err;
}

static void drop(lwcmp_key key)
{
    assert_int_equal(lwcmp_crypto_key_destroy(key), 0);
}

/* A derived key cannot be seen, but what it makes of a text can. */
static void assert_is_key(lwcmp_key key, const char *hex, size_t n)
{
    struct lwcmp_bytes text[] = {BYTES("text")};
    uint8_t octets[64], mac[32];
    lwcmp_key known;
    size_t i, mac_n;

    for (i = 0; i < n; i++) {
        char digits[3] = {hex[2 * i], hex[2 * i + 1], '\0'};

        octets[i] = (uint8_t)strtoul(digits, NULL, 16);
    }
    known = key_import(PSA_KEY_TYPE_HMAC, PSA_ALG_HMAC(PSA_ALG_SHA_256),
                       PSA_KEY_USAGE_VERIFY_MESSAGE,
                       (struct lwcmp_bytes){octets, n});
    assert_int_equal(
        lwcmp_crypto_mac(key, LWCMP_SHA256, text, 1, mac, sizeof mac, &mac_n),
        0);
    assert_int_equal(lwcmp_crypto_mac_verify(known, LWCMP_SHA256, text, 1,
                                             (struct lwcmp_bytes){mac, mac_n}),
                     0);
    drop(known);
}

static const struct known {
    struct lwcmp_pbm pbm;
    const char *secret, *key;
} known[] = {
    /* RFC 7914 section 11, all of it and its beginning */
    {{{(const uint8_t *)"salt", 4}, 1, LWCMP_SHA256, LWCMP_SHA256, 64},
     "passwd",
     "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
     "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783"},
    {{{(const uint8_t *)"NaCl", 4}, 80000, LWCMP_SHA256, LWCMP_SHA256, 32},
     "Password",
     "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"},
    /* as Python's hashlib has it */
    {{{(const uint8_t *)"salt", 4}, 1, LWCMP_SHA384, LWCMP_SHA256, 48},
     "passwd",
     "cd3443723a41cf1460cca9efeede428a8898a82d2ad4d1fc5cca08ed3f4d3cb4"
     "7a62a70b3cb9ce65dcbfb9fb9d425027"},
    {{{(const uint8_t *)"salt", 4}, 1, LWCMP_SHA512, LWCMP_SHA256, 64},
     "passwd",
     "c74319d99499fc3e9013acff597c23c5baf0a0bec5634c46b8352b793e324723"
     "d55caa76b2b25c43402dcfdc06cdcf66f95b7d0429420b39520006749c51a04e"},
#ifdef PSA_WANT_ALG_SHA_1
    /* RFC 6070 section 2 */
    {{{(const uint8_t *)"salt", 4}, 4096, LWCMP_SHA1, LWCMP_SHA256, 20},
     "password",
     "4b007901b765489abead49d926f721d065a429c1"},
    {{{(const uint8_t *)"saltSALTsaltSALTsaltSALTsaltSALTsalt", 36},
      4096,
      LWCMP_SHA1,
      LWCMP_SHA256,
      25},
     "passwordPASSWORDpassword",
     "3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038"},
#endif
};

/* A secret that may be read is good for every hash. */
static void test_known_keys(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < sizeof known / sizeof known[0]; i++) {
        const struct known *k = &known[i];
        lwcmp_key s = password(
            (struct lwcmp_bytes){(const uint8_t *)k->secret, strlen(k->secret)},
            DERIVE | EXPORT);
        lwcmp_key key;

        assert_int_equal(derive(&k->pbm, s, &key), 0);
        assert_is_key(key, k->key, k->pbm.key_length);
        drop(key);
        drop(s);
    }
}

/* Neither may be read, and the secret serves the hash that it is for. */
static void test_secrecy(void **state)
{
    struct lwcmp_pbm pbm = known[0].pbm;
    lwcmp_key s = password(BYTES("passwd"), DERIVE);
    uint8_t out[64];
    lwcmp_key key;
    size_t n;

    (void)state;
    assert_int_equal(derive(&pbm, s, &key), 0);
    assert_is_key(key, known[0].key, 64);
    assert_int_equal(psa_export_key(key, out, sizeof out, &n),
                     PSA_ERROR_NOT_PERMITTED);
    drop(key);
    pbm.owf = LWCMP_SHA512;
    assert_int_equal(derive(&pbm, s, &key), LWCMP_ERR_KEY);
    pbm.owf = LWCMP_SHA256;
    pbm.key_length = 0; /* PasswordBasedMac */
    assert_int_equal(derive(&pbm, s, &key), LWCMP_ERR_KEY);
    drop(s);
}

static void test_secrets(void **state)
{
    struct lwcmp_pbm pbm = known[0].pbm;
    lwcmp_key s, key;

    (void)state;
    assert_int_equal(derive(&pbm, 0, &key), LWCMP_ERR_KEY);
    s = password(BYTES("passwd"), EXPORT); /* made for PasswordBasedMac */
    assert_int_equal(derive(&pbm, s, &key), 0);
    assert_is_key(key, known[0].key, 64);
    drop(key);
    drop(s);
    assert_int_equal(derive(&pbm, s, &key), LWCMP_ERR_KEY);
    s = password(BYTES("passwd"), PSA_KEY_USAGE_VERIFY_DERIVATION);
    assert_int_equal(derive(&pbm, s, &key), LWCMP_ERR_KEY);
    drop(s);
    s = key_import(PSA_KEY_TYPE_HMAC, PSA_ALG_HMAC(PSA_ALG_SHA_256),
                   PSA_KEY_USAGE_SIGN_MESSAGE, BYTES("passwd"));
    assert_int_equal(derive(&pbm, s, &key), LWCMP_ERR_KEY);
    drop(s);
}

static void test_parameters(void **state)
{
    struct lwcmp_pbm pbm = known[0].pbm;
    lwcmp_key s = password(BYTES("passwd"), DERIVE);
    lwcmp_key key;

    (void)state;
    pbm.owf = LWCMP_HASH_NONE;
    assert_int_equal(derive(&pbm, s, &key), LWCMP_ERR_ALGORITHM);
    pbm.owf = LWCMP_SHA256;
    pbm.hmac = LWCMP_HASH_NONE;
    assert_int_equal(derive(&pbm, s, &key), LWCMP_ERR_ALGORITHM);
    pbm.hmac = LWCMP_SHA256;
    pbm.iterations = 0;
    assert_int_equal(derive(&pbm, s, &key), LWCMP_ERR_ITERATIONS);
    drop(s);
}

/* Parameters and MAC again, which have to come out the same. */
static void check_again(struct lwcmp_bytes message,
                        const struct lwcmp_message *m,
                        const struct lwcmp_prot_alg *alg, lwcmp_key key)
{
    uint8_t buffer[512];
    struct lwcmp_der_out o;

    lwcmp_der_out_init(&o, buffer, sizeof buffer);
    lwcmp_prot_alg_put(&o, alg);
    assert_int_equal(o.err, 0);
    assert_int_equal(o.n, m->protection_alg.n);
    assert_memory_equal(buffer, m->protection_alg.p, o.n);

    lwcmp_der_out_init(&o, buffer, sizeof buffer);
    lwcmp_der_open(&o, LWCMP_DER_SEQUENCE);
    lwcmp_der_put_raw(&o, m->covered.p, m->covered.n);
    lwcmp_protect_put(&o, alg, key);
    lwcmp_der_close(&o);
    assert_int_equal(o.err, 0);
    assert_int_equal(o.n, message.n);
    assert_memory_equal(buffer, message.p, o.n);
}

static void check_recorded(const char *name)
{
    struct lwcmp_bytes message = file_read(name);
    lwcmp_key s = password(BYTES("lwcmp-test"), DERIVE | EXPORT);
    lwcmp_key wrong = password(BYTES("lwcmp-tesu"), DERIVE | EXPORT);
    struct lwcmp_message m;
    struct lwcmp_prot_alg alg;
    lwcmp_key key;

    assert_int_equal(lwcmp_pki_message_read(&message, &m), 0);
    assert_int_equal(lwcmp_prot_alg_read(&m.protection_alg, &alg), 0);
    assert_int_equal(derive(&alg.pbm, s, &key), 0);
    assert_int_equal(lwcmp_protect_check(&m, &alg, key), 0);
    check_again(message, &m, &alg, key);
    drop(key);
    assert_int_equal(derive(&alg.pbm, wrong, &key), 0);
    assert_int_equal(lwcmp_protect_check(&m, &alg, key), LWCMP_ERR_PROTECTION);
    drop(key);
    drop(wrong);
    drop(s);
    file_free(message);
}

static void test_alg_06_bouncy_castle(void **state)
{
    (void)state;
    check_recorded("tests/vectors/psa/pbmac1-sha256-sha256-32.der");
    check_recorded("tests/vectors/psa/pbmac1-sha384-sha512-16.der");
    check_recorded("tests/vectors/psa/pbmac1-sha512-sha384-64.der");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_known_keys),
        TEST(test_secrecy),
        TEST(test_secrets),
        TEST(test_parameters),
        TEST(test_alg_06_bouncy_castle),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
#include "../absent.h"
#endif
