/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Errands: what asks for no certificate (RFC 9483 4.2, 4.3). They take neither
 * key nor slot, and leave the journal alone: a certificate may be on its way
 * meanwhile. Where the authority wants time, a journal of their own says where
 * to go on. It is no loss if it is: whoever asks twice gets the same answer.
 */
#include "engine.h"

#if LWCMP_WITH_ERRANDS

#include <string.h>

#include "body_info.h"

/* Which profile is only of interest where a template is asked for. */
bool lwcmp_errand_fits(const struct lwcmp_config *config,
                       const struct lwcmp_request *request)
{
    bool has_profile = lwcmp_profile(request).n > 0;
    struct lwcmp_bytes content;

    if (LWCMP_WITH_RR && request->operation == LWCMP_RR) {
        return !has_profile && lwcmp_revoke_fits(config, request);
    }
    return LWCMP_WITH_GENM && request->operation == LWCMP_GENM &&
           request->info_type.n > 0 &&
           (!has_profile || lwcmp_body_info_is_template(&request->info_type)) &&
           (request->info_value.n == 0 ||
            lwcmp_der_take_only(&request->info_value, LWCMP_DER_ANY,
                                &content) == 0);
}

const char *lwcmp_errand_label(const struct lwcmp_request *request)
{
    return lwcmp_is_revocation(request)
               ? "revocation"
               : lwcmp_body_info_label(&request->info_type);
}

/* What is asked, and as whom: an errand goes on only for the very same. */
static int digest(struct lwcmp *c, uint32_t *asked)
{
    *asked = lwcmp_engine_digest(c);
    return lwcmp_is_revocation(c->request) ? lwcmp_revoke_digest(c, asked) : 0;
}

/* Whether there is something to go on with; else the note means nothing. */
static bool read_note(struct lwcmp *c, uint32_t asked)
{
    return lwcmp_errand_read(c->config->store, &c->journal) == 0 &&
           c->journal.waits == LWCMP_WAITS_ANSWER &&
           c->journal.request_digest == asked;
}

static void forget(struct lwcmp *c)
{
    const struct lwcmp_store *store = c->config->store;

    c->journal.waits = LWCMP_WAITS_NOT;
    (void)store->remove(store->context, LWCMP_RECORD_ERRAND);
}

/* A new transaction, whose transactionID and nonce lie together. */
static int begin(struct lwcmp *c)
{
    memset(&c->journal, 0, sizeof c->journal);
    forget(c);
    return lwcmp_crypto_random(c->journal.transaction_id,
                               sizeof c->journal.transaction_id +
                                   sizeof c->journal.request_nonce);
}

/* Who asks, and does the errand go on or begin? */
int lwcmp_at_errand(struct lwcmp *c)
{
    uint32_t asked;
    int err = lwcmp_journal_read(c->config->store, &c->journal);
    uint8_t active = c->journal.active;

    if (err == 0 && c->own.kind == LWCMP_PROT_SIG &&
        lwcmp_engine_uses_store(c) && active == 0) {
        err = LWCMP_ERR_NO_IDENTITY;
    }
    if (err == 0) {
        err = digest(c, &asked);
    }
    if (err) {
        return err;
    }
    c->resuming = LWCMP_WITH_POLLING && c->resuming && read_note(c, asked);
    if (c->resuming) {
        c->sending = LWCMP_BODY_POLLREQ;
    } else {
        err = begin(c);
    }
    c->journal.active = active;
    c->journal.request_digest = asked;
    c->state = LWCMP_AT_LEARNED;
    return err;
}

void lwcmp_errand_put(struct lwcmp *c, struct lwcmp_der_out *o)
{
    if (lwcmp_is_revocation(c->request)) {
        lwcmp_revoke_put(c, o);
    } else {
        lwcmp_body_info_put(o, &c->request->info_type, &c->request->info_value);
    }
}

int lwcmp_errand_over(struct lwcmp *c, int err)
{
    if (c->journal.waits != LWCMP_WAITS_NOT) {
        forget(c);
    }
    c->state = LWCMP_AT_DONE;
    return err;
}

/* What has come is the content of the message, and then what is in it. */
int lwcmp_errand_take(struct lwcmp *c)
{
    struct lwcmp_bytes *content = &c->in.content;

    return lwcmp_errand_over(
        c,
        lwcmp_is_revocation(c->request)
            ? lwcmp_revoke_take(c)
            : lwcmp_body_info_read(content, &c->request->info_type, content));
}

#if LWCMP_WITH_GENM
struct lwcmp_bytes lwcmp_info(const struct lwcmp *c)
{
    return lwcmp_result(c) == 0 && c->in.type == LWCMP_BODY_GENP
               ? c->in.content
               : (struct lwcmp_bytes){NULL, 0};
}
#endif

#endif
