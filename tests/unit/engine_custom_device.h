/* SPDX-License-Identifier: Apache-2.0 */
/* For tests of engines with signature algorithms of the application. */
#ifndef LWCMP_TEST_ENGINE_CUSTOM_H
#define LWCMP_TEST_ENGINE_CUSTOM_H

#include "engine_device.h"
#include "peer_inside.h"
#include "sig_toy.h"
#include "vectors.h"

#if LWCMP_WITH_CUSTOM_SIG
#define OWN_KEY 0xa11 /* of the application's */

static uint8_t spki[SIG_TOY_SPKI];
static struct lwcmp_algorithms own;

static inline int set_up_custom(void **state)
{
    (void)set_up(state);
    memset(&sig_toy, 0, sizeof sig_toy);
    own.custom_sigs = sig_toy_table;
    own.custom_sigs_n = COUNT(sig_toy_table);
    d.config.algorithms = &own;
    return 0;
}

/* The CA issues by this algorithm, and its root is of it. */
static inline void issue_by(const struct lwcmp_custom_sig *custom)
{
    d.peer.issues_by = custom;
    d.config.anchors = peer_custom_root();
}

/* Our own key signs: message and certificate are of the application's. */
static inline void set_own(void)
{
    struct cert_make what = {
        .subject = "factory", .issuer = "Maker", .ski = 3, .aki = 8};
    struct lwcmp_der_out o;

    what.spki = sig_toy_spki(OWN_KEY, spki);
    lwcmp_der_out_init(&o, d.factory_cert, sizeof d.factory_cert);
    d.config.certificate = cert_make(&o, &what);
    d.config.key = OWN_KEY;
    d.config.secret = 0;
    d.peer.sign = true;
}

#define TEST_CUSTOM(f) \
    cmocka_unit_test_setup_teardown(f, set_up_custom, tear_down)
#endif

#endif
