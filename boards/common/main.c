/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A device's life with lwcmp: enrols at the first boot, finds its identity at
 * each later one, and renews it when that is due.
 */
#include "attempt.h"
#include "board.h"
#include "facts.h"
#include "say.h"
#include "show.h"
#include "words.h"

/*
 * A CA that has forgotten a transaction may say so without protection, and so
 * may anybody: such an answer has to come for most of a day before it is asked
 * anew.
 */
#define CLAIMS_MAX 50

/* Shows the identity, if it is there and can be read. */
static void show_identity(struct lwcmp_device *d)
{
    struct lwcmp_bytes row;
    unsigned slot;

    if (lwcmp_identity(&d->store, &slot) ||
        lwcmp_device_certificate(d, slot, &row)) {
        return;
    }
    lwcmp_say_begin("identity");
    lwcmp_say_text("in slot ");
    lwcmp_say_number(slot + 1);
    lwcmp_say_end();
    (void)lwcmp_show_certificate(row);
}

static void say_enrolment(const struct lwcmp_life_facts *facts)
{
    if (facts->pending.doubtful) {
        lwcmp_say("identity", "is confirmed by nobody; the secret gets another "
                              "one");
    } else if (facts->has_identity) {
        lwcmp_say("identity", "is of no use any more; the secret gets another "
                              "one");
    } else {
        lwcmp_say("identity", facts->pending.operation != 0
                                  ? "none yet; enrolment goes on"
                                  : "none; this is the first boot");
    }
}

static void say_renewal(const struct lwcmp_life_facts *facts)
{
    lwcmp_say("renewal", facts->pending.operation != 0 ? "was cut off, goes on"
                         : facts->wants_renewal        ? "is wanted"
                                                       : "is due");
}

/* Says what comes now; false if that is nothing. */
static bool say_task(enum lwcmp_life_task task,
                     const struct lwcmp_life_facts *facts)
{
    switch (task) {
    case LWCMP_LIFE_ENROL:
        say_enrolment(facts);
        return true;
    case LWCMP_LIFE_RENEW:
        say_renewal(facts);
        return true;
    case LWCMP_LIFE_SERVICE:
        lwcmp_say("identity", facts->has_identity || facts->has_secret
                                  ? "cannot be mended by trying again"
                                  : "none, and no secret to get one: service "
                                    "is needed");
        return false;
    case LWCMP_LIFE_ANCHORS:
    case LWCMP_LIFE_NOTHING:
        break;
    }
    lwcmp_say("identity", "is good; nothing to do");
    return false;
}

/* If the record cannot be written, only the memory of pauses is lost. */
static void note(struct lwcmp_device *d, const struct lwcmp_life_policy *policy,
                 const struct lwcmp_life_result *result, bool worth)
{
    if (lwcmp_life_note(policy, &d->life, result) || worth) {
        (void)lwcmp_life_write(&d->store, &d->life);
    }
}

/*
 * One attempt, and what is learned from it. The first one after a reset counts
 * as a failure before it is made, if another was cut off: it may be the
 * attempts that reset the device.
 */
static int attempt(struct lwcmp_device *d,
                   const struct lwcmp_life_policy *policy,
                   const struct lwcmp_life_advice *advice, bool new_address)
{
    static struct lwcmp_life_result result;
    bool worth = false;

    result = (struct lwcmp_life_result){.task = advice->task,
                                        .resumed = !advice->anew};
    lwcmp_attempt_later(advice->seconds);
    if (d->life.after_reset && result.resumed) {
        result.error = LWCMP_ERR_TIMEOUT;
        note(d, policy, &result, false);
    }
    result.error = lwcmp_attempt_network(new_address);
    if (!result.error) {
        worth = lwcmp_attempt(d, &result);
    }
    if (!result.error) {
        lwcmp_say(result.task == LWCMP_LIFE_ENROL ? "enrolled" : "renewed",
                  "the certificate is confirmed and kept");
    }
    note(d, policy, &result, worth);
    return result.error;
}

/* Once for each boot. A secret has had its time when an identity is there. */
static int begin(struct lwcmp_device *d, struct lwcmp_life_facts *facts)
{
    int err;

    (void)lwcmp_life_read(&d->store, &d->life); /* else it has no past */
    err = lwcmp_facts_wait(d, facts);
    if (err || !facts->has_identity) {
        return err;
    }
    if (facts->pending.operation == 0) {
        lwcmp_device_forget_secret(d);
        facts->has_secret = d->secret_key != 0;
    }
    show_identity(d);
    return 0;
}

/* Until it has worked, or cannot. */
static int live(struct lwcmp_device *d)
{
    /* Not on the stack: it is deepest in a transaction. */
    static struct lwcmp_life_policy policy = {.claims_max = CLAIMS_MAX};
    static struct lwcmp_life_facts facts;
    static struct lwcmp_life_advice advice;
    unsigned attempts;
    int err = begin(d, &facts);

    policy.fall_back = d->factory.keep_secret;
    for (attempts = 0; !err; attempts++) {
        advice = lwcmp_life_decide(&policy, &facts, &d->life);
        if ((attempts == 0 || advice.task == LWCMP_LIFE_SERVICE) &&
            !say_task(advice.task, &facts)) {
            return advice.task == LWCMP_LIFE_SERVICE;
        }
        if (attempt(d, &policy, &advice, attempts % 4 == 0) == 0) {
            lwcmp_device_forget_secret(d);
            show_identity(d);
            return 0;
        }
        err = lwcmp_facts_wait(d, &facts);
    }
    lwcmp_say("identity", lwcmp_words_error(err));
    return err;
}

int main(void)
{
    static struct lwcmp_device device;
    int err;

    lwcmp_board_begin();
    lwcmp_say_begin("lwcmp");
    lwcmp_say_text(LWCMP_VERSION " on ");
    lwcmp_say_text(lwcmp_board_name);
    lwcmp_say_end();
    err = lwcmp_device_open(&device);
    if (!err) {
        err = live(&device);
    }
    lwcmp_say("end", err ? "with an error" : "all is well");
    lwcmp_board_stop(err ? 1 : 0);
}
