/* SPDX-License-Identifier: Apache-2.0 */
/* Which message may answer which (RFC 9483 3.5, 4.1). */
#ifndef LWCMP_RULES_H
#define LWCMP_RULES_H

#include "pki_message.h"

enum lwcmp_answer {
    LWCMP_ANSWER_NONE, /* this body cannot answer that one */
    LWCMP_ANSWER_CERT, /* ip, cp, kup */
    LWCMP_ANSWER_CONFIRMED,
    LWCMP_ANSWER_POLL,
    LWCMP_ANSWER_ERRAND, /* rp, genp */
    LWCMP_ANSWER_ERROR
};

enum lwcmp_answer lwcmp_rules_find(uint8_t sent, uint8_t received);

#endif
