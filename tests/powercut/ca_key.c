/* SPDX-License-Identifier: Apache-2.0 */
/* Which key a certificate is for: the device's, or one that the CA has. */
#include <string.h>

#include "ca_inside.h"

#define CA_ASKER_KEY 0x907 /* what is encrypted is for this one */
#define NUMBERS 5000       /* of the keys that the CA makes, from here on */

/* CertificationRequest: subjectPKInfo is behind version and subject. */
static int read_csr(struct lwcmp_bytes in, struct lwcmp_bytes *spki)
{
    struct lwcmp_bytes b;
    int err = lwcmp_der_take(&in, LWCMP_DER_SEQUENCE, &in);

    err |= lwcmp_der_take(&in, LWCMP_DER_SEQUENCE, &in);
    err |= lwcmp_der_take(&in, LWCMP_DER_INTEGER, &b);
    err |= lwcmp_der_take(&in, LWCMP_DER_SEQUENCE, &b);
    return err | lwcmp_der_take_whole(&in, LWCMP_DER_SEQUENCE, spki);
}

/* CertReqMessages: publicKey [6] is behind the subject of the CertTemplate. */
static int read_template(struct lwcmp_bytes in, struct lwcmp_bytes *spki)
{
    struct lwcmp_bytes b;
    int err = 0;

    for (int depth = 0; depth < 3; depth++) {
        err |= lwcmp_der_take(&in, LWCMP_DER_SEQUENCE, &in);
    }
    err |= lwcmp_der_take(&in, LWCMP_DER_INTEGER, &b);
    err |= lwcmp_der_take(&in, LWCMP_DER_SEQUENCE, &in);
    err |= lwcmp_der_take(&in, LWCMP_DER_CTX(5), &b);
    return err | lwcmp_der_take_whole(&in, LWCMP_DER_CTX(6), spki);
}

/* Where the CA is to make it, there is an algorithm and no key. */
bool ca_read_key(const struct lwcmp_message *m, uint8_t spki[CRYPTO_TOY_SPKI])
{
    struct lwcmp_bytes b;

    if (m->type == LWCMP_BODY_KRR) {
        return false;
    }
    ca_check((m->type == LWCMP_BODY_P10CR
                  ? read_csr(m->content, &b)
                  : read_template(m->content, &b)) == 0);
    if (b.n != CRYPTO_TOY_SPKI) {
        return false;
    }
    memcpy(spki, b.p, b.n);
    spki[0] = LWCMP_DER_SEQUENCE;
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
