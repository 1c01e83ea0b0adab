/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a device should do next: enrol, renew, go on with what was cut off,
 * refresh its trust anchors, or nothing; and how long to wait before. Pure
 * decisions: nothing here sends, sleeps or reads a clock.
 *
 *     lwcmp_life_read(&store, &life);
 *     for (;;) {
 *         facts = ...; facts.chance = random();
 *         advice = lwcmp_life_decide(&policy, &facts, &life);
 *         sleep(advice.seconds);
 *         if (advice.task is LWCMP_LIFE_NOTHING or LWCMP_LIFE_SERVICE)
 *             continue;
 *         result.task = advice.task;
 *         result.resumed = !advice.anew;
 *         result.error = LWCMP_ERR_TIMEOUT;
 *         if (life.after_reset && result.resumed)
 *             note(); // it may be the attempts that reset the device
 *         result.error = transaction(advice.task, advice.anew);
 *         lwcmp_life_heard(&life, time it has told, its limit);
 *         note();
 *     }
 *
 * where note() is lwcmp_life_note() and, if that or lwcmp_life_heard() was
 * true, lwcmp_life_write().
 *
 * The order in which a transaction is given up is fixed: it is resumed; only
 * when the authority, authenticated, knows nothing of it is it asked for anew,
 * with the same key; and only when a renewal is refused for good, or the
 * certificate has expired, does a secret enrol again, if policy allows. No
 * message without protection moves a device along this order, except where
 * `claims_max` allows it.
 */
#ifndef LWCMP_LIFECYCLE_H
#define LWCMP_LIFECYCLE_H

#include "lwcmp/lwcmp.h"

/* What stays the same for a fleet. Zero is the default of every field. */
struct lwcmp_life_policy {
    /*
     * A renewal is due after this share of a certificate's lifetime, in
     * percent (0: 67, two thirds), and each device takes a moment of its own
     * within the share that follows (0: 4 percent; 255: none), or within what
     * is left of the lifetime if that is less.
     */
    uint8_t renew_percent;
    uint8_t spread_percent;

    /*
     * Pauses after failures, in seconds: at most `pause_first` after the first
     * (0: 2), twice as long after each further one, up to `pause_max` (0:
     * 3600). A pause is drawn between an eighth of that and all of it, after
     * the limit was applied, so that the devices of a fleet spread over all of
     * it. After a reset nobody knows how much of a pause has passed, whatever
     * has asked for it: it is drawn between one second and an eighth of it, or
     * of `pause_max` if that is less. While a certificate is good, no pause is
     * longer than an eighth of its lifetime and a minute.
     *
     * After a success `pause_max`, or that eighth, lies before the next
     * attempt, whatever asks for it; before one for trust anchors, a day.
     */
    uint32_t pause_first;
    uint32_t pause_max;
    bool no_jitter; /* all of it, always: for measuring what jitter is worth */

    /*
     * The longest pause in seconds after an authority has said no to a
     * renewal of a certificate that is still good: "too early", most likely
     * (0: a day).
     */
    uint32_t pause_refused;

    /*
     * The CA renews certificates that have expired: that is tried first, and
     * the secret after a refusal. Else it is the other way round.
     */
    bool renew_expired;

    /*
     * Enrol by the secret where the identity is expired, revoked or without
     * its key. Where this is not set, a device that has an identity never uses
     * a secret again, and renews after expiry, too: nothing else is left, and
     * its clock may be wrong.
     */
    bool fall_back;

    /*
     * A CA that has forgotten a transaction may have no protected way to say
     * so. After this many answers in a row without valid protection the
     * transaction is asked for anew, with the same key, and the count begins
     * again. If that brings such an answer, too, it is as good as a refusal
     * where there are two ways back, and a floor that speaks against it is
     * forgotten. 0: never.
     */
    uint8_t claims_max;

    /* Ask for an update of the trust anchors when the oldest one is due. */
    bool refresh_anchors;
};

/* The begin and end of something's life, seconds since 1970; 0, 0: unknown. */
struct lwcmp_validity {
    uint64_t from, until;
};

/*
 * Takes the next certificate off some that stand in a row, or off one alone,
 * and gives its validity: 0, or LWCMP_ERR_CERT_SYNTAX where there is none.
 */
int lwcmp_validity_next(struct lwcmp_bytes *row,
                        struct lwcmp_validity *validity);

/* What is known now. Zero: unknown, or no. */
struct lwcmp_life_facts {
    struct lwcmp_time now;
    uint32_t seed;   /* a number of this device, the same at each boot */
    uint32_t chance; /* 32 random bits, new ones after each
                        lwcmp_life_note(), not for each decision */
    uint32_t slept;  /* seconds that have passed for certain since the last
                        lwcmp_life_note(), over a reset, too, if known */
    bool has_identity;
    bool has_secret;                /* or another certificate that can enrol */
    bool wants_renewal;             /* whatever the dates say */
    struct lwcmp_validity identity; /* of the active certificate */
    struct lwcmp_validity anchor;   /* of the anchor that it leads to */
    struct lwcmp_pending pending;   /* by lwcmp_pending() */
};

enum lwcmp_life_task {
    LWCMP_LIFE_NOTHING, /* all is well; decide again after `seconds` */
    LWCMP_LIFE_ENROL,   /* LWCMP_IR by the secret */
    LWCMP_LIFE_RENEW,   /* LWCMP_KUR */
    LWCMP_LIFE_ANCHORS, /* ask for new trust anchors */
    LWCMP_LIFE_SERVICE  /* no identity and no means to get one, or an error
                           that trying again does not mend */
};

/*
 * Wait so many seconds, then do that: with lwcmp_begin() if anew is set, else
 * with lwcmp_resume(). Where there is nothing to do for now, decide again
 * then, or when a fact has changed.
 */
struct lwcmp_life_advice {
    enum lwcmp_life_task task;
    bool anew;
    uint32_t seconds; /* 1 to a day for LWCMP_LIFE_NOTHING; LWCMP_LIFE_SERVICE:
                         a day */
};

/* How the last attempt has ended. */
struct lwcmp_life_result {
    enum lwcmp_life_task task;
    bool resumed; /* the advice was not anew: a refusal may be of that alone */
    int error;    /* of lwcmp_end() */
    struct lwcmp_status status; /* of lwcmp_server_status() before that */
    uint32_t retry_after;       /* seconds, of HTTP; 0: none */
};

/* What a device remembers of its attempts; outlives a reset. */
struct lwcmp_life {
    uint32_t floor;   /* the time was this for certain, once; 0: unknown */
    uint32_t least;   /* seconds that a server wants us to wait */
    uint32_t window;  /* seconds that the pause after it is drawn from */
    uint8_t failures; /* in a row */
    uint8_t refused;  /* LWCMP_LIFE_ENROL or _RENEW, which an authority has
                         refused last, or which our own key cannot do; or 0 */
    uint8_t claims;   /* answers without valid protection, in a row */
    bool revoked;   /* says an authority of the identity; or its key is gone */
    bool stuck;     /* an error that trying again does not mend; not kept */
    bool succeeded; /* at the last attempt; not kept */
    bool after_reset; /* how long ago that was is unknown; not kept */
};

/* What to do now. Changes nothing, and is cheap. */
struct lwcmp_life_advice lwcmp_life_decide(
    const struct lwcmp_life_policy *policy,
    const struct lwcmp_life_facts *facts, const struct lwcmp_life *life);

/*
 * Takes note of how an attempt has ended. True: what changed is worth a
 * lwcmp_life_write(), which happens once for each failure, and once for the
 * success after failures. Polling writes nothing: the journal has its pace.
 *
 * An authenticated refusal of a new transaction counts as one, except for
 * transactionIdInUse, systemUnavail and systemFailure. A claim is an answer
 * whose protection was not verified, but not what HTTP says. Where an
 * authority has issued what has expired by the floor, the floor is forgotten.
 * An error of the caller's band, except LWCMP_ERR_BUFFER and
 * LWCMP_ERR_REFUSED, and LWCMP_ERR_JOURNAL are not mended by trying again:
 * LWCMP_LIFE_SERVICE until a reset.
 */
bool lwcmp_life_note(const struct lwcmp_life_policy *policy,
                     struct lwcmp_life *life,
                     const struct lwcmp_life_result *result);

/*
 * A time that somebody authenticated has stated (lwcmp_heard_time()), or a
 * build date. It is at least that late from now on. Later ones than `until`
 * are not believed, for the clock that has told them is wrong: the end of what
 * was issued with it, else the latest end of a trust anchor; with 0 none is
 * believed. To be called before lwcmp_life_note(), which may forget it. True:
 * worth a lwcmp_life_write(), at most once for each day that passes.
 *
 * A device without a clock that stays on tells what it can count: the floor,
 * and the seconds since it was heard.
 */
bool lwcmp_life_heard(struct lwcmp_life *life, uint64_t seconds,
                      uint64_t until);

/*
 * The time for lwcmp_set_time(): that of a clock, if there is one that is not
 * more than a day behind what is known for certain; else the floor.
 */
struct lwcmp_time lwcmp_life_time(const struct lwcmp_life *life,
                                  struct lwcmp_time clock);

/*
 * The record LWCMP_RECORD_LIFE. One that is absent or damaged is a life
 * without failures and without a floor: it can only make a device ask sooner.
 * LWCMP_ERR_STORE if the store fails.
 */
int lwcmp_life_read(const struct lwcmp_store *store, struct lwcmp_life *life);
int lwcmp_life_write(const struct lwcmp_store *store,
                     const struct lwcmp_life *life);

#endif
