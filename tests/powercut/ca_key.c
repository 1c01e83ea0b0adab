/* SPDX-License-Identifier: Apache-2.0 */
/* Which key a certificate is for: the device's, or one that the CA has. */
#include <string.h>

#include "ca_inside.h"

#define CA_ASKER_KEY 0x907 /* what is encrypted is for this one */
#define NUMBERS 5000       /* of the keys that the CA makes, from here on */

bool ca_read_key(const struct lwcmp_message *m, uint8_t spki[CRYPTO_TOY_SPKI])
{
    uint8_t room[128];

    if (m->type == LWCMP_BODY_KRR ||
        peer_read_key(m, room, sizeof room) != CRYPTO_TOY_SPKI) {
        return false;
    }
    memcpy(spki, room, CRYPTO_TOY_SPKI);
    return true;
}

void ca_make_key(struct ca *ca, struct ca_cert *c)
{
    c->number = NUMBERS + (uint32_t)(c - ca->cert);
    crypto_toy_spki(c->number, c->spki);
}

void ca_give_key(struct ca *ca, const struct ca_transaction *t)
{
    const struct ca_cert *asker = ca_cert(ca, t->asker);

    if (t->has_key || ca_cert(ca, t->serial)->number == 0) {
        return;
    }
    ca->key = (struct peer_key){.number = ca_cert(ca, t->serial)->number};
    if (asker != NULL) {
        ca->key.to = CA_ASKER_KEY;
        crypto_toy_key_set(CA_ASKER_KEY, asker->number);
    }
    ca->peer.key = &ca->key;
}
