/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the engine asks for signature algorithms of the application; without
 * the option, the provider alone is asked.
 */
#ifndef LWCMP_ENGINE_CUSTOM_H
#define LWCMP_ENGINE_CUSTOM_H

#include "engine.h"
#include "own_sig.h"

#if LWCMP_WITH_CUSTOM_SIG
/* protectionAlg of the answer, into c->peer. */
int lwcmp_engine_read_alg(struct lwcmp *c);

/* The public key of the answer's signer, for c->peer. */
int lwcmp_engine_take_key(struct lwcmp *c, const struct lwcmp_cert *cert);

/* Validates c->path; errors are those of lwcmp_crypto_path(). */
int lwcmp_engine_check_path(struct lwcmp *c);

/* For certHash; 0: the certificate's algorithm is not known. */
enum lwcmp_hash lwcmp_engine_cert_hash(struct lwcmp *c,
                                       const struct lwcmp_cert *cert);

/* What hashAlg of certConf names; 0: nothing. */
static inline enum lwcmp_hash lwcmp_engine_hash_alg(const struct lwcmp *c)
{
    return (enum lwcmp_hash)c->hash_alg;
}
#else
static inline int lwcmp_engine_read_alg(struct lwcmp *c)
{
    return lwcmp_prot_alg_read(&c->in.protection_alg, &c->peer);
}

static inline int lwcmp_engine_take_key(struct lwcmp *c,
                                        const struct lwcmp_cert *cert)
{
    return lwcmp_crypto_public_import(cert->spki, c->peer.sig, &c->peer_key);
}

static inline int lwcmp_engine_check_path(struct lwcmp *c)
{
    return lwcmp_crypto_path(c->path, c->path_n, &c->time);
}

static inline enum lwcmp_hash lwcmp_engine_cert_hash(
    struct lwcmp *c, const struct lwcmp_cert *cert)
{
    (void)c;
    return lwcmp_alg_sig_hash((enum lwcmp_sig)cert->sig);
}

static inline enum lwcmp_hash lwcmp_engine_hash_alg(const struct lwcmp *c)
{
    (void)c;
    return LWCMP_HASH_NONE;
}
#endif

#endif
