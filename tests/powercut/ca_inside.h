/* SPDX-License-Identifier: Apache-2.0 */
/* Inside the CA. */
#ifndef POWERCUT_CA_INSIDE_H
#define POWERCUT_CA_INSIDE_H

#include "body_cert.h"
#include "ca.h"

#define CA_ROOT_KEY 0x906 /* the new one */

/* The program stops where the CA itself cannot go on. */
void ca_check(bool good);

/* The public key that is asked for; false: the CA has to have it. */
bool ca_read_key(const struct lwcmp_message *m, uint8_t spki[CRYPTO_TOY_SPKI]);

/* What its own answer brings. */
int ca_read_answer(const struct ca *ca, const struct lwcmp_bytes *content,
                   struct lwcmp_response *response);

/* A key of the CA's for a new certificate. */
void ca_make_key(struct ca *ca, struct ca_cert *c);

/* The next answer brings that key, encrypted for who has asked. */
void ca_give_key(struct ca *ca, const struct ca_transaction *t);

/*
 * What certConf says: LWCMP_PKI_ACCEPTED, LWCMP_PKI_REJECTION, or, if it is of
 * another certificate, LWCMP_PKI_LAST.
 */
uint32_t ca_read_verdict(const struct lwcmp_message *m,
                         const struct ca_cert *cert);

/*
 * Who has protected a message; from then on answers are protected in the same
 * way. False where the protection is not good.
 */
bool ca_authenticate(struct ca *ca, const struct lwcmp_message *m,
                     uint32_t *asker);

#endif
