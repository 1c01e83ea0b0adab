/* SPDX-License-Identifier: Apache-2.0 */
/* src/engine_mac.c: the algorithms of our own MACs, and those of answers. */
#include "engine_device.h"
#include "prot_alg.h"
#include "vectors.h"

static struct lwcmp_pbm sent_pbm(unsigned i)
{
    struct lwcmp_message m = device_sent(&d, i);
    struct lwcmp_prot_alg alg;

    assert_int_equal(lwcmp_prot_alg_read(&m.protection_alg, &alg), 0);
    assert_int_equal(alg.kind, LWCMP_PROT_MAC);
    return alg.pbm;
}

static void afresh(void)
{
    (void)lwcmp_end(&d.c);
    device_free(&d);
    device_init(&d);
}

/* What a server may answer with, whatever we have sent. */
static void test_alg_06_alg_07_alg_08_received(void **state)
{
    static const struct lwcmp_pbm rows[] = {
        {.owf = LWCMP_SHA384, .hmac = LWCMP_SHA384},
        {.owf = LWCMP_SHA512, .hmac = LWCMP_SHA512},
        {.owf = LWCMP_SHA512, .hmac = LWCMP_SHA256},
#if LWCMP_WITH_PBMAC1
        {.owf = LWCMP_SHA384, .hmac = LWCMP_SHA384, .key_length = 48},
        {.owf = LWCMP_SHA512, .hmac = LWCMP_SHA512, .key_length = 64},
        {.owf = LWCMP_SHA256, .hmac = LWCMP_SHA512, .key_length = 16},
#endif
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        vectors_at("row %zu", i);
        afresh();
        d.peer.pbm = rows[i];
        d.peer.pbm.iterations = 100;
        CHECK_INT(device_run(&d), 0);
        CHECK(sent_pbm(0).owf == LWCMP_SHA256);
        device_check_identity(&d);
        assert_int_equal(lwcmp_end(&d.c), 0);
        CHECK(crypto_toy_volatile_keys() == 0);
    }
}

#if LWCMP_WITH_MAC_HASH
static struct lwcmp_algorithms own;

static void test_alg_06_alg_08_sent(void **state)
{
    static const struct {
        enum lwcmp_hash hash, due;
        bool pbmac1;
        uint8_t key_length;
    } rows[] = {
        {LWCMP_HASH_NONE, LWCMP_SHA256, false, 0},
        {LWCMP_SHA256, LWCMP_SHA256, false, 0},
        {LWCMP_SHA384, LWCMP_SHA384, false, 0},
        {LWCMP_SHA512, LWCMP_SHA512, false, 0},
#if LWCMP_WITH_PBMAC1
        {LWCMP_HASH_NONE, LWCMP_SHA256, true, 32},
        {LWCMP_SHA384, LWCMP_SHA384, true, 48},
        {LWCMP_SHA512, LWCMP_SHA512, true, 64},
#endif
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        vectors_at("row %zu", i);
        afresh();
        own.mac_hash = rows[i].hash;
        d.config.algorithms = &own;
        d.config.pbmac1 = rows[i].pbmac1;
        d.peer.fault = PEER_SAME_PBM;
        CHECK_INT(device_run(&d), 0);
        for (unsigned sent = 0; sent < 2; sent++) {
            CHECK(sent_pbm(sent).owf == rows[i].due);
            CHECK(sent_pbm(sent).hmac == rows[i].due);
            CHECK(sent_pbm(sent).key_length == rows[i].key_length);
        }
        device_check_identity(&d);
    }
}

/* SHA-1 is for servers that know nothing newer, and never sent. */
static void test_no_such_hash(void **state)
{
    (void)state;
    d.config.algorithms = &own;
    own.mac_hash = LWCMP_SHA1;
    assert_int_equal(device_run(&d), LWCMP_ERR_CONFIG);
    own.mac_hash = (enum lwcmp_hash)(LWCMP_SHA512 + 1);
    assert_int_equal(device_run(&d), LWCMP_ERR_CONFIG);
    assert_int_equal(d.exchanges, 0);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_alg_06_alg_07_alg_08_received),
#if LWCMP_WITH_MAC_HASH
        TEST(test_alg_06_alg_08_sent),
        TEST(test_no_such_hash),
#endif
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
