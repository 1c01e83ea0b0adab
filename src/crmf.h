/* SPDX-License-Identifier: Apache-2.0 */
/* Certificate requests: CRMF (RFC 4211) as RFC 9483 4.1 profiles it. */
#ifndef LWCMP_CRMF_H
#define LWCMP_CRMF_H

#include "cert.h"
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
};

/* Writes CertReqMessages with one request, number 0, signed by the key. */
void lwcmp_crmf_put(struct lwcmp_der_out *o, const struct lwcmp_crmf *crmf);

#endif
