/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A view of a PKCS #10 certificate request (RFC 2986 4), without copying. The
 * slices point into it.
 */
#ifndef LWCMP_CSR_H
#define LWCMP_CSR_H

#include "cert.h"

struct lwcmp_csr {
    struct lwcmp_bytes info; /* what is signed, with tag and length */
    struct lwcmp_bytes version, alg, attributes; /* while they are read */
    struct lwcmp_bytes subject;                  /* Name, with tag and length */
    struct lwcmp_bytes spki;       /* SubjectPublicKeyInfo, likewise */
    struct lwcmp_bytes extensions; /* asked for, Extension values in a row */
    struct lwcmp_bytes signature;  /* octets */
};

/*
 * 0, or LWCMP_ERR_SYNTAX: unless it is DER, of version 0, with a Name and with
 * attributes, be they none; extensions are asked for once at most.
 */
int lwcmp_csr_read(const struct lwcmp_bytes *der, struct lwcmp_csr *csr);

/*
 * Whether the key in it has signed it: 0, or LWCMP_ERR_PROTECTION, or
 * LWCMP_ERR_CERT_SYNTAX for a key that does not parse. 0 as well where the
 * provider does not know the kind of key or signature, for a key elsewhere may
 * be of any kind.
 */
int lwcmp_csr_check(const struct lwcmp_csr *csr);

/* 0, or LWCMP_ERR_CERT_KEY unless it is a request for this key. */
int lwcmp_csr_match(const struct lwcmp_csr *csr,
                    const struct lwcmp_bytes *spki);

#endif
