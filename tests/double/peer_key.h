/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the peer encrypts: keys that it makes, and certificates. Only with the
 * toy provider.
 */
#ifndef PEER_KEY_H
#define PEER_KEY_H

#include "peer.h"

/* Of the certificate of who makes keys. */
#define PEER_KGA_SERIAL 0x4b

enum peer_key_signer {
    PEER_KEY_BY_KGA,
    PEER_KEY_BY_ROOT,
    PEER_KEY_BY_RESPONDER,
    PEER_KEY_BY_DEVICE,     /* no fault of its certificate, but its purpose */
    PEER_KEY_BY_NO_SIGNER,  /* it may not sign */
    PEER_KEY_BY_STRANGER,   /* whom nobody knows */
    PEER_KEY_WITHOUT_SIGNER /* whose certificate is missing */
};

struct peer_key {
    bool certificate; /* that is encrypted, rather than a key */
    lwcmp_key to;     /* for this key pair of the device; 0: the secret */
    uint32_t number;  /* of the key that is certified; 0: the device's own */
    uint32_t other;   /* that is sent instead; 0: the same */
    enum peer_key_signer signer;
    bool bad_signature, bad_digest, bad_seal, as_data, two_keys, no_content;
};

/* All of these do nothing where nothing is encrypted. */
void peer_key_change(const struct peer *p, struct lwcmp_bytes *spki,
                     uint8_t *buffer);
void peer_key_put(struct peer *p, struct lwcmp_der_out *o);
bool peer_key_put_cert(struct peer *p, struct lwcmp_der_out *o);

#endif
