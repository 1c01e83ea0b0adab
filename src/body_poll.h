/* SPDX-License-Identifier: Apache-2.0 */
/* pollReq and pollRep (RFC 9810 5.3.22, RFC 9483 4.4). */
#ifndef LWCMP_BODY_POLL_H
#define LWCMP_BODY_POLL_H

#include "der_out.h"

/* certReqId of what is waited for. */
enum lwcmp_poll_id {
    LWCMP_POLL_RESPONSE = 0x00, /* 0: the response to our one request */
    LWCMP_POLL_MESSAGE = 0xff   /* -1: the answer as a whole */
};

/* Writes PollReqContent. */
void lwcmp_body_poll_put(struct lwcmp_der_out *o, enum lwcmp_poll_id id);

struct lwcmp_poll_answer {
    uint32_t check_after;      /* seconds; a longer time is cut to 2^31 - 1 */
    struct lwcmp_bytes reason; /* UTF-8, or absent */
};

/* Reads PollRepContent: LWCMP_ERR_SYNTAX, LWCMP_ERR_CERT_REQ_ID. */
int lwcmp_body_poll_read(const struct lwcmp_bytes *content,
                         enum lwcmp_poll_id id,
                         struct lwcmp_poll_answer *answer);

#endif
