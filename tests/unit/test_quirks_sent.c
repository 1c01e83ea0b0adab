/* SPDX-License-Identifier: Apache-2.0 */
/* What a device itself sends otherwise, because some server wants it so. */
#include "lwcmp/config.h"

#if LWCMP_WITH_QUIRKS

#include "quirks_fixture.h"

static bool sender_is(unsigned i, const char *cn)
{
    static const uint8_t null_dn[] = {0x30, 0x00};
    uint8_t buffer[64];
    struct lwcmp_der_out o;
    struct lwcmp_bytes name = {null_dn, sizeof null_dn};
    struct lwcmp_message m = device_sent(&d, i);

    lwcmp_der_out_init(&o, buffer, sizeof buffer);
    if (cn) {
        name = name_make(&o, cn);
    }
    return m.sender.n == name.n && memcmp(m.sender.p, name.p, name.n) == 0;
}

/* In every message, while senderKID has the reference number always. */
static void test_cmp_5_1_1_01_cmp_c_4_01_null_sender(void **state)
{
    struct lwcmp_message m;

    (void)state;
    for (unsigned on = 0; on < 2; on++) {
        vectors_at("NULL-DN %u", on);
        afresh();
        d.config.quirks = on ? LWCMP_QUIRK_NULL_SENDER : 0;
        CHECK_INT(device_run(&d), 0);
        for (unsigned i = 0; i < 2; i++) {
            m = device_sent(&d, i);
            CHECK(sender_is(i, on ? NULL : "ref-1"));
            CHECK(m.sender_kid.n == 5 &&
                  memcmp(m.sender_kid.p, "ref-1", 5) == 0);
        }
        CHECK(lwcmp_quirks_used(&d.c) == d.config.quirks);
    }
}

/* Who signs has a name. */
static void test_null_sender_under_a_signature(void **state)
{
    (void)state;
    device_set_factory(&d);
    d.config.quirks = LWCMP_QUIRK_NULL_SENDER;
    assert_int_equal(device_run(&d), 0);
    assert_true(sender_is(0, "factory"));
    assert_int_equal(lwcmp_quirks_used(&d.c), 0);
}

/* SEQUENCE OF SEQUENCE { certHash, certReqId 0 } */
static void test_lcp_4_1_1_no_status_info(void **state)
{
    static const uint8_t head[] = {0x30, 0x27, 0x30, 0x25, 0x04, 0x20};
    static const uint8_t tail[] = {0x02, 0x01, 0x00};
    struct lwcmp_bytes content;

    (void)state;
    d.config.quirks = LWCMP_QUIRK_NO_STATUS_INFO;
    assert_int_equal(device_run(&d), 0);
    content = device_sent(&d, 1).content;
    assert_int_equal(content.n, sizeof head + 32 + sizeof tail);
    assert_memory_equal(content.p, head, sizeof head);
    assert_memory_equal(content.p + sizeof head + 32, tail, sizeof tail);
    assert_int_equal(lwcmp_quirks_used(&d.c), d.config.quirks);
}

/* Acceptance is what no statusInfo means, so nothing is said of it. */
static void test_cmp_5_3_18_rejection_without_status_info(void **state)
{
    static const uint8_t empty[] = {0x30, 0x00};

    (void)state;
    d.config.quirks = LWCMP_QUIRK_NO_STATUS_INFO;
    d.peer.fault = PEER_OTHER_KEY;
    assert_int_equal(device_run(&d), LWCMP_ERR_CERT_KEY);
    assert_int_equal(d.exchanges, 2);
    assert_int_equal(device_sent(&d, 1).content.n, sizeof empty);
    assert_memory_equal(device_sent(&d, 1).content.p, empty, sizeof empty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_cmp_5_1_1_01_cmp_c_4_01_null_sender),
        TEST(test_null_sender_under_a_signature),
        TEST(test_lcp_4_1_1_no_status_info),
        TEST(test_cmp_5_3_18_rejection_without_status_info),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else
#include "absent.h"
#endif
