/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a transaction begins, or goes on after a reset, and what a refusal
 * leaves of it. Only what an authority has said, authenticated, ends it; what
 * is lost is sent again.
 */
#include "engine_cms.h"
#include "engine_p10.h"
#include "own_sig.h"
#include "record.h"

/* The certificate profile counts as well, where requests have one. */
#if LWCMP_WITH_CERT_PROFILE
static uint32_t digest_profile(uint32_t crc,
                               const struct lwcmp_request *request)
{
    return lwcmp_record_crc_of(crc, &request->profile);
}
#else
static inline uint32_t digest_profile(uint32_t crc,
                                      const struct lwcmp_request *request)
{
    (void)request;
    return crc;
}
#endif

/*
 * What is asked for, and as whom: a transaction goes on only for the very same.
 * It tells an update of the firmware from none, and is against nobody.
 */
static uint32_t digest_request(const struct lwcmp *c)
{
    const struct lwcmp_config *config = c->config;
    const struct lwcmp_request *request = c->request;
    const uint8_t kinds[] = {(uint8_t)request->operation,
                             lwcmp_engine_key_kind(request), c->own.kind,
                             config->pbmac1};
    const struct lwcmp_bytes *who = c->own.kind == LWCMP_PROT_MAC
                                        ? &config->reference
                                        : &config->certificate;
    uint32_t crc = lwcmp_record_crc(0, kinds, sizeof kinds);

    if (c->own.kind == LWCMP_PROT_MAC || !lwcmp_engine_uses_store(c)) {
        crc = lwcmp_record_crc_of(crc, who);
    }
    crc = lwcmp_record_crc_of(crc, &request->subject);
    crc = lwcmp_record_crc_of(crc, &request->extensions);
    crc = lwcmp_p10_digest(c, crc);
    return digest_profile(crc, request);
}

#if LWCMP_WITH_ERRANDS
uint32_t lwcmp_engine_digest(const struct lwcmp *c)
{
    uint32_t crc =
        lwcmp_record_crc_of(digest_request(c), &c->request->info_type);

    return lwcmp_record_crc_of(crc, &c->request->info_value);
}
#endif

static inline uint32_t digest_asked(const struct lwcmp *c)
{
    uint32_t digest = digest_request(c);

    return lwcmp_is_poll_by_id(c->request) ? lwcmp_poll_id_digest(c, digest)
                                           : digest;
}

/*
 * A certificate that has come is confirmed whatever firmware asks for by now:
 * the CA may know no other, and the secret may be spent. Whoever names a
 * transaction means that one, which the digest has told.
 */
static bool is_kept_for(const struct lwcmp_journal *journal,
                        const struct lwcmp_request *request)
{
    return !lwcmp_is_poll_by_id(request) &&
           journal->waits >= LWCMP_WAITS_PKICONF &&
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
static int judge(struct lwcmp *c)
{
    struct lwcmp_journal *journal = &c->journal;
    uint32_t digest = digest_asked(c);

    c->resuming =
        c->resuming && journal->waits != LWCMP_WAITS_NOT &&
        (is_kept_for(journal, c->request) || journal->request_digest == digest);
    journal->request_digest = digest;
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
    int err = lwcmp_journal_read(c->config->store, &c->journal);

    if (err == 0) {
        adapt(c);
        err = judge(c);
    }
    c->slot = c->journal.active == 1 ? 1 : 0;
    c->state = LWCMP_AT_LEARNED;
    if (err == 0 && lwcmp_is_poll_by_id(c->request) && !c->resuming) {
        return lwcmp_poll_id_begin(c);
    }
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
    if (lwcmp_engine_load_new(c, &row) &&
        lwcmp_engine_load_new(c, &row) == LWCMP_ERR_BUFFER) {
        return LWCMP_ERR_BUFFER;
    }
    if (lwcmp_cert_next(&row, &der) && lwcmp_cert_read(&der, &cert) == 0) {
        err = lwcmp_p10_match(c, key, &cert.spki);
    }
    if (err == 0 && c->journal.waits == LWCMP_WAITS_CERTCONF) {
        err = lwcmp_engine_hash(c, &cert);
    }
    if (err != LWCMP_ERR_CERT_KEY) {
        return err;
    }
    c->journal.phase = LWCMP_PHASE_ASKED;
    c->journal.waits = LWCMP_WAITS_NOT;
    c->resuming = false;
    return lwcmp_is_poll_by_id(c->request) ? lwcmp_poll_id_begin(c) : 0;
}

/*
 * Is the key of an earlier attempt, or the caller's, in the slot? A key that
 * was asked for by mistake may be of another type; the one of a certificate
 * that is kept stays in any case. LWCMP_ERR_KEY: a new one is needed.
 */
static int find_key(struct lwcmp *c, lwcmp_key key)
{
    int err;

    if (c->journal.phase == LWCMP_PHASE_IDLE && !c->request->key_is_there) {
        return LWCMP_ERR_KEY;
    }
    if (lwcmp_engine_is_central(c->request) &&
        c->journal.phase == LWCMP_PHASE_ASKED) {
        return 0; /* none is needed, and one that is there gives way */
    }
    err = lwcmp_own_is_there(c->config, key);
    if (err == 0 && c->journal.phase == LWCMP_PHASE_KEPT) {
        return check_kept(c, key);
    }
    if (err == 0 && !c->resuming && !c->request->key_is_there) {
        err = lwcmp_engine_check_key(c, key);
    }
    return err;
}

/* The same for a key that is elsewhere. */
static int find_request(struct lwcmp *c, lwcmp_key key)
{
    int err = lwcmp_p10_check_slots(c);

    return err || c->journal.phase != LWCMP_PHASE_KEPT ? err
                                                       : check_kept(c, key);
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
    int err = lwcmp_is_p10(c) ? find_request(c, key) : find_key(c, key);

    if (err == 0 && (c->resuming || lwcmp_is_poll_by_id(c->request))) {
        go_on(c);
        return 0;
    }
    c->resuming = false;
    c->state = LWCMP_AT_NOTE_ASKED;
    if (err != LWCMP_ERR_KEY || c->request->key_is_there || lwcmp_is_p10(c) ||
        lwcmp_is_poll_by_id(c->request)) {
        return err;
    }
    c->journal.phase = LWCMP_PHASE_ASKED;
    return lwcmp_engine_is_central(c->request)
               ? 0
               : lwcmp_crypto_key_generate(key,
                                           lwcmp_engine_key_type(c->request));
}

/* PKIFailureInfo, RFC 9810 5.2.3 */
#define CERT_CONFIRMED (1UL << 11)
/* certRevoked, signerNotTrusted: our old certificate is worth nothing */
#define IS_DEAD (1UL << 10 | 1UL << 20)
/* badCertTemplate, duplicateCertReq: not with this key (RFC 9483 3.6.4) */
#define KEY_IN_USE (1UL << 19 | 1UL << 26)
#define ID_IN_USE (1UL << 21)
#define UNAVAILABLE (1UL << 24 | 1UL << 25) /* systemUnavail, systemFailure */
#define PASSING (ID_IN_USE | UNAVAILABLE)

/* Whether it is the request itself that was answered, not what follows it. */
static bool is_request(const struct lwcmp *c)
{
    return c->sending == c->asking;
}

/* Whether what the CA says tells nothing for good, but the application can. */
static bool can_be_proven(const struct lwcmp *c, uint32_t fail)
{
    return c->config->prove && c->journal.active != 0 && (fail & PASSING) == 0;
}

/*
 * Does the refusal leave nothing but the certificate that is kept? It was
 * confirmed before, by a certConf whose answer was lost: before a reset, or as
 * it came twice over a bad connection. Or the CA knows nothing of it and gives
 * no other, and the old identity is dead, or there is none.
 */
static bool is_kept_for_good(const struct lwcmp *c, uint32_t fail)
{
    if (c->journal.waits >= LWCMP_WAITS_PKICONF) {
        return (fail & CERT_CONFIRMED) != 0 ||
               (c->resuming && can_be_proven(c, fail));
    }
    if (c->journal.phase != LWCMP_PHASE_KEPT || !is_request(c)) {
        return false;
    }
    if (c->request->operation == LWCMP_KUR) {
        return (fail & IS_DEAD) != 0 || can_be_proven(c, fail);
    }
    return c->journal.active == 0 && !c->resuming && (fail & PASSING) == 0;
}

/*
 * An error that is no word on the transaction, but on the moment. A request
 * that was not answered before ends with it, too (RFC 9483 3.6.4).
 */
static bool is_passing(const struct lwcmp *c, int err, uint32_t fail)
{
    return err == LWCMP_ERR_PEER_ERROR &&
           ((fail & UNAVAILABLE) != 0
                ? !is_request(c) || c->resuming
                : (fail & ID_IN_USE) != 0 && !is_request(c));
}

/*
 * Is it known now that the CA has nothing for this key, and never will have?
 * An answer after a reset may be an old one, which somebody has held back. The
 * key of what is kept goes only if that is what the CA finds wrong.
 */
static bool is_final(const struct lwcmp *c, int err, uint32_t fail)
{
    if (c->resuming || (fail & PASSING) != 0) {
        return false;
    }
    if (c->journal.phase == LWCMP_PHASE_KEPT) {
        return is_request(c) && (fail & KEY_IN_USE) != 0;
    }
    return is_request(c) || err == LWCMP_ERR_REJECTED;
}

void lwcmp_engine_give_up(struct lwcmp *c, bool key)
{
    c->abandon = key;
    if (key) {
        c->journal.phase = LWCMP_PHASE_ASKED;
    } else {
        c->journal.waits = LWCMP_WAITS_NOT;
        (void)lwcmp_engine_note(c);
    }
}

int lwcmp_engine_refused(struct lwcmp *c, int err)
{
    uint32_t fail = c->answer.status.fail_info;

    if (lwcmp_is_errand(c->request)) {
        return lwcmp_errand_over(c, err);
    }
    if (c->rejecting || is_passing(c, err, fail)) {
        return err;
    }
    if (is_kept_for_good(c, fail)) {
        c->state = LWCMP_AT_COMMIT;
        return 0;
    }
    lwcmp_engine_give_up(c, is_final(c, err, fail));
    return err;
}
