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

#include "lwcmp/device.h"
#include "lwcmp/request.h"

#define LWCMP_VERSION "0.1.0"

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
