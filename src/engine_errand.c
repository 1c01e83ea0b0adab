/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Errands: what asks for no certificate (RFC 9483 4.2, 4.3). They take neither
 * key nor slot, and leave the journal alone: a certificate may be on its way
 * meanwhile. Where the authority wants time, a record of their own, made like
 * the journal, says where to go on. It is no loss if it is: whoever asks twice
 * gets the same answer.
 */
#include "engine.h"

#if LWCMP_WITH_ERRANDS

#include <string.h>

#include "body_info.h"
#include "record.h"

enum {
    NOTE_N = 2 + sizeof(struct lwcmp_journal) + 4
};

static const uint8_t what[] = {0x45, 1};

/* Which profile is only of interest where a template is asked for. */
static bool profile_fits(const struct lwcmp_request *request)
{
    return lwcmp_profile(request).n == 0 ||
           (LWCMP_WITH_GENM && request->operation == LWCMP_GENM &&
            lwcmp_body_info_is_template(&request->info_type));
}

bool lwcmp_errand_fits(const struct lwcmp_config *config,
                       const struct lwcmp_request *request)
{
    struct lwcmp_bytes row = request->info_value;
    struct lwcmp_bytes der;

    if (LWCMP_WITH_RR && request->operation == LWCMP_RR) {
        return profile_fits(request) && lwcmp_revoke_fits(config, request);
    }
    return LWCMP_WITH_GENM && request->operation == LWCMP_GENM &&
           profile_fits(request) && request->info_type.n > 0 &&
           (row.n == 0 ||
            (lwcmp_der_take(&row, LWCMP_DER_ANY, &der) == 0 && row.n == 0));
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
    const uint8_t kinds[] = {(uint8_t)c->request->operation, c->own.kind};
    const struct lwcmp_bytes parts[] = {
        c->config->reference,      c->config->certificate,
        c->request->info_type,     c->request->info_value,
        lwcmp_profile(c->request),
    };
    uint32_t crc = lwcmp_record_crc(0, kinds, sizeof kinds);

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        crc = lwcmp_record_crc(crc, parts[i].p, parts[i].n);
    }
    *asked = crc;
    return lwcmp_is_revocation(c->request) ? lwcmp_revoke_digest(c, asked) : 0;
}

/* Whether there is something to go on with; else the note means nothing. */
static bool read_note(struct lwcmp *c, uint32_t asked)
{
    const struct lwcmp_store *store = c->config->store;
    uint8_t r[NOTE_N];
    size_t n;

    if (store->read(store->context, LWCMP_RECORD_ERRAND, r, sizeof r, &n) ||
        n != sizeof r || memcmp(r, what, sizeof what) != 0 ||
        !lwcmp_record_is_whole(r, n)) {
        return false;
    }
    memcpy(&c->journal, r + sizeof what, sizeof c->journal);
    return c->journal.waits == LWCMP_WAITS_ANSWER &&
           c->journal.request_digest == asked &&
           c->journal.peer_nonce_n <= LWCMP_MAX_NONCE;
}

int lwcmp_errand_note(const struct lwcmp *c)
{
    return lwcmp_record_write(c->config->store, LWCMP_RECORD_ERRAND, what,
                              &c->journal, sizeof c->journal);
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

    if (err) {
        return err;
    }
    if (c->own.kind == LWCMP_PROT_SIG && lwcmp_engine_uses_store(c) &&
        active == 0) {
        return LWCMP_ERR_NO_IDENTITY;
    }
    err = digest(c, &asked);
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

int lwcmp_errand_take(struct lwcmp *c)
{
    struct lwcmp_bytes value;

    return lwcmp_errand_over(
        c, lwcmp_is_revocation(c->request)
               ? lwcmp_revoke_take(c)
               : lwcmp_body_info_read(&c->in.content, &c->request->info_type,
                                      &value));
}

#if LWCMP_WITH_GENM
struct lwcmp_bytes lwcmp_info(const struct lwcmp *c)
{
    struct lwcmp_bytes value = {NULL, 0};

    if (lwcmp_result(c) == 0 && c->in.type == LWCMP_BODY_GENP) {
        (void)lwcmp_body_info_read(&c->in.content, &c->request->info_type,
                                   &value);
    }
    return value;
}
#endif

#endif
