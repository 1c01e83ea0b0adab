/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a new certificate to the active identity. The order is what keeps a
 * device alive: certificate stored, then noted, then confirmed; confirmed,
 * then made active, then the old one erased.
 */
#include "engine.h"
#include "journal.h"

/*
 * RFC 9483 3.6.1: a certificate that we do not want is turned down in
 * certConf; if the CA has confirmed it for us, we only stop.
 */
void lwcmp_engine_reject(struct lwcmp *c, int err)
{
    if (c->confirmed_implicitly) {
        lwcmp_engine_fail(c, err);
        return;
    }
    c->error = err;
    c->rejecting = true;
    c->sending = LWCMP_BODY_CERTCONF;
    c->state = c->journal.waits == LWCMP_WAITS_NOT ? LWCMP_AT_BUILD
                                                   : LWCMP_AT_NOTE_OVER;
}

/* Trouble of the platform, unlike that of the peer, is no verdict. */
static bool is_verdict(int err)
{
    return err <= LWCMP_ERR_HTTP;
}

/* certHash, with the hash of the certificate's signature (9810 5.3.18). */
static int hash(struct lwcmp *c, const struct lwcmp_cert *cert)
{
    enum lwcmp_hash alg = lwcmp_alg_sig_hash((enum lwcmp_sig)cert->sig);
    size_t n = 0;
    int err = LWCMP_ERR_ALGORITHM;

    if (alg != LWCMP_HASH_NONE) {
        err = lwcmp_crypto_hash(alg, &c->certificate, 1, c->cert_hash,
                                sizeof c->cert_hash, &n);
    }
    c->cert_hash_n = (uint8_t)n;
    return err;
}

/* Is it a certificate for the key that we made? */
int lwcmp_at_examine(struct lwcmp *c)
{
    struct lwcmp_cert cert;
    int err = lwcmp_cert_read(c->certificate, &cert);

    if (err == 0 && !c->confirmed_implicitly) {
        err = hash(c, &cert);
    }
    if (err == 0) {
        err = lwcmp_crypto_key_match(c->config->key_slot[c->slot], cert.spki);
    }
    c->state = LWCMP_AT_CHAIN;
    if (is_verdict(err)) {
        c->abandon = true;
        lwcmp_engine_reject(c, err);
        return 0;
    }
    return err;
}

/* The chain of our old certificate, for a CA that does not repeat it. */
int lwcmp_at_local(struct lwcmp *c)
{
    c->state = LWCMP_AT_CHAIN;
    c->has_local = true;
    return lwcmp_engine_load(c, lwcmp_engine_record(c->journal.active - 1u),
                             &c->local);
}

static bool can_load_local(const struct lwcmp *c)
{
    return !c->has_local && c->journal.active != 0 &&
           c->request->operation == LWCMP_KUR;
}

/* What the device holds itself comes before what a peer sends along. */
static int find_chain(struct lwcmp *c)
{
    struct lwcmp_path_pool pool = {
        .anchors = {c->config->anchors, c->learned, c->ca_pubs},
        .untrusted = {c->local.n > 0 ? c->local : c->config->chain,
                      c->in.extra_certs},
    };
    int err = lwcmp_path_find(c->certificate, &pool, c->path, &c->path_n);

    if (err == 0 && c->path_n < 2) {
        err = LWCMP_ERR_UNTRUSTED; /* an anchor is nobody's identity */
    }
    return err ? err : lwcmp_crypto_path(c->path, c->path_n, &c->time);
}

static bool has_no_anchor(const struct lwcmp *c)
{
    return c->config->anchors.n == 0 && !c->has_learned && c->ca_pubs.n == 0;
}

/*
 * extraCerts are not protected, so a chain that fails does not count against
 * the key: the next attempt asks for it again.
 */
int lwcmp_at_chain(struct lwcmp *c)
{
    int err;

    c->state = c->config->decide ? LWCMP_AT_DECIDE : LWCMP_AT_KEEP;
    if (has_no_anchor(c) && c->config->allow_no_anchor) {
        c->path[0] = c->certificate;
        c->path_n = 1;
        return 0;
    }
    err = find_chain(c);
    if (err == LWCMP_ERR_UNTRUSTED && can_load_local(c)) {
        c->state = LWCMP_AT_LOCAL;
        return 0;
    }
    if (is_verdict(err)) {
        lwcmp_engine_reject(c, err == LWCMP_ERR_UNTRUSTED ? LWCMP_ERR_CERT_CHAIN
                                                          : err);
        return 0;
    }
    return err;
}

/* The certificate and its chain, without the anchor at the path's end. */
int lwcmp_at_keep(struct lwcmp *c)
{
    const struct lwcmp_store *store = c->config->store;
    size_t n = c->path_n > 1 ? c->path_n - 1u : 1;

    c->state = c->ca_pubs.n > 0 ? LWCMP_AT_KEEP_ANCHOR : LWCMP_AT_NOTE_KEPT;
    return store->write(store->context, lwcmp_engine_record(c->slot), c->path,
                        n);
}

/*
 * Of caPubs only the anchor of the new certificate is learned (RFC 9483
 * 4.1.1), next to those learned before, which the old identity may need.
 */
int lwcmp_at_keep_anchor(struct lwcmp *c)
{
    const struct lwcmp_store *store = c->config->store;
    struct lwcmp_bytes parts[2] = {c->learned, c->path[c->path_n - 1]};
    size_t first = c->learned.n > 0 ? 0 : 1;

    c->state = LWCMP_AT_NOTE_KEPT;
    if (lwcmp_cert_in_row(parts[1], c->learned) ||
        !lwcmp_cert_in_row(parts[1], c->ca_pubs)) {
        return 0;
    }
    return store->write(store->context, LWCMP_RECORD_ANCHORS, parts + first,
                        2 - first);
}

int lwcmp_at_note_kept(struct lwcmp *c)
{
    if (c->confirmed_implicitly) {
        c->state = LWCMP_AT_COMMIT;
        return 0;
    }
    c->journal.phase = LWCMP_PHASE_KEPT;
    c->journal.waits = LWCMP_WAITS_NOT;
    c->sending = LWCMP_BODY_CERTCONF;
    c->state = LWCMP_AT_BUILD;
    return lwcmp_journal_write(c->config->store, &c->journal);
}

static int write_outcome(struct lwcmp *c, uint8_t active)
{
    c->journal.active = active;
    c->journal.phase = LWCMP_PHASE_IDLE;
    c->journal.waits = LWCMP_WAITS_NOT;
    c->state = LWCMP_AT_ERASE_KEY;
    return lwcmp_journal_write(c->config->store, &c->journal);
}

/* From this write on the new identity is the device's. */
int lwcmp_at_commit(struct lwcmp *c)
{
    uint8_t old = (uint8_t)(1 - c->slot);
    int err = write_outcome(c, (uint8_t)(c->slot + 1));

    c->slot = old;
    return err;
}

/* A key that the caller made is the caller's to destroy. */
int lwcmp_at_abandon(struct lwcmp *c)
{
    int err = write_outcome(c, c->journal.active);

    if (c->request->key_is_there) {
        c->state = LWCMP_AT_ERASE_CERT;
    }
    return err;
}

/*
 * What the journal no longer names goes. Should that fail, the outcome stands
 * all the same, and the next transaction needs the slot and clears it.
 */
int lwcmp_at_erase_key(struct lwcmp *c)
{
    (void)lwcmp_crypto_key_destroy(c->config->key_slot[c->slot]);
    c->state = LWCMP_AT_ERASE_CERT;
    return 0;
}

int lwcmp_at_erase_cert(struct lwcmp *c)
{
    const struct lwcmp_store *store = c->config->store;

    (void)store->remove(store->context, lwcmp_engine_record(c->slot));
    c->state = LWCMP_AT_DONE;
    return 0;
}
