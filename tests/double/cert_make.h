/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certificates for tests: the right shape, and a signature of zeros unless
 * somebody is to sign.
 */
#ifndef CERT_MAKE_H
#define CERT_MAKE_H

#include "prot_alg.h"

struct cert_make {
    const char *subject, *issuer; /* common names */
    struct lwcmp_bytes spki;
    uint32_t serial;          /* 0: the one that all have */
    uint8_t ski, aki;         /* key identifiers of one byte; 0: none */
    bool version_1;           /* which has no extensions */
    bool cmc;                 /* extendedKeyUsage cmcRA */
    bool kga;                 /* or cmKGA */
    bool no_signing;          /* keyUsage without digitalSignature */
    bool unknown_sig;         /* a signature algorithm that nobody knows */
    const char *dns;          /* subjectAltName */
    const char *from, *until; /* UTCTime or, if longer, GeneralizedTime */
    struct lwcmp_bytes usage, constraints; /* keyUsage, basicConstraints, DER */
    struct lwcmp_bytes points;             /* cRLDistributionPoints, DER */
    struct lwcmp_bytes more;               /* Extension values in a row */
    lwcmp_key by_key;                      /* has signed it; 0: nobody has */
    const struct lwcmp_custom_sig *by;     /* algorithm of this key, or NULL */
};

/* Writes the certificate behind what is in `o` already. */
struct lwcmp_bytes cert_make(struct lwcmp_der_out *o,
                             const struct cert_make *what);

/* A Name with one commonName. */
struct lwcmp_bytes name_make(struct lwcmp_der_out *o, const char *cn);

#endif
