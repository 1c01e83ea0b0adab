/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of the log share: the bytes of a bank. Offsets count from
 * the begin of the flash area, unless they are said to be in a bank.
 */
#ifndef LWCMP_FLASH_LOG_OWN_H
#define LWCMP_FLASH_LOG_OWN_H

#include "log.h"

/* The kind of the record that begins a bank. */
#define LWCMP_LOG_BANK 0x4c

/* What is known of a record without its payload. */
struct lwcmp_log_item {
    uint64_t id;
    uint32_t at;   /* in the bank */
    uint32_t next; /* in the bank: behind it and its mark */
    uint16_t n;    /* of the payload */
    uint8_t kind;  /* 0: this is no record */
};

/* A record to be written. */
struct lwcmp_log_entry {
    uint8_t kind;
    uint64_t id;
    const struct lwcmp_bytes *parts;
    size_t count;
    uint16_t n; /* of all parts */
};

uint32_t lwcmp_log_bank_size(const struct lwcmp_flash *flash);

/* Where the first record of a bank begins, in the bank. */
uint32_t lwcmp_log_start(const struct lwcmp_flash *flash);

/* What a record of n bytes takes in all. */
uint32_t lwcmp_log_span(const struct lwcmp_flash *flash, size_t n);

/* Reads; what fails is tried again. */
int lwcmp_log_fetch(const struct lwcmp_flash *flash, uint32_t at, void *p,
                    size_t n);

/* Whether the bytes read as erased. Unreadable ones do not. */
bool lwcmp_log_is_blank(const struct lwcmp_flash *flash, uint32_t at,
                        uint32_t end);

/* Whether the unit there is a mark, and whole. */
bool lwcmp_log_is_marked(const struct lwcmp_flash *flash, uint32_t at);

int lwcmp_log_erase(const struct lwcmp_flash *flash, uint32_t bank);

/* At most 32 bytes; looks whether they have arrived. */
int lwcmp_log_program(const struct lwcmp_flash *flash, uint32_t at,
                      const uint8_t *p, size_t n);

/* Programs a unit of zeros: what lies before it is complete. */
int lwcmp_log_mark(const struct lwcmp_flash *flash, uint32_t at);

/* What begins a bank: from its mark on the bank counts. */
int lwcmp_log_put_bank(const struct lwcmp_flash *flash, uint32_t bank,
                       uint32_t sequence);
bool lwcmp_log_get_bank(const struct lwcmp_flash *flash, uint32_t bank,
                        uint32_t *sequence);

/* The record and its mark. */
int lwcmp_log_put(const struct lwcmp_flash *flash, uint32_t at,
                  const struct lwcmp_log_entry *entry);

/*
 * What begins at item->next: false if neither a record nor a mark. After a
 * mark item->kind is 0. The payload is not looked at.
 */
bool lwcmp_log_look(const struct lwcmp_flash *flash, uint32_t bank,
                    struct lwcmp_log_item *item);

/*
 * Reads a part of the payload as lwcmp_log_read() does, but checks all of it.
 */
int lwcmp_log_get(const struct lwcmp_log *log,
                  const struct lwcmp_log_item *item, size_t offset, uint8_t *p,
                  size_t cap);

/*
 * Changes to the other bank, with what counts there, and the entry in place of
 * the record of its name; erases the old one. After a failure it is not known
 * which bank will win when the log is opened again, so until then nothing is
 * written any more.
 */
int lwcmp_log_move(struct lwcmp_log *log, const struct lwcmp_log_entry *entry);

#endif
