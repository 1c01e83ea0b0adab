/* SPDX-License-Identifier: Apache-2.0 */
/* What a store holds: what can be asked of it, and records that are damaged. */
#include "engine_device.h"
#include "vectors.h"

/* identity: a slot, or -1 for none */
static void check_store(const char *when, int identity, unsigned free_slot,
                        bool under_way)
{
    unsigned slot = 9;

    vectors_at("%s", when);
    CHECK_INT(lwcmp_identity(&d.store, &slot),
              identity < 0 ? LWCMP_ERR_NO_IDENTITY : 0);
    CHECK_INT(slot, identity < 0 ? 9 : identity);
    CHECK_INT(lwcmp_free_slot(&d.store, &slot), 0);
    CHECK_INT(slot, free_slot);
    CHECK((lwcmp_pending(&d.store).operation != 0) == under_way);
}

static void fail_at(unsigned exchange)
{
    d.gone_at = exchange;
    d.gone_why = LWCMP_ERR_NETWORK;
    assert_int_equal(device_run(&d), LWCMP_ERR_NETWORK);
    assert_int_equal(lwcmp_end(&d.c), LWCMP_ERR_NETWORK);
    d.gone_at = 0;
}

static void test_questions_to_a_store(void **state)
{
    (void)state;
    check_store("empty", -1, 0, false);
    fail_at(1);
    check_store("ir lost", -1, 0, true);
    device_enrol(&d);
    check_store("enrolled", 0, 1, false);
    fail_at(2);
    check_store("certConf lost", 0, 1, true);
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(lwcmp_end(&d.c), 0);
    check_store("renewed", 1, 0, false);
    d.peer.fault = PEER_REJECTS;
    d.peer.at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_REJECTED);
    check_store("refused", 1, 0, false);
}

/* Nothing is said of a store that cannot be read. */
static void test_questions_to_a_damaged_store(void **state)
{
    unsigned slot;

    (void)state;
    device_enrol(&d);
    fail_at(1);
    d.ram.record[LWCMP_RECORD_JOURNAL].p[7] ^= 1;
    assert_int_equal(lwcmp_identity(&d.store, &slot), LWCMP_ERR_JOURNAL);
    assert_int_equal(lwcmp_free_slot(&d.store, &slot), LWCMP_ERR_JOURNAL);
    assert_false((lwcmp_pending(&d.store).operation != 0));
}

/* Ways to spoil a certificate: gone, no DER, DER but no certificate. */
#define DAMAGES 3

static void damage(enum lwcmp_record id, unsigned how)
{
    vectors_at("record %d, damage %u", (int)id, how);
    switch (how) {
    case 0:
        d.ram.record[id].n = 0;
        break;
    case 1:
        d.ram.record[id].p[0] ^= 0x80;
        break;
    default:
        d.ram.record[id].p[4] ^= 0x80; /* the tag of its first part */
    }
}

/* A renewal cannot be signed with it, so there is none, and nothing changes. */
static void test_damaged_identity(void **state)
{
    for (unsigned how = 0; how < DAMAGES; how++) {
        device_enrol(&d);
        damage(LWCMP_RECORD_CERT_1, how);
        CHECK_INT(device_run(&d), LWCMP_ERR_STORE);
        CHECK(d.exchanges == 0);
        CHECK(device_journal(&d).active == 1);
        CHECK(device_has_key(DEVICE_KEY_1));
        (void)tear_down(state);
        (void)set_up(state);
    }
}

/* It is as if it had not come: its key is there, so it is asked for again. */
static void test_damaged_kept_certificate(void **state)
{
    uint32_t key;

    for (unsigned how = 0; how < DAMAGES; how++) {
        device_enrol(&d);
        fail_at(2);
        key = crypto_toy_key_number(DEVICE_KEY_2);
        damage(LWCMP_RECORD_CERT_2, how);
        CHECK_INT(device_run(&d), 0);
        CHECK(device_sent(&d, 0).type == LWCMP_BODY_KUR);
        CHECK(device_journal(&d).active == 2);
        CHECK(crypto_toy_key_number(DEVICE_KEY_2) == key);
        device_check_identity(&d);
        (void)tear_down(state);
        (void)set_up(state);
    }
}

static unsigned bad_reads; /* of the certificate in slot 2, from now on */

static int read_badly(void *context, enum lwcmp_record id, uint8_t *p,
                      size_t cap, size_t *n)
{
    if (id == LWCMP_RECORD_CERT_2 && bad_reads > 0) {
        bad_reads--;
        *n = 0;
        return LWCMP_ERR_STORE;
    }
    return store_ram(context).read(context, id, p, cap, n);
}

/*
 * One that cannot be read for once is confirmed all the same; one that never
 * can be is asked for again, whether the device resumes or not.
 */
static void test_unreadable_kept_certificate(void **state)
{
    for (unsigned reads = 1; reads <= 2; reads++) {
        for (unsigned resume = 0; resume < 2; resume++) {
            vectors_at("%u bad reads, resume %u", reads, resume);
            device_enrol(&d);
            fail_at(2);
            d.store.read = read_badly;
            d.resume = resume == 1;
            bad_reads = reads;
            CHECK_INT(device_run(&d), 0);
            CHECK(device_sent(&d, 0).type == (resume == 1 && reads == 1
                                                  ? LWCMP_BODY_CERTCONF
                                                  : LWCMP_BODY_KUR));
            CHECK(device_journal(&d).active == 2);
            device_check_identity(&d);
            (void)tear_down(state);
            (void)set_up(state);
        }
    }
}

/* Not one that has no room: that is the caller's to mend, and nothing goes. */
static void test_kept_certificate_without_room(void **state)
{
    (void)state;
    device_enrol(&d);
    fail_at(2);
    d.resume = true;
    d.config.buffer_size = device_record(&d, LWCMP_RECORD_CERT_2).n - 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_BUFFER);
    (void)lwcmp_end(&d.c);
    assert_int_equal(device_journal(&d).phase, LWCMP_PHASE_KEPT);
    assert_int_equal(device_journal(&d).waits, LWCMP_WAITS_CERTCONF);
    d.config.buffer_size = 2048;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_CERTCONF);
    device_check_identity(&d);
}

/* Nor is it confirmed by polling on, if that is what it waits for. */
static void test_damaged_certificate_is_not_polled_for(void **state)
{
    (void)state;
    d.peer.waits_at_confirm = true;
    d.peer.polls = 9;
    d.off_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    (void)lwcmp_end(&d.c);
    damage(LWCMP_RECORD_CERT_1, 0);
    d.off_at = 0;
    d.resume = true;
    d.peer.waits_at_confirm = false;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_IR);
    device_check_identity(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_questions_to_a_store),
        TEST(test_questions_to_a_damaged_store),
        TEST(test_damaged_identity),
        TEST(test_damaged_kept_certificate),
        TEST(test_unreadable_kept_certificate),
        TEST(test_kept_certificate_without_room),
        TEST(test_damaged_certificate_is_not_polled_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
