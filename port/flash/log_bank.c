/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of a bank: headers, records, marks. No rules, no state. */
#include "log_own.h"

#include <string.h>

#include "crc/crc32.h"

enum {
    CHUNK = LWCMP_FLASH_UNIT_MAX, /* a multiple of every unit */
    HEADER_N = 16,
    AT_CRC = HEADER_N - 4, /* the checksum of a header is its end */
    CRC_N = 4,
    VERSION = 1,
    READS = 3 /* a read that fails once is no damage */
};

/* Bytes on their way into the flash. */
struct stream {
    const struct lwcmp_flash *flash;
    uint32_t at;
    size_t n;
    uint8_t chunk[CHUNK];
};

static void put_u32(uint8_t *p, uint32_t v)
{
    p[0] = (uint8_t)(v >> 24);
    p[1] = (uint8_t)(v >> 16);
    p[2] = (uint8_t)(v >> 8);
    p[3] = (uint8_t)v;
}

static uint32_t get_u32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
           p[3];
}

static uint32_t round_up(const struct lwcmp_flash *flash, size_t n)
{
    return ((uint32_t)n + flash->unit - 1) & ~(flash->unit - 1);
}

uint32_t lwcmp_log_bank_size(const struct lwcmp_flash *flash)
{
    return flash->block_size * flash->bank_blocks;
}

uint32_t lwcmp_log_start(const struct lwcmp_flash *flash)
{
    return lwcmp_log_span(flash, 0);
}

uint32_t lwcmp_log_span(const struct lwcmp_flash *flash, size_t n)
{
    return round_up(flash, HEADER_N + n + CRC_N) + flash->unit;
}

static bool are_all(const uint8_t *p, size_t n, uint8_t value)
{
    while (n > 0 && p[n - 1] == value) {
        n--;
    }
    return n == 0;
}

int lwcmp_log_fetch(const struct lwcmp_flash *flash, uint32_t at, void *p,
                    size_t n)
{
    int err = LWCMP_ERR_STORE;

    for (int i = 0; i < READS && err; i++) {
        err = flash->read(flash->context, at, p, n);
    }
    return err;
}

bool lwcmp_log_is_blank(const struct lwcmp_flash *flash, uint32_t at,
                        uint32_t end)
{
    uint8_t chunk[CHUNK];
    size_t n;

    for (; at < end; at += (uint32_t)n) {
        n = end - at < CHUNK ? end - at : CHUNK;
        if (lwcmp_log_fetch(flash, at, chunk, n) != 0 ||
            !are_all(chunk, n, 0xff)) {
            return false;
        }
    }
    return true;
}

bool lwcmp_log_is_marked(const struct lwcmp_flash *flash, uint32_t at)
{
    uint8_t unit[CHUNK];

    return lwcmp_log_fetch(flash, at, unit, flash->unit) == 0 &&
           are_all(unit, flash->unit, 0);
}

int lwcmp_log_erase(const struct lwcmp_flash *flash, uint32_t bank)
{
    int err = 0;

    for (uint32_t i = 0; i < flash->bank_blocks && err == 0; i++) {
        err = flash->erase(flash->context, bank + i * flash->block_size);
    }
    return err;
}

int lwcmp_log_program(const struct lwcmp_flash *flash, uint32_t at,
                      const uint8_t *p, size_t n)
{
    uint8_t back[CHUNK];
    int err = flash->program(flash->context, at, p, n);

    if (err) {
        return err;
    }
    err = lwcmp_log_fetch(flash, at, back, n);
    return err == 0 && memcmp(back, p, n) != 0 ? LWCMP_ERR_STORE : err;
}

int lwcmp_log_mark(const struct lwcmp_flash *flash, uint32_t at)
{
    static const uint8_t zeros[CHUNK];

    return lwcmp_log_program(flash, at, zeros, flash->unit);
}

static int stream_flush(struct stream *s)
{
    uint32_t n = round_up(s->flash, s->n);
    int err;

    memset(s->chunk + s->n, 0xff, n - s->n);
    err = lwcmp_log_program(s->flash, s->at, s->chunk, n);
    s->at += n;
    s->n = 0;
    return err;
}

static int stream_put(struct stream *s, const uint8_t *p, size_t n)
{
    int err = 0;

    for (size_t i = 0; i < n && err == 0; i++) {
        s->chunk[s->n++] = p[i];
        if (s->n == CHUNK) {
            err = stream_flush(s);
        }
    }
    return err;
}

/* What is left, and the mark behind it. */
static int stream_end(struct stream *s)
{
    int err = s->n > 0 ? stream_flush(s) : 0;

    return err ? err : lwcmp_log_mark(s->flash, s->at);
}

int lwcmp_log_put(const struct lwcmp_flash *flash, uint32_t at,
                  const struct lwcmp_log_entry *entry)
{
    struct stream s = {.flash = flash, .at = at};
    uint8_t h[HEADER_N] = {entry->kind, VERSION};
    uint32_t crc = 0;
    int err;

    h[2] = (uint8_t)(entry->n >> 8);
    h[3] = (uint8_t)entry->n;
    put_u32(h + 4, (uint32_t)(entry->id >> 32));
    put_u32(h + 8, (uint32_t)entry->id);
    put_u32(h + AT_CRC, lwcmp_crc32(0, h, AT_CRC));
    err = stream_put(&s, h, HEADER_N);
    for (size_t i = 0; i < entry->count && err == 0; i++) {
        crc = lwcmp_crc32(crc, entry->parts[i].p, entry->parts[i].n);
        err = stream_put(&s, entry->parts[i].p, entry->parts[i].n);
    }
    put_u32(h, crc);
    if (err == 0) {
        err = stream_put(&s, h, CRC_N);
    }
    return err ? err : stream_end(&s);
}

/* An item that does not fit into the bank is none. */
bool lwcmp_log_look(const struct lwcmp_flash *flash, uint32_t bank,
                    struct lwcmp_log_item *item)
{
    uint32_t size = lwcmp_log_bank_size(flash), next;
    uint8_t h[HEADER_N];

    item->at = item->next;
    item->kind = 0;
    if (size - item->at < HEADER_N) {
        return false;
    }
    if (lwcmp_log_is_marked(flash, bank + item->at)) {
        item->next += flash->unit;
        return true;
    }
    if (lwcmp_log_fetch(flash, bank + item->at, h, HEADER_N) != 0 ||
        get_u32(h + AT_CRC) != lwcmp_crc32(0, h, AT_CRC) || h[1] != VERSION) {
        return false;
    }
    item->n = (uint16_t)(h[2] << 8 | h[3]);
    next = item->at + lwcmp_log_span(flash, item->n);
    if (next > size) {
        return false;
    }
    item->next = next;
    item->id = (uint64_t)get_u32(h + 4) << 32 | get_u32(h + 8);
    item->kind = h[0];
    return item->kind != 0;
}

/* Another geometry is another store. */
static uint32_t geometry(const struct lwcmp_flash *flash)
{
    return lwcmp_log_bank_size(flash) | flash->unit;
}

int lwcmp_log_put_bank(const struct lwcmp_flash *flash, uint32_t bank,
                       uint32_t sequence)
{
    const struct lwcmp_log_entry entry = {.kind = LWCMP_LOG_BANK,
                                          .id = (uint64_t)sequence << 32 |
                                                geometry(flash)};

    return lwcmp_log_put(flash, bank, &entry);
}

bool lwcmp_log_get_bank(const struct lwcmp_flash *flash, uint32_t bank,
                        uint32_t *sequence)
{
    struct lwcmp_log_item item = {.next = 0};

    if (!lwcmp_log_look(flash, bank, &item) || item.kind != LWCMP_LOG_BANK ||
        (uint32_t)item.id != geometry(flash)) {
        return false;
    }
    *sequence = (uint32_t)(item.id >> 32);
    return true;
}

int lwcmp_log_get(const struct lwcmp_log *log,
                  const struct lwcmp_log_item *item, size_t offset, uint8_t *p,
                  size_t cap)
{
    const struct lwcmp_flash *flash = log->flash;
    uint32_t at = log->bank + item->at + HEADER_N, crc = 0;
    uint8_t chunk[CHUNK];
    size_t done = 0, n;
    int err;

    while (done < item->n) {
        n = item->n - done < CHUNK ? item->n - done : CHUNK;
        err = lwcmp_log_fetch(flash, at + (uint32_t)done, chunk, n);
        if (err) {
            return err;
        }
        crc = lwcmp_crc32(crc, chunk, n);
        for (size_t i = 0; i < n; i++, done++) {
            if (done >= offset && done - offset < cap) {
                p[done - offset] = chunk[i];
            }
        }
    }
    err = lwcmp_log_fetch(flash, at + item->n, chunk, CRC_N);
    if (err) {
        return err;
    }
    return get_u32(chunk) != crc ? LWCMP_ERR_STORE : 0;
}
