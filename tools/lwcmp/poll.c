/* SPDX-License-Identifier: Apache-2.0 */
/* Polling with a transactionID that somebody has been told. */
#include <stdio.h>
#include <string.h>

#include "lwcmp/poll_id.h"
#include "fail.h"
#include "number.h"
#include "session.h"

#define BAD_RECIPIENT_NONCE 13 /* PKIFailureInfo, RFC 9810 5.2.3 */
#define SHORT_ID 5             /* octets: 10 digits, as decimal ones may have */

#if LWCMP_WITH_POLL_BY_ID
int lwcmp_cli_poll_wish(struct lwcmp_cli_session *s)
{
    size_t n =
        lwcmp_cli_transaction_read(s->options->transaction, s->transaction_id);

    s->request.transaction_id = (struct lwcmp_bytes){s->transaction_id, n};
    return n == 0 ? lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                                   "--transaction is 1 to 16 octets in "
                                   "hexadecimal digits, or a decimal number "
                                   "of 32 bits")
                  : 0;
}

/* A short one may look like a decimal number, save with a colon. */
size_t lwcmp_cli_poll_print_id(const struct lwcmp_cli_session *s, char *text,
                               size_t cap)
{
    struct lwcmp_bytes id = lwcmp_transaction_id(&s->c);
    size_t n = (size_t)snprintf(text, cap, "transactionID ");

    for (size_t i = 0; i < id.n; i++) {
        n += (size_t)snprintf(text + n, cap - n, "%02x%s", id.p[i],
                              i == 0 && id.n <= SHORT_ID ? ":" : "");
    }
    return n;
}
#else
int lwcmp_cli_poll_wish(struct lwcmp_cli_session *s)
{
    (void)s;
    return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                          "polling with a transactionID was left out when "
                          "this program was built; build it with "
                          "LWCMP_WITH_POLL_BY_ID");
}

size_t lwcmp_cli_poll_print_id(const struct lwcmp_cli_session *s, char *text,
                               size_t cap)
{
    (void)s;
    (void)cap;
    text[0] = '\0';
    return 0;
}
#endif

/*
 * In the way that it was asked for, where that is on record. Else it makes a
 * difference only whether the identity in the state signs its own renewal.
 */
void lwcmp_cli_poll_choose(struct lwcmp_cli_session *s)
{
    uint8_t operation = lwcmp_pending(&s->state.store).operation;

    if (s->options->verb != LWCMP_CLI_POLL || s->options->csr) {
        return;
    }
    if (!s->options->secret && !s->options->cert) {
        s->request.operation = LWCMP_KUR;
    } else if (operation != 0 && operation <= LWCMP_KUR) {
        s->request.operation = (enum lwcmp_operation)operation;
    }
}

/* Whether neither the options nor the state have what was asked for. */
static bool lacks_key(const struct lwcmp_cli_session *s)
{
    const struct lwcmp_cli_options *o = s->options;
    enum lwcmp_sig sig;
    unsigned slot;

    return !o->newkey && !o->csr &&
           lwcmp_free_slot(&s->state.store, &slot) == 0 &&
           lwcmp_crypto_key_sig(s->config.key_slot[slot], &sig) != 0;
}

const char *lwcmp_cli_poll_advise(const struct lwcmp_cli_session *s, int error)
{
    uint32_t fail_info = lwcmp_server_status(&s->c).fail_info;

    if (s->options->verb != LWCMP_CLI_POLL) {
        return NULL;
    }
    if (error == LWCMP_ERR_KEY && lacks_key(s)) {
        return "there is no key of a request in --state: --newkey has it, or "
               "--csr, if that was the request";
    }
    return (fail_info & 1u << BAD_RECIPIENT_NONCE) != 0
               ? "this CA wants to see the nonce of its last answer again, "
                 "which a transactionID does not bring: the command that "
                 "asked, with its --state, can go on"
               : NULL;
}
