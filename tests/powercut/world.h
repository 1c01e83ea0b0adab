/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One run of the simulation: what the device holds that survives a reset, the
 * CA, and the points at which something goes wrong. Points are passed in one
 * sequence; after the first fault they are counted from 1 again.
 */
#ifndef POWERCUT_WORLD_H
#define POWERCUT_WORLD_H

#include <setjmp.h>

#include "ca.h"
#include "lwcmp/lwcmp.h"
#include "store_ram.h"

#define DEVICE_KEY_1 0x101
#define DEVICE_KEY_2 0x102
#define DEVICE_SECRET 0x200

#define FAULTS 2
#define MESSAGE_MAX 4096

enum fault_kind {
    FAULT_NONE,
    FAULT_CUT,  /* power goes */
    FAULT_FAIL, /* the call fails; the message is lost */
    FAULT_TWICE /* the message comes twice */
};

struct fault {
    unsigned point; /* counted from 1; 0: none */
    enum fault_kind kind;
};

/* What the judge may find. */
enum verdict {
    VERDICT_LOST,      /* no identity, and no means to get one */
    VERDICT_UNKEPT,    /* confirmed what was not kept */
    VERDICT_DISAGREE,  /* device and CA, on which certificate is current */
    VERDICT_NOT_QUIET, /* did not come to rest */
    VERDICT_STRAY_KEY, /* that no record names */
    VERDICT_VOLATILE,  /* a key that outlived its transaction */
    VERDICTS
};

enum blame {
    BLAME_NOBODY, /* there are means */
    BLAME_DEVICE,
    BLAME_CA
};

/* The identity that survives a reset. */
struct medium {
    struct store_ram ram;
    uint32_t key[2]; /* numbers of the keys in the slots; 0: none */
    bool has_secret;
};

/* Changes of the medium; a key that is replaced is two. */
struct wear {
    unsigned writes, removes, keys;
    unsigned long bytes;
};

struct world {
    /* What is to happen. */
    const struct model *model;
    struct fault fault[FAULTS];
    bool reversed; /* what is written lasts only from the next message on */
    bool trace;

    /* Where it is now. */
    jmp_buf off;     /* power goes: to here */
    unsigned point;  /* passed since the last fault */
    unsigned faults; /* that have happened */
    bool unfit;      /* a fault came to a point where it means nothing */
    unsigned noise;  /* times at which something went wrong */
    unsigned boots, attempts;
    unsigned stage; /* of the life: what the device has come through */
    uint64_t now;   /* seconds */
    uint32_t chance;

    /* What lasts. With `reversed` the medium is behind. */
    struct store_ram ram;
    struct lwcmp_store inner, store;
    bool has_secret;
    struct medium medium;
    struct wear wear, enrolment; /* in all, and until it was enrolled */

    struct ca ca;
    uint8_t answer[MESSAGE_MAX], old_answer[MESSAGE_MAX];
    size_t answer_n, old_answer_n;

    /* The judge's. */
    unsigned found;      /* a bit for each enum verdict */
    char where[128];     /* the first one, in words */
    enum blame blame;    /* who has lost what there was */
    unsigned noise_then; /* and how much had gone wrong before */
    bool superseded;     /* what the device has got, by what nobody gets */
    bool impossible;     /* to have done better */
    uint32_t renewed;    /* serial of the certificate of the stage before */
};

void world_begin(struct world *w, const struct model *model);

/* Volatile keys are gone, and the medium is all that is left. */
void world_power_off(struct world *w);

/* All that was written so far lasts. */
void world_flush(struct world *w);

/*
 * A point is passed: the fault that is due and has to be acted on by the
 * caller, FAULT_NONE, FAULT_FAIL or, if it can be, FAULT_TWICE.
 */
enum fault_kind world_point(struct world *w, bool can_twice, const char *format,
                            ...);

/* The shared secret is wiped. */
void world_wipe_secret(struct world *w);

void world_say(const struct world *w, const char *format, ...);

#endif
