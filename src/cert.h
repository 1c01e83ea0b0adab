/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A view of an X.509 certificate (RFC 5280 4.1): what CMP needs to know of
 * it, without copying and without judging it. Validation is the provider's.
 */
#ifndef LWCMP_CERT_H
#define LWCMP_CERT_H

#include "alg.h"

struct lwcmp_cert {
    struct lwcmp_bytes der;           /* the whole certificate */
    struct lwcmp_bytes serial;        /* content of the INTEGER */
    struct lwcmp_bytes issuer;        /* Name, with tag and length */
    struct lwcmp_bytes subject;       /* Name, with tag and length */
    struct lwcmp_bytes spki;          /* SubjectPublicKeyInfo, likewise */
    struct lwcmp_bytes ski;           /* subjectKeyIdentifier, octets */
    struct lwcmp_bytes aki;           /* keyIdentifier of the issuer, octets */
    struct lwcmp_bytes key_usage;     /* content of the BIT STRING */
    struct lwcmp_bytes ext_key_usage; /* OIDs in a row; while it is read */
    struct lwcmp_bytes san;           /* Extension subjectAltName, with tag */
    struct lwcmp_bytes extensions;    /* all Extension values in a row */
    uint8_t sig; /* enum lwcmp_sig of its signature, or 0 */
    bool cmc;    /* extendedKeyUsage has cmcCA or cmcRA */
};

/* 0, or LWCMP_ERR_CERT_SYNTAX. */
int lwcmp_cert_read(const struct lwcmp_bytes *der, struct lwcmp_cert *cert);

/* 0, or LWCMP_ERR_SYNTAX unless it is a Name all through. */
int lwcmp_cert_check_name(const struct lwcmp_bytes *name);

/* Whether keyUsage, if there, has digitalSignature (RFC 5280 4.2.1.3). */
bool lwcmp_cert_may_sign(const struct lwcmp_cert *cert);

/* Takes the next certificate of some that stand in a row. */
bool lwcmp_cert_next(struct lwcmp_bytes *row, struct lwcmp_bytes *der);

bool lwcmp_cert_in_row(const struct lwcmp_bytes *certificate,
                       struct lwcmp_bytes row);

/* Whether name and key identifier, where known, say that `ca` issued it. */
bool lwcmp_cert_issued_by(const struct lwcmp_cert *cert,
                          const struct lwcmp_cert *ca);

#endif
