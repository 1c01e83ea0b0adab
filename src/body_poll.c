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
    uint8_t octet = (uint8_t)id;
    size_t content = lwcmp_der_open(o, LWCMP_DER_SEQUENCE);
    size_t request = lwcmp_der_open(o, LWCMP_DER_SEQUENCE);

    lwcmp_der_put(o, LWCMP_DER_INTEGER, (struct lwcmp_bytes){&octet, 1});
    lwcmp_der_close(o, request);
    lwcmp_der_close(o, content);
}

/* Some CAs mean "next year" by a number that fits nothing. */
static void get_seconds(struct lwcmp_der_in *in, uint32_t *seconds)
{
    struct lwcmp_bytes b;

    *seconds = 0;
    lwcmp_der_get(in, LWCMP_DER_INTEGER, &b);
    if (b.n == 0 || b.p[0] >= 0x80) {
        lwcmp_der_fail(in, LWCMP_ERR_SYNTAX);
        return;
    }
    for (size_t i = 0; i < b.n; i++) {
        *seconds = *seconds << 8 | b.p[i];
    }
    if (b.n > 4) {
        *seconds = INT32_MAX;
    }
}

/*
 * PollRepContent ::= SEQUENCE OF SEQUENCE {
 *     certReqId   INTEGER,
 *     checkAfter  INTEGER,                         -- time in seconds
 *     reason      PKIFreeText OPTIONAL }
 * RFC 9483 4.4: exactly one.
 */
int lwcmp_body_poll_read(struct lwcmp_bytes content, enum lwcmp_poll_id id,
                         struct lwcmp_poll_answer *answer)
{
    struct lwcmp_der_in in;
    struct lwcmp_der_in seq;
    int32_t cert_req_id;
    int err = 0;

    answer->reason = (struct lwcmp_bytes){NULL, 0};
    lwcmp_der_in_init(&in, content, &err);
    lwcmp_der_enter(&in, LWCMP_DER_SEQUENCE, &seq);
    lwcmp_der_finish(&in);
    lwcmp_der_enter(&seq, LWCMP_DER_SEQUENCE, &in);
    lwcmp_der_finish(&seq);
    lwcmp_der_get_int(&in, &cert_req_id);
    get_seconds(&in, &answer->check_after);
    if (lwcmp_der_more(&in)) {
        lwcmp_pki_text_get(&in, &answer->reason);
    }
    lwcmp_der_finish(&in);
    if (err == 0 && cert_req_id != (id == LWCMP_POLL_MESSAGE ? -1 : 0)) {
        err = LWCMP_ERR_CERT_REQ_ID;
    }
    return err;
}

#endif
