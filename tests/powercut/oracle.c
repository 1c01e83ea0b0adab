/* SPDX-License-Identifier: Apache-2.0 */
#include "oracle.h"

#include <stdio.h>
#include <string.h>

#include "cert.h"
#include "journal.h"

static const char *const names[] = {
    "no identity and no means to get one",
    "confirmed what was not kept",
    "device and CA disagree on the current certificate",
    "does not come to rest",
    "a key that no record names",
    "a volatile key was left",
};

static void find(struct world *w, enum verdict verdict)
{
    if (w->found == 0) {
        (void)snprintf(w->where, sizeof w->where, "%s (stage %u, boot %u)",
                       names[verdict], w->stage, w->boots);
    }
    w->found |= 1u << verdict;
    world_say(w, "        VIOLATION: %s", names[verdict]);
}

/* The public key in a slot; false: there is none. Computed once for a key. */
static bool read_key(unsigned slot, uint8_t spki[CRYPTO_TOY_SPKI])
{
    static uint8_t known[2][CRYPTO_TOY_SPKI];
    static uint32_t number[2];
    lwcmp_key name = slot == 0 ? DEVICE_KEY_1 : DEVICE_KEY_2;
    enum lwcmp_sig sig;

    if (lwcmp_crypto_key_sig(name, &sig)) {
        return false;
    }
    if (crypto_toy_key_number(name) != number[slot]) {
        number[slot] = crypto_toy_key_number(name);
        crypto_toy_spki(number[slot], known[slot]);
    }
    memcpy(spki, known[slot], sizeof known[slot]);
    return true;
}

/* Whether this key is in a slot, or is not to be in any. */
static bool has_key(const struct world *w, unsigned slot, const uint8_t *p,
                    size_t n)
{
    uint8_t spki[CRYPTO_TOY_SPKI];

    bool there = read_key(slot, spki);

    return w->model->key == KEY_ELSEWHERE
               ? !there
               : there && n == sizeof spki && memcmp(p, spki, n) == 0;
}

/* The serial of the certificate in a slot, if its key is there; else 0. */
static uint32_t read_slot(const struct world *w, const struct store_ram *ram,
                          unsigned slot)
{
    struct lwcmp_bytes row = {ram->record[LWCMP_RECORD_CERT_1 + slot].p,
                              ram->record[LWCMP_RECORD_CERT_1 + slot].n};
    struct lwcmp_bytes der;
    struct lwcmp_cert cert;

    if (!lwcmp_cert_next(&row, &der) || lwcmp_cert_read(&der, &cert) ||
        !has_key(w, slot, cert.spki.p, cert.spki.n)) {
        return 0;
    }
    return lwcmp_der_number(&cert.serial);
}

/* It is looked at often, and changes seldom. */
static struct lwcmp_journal read_journal(struct world *w)
{
    static uint8_t record[LWCMP_JOURNAL_MAX];
    static size_t record_n;
    static struct lwcmp_journal journal;
    const uint8_t *p = w->ram.record[LWCMP_RECORD_JOURNAL].p;
    size_t n = w->ram.record[LWCMP_RECORD_JOURNAL].n;

    if (n != record_n || memcmp(p, record, n) != 0) {
        (void)lwcmp_journal_read(&w->inner, &journal);
        memcpy(record, p, n);
        record_n = n;
    }
    return journal;
}

uint32_t oracle_active(struct world *w)
{
    struct lwcmp_journal journal = read_journal(w);

    return journal.active ? read_slot(w, &w->ram, journal.active - 1u) : 0;
}

uint32_t oracle_next(struct world *w)
{
    return read_slot(w, &w->ram, read_journal(w).active == 1 ? 1 : 0);
}

/* Whether the CA takes a message of a transaction, kept or asked. */
static bool is_alive(const struct ca_transaction *t, bool kept, uint32_t next)
{
    return t->state == CA_CONFIRMED ? kept && next == t->serial
                                    : t->state != CA_FAILED;
}

/* Whether the CA goes on with the transaction that is on record. */
static bool can_go_on(struct world *w, const struct lwcmp_journal *journal,
                      uint32_t active)
{
    unsigned slot = journal->active == 1 ? 1 : 0;
    struct ca_transaction *t = ca_find(&w->ca, journal->transaction_id);
    bool kept = journal->phase == LWCMP_PHASE_KEPT;

    return journal->phase != LWCMP_PHASE_IDLE && t != NULL &&
           (t->asker == 0 ? w->has_secret : t->asker == active) &&
           (!t->has_key || has_key(w, slot, t->spki, sizeof t->spki)) &&
           is_alive(t, kept, read_slot(w, &w->ram, slot));
}

/* Whether the CA issues another one for the key of the device. */
static bool can_ask_again(struct world *w, const struct lwcmp_journal *journal,
                          uint32_t active)
{
    uint8_t spki[CRYPTO_TOY_SPKI];

    return w->model->key < KEY_BY_CA && journal->phase != LWCMP_PHASE_IDLE &&
           read_key(journal->active == 1 ? 1 : 0, spki) &&
           ((w->has_secret && ca_would_issue(&w->ca, 0, spki)) ||
            (active != 0 && ca_would_issue(&w->ca, active, spki)));
}

/*
 * A certificate that the journal does not name does not count: it came, and
 * power went before that was noted, which is as good as an answer lost.
 */
static bool has_means(struct world *w)
{
    struct lwcmp_journal journal = read_journal(w);
    unsigned next = journal.active == 1 ? 1 : 0;
    uint32_t active =
        journal.active ? read_slot(w, &w->ram, journal.active - 1u) : 0;

    return ca_accepts_cert(&w->ca, active) ||
           (w->has_secret && !w->ca.secret_spent) ||
           (journal.phase == LWCMP_PHASE_KEPT &&
            ca_accepts_cert(&w->ca, read_slot(w, &w->ram, next))) ||
           can_go_on(w, &journal, active) || can_ask_again(w, &journal, active);
}

void oracle_watch(struct world *w, enum blame who)
{
    if (has_means(w)) {
        w->blame = BLAME_NOBODY;
    } else if (w->blame == BLAME_NOBODY) {
        who = w->superseded ? BLAME_CA : who;
        w->blame = who;
        w->noise_then = w->superseded ? 0 : w->noise;
        world_say(w, "        now there are no means, by the %s",
                  who == BLAME_CA ? "CA" : "device");
        if (who == BLAME_DEVICE) {
            find(w, VERDICT_LOST);
        }
    }
}

/* What is confirmed has to last already, and so it is looked for there. */
void oracle_confirmed(struct world *w, uint32_t serial)
{
    const struct store_ram *ram = w->reversed ? &w->medium.ram : &w->ram;
    bool kept = false;

    for (unsigned slot = 0; slot < 2; slot++) {
        bool key = !w->reversed || w->medium.key[slot] != 0 ||
                   w->model->key == KEY_ELSEWHERE;

        kept = kept || (key && read_slot(w, ram, slot) == serial);
    }
    if (!kept) {
        find(w, VERDICT_UNKEPT);
    }
}

void oracle_quiet(struct world *w)
{
    uint32_t active = oracle_active(w);

    if (!ca_accepts_cert(&w->ca, active)) {
        if (w->superseded) {
            w->blame = BLAME_CA;
        } else {
            find(w, VERDICT_DISAGREE);
        }
    }
    if (crypto_toy_volatile_keys() != 0) {
        find(w, VERDICT_VOLATILE);
    }
    if (active == w->renewed) {
        find(w, VERDICT_NOT_QUIET); /* a renewal was due */
    }
    w->renewed = active;
}

/*
 * Where the CA gave away the last that there was, and then something went
 * wrong, nobody could have done better.
 */
static bool is_impossible(const struct world *w)
{
    return w->blame == BLAME_CA && w->noise > w->noise_then &&
           model_can_lose(w->model);
}

void oracle_end(struct world *w, bool done)
{
    uint8_t spki[CRYPTO_TOY_SPKI];

    if (done && read_key(read_journal(w).active == 1 ? 1 : 0, spki)) {
        find(w, VERDICT_STRAY_KEY);
    }
    if (done || w->found != 0) {
        return;
    }
    w->impossible = is_impossible(w);
    if (!w->impossible) {
        find(w, VERDICT_NOT_QUIET);
    }
}
