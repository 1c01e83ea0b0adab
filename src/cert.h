/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A view of an X.509 certificate (RFC 5280 4.1): what CMP needs to know of
 * it, without copying and without judging it. Validation is the provider's.
 */
#ifndef LWCMP_CERT_H
#define LWCMP_CERT_H

#include "alg.h"
#include "lwcmp/lwcmp.h"

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

#endif
