/* SPDX-License-Identifier: Apache-2.0 */
/* CRLs for tests, good and bad, signed by way of the linked provider. */
#ifndef CRL_MAKE_H
#define CRL_MAKE_H

#include "alg.h"

#define CRL_UNKNOWN 99 /* number of an extension that nobody knows */

/* Extension with the OID 2.5.29.number; 0: none. */
struct crl_ext {
    uint8_t number;
    bool critical;
    struct lwcmp_bytes value; /* DER */
};

#define CRL_EXTS 3

struct crl_make {
    const char *issuer; /* common name */
    lwcmp_key signer;   /* 0: a signature of zeros */
    const char *from;   /* as in struct cert_make */
    const char *until;  /* likewise; "": absent */
    uint8_t version;    /* 1: v2, the default; 255: absent */
    uint8_t aki;        /* key identifier of one byte; 0: none */
    uint32_t serial;    /* of an entry; 0: none */
    uint32_t many;      /* entries before it, from serial number 100000 on */
    const char *date;   /* of that entry */
    bool other_alg;     /* inside */
    bool unknown_sig;   /* a signature algorithm that nobody knows */
    struct crl_ext entry[CRL_EXTS], list[CRL_EXTS]; /* of entry and CRL */
};

/* Writes the CRL behind what is in `o` already. */
struct lwcmp_bytes crl_make(struct lwcmp_der_out *o,
                            const struct crl_make *what);

/* Bytes of a string literal. */
#define CRL_BYTES(s)                        \
    {                                       \
        (const uint8_t *)(s), sizeof(s) - 1 \
    }

#endif
