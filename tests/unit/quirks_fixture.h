/* SPDX-License-Identifier: Apache-2.0 */
/* Habits of servers, and somebody who hopes that they are forgiven. */
#ifndef LWCMP_TEST_QUIRKS_FIXTURE_H
#define LWCMP_TEST_QUIRKS_FIXTURE_H

#include "engine_device.h"
#include "lwcmp/quirks.h"
#include "pki_status.h"
#include "vectors.h"

#define QUIRKS_ALL                             \
    (LWCMP_PRESET_LEGACY | LWCMP_PRESET_3GPP | \
     (uint32_t)LWCMP_QUIRK_NO_STATUS_INFO)

/* A fault of one answer, or two. */
static inline void spoil(enum peer_fault fault, unsigned at,
                         enum peer_fault also)
{
    d.peer.fault = fault;
    d.peer.at = at;
    d.peer.also = also;
    d.peer.also_at = at;
}

static inline void afresh(void)
{
    (void)tear_down(NULL);
    (void)set_up(NULL);
}

/* A device of the 3GPP kind: a maker's certificate, and no trust anchor. */
static inline void set_first_use(void)
{
    device_set_factory(&d);
    d.config.anchors.n = 0;
    d.peer.root_comes = true;
}

/* Enrolled; what comes next is a renewal. */
static inline void set_renewal(void)
{
    device_enrol(&d);
}

/* What is on record then: an attempt, or nothing of it. */
enum left {
    ASKED, /* the key stays, for the same request */
    KEPT,  /* a certificate waits for its confirmation */
    GONE,  /* it was turned down, and the key with it */
    OURS   /* it was turned down; the key serves again */
};

struct attack {
    const char *name;
    void (*arrange)(void);
    int due;
    enum left left;
};

static inline void check_left(const struct attack *a, uint8_t active)
{
    struct lwcmp_journal journal = device_journal(&d);
    lwcmp_key key = active ? DEVICE_KEY_2 : DEVICE_KEY_1;

    CHECK_INT(journal.active, active);
    CHECK_INT(journal.phase, a->left == KEPT   ? LWCMP_PHASE_KEPT
                             : a->left == GONE ? LWCMP_PHASE_IDLE
                                               : LWCMP_PHASE_ASKED);
    CHECK(device_has_key(key) == (a->left != GONE));
    CHECK((device_record(&d, active ? LWCMP_RECORD_CERT_2 : LWCMP_RECORD_CERT_1)
               .n > 0) == (a->left == KEPT));
    CHECK_INT(device_record(&d, LWCMP_RECORD_ANCHORS).n, 0);
}

/* Every tolerance is on, and none of them helps. */
static inline void test_attacker(void **state)
{
    const struct attack *a = *state;
    uint8_t active;

    vectors_at("%s", a->name);
    a->arrange();
    active = device_journal(&d).active;
    d.config.quirks = QUIRKS_ALL;
    CHECK_INT(device_run(&d), a->due);
    CHECK(!lwcmp_server_status(&d.c).authenticated || a->left >= GONE);
    check_left(a, active);
}

/* Where none is asked for, none acts. */
static inline void test_none_acts(void **state)
{
    (void)state;
    assert_int_equal(device_run(&d), 0);
    assert_int_equal(lwcmp_quirks_used(&d.c), 0);
}

#endif
