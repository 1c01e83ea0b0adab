/* SPDX-License-Identifier: Apache-2.0 */
/* A device for engine tests: a store in RAM, toy crypto, a peer as its CA. */
#ifndef DEVICE_H
#define DEVICE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cert.h"
#include "cert_make.h"
#include "crypto_toy.h"
#include "journal.h"
#include "peer.h"
#include "store_ram.h"

#define DEVICE_KEY_1 0x101
#define DEVICE_KEY_2 0x102
#define DEVICE_SECRET 0x200
#define DEVICE_FACTORY_KEY 0x300

struct device {
    struct lwcmp c;
    struct lwcmp_config config;
    struct lwcmp_request request;
    struct lwcmp_store store;
    struct store_ram ram;
    struct peer peer;
    uint8_t factory_cert[512];
    size_t piece;           /* bytes of an answer at a time; 0: all at once */
    unsigned gone_at;       /* exchange without an answer; 0: none */
    bool gone_on;           /* nor do those after it have one */
    bool breaks_off;        /* or half of one */
    int gone_why;           /* and what the transport says of it */
    bool refuse;            /* at LWCMP_DECIDE */
    bool broken;            /* the new identity, at LWCMP_PROVE */
    struct lwcmp_time time; /* that the engine is told */
    bool resume;            /* rather than begin */
    unsigned off_at;        /* switched off at this LWCMP_WAIT; 0: never */

    /* What happened. */
    unsigned exchanges, decisions, waits, proofs;
    uint64_t waited; /* seconds */
    uint8_t sent[8][4096];
    size_t sent_n[8];
};

/* A device with a reference number and a secret, ready for LWCMP_IR. */
void device_init(struct device *d);
void device_free(struct device *d);

/* Gives it a manufacturer's certificate instead of the secret. */
void device_set_factory(struct device *d);

/* A certificate of another make, for the manufacturer's key. */
void device_set_certificate(struct device *d, struct cert_make what);

/* Runs one transaction to its end and gives the result. */
int device_run(struct device *d);

/* At LWCMP_EXCHANGE: the peer answers, or is gone. */
void device_exchange(struct device *d);

/* The message of exchange i of the last run, from 0. */
struct lwcmp_message device_sent(const struct device *d, unsigned i);

/* Enrols honestly by secret, then sets everything up for a renewal. */
void device_enrol(struct device *d);

/* The journal, which has to be readable. */
struct lwcmp_journal device_journal(struct device *d);

/* The record of an identity, and the number of its key. */
struct lwcmp_bytes device_record(struct device *d, enum lwcmp_record id);

bool device_has_key(lwcmp_key key);

/* That the identity at hand is whole: certificate for the key in its slot. */
void device_check_identity(struct device *d);

#endif
