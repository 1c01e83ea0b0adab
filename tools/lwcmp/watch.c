/* SPDX-License-Identifier: Apache-2.0 */
#include "watch.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "posix/clock.h"
#include "posix/file.h"
#include "der_in.h"
#include "fail.h"
#include "show.h"

/* PKIBody, RFC 9810 5.1.2: the index is the tag. */
static const char *const bodies[] = {
    "ir",   "ip",     "cr",    "cp",       "p10cr",   "popdecc", "popdecr",
    "kur",  "kup",    "krr",   "krp",      "rr",      "rp",      "ccr",
    "ccp",  "ckuann", "cann",  "rann",     "crlann",  "pkiconf", "nested",
    "genm", "genp",   "error", "certConf", "pollReq", "pollRep"};

/* PKIMessage ::= SEQUENCE { header PKIHeader, body PKIBody, ... } */
const char *lwcmp_cli_body_name(struct lwcmp_bytes message)
{
    struct lwcmp_bytes row = message;
    struct lwcmp_bytes element;
    size_t tag;

    if (lwcmp_der_take(&row, LWCMP_DER_SEQUENCE, &row) ||
        lwcmp_der_take_whole(&row, LWCMP_DER_ANY, &element) ||
        lwcmp_der_take_whole(&row, LWCMP_DER_ANY, &element) ||
        element.p[0] < LWCMP_DER_CTX(0)) {
        return "message";
    }
    tag = element.p[0] - LWCMP_DER_CTX(0);
    return tag < sizeof(bodies) / sizeof(bodies[0]) ? bodies[tag] : "message";
}

/* A copy that cannot be written is no reason to stop. */
static void dump(const struct lwcmp_cli_watch *watch, const char *name,
                 struct lwcmp_bytes message)
{
    const char *path = watch->options->dump;
    char file[32];
    int directory, error;

    if (!path) {
        return;
    }
    (void)snprintf(file, sizeof(file), "%02u-%s.der", watch->messages, name);
    error = lwcmp_posix_directory_open(path, &directory);
    if (!error) {
        error = lwcmp_posix_file_write(directory, file, &message, 1);
        (void)close(directory);
    }
    if (error) {
        lwcmp_cli_note("%s/%s: %s", path, file, strerror(error));
    }
}

static void look(struct lwcmp_cli_watch *watch, const char *arrow,
                 struct lwcmp_bytes message)
{
    const char *name = lwcmp_cli_body_name(message);

    watch->messages++;
    if (watch->options->verbose) {
        (void)fprintf(stderr, "%s %s %zu bytes\n", arrow, name, message.n);
    }
    dump(watch, name, message);
}

/* With these a run begins that goes on. */
static bool goes_on(const char *name)
{
    return strcmp(name, "pollReq") == 0 || strcmp(name, "certConf") == 0;
}

static void sent(void *context, struct lwcmp_bytes message)
{
    const struct lwcmp_cli_watch *watch = context;

    if (watch->messages == 0 && watch->options->verb != LWCMP_CLI_POLL &&
        goes_on(lwcmp_cli_body_name(message))) {
        lwcmp_cli_note("going on with the request of before, whatever this "
                       "one says; --anew asks anew");
    }
    look(context, "->", message);
}

/* A certificate may be younger than the transaction. */
static void received(void *context, struct lwcmp_bytes message)
{
    struct lwcmp_cli_watch *watch = context;

    look(watch, "<-", message);
    lwcmp_set_time(watch->c, lwcmp_posix_time());
}

static int watch_connect(void *context)
{
    const struct lwcmp_cli_watch *watch = context;

    return watch->transport->connect(watch->transport->context);
}

static int watch_send(void *context, const uint8_t *p, size_t n)
{
    struct lwcmp_cli_watch *watch = context;

    watch->sent = true;
    return watch->transport->send(watch->transport->context, p, n);
}

static int watch_receive(void *context, uint8_t *p, size_t cap, size_t *n)
{
    const struct lwcmp_cli_watch *watch = context;

    return watch->transport->receive(watch->transport->context, p, cap, n);
}

static void watch_close(void *context)
{
    const struct lwcmp_cli_watch *watch = context;

    watch->transport->close(watch->transport->context);
}

/* Asks at the terminal, wherever stdin and stdout go. */
static bool decide(void *context, struct lwcmp_bytes certificate)
{
    const struct lwcmp_cli_watch *watch = context;
    FILE *terminal = watch->terminal;
    int c, answer;

    lwcmp_cli_show(terminal, certificate);
    (void)fprintf(terminal, "Take this certificate? [y/N] ");
    (void)fflush(terminal);
    /* What was typed before is no answer. */
    (void)tcflush(fileno(terminal), TCIFLUSH);
    answer = fgetc(terminal);
    for (c = answer; c != '\n' && c != EOF; c = fgetc(terminal)) {
    }
    return answer == 'y' || answer == 'Y';
}

/* Sleeps if that is still within --wait. */
static bool wait_for_ca(void *context, uint32_t seconds)
{
    struct lwcmp_cli_watch *watch = context;
    struct timespec left = {(time_t)seconds, 0};

    if (seconds > watch->options->wait - watch->waited) {
        return false;
    }
    if (watch->options->verbose) {
        lwcmp_cli_note("the CA wants time: next question in %u s",
                       (unsigned)seconds);
    }
    while (nanosleep(&left, &left) != 0 && errno == EINTR) {
    }
    watch->waited += seconds;
    return true;
}

int lwcmp_cli_watch_begin(struct lwcmp_cli_watch *watch, struct lwcmp *c,
                          const struct lwcmp_cli_options *options,
                          const struct lwcmp_transport *t,
                          struct lwcmp_transport *transport,
                          struct lwcmp_observer *observer)
{
    *watch = (struct lwcmp_cli_watch){
        .options = options,
        .c = c,
        .transport = t,
    };
    *transport = (struct lwcmp_transport){
        .context = watch,
        .connect = watch_connect,
        .send = watch_send,
        .receive = watch_receive,
        .close = watch_close,
    };
    *observer = (struct lwcmp_observer){
        .context = watch,
        .sent = sent,
        .received = received,
        .decide = decide,
        .wait = wait_for_ca,
    };
    if (options->ask) {
        watch->terminal = fopen("/dev/tty", "r+");
    }
    if (options->ask && !watch->terminal) {
        return lwcmp_cli_fail(LWCMP_EXIT_USAGE,
                              "--ask: there is no terminal to ask at: %s",
                              strerror(errno));
    }
    return 0;
}

void lwcmp_cli_watch_end(struct lwcmp_cli_watch *watch)
{
    if (watch->terminal) {
        (void)fclose(watch->terminal);
    }
}
