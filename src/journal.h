/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The record that survives a reset: which identity is active and which
 * transaction is under way. docs/journal.md has it byte by byte.
 */
#ifndef LWCMP_JOURNAL_H
#define LWCMP_JOURNAL_H

#include "lwcmp/lwcmp.h"

enum lwcmp_phase {
    LWCMP_PHASE_IDLE,
    LWCMP_PHASE_ASKED, /* key kept; the request may have been sent */
    LWCMP_PHASE_KEPT   /* certificate kept; certConf may have been sent */
};

/* Where lwcmp_resume() goes on. From PKICONF on a certificate is kept. */
enum lwcmp_waits {
    LWCMP_WAITS_NOT,      /* nowhere: the next attempt asks anew */
    LWCMP_WAITS_REQUEST,  /* our request may be lost, or the answer to it */
    LWCMP_WAITS_RESPONSE, /* the CA wants time for its response, */
    LWCMP_WAITS_ANSWER,   /* for its answer as a whole, */
    LWCMP_WAITS_PKICONF,  /* for the answer to certConf */
    LWCMP_WAITS_CERTCONF, /* our certConf may be lost, or the answer to it */
    LWCMP_WAITS_PROOF     /* whether it works is for the application to say */
};

int lwcmp_journal_read(const struct lwcmp_store *store,
                       struct lwcmp_journal *journal);
int lwcmp_journal_write(const struct lwcmp_store *store,
                        const struct lwcmp_journal *journal);

/* The same for an errand that waits (engine_errand.c). */
int lwcmp_errand_read(const struct lwcmp_store *store,
                      struct lwcmp_journal *journal);
int lwcmp_errand_write(const struct lwcmp_store *store,
                       const struct lwcmp_journal *journal);

#endif
