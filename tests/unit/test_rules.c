/* SPDX-License-Identifier: Apache-2.0 */
/* src/rules.c */
#include "vectors.h"

#include "rules.h"

/* What each message may be answered with; an error may answer anything. */
static enum lwcmp_answer due(unsigned sent, unsigned received)
{
    static const struct {
        unsigned sent, received;
        enum lwcmp_answer answer;
    } pairs[] = {
        {0, 1, LWCMP_ANSWER_CERT}, /* ir, ip */
        {2, 3, LWCMP_ANSWER_CERT}, /* cr, cp */
        {7, 8, LWCMP_ANSWER_CERT}, /* kur, kup */
#if LWCMP_WITH_P10CR
        {4, 3, LWCMP_ANSWER_CERT}, /* p10cr, cp */
#endif
#if LWCMP_WITH_RECOVERY
        {9, 10, LWCMP_ANSWER_CERT}, /* krr, krp */
#endif
#if LWCMP_WITH_RR
        {11, 12, LWCMP_ANSWER_ERRAND}, /* rr, rp */
#endif
#if LWCMP_WITH_GENM
        {21, 22, LWCMP_ANSWER_ERRAND}, /* genm, genp */
#endif
        {24, 19, LWCMP_ANSWER_CONFIRMED}, /* certConf, pkiConf */
#if LWCMP_WITH_POLLING
        {25, 26, LWCMP_ANSWER_POLL}, /* pollReq, pollRep */
#endif
    };

    if (received == 23) {
        return LWCMP_ANSWER_ERROR;
    }

    for (size_t i = 0; i < COUNT(pairs); i++) {
        if (pairs[i].sent == sent && pairs[i].received == received) {
            return pairs[i].answer;
        }
    }
    return LWCMP_ANSWER_NONE;
}

/* Each of the 27 bodies after each, and numbers that are none. */
static void test_lcp_3_5_04_all_pairs(void **state)
{
    unsigned allowed = 0;

    (void)state;
    for (unsigned sent = 0; sent < 0x100; sent++) {
        for (unsigned received = 0; received < 0x100; received++) {
            enum lwcmp_answer answer =
                lwcmp_rules_find((uint8_t)sent, (uint8_t)received);

            vectors_at("sent %u, received %u", sent, received);
            CHECK_INT(answer, due(sent, received));
            allowed += answer != LWCMP_ANSWER_NONE;
        }
    }
    assert_int_equal(allowed, 0x100 + 4 + LWCMP_WITH_P10CR +
                                  LWCMP_WITH_POLLING + LWCMP_WITH_RR +
                                  LWCMP_WITH_GENM + LWCMP_WITH_RECOVERY);
}

/* ckuann, cann, rann and crlann answer nothing that we send. */
static void test_http_19_announcements(void **state)
{
    (void)state;
    for (unsigned sent = 0; sent <= LWCMP_BODY_LAST; sent++) {
        for (unsigned received = 15; received <= 18; received++) {
            vectors_at("sent %u, received %u", sent, received);
            CHECK_INT(lwcmp_rules_find((uint8_t)sent, (uint8_t)received),
                      LWCMP_ANSWER_NONE);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lcp_3_5_04_all_pairs),
        cmocka_unit_test(test_http_19_announcements),
    };

    return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
