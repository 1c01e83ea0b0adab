/* SPDX-License-Identifier: Apache-2.0 */
/* PKIHeader (RFC 9810 5.1.1, RFC 9483 3.1). */
#ifndef LWCMP_PKI_HEADER_H
#define LWCMP_PKI_HEADER_H

#include "lwcmp/lwcmp.h"
#include "prot_alg.h"

/* What we put into a header. */
struct lwcmp_pki_header {
    const struct lwcmp_bytes *sender;    /* Name; empty: CN = sender_kid */
    const struct lwcmp_bytes *recipient; /* Name */
    const struct lwcmp_prot_alg *protection;
    const struct lwcmp_bytes *sender_kid; /* empty: left out */
    struct lwcmp_bytes transaction_id;
    struct lwcmp_bytes sender_nonce;
    struct lwcmp_bytes recip_nonce; /* empty: left out */
    bool implicit_confirm;
#if LWCMP_WITH_CMP2021
    bool cmp2021;
#endif
#if LWCMP_WITH_CERT_PROFILE
    struct lwcmp_bytes profile; /* UTF-8; empty: left out */
#endif
};

/* pvno is 3 where the syntax of the body needs it, else 2 (RFC 9483 3.1). */
#if LWCMP_WITH_CMP2021
static inline void lwcmp_pki_header_set_cmp2021(struct lwcmp_pki_header *h,
                                                bool needed)
{
    h->cmp2021 = needed;
}

static inline bool lwcmp_pki_header_cmp2021(const struct lwcmp_pki_header *h)
{
    return h->cmp2021;
}
#else
static inline void lwcmp_pki_header_set_cmp2021(struct lwcmp_pki_header *h,
                                                bool needed)
{
    (void)h;
    (void)needed;
}

static inline bool lwcmp_pki_header_cmp2021(const struct lwcmp_pki_header *h)
{
    (void)h;
    return false;
}
#endif

#if LWCMP_WITH_CERT_PROFILE
static inline void lwcmp_pki_header_set_profile(
    struct lwcmp_pki_header *h, const struct lwcmp_bytes *profile)
{
    h->profile = *profile;
}
#else
static inline void lwcmp_pki_header_set_profile(
    struct lwcmp_pki_header *h, const struct lwcmp_bytes *profile)
{
    (void)h;
    (void)profile;
}
#endif

void lwcmp_pki_header_put(struct lwcmp_der_out *o,
                          const struct lwcmp_pki_header *h);

/* Reads a header into the fields of a received message: LWCMP_ERR_SYNTAX. */
int lwcmp_pki_header_read(const struct lwcmp_bytes *der,
                          struct lwcmp_message *m);

#endif
