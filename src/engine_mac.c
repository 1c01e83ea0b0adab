/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of MACs: ours and, where the parameters differ, the CA's. */
#include "bytes.h"
#include "engine.h"

#if LWCMP_WITH_PBM
#if LWCMP_WITH_MAC_HASH
static enum lwcmp_hash own_hash(const struct lwcmp_config *config)
{
    const struct lwcmp_algorithms *chosen = config->algorithms;

    return chosen && chosen->mac_hash ? chosen->mac_hash : LWCMP_SHA256;
}

bool lwcmp_engine_mac_fits(const struct lwcmp_config *config)
{
    enum lwcmp_hash hash = own_hash(config);

    return hash >= LWCMP_SHA256 && hash <= LWCMP_SHA512;
}
#else
static inline enum lwcmp_hash own_hash(const struct lwcmp_config *config)
{
    (void)config;
    return LWCMP_SHA256;
}
#endif

/* Salt and key stay the same through a transaction (RFC 9483 4.1.5). */
int lwcmp_engine_derive(struct lwcmp *c)
{
    struct lwcmp_pbm *pbm = &c->own.pbm;
    enum lwcmp_hash hash = own_hash(c->config);
    int err = 0;

    if (c->own_key == 0) {
        pbm->salt.p = c->salt;
        pbm->salt.n = sizeof c->salt;
        pbm->iterations = c->config->pbm_iterations ? c->config->pbm_iterations
                                                    : LWCMP_PBM_ITERATIONS;
        pbm->owf = hash;
        pbm->hmac = hash;
        pbm->key_length = c->config->pbmac1 ? (uint8_t)(16 * hash) : 0;
        err = lwcmp_crypto_random(c->salt, sizeof c->salt);
    }
    if (err == 0) {
        err =
            lwcmp_crypto_pbm(pbm, c->config->secret, &c->own_key, &c->iterated);
    }
    if (c->iterated == pbm->iterations) {
        c->state = LWCMP_AT_BUILD;
    }
    return err;
}

/* The parameters are the sender's; if they are ours, so is the key. */
static bool is_own_pbm(const struct lwcmp *c)
{
    const struct lwcmp_pbm *own = &c->own.pbm;
    const struct lwcmp_pbm *peer = &c->peer.pbm;

    return lwcmp_bytes_equal(&peer->salt, &own->salt) &&
           peer->iterations == own->iterations && peer->owf == own->owf &&
           peer->hmac == own->hmac && peer->key_length == own->key_length;
}

int lwcmp_at_peer_derive(struct lwcmp *c)
{
    int err = 0;

    if (is_own_pbm(c)) {
        c->state = LWCMP_AT_VERIFY;
        return 0;
    }
    err = lwcmp_crypto_pbm(&c->peer.pbm, c->config->secret, &c->peer_key,
                           &c->iterated);
    if (c->iterated == c->peer.pbm.iterations) {
        c->state = LWCMP_AT_VERIFY;
    }
    return err;
}
#endif
