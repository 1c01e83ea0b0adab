/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by what reads CRLs. */
#ifndef LWCMP_CRL_OWN_H
#define LWCMP_CRL_OWN_H

#include "cert.h"
#include "lwcmp/crl.h"

/* Reads a Time of RFC 5280, which is one element, whatever its tag. */
int lwcmp_crl_time(const struct lwcmp_bytes *der, uint64_t *seconds);

/* The first part of lwcmp_crl_verify(). */
int lwcmp_crl_check_signature(const struct lwcmp_crl *crl,
                              const struct lwcmp_bytes *ca);

/*
 * Takes the next distribution point where the CA itself leaves a CRL off the
 * content of cRLDistributionPoints: its DistributionPointName, DER.
 */
bool lwcmp_crl_point_next(struct lwcmp_bytes *row, struct lwcmp_bytes *name);

/*
 * Goes one step towards w->at == the length of the path: looks up a
 * certificate in the next CRL, or goes on to the next certificate.
 */
int lwcmp_crl_walk(struct lwcmp_crl_walk *w, const struct lwcmp_bytes *crls,
                   const struct lwcmp_bytes *path,
                   const struct lwcmp_time *time);

#endif
