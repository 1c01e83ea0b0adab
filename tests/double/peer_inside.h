/* SPDX-License-Identifier: Apache-2.0 */
/* Inside the peer. */
#ifndef PEER_INSIDE_H
#define PEER_INSIDE_H

#include "cert_make.h"
#include "peer.h"
#include "pki_status.h"

#define PEER_ROOT_KEY 0x901
#define PEER_SIGNER_KEY 0x902
#define PEER_DEVICE_KEY 0x903
#define PEER_SUB_KEY 0x904

/* Of the application's algorithm. */
#define PEER_CUSTOM_ROOT 0xa01
#define PEER_CUSTOM_SIGNER 0xa02

/* The test stops where the peer itself cannot go on. */
void peer_check(int err);

/* Whether this answer has that fault. */
bool peer_has(const struct peer *p, enum peer_fault fault);

/* Remembers what will have to be answered, perhaps later. */
void peer_note_request(struct peer *p);

/* What it sends along to be trusted, though nobody should. */
void peer_put_roots(const struct peer *p, struct lwcmp_der_out *o);

/* The algorithm of this answer, if it is one of the application. */
const struct lwcmp_custom_sig *peer_signs_by(const struct peer *p);

/* How a certificate is signed, if by such an algorithm. */
void peer_custom_issue(const struct peer *p, struct cert_make *what);

/* The certificate for such a key that signs messages. */
struct lwcmp_bytes peer_custom_signer(const struct peer *p,
                                      struct cert_make what, uint8_t *buffer,
                                      size_t cap);

/* The algorithm of a message. */
void peer_custom_alg(const struct peer *p, struct lwcmp_prot_alg *alg);

/* generalInfo that grants implicitConfirm. */
void peer_put_implicit(struct lwcmp_der_out *o);

void peer_put_body(struct peer *p, struct lwcmp_der_out *o);

/* The new certificate. */
void peer_put_cert(struct peer *p, struct lwcmp_der_out *o);

/* Whether it grants what was asked for, and the status that says so. */
bool peer_grants(const struct peer *p);
void peer_put_status(const struct peer *p, struct lwcmp_der_out *o);

/* What is in CertifiedKeyPair, and in krp. */
void peer_put_pair(struct peer *p, struct lwcmp_der_out *o);
void peer_put_recovery(struct peer *p, struct lwcmp_der_out *o);

/* A certificate for one of its keys. */
struct lwcmp_bytes peer_make(lwcmp_key key, struct cert_make what,
                             uint8_t *buffer, size_t cap);

#endif
