/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by what reads CRLs. */
#ifndef LWCMP_CRL_OWN_H
#define LWCMP_CRL_OWN_H

#include "cert.h"
#include "lwcmp/crl.h"

/* An Extension whose OID is id-ce, 2.5.29, and one number; else that is 0. */
struct lwcmp_crl_ext {
    struct lwcmp_bytes oid, is_critical, value;
    uint8_t number;
    bool critical;
};

/* Takes the next one off a row. */
int lwcmp_crl_ext_next(struct lwcmp_bytes *row, struct lwcmp_crl_ext *e);

/* The value of an extension of a certificate, if it is there. */
bool lwcmp_crl_ext_of(const struct lwcmp_cert *cert, uint8_t number,
                      struct lwcmp_bytes *value);

/* Takes a Time of RFC 5280, which has no fractions of a second. */
int lwcmp_crl_time(const struct lwcmp_bytes *der, uint64_t *seconds);

/* The parts of lwcmp_crl_verify(). */
int lwcmp_crl_check_signature(const struct lwcmp_crl *crl,
                              const struct lwcmp_bytes *ca);
int lwcmp_crl_check_time(const struct lwcmp_crl *crl,
                         const struct lwcmp_time *time);

/* DistributionPoint; both are content. */
struct lwcmp_crl_point {
    struct lwcmp_bytes name;   /* a DistributionPointName, DER, or absent */
    struct lwcmp_bytes issuer; /* of an indirect CRL, or absent */
};

/* Takes the next one off the content of cRLDistributionPoints. */
int lwcmp_crl_point_next(struct lwcmp_bytes *row, struct lwcmp_crl_point *p);

/*
 * Goes one step: looks up the certificate at w->at in the next CRL, or goes on
 * to the next certificate, where the path is to be longer than that.
 */
int lwcmp_crl_walk(struct lwcmp_crl_walk *w, struct lwcmp_bytes crls,
                   const struct lwcmp_bytes *path,
                   const struct lwcmp_time *time, bool required);

#endif
