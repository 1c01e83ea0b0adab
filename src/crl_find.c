/* SPDX-License-Identifier: Apache-2.0 */
/* The entries of a CRL. There may be many, so each is looked at once. */
#include "crl_own.h"

#if LWCMP_WITH_CRL

#include <string.h>

#include "bytes.h"

#define ENUMERATED 0x0a
#define REMOVE_FROM_CRL 8

/*
 * revokedCertificates SEQUENCE OF SEQUENCE {       -- RFC 5280 5.1
 *     userCertificate     CertificateSerialNumber,
 *     revocationDate      Time,
 *     crlEntryExtensions  Extensions OPTIONAL }    -- SEQUENCE OF
 */
struct entry {
    struct lwcmp_bytes serial, date, extensions;
    struct lwcmp_bytes reason, issuer; /* content */
    bool odd;
};

static const struct lwcmp_der_field fields[] = {
    {LWCMP_DER_INTEGER, 0, 0, offsetof(struct entry, serial)},
    {LWCMP_DER_ANY, 0, LWCMP_DER_WHOLE, offsetof(struct entry, date)},
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_OPTIONAL | LWCMP_DER_LAST,
     offsetof(struct entry, extensions)},
};

/* reasonCode and certificateIssuer (5.3.1, 5.3.3) */
static const struct lwcmp_known known[] = {
    {21, ENUMERATED, offsetof(struct entry, reason)},
    {29, LWCMP_DER_SEQUENCE, offsetof(struct entry, issuer)},
    {0, 0, 0},
};

/*
 * CRLReason ::= ENUMERATED { ..., removeFromCRL (8), ... }
 *
 * That one is for deltas. An entry with certificateIssuer is of an indirect
 * CRL.
 */
static int check_extensions(const struct entry *entry)
{
    const struct lwcmp_bytes *reason = &entry->reason;

    if (reason->p && reason->n != 1) {
        return LWCMP_ERR_SYNTAX;
    }
    return entry->odd || entry->issuer.p ||
                   (reason->p && reason->p[0] == REMOVE_FROM_CRL)
               ? LWCMP_ERR_CRL
               : 0;
}

static int take_entry(struct lwcmp_bytes *row, struct entry *entry)
{
    struct lwcmp_bytes der;
    uint64_t seconds;

    memset(entry, 0, sizeof *entry);
    if (!lwcmp_cert_next(row, &der) || lwcmp_der_read(&der, fields, entry) ||
        lwcmp_crl_time(&entry->date, &seconds) ||
        lwcmp_cert_extensions(&entry->extensions, known, entry, &entry->odd)) {
        return LWCMP_ERR_SYNTAX;
    }
    return check_extensions(entry);
}

int lwcmp_crl_find(const struct lwcmp_crl *crl,
                   const struct lwcmp_bytes *serial)
{
    struct lwcmp_bytes row = crl->revoked;
    struct entry entry;
    int found = 0;
    int err;

    while (row.n > 0) {
        err = take_entry(&row, &entry);
        if (err) {
            return err;
        }
        if (lwcmp_bytes_equal(&entry.serial, serial)) {
            found = LWCMP_ERR_REVOKED;
        }
    }
    return found;
}

#endif
