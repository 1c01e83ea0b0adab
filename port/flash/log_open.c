/* SPDX-License-Identifier: Apache-2.0 */
/* What is in the flash, and how loss of power has left it. */
#include "log_own.h"

#include <string.h>

static bool is_marked(const struct lwcmp_flash *flash, uint32_t bank)
{
    return lwcmp_log_is_marked(flash,
                               bank + lwcmp_log_start(flash) - flash->unit);
}

/*
 * Where both banks have a header, power went off in a change from the older to
 * the newer. The newer one counts when its mark says that its header was
 * complete; before that the older has not been touched.
 */
static bool find_bank(struct lwcmp_log *log)
{
    const struct lwcmp_flash *flash = log->flash;
    uint32_t size = lwcmp_log_bank_size(flash), second;
    bool both;

    both = lwcmp_log_get_bank(flash, 0, &log->sequence);
    if (!lwcmp_log_get_bank(flash, size, &second)) {
        return both;
    }
    if (!both) {
        log->bank = size;
    } else if ((second - log->sequence) >> 31 == 0) {
        log->bank = is_marked(flash, size) ? size : 0;
    } else {
        log->bank = is_marked(flash, 0) ? 0 : size;
    }
    if (log->bank != 0) {
        log->sequence = second;
    }
    return true;
}

/* A bank that says that nothing was in the flash: see make_new(). */
static bool is_note(const struct lwcmp_flash *flash, uint32_t bank)
{
    return lwcmp_log_is_marked(flash, bank) &&
           lwcmp_log_is_blank(flash, bank + flash->unit,
                              bank + lwcmp_log_bank_size(flash));
}

/* Blank, or power went off when the first bank was made. */
static bool is_new(const struct lwcmp_flash *flash)
{
    uint32_t start = lwcmp_log_start(flash), size = lwcmp_log_bank_size(flash);

    return is_note(flash, 0) || is_note(flash, size) ||
           (lwcmp_log_is_blank(flash, start, size) &&
            lwcmp_log_is_blank(flash, size + start, 2 * size));
}

/* A change of bank that takes nothing along. */
static int make_empty(struct lwcmp_log *log)
{
    const struct lwcmp_log_entry nothing = {.kind = 0};
    int err;

    log->end = 0;
    err = lwcmp_log_move(log, &nothing);
    log->damaged = err != 0;
    return err;
}

/*
 * An erase that is cut off may leave anything, so before the first one a mark
 * at the begin of the other bank notes that nothing is lost by that.
 */
static int make_new(struct lwcmp_log *log)
{
    const struct lwcmp_flash *flash = log->flash;
    uint32_t size = lwcmp_log_bank_size(flash);

    log->bank =
        is_note(flash, 0) || lwcmp_log_is_blank(flash, 0, size) ? 0 : size;
    if (lwcmp_log_is_blank(flash, log->bank, log->bank + size)) {
        (void)lwcmp_log_mark(flash, log->bank);
    }
    return make_empty(log);
}

/* Only the last record may lack its mark; any other has lost it by rot. */
static bool is_complete(const struct lwcmp_log *log,
                        const struct lwcmp_log_item *item)
{
    const struct lwcmp_flash *flash = log->flash;
    uint32_t next = log->bank + item->next;

    return item->kind == 0 || lwcmp_log_is_marked(flash, next - flash->unit) ||
           !lwcmp_log_is_blank(flash, next,
                               log->bank + lwcmp_log_bank_size(flash));
}

/*
 * The log ends behind the last complete record; marks there belong to records
 * that did not come. A torn header has blank flash behind it; if not,
 * it has rotted and records are out of reach.
 */
static void find_end(struct lwcmp_log *log)
{
    const struct lwcmp_flash *flash = log->flash;
    uint32_t end = log->bank + lwcmp_log_bank_size(flash), from, past;
    struct lwcmp_log_item item = {.next = lwcmp_log_start(flash)};
    bool found;

    log->end = item.next;
    while ((found = lwcmp_log_look(flash, log->bank, &item)) &&
           is_complete(log, &item)) {
        if (item.kind != 0) {
            log->end = item.next;
        }
    }
    log->free = item.at;
    from = log->bank + log->free;
    past = from + lwcmp_log_start(flash) - flash->unit;
    log->closed = !lwcmp_log_is_blank(flash, from, end);
    log->damaged = !found && past < end &&
                   !lwcmp_log_is_blank(flash, from, past) &&
                   !lwcmp_log_is_blank(flash, past, end);
}

enum lwcmp_log_state lwcmp_log_open(struct lwcmp_log *log,
                                    const struct lwcmp_flash *flash)
{
    uint32_t size = lwcmp_log_bank_size(flash), other;
    bool found;

    memset(log, 0, sizeof *log);
    log->flash = flash;
    found = find_bank(log);
    if ((!found || !is_marked(flash, log->bank)) && is_new(flash)) {
        return make_new(log) ? LWCMP_LOG_FAILED : LWCMP_LOG_NEW;
    }
    if (found) {
        find_end(log);
    }
    if (!found || log->damaged) {
        log->damaged = true;
        return LWCMP_LOG_DAMAGED;
    }
    log->inherited = true;
    other = size - log->bank;
    if (!lwcmp_log_is_blank(flash, other, other + size)) {
        log->failed = lwcmp_log_erase(flash, other) != 0;
        log->erased = !log->failed;
    }
    return log->failed ? LWCMP_LOG_FAILED : LWCMP_LOG_GOOD;
}

/* Where there was no bank the change is from the second to the first. */
int lwcmp_log_format(struct lwcmp_log *log)
{
    uint32_t sequence;

    if (!lwcmp_log_get_bank(log->flash, log->bank, &sequence)) {
        log->bank = lwcmp_log_bank_size(log->flash);
    }
    return make_empty(log);
}
