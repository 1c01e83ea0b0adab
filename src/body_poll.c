/* SPDX-License-Identifier: Apache-2.0 */
#include "body_poll.h"

#if LWCMP_WITH_POLLING

#include "pki_status.h"

/*
 * PollReqContent ::= SEQUENCE OF SEQUENCE {
 *     certReqId  INTEGER }
 */
void lwcmp_body_poll_put(struct lwcmp_der_out *o, enum lwcmp_poll_id id)
{
    const uint8_t content[] = {LWCMP_DER_SEQUENCE, 5, LWCMP_DER_SEQUENCE, 3,
                               LWCMP_DER_INTEGER,  1, (uint8_t)id};

    lwcmp_der_put_raw(o, content, sizeof content);
}

/*
 * PollRepContent ::= SEQUENCE OF SEQUENCE {
 *     certReqId   INTEGER,
 *     checkAfter  INTEGER,                         -- time in seconds
 *     reason      PKIFreeText OPTIONAL }
 * RFC 9483 4.4: exactly one.
 */
int lwcmp_body_poll_read(const struct lwcmp_bytes *content,
                         enum lwcmp_poll_id id,
                         struct lwcmp_poll_answer *answer)
{
    struct poll {
        struct lwcmp_bytes cert_req_id, check_after, reason;
    } poll;
    static const struct lwcmp_der_field fields[] = {
        {LWCMP_DER_INTEGER, 0, 0, offsetof(struct poll, cert_req_id)},
        {LWCMP_DER_INTEGER, 0, 0, offsetof(struct poll, check_after)},
        {LWCMP_DER_SEQUENCE, 0,
         LWCMP_DER_OPTIONAL | LWCMP_DER_WHOLE | LWCMP_DER_LAST,
         offsetof(struct poll, reason)},
    };
    struct lwcmp_bytes row;
    int err = lwcmp_der_take_only(content, LWCMP_DER_SEQUENCE, &row);

    answer->reason.p = NULL;
    answer->reason.n = 0;
    if (err == 0) {
        err = lwcmp_der_read(&row, fields, &poll);
    }
    if (err == 0) {
        err = lwcmp_pki_text_read(&poll.reason, &answer->reason);
    }
    if (err) {
        return err;
    }
    if (poll.check_after.p[0] >= 0x80) {
        return LWCMP_ERR_SYNTAX;
    }
    /* Some CAs mean "next year" by a number that fits nothing. */
    answer->check_after = lwcmp_der_number(&poll.check_after);
    return poll.cert_req_id.n == 1 && poll.cert_req_id.p[0] == (uint8_t)id
               ? 0
               : LWCMP_ERR_CERT_REQ_ID;
}

#endif
