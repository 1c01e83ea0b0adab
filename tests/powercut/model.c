/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

#include <stdio.h>

#include "lwcmp/config.h"

/* Each kind of secret. */
#define WITH(...)                                 \
    {.spent = SPENT_AT_ISSUE, __VA_ARGS__},       \
        {.spent = SPENT_AT_CONFIRM, __VA_ARGS__}, \
    {                                             \
        .spent = SPENT_NEVER, __VA_ARGS__         \
    }

const struct model models[] = {
    /* All combinations of what CAs do with secrets, keys and answers. */
    WITH(.learns = true),
    WITH(.reissues = true),
    WITH(.waits = true),
    WITH(.reissues = true, .waits = true, .learns = true),
    WITH(.implicit = true),
    WITH(.implicit = true, .reissues = true, .learns = true),
    WITH(.implicit = true, .waits = true),
    WITH(.implicit = true, .waits = true, .reissues = true),

    /* And what is rarer. */
    {.spent = SPENT_AT_ISSUE, .says_confirmed = true},
    {.spent = SPENT_AT_CONFIRM, .keeps_secret = true, .proves = true},
    {.spent = SPENT_NEVER, .keeps_secret = true, .implicit = true},
    {.spent = SPENT_NEVER, .keeps_secret = true, .waits = true},
    {.spent = SPENT_AT_CONFIRM, .forgets = true, .reissues = true},
    {.spent = SPENT_AT_CONFIRM,
     .forgets = true,
     .reissues = true,
     .revokes = true,
     .waits = true},
    {.spent = SPENT_AT_ISSUE, .forgets = true},
    {.spent = SPENT_AT_ISSUE, .forgets = true, .proves = true},
    {.spent = SPENT_AT_CONFIRM, .forgets = true, .revokes = true},
    {.spent = SPENT_NEVER,
     .forgets = true,
     .revokes = true,
     .keeps_secret = true},

/* Keys that the engine does not make. */
#if LWCMP_WITH_P10CR
    WITH(.key = KEY_OF_CSR),
    {.key = KEY_OF_CSR, .spent = SPENT_AT_CONFIRM, .waits = true},
    {.key = KEY_OF_CSR, .spent = SPENT_AT_ISSUE, .forgets = true},
    {.key = KEY_ELSEWHERE, .spent = SPENT_NEVER, .keeps_secret = true},
    {.key = KEY_ELSEWHERE,
     .spent = SPENT_NEVER,
     .keeps_secret = true,
     .waits = true},
#endif
#if LWCMP_WITH_RECOVERY
    {.key = KEY_ARCHIVED, .spent = SPENT_AT_ISSUE},
    {.key = KEY_ARCHIVED, .spent = SPENT_NEVER, .keeps_secret = true},
    {.key = KEY_ARCHIVED, .spent = SPENT_AT_ISSUE, .waits = true},
#endif
#if LWCMP_WITH_CENTRAL_KEY
    WITH(.key = KEY_BY_CA),
    {.key = KEY_BY_CA, .spent = SPENT_AT_CONFIRM, .waits = true},
    {.key = KEY_BY_CA,
     .spent = SPENT_AT_CONFIRM,
     .forgets = true,
     .revokes = true},
    {.key = KEY_BY_CA,
     .spent = SPENT_NEVER,
     .keeps_secret = true,
     .implicit = true},
#endif
};

const size_t model_count = sizeof models / sizeof models[0];

bool model_can_lose(const struct model *m)
{
    bool again = m->spent == SPENT_NEVER && m->keeps_secret;

    return (m->implicit || m->forgets) && !again;
}

void model_describe(const struct model *m, char *text, size_t size)
{
    static const char *const spent[] = {"spent at issue", "spent at certConf",
                                        "never spent"};
    static const char *const keys[] = {"", ", key of a CSR", ", key recovered",
                                       ", key made by the CA",
                                       ", key elsewhere"};

    (void)snprintf(
        text, size, "secret %s%s%s%s%s%s%s%s%s%s%s", spent[m->spent],
        m->keeps_secret ? " and kept" : "", m->reissues ? ", issues again" : "",
        m->implicit ? ", implicit" : "", m->waits ? ", waits" : "",
        m->forgets ? ", forgets" : "", m->revokes ? " and revokes" : "",
        m->says_confirmed ? ", says certConfirmed" : "",
        m->learns ? ", caPubs" : "", m->proves ? ", proof" : "", keys[m->key]);
}
