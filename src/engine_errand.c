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

bool lwcmp_errand_fits(const struct lwcmp_request *request)
{
    struct lwcmp_bytes row = request->info_value;
    struct lwcmp_bytes der;

    return LWCMP_WITH_GENM && request->operation == LWCMP_GENM &&
           profile_fits(request) && request->info_type.n > 0 &&
           (row.n == 0 ||
            (lwcmp_der_take(&row, LWCMP_DER_ANY, &der) == 0 && row.n == 0));
}

const char *lwcmp_errand_label(const struct lwcmp_request *request)
{
    return lwcmp_body_info_label(&request->info_type);
}

/* What is asked, and as whom: an errand goes on only for the very same. */
static uint32_t digest(const struct lwcmp *c)
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
    return crc;
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
    uint32_t asked = digest(c);
    int err = lwcmp_journal_read(c->config->store, &c->journal);
    uint8_t active = c->journal.active;

    if (err) {
        return err;
    }
    if (c->own.kind == LWCMP_PROT_SIG && lwcmp_engine_uses_store(c) &&
        active == 0) {
        return LWCMP_ERR_NO_IDENTITY;
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

void lwcmp_errand_put(const struct lwcmp *c, struct lwcmp_der_out *o)
{
    lwcmp_body_info_put(o, &c->request->info_type, &c->request->info_value);
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
        c,
        lwcmp_body_info_read(&c->in.content, &c->request->info_type, &value));
}

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
