/* SPDX-License-Identifier: Apache-2.0 */
/*
 * src/engine_peer.c: what is remembered of a server over a reset, and what
 * time it says it is.
 */
#include "engine_device.h"
#include "vectors.h"

/* A renewal whose exchange `at` is lost; from then on there is no signer. */
static void lose(unsigned at)
{
    device_enrol(&d);
    lose_answer(at);
    d.resume = true;
    d.peer.fault = PEER_NO_SIGNER;
}

/* The server has sent its certificate, and sees no reason to do so again. */
static void test_lcp_3_3_06_pkiconf_without_signer(void **state)
{
    (void)state;
    lose(2);
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_CERTCONF);
    device_check_identity(&d);
}

static void test_poll_without_signer(void **state)
{
    (void)state;
    d.peer.polls = 2;
    d.peer.check_after = 60;
    device_enrol(&d);
    d.peer.waits = true;
    d.off_at = 1;
    assert_int_equal(device_run(&d), LWCMP_ERR_WAITING);
    (void)lwcmp_end(&d.c);
    assert_int_equal(lwcmp_pending(&d.store).interval, 60);
    d.off_at = 0;
    d.resume = true;
    d.peer.fault = PEER_NO_SIGNER;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(device_sent(&d, 0).type, LWCMP_BODY_POLLREQ);
    device_check_identity(&d);
}

/* The first answer of a transaction has to bring it (RFC 9483 3.3). */
static void test_first_answer_needs_a_signer(void **state)
{
    (void)state;
    lose(2);
    d.resume = false;
    assert_int_equal(device_run(&d), LWCMP_ERR_NO_SIGNER);
}

/* It is a hint: judged like what comes from outside, and may be rubbish. */
static void test_remembered_is_not_trusted(void **state)
{
    (void)state;
    for (unsigned how = 0; how < 4; how++) {
        vectors_at("damage %u", how);
        lose(2);
        switch (how) {
        case 0:
            d.ram.record[LWCMP_RECORD_SIGNER].n = 0;
            break;
        case 1:
            d.ram.record[LWCMP_RECORD_SIGNER].p[0] ^= 0x80;
            break;
        case 2: /* a device of the fleet */
            memcpy(d.ram.record[LWCMP_RECORD_SIGNER].p, peer_signer().p,
                   peer_signer().n);
            d.ram.record[LWCMP_RECORD_SIGNER].n = peer_signer().n;
            break;
        default: /* larger than there is room for */
            d.ram.record[LWCMP_RECORD_SIGNER].n = STORE_RAM_MAX;
            break;
        }
        CHECK(device_run(&d) != 0);
        CHECK(device_journal(&d).active == 1);
        CHECK(device_journal(&d).waits == LWCMP_WAITS_CERTCONF);
        device_check_identity(&d);
        (void)tear_down(state);
        (void)set_up(state);
    }
}

static bool has_room; /* for a signer and a new certificate */

static int write_spoilt(void *context, enum lwcmp_record id,
                        const struct lwcmp_bytes *parts, size_t count)
{
    struct store_ram *ram = context;
    bool full = id == LWCMP_RECORD_CERT_2 &&
                ram->record[LWCMP_RECORD_SIGNER].n > 0 && !has_room;

    return full || (id == LWCMP_RECORD_SIGNER && has_room)
               ? LWCMP_ERR_STORE
               : store_ram(ram).write(context, id, parts, count);
}

static int read_spoilt(void *context, enum lwcmp_record id, uint8_t *p,
                       size_t cap, size_t *n)
{
    *n = 0;
    return id == LWCMP_RECORD_SIGNER
               ? LWCMP_ERR_STORE
               : store_ram(context).read(context, id, p, cap, n);
}

/* A store that has no room for it, or not for it and a certificate as well. */
static void test_never_in_the_way(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        has_room = i == 0;
        device_enrol(&d);
        d.store.write = write_spoilt;
        assert_int_equal(device_run(&d), 0);
        device_check_identity(&d);
        (void)tear_down(state);
        (void)set_up(state);
    }
}

/* It cannot be read: whoever sends his certificate again is understood. */
static void test_unreadable(void **state)
{
    (void)state;
    lose(2);
    d.store.read = read_spoilt;
    assert_int_equal(device_run(&d), LWCMP_ERR_NO_SIGNER);
    (void)lwcmp_end(&d.c);
    d.peer.fault = PEER_HONEST;
    assert_int_equal(device_run(&d), 0);
    device_check_identity(&d);
}

/* Kept once for a transaction, and not at all where none has come. */
static void test_kept_once(void **state)
{
    unsigned writes;

    (void)state;
    device_enrol(&d);
    assert_int_equal(device_record(&d, LWCMP_RECORD_SIGNER).n, 0);
    writes = d.ram.writes;
    assert_int_equal(device_run(&d), 0);
    /* asked, signer, certificate, kept, confirmed */
    assert_int_equal(d.ram.writes - writes, 5);
    assert_true(device_record(&d, LWCMP_RECORD_SIGNER).n > 0);
}

static void test_lcp_3_1_11_heard_time(void **state)
{
    static const struct {
        const char *text;
        uint32_t seconds;
    } times[] = {
        {NULL, 0},
        {"20260101000000Z", 1767225600},
        {"21060207062815Z", 4294967295},
        {"21060207062816Z", 0},
        {"junk", 0},
        {"", 0},
    };

    (void)state;
    assert_int_equal(lwcmp_heard_time(&d.c), 0);
    for (size_t i = 0; i < COUNT(times); i++) {
        vectors_at("messageTime %zu", i);
        d.peer.time = times[i].text;
        CHECK_INT(device_run(&d), 0);
        CHECK_INT(lwcmp_heard_time(&d.c), times[i].seconds);
        (void)lwcmp_end(&d.c);
    }
}

/* Nobody has vouched for it. */
static void test_lcp_3_1_11_time_of_a_claim(void **state)
{
    static const enum peer_fault faults[] = {PEER_CLAIM,
                                             PEER_FLIPPED_PROTECTION};

    (void)state;
    d.peer.time = "20260101000000Z";
    for (size_t i = 0; i < COUNT(faults); i++) {
        d.peer.fault = faults[i];
        assert_int_not_equal(device_run(&d), 0);
        assert_int_equal(lwcmp_heard_time(&d.c), 0);
        (void)lwcmp_end(&d.c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_lcp_3_3_06_pkiconf_without_signer),
        TEST(test_poll_without_signer),
        TEST(test_first_answer_needs_a_signer),
        TEST(test_remembered_is_not_trusted),
        TEST(test_never_in_the_way),
        TEST(test_unreadable),
        TEST(test_kept_once),
        TEST(test_lcp_3_1_11_heard_time),
        TEST(test_lcp_3_1_11_time_of_a_claim),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
