/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of MACs: ours and, where the parameters differ, the CA's. */
#include "bytes.h"
#include "engine.h"

#if LWCMP_WITH_PBM
void lwcmp_engine_pbm(const struct lwcmp *c, struct lwcmp_pbm *pbm)
{
    pbm->salt = (struct lwcmp_bytes){c->salt, sizeof c->salt};
    pbm->iterations = c->config->pbm_iterations ? c->config->pbm_iterations
                                                : LWCMP_PBM_ITERATIONS;
    pbm->owf = LWCMP_SHA256;
    pbm->hmac = LWCMP_SHA256;
    pbm->key_length = c->config->pbmac1 ? 32 : 0;
}

/* Salt and key stay the same through a transaction (RFC 9483 4.1.5). */
int lwcmp_at_derive(struct lwcmp *c)
{
    struct lwcmp_pbm pbm;
    int err = 0;

    lwcmp_engine_pbm(c, &pbm);
    if (c->mac_key == 0) {
        err = lwcmp_crypto_random(c->salt, sizeof c->salt);
    }
    if (err == 0) {
        err = lwcmp_crypto_pbm(&pbm, c->config->secret, &c->mac_key,
                               &c->iterated);
    }
    if (c->iterated == pbm.iterations) {
        c->state = LWCMP_AT_BUILD;
    }
    return err;
}

/* The parameters are the sender's; if they are ours, so is the key. */
static bool is_own_pbm(const struct lwcmp *c)
{
    struct lwcmp_pbm own;

    lwcmp_engine_pbm(c, &own);
    return lwcmp_bytes_equal(c->peer_pbm.salt, own.salt) &&
           c->peer_pbm.iterations == own.iterations &&
           c->peer_pbm.owf == own.owf && c->peer_pbm.hmac == own.hmac &&
           c->peer_pbm.key_length == own.key_length;
}

int lwcmp_at_peer_derive(struct lwcmp *c)
{
    int err = 0;

    if (is_own_pbm(c)) {
        c->state = LWCMP_AT_VERIFY;
        return 0;
    }
    err = lwcmp_crypto_pbm(&c->peer_pbm, c->config->secret, &c->peer_key,
                           &c->iterated);
    if (c->iterated == c->peer_pbm.iterations) {
        c->state = LWCMP_AT_VERIFY;
    }
    return err;
}
#endif
