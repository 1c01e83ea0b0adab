/* SPDX-License-Identifier: Apache-2.0 */
/* src/protect.c */
#include "vectors.h"

#include "crypto_toy.h"
#include "protect.h"

#define SECRET 3
#define PAIR 7
#define NUMBER 42
#define MAX 1024

static const struct lwcmp_bytes secret = {(const uint8_t *)"test", 4};
static const struct lwcmp_prot_alg by_mac = {
    .kind = LWCMP_PROT_MAC,
    .pbm = {.salt = {(const uint8_t *)"saltsalt", 8},
            .iterations = 3,
            .owf = LWCMP_SHA256,
            .hmac = LWCMP_SHA256},
};
static const struct lwcmp_prot_alg by_signature = {.kind = LWCMP_PROT_SIG,
                                                   .sig = LWCMP_ECDSA_SHA256};
static lwcmp_key mac_key;
static lwcmp_key public_key;

static int start(void **state)
{
    uint8_t spki[CRYPTO_TOY_SPKI];
    uint32_t done = 0;

    (void)state;
    crypto_toy_reset();
    crypto_toy_secret_set(SECRET, secret);
    crypto_toy_key_set(PAIR, NUMBER);
    crypto_toy_spki(NUMBER, spki);
    mac_key = 0;
    public_key = 0;
    return lwcmp_crypto_pbm(&by_mac.pbm, SECRET, &mac_key, &done) ||
           lwcmp_crypto_public_import((struct lwcmp_bytes){spki, sizeof spki},
                                      by_signature.sig, &public_key);
}

/*
 * What is protected is a SEQUENCE of its own around header and body: its head
 * for n octets, as pyasn1 encodes it.
 */
static const struct {
    size_t n;
    const char *head;
} rows[] = {
    {0, "3000"},         {1, "3001"},      {0x7f, "307f"},
    {0x80, "308180"},    {0xff, "3081ff"}, {0x100, "30820100"},
    {0x2ff, "308202ff"},
};

/* A message that is open, with n octets in it. */
static void open_message(struct lwcmp_der_out *o, uint8_t *p, size_t cap,
                         size_t n)
{
    uint8_t content[MAX];

    memset(content, 0x5a, sizeof content);
    lwcmp_der_out_init(o, p, cap);
    lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    lwcmp_der_put_raw(o, content, n);
}

/* [0] BIT STRING with what is due behind the n octets. */
static void check_put(const struct lwcmp_prot_alg *alg, lwcmp_key key, size_t n,
                      struct lwcmp_bytes due)
{
    const uint8_t head[5] = {0xa0, (uint8_t)(due.n + 3), 0x03,
                             (uint8_t)(due.n + 1), 0};
    size_t size = 2 + n + sizeof head + due.n;
    struct lwcmp_der_out o;

    for (size_t cap = 2 + n; cap <= size; cap++) {
        uint8_t *p = malloc(cap);

        vectors_at("%u octets, capacity %u", (unsigned)n, (unsigned)cap);
        assert_non_null(p);
        open_message(&o, p, cap, n);
        lwcmp_protect_put(&o, alg, key);
        CHECK_INT(o.err, cap < size ? LWCMP_ERR_BUFFER : 0);
        if (o.err == 0) {
            CHECK_INT(o.n, size);
            CHECK(memcmp(p + 2 + n, head, sizeof head) == 0);
            CHECK(memcmp(p + 2 + n + sizeof head, due.p, due.n) == 0);
        }
        free(p);
    }
}

static void test_cmp_5_1_3_01_put(void **state)
{
    uint8_t content[MAX];
    uint8_t mac[LWCMP_HASH_MAX];
    uint8_t signature[CRYPTO_TOY_SIGNATURE];

    (void)state;
    memset(content, 0x5a, sizeof content);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lwcmp_bytes parts[2];
        size_t n;

        parts[0] = vectors_hex(rows[i].head);
        parts[1] = (struct lwcmp_bytes){content, rows[i].n};
        n = crypto_toy_mac(secret, &by_mac.pbm, parts, 2, mac);
        check_put(&by_mac, mac_key, rows[i].n, (struct lwcmp_bytes){mac, n});
        crypto_toy_signature(NUMBER, by_signature.sig, parts, 2, signature);
        check_put(&by_signature, PAIR, rows[i].n,
                  (struct lwcmp_bytes){signature, sizeof signature});
        vectors_free(parts[0]);
    }
}

/* A message as it would have been read. */
static struct lwcmp_message protected_message(uint8_t *p, size_t n,
                                              const struct lwcmp_prot_alg *alg,
                                              lwcmp_key key)
{
    struct lwcmp_message m = {.type = 0};
    struct lwcmp_der_out o;

    open_message(&o, p, MAX, n);
    lwcmp_protect_put(&o, alg, key);
    assert_int_equal(o.err, 0);
    m.covered = (struct lwcmp_bytes){p + 2, n};
    m.protection = (struct lwcmp_bytes){p + 2 + n + 5, o.n - 2 - n - 5};
    return m;
}

static void check_flips(const struct lwcmp_message *m, uint8_t *p,
                        struct lwcmp_bytes where,
                        const struct lwcmp_prot_alg *alg, lwcmp_key key)
{
    for (size_t i = 0; i < where.n; i++) {
        uint8_t *octet = p + (where.p - p) + i;

        *octet ^= 1;
        CHECK_INT(lwcmp_protect_check(m, alg, key), LWCMP_ERR_PROTECTION);
        *octet ^= 1;
    }
}

static void check_checked(const struct lwcmp_prot_alg *alg, lwcmp_key make,
                          lwcmp_key check)
{
    uint8_t p[MAX];

    for (size_t i = 1; i < COUNT(rows); i++) {
        struct lwcmp_message m = protected_message(p, rows[i].n, alg, make);
        struct lwcmp_message other = m;

        vectors_at("kind %d, %u octets", (int)alg->kind, (unsigned)rows[i].n);
        CHECK_INT(lwcmp_protect_check(&m, alg, check), 0);
        check_flips(&m, p, m.covered, alg, check);
        check_flips(&m, p, m.protection, alg, check);
        other.covered.n--;
        CHECK_INT(lwcmp_protect_check(&other, alg, check),
                  LWCMP_ERR_PROTECTION);
        for (other = m; other.protection.n > 0;) {
            other.protection.n--;
            CHECK_INT(lwcmp_protect_check(&other, alg, check),
                      LWCMP_ERR_PROTECTION);
        }
        other.protection.p = NULL;
        CHECK_INT(lwcmp_protect_check(&other, alg, check),
                  LWCMP_ERR_PROTECTION);
    }
}

static void test_lcp_3_5_09_check(void **state)
{
    (void)state;
    check_checked(&by_mac, mac_key, mac_key);
    check_checked(&by_signature, PAIR, public_key);
}

/* Neither another kind of key nor no kind of protection ever verifies. */
static void test_check_of_another_kind(void **state)
{
    static const struct lwcmp_prot_alg none = {.kind = LWCMP_PROT_NONE};
    uint8_t p[MAX];
    struct lwcmp_message m = protected_message(p, 9, &by_mac, mac_key);

    (void)state;
    crypto_toy.accept_all = true;
    assert_int_equal(lwcmp_protect_check(&m, &by_mac, mac_key), 0);
    assert_int_equal(lwcmp_protect_check(&m, &none, mac_key),
                     LWCMP_ERR_PROTECTION);
    assert_int_equal(lwcmp_protect_check(&m, &by_mac, public_key),
                     LWCMP_ERR_KEY);
    assert_int_equal(lwcmp_protect_check(&m, &by_signature, mac_key),
                     LWCMP_ERR_KEY);
}

static void test_provider_fails(void **state)
{
    uint8_t p[MAX];
    struct lwcmp_message m = protected_message(p, 9, &by_mac, mac_key);
    struct lwcmp_der_out o;

    (void)state;
    crypto_toy.fail_with = LWCMP_ERR_CRYPTO;
    crypto_toy.fail_forever = true;
    crypto_toy.fail_at = 1;
    assert_int_equal(lwcmp_protect_check(&m, &by_mac, mac_key),
                     LWCMP_ERR_CRYPTO);
    assert_int_equal(lwcmp_protect_check(&m, &by_signature, public_key),
                     LWCMP_ERR_CRYPTO);
    open_message(&o, p, sizeof p, 9);
    lwcmp_protect_put(&o, &by_mac, mac_key);
    assert_int_equal(o.err, LWCMP_ERR_CRYPTO);
    open_message(&o, p, sizeof p, 9);
    lwcmp_protect_put(&o, &by_signature, PAIR);
    assert_int_equal(o.err, LWCMP_ERR_CRYPTO);
}

/* Without a kind there is nothing to write, which is an error. */
static void test_put_nothing(void **state)
{
    static const struct lwcmp_prot_alg none = {.kind = LWCMP_PROT_NONE};
    struct lwcmp_der_out o;
    uint8_t p[MAX];

    (void)state;
    open_message(&o, p, sizeof p, 9);
    lwcmp_protect_put(&o, &none, mac_key);
    assert_int_not_equal(o.err, 0);
}

/* A writer that has failed, be it at its first octet, asks nobody. */
static void test_put_after_an_error(void **state)
{
    static const struct lwcmp_prot_alg *const algs[] = {&by_signature, &by_mac};
    struct lwcmp_der_out o;
    uint8_t p[2];

    (void)state;
    for (size_t i = 0; i < COUNT(algs); i++) {
        for (size_t cap = 0; cap <= sizeof p; cap++) {
            open_message(&o, p, cap, 9);
            vectors_at("kind %d, capacity %u", (int)algs[i]->kind,
                       (unsigned)cap);
            CHECK_INT(o.err, LWCMP_ERR_BUFFER);
            lwcmp_protect_put(&o, algs[i], i ? mac_key : PAIR);
            CHECK_INT(o.err, LWCMP_ERR_BUFFER);
        }
    }
    assert_int_equal(crypto_toy.calls_of[CRYPTO_TOY_SIGN], 0);
    assert_int_equal(crypto_toy.calls_of[CRYPTO_TOY_MAC], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_cmp_5_1_3_01_put, start),
        cmocka_unit_test_setup(test_lcp_3_5_09_check, start),
        cmocka_unit_test_setup(test_check_of_another_kind, start),
        cmocka_unit_test_setup(test_provider_fails, start),
        cmocka_unit_test_setup(test_put_nothing, start),
        cmocka_unit_test_setup(test_put_after_an_error, start),
    };

    return cmocka_run_group_tests_name("protect", tests, NULL, NULL);
}
