/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inside the engine. Each state has one function of its name, which does the
 * work of the state and names the next one:
 *
 *   engine.c           the calls of lwcmp.h, and the table of the states
 *   engine_resume.c    where it begins, or goes on; what a refusal leaves
 *   engine_identity.c  what outlives the transaction: slots, anchors, journal
 *   engine_anchors.c   trust anchors that are learned
 *   engine_peer.c      what is remembered of the server
 *   engine_send.c      from a key to a message that can be sent
 *   engine_check.c     from received bytes to a message that can be believed
 *   engine_mac.c       its key, if it is protected by a secret
 *   engine_signer.c    its key, if it is signed
 *   engine_custom.c    signature algorithms of the application
 *   engine_poll.c      waiting for a CA that wants time
 *   engine_p10.c       what is different where a PKCS #10 request goes out
 *   engine_cert.c      whether a new certificate is one for us
 *   engine_errand.c    what asks for no certificate
 *   engine_resume_errand.c  where that begins, or goes on
 *   engine_revoke.c    of that, revocation
 *   engine_poll_id.c   polling with nothing but a transactionID
 *   quirks.c           what of all this servers may be forgiven, if asked for
 *   engine_status.c    what CRLs say of a path
 *   engine_cms.h       what of it depends on what comes encrypted:
 *   engine_central.c   a key that the CA has made
 *   engine_encrypted.c a certificate
 *   engine_recovery.c  a key and certificate that were in an archive
 */
#ifndef LWCMP_ENGINE_H
#define LWCMP_ENGINE_H

#include "body_cert.h"
#include "body_poll.h"
#include "journal.h"
#include "path.h"

enum lwcmp_state {
    /* The caller has to act. A context that was never begun is done. */
    LWCMP_AT_DONE = LWCMP_DONE,
    LWCMP_AT_EXCHANGE = LWCMP_EXCHANGE,
    LWCMP_AT_DECIDE = LWCMP_DECIDE,
    LWCMP_AT_WAIT = LWCMP_WAIT,
    LWCMP_AT_PROVE = LWCMP_PROVE,

    LWCMP_AT_LOAD,
    LWCMP_AT_LEARNED,
    LWCMP_AT_KEY,
    LWCMP_AT_NOTE_ASKED,
    LWCMP_AT_OWN,

    LWCMP_AT_BUILD,
    LWCMP_AT_PROTECT,

    LWCMP_AT_READ,
    LWCMP_AT_ANCHORS,
    LWCMP_AT_SIGNER,
    LWCMP_AT_PEER_DERIVE,
    LWCMP_AT_VERIFY,
    LWCMP_AT_KEEP_SIGNER,
    LWCMP_AT_ANSWER,

    LWCMP_AT_NOTE_POLL,
    LWCMP_AT_NOTE_OVER,

    LWCMP_AT_EXAMINE,
    LWCMP_AT_LOCAL,
    LWCMP_AT_CHAIN,
    LWCMP_AT_KEEP,
    LWCMP_AT_KEEP_ANCHOR,
    LWCMP_AT_NOTE_KEPT,

    LWCMP_AT_COMMIT,
    LWCMP_AT_ABANDON,
    LWCMP_AT_ERASE_KEY,
    LWCMP_AT_ERASE_CERT,

    LWCMP_AT_ERRAND,

    /* engine_central.c and engine_encrypted.c */
    LWCMP_AT_OPEN,
    LWCMP_AT_KGA,
    LWCMP_AT_KGA_VERIFY,
    LWCMP_AT_IMPORT,
    LWCMP_AT_OPEN_CERT,

    LWCMP_AT_STATUS
};

int lwcmp_at_load(struct lwcmp *c);
int lwcmp_at_learned(struct lwcmp *c);
int lwcmp_at_key(struct lwcmp *c);
int lwcmp_at_note_asked(struct lwcmp *c);
int lwcmp_at_own(struct lwcmp *c);
int lwcmp_at_build(struct lwcmp *c);
int lwcmp_at_protect(struct lwcmp *c);
int lwcmp_at_read(struct lwcmp *c);
int lwcmp_at_anchors(struct lwcmp *c);
int lwcmp_at_signer(struct lwcmp *c);
int lwcmp_at_peer_derive(struct lwcmp *c);
int lwcmp_at_verify(struct lwcmp *c);
int lwcmp_at_keep_signer(struct lwcmp *c);
int lwcmp_at_answer(struct lwcmp *c);
int lwcmp_at_note_poll(struct lwcmp *c);
int lwcmp_at_note_over(struct lwcmp *c);
int lwcmp_at_wait(struct lwcmp *c);
int lwcmp_at_examine(struct lwcmp *c);
int lwcmp_at_local(struct lwcmp *c);
int lwcmp_at_chain(struct lwcmp *c);
int lwcmp_at_keep(struct lwcmp *c);
int lwcmp_at_keep_anchor(struct lwcmp *c);
int lwcmp_at_note_kept(struct lwcmp *c);
int lwcmp_at_commit(struct lwcmp *c);
int lwcmp_at_abandon(struct lwcmp *c);
int lwcmp_at_erase_key(struct lwcmp *c);
int lwcmp_at_erase_cert(struct lwcmp *c);
int lwcmp_at_errand(struct lwcmp *c);
int lwcmp_at_status(struct lwcmp *c);

/*
 * Errands ask for no certificate: no key, no slot, and a note of their own, if
 * they have to wait.
 */
static inline bool lwcmp_is_errand(const struct lwcmp_request *request)
{
    return LWCMP_WITH_ERRANDS && request->operation >= LWCMP_RR;
}

/* The certificate profile that a request names, or nothing. */
#if LWCMP_WITH_CERT_PROFILE
static inline struct lwcmp_bytes lwcmp_profile(
    const struct lwcmp_request *request)
{
    return request->profile;
}
#else
static inline struct lwcmp_bytes lwcmp_profile(
    const struct lwcmp_request *request)
{
    (void)request;
    return (struct lwcmp_bytes){NULL, 0};
}
#endif

/* Whether such an operation is built in, and the request is fit for it. */
bool lwcmp_errand_fits(const struct lwcmp_config *config,
                       const struct lwcmp_request *request);

/* For the end of the URL. */
const char *lwcmp_errand_label(const struct lwcmp_request *request);

void lwcmp_errand_put(struct lwcmp *c, struct lwcmp_der_out *o);

/* rp or genp has come. */
int lwcmp_errand_take(struct lwcmp *c);

/* The errand has ended with this error, or 0: what waited is forgotten. */
int lwcmp_errand_over(struct lwcmp *c, int err);

#if LWCMP_WITH_CRL
/* Whether the CRLs parse. */
bool lwcmp_crls_fit(const struct lwcmp_config *config);

/*
 * The state that looks up c->path, from one of its certificates on, and then
 * goes on to `next`. From the first one on, it is the path of a signer, and
 * his status may be required. Where next is LWCMP_AT_VERIFY, a bad one ends
 * the transaction; else it turns down the new certificate.
 */
uint8_t lwcmp_status_begin(struct lwcmp *c, uint8_t from,
                           enum lwcmp_state next);
#else
static inline bool lwcmp_crls_fit(const struct lwcmp_config *config)
{
    (void)config;
    return true;
}

static inline uint8_t lwcmp_status_begin(struct lwcmp *c, uint8_t from,
                                         enum lwcmp_state next)
{
    (void)c;
    (void)from;
    return (uint8_t)next;
}
#endif

/* Of the errands, revocation: the same for it. */
static inline bool lwcmp_is_revocation(const struct lwcmp_request *request)
{
    return LWCMP_WITH_RR &&
           (!LWCMP_WITH_GENM || request->operation == LWCMP_RR);
}

bool lwcmp_revoke_fits(const struct lwcmp_config *config,
                       const struct lwcmp_request *request);
void lwcmp_revoke_put(struct lwcmp *c, struct lwcmp_der_out *o);
int lwcmp_revoke_take(struct lwcmp *c);

/* The CRC goes on over what is revoked, and why. */
int lwcmp_revoke_digest(struct lwcmp *c, uint32_t *crc);

/*
 * Whether nothing is asked for, but what another has asked for under this
 * transactionID.
 */
static inline bool lwcmp_is_poll_by_id(const struct lwcmp_request *request)
{
#if LWCMP_WITH_POLL_BY_ID
    return request->transaction_id.n > 0;
#else
    (void)request;
    return false;
#endif
}

/* Whether the request is fit for that, or has no transactionID. */
bool lwcmp_poll_id_fits(const struct lwcmp_request *request);

/*
 * The digest of what is on record, if that is the transaction, and it polls or
 * has brought a certificate; else one of its own, made of the one of such a
 * request.
 */
uint32_t lwcmp_poll_id_digest(const struct lwcmp *c, uint32_t digest);

/* Makes it the transaction, in which pollReq is next, whatever was before. */
int lwcmp_poll_id_begin(struct lwcmp *c);

/* What was asked for, by what has come. */
uint8_t lwcmp_poll_id_asked(const struct lwcmp *c);

/* How many octets the transactionID has. */
static inline size_t lwcmp_engine_id_n(const struct lwcmp *c)
{
    return LWCMP_WITH_POLL_BY_ID && c->journal.id_n > 0
               ? c->journal.id_n
               : sizeof c->journal.transaction_id;
}

/* A CRC over what is asked for, but for what is revoked, and as whom. */
uint32_t lwcmp_engine_digest(const struct lwcmp *c);

/* Ends the transaction with an error; the first one is kept. */
void lwcmp_engine_fail(struct lwcmp *c, int err);

/*
 * Turns down the new certificate: by certConf, or silently if too late. The
 * key goes with it if c->abandon is set.
 */
void lwcmp_engine_reject(struct lwcmp *c, int err);

/* Whether the identity in the store signs, rather than a given one. */
bool lwcmp_engine_uses_store(const struct lwcmp *c);

/*
 * Reads a record into the work buffer behind the answer and what was loaded
 * before, and lets the slice name it.
 */
int lwcmp_engine_load(struct lwcmp *c, enum lwcmp_record id,
                      struct lwcmp_bytes *where);

/* The certificate that is kept in the free slot, with its chain. */
int lwcmp_engine_load_new(struct lwcmp *c, struct lwcmp_bytes *where);

/* Our own certificate with its chain, into c->local. */
int lwcmp_engine_load_own(struct lwcmp *c);

/* certHash, with the hash of the certificate's signature (9810 5.3.18). */
int lwcmp_engine_hash(struct lwcmp *c, const struct lwcmp_cert *cert);

/*
 * An authenticated message has refused what we have sent, by this error: gives
 * it back; or 0, if what is kept becomes the identity by that.
 */
int lwcmp_engine_refused(struct lwcmp *c, int err);

/*
 * Nothing more comes of this transaction: the key that it was for goes, or
 * stays for the next one.
 */
void lwcmp_engine_give_up(struct lwcmp *c, bool key);

/* The message can be believed: what of it has to outlive it. */
void lwcmp_engine_remember(struct lwcmp *c);

/* Writes the journal. */
int lwcmp_engine_note(struct lwcmp *c);

/*
 * Finds the path from a certificate to a trust anchor, a configured or a
 * learned one or one of `anchors`, into c->path. Those in between are looked
 * for in `known` first.
 */
int lwcmp_engine_path(struct lwcmp *c, const struct lwcmp_cert *cert,
                      const struct lwcmp_bytes *anchors,
                      const struct lwcmp_bytes *known);

/* Whether the configuration names a hash that our MAC can have. */
#if LWCMP_WITH_PBM && LWCMP_WITH_MAC_HASH
bool lwcmp_engine_mac_fits(const struct lwcmp_config *config);
#else
static inline bool lwcmp_engine_mac_fits(const struct lwcmp_config *config)
{
    (void)config;
    return true;
}
#endif

#if LWCMP_WITH_PBM
/* A slice of the derivation of our own MAC's key. */
int lwcmp_engine_derive(struct lwcmp *c);
#endif

/* Copies what has to outlive the message, if there is anything and it fits. */
void lwcmp_engine_keep(struct lwcmp_bytes *kept, const struct lwcmp_bytes *from,
                       uint8_t *octets, size_t cap);

/* Drops a volatile key. */
void lwcmp_engine_forget(lwcmp_key *key);

/* An answer has come that says waiting, and for what. */
int lwcmp_engine_take_waiting(struct lwcmp *c, enum lwcmp_waits waits);

/* A pollRep has come. */
int lwcmp_engine_take_poll(struct lwcmp *c);

#endif
