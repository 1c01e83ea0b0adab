/* SPDX-License-Identifier: Apache-2.0 */
/* The entries of a CRL. There may be many, so each is looked at once. */
#include "crl_own.h"

#if LWCMP_WITH_CRL

#include "bytes.h"

#define ENUMERATED 0x0a
#define REASON_CODE 21
#define CERTIFICATE_ISSUER 29
#define REMOVE_FROM_CRL 8

/*
 * CRLReason ::= ENUMERATED { ..., removeFromCRL (8), ... } -- RFC 5280 5.3.1
 * That one is for deltas.
 */
static int check_reason(const struct lwcmp_bytes *value)
{
    struct lwcmp_bytes reason;

    if (lwcmp_der_take_only(value, ENUMERATED, &reason) || reason.n != 1) {
        return LWCMP_ERR_SYNTAX;
    }
    return reason.p[0] == REMOVE_FROM_CRL ? LWCMP_ERR_CRL : 0;
}

/* An entry with certificateIssuer is of an indirect CRL (5.3.3). */
static int check_extensions(struct lwcmp_bytes row)
{
    struct lwcmp_crl_ext e;
    int err = 0;

    while (err == 0 && row.n > 0) {
        err = lwcmp_crl_ext_next(&row, &e);
        if (err) {
            return err;
        }
        if (e.number == REASON_CODE) {
            err = check_reason(&e.value);
        } else if (e.critical || e.number == CERTIFICATE_ISSUER) {
            err = LWCMP_ERR_CRL;
        }
    }
    return err;
}

/*
 * revokedCertificates SEQUENCE OF SEQUENCE {       -- RFC 5280 5.1
 *     userCertificate     CertificateSerialNumber,
 *     revocationDate      Time,
 *     crlEntryExtensions  Extensions OPTIONAL }    -- SEQUENCE OF
 */
struct entry {
    struct lwcmp_bytes serial, date, extensions;
};

static const struct lwcmp_der_field fields[] = {
    {LWCMP_DER_INTEGER, 0, 0, offsetof(struct entry, serial)},
    {LWCMP_DER_ANY, 0, LWCMP_DER_WHOLE, offsetof(struct entry, date)},
    {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_OPTIONAL | LWCMP_DER_LAST,
     offsetof(struct entry, extensions)},
};

static int take_entry(struct lwcmp_bytes *row, struct entry *entry)
{
    struct lwcmp_bytes der;
    uint64_t seconds;
    int err = lwcmp_der_take_whole(row, LWCMP_DER_SEQUENCE, &der);

    if (err == 0) {
        err = lwcmp_der_read(&der, fields, entry);
    }
    if (err == 0) {
        err = lwcmp_crl_time(&entry->date, &seconds);
    }
    return err ? err : check_extensions(entry->extensions);
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
