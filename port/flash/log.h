/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records in raw flash that survive loss of power at any moment: a log in two
 * banks that take turns. docs/flash.md has the bytes and the rules.
 *
 * A record has a kind and an identifier. An empty one is the same as none.
 * Functions return 0 or an enum lwcmp_error.
 */
#ifndef LWCMP_FLASH_LOG_H
#define LWCMP_FLASH_LOG_H

#include "flash.h"

enum lwcmp_log_kind {
    LWCMP_LOG_ITS = 1,   /* PSA Internal Trusted Storage */
    LWCMP_LOG_STORE = 2, /* struct lwcmp_store */
};

enum lwcmp_log_state {
    LWCMP_LOG_GOOD,
    LWCMP_LOG_NEW,     /* the flash was blank: there is an empty log now */
    LWCMP_LOG_DAMAGED, /* neither blank nor a log: see lwcmp_log_format() */
    LWCMP_LOG_FAILED   /* the flash fails; records can be read, not written */
};

/* The application gives it room, and looks at nothing in it. */
struct lwcmp_log {
    const struct lwcmp_flash *flash;
    uint32_t bank;     /* where the active bank begins */
    uint32_t end;      /* in that bank: where its records end */
    uint32_t free;     /* in that bank: where marks behind them end */
    uint32_t sequence; /* of that bank */
    bool damaged;      /* nothing can be read or written */
    bool failed;       /* nothing can be written until it is opened again */
    bool closed;       /* something torn lies at the end: cannot be appended */
    bool inherited;    /* the end is from before the log was opened */
    bool erased;       /* the other bank was, since the log was opened */
};

struct lwcmp_log_use {
    uint32_t size; /* bytes of a bank */
    uint32_t used; /* of them taken: this goes down when the bank changes */
    uint32_t live; /* of them needed by the records there are */
};

/*
 * Finds the log, and finishes what loss of power has left unfinished. Blank
 * flash is formatted. With LWCMP_LOG_DAMAGED nothing is changed, and every
 * call but lwcmp_log_format() fails.
 */
enum lwcmp_log_state lwcmp_log_open(struct lwcmp_log *log,
                                    const struct lwcmp_flash *flash);

/* Makes an empty log of whatever is there. For good: nothing is left. */
int lwcmp_log_format(struct lwcmp_log *log);

/*
 * Reads up to cap bytes from offset on and sets *n, and *size to the length of
 * the whole record: 0 if there is none. A record that was damaged is
 * LWCMP_ERR_STORE, never an older one.
 */
int lwcmp_log_read(const struct lwcmp_log *log, enum lwcmp_log_kind kind,
                   uint64_t id, size_t offset, void *p, size_t cap, size_t *n,
                   size_t *size);

/*
 * Puts the parts, one after the other, in place of the record. Whatever
 * happens, the old record is there or the new one, whole. Without room nothing
 * has changed.
 */
int lwcmp_log_write(struct lwcmp_log *log, enum lwcmp_log_kind kind,
                    uint64_t id, const struct lwcmp_bytes *parts, size_t count);

/*
 * Removes the record, which need not be there. With wipe no copy of it is left
 * in the flash, which takes an erase.
 */
int lwcmp_log_remove(struct lwcmp_log *log, enum lwcmp_log_kind kind,
                     uint64_t id, bool wipe);

int lwcmp_log_measure(const struct lwcmp_log *log, struct lwcmp_log_use *use);

#endif
