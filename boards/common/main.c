/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A device's life with lwcmp: enrols at the first boot, finds its identity at
 * each later one, and renews it when that is due.
 */
#include "attempt.h"
#include "lwcmp/platform.h"
#include "board.h"
#include "say.h"
#include "show.h"
#include "words.h"

enum task {
    TASK_NONE,
    TASK_STOP,
    TASK_ENROL,
    TASK_RENEW
};

/* Shows the identity, if there is one. */
static int show_identity(struct lwcmp_device *d, enum lwcmp_show_age *age)
{
    struct lwcmp_bytes row = {NULL, 0};
    uint64_t now;
    unsigned slot;
    int err = lwcmp_identity(&d->store, &slot);

    *age = LWCMP_AGE_GOOD;
    if (!err) {
        err = lwcmp_device_certificate(d, slot, &row);
    }
    if (err) {
        return err;
    }
    lwcmp_say_begin("identity");
    lwcmp_say_text("in slot ");
    lwcmp_say_number(slot + 1);
    lwcmp_say_end();
    if (lwcmp_board_time(&now)) {
        *age = lwcmp_show_age(row, now);
    }
    return lwcmp_show_certificate(row);
}

static enum task begin_anew(const struct lwcmp_device *d)
{
    if (d->secret_key == 0) {
        lwcmp_say("identity", "none, and no secret to get one: service is "
                              "needed");
        return TASK_STOP;
    }
    lwcmp_say("identity", (lwcmp_pending(&d->store).operation != 0)
                              ? "none yet; enrolment goes on"
                              : "none; this is the first boot");
    return TASK_ENROL;
}

/* What is to be done now? */
static enum task decide(struct lwcmp_device *d)
{
    enum lwcmp_show_age age;
    int err = show_identity(d, &age);

    if (err == LWCMP_ERR_NO_IDENTITY) {
        return begin_anew(d);
    }
    if (err) {
        lwcmp_say("identity", lwcmp_words_error(err));
        return TASK_STOP;
    }
    /* Also if that was cut off: an expired certificate renews nothing. */
    if (age == LWCMP_AGE_EXPIRED && d->factory.keep_secret &&
        d->secret_key != 0) {
        lwcmp_say("identity", "has expired; the secret gets another one");
        return TASK_ENROL;
    }
    if ((lwcmp_pending(&d->store).operation != 0)) {
        lwcmp_say("renewal", "was cut off, goes on");
        return TASK_RENEW;
    }
    lwcmp_device_forget_secret(d);
    if (age != LWCMP_AGE_GOOD || lwcmp_board_wants_renewal()) {
        lwcmp_say("renewal", age != LWCMP_AGE_GOOD ? "is due" : "is wanted");
        return TASK_RENEW;
    }
    lwcmp_say("identity", "is good; nothing to do");
    return TASK_NONE;
}

/* Another attempt would end in the same way. */
static bool is_final(int err)
{
    return (err < LWCMP_ERR_STORE && err != LWCMP_ERR_BUFFER) ||
           err == LWCMP_ERR_JOURNAL;
}

/*
 * A CA that has forgotten a transaction may say so without protection, and so
 * may anybody. Such an answer has to come this often before it is asked anew.
 */
#define ANSWERS_MAX 6

#define PAUSE_FIRST 2  /* seconds */
#define PAUSE_MAX 3600 /* also where a server wants more */

/*
 * Twice as long after each failure, and between half of it and all by chance,
 * so that the devices of a fleet do not come back together.
 */
static uint32_t pause_after(unsigned failures, uint32_t retry_after)
{
    uint32_t s = PAUSE_MAX, chance = 0;

    if (failures < 10) {
        s = (uint32_t)PAUSE_FIRST << failures;
    }
    if (retry_after > PAUSE_MAX) {
        retry_after = PAUSE_MAX;
    }
    (void)lwcmp_platform_entropy((uint8_t *)&chance, sizeof chance);
    s = s / 2 + 1 + chance % (s / 2);
    return s < retry_after ? retry_after : s;
}

static void wait_for_next(unsigned failures, uint32_t retry_after)
{
    uint32_t s = pause_after(failures, retry_after);

    lwcmp_say_begin("again");
    lwcmp_say_text("in ");
    lwcmp_say_number(s);
    lwcmp_say_text(" s");
    lwcmp_say_end();
    lwcmp_attempt_pause(s);
}

/* Until it has worked, or cannot. */
static int get_certificate(struct lwcmp_device *d, enum lwcmp_operation op)
{
    unsigned failures = 0, answers = 0;
    uint32_t retry_after;
    int err;

    for (;; failures++) {
        retry_after = 0;
        err = lwcmp_attempt_network(failures % 4 == 0);
        if (!err) {
            err = lwcmp_attempt(d, op, answers == ANSWERS_MAX, &retry_after);
            answers = answers == ANSWERS_MAX ? 0 : answers;
            answers += err >= LWCMP_ERR_HTTP;
        }
        if (err == 0 || is_final(err)) {
            return err;
        }
        wait_for_next(failures, retry_after);
    }
}

static int live(struct lwcmp_device *d)
{
    enum task task = decide(d);
    enum lwcmp_show_age age;
    int err;

    if (task == TASK_NONE || task == TASK_STOP) {
        return task == TASK_NONE ? 0 : LWCMP_ERR_NO_IDENTITY;
    }
    err = get_certificate(d, task == TASK_ENROL ? LWCMP_IR : LWCMP_KUR);
    if (!err) {
        lwcmp_say(task == TASK_ENROL ? "enrolled" : "renewed",
                  "the certificate is confirmed and kept");
        err = show_identity(d, &age);
    }
    if (!err) {
        lwcmp_device_forget_secret(d);
    }
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
