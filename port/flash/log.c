/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rules of the log. Nothing of it is kept in RAM but where it ends: each
 * call goes through the headers in the flash.
 */
#include "log_own.h"

#include <string.h>

/* The next record before the end of the log; none is kind 0. */
static int item_next(const struct lwcmp_log *log, struct lwcmp_log_item *item)
{
    item->kind = 0;
    while (item->next < log->end && item->kind == 0) {
        if (!lwcmp_log_look(log->flash, log->bank, item)) {
            return LWCMP_ERR_STORE;
        }
    }
    return 0;
}

static bool is_of(const struct lwcmp_log_item *item, uint8_t kind, uint64_t id)
{
    return item->kind == kind && item->id == id;
}

static struct lwcmp_log_item item_first(const struct lwcmp_log *log)
{
    return (struct lwcmp_log_item){.next = lwcmp_log_start(log->flash)};
}

/* The last record of that name from item->next on, or kind 0. */
static int item_find(const struct lwcmp_log *log, uint8_t kind, uint64_t id,
                     struct lwcmp_log_item *item)
{
    struct lwcmp_log_item found = {.kind = 0};
    int err = item_next(log, item);

    while (err == 0 && item->kind != 0) {
        if (is_of(item, kind, id)) {
            found = *item;
        }
        err = item_next(log, item);
    }
    *item = found;
    return err;
}

/* The next record that counts and is not the entry's; none is kind 0. */
static int item_next_live(const struct lwcmp_log *log,
                          const struct lwcmp_log_entry *besides,
                          struct lwcmp_log_item *item)
{
    struct lwcmp_log_item later;
    int err = item_next(log, item);

    while (err == 0 && item->kind != 0) {
        if (!is_of(item, besides->kind, besides->id) && item->n > 0) {
            later = *item;
            err = item_find(log, item->kind, item->id, &later);
            if (err || later.kind == 0) {
                return err;
            }
        }
        err = item_next(log, item);
    }
    return err;
}

/* What the records take that count and are not the entry's. */
static int count_live(const struct lwcmp_log *log,
                      const struct lwcmp_log_entry *besides, uint32_t *live)
{
    struct lwcmp_log_item item = item_first(log);
    int err;

    *live = item.next;
    err = item_next_live(log, besides, &item);
    while (err == 0 && item.kind != 0) {
        *live += item.next - item.at;
        err = item_next_live(log, besides, &item);
    }
    return err;
}

int lwcmp_log_measure(const struct lwcmp_log *log, struct lwcmp_log_use *use)
{
    const struct lwcmp_log_entry nothing = {.kind = 0};
    int err =
        log->damaged ? LWCMP_ERR_STORE : count_live(log, &nothing, &use->live);

    if (err) {
        use->live = 0;
    }
    use->size = lwcmp_log_bank_size(log->flash);
    use->used = log->free;
    return err;
}

/*
 * Unit for unit, as it is: what has rotted stays rotten, and what cannot be
 * read becomes so.
 */
static int copy(const struct lwcmp_log *log, const struct lwcmp_log_item *item,
                uint32_t *to)
{
    const struct lwcmp_flash *flash = log->flash;
    uint8_t unit[LWCMP_FLASH_UNIT_MAX];
    uint32_t end = item->next - flash->unit;
    int err;

    for (uint32_t at = item->at; at < end; at += flash->unit) {
        if (lwcmp_log_fetch(flash, log->bank + at, unit, flash->unit)) {
            memset(unit, 0, flash->unit);
        }
        err = lwcmp_log_program(flash, *to, unit, flash->unit);
        if (err) {
            return err;
        }
        *to += flash->unit;
    }
    err = lwcmp_log_mark(flash, *to);
    *to += flash->unit;
    return err;
}

static uint32_t other_bank(const struct lwcmp_log *log)
{
    return log->bank == 0 ? lwcmp_log_bank_size(log->flash) : 0;
}

/* The live records and the entry, if it is not empty. */
static int fill(const struct lwcmp_log *log, uint32_t *to,
                const struct lwcmp_log_entry *entry)
{
    struct lwcmp_log_item item = item_first(log);
    int err = item_next_live(log, entry, &item);

    while (err == 0 && item.kind != 0) {
        err = copy(log, &item, to);
        if (err == 0) {
            err = item_next_live(log, entry, &item);
        }
    }
    if (err == 0 && entry->n > 0) {
        err = lwcmp_log_put(log->flash, *to, entry);
        *to += lwcmp_log_span(log->flash, entry->n);
    }
    return err;
}

/*
 * The header comes last: before it the old bank counts, after it the new one.
 * An erase that was cut off may look complete, so what another power cycle has
 * erased is erased again.
 */
static int move(struct lwcmp_log *log, const struct lwcmp_log_entry *entry)
{
    const struct lwcmp_flash *flash = log->flash;
    uint32_t from = log->bank, bank = other_bank(log);
    uint32_t to = bank + lwcmp_log_start(flash);
    int err = log->erased ? 0 : lwcmp_log_erase(flash, bank);

    log->erased = false;
    if (err == 0) {
        err = fill(log, &to, entry);
    }
    if (err == 0) {
        err = lwcmp_log_put_bank(flash, bank, log->sequence + 1);
    }
    if (err) {
        return err;
    }
    log->bank = bank;
    log->end = to - bank;
    log->free = log->end;
    log->sequence++;
    log->closed = false;
    log->inherited = false;
    err = lwcmp_log_erase(flash, from);
    log->erased = err == 0;
    return err;
}

int lwcmp_log_move(struct lwcmp_log *log, const struct lwcmp_log_entry *entry)
{
    int err = move(log, entry);

    log->failed = err != 0;
    return err;
}

static int change_bank(struct lwcmp_log *log,
                       const struct lwcmp_log_entry *entry)
{
    uint32_t live;
    int err = count_live(log, entry, &live);

    if (entry->n > 0) {
        live += lwcmp_log_span(log->flash, entry->n);
    }
    if (err || live > lwcmp_log_bank_size(log->flash)) {
        return LWCMP_ERR_STORE;
    }
    return lwcmp_log_move(log, entry);
}

/*
 * The first unit behind an end that was found may be one whose programming was
 * cut off so early that it still looks erased, and a mark before it one that
 * will not last. Zeros do no harm in either.
 */
static int settle_end(struct lwcmp_log *log)
{
    const struct lwcmp_flash *flash = log->flash;
    int err = 0;

    for (uint32_t at = log->end; at <= log->free && err == 0;
         at += flash->unit) {
        err = lwcmp_log_mark(flash, log->bank + at);
    }
    log->free += flash->unit;
    log->inherited = false;
    return err;
}

static int append(struct lwcmp_log *log, const struct lwcmp_log_entry *entry)
{
    const struct lwcmp_flash *flash = log->flash;
    uint32_t skip = log->inherited ? flash->unit : 0;
    uint32_t span = lwcmp_log_span(flash, entry->n);
    int err = 0;

    if (log->closed || lwcmp_log_bank_size(flash) - log->free < skip + span) {
        return LWCMP_ERR_STORE;
    }
    if (log->inherited) {
        err = settle_end(log);
    }
    if (err == 0) {
        err = lwcmp_log_put(flash, log->bank + log->free, entry);
    }
    log->closed = err != 0;
    if (err == 0) {
        log->free += span;
        log->end = log->free;
    }
    return err;
}

static int put(struct lwcmp_log *log, const struct lwcmp_log_entry *entry)
{
    return append(log, entry) == 0 ? 0 : change_bank(log, entry);
}

int lwcmp_log_read(const struct lwcmp_log *log, enum lwcmp_log_kind kind,
                   uint64_t id, size_t offset, void *p, size_t cap, size_t *n,
                   size_t *size)
{
    struct lwcmp_log_item item = item_first(log);
    int err;

    *n = 0;
    *size = 0;
    if (log->damaged) {
        return LWCMP_ERR_STORE;
    }
    err = item_find(log, (uint8_t)kind, id, &item);
    if (err || item.kind == 0) {
        return err;
    }
    err = lwcmp_log_get(log, &item, offset, p, cap);
    if (err) {
        return err;
    }
    *size = item.n;
    if (offset < item.n) {
        *n = item.n - offset < cap ? item.n - offset : cap;
    }
    return 0;
}

int lwcmp_log_write(struct lwcmp_log *log, enum lwcmp_log_kind kind,
                    uint64_t id, const struct lwcmp_bytes *parts, size_t count)
{
    struct lwcmp_log_entry entry = {
        .kind = (uint8_t)kind, .id = id, .parts = parts, .count = count};
    size_t n = 0;

    if (log->damaged || log->failed) {
        return LWCMP_ERR_STORE;
    }
    for (size_t i = 0; i < count; i++) {
        if (parts[i].n > UINT16_MAX - n) {
            return LWCMP_ERR_STORE;
        }
        n += parts[i].n;
    }
    entry.n = (uint16_t)n;
    return n > 0 ? put(log, &entry) : lwcmp_log_remove(log, kind, id, false);
}

int lwcmp_log_remove(struct lwcmp_log *log, enum lwcmp_log_kind kind,
                     uint64_t id, bool wipe)
{
    const struct lwcmp_log_entry empty = {.kind = (uint8_t)kind, .id = id};
    struct lwcmp_log_item item = item_first(log);
    int err;

    if (log->damaged || log->failed) {
        return LWCMP_ERR_STORE;
    }
    err = item_find(log, empty.kind, id, &item);
    if (err) {
        return err;
    }
    if (wipe) { /* also what was replaced or removed before, or is torn */
        return item.kind != 0 || log->closed ? change_bank(log, &empty) : 0;
    }
    return item.n > 0 ? put(log, &empty) : 0;
}
