/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A view of an X.509 certificate (RFC 5280 4.1): what CMP needs to know of
 * it, without copying and without judging it. Validation is the provider's.
 */
#ifndef LWCMP_CERT_H
#define LWCMP_CERT_H

#include "alg.h"
#include "lwcmp/lwcmp.h"

/*
 * A row of a table of extensions, which ends with zeros: where the content of
 * an extension's value goes.
 */
struct lwcmp_known {
    uint8_t id;    /* last octet of the OID below id-ce, 2.5.29 */
    uint8_t tag;   /* of the value */
    uint8_t where; /* offset of the struct lwcmp_bytes, absent at first */
};

/* 0, or LWCMP_ERR_CERT_SYNTAX. */
int lwcmp_cert_read(const struct lwcmp_bytes *der, struct lwcmp_cert *cert);

/* The same with less work if its subject is `name`, which is a Name. */
int lwcmp_cert_read_of(const struct lwcmp_bytes *der,
                       const struct lwcmp_bytes *name, struct lwcmp_cert *cert);

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

#if LWCMP_WITH_EXTENSIONS
/*
 * Reads the Extensions in the row, of a CRL as well, into the struct at `out`.
 * LWCMP_ERR_SYNTAX also for one that stands there twice. *odd is set by one
 * that is critical and not known.
 */
int lwcmp_cert_extensions(struct lwcmp_bytes *row,
                          const struct lwcmp_known *rows, void *out, bool *odd);

/* Whether basicConstraints say so. */
bool lwcmp_cert_is_ca(const struct lwcmp_cert *cert);

/* Takes apart what was signed, its signature in whole octets. */
int lwcmp_signed_read(const struct lwcmp_bytes *der, struct lwcmp_signed *s);

/* By the key of `ca`; errors are those of the provider. */
int lwcmp_signed_verify(const struct lwcmp_signed *s, uint8_t sig,
                        const struct lwcmp_cert *ca);
#endif

#endif
