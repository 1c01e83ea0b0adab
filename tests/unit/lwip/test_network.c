/* SPDX-License-Identifier: Apache-2.0 */
/* port/lwip/network.c: lwIP of this process starts once and lives on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "lwip/ethernet.h"
#include "lwip/network.h"
#include "wire.h"

static void run(uint32_t ms)
{
    uint32_t i;

    for (i = 0; i < ms / 10; i++) {
        wire_tick(10);
        lwcmp_network_poll();
    }
}

static void assert_address(unsigned own, unsigned others)
{
    struct lwcmp_network_address a = lwcmp_network_address();
    const uint8_t ten = others ? 10 : 0;
    const uint8_t own_address[4] = {ten, 0, 0, (uint8_t)own};
    const uint8_t other_address[4] = {ten, 0, 0, (uint8_t)others};

    assert_memory_equal(a.own, own_address, 4);
    assert_memory_equal(a.router, other_address, 4);
    assert_memory_equal(a.dns, other_address, 4);
    assert_int_equal(lwcmp_network_is_up(), others != 0);
}

/* What begin returns in a process that has not begun yet; 99: it has sent. */
static int begin_elsewhere(void)
{
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        status = lwcmp_network_begin();
        _exit(wire.frames ? 99 : status);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void test_no_driver(void **state)
{
    (void)state;
    wire_reset();
    wire.no_driver = true;
    assert_int_equal(begin_elsewhere(), LWCMP_ERR_NETWORK);
}

static void test_no_entropy(void **state)
{
    (void)state;
    wire_reset();
    wire.no_entropy = true;
    assert_int_equal(begin_elsewhere(), LWCMP_ERR_RANDOM);
}

/* Asks again, and more seldom with time, as long as nobody answers. */
static void test_no_dhcp(void **state)
{
    unsigned before;

    (void)state;
    wire_reset();
    wire.no_dhcp = true;
    assert_int_equal(lwcmp_network_begin(), 0);
    assert_address(0, 0);
    run(20000);
    before = wire.discovers;
    assert_in_range(before, 3, 6);
    run(60000);
    assert_in_range(wire.discovers, before + 1, before + 4);
    assert_address(0, 0);
}

static void test_address(void **state)
{
    (void)state;
    wire_reset();
    run(70000);
    assert_int_equal(wire.discovers, 1);
    assert_int_equal(wire.requests, 1);
    assert_address(WIRE_DEVICE, WIRE_PEER);
}

/* A lease of an hour is renewed, also where the controller is busy. */
static void test_lease(void **state)
{
    (void)state;
    wire_reset();
    run(1700 * 1000);
    assert_int_equal(wire.requests, 0);
    wire.lose_next = 1;
    run(1700 * 1000);
    assert_in_range(wire.requests, 1, 2);
    assert_address(WIRE_DEVICE, WIRE_PEER);
}

static void test_lease_ends(void **state)
{
    (void)state;
    wire_reset();
    wire.no_dhcp = true;
    run(3700 * 1000);
    assert_true(wire.requests > 0);
    assert_address(0, 0);
    wire.no_dhcp = false;
    run(70000);
    assert_address(WIRE_DEVICE, WIRE_PEER);
}

/* Frames that a stranger might send: they cost nothing that lasts. */
static void test_junk(void **state)
{
    static const uint8_t start[] = {2, 0, 0, 0, 0, 2,    2, 0, 0,
                                    0, 0, 1, 8, 0, 0x45, 0, 0, 60};
    uint8_t frame[WIRE_FRAME];
    uint32_t x = 1, i, j;

    (void)state;
    wire_reset();
    for (i = 0; i < 20000; i++) {
        for (j = 0; j < sizeof(frame); j++) {
            x = x * 1664525U + 1013904223U;
            frame[j] = (uint8_t)(x >> 24);
        }
        memcpy(frame, start, i % (sizeof(start) + 1));
        if (i % 3 == 0) {
            frame[13] = 6; /* ARP */
        }
        wire_put(frame, 1 + i % sizeof(frame));
        run(10);
    }
    assert_address(WIRE_DEVICE, WIRE_PEER);
    wire_reset();
    run(1900 * 1000);
    assert_true(wire.requests > 0);
    assert_address(WIRE_DEVICE, WIRE_PEER);
}

/* A flood is taken in turns, so that the main loop goes on. */
static void test_flood(void **state)
{
    uint8_t frame[60] = {2, 0, 0, 0, 0, 2}, left[WIRE_FRAME];
    unsigned i;

    (void)state;
    wire_reset();
    for (i = 0; i < 20; i++) {
        wire_put(frame, sizeof(frame));
    }
    lwcmp_network_poll();
    assert_int_equal(lwcmp_ethernet_receive(left, sizeof(left)), sizeof(frame));
}

/* Without random numbers nothing goes out any more. */
static void test_entropy_fails(void **state)
{
    unsigned frames;

    (void)state;
    wire_reset();
    wire.no_entropy = true;
    wire.no_dhcp = true;
    run(3700 * 1000);
    assert_address(0, 0);
    frames = wire.frames;
    wire.no_entropy = false;
    wire.no_dhcp = false;
    run(100 * 1000);
    assert_int_equal(wire.frames, frames);
    assert_address(0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_driver),     cmocka_unit_test(test_no_entropy),
        cmocka_unit_test(test_no_dhcp),       cmocka_unit_test(test_address),
        cmocka_unit_test(test_lease),         cmocka_unit_test(test_lease_ends),
        cmocka_unit_test(test_junk),          cmocka_unit_test(test_flood),
        cmocka_unit_test(test_entropy_fails),
    };

    wire.now = UINT32_MAX - 30000; /* it will wrap */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
