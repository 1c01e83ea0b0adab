/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Polling with nothing but a transactionID (LWCMP_WITH_POLL_BY_ID), for a
 * request that another program has made, or a device before its store was
 * lost: transaction_id in struct lwcmp_request, of 1 to 16 octets, for any
 * operation but errands.
 *
 * Nothing is asked for then, and a pollReq comes first. The key is in the free
 * slot, by an attempt that is on record or by key_is_there, else
 * LWCMP_ERR_KEY: none is made. If the certificate turns out to be for another,
 * it stays. Any of ip, cp and kup may be the answer; for all that follows the
 * operation counts.
 *
 * The nonce of the server's last message is not known, so that the first
 * pollReq echoes none. A strict server refuses that with badRecipientNonce
 * (RFC 9483 4.4). One that has said "waiting" in an error message may refuse
 * certReqId, which is 0, or -1 for LWCMP_P10CR, as for an answer in ip, cp or
 * kup. And the final answer has to echo the last pollReq, not the request.
 *
 * Where that very transaction is on record, lwcmp_resume() goes on with it as
 * if it was not named, for the same key and with the nonce.
 */
#ifndef LWCMP_POLL_ID_H
#define LWCMP_POLL_ID_H

#include "lwcmp/lwcmp.h"

/*
 * The transactionID of what was begun, from the first LWCMP_EXCHANGE to
 * lwcmp_end(), for people to keep while the CA wants time.
 */
struct lwcmp_bytes lwcmp_transaction_id(const struct lwcmp *c);

#endif
