/* SPDX-License-Identifier: Apache-2.0 */
/* PKIHeader (RFC 9810 5.1.1, RFC 9483 3.1). */
#ifndef LWCMP_PKI_HEADER_H
#define LWCMP_PKI_HEADER_H

#include "lwcmp/lwcmp.h"
#include "prot_alg.h"

/* What we put into a header. */
struct lwcmp_pki_header {
    struct lwcmp_bytes sender;    /* Name; absent: CN = sender_kid */
    struct lwcmp_bytes recipient; /* Name; absent: the empty one */
    const struct lwcmp_prot_alg *protection;
    struct lwcmp_bytes sender_kid; /* absent: left out */
    struct lwcmp_bytes transaction_id;
    struct lwcmp_bytes sender_nonce;
    struct lwcmp_bytes recip_nonce; /* absent: left out */
    bool implicit_confirm;
};

void lwcmp_pki_header_put(struct lwcmp_der_out *o,
                          const struct lwcmp_pki_header *h);

/* Reads a header into the fields of a received message: LWCMP_ERR_SYNTAX. */
int lwcmp_pki_header_read(const struct lwcmp_bytes *der,
                          struct lwcmp_message *m);

#endif
