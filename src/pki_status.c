/* SPDX-License-Identifier: Apache-2.0 */
#include "pki_status.h"

#include <string.h>

/* PKIFreeText ::= SEQUENCE SIZE (1..MAX) OF UTF8String; the first counts */
void lwcmp_pki_text_get(struct lwcmp_der_in *in, struct lwcmp_bytes *first)
{
    struct lwcmp_der_in texts;
    struct lwcmp_bytes text;

    lwcmp_der_enter(in, LWCMP_DER_SEQUENCE, &texts);
    do {
        lwcmp_der_get(&texts, LWCMP_DER_UTF8_STRING, &text);
        if (first->p == NULL) {
            *first = text;
        }
    } while (lwcmp_der_more(&texts));
}

/*
 * PKIFailureInfo ::= BIT STRING { badAlg (0), ... }. Bit 0 is the first of
 * the first octet; bits above the 27 that are named are dropped.
 */
static void get_fail_info(struct lwcmp_der_in *in, uint32_t *fail_info)
{
    struct lwcmp_bytes b;

    lwcmp_der_get(in, LWCMP_DER_BIT_STRING, &b);
    for (size_t i = 8; i < b.n * 8 && i < 8 + 27; i++) {
        if (b.p[i / 8] & 0x80 >> i % 8) {
            *fail_info |= (uint32_t)1 << (i - 8);
        }
    }
}

/*
 * PKIStatusInfo ::= SEQUENCE {                     -- RFC 9810 5.2.3
 *     status        PKIStatus,                     -- INTEGER
 *     statusString  PKIFreeText     OPTIONAL,
 *     failInfo      PKIFailureInfo  OPTIONAL }
 */
void lwcmp_pki_status_get(struct lwcmp_der_in *in, struct lwcmp_status *s)
{
    struct lwcmp_der_in seq;
    int32_t status;

    memset(s, 0, sizeof *s);
    s->present = true;
    lwcmp_der_enter(in, LWCMP_DER_SEQUENCE, &seq);
    lwcmp_der_get_int(&seq, &status);
    if (status < 0 || status > LWCMP_PKI_LAST) {
        lwcmp_der_fail(in, LWCMP_ERR_SYNTAX);
    }
    s->status = (uint8_t)status;
    if (lwcmp_der_next_is(&seq, LWCMP_DER_SEQUENCE)) {
        lwcmp_pki_text_get(&seq, &s->text);
    }
    if (lwcmp_der_more(&seq)) {
        get_fail_info(&seq, &s->fail_info);
    }
    lwcmp_der_finish(&seq);
}

void lwcmp_pki_status_put(struct lwcmp_der_out *o, bool accepted)
{
    static const uint8_t incorrect_data[] = {0, 0x80 >> 7}; /* bit 7 */
    size_t seq = lwcmp_der_open(o, LWCMP_DER_SEQUENCE);

    lwcmp_der_put_int(o, accepted ? LWCMP_PKI_ACCEPTED : LWCMP_PKI_REJECTION);
    if (!accepted) {
        lwcmp_der_put(
            o, LWCMP_DER_BIT_STRING,
            (struct lwcmp_bytes){incorrect_data, sizeof incorrect_data});
    }
    lwcmp_der_close(o, seq);
}

/*
 * ErrorMsgContent ::= SEQUENCE {                   -- RFC 9810 5.3.21
 *     pKIStatusInfo  PKIStatusInfo,
 *     errorCode      INTEGER      OPTIONAL,
 *     errorDetails   PKIFreeText  OPTIONAL }
 */
int lwcmp_pki_error_read(struct lwcmp_bytes content, struct lwcmp_status *s)
{
    struct lwcmp_der_in in;
    struct lwcmp_der_in seq;
    int err = 0;

    lwcmp_der_in_init(&in, content, &err);
    lwcmp_der_enter(&in, LWCMP_DER_SEQUENCE, &seq);
    lwcmp_pki_status_get(&seq, s);
    lwcmp_der_skip_if(&seq, LWCMP_DER_INTEGER);
    if (lwcmp_der_more(&seq)) {
        lwcmp_pki_text_get(&seq, &s->text);
    }
    lwcmp_der_finish(&seq);
    lwcmp_der_finish(&in);
    return err;
}
