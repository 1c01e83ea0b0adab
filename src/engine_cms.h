/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the engine does otherwise where something comes encrypted. Without
 * these options each answers as if nothing ever did, and costs nothing.
 */
#ifndef LWCMP_ENGINE_CMS_H
#define LWCMP_ENGINE_CMS_H

#include "crmf.h"
#include "engine.h"

static inline bool lwcmp_engine_is_central(const struct lwcmp_request *request)
{
#if LWCMP_WITH_CMS
    return request->central_key;
#else
    (void)request;
    return false;
#endif
}

static inline bool lwcmp_engine_is_encrypted(
    const struct lwcmp_request *request)
{
#if LWCMP_WITH_CMS
    return request->encryption_only;
#else
    (void)request;
    return false;
#endif
}

/*
 * In a request for a certificate the CA makes the key, or the caller has put it
 * there, or it is encrypted for: one of these. By a secret it takes PBKDF2.
 */
static inline bool lwcmp_engine_may_ask(const struct lwcmp_config *config,
                                        const struct lwcmp_request *request)
{
    bool central = lwcmp_engine_is_central(request);
    bool encrypted = lwcmp_engine_is_encrypted(request);
    bool secret = config->secret != 0 && request->operation != LWCMP_KUR;

    if (request->operation > LWCMP_KUR ||
        (central && !LWCMP_WITH_CENTRAL_KEY) ||
        (encrypted && !LWCMP_WITH_ENCRYPTED_CERT)) {
        return !central && !encrypted;
    }
    return !central || (!encrypted && !request->key_is_there &&
                        (LWCMP_WITH_PBMAC1 || !secret));
}

/* The kind of key, and what of it differs, for the digest of a request. */
static inline uint8_t lwcmp_engine_key_kind(const struct lwcmp_request *request)
{
    return (uint8_t)(request->key_type |
                     (lwcmp_engine_is_central(request) ? 0x40 : 0) |
                     (lwcmp_engine_is_encrypted(request) ? 0x80 : 0));
}

static inline void lwcmp_engine_set_crmf(const struct lwcmp *c,
                                         struct lwcmp_crmf *crmf)
{
#if LWCMP_WITH_CMS
    crmf->central = lwcmp_engine_is_central(c->request);
    crmf->encryption_only = lwcmp_engine_is_encrypted(c->request);
    crmf->type = c->request->key_type;
#else
    (void)c;
    (void)crmf;
#endif
}

#if LWCMP_WITH_CMS
/*
 * Whether what is encrypted in a response that grants is what was asked for,
 * and nothing else: 0, or LWCMP_ERR_STATUS. If it is the certificate, it is
 * what is opened next.
 */
int lwcmp_engine_check_wrapped(struct lwcmp *c);
#else
static inline int lwcmp_engine_check_wrapped(struct lwcmp *c)
{
    (void)c;
    return 0;
}
#endif

#if LWCMP_WITH_CENTRAL_KEY
/* A private key is there that is not in its slot yet. */
static inline bool lwcmp_engine_awaits_key(const struct lwcmp *c)
{
    return c->answer.private_key.n > 0;
}

/* What was decrypted of the private key, if anything, goes. */
void lwcmp_engine_wipe_key(struct lwcmp *c);
#else
static inline bool lwcmp_engine_awaits_key(const struct lwcmp *c)
{
    (void)c;
    return false;
}

static inline void lwcmp_engine_wipe_key(struct lwcmp *c)
{
    (void)c;
}
#endif

int lwcmp_at_open(struct lwcmp *c);
int lwcmp_at_kga(struct lwcmp *c);
int lwcmp_at_kga_verify(struct lwcmp *c);
int lwcmp_at_import(struct lwcmp *c);
int lwcmp_at_open_cert(struct lwcmp *c);

#endif
