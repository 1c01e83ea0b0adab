/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a transaction begins, or goes on after a reset, and what a refusal
 * leaves of it. Only what an authority has said, authenticated, ends it; what
 * is lost is sent again.
 */
#include "engine.h"

#include <string.h>

#include "bytes.h"

/*
 * What is asked for, and as whom: a transaction goes on only for the very same.
 * Eight octets do to tell an update of the firmware from none.
 */
static int digest_request(const struct lwcmp *c, uint8_t digest[LWCMP_HASH_MAX])
{
    const struct lwcmp_config *config = c->config;
    const struct lwcmp_request *request = c->request;
    const uint8_t kinds[] = {(uint8_t)request->operation,
                             (uint8_t)request->key_type, c->own.kind,
                             config->pbmac1};
    struct lwcmp_bytes parts[] = {{kinds, sizeof kinds},
                                  config->reference,
                                  request->subject,
                                  request->extensions};
    size_t n;

    if (c->own.kind == LWCMP_PROT_SIG) {
        parts[1] = config->certificate;
        parts[1].n = lwcmp_engine_uses_store(c) ? 0 : parts[1].n;
    }
    return lwcmp_crypto_hash(LWCMP_SHA256, parts,
                             sizeof parts / sizeof parts[0], digest,
                             LWCMP_HASH_MAX, &n);
}

/*
 * A certificate that has come is confirmed whatever firmware asks for by now:
 * the CA may know no other, and the secret may be spent.
 */
static bool is_kept_for(const struct lwcmp_journal *journal,
                        const struct lwcmp_request *request)
{
    return journal->waits >= LWCMP_WAITS_PKICONF &&
           journal->operation == request->operation;
}

/*
 * What an update of the firmware has taken away is done in another way, which
 * leads there as well: a CA that wanted time is asked for the same again.
 */
static void adapt(struct lwcmp *c)
{
    struct lwcmp_journal *journal = &c->journal;
    bool polls = journal->waits == LWCMP_WAITS_RESPONSE ||
                 journal->waits == LWCMP_WAITS_ANSWER;

    if (!LWCMP_WITH_POLLING && polls) {
        journal->waits = LWCMP_WAITS_REQUEST;
        journal->peer_nonce_n = 0;
    }
    if ((!LWCMP_WITH_POLLING && journal->waits == LWCMP_WAITS_PKICONF) ||
        (!c->config->prove && journal->waits == LWCMP_WAITS_PROOF)) {
        journal->waits = LWCMP_WAITS_CERTCONF;
    }
}

/* Does what is on record let this request begin, or go on? */
static int judge(struct lwcmp *c, const uint8_t digest[LWCMP_HASH_MAX])
{
    struct lwcmp_journal *journal = &c->journal;
    size_t n = sizeof journal->request_digest;

    c->resuming = c->resuming && journal->waits != LWCMP_WAITS_NOT &&
                  (is_kept_for(journal, c->request) ||
                   memcmp(journal->request_digest, digest, n) == 0);
    memcpy(journal->request_digest, digest, n);
    if (c->request->operation == LWCMP_CR && journal->active != 0) {
        return LWCMP_ERR_CONFIG; /* it would take the identity's place */
    }
    if (c->own.kind == LWCMP_PROT_SIG && lwcmp_engine_uses_store(c) &&
        journal->active == 0) {
        return LWCMP_ERR_NO_IDENTITY;
    }
    return 0;
}

/* Which identity is there, and which slot will the next one take? */
int lwcmp_at_load(struct lwcmp *c)
{
    uint8_t digest[LWCMP_HASH_MAX];
    int err = lwcmp_journal_read(c->config->store, &c->journal);

    if (err == 0) {
        err = digest_request(c, digest);
    }
    if (err == 0) {
        adapt(c);
        err = judge(c, digest);
    }
    c->slot = c->journal.active == 1 ? 1 : 0;
    c->state = LWCMP_AT_LEARNED;
    if (err || c->resuming || c->journal.waits == LWCMP_WAITS_NOT) {
        return err;
    }
    /* Nothing goes on for a key that may not be the same any more. */
    c->journal.waits = LWCMP_WAITS_NOT;
    return lwcmp_engine_note(c);
}

/*
 * Whether the certificate that is kept and the key in its slot belong
 * together. If another key has got there, nothing may confirm or make active
 * what nobody can use: it is as if the certificate had not come.
 */
static int check_kept(struct lwcmp *c, lwcmp_key key)
{
    struct lwcmp_bytes row;
    struct lwcmp_bytes der;
    struct lwcmp_cert cert;
    int err = LWCMP_ERR_CERT_KEY;

    /* What cannot be read even the second time never can be. */
    if (lwcmp_engine_load_new(c, &row)) {
        (void)lwcmp_engine_load_new(c, &row);
    }
    if (lwcmp_cert_next(&row, &der) && lwcmp_cert_read(&der, &cert) == 0) {
        err = lwcmp_crypto_key_match(key, cert.spki);
    }
    if (err == 0 && c->journal.waits == LWCMP_WAITS_CERTCONF) {
        err = lwcmp_engine_hash(c, &cert);
    }
    if (err != LWCMP_ERR_CERT_KEY) {
        return err;
    }
    c->journal.phase = LWCMP_PHASE_ASKED;
    c->resuming = false;
    return 0;
}

/*
 * Is the key of an earlier attempt, or the caller's, in the slot? A key that
 * was asked for by mistake may be of another type; the one of a certificate
 * that is kept stays in any case. LWCMP_ERR_KEY: a new one is needed.
 */
static int find_key(struct lwcmp *c, lwcmp_key key)
{
    enum lwcmp_sig sig;
    int err;

    if (c->journal.phase == LWCMP_PHASE_IDLE && !c->request->key_is_there) {
        return LWCMP_ERR_KEY;
    }
    err = lwcmp_crypto_key_sig(key, &sig);
    if (err == 0 && c->journal.phase == LWCMP_PHASE_KEPT) {
        return check_kept(c, key);
    }
    if (err == 0 && !c->resuming && !c->request->key_is_there) {
        err = lwcmp_crypto_key_is(key, c->request->key_type);
    }
    return err;
}

/* To where the transaction stood. */
static void go_on(struct lwcmp *c)
{
    uint8_t waits = c->journal.waits;

    if (waits == LWCMP_WAITS_CERTCONF) {
        c->sending = LWCMP_BODY_CERTCONF;
    } else if (waits != LWCMP_WAITS_REQUEST) {
        c->sending = LWCMP_BODY_POLLREQ;
    }
    c->state = waits == LWCMP_WAITS_PROOF ? LWCMP_AT_PROVE : LWCMP_AT_OWN;
}

/*
 * A key left by an attempt whose fate is unknown is used again: the CA may
 * have a certificate for it. A certificate that is kept is nothing without
 * its key.
 */
int lwcmp_at_key(struct lwcmp *c)
{
    lwcmp_key key = c->config->key_slot[c->slot];
    int err = find_key(c, key);

    if (err == 0 && c->resuming) {
        go_on(c);
        return 0;
    }
    c->resuming = false;
    c->state = LWCMP_AT_NOTE_ASKED;
    if (err != LWCMP_ERR_KEY || c->request->key_is_there) {
        return err;
    }
    c->journal.phase = LWCMP_PHASE_ASKED;
    return lwcmp_crypto_key_generate(key, c->request->key_type);
}

/* PKIFailureInfo, RFC 9810 5.2.3 */
#define CERT_REVOKED (1UL << 10)
#define CERT_CONFIRMED (1UL << 11)
#define ID_IN_USE (1UL << 21)
#define UNAVAILABLE (1UL << 24 | 1UL << 25) /* systemUnavail, systemFailure */

static bool is_first(const struct lwcmp *c)
{
    return c->sending == c->asking;
}

/*
 * Does the refusal leave nothing but the certificate that is kept? It was
 * confirmed before, by a certConf whose answer was lost: before a reset, or as
 * it came twice over a bad connection. Or the old identity is revoked, so that
 * there is nothing to lose. Or what the CA says tells neither, but the
 * application can.
 */
static bool is_kept_for_good(const struct lwcmp *c, uint32_t fail)
{
    bool prove = c->config->prove && c->journal.active != 0 &&
                 (fail & (ID_IN_USE | UNAVAILABLE)) == 0;

    if (c->journal.waits >= LWCMP_WAITS_PKICONF) {
        return (fail & CERT_CONFIRMED) != 0 || (c->resuming && prove);
    }
    return c->journal.phase == LWCMP_PHASE_KEPT && is_first(c) &&
           c->request->operation == LWCMP_KUR &&
           ((fail & CERT_REVOKED) != 0 || prove);
}

/*
 * An error that is no word on the transaction, but on the moment. A request
 * that was not answered before ends with it, too (RFC 9483 3.6.4).
 */
static bool is_passing(const struct lwcmp *c, int err, uint32_t fail)
{
    return err == LWCMP_ERR_PEER_ERROR &&
           ((fail & UNAVAILABLE) != 0
                ? !is_first(c) || c->resuming
                : (fail & ID_IN_USE) != 0 && !is_first(c));
}

/*
 * Is it known now that the CA has nothing for us, and never will have? Not if
 * the request was repeated: an answer to what was sent first may come late, or
 * be played by somebody who has held it back.
 */
static bool is_final(const struct lwcmp *c, int err, uint32_t fail)
{
    if (c->journal.phase == LWCMP_PHASE_KEPT ||
        (fail & (ID_IN_USE | UNAVAILABLE)) != 0) {
        return false;
    }
    return !c->resuming && (is_first(c) || err == LWCMP_ERR_REJECTED);
}

int lwcmp_engine_refused(struct lwcmp *c, int err)
{
    uint32_t fail = c->answer.status.fail_info;

    if (c->rejecting || is_passing(c, err, fail)) {
        return err;
    }
    if (is_kept_for_good(c, fail)) {
        c->state = LWCMP_AT_COMMIT;
        return 0;
    }
    c->abandon = is_final(c, err, fail);
    if (!c->abandon) {
        c->journal.waits = LWCMP_WAITS_NOT;
        (void)lwcmp_engine_note(c);
    }
    return err;
}
