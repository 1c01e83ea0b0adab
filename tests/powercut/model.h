/* SPDX-License-Identifier: Apache-2.0 */
/* What the CAs of the simulation, and the fleets that they serve, differ in. */
#ifndef POWERCUT_MODEL_H
#define POWERCUT_MODEL_H

#include <stdbool.h>
#include <stddef.h>

enum model_spent {
    SPENT_AT_ISSUE,
    SPENT_AT_CONFIRM,
    SPENT_NEVER
};

/* Where the key of a certificate comes from. */
enum model_key {
    KEY_OWN,      /* the engine makes it */
    KEY_OF_CSR,   /* the application, and a PKCS #10 request, at enrolment */
    KEY_ARCHIVED, /* the CA's archive, at enrolment */
    KEY_BY_CA,    /* the CA makes it */
    KEY_ELSEWHERE /* it is in no slot: PKCS #10 requests, and the secret */
};

struct model {
    enum model_key key;

    /* The secret, once it has brought a certificate. */
    enum model_spent spent;

    /* Who has asked for a key may ask for it again, in another transaction. */
    bool reissues;

    /* Confirms at issue, and closes the transaction. */
    bool implicit;

    /* Lets a request wait, for two pollReqs. */
    bool waits;

    /* Forgets, while the device is off, each transaction that is open. */
    bool forgets;

    /* Revokes what such a transaction has issued; else accepts it for good. */
    bool revokes;

    /* Answers a second certConf by the error certConfirmed. */
    bool says_confirmed;

    /* The device learns its anchor from caPubs. */
    bool learns;

    /* The device tries a new identity before it lets the old one go. */
    bool proves;

    /* The device keeps its secret, and falls back to it. */
    bool keeps_secret;
};

extern const struct model models[];
extern const size_t model_count;

/*
 * Whether a device of this kind can be lost by nobody's fault but the CA's:
 * what it has issued is nowhere to be had again.
 */
bool model_can_lose(const struct model *m);

/* In words, for a line of the report. */
void model_describe(const struct model *m, char *text, size_t size);

#endif
