/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A CA with a memory, which a device's life needs: transactions, certificates
 * and what became of them, the secret. What an answer looks like is the affair
 * of the peer of the other tests.
 */
#ifndef POWERCUT_CA_H
#define POWERCUT_CA_H

#include "crypto_toy.h"
#include "model.h"
#include "peer_key.h"

#define CA_MAX 64
#define CA_SECRET 0x905 /* the CA's copy */
#define CA_ARCHIVED 1   /* serial of the certificate that is in the archive */

enum ca_state {
    CA_WAITING, /* of a transaction */
    CA_OPEN,    /* a certificate waits for certConf */
    CA_CONFIRMED,
    CA_FAILED
};

enum ca_cert_state {
    CA_CERT_UNCONFIRMED,
    CA_CERT_CURRENT,
    CA_CERT_SUPERSEDED,
    CA_CERT_REVOKED
};

struct ca_transaction {
    enum ca_state state;
    uint8_t body;
    uint8_t id[16], nonce[16];
    uint8_t spki[CRYPTO_TOY_SPKI]; /* that is asked for */
    bool has_key;                  /* the device, in a slot */
    uint32_t asker;  /* serial of the certificate that signs; 0: the secret */
    uint32_t serial; /* of what was issued; 0: nothing yet */
    unsigned polls;
};

struct ca_cert {
    enum ca_cert_state state;
    uint8_t spki[CRYPTO_TOY_SPKI];
    uint32_t number; /* of its key, if the CA has made it */
    uint8_t hash[32];
    uint32_t asker;
    uint64_t issued; /* seconds */
};

struct ca {
    const struct model *model;
    struct peer peer;
    struct peer_key key; /* that goes along with a certificate */
    uint64_t now;
    bool secret_spent;
    uint32_t current; /* serial; 0: none */
    struct ca_transaction transaction[CA_MAX];
    struct ca_cert cert[CA_MAX]; /* by serial - 1 */
    unsigned transactions, certs;

    /* Of the last message. */
    uint32_t accepted; /* serial that a certConf has confirmed */
    bool gave_away;    /* issued, and will not say it again */
};

void ca_init(struct ca *ca, const struct model *model,
             struct lwcmp_bytes reference, struct lwcmp_bytes secret);

/* From now on its archive has a key and a certificate for the device. */
void ca_fill_archive(struct ca *ca);

/* Answers a message; the size of the answer. */
size_t ca_answer(struct ca *ca, struct lwcmp_bytes in, uint8_t *out,
                 size_t cap);

/* The device has been off. True: something was forgotten. */
bool ca_forget(struct ca *ca);

/*
 * The root gets a successor: its certificate by itself, and by the old key.
 * From then on all is issued below it.
 */
void ca_renew_root(struct ca *ca, struct lwcmp_bytes *new_with_new,
                   struct lwcmp_bytes *new_with_old);

/* What the CA would say of these; for the judge. */
struct ca_cert *ca_cert(struct ca *ca, uint32_t serial);
struct ca_transaction *ca_find(struct ca *ca, const uint8_t id[16]);
bool ca_accepts_cert(struct ca *ca, uint32_t serial);

/* Whether somebody who signs so, 0 by the secret, gets one for this key. */
bool ca_would_issue(struct ca *ca, uint32_t asker,
                    const uint8_t spki[CRYPTO_TOY_SPKI]);

#endif
