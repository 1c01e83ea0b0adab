/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From when until when a certificate is valid. Apart from cert.c, since CMP
 * itself never asks: it is for the life of a device to know.
 */
#include "validity.h"

#include <string.h>

#include "cert.h"
#include "gentime.h"

/* Time ::= CHOICE { utcTime UTCTime, generalTime GeneralizedTime } */
static int take_time(struct lwcmp_bytes *row, uint64_t *seconds)
{
    uint8_t tag = row->n > 0 ? row->p[0] : 0;
    struct lwcmp_bytes content;
    int err = lwcmp_der_take(row, tag, &content);

    return err ? err : lwcmp_time_read(tag, &content, seconds);
}

/*
 * Validity ::= SEQUENCE { notBefore Time, notAfter Time } is all that stands
 * between issuer and subject (RFC 5280 4.1), and a SEQUENCE for certain.
 */
static int read_validity(const struct lwcmp_cert *cert,
                         struct lwcmp_validity *validity)
{
    const uint8_t *p = cert->issuer.p + cert->issuer.n;
    struct lwcmp_bytes row = {p, (size_t)(cert->subject.p - p)};
    int err = lwcmp_der_take(&row, LWCMP_DER_SEQUENCE, &row);

    err |= take_time(&row, &validity->from);
    err |= take_time(&row, &validity->until);
    return row.n > 0 ? LWCMP_ERR_SYNTAX : err;
}

int lwcmp_validity_next(struct lwcmp_bytes *row,
                        struct lwcmp_validity *validity)
{
    struct lwcmp_bytes der;
    struct lwcmp_cert cert;

    if (!lwcmp_cert_next(row, &der) || lwcmp_cert_read(&der, &cert) ||
        read_validity(&cert, validity)) {
        memset(validity, 0, sizeof *validity);
        return LWCMP_ERR_CERT_SYNTAX;
    }
    return 0;
}

#if LWCMP_WITH_EXTENSIONS
int lwcmp_validity_check(const struct lwcmp_validity *validity,
                         const struct lwcmp_time *time)
{
    if (time->clock == LWCMP_TIME_UNKNOWN) {
        return 0;
    }
    if (time->seconds > validity->until) {
        return LWCMP_ERR_EXPIRED;
    }
    return time->clock == LWCMP_TIME_EXACT &&
                   time->seconds + LWCMP_CLOCK_SKEW < validity->from
               ? LWCMP_ERR_NOT_YET_VALID
               : 0;
}
#endif
