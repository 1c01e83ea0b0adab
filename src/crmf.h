/* SPDX-License-Identifier: Apache-2.0 */
/* Certificate requests: CRMF (RFC 4211) as RFC 9483 4.1 profiles it. */
#ifndef LWCMP_CRMF_H
#define LWCMP_CRMF_H

#include "cert.h"
#include "own_sig.h"
#include "prot_alg.h"

struct lwcmp_crmf {
    const struct lwcmp_bytes *subject;    /* Name */
    const struct lwcmp_bytes *extensions; /* Extension values in a row */
    lwcmp_key key;                        /* to be certified */
    const struct lwcmp_cert *old; /* certificate to be updated, or NULL */
#if LWCMP_WITH_CMS
    bool central;         /* the CA makes the key, of this type */
    bool encryption_only; /* the key, of this type, does not sign */
    enum lwcmp_key_type type;
#endif
#if LWCMP_WITH_OWN_SIG
    const struct lwcmp_config *config; /* how the key signs */
#endif
#if LWCMP_WITH_ARCHIVE
    const struct lwcmp_bytes *archive; /* its copy is for this certificate */
#endif
#if LWCMP_WITH_RECOVERY
    bool recover;                     /* nothing is certified: central, too */
    const struct lwcmp_bytes *answer; /* is encrypted for this SPKI, or NULL */
#endif
};

#if LWCMP_WITH_OWN_SIG
static inline void lwcmp_crmf_set_config(struct lwcmp_crmf *crmf,
                                         const struct lwcmp_config *config)
{
    crmf->config = config;
}

static inline const struct lwcmp_config *lwcmp_crmf_config(
    const struct lwcmp_crmf *crmf)
{
    return crmf->config;
}
#else
static inline void lwcmp_crmf_set_config(struct lwcmp_crmf *crmf,
                                         const struct lwcmp_config *config)
{
    (void)crmf;
    (void)config;
}

static inline const struct lwcmp_config *lwcmp_crmf_config(
    const struct lwcmp_crmf *crmf)
{
    (void)crmf;
    return NULL;
}
#endif

/* Writes CertReqMessages with one request, number 0, signed by the key. */
void lwcmp_crmf_put(struct lwcmp_der_out *o, const struct lwcmp_crmf *crmf);

#endif
