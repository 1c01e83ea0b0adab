/* SPDX-License-Identifier: Apache-2.0 */
#include "rules.h"

static const struct {
    uint8_t sent, received, answer;
} rules[] = {
    {LWCMP_BODY_IR, LWCMP_BODY_IP, LWCMP_ANSWER_CERT},
    {LWCMP_BODY_CR, LWCMP_BODY_CP, LWCMP_ANSWER_CERT},
    {LWCMP_BODY_KUR, LWCMP_BODY_KUP, LWCMP_ANSWER_CERT},
#if LWCMP_WITH_P10CR
    {LWCMP_BODY_P10CR, LWCMP_BODY_CP, LWCMP_ANSWER_CERT},
#endif
#if LWCMP_WITH_RECOVERY
    {LWCMP_BODY_KRR, LWCMP_BODY_KRP, LWCMP_ANSWER_CERT},
#endif
    {LWCMP_BODY_CERTCONF, LWCMP_BODY_PKICONF, LWCMP_ANSWER_CONFIRMED},
#if LWCMP_WITH_RR
    {LWCMP_BODY_RR, LWCMP_BODY_RP, LWCMP_ANSWER_ERRAND},
#endif
#if LWCMP_WITH_GENM
    {LWCMP_BODY_GENM, LWCMP_BODY_GENP, LWCMP_ANSWER_ERRAND},
#endif
#if LWCMP_WITH_POLLING
    {LWCMP_BODY_POLLREQ, LWCMP_BODY_POLLREP, LWCMP_ANSWER_POLL},
#endif
};

/* An error may answer anything. */
enum lwcmp_answer lwcmp_rules_find(uint8_t sent, uint8_t received)
{
    if (received == LWCMP_BODY_ERROR) {
        return LWCMP_ANSWER_ERROR;
    }
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (rules[i].sent == sent && rules[i].received == received) {
            return (enum lwcmp_answer)rules[i].answer;
        }
    }
    return LWCMP_ANSWER_NONE;
}
