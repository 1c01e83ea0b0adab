/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lwcmp: the Certificate Management Protocol (RFC 9810, profile RFC 9483) for
 * end entities on embedded devices.
 *
 * The engine says what it wants and the caller does it: the engine never
 * sends, receives, sleeps, allocates or reads a clock.
 *
 *     lwcmp_begin(&c, &config, &request);
 *     for (;;) {
 *         switch (lwcmp_step(&c)) {
 *         case LWCMP_STEP:     watchdog_feed();                     break;
 *         case LWCMP_EXCHANGE: post(&c, lwcmp_output(&c));          break;
 *         case LWCMP_DECIDE:   lwcmp_accept(&c);                    break;
 *         case LWCMP_WAIT:     sleep_deep(lwcmp_wait_seconds(&c));  break;
 *         case LWCMP_PROVE:    lwcmp_proven(&c, connects(&c));      break;
 *         case LWCMP_DONE:     return lwcmp_end(&c);
 *         }
 *     }
 *
 * The contract for everything below:
 * - Zero is the default of every field; clear a struct before filling it.
 * - What is passed in is borrowed until lwcmp_end(). What is handed out points
 *   into the work buffer, and its comment says how long it lives.
 * - Functions return 0 or an enum lwcmp_error (types.h), or say otherwise.
 * - Pointers are not checked; the order of calls and the configuration are.
 * - One context serves one transaction at a time and one thread, and stays
 *   where it is from lwcmp_begin() to lwcmp_end().
 */
#ifndef LWCMP_LWCMP_H
#define LWCMP_LWCMP_H

#include "lwcmp/algorithms.h"
#include "lwcmp/revoke.h"
#include "lwcmp/store.h"

#define LWCMP_VERSION "0.1.0"

/* The device: what stays the same from one transaction to the next. */
struct lwcmp_config {
    /*
     * The work buffer, for the message out and the answer to it in turn: as
     * large as the longest message, or as the longest answer and the learned
     * anchors behind it. 2 KiB do for P-256 and certificates of usual size
     * without intermediates. At most 65535 bytes are used.
     */
    uint8_t *buffer;
    size_t buffer_size;

    const struct lwcmp_store *store; /* journal, certificates, anchors */

    /*
     * Names of the two keys of the two certificate slots. Whichever is free
     * gets the next key; the engine destroys what it no longer names. No
     * other key of the device may have these names.
     */
    lwcmp_key key_slot[2];

    /*
     * Shared secret and its reference number (RFC 9483 4.1.5). Where it is
     * set it protects LWCMP_IR, LWCMP_CR and LWCMP_P10CR, whatever else could.
     * With the PSA provider it is a key of type PASSWORD, with the usage
     * EXPORT for PasswordBasedMac, DERIVE for PBMAC1.
     */
    struct lwcmp_bytes reference;
    lwcmp_key secret;
    uint32_t pbm_iterations; /* from 100 on; 0: LWCMP_PBM_ITERATIONS */
    bool pbmac1;             /* send PBMAC1 rather than PasswordBasedMac */
    bool allow_hmac_sha1;    /* accept it from the server */

    /*
     * A certificate to sign with that is not in the store, a manufacturer's
     * say, DER; the certificates above it, DER in a row, no root; its key.
     * LWCMP_KUR renews the identity in the store if there is one, else this.
     */
    struct lwcmp_bytes certificate;
    struct lwcmp_bytes chain;
    lwcmp_key key;
    const struct lwcmp_algorithms *algorithms; /* of ours; NULL: the usual */

    /* Trust anchors, DER certificates in a row. */
    struct lwcmp_bytes anchors;

    /*
     * Learn trust anchors from the caPubs of a MAC-protected ip, for a device
     * that has nothing but a reference number and a secret (RFC 9483 4.1.5).
     * The one that the new certificate leads to is kept in the store and
     * counts like `anchors` from then on.
     */
    bool accept_ca_pubs;

    /*
     * Where there is no trust anchor at all, take a new certificate without
     * validating its chain. Renewal has no use for such an identity: without
     * an anchor nobody's signature can be trusted.
     */
    bool allow_no_anchor;

    /*
     * Who may answer with a signature: exactly this certificate (DER), which
     * then needs no other anchor; else a valid certificate of this subject
     * (DER Name); else a valid one with the extended key usage cmcCA or
     * cmcRA, or a trust anchor itself.
     */
    struct lwcmp_bytes responder_certificate;
    struct lwcmp_bytes responder_name;

    /* The CA's name (DER Name) for the first message; absent: NULL-DN. */
    struct lwcmp_bytes recipient;

    bool implicit_confirm; /* ask for no certConf; not with a one-time secret */
    bool decide; /* stop at LWCMP_DECIDE before a new certificate is kept */

    /*
     * Stop at LWCMP_PROVE before a new identity takes the place of an old one:
     * after it was confirmed, or where the CA does not know any more, or does
     * not accept the old one.
     */
    bool prove;

    /*
     * The longest time to wait for a CA in one run, in seconds of
     * LWCMP_WAIT in all; 0: for ever. Then LWCMP_ERR_WAITING is the result,
     * and lwcmp_resume() goes on.
     */
    uint32_t wait_limit;

    /* What servers may be forgiven: enum lwcmp_quirk (quirks.h), else 0. */
    uint32_t quirks;
    bool allow_loose_cms; /* private keys as OpenSSL packs them are fine, too */
    struct lwcmp_bytes archive_certificate; /* for what docs/backup.md has */
#if LWCMP_WITH_P10CR
    /*
     * Take an answer to LWCMP_P10CR with certReqId 0, too, and use that number
     * in what follows, for old CAs; it has to be -1 (RFC 9483 4.1.4).
     */
    bool allow_cert_req_id_0;
#endif
#if LWCMP_WITH_CRL /* crl.h says what they do */
    struct lwcmp_bytes crls;
    bool require_status;
#endif
};

/*
 * What kind of certificate is asked for, and how (RFC 9483 4.1). A store
 * keeps one identity: LWCMP_IR replaces it, and LWCMP_CR wants a store that
 * has none.
 *
 * LWCMP_RR and LWCMP_GENM are errands: they ask for no certificate and touch
 * neither keys nor identity. The secret protects them if it is set, else the
 * certificate of the configuration or the identity in the store signs. A
 * certificate that waits for the CA goes on waiting meanwhile.
 */
enum lwcmp_operation {
    LWCMP_IR = 1, /* the first of this PKI; by secret or another certificate */
    LWCMP_CR,     /* a further one, likewise */
    LWCMP_KUR,    /* the next one of the same identity, signed with it */
    /*
     * By a PKCS #10 request of the caller's (LWCMP_WITH_P10CR). Protected and
     * kept as with LWCMP_IR; but the engine makes, needs and destroys no key
     * for it: the key may be elsewhere, and is then for the caller to find.
     * LWCMP_KUR needs it in the slot of the certificate, else LWCMP_ERR_KEY.
     */
    LWCMP_P10CR,
    LWCMP_KRR,    /* a key out of the CA's archive (docs/backup.md) */
    LWCMP_RR = 6, /* revoke a certificate; LWCMP_WITH_RR */
    LWCMP_GENM    /* ask for what the request names; LWCMP_WITH_GENM */
};

/* One transaction. */
struct lwcmp_request {
    enum lwcmp_operation operation;

    /* Subject, a DER Name. Absent: empty; for LWCMP_KUR the old one, always. */
    struct lwcmp_bytes subject;

    /*
     * Requested extensions, DER Extension values in a row (RFC 5280 4.1).
     * For LWCMP_KUR the old subjectAltName is taken and this stays absent.
     */
    struct lwcmp_bytes extensions;

    /* A key that is left of an attempt that was cut off is taken if it fits. */
    enum lwcmp_key_type key_type;

    /*
     * The caller has put the key into the free slot (lwcmp_free_slot). It is
     * then never destroyed while it is new.
     */
    bool key_is_there;

    /*
     * What LWCMP_GENM asks for (RFC 9483 4.3): infoType, content octets of an
     * OBJECT IDENTIFIER; infoValue, DER, or absent. lwcmp/general.h has those
     * that RFC 9483 names.
     */
    struct lwcmp_bytes info_type, info_value;
    struct lwcmp_revocation revoke; /* what LWCMP_RR revokes (revoke.h) */

#if LWCMP_WITH_P10CR
    /*
     * For LWCMP_P10CR the CertificationRequest, DER (RFC 2986 4), and neither
     * subject nor extensions: they stand in it. LWCMP_ERR_CONFIG unless
     * version, Name, attributes and the extensions asked for are as they have
     * to be, and the signature is good, where the provider knows its kind.
     * LWCMP_ERR_KEY, before anything is sent, where the free slot holds
     * another key than that of the request, or with key_is_there none; or
     * where the other slot holds that key, for it goes with the old identity.
     */
    struct lwcmp_bytes csr;
#endif
#if LWCMP_WITH_CERT_PROFILE
    /*
     * The certificate profile asked for, UTF-8, or absent. In LWCMP_GENM only
     * with LWCMP_INFO_CERT_REQ_TEMPLATE, and never in LWCMP_RR.
     */
    struct lwcmp_bytes profile;
#endif
#if LWCMP_WITH_POLL_BY_ID
    struct lwcmp_bytes transaction_id; /* to poll in, only (poll_id.h) */
#endif
#if LWCMP_WITH_CMS        /* one of these, as docs/central-key.md has it */
    bool central_key;     /* the CA makes the key */
    bool encryption_only; /* the CA encrypts the certificate for it */
    bool archive;         /* the CA gets a copy of it (docs/backup.md) */
#endif
};

enum lwcmp_want {
    LWCMP_DONE,     /* finished: lwcmp_result() says how */
    LWCMP_EXCHANGE, /* send lwcmp_output(), bring the answer */
    LWCMP_DECIDE,   /* look at lwcmp_certificate(), accept or refuse it */
    LWCMP_WAIT,     /* wait lwcmp_wait_seconds(), then call again */
    LWCMP_PROVE,    /* try the new identity, then lwcmp_proven() */
    LWCMP_STEP      /* nothing: call again; a chance to feed the watchdog */
};

struct lwcmp;

/*
 * Starts a transaction. An error means that nothing was done. If another one
 * was begun with this context, lwcmp_end() comes first.
 */
int lwcmp_begin(struct lwcmp *c, const struct lwcmp_config *config,
                const struct lwcmp_request *request);

/*
 * Goes on with a transaction, in a new process or after a reset: sends the
 * request again, the same one in the same transaction, where no answer is
 * known to have come; polls again at once where the CA wanted time; sends
 * certConf again where it may have been lost, or the answer to it. Where there
 * is nothing to go on with, the key is gone, or configuration or request are
 * others than they were before a certificate has come, it is lwcmp_begin();
 * that one in turn starts anew whatever there is, for the same key.
 */
int lwcmp_resume(struct lwcmp *c, const struct lwcmp_config *config,
                 const struct lwcmp_request *request);

/*
 * Goes one step: at most one long call of the crypto provider (a key made, a
 * signature, a path validation, LWCMP_PBM_SLICE iterations) and at most one
 * write to the store. While an exchange is open it returns LWCMP_EXCHANGE
 * again and nothing is resent.
 */
enum lwcmp_want lwcmp_step(struct lwcmp *c);

/*
 * Tells the engine the time, after lwcmp_begin() and as often as it is known
 * better. Until then it is unknown.
 */
void lwcmp_set_time(struct lwcmp *c, struct lwcmp_time time);

/* The message to send, until the first lwcmp_received(). */
struct lwcmp_bytes lwcmp_output(const struct lwcmp *c);

/*
 * Label of the operation for the end of the URL (RFC 9483 6.1), from
 * lwcmp_begin() to lwcmp_end().
 */
const char *lwcmp_label(const struct lwcmp *c);

/*
 * Where the next bytes of the answer go, and how many fit; if none do, the
 * exchange ends by lwcmp_failed(c, LWCMP_ERR_BUFFER). The output is
 * overwritten: ask only when it has been sent.
 */
uint8_t *lwcmp_room(struct lwcmp *c, size_t *n);

/*
 * n bytes were put into the room; `last` when the answer is complete. More
 * than fit are LWCMP_ERR_BUFFER and the exchange stays open.
 */
int lwcmp_received(struct lwcmp *c, size_t n, bool last);

/*
 * No answer will come, and this enum lwcmp_error is why. The transaction
 * ends; the old identity stays, and the next lwcmp_begin() asks again for the
 * same key, or lwcmp_resume() polls on.
 */
int lwcmp_failed(struct lwcmp *c, int why);

/*
 * After LWCMP_GENM, at LWCMP_DONE with the result 0: infoValue of the answer,
 * DER, whose protection was verified; absent: the CA has nothing. It lives
 * until lwcmp_end(). LWCMP_WITH_GENM.
 */
struct lwcmp_bytes lwcmp_info(const struct lwcmp *c);

/* At LWCMP_DECIDE. The certificate lives until the decision. */
struct lwcmp_bytes lwcmp_certificate(const struct lwcmp *c);
int lwcmp_accept(struct lwcmp *c);
int lwcmp_refuse(struct lwcmp *c);

/*
 * At LWCMP_PROVE: whether the new identity works, the one in the slot that
 * lwcmp_free_slot() names. If so it takes the place of the old one. Else both
 * stay, the transaction ends with LWCMP_ERR_REFUSED, lwcmp_resume() comes back
 * to this question, and lwcmp_begin() asks the CA anew.
 */
int lwcmp_proven(struct lwcmp *c, bool works);

/*
 * At LWCMP_WAIT, or after LWCMP_ERR_WAITING: what the CA has asked for, at
 * least 1. Power may go off meanwhile: lwcmp_resume() then goes on.
 */
uint32_t lwcmp_wait_seconds(const struct lwcmp *c);

/*
 * At LWCMP_DONE: 0, or the error that ended the transaction. LWCMP_ERR_STATE
 * where there is no result; at LWCMP_WAIT LWCMP_ERR_WAITING.
 */
int lwcmp_result(const struct lwcmp *c);

/*
 * What the server said (PKIStatusInfo, RFC 9810 5.2.3). The text lives until
 * the next message is built or lwcmp_end() comes.
 */
struct lwcmp_status {
    bool present;
    bool authenticated;      /* its protection was verified; so was that of a
                                certificate which has been turned down */
    uint8_t status;          /* PKIStatus */
    uint32_t fail_info;      /* PKIFailureInfo: bit i is named bit i */
    struct lwcmp_bytes text; /* UTF-8 for people; a hostile one, maybe */
};

struct lwcmp_status lwcmp_server_status(const struct lwcmp *c);

/*
 * What time it was for the server: messageTime of the last message whose
 * protection was verified, in seconds since 1970; 0: it did not say.
 */
uint64_t lwcmp_heard_time(const struct lwcmp *c);

/* Forgets the transaction's keys and wipes the context; gives the result. */
int lwcmp_end(struct lwcmp *c);

/*
 * The identity that a store holds: slot 0 or 1, that is the certificate in
 * LWCMP_RECORD_CERT_1 + slot and the key config.key_slot[slot]; or
 * LWCMP_ERR_NO_IDENTITY.
 */
int lwcmp_identity(const struct lwcmp_store *store, unsigned *slot);

/*
 * The slot that the next new certificate will take. The key of an attempt
 * that was cut off or waits may still be in it.
 */
int lwcmp_free_slot(const struct lwcmp_store *store, unsigned *slot);

/*
 * Erases key and certificate in the free slot, unless an attempt is on record:
 * power may have gone off when an old identity had been replaced and was not
 * erased yet, or when a key had been made that was never asked for. To be
 * called at a start, by whoever does not put keys there himself.
 */
int lwcmp_tidy(const struct lwcmp_config *config);

/*
 * An attempt that is on record because it was cut off, waits for the CA, or
 * has brought a certificate that is not known to be confirmed. Its key is in
 * the free slot.
 */
struct lwcmp_pending {
    uint8_t operation; /* enum lwcmp_operation; 0: nothing is under way */
    bool polls;        /* the CA wants time */
    bool kept;         /* a certificate has come */
    uint32_t interval; /* seconds between polls, as the CA wants it */
    bool over;         /* nothing goes on: lwcmp_resume() would ask anew */
    bool doubtful;     /* nobody has confirmed the identity: a secret that is
                          left is worth another LWCMP_IR, for another key */
};

struct lwcmp_pending lwcmp_pending(const struct lwcmp_store *store);

/* struct lwcmp, whose fields belong to the engine */
#include "lwcmp/context.h"

#endif
