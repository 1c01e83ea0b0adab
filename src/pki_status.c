/* SPDX-License-Identifier: Apache-2.0 */
#include "pki_status.h"

#include <string.h>

/* PKIFreeText ::= SEQUENCE SIZE (1..MAX) OF UTF8String */
int lwcmp_pki_text_read(const struct lwcmp_bytes *der,
                        struct lwcmp_bytes *first)
{
    struct lwcmp_bytes texts;
    struct lwcmp_bytes text;
    int err;

    if (der->p == NULL) {
        return 0;
    }
    err = lwcmp_der_take_only(der, LWCMP_DER_SEQUENCE, &texts);
    do {
        err |= lwcmp_der_take(&texts, LWCMP_DER_UTF8_STRING, &text);
        if (first->p == NULL) {
            *first = text;
        }
    } while (err == 0 && texts.n > 0);
    return err;
}

/*
 * PKIFailureInfo ::= BIT STRING { badAlg (0), ... }. Bit 0 is the first of
 * the first octet; bits above the 27 that are named are dropped.
 */
static uint32_t fail_info(const struct lwcmp_bytes *bits)
{
    uint32_t info = 0;

    for (size_t i = 8; i < bits->n * 8 && i < 8 + 27; i++) {
        if (bits->p[i / 8] & 0x80 >> i % 8) {
            info |= (uint32_t)1 << (i - 8);
        }
    }
    return info;
}

/*
 * PKIStatusInfo ::= SEQUENCE {                     -- RFC 9810 5.2.3
 *     status        PKIStatus,                     -- INTEGER
 *     statusString  PKIFreeText     OPTIONAL,
 *     failInfo      PKIFailureInfo  OPTIONAL }
 */
int lwcmp_pki_status_read(const struct lwcmp_bytes *der, struct lwcmp_status *s)
{
    struct info {
        struct lwcmp_bytes status, text, fail_info;
    } info;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_INTEGER, 0, 0, offsetof(struct info, status)},
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_OPTIONAL | LWCMP_DER_WHOLE,
         offsetof(struct info, text)},
        {LWCMP_DER_BIT_STRING, 0, LWCMP_DER_OPTIONAL | LWCMP_DER_LAST,
         offsetof(struct info, fail_info)},
    };
    int err = lwcmp_der_read(der, fields, &info);

    memset(s, 0, sizeof *s);
    if (err) {
        return err;
    }
    if (info.status.n != 1 || info.status.p[0] > LWCMP_PKI_LAST) {
        return LWCMP_ERR_SYNTAX;
    }
    s->present = true;
    s->status = info.status.p[0];
    s->fail_info = fail_info(&info.fail_info);
    return lwcmp_pki_text_read(&info.text, &s->text);
}

/* As they are sent: accepted; rejection with failInfo incorrectData (7). */
static const uint8_t accepted_info[] = {0x30, 0x03, 0x02, 0x01, 0x00};
static const uint8_t rejected_info[] = {0x30, 0x07, 0x02, 0x01, 0x02,
                                        0x03, 0x02, 0x00, 0x01};

void lwcmp_pki_status_put(struct lwcmp_der_out *o, bool accepted)
{
    if (accepted) {
        lwcmp_der_put_raw(o, accepted_info, sizeof accepted_info);
    } else {
        lwcmp_der_put_raw(o, rejected_info, sizeof rejected_info);
    }
}

/*
 * ErrorMsgContent ::= SEQUENCE {                   -- RFC 9810 5.3.21
 *     pKIStatusInfo  PKIStatusInfo,
 *     errorCode      INTEGER      OPTIONAL,
 *     errorDetails   PKIFreeText  OPTIONAL }
 */
int lwcmp_pki_error_read(const struct lwcmp_bytes *content,
                         struct lwcmp_status *s)
{
    struct error {
        struct lwcmp_bytes info, details;
    } error;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_SEQUENCE, 0, LWCMP_DER_WHOLE, offsetof(struct error, info)},
        {LWCMP_DER_INTEGER, 0, LWCMP_DER_OPTIONAL, LWCMP_DER_IGNORED},
        {LWCMP_DER_SEQUENCE, 0,
         LWCMP_DER_OPTIONAL | LWCMP_DER_WHOLE | LWCMP_DER_LAST,
         offsetof(struct error, details)},
    };
    int err = lwcmp_der_read(content, fields, &error);

    if (err == 0) {
        err = lwcmp_pki_status_read(&error.info, s);
    }
    return err ? err : lwcmp_pki_text_read(&error.details, &s->text);
}
