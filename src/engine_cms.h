/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the engine does otherwise where something comes encrypted. Without
 * these options each answers as if nothing ever did, and costs nothing.
 */
#ifndef LWCMP_ENGINE_CMS_H
#define LWCMP_ENGINE_CMS_H

#include "crmf.h"
#include "engine.h"

/* An answer brings a certificate that was there before, and its key. */
static inline bool lwcmp_engine_recovers(const struct lwcmp_request *request)
{
    return LWCMP_WITH_RECOVERY && request->operation == LWCMP_KRR;
}

static inline bool lwcmp_engine_asks_for_key(
    const struct lwcmp_request *request)
{
#if LWCMP_WITH_CMS
    return request->central_key;
#else
    (void)request;
    return false;
#endif
}

/* The key comes from the CA. */
static inline bool lwcmp_engine_is_central(const struct lwcmp_request *request)
{
    return lwcmp_engine_asks_for_key(request) || lwcmp_engine_recovers(request);
}

static inline bool lwcmp_engine_is_archived(const struct lwcmp_request *request)
{
#if LWCMP_WITH_CMS
    return request->archive;
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

/* What the firmware was built without cannot be asked for. */
static inline bool lwcmp_engine_is_built(const struct lwcmp_request *request)
{
    return (LWCMP_WITH_CENTRAL_KEY || !lwcmp_engine_asks_for_key(request)) &&
           (LWCMP_WITH_ENCRYPTED_CERT || !lwcmp_engine_is_encrypted(request)) &&
           (LWCMP_WITH_ARCHIVE || !lwcmp_engine_is_archived(request));
}

#if LWCMP_WITH_CMS
/* A copy is of a key that is made here, for somebody who has a certificate. */
static inline bool lwcmp_engine_may_archive(const struct lwcmp_config *config,
                                            const struct lwcmp_request *request)
{
    struct lwcmp_cert cert;

    return !lwcmp_engine_is_archived(request) ||
           (!lwcmp_engine_is_central(request) &&
            request->operation <= LWCMP_KUR &&
            lwcmp_cert_read(&config->archive_certificate, &cert) == 0);
}
#else
static inline bool lwcmp_engine_may_archive(const struct lwcmp_config *config,
                                            const struct lwcmp_request *request)
{
    (void)config;
    (void)request;
    return true;
}
#endif

/*
 * In a request for a certificate the CA makes the key, or the caller has put it
 * there, or it is encrypted for: one of these. By a secret it takes PBKDF2.
 * krr says no more than whose.
 */
static inline bool lwcmp_engine_may_ask(const struct lwcmp_config *config,
                                        const struct lwcmp_request *request)
{
    bool central = lwcmp_engine_is_central(request);
    bool encrypted = lwcmp_engine_is_encrypted(request);
    bool secret = config->secret != 0 && request->operation != LWCMP_KUR;

    if (!lwcmp_engine_is_built(request) ||
        !lwcmp_engine_may_archive(config, request)) {
        return false;
    }
    if (lwcmp_engine_recovers(request)) {
        return request->extensions.n == 0 && !encrypted &&
               !request->key_is_there && (LWCMP_WITH_PBMAC1 || !secret);
    }
    if (request->operation > LWCMP_KUR) {
        return !central && !encrypted;
    }
    return !central || (!encrypted && !request->key_is_there &&
                        (LWCMP_WITH_PBMAC1 || !secret));
}

/* The kind of key, and what of it differs, for the digest of a request. */
static inline uint8_t lwcmp_engine_key_kind(const struct lwcmp_request *request)
{
    return (uint8_t)(request->key_type |
                     (lwcmp_engine_is_archived(request) ? 0x20 : 0) |
                     (lwcmp_engine_is_central(request) ? 0x40 : 0) |
                     (lwcmp_engine_is_encrypted(request) ? 0x80 : 0));
}

/* The key that is to be made here. */
static inline enum lwcmp_key_type lwcmp_engine_key_type(
    const struct lwcmp_request *request)
{
    return (enum lwcmp_key_type)(
        request->key_type |
        (lwcmp_engine_is_archived(request) ? LWCMP_KEY_OPEN : 0));
}

/*
 * Whether a key that is left may serve: 0, or LWCMP_ERR_KEY. One that the CA
 * has made, and that was cut off before its certificate was kept, is not for
 * another: nobody is to take it for the device's own.
 */
static inline int lwcmp_engine_check_key(const struct lwcmp *c, lwcmp_key key)
{
    return LWCMP_WITH_SENT_KEY && (c->journal.marks & LWCMP_MARK_SENT_KEY) != 0
               ? LWCMP_ERR_KEY
               : lwcmp_crypto_key_is(key, lwcmp_engine_key_type(c->request));
}

/*
 * What is asked for next needs a key of the device's, and it is there. The one
 * of a certificate that is kept stays as it is.
 */
static inline void lwcmp_engine_mark_own_key(struct lwcmp *c)
{
    if (LWCMP_WITH_SENT_KEY && c->journal.phase != LWCMP_PHASE_KEPT &&
        !lwcmp_engine_is_central(c->request)) {
        c->journal.marks &= LWCMP_MARK_NUMBER_0;
    }
}

/* krp has no number to wait for. */
static inline enum lwcmp_waits lwcmp_engine_waits(const struct lwcmp *c)
{
    return lwcmp_engine_recovers(c->request) ? LWCMP_WAITS_ANSWER
                                             : LWCMP_WAITS_RESPONSE;
}

static inline void lwcmp_engine_set_crmf(const struct lwcmp *c,
                                         struct lwcmp_crmf *crmf)
{
#if LWCMP_WITH_CMS
    crmf->central = lwcmp_engine_is_central(c->request);
    crmf->encryption_only = lwcmp_engine_is_encrypted(c->request);
    crmf->type = c->request->key_type;
#endif
#if LWCMP_WITH_ARCHIVE
    crmf->archive =
        c->request->archive ? &c->config->archive_certificate : NULL;
#endif
#if LWCMP_WITH_RECOVERY
    crmf->recover = lwcmp_engine_recovers(c->request);
    crmf->answer = crmf->recover && c->own.kind == LWCMP_PROT_SIG
                       ? &c->own_cert.spki
                       : NULL;
#endif
    (void)c;
    (void)crmf;
}

#if LWCMP_WITH_RECOVERY
/* krp, into c->answer. */
int lwcmp_engine_read_recovery(struct lwcmp *c);
#else
static inline int lwcmp_engine_read_recovery(struct lwcmp *c)
{
    (void)c;
    return 0;
}
#endif

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

#if LWCMP_WITH_SENT_KEY
/* A private key is there that is not in its slot yet. */
static inline bool lwcmp_engine_awaits_key(const struct lwcmp *c)
{
    return c->answer.private_key.n > 0;
}

/* And it is still encrypted. */
static inline bool lwcmp_engine_has_sealed_key(const struct lwcmp *c)
{
    return lwcmp_engine_awaits_key(c) && !c->answer.opened;
}

/* What was decrypted of the private key, if anything, goes. */
void lwcmp_engine_wipe_key(struct lwcmp *c);
#else
static inline bool lwcmp_engine_awaits_key(const struct lwcmp *c)
{
    (void)c;
    return false;
}

static inline bool lwcmp_engine_has_sealed_key(const struct lwcmp *c)
{
    (void)c;
    return false;
}

static inline void lwcmp_engine_wipe_key(struct lwcmp *c)
{
    (void)c;
}
#endif

/* A certificate is taken: only its key may be missing before it is kept. */
static inline uint8_t lwcmp_engine_taken(const struct lwcmp *c)
{
    return lwcmp_engine_awaits_key(c) ? LWCMP_AT_IMPORT : LWCMP_AT_KEEP;
}

int lwcmp_at_open(struct lwcmp *c);
int lwcmp_at_kga(struct lwcmp *c);
int lwcmp_at_kga_verify(struct lwcmp *c);
int lwcmp_at_import(struct lwcmp *c);
int lwcmp_at_open_cert(struct lwcmp *c);

#endif
