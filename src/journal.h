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

/* Where lwcmp_resume() goes on. */
enum lwcmp_waits {
    LWCMP_WAITS_NOT, /* nowhere: the next attempt asks anew */
    /* The CA wants time for */
    LWCMP_WAITS_RESPONSE, /* the response in the answer to our request */
    LWCMP_WAITS_ANSWER,   /* the whole answer to our request */
    LWCMP_WAITS_PKICONF,  /* the answer to certConf */
    /* The CA may never have got, or we not what it said to */
    LWCMP_WAITS_CERTCONF, /* our certConf */
    LWCMP_WAITS_REQUEST,  /* our request */
    /* The application has not said whether the new identity works. */
    LWCMP_WAITS_PROOF
};

int lwcmp_journal_read(const struct lwcmp_store *store,
                       struct lwcmp_journal *journal);
int lwcmp_journal_write(const struct lwcmp_store *store,
                        const struct lwcmp_journal *journal);

#endif
