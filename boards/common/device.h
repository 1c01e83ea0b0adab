/* SPDX-License-Identifier: Apache-2.0 */
/* What the device has: its flash, its factory record, its identity. */
#ifndef LWCMP_BOARD_DEVICE_H
#define LWCMP_BOARD_DEVICE_H

#include "factory/record.h"
#include "flash/log.h"
#include "lwcmp/lifecycle.h"

/* PSA's names of the keys of the two slots. */
#define LWCMP_DEVICE_KEY_1 1
#define LWCMP_DEVICE_KEY_2 2

struct lwcmp_device {
    struct lwcmp_log log;
    struct lwcmp_store store;
    struct lwcmp_life life;
    struct lwcmp_factory factory;
    struct lwcmp_factory_secret secret; /* empty: wiped */
    lwcmp_key secret_key;               /* volatile; 0: none */
    uint8_t buffer[LWCMP_BOARD_BUFFER];
};

/*
 * Opens the flash store, starts PSA Crypto, reads the factory record and
 * imports the secret, if there is one. Says what is wrong and returns an error
 * when the device cannot go on.
 */
int lwcmp_device_open(struct lwcmp_device *d);

/* The certificate and its chain in a slot, into the buffer. */
int lwcmp_device_certificate(struct lwcmp_device *d, unsigned slot,
                             struct lwcmp_bytes *row);

/*
 * Wipes the secret from flash and from PSA, unless the factory record wants
 * it kept for another enrolment. Says so, and whether that has failed.
 */
void lwcmp_device_forget_secret(struct lwcmp_device *d);

#endif
