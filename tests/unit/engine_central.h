/* SPDX-License-Identifier: Apache-2.0 */
/* A device whose CA makes its keys. */
#ifndef LWCMP_TEST_ENGINE_CENTRAL_H
#define LWCMP_TEST_ENGINE_CENTRAL_H

#include "engine_device.h"
#include "peer_key.h"
#include "vectors.h"

#if LWCMP_WITH_SENT_KEY
#define NUMBER 5000 /* of the key that the CA makes */

static struct peer_key key;

static inline int set_up_central(void **state)
{
    (void)set_up(state);
    key = (struct peer_key){.number = NUMBER};
    d.peer.key = &key;
    d.request.central_key = true;
    return 0;
}

/* With a manufacturer's key, which opens what is sent. */
static inline int set_up_signed(void **state)
{
    (void)set_up_central(state);
    device_set_factory(&d);
    key.to = DEVICE_FACTORY_KEY;
    return 0;
}

static inline int tear_down_central(void **state)
{
    (void)state;
    (void)lwcmp_end(&d.c);
    device_free(&d);
    return (int)crypto_toy_volatile_keys();
}

#if LWCMP_WITH_RECOVERY
/* It was made before, and is back from the CA's archive. */
static inline int set_up_recovery(void **state)
{
    (void)set_up_central(state);
    d.request.central_key = false;
    d.request.operation = LWCMP_KRR;
    return 0;
}

static inline int set_up_signed_recovery(void **state)
{
    (void)set_up_signed(state);
    d.request.central_key = false;
    d.request.operation = LWCMP_KRR;
    return 0;
}
#endif

/* The plain key is not in the work buffer. */
static inline void check_is_wiped(void)
{
    uint8_t octets[2 + CRYPTO_TOY_PRIVATE] = {LWCMP_DER_OCTET_STRING,
                                              CRYPTO_TOY_PRIVATE};

    crypto_toy_private(key.other ? key.other : NUMBER, octets + 2);
    for (size_t i = 0; i + sizeof octets <= d.config.buffer_size; i++) {
        CHECK(memcmp(d.config.buffer + i, octets, sizeof octets) != 0);
    }
}

#define BY_SECRET(f) \
    cmocka_unit_test_setup_teardown(f, set_up_central, tear_down_central)
#define SIGNED(f) \
    cmocka_unit_test_setup_teardown(f, set_up_signed, tear_down_central)

#endif

#endif
