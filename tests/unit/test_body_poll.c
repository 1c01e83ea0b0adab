/* SPDX-License-Identifier: Apache-2.0 */
/* src/body_poll.c */
#include "vectors.h"

#include "body_poll.h"

#if LWCMP_WITH_POLLING

static enum lwcmp_poll_id id_of(const char *field)
{
    return field[0] == '-' ? LWCMP_POLL_MESSAGE : LWCMP_POLL_RESPONSE;
}

static void check_read(char *const field[])
{
    struct lwcmp_bytes der = vectors_hex(field[0]);
    struct lwcmp_poll_answer answer;
    int err;

    memset(&answer, 0xff, sizeof answer);
    err = lwcmp_body_poll_read(&der, id_of(field[1]), &answer);
    CHECK_INT(err, vectors_error(field[2]));
    if (err == 0) {
        CHECK_INT(answer.check_after, strtol(field[3], NULL, 10));
        CHECK_FIELD(answer.reason, field[4]);
    }
    vectors_free(der);
}

static void test_lcp_4_4_05_read(void **state)
{
    (void)state;
    vectors_each("der/poll.txt", 5, check_read);
}

static void check_prefixes(char *const field[])
{
    struct lwcmp_bytes der = vectors_hex(field[0]);
    struct lwcmp_poll_answer answer;

    for (size_t n = 0; strcmp(field[2], "ok") == 0 && n < der.n; n++) {
        struct lwcmp_bytes prefix = vectors_copy(der.p, n);

        CHECK_INT(lwcmp_body_poll_read(&prefix, id_of(field[1]), &answer),
                  LWCMP_ERR_SYNTAX);
        vectors_free(prefix);
    }
    vectors_free(der);
}

static void test_prefixes(void **state)
{
    (void)state;
    vectors_each("der/poll.txt", 5, check_prefixes);
}

static void put(struct lwcmp_der_out *o, const void *id)
{
    lwcmp_body_poll_put(o, *(const enum lwcmp_poll_id *)id);
}

/* certReqId 0 for our request, -1 for a message as a whole. */
static void test_lcp_4_4_03_put(void **state)
{
    static const enum lwcmp_poll_id response = LWCMP_POLL_RESPONSE;
    static const enum lwcmp_poll_id message = LWCMP_POLL_MESSAGE;

    (void)state;
    vectors_at("response");
    vectors_check_put(put, &response, "30053003020100");
    vectors_at("message");
    vectors_check_put(put, &message, "300530030201ff");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lcp_4_4_05_read),
        cmocka_unit_test(test_prefixes),
        cmocka_unit_test(test_lcp_4_4_03_put),
    };

    return cmocka_run_group_tests_name("body_poll", tests, NULL, NULL);
}

#else
#include "absent.h"
#endif
